"""A recorded world that changes from day to day, and the command line on it."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from tests.conftest import ROOT

START = datetime(2026, 11, 2, 8, tzinfo=UTC)

# A few words are enough to rank by, and quick to compile.
VOCABULARY = {
    "skills": {"skill": {"python": ["python"], "pytorch": ["pytorch"], "sql": ["sql"]}},
    "roles": (ROOT / "config/vocabulary/roles.yaml").read_text(encoding="utf-8"),
}
TEXT = (
    "<p>Our pumps hum under three harbours, and nobody has listened to them for forty years.</p><p>You know Python."
    " You train models with PyTorch on recordings of healthy and of ailing pumps, you find out which of them can be"
    " trusted, and in the last weeks you stand on the quay with our fitters and hear whether you were right.</p>"
)
PROFILE = "student: {level: bachelor}\nskills: {strong: [python]}\n"


@dataclass
class World:
    """A recorded world of Greenhouse boards that a test changes from day to day."""

    folder: Path
    boards: dict[str, Any] = field(default_factory=dict)  # slug -> titles by id, or a status, or raw bytes
    place: str = "Bern"
    published: str = "2026-11-01"
    lever: dict[str, Mapping[str, str]] = field(default_factory=dict)  # slug -> titles by id, on Lever

    def write(self) -> None:
        entries = []
        for slug, content in self.boards.items():
            url = f"https://boards-api.greenhouse.io/v1/boards/{slug}/jobs"
            if isinstance(content, int):
                entries.append({"url": url, "status": content, "body": None})
                continue
            body = content if isinstance(content, bytes) else json.dumps(self._listing(slug, content)).encode()
            (self.folder / f"{slug}.json").write_bytes(body)
            headers = {"content-type": "application/json"}
            entries.append({"url": url, "status": 200, "headers": headers, "body": f"{slug}.json"})
        for slug, titles in self.lever.items():
            url = f"https://api.lever.co/v0/postings/{slug}"
            (self.folder / f"lever-{slug}.json").write_text(json.dumps([self._lever(*one) for one in titles.items()]))
            headers = {"content-type": "application/json"}
            entries.append({"url": url, "status": 200, "headers": headers, "body": f"lever-{slug}.json"})
        (self.folder / "world.json").write_text(json.dumps(entries))
        named = {"greenhouse": self.boards, "lever": self.lever}
        boards = {platform: {slug: slug.title() for slug in slugs} for platform, slugs in named.items()}
        (self.folder / "config/boards.yaml").write_text(json.dumps(boards))

    @staticmethod
    def _lever(ref: str, title: str) -> dict[str, Any]:
        return {
            "id": ref,
            "text": title,
            "categories": {"location": "Bern"},
            "description": TEXT,
            "hostedUrl": f"https://jobs.lever.co/kestrel/{ref}",
            "createdAt": 1793577600000,
        }

    def _listing(self, slug: str, titles: Mapping[str, Any]) -> dict[str, Any]:
        jobs = [
            {
                "id": int(ref),
                "internal_job_id": int(ref) + 1,
                "title": title,
                "absolute_url": f"https://boards.greenhouse.io/{slug}/jobs/{ref}",
                "location": {"name": self.place},
                "first_published": f"{self.published}T08:00:00Z",
                "content": html.escape(TEXT),
            }
            for ref, title in titles.items()
        ]
        return {"jobs": jobs, "meta": {"total": len(jobs)}}


@dataclass
class Command:
    """`reachlist` in this process, on the world's data and configuration."""

    world: World
    data: Path
    capsys: pytest.CaptureFixture[str]
    out: str = ""
    err: str = ""

    def __call__(self, *words: str, day: int = 0) -> int:
        now = (START + timedelta(days=day)).isoformat()
        common = ["--data", str(self.data), "--config", str(self.world.folder / "config"), "--now", now]
        try:
            code = main([*words, *common])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        self.out, self.err = self.capsys.readouterr()
        return code

    def run(self, *words: str, day: int = 0) -> int:
        self.world.write()
        return self("run", "--replay", str(self.world.folder), *words, day=day)

    def rows(self) -> list[dict[str, str]]:
        with (self.data / "shortlist.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def files(self) -> dict[str, bytes]:
        return (
            {path.name: path.read_bytes() for path in self.data.rglob("*") if path.is_file()}
            if self.data.exists()
            else {}
        )


def edit(path: Path, change: Callable[[dict[str, str]], object]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in rows if change(row) is not False]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)


LINES = [
    {"id": "x1", "company": "Mottle", "title": "Machine Learning Intern", "location": "Bern", "description": "Python."},
    {"id": "x2", "company": "Mottle", "title": "Machine Learning Intern", "location": "Bern", "description": "Python."},
    {"id": 3, "company": None, "title": "Data Intern", "location": "", "description": "SQL \ud800 and \x00"},
]


def lines(path: Path, rows: Sequence[object]) -> str:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return str(path)
