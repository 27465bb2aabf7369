"""The command line as a person or a schedule meets it: what is written, said and returned."""

from __future__ import annotations

import csv
import html
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from crawlers.run import crawl
from pipeline.cli import main
from pipeline.models import Board, Posting, Reading
from pipeline.reading import Reader
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


@pytest.fixture
def world(tmp_path: Path) -> World:
    folder = tmp_path / "world"
    vocabulary = folder / "config/vocabulary"
    vocabulary.mkdir(parents=True)
    for stem, content in VOCABULARY.items():
        (vocabulary / f"{stem}.yaml").write_text(content if isinstance(content, str) else json.dumps(content))
    (folder / "config/profile.yaml").write_text(PROFILE)
    (folder / "config/employers.yaml").write_text("Mottle: {size: 11-50, source: a test}\n")
    interns = {str(number): f"Machine Learning Intern {number}" for number in range(1, 4)}
    return World(folder, {"mottle": interns | {"9": "Accountant"}, "kestrel": {"10": "Data Science Intern"}})


@pytest.fixture
def reachlist(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    yield Command(world, tmp_path / "data", capsys)


# --- run ----------------------------------------------------------------------------------------------


def test_run_stores_ranks_writes_and_says_where(reachlist: Command) -> None:
    assert reachlist.run() == 0
    assert {row["title"] for row in reachlist.rows()} == {
        "Machine Learning Intern 1",
        "Machine Learning Intern 2",
        "Machine Learning Intern 3",
        "Data Science Intern",
    }
    assert [int(row["rank"]) for row in reachlist.rows()] == [1, 2, 3, 4]
    assert (reachlist.data / "report.html").read_bytes().startswith(b"<!")
    assert (
        str(reachlist.data / "shortlist.csv") in reachlist.out and str(reachlist.data / "report.html") in reachlist.out
    )
    assert "Machine Learning Intern" in reachlist.out and "1 other postings left out" in reachlist.err
    with closing(sqlite3.connect(reachlist.data / "reachlist.db")) as db:
        assert db.execute("SELECT count(*) FROM postings").fetchone() == (5,)
        assert db.execute("SELECT count(*) FROM openings").fetchone() == (4,)
        assert "train models with PyTorch" in db.execute("SELECT text FROM postings").fetchone()[0]


def test_the_summary_says_how_many_of_those_one_can_apply_to_are_too_late(reachlist: Command) -> None:
    reachlist.run()
    assert "4 you can apply to, 0 unsure" in reachlist.err
    del reachlist.world.boards["kestrel"]  # nobody visits it any more
    reachlist.run("--all", day=40)
    assert "4 you can apply to (1 of them too late), 0 unsure" in reachlist.err


def test_a_run_leaves_what_the_pages_name_and_nothing_else(reachlist: Command) -> None:
    for day in (0, 1):
        reachlist.run("--all", day=day)
        assert set(reachlist.files()) - {".lock", ".judged"} <= {
            "reachlist.db", "reachlist.backup.db", "shortlist.csv", "report.html", "deadlines.ics", "shortlist.atom",
            "outreach.json",
        }  # fmt: skip


def test_the_same_run_again_changes_nothing_but_the_visit(reachlist: Command) -> None:
    reachlist.run("--all")
    before = reachlist.files()["shortlist.csv"]
    assert reachlist.run("--all") == 0
    assert reachlist.files()["shortlist.csv"] == before


def test_a_board_that_fails_is_named_and_the_rest_goes_on(reachlist: Command) -> None:
    reachlist.world.boards |= {"broken": b'{"jobs": [{"id": 1', "gone": 404, "down": 500}
    assert reachlist.run() == 1
    for slug in ("broken", "gone", "down"):
        assert re.search(rf"^failed: greenhouse/{slug}: \S", reachlist.err, re.MULTILINE)
    assert len(reachlist.rows()) == 4 and "Traceback" not in reachlist.err


def test_where_nothing_can_be_crawled_the_list_is_still_written(reachlist: Command) -> None:
    reachlist.run()
    reachlist.world.boards = {"mottle": 500, "kestrel": 500}
    (reachlist.data / "shortlist.csv").unlink()
    assert reachlist.run(day=9) == 3
    assert len(reachlist.rows()) == 4 and "make demo" in reachlist.err


def test_the_summary_names_what_is_new(reachlist: Command) -> None:
    reachlist.run()
    reachlist.world.boards["mottle"] = reachlist.world.boards["mottle"] | {"5": "Deep Learning Intern"}
    reachlist.run("--all", day=1)
    assert re.search(r"^new: Mottle: Deep Learning Intern \(new at \d\)$", reachlist.err, re.MULTILINE)
    assert "1 new" in reachlist.err


def test_a_posting_that_vanishes_is_closed_after_two_visits_and_says_so(reachlist: Command) -> None:
    many = {str(number): f"Machine Learning Intern {number}" for number in range(1, 11)}
    reachlist.world.boards = {"mottle": many}
    reachlist.run()
    del many["3"]
    seen = []
    for day in (1, 2):
        reachlist.run("--all", day=day)
        seen.append({row["title"]: row["state"] for row in reachlist.rows()}.get("Machine Learning Intern 3"))
    assert seen == ["missing", None]
    assert "1 closed" in reachlist.err and "1 gone" in reachlist.err


def test_only_boards_that_are_due_are_visited(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist.run() == 0 and "0 visited" in reachlist.err and "2 not due yet" in reachlist.err
    reachlist.run("--all")
    assert "2 visited" in reachlist.err
    reachlist.run("--board", "greenhouse/kestrel")
    assert "1 visited" in reachlist.err


def test_what_no_visit_found_for_a_month_stays_and_says_so(reachlist: Command) -> None:
    reachlist.run()
    reachlist.world.boards["kestrel"] = 404
    score = {}
    for day in (20, 40):
        reachlist.run("--all", day=day)
        rows = {row["title"]: row for row in reachlist.rows()}
        score[day] = float(rows["Data Science Intern"]["score"])
        doubted = {title for title, row in rows.items() if "no visit has found it since 2026-11-02" in row["why"]}
        assert doubted == ({"Data Science Intern"} if day == 40 else set())
    assert score[40] < score[20] - 5


def test_time_alone_never_empties_a_list(reachlist: Command) -> None:
    reachlist.run()
    reachlist("mark", "1", "applied")
    before = {row["id"]: (row["eligible"], row["status"], row["state"]) for row in reachlist.rows()}
    assert reachlist("rank", day=400) == 0
    assert {row["id"]: (row["eligible"], row["status"], row["state"]) for row in reachlist.rows()} == before
    assert "nothing to rank" not in reachlist.out


def test_what_was_imported_waits_for_no_visit(reachlist: Command, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("url,title,company\nhttps://jobs.example/ml,Machine Learning Intern,Gannet\n")
    assert reachlist("import", str(mine)) == 0, reachlist.err
    for day in (1, 60):
        reachlist("rank", day=day)
        (row,) = reachlist.rows()
        assert (row["company"], row["state"]) == ("Gannet", "open") and "no visit" not in row["why"]


def test_a_list_without_a_row_says_why(reachlist: Command) -> None:
    reachlist.world.boards = {"mottle": {"9": "Accountant"}}
    reachlist.run()
    reachlist("rank")
    assert "none of the 1 postings stored is an internship" in reachlist.out
    reachlist.world.boards = {"mottle": {"8": "Bookkeeper"}}
    for day in (1, 2, 3):
        reachlist.run("--all", day=day)
    reachlist.world.boards = {"mottle": {}}
    for day in range(4, 9):
        reachlist.run("--all", day=day)
    reachlist("rank", day=9)
    assert "all 2 postings stored are closed" in reachlist.out


def test_an_employer_that_moves_keeps_the_users_marks(reachlist: Command) -> None:
    """The line in boards.yaml changes, the job and what the user noted about it do not."""
    reachlist.run()
    titles = {row["id"]: row["title"] for row in reachlist.rows()}
    (kestrel,) = (identity for identity, title in titles.items() if title == "Data Science Intern")
    reachlist("mark", kestrel, "applied")
    del reachlist.world.boards["kestrel"]
    reachlist.world.lever["kestrel"] = {"5b1e8a0c-0000-4000-a000-000000000001": "Data Science Intern"}
    reachlist.run(day=2)
    for day in (3, 45):
        reachlist.run("--all", day=day)
        rows = [row for row in reachlist.rows() if row["title"] == "Data Science Intern"]
        assert [(row["id"], row["status"]) for row in rows] == [(kestrel, "applied")]


def test_a_job_put_up_anew_is_the_opening_it_was(reachlist: Command) -> None:
    """Closed for a month, then there again under another id: the user's marks stand, the history tells."""
    reachlist.run()
    (kestrel,) = (row["id"] for row in reachlist.rows() if row["title"] == "Data Science Intern")
    reachlist("mark", kestrel, "applied")
    jobs = dict(reachlist.world.boards["kestrel"])
    (former,) = (ref for ref, title in jobs.items() if title == "Data Science Intern")
    reachlist.world.boards["kestrel"] = {ref: title for ref, title in jobs.items() if ref != former} | {"70": "Baker"}
    for day in (1, 2, 3):
        reachlist.run("--all", day=day)
    (row,) = (row for row in reachlist.rows() if row["title"] == "Data Science Intern")
    assert (row["status"], row["state"], row["eligible"]) == ("applied", "closed", "no")
    reachlist.world.boards["kestrel"] |= {"90": "Data Science Intern"}
    reachlist.run("--all", day=33)
    (row,) = (row for row in reachlist.rows() if row["title"] == "Data Science Intern")
    assert (row["id"], row["status"], row["state"]) == (kestrel, "applied", "open")
    assert row["url"].endswith("/90")
    reachlist("show", kestrel, day=33)
    assert f"greenhouse/kestrel/{former} · closed" in reachlist.out and "greenhouse/kestrel/90 · open" in reachlist.out


def test_a_record_without_a_title_is_that_records_error(reachlist: Command) -> None:
    reachlist.world.boards["mottle"] = reachlist.world.boards["mottle"] | {"4": None}
    reachlist.run()
    assert "1 record could not be read" in reachlist.err and "greenhouse/mottle" in reachlist.err
    assert len(reachlist.rows()) == 4


# --- what the user wrote ------------------------------------------------------------------------------


def edit(path: Path, change: Callable[[dict[str, str]], object]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in rows if change(row) is not False]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)


def test_status_and_notes_written_in_the_list_survive(reachlist: Command) -> None:
    reachlist.run()
    edit(reachlist.data / "shortlist.csv", lambda row: row.update(status="applied", notes="ü, “quoted”\nand more"))
    reachlist.run("--all", day=1)
    assert {(row["status"], row["notes"]) for row in reachlist.rows()} == {("applied", "ü, “quoted”\nand more")}


def test_a_mark_survives_the_row_being_deleted(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist("mark", "1", "applied", "--note", "on Monday") == 0
    marked = reachlist.rows()[0]
    assert (marked["status"], marked["notes"]) == ("applied", "on Monday")
    edit(reachlist.data / "shortlist.csv", lambda row: row["id"] != marked["id"])
    reachlist("rank")
    assert {row["id"]: row["status"] for row in reachlist.rows()}[marked["id"]] == "applied"


def test_a_mark_taken_back_in_the_list_is_gone(reachlist: Command) -> None:
    reachlist.run()
    reachlist("mark", "1", "applied")
    edit(reachlist.data / "shortlist.csv", lambda row: row.update(status=""))
    reachlist("rank")
    assert not any(row["status"] for row in reachlist.rows())


@pytest.mark.parametrize(
    ("words", "day", "stale"),
    [((), 2, False), ((), 3, True), (("--period", "7"), 14, False), (("--period", "7"), 15, True)],
)
def test_a_list_older_than_twice_its_period_fails_the_status(
    reachlist: Command, words: tuple[str, ...], day: int, stale: bool
) -> None:
    reachlist.run()
    assert reachlist("status", *words, day=day) == int(stale)
    assert ("is the schedule running?" in reachlist.out) == stale


def test_many_imports_leave_the_last_good_run_in_sight(reachlist: Command, tmp_path: Path) -> None:
    reachlist.run()
    for number in range(12):
        (tmp_path / "saved.csv").write_text(
            f"company,title,url\nMottle,ML Intern {number},https://mottle.example/{number}\n"
        )
        assert reachlist("import", str(tmp_path / "saved.csv"), day=1) == 0
    assert reachlist("status", day=1) == 0
    assert "last good run: 2026-11-02" in reachlist.out


def test_what_is_new_is_counted_from_the_run_before_whichever_command_writes(reachlist: Command) -> None:
    reachlist.run()
    with closing(sqlite3.connect(reachlist.data / "reachlist.db")) as db, db:  # a run that was killed
        db.execute("INSERT INTO run (id, started, state) VALUES (2, '2026-11-02T12:00:00+00:00', 'interrupted')")
    reachlist.run("--all", day=1)
    for words in (["rank"], ["mark", "1", "applied"]):
        assert reachlist(*words, day=1) == 0
        report = (reachlist.data / "report.html").read_text(encoding="utf-8")
        assert re.search(r'"since": ?"2026-11-02T08:00:00', report), words


def test_a_board_that_was_taken_out_is_no_trouble_any_more(reachlist: Command) -> None:
    reachlist.world.boards["gone"] = 404
    for day in range(3):
        reachlist.run("--all", day=day)
    assert reachlist("status", day=2) == 1 and "greenhouse/gone failed three times" in reachlist.out
    assert reachlist("boards", "health", day=2) == 1
    del reachlist.world.boards["gone"]
    reachlist.world.write()
    assert reachlist("status", day=2) == 0 and "gone" not in reachlist.out
    assert reachlist("boards", "health", day=2) == 0
    (line,) = (line for line in reachlist.out.splitlines() if line.startswith("greenhouse/gone"))
    assert "never" in line and "0 in trouble" in reachlist.err


def test_a_board_of_a_platform_that_was_put_off_is_no_trouble_any_more(reachlist: Command) -> None:
    reachlist.world.boards |= {"mottle": 500, "kestrel": 500}
    for day in range(3):
        reachlist.run("--all", day=day)
    reachlist.world.boards["fernlike"] = {}
    reachlist.run("--all", day=3)  # a run that ends well
    assert "failed three times" in (reachlist("status", day=3) and reachlist.out)
    platforms = (ROOT / "config/platforms.yaml").read_text(encoding="utf-8")
    (reachlist.world.folder / "config/platforms.yaml").write_text(platforms.replace('policy: "on"', 'policy: "off"'))
    assert reachlist("status", day=3) == 0
    assert reachlist("boards", "health", day=3) == 0 and "0 in trouble" in reachlist.err


def test_a_run_that_came_to_nothing_does_not_make_the_list_fresh(reachlist: Command) -> None:
    reachlist.run()
    reachlist.world.boards = {"mottle": 500, "kestrel": 500}
    assert reachlist.run("--all", day=3) == 3
    assert reachlist("status", day=3) == 1
    assert "is the schedule running?" in reachlist.out


# --- rank, show, read, openings -----------------------------------------------------------------------


def test_ranking_again_follows_the_profile_without_a_request(reachlist: Command) -> None:
    reachlist.run()
    (reachlist.world.folder / "config/profile.yaml").write_text(PROFILE + "wants: {roles: {data: 1, core: 0}}\n")
    assert reachlist("rank", "--diff") == 0
    assert re.search(
        r"^up: Kestrel: Data Science Intern \(\d to 1 \(your profile changed\): role ", reachlist.out, re.MULTILINE
    )
    assert reachlist.rows()[0]["title"] != "Data Science Intern"
    assert reachlist("rank") == 0
    assert reachlist.rows()[0]["title"] == "Data Science Intern"


def test_letters_are_of_the_profile_as_it_is_now(reachlist: Command) -> None:
    config = reachlist.world.folder / "config"
    (config / "employers.yaml").write_text("Fernlike: {size: 11-50, source: a test}\n")
    reachlist.world.boards["fernlike"] = {"20": "Machine Learning Engineer"}

    def letters() -> str:
        return (reachlist.data / "report.html").read_text(encoding="utf-8").partition('"outreach"')[2]

    reachlist.run()
    assert "study for a bachelor" in letters()
    (config / "profile.yaml").write_text(PROFILE.replace("bachelor", "master"))
    reachlist("rank")
    assert "study for a" not in letters(), "none rather than those of another profile"
    reachlist.run()
    assert "study for a master" in letters()


def test_a_general_application_stands_behind_the_dated_openings_whatever_its_score(reachlist: Command) -> None:
    pool = "Machine Learning Intern, General Application"
    reachlist.world.boards = {"mottle": {"1": pool}, "kestrel": {"10": "Data Science Intern"}}
    reachlist.run()
    dated, apart = reachlist.rows()
    assert (dated["title"], apart["title"]) == ("Data Science Intern", pool)
    assert float(dated["score"]) < float(apart["score"])
    reachlist("show", apart["id"])
    assert "an evergreen pool, not one dated opening" in reachlist.out


def test_another_profile_can_be_tried(reachlist: Command, tmp_path: Path) -> None:
    reachlist.run()
    other = tmp_path / "other.yaml"
    other.write_text("student: {level: phd}\nwants: {roles: {data: 1, core: 0}}\n")
    before = reachlist.files()
    assert reachlist("rank", "--profile", str(other), "--format", "jsonl", "--top", "1") == 0
    assert json.loads(reachlist.out)["title"] == "Data Science Intern"
    assert reachlist.files()["shortlist.csv"] == before["shortlist.csv"]


def test_show_adds_up(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist("show", "1") == 0
    points = [float(value) for value in re.findall(r"× \S+ / \S+ +(\d+\.\d)", reachlist.out)]
    total = float(re.search(r"^total +(\d+\.\d)", reachlist.out, re.MULTILINE)[1])  # type: ignore[index]
    assert points and abs(sum(points) - total) < 0.1 * len(points)
    assert "new" in reachlist.out and "boards.greenhouse.io" in reachlist.out


@pytest.mark.parametrize("wanted", ["1", "{id}", "greenhouse/mottle/1"])
def test_show_finds_by_rank_and_by_id(reachlist: Command, wanted: str) -> None:
    reachlist.run()
    assert reachlist("show", wanted.format(id=reachlist.rows()[0]["id"])) == 0


def test_show_names_what_it_does_not_find(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist("show", "greenhouse/mottle/l") == 2
    assert "did you mean 'greenhouse/mottle/1'?" in reachlist.err


LINES = [
    {"id": "x1", "company": "Mottle", "title": "Machine Learning Intern", "location": "Bern", "description": "Python."},
    {"id": "x2", "company": "Mottle", "title": "Machine Learning Intern", "location": "Bern", "description": "Python."},
    {"id": 3, "company": None, "title": "Data Intern", "location": "", "description": "SQL \ud800 and \x00"},
]


def lines(path: Path, rows: Sequence[object]) -> str:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return str(path)


def test_read_answers_every_line_in_order(reachlist: Command, tmp_path: Path) -> None:
    assert reachlist("read", "--jsonl", lines(tmp_path / "in.jsonl", LINES)) == 0
    read = [json.loads(line) for line in reachlist.out.splitlines()]
    assert [row["id"] for row in read] == ["x1", "x2", "3"]
    assert read[0]["internship"] is True and read[0]["ml_role"] == "core" and "quotes" in read[0]


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "7",
        "null",
        '{"title": "no id"}',
        '{"id": null, "title": "x"}',
        '{"id": [1], "title": "x"}',
        '{"id": 1, "title": ["a"]}',
        '{"id": 1}',
    ],
)
def test_a_line_that_is_no_posting_is_named_and_left_out(reachlist: Command, tmp_path: Path, bad: str) -> None:
    source = lines(tmp_path / "in.jsonl", [LINES[0], bad, LINES[2]])
    assert reachlist("read", "--jsonl", source) == 1
    assert len(reachlist.out.splitlines()) == 2
    assert reachlist.err.startswith(f"{source}:2: ") and len(reachlist.err.splitlines()) == 1


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader with a fault that one title brings out."""
    sound = Reader.read

    def read(self: Reader, posting: Posting) -> Reading:
        if posting.title == "Machine Learning Intern 2":
            raise ZeroDivisionError("as if the reader had a fault")
        return sound(self, posting)

    monkeypatch.setattr(Reader, "read", read)


@pytest.mark.usefixtures("faulty")
def test_a_posting_the_reader_fails_at_costs_no_other_its_place(reachlist: Command) -> None:
    assert reachlist.run() == 0
    assert sorted(row["title"] for row in reachlist.rows()) == [
        "Data Science Intern",
        "Machine Learning Intern 1",
        "Machine Learning Intern 3",
    ]
    told = "1 posting could not be read, please report it: greenhouse/mottle/2 (ZeroDivisionError: as if"
    assert told in reachlist.err
    reachlist.world.boards["mottle"] |= {"4": "Machine Learning Intern 4"}  # something to rank anew
    assert reachlist.run("--all", day=1) == 0
    assert told in reachlist.err, "it is told until it is mended"


def test_a_posting_the_reader_failed_at_is_read_once_it_is_mended(
    reachlist: Command, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue("faulty")
    reachlist.run()
    monkeypatch.undo()
    (reachlist.data / ".judged").unlink()  # as a program that was mended would not take it
    assert reachlist("rank", day=1) == 0
    assert len(reachlist.rows()) == 4


@pytest.mark.usefixtures("faulty")
def test_a_line_the_reader_fails_at_is_answered_and_named(reachlist: Command, tmp_path: Path) -> None:
    rows = [LINES[0], LINES[0] | {"id": "bad", "title": "Machine Learning Intern 2"}, LINES[2]]
    source = lines(tmp_path / "in.jsonl", rows)
    assert reachlist("read", "--jsonl", source) == 1
    read = [json.loads(line) for line in reachlist.out.splitlines()]
    assert [row["id"] for row in read] == ["x1", "bad", "3"]
    assert read[1]["ml_role"] == "none" and "bad: could not be read (ZeroDivisionError" in reachlist.err
    assert reachlist("rank", "--from", source, "--format", "jsonl") == 0
    ranked = {row["id"]: row for row in map(json.loads, reachlist.out.splitlines())}
    assert len(ranked) == 3 and ranked["bad"]["eligible"] == "no"
    assert "1 posting could not be read" in reachlist.err


def test_with_a_traceback_asked_for_a_fault_is_no_more_than_a_fault(
    reachlist: Command, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue("faulty")
    monkeypatch.setenv("REACHLIST_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        reachlist.run()


def test_read_shows_a_posting_with_its_words(reachlist: Command, tmp_path: Path) -> None:
    (tmp_path / "posting.txt").write_text("Machine Learning Intern\n\nRequirements:\n- Python\n")
    assert reachlist("read", str(tmp_path / "posting.txt")) == 0
    assert re.search(r"^ml_role +core", reachlist.out, re.MULTILINE)


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"", "empty"),
        (b"\0" * 1000, "binary or wrongly encoded"),
        ("ML Intern\nPython is required".encode("utf-16-le"), "binary or wrongly encoded"),
        ("机器学习实习生\n熟悉算法，硕士在读".encode("gbk"), "binary or wrongly encoded"),
        (b"Python " * 1_500_000, "only the first 200,000 characters were read"),
    ],
)
def test_read_says_why_a_file_is_read_in_part_or_not_at_all(
    reachlist: Command, tmp_path: Path, content: bytes, note: str
) -> None:
    (tmp_path / "posting").write_bytes(content)
    assert reachlist("read", str(tmp_path / "posting")) == 0
    assert re.search(rf"^note +{note}$", reachlist.out, re.MULTILINE)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_read_takes_what_other_programs_save(reachlist: Command, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "posting.txt").write_bytes(
        "Praktikum Künstliche Intelligenz\nDu lernst, wie man Modelle baut.".encode(encoding)
    )
    assert reachlist("read", str(tmp_path / "posting.txt")) == 0
    assert re.search(r"^ml_role +core", reachlist.out, re.MULTILINE)


def test_the_postings_of_a_file_are_ranked_under_their_own_ids(reachlist: Command, tmp_path: Path) -> None:
    source = lines(tmp_path / "in.jsonl", LINES)
    assert reachlist("rank", "--from", source, "--format", "jsonl") == 0
    rows = [json.loads(line) for line in reachlist.out.splitlines()]
    assert sorted(one for row in rows for one in row["postings"]) == ["3", "x1", "x2"]
    assert all(row["id"] == row["postings"][0] or row["id"] in row["postings"] for row in rows)
    assert not reachlist.data.exists()


def test_which_postings_of_a_file_are_one_job(reachlist: Command, tmp_path: Path) -> None:
    assert reachlist("openings", "--from", lines(tmp_path / "in.jsonl", LINES)) == 0
    found = {row["id"]: row["opening"] for row in map(json.loads, reachlist.out.splitlines())}
    assert list(found) == ["x1", "x2", "3"] and found["x1"] == "x1" and found["3"] == "3"


# --- wrong use ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rnu"], "did you mean 'run'?"),
        (["run", "--plian"], "did you mean '--plain'?"),
        (["rank", "--format", "cvs"], "did you mean 'csv'?"),
        (["run", "--now", "noon"], "'noon' is no time such as"),
        (["run", "--now", "0001-01-01T00:00:00+05:00"], "is no time such as"),
        (["rank", "--now", "9999-12-31T23:59:59-05:00"], "is no time such as"),
        (["run", "--now", "9999-12-31"], "from 1970 to 2999"),
        (["run", "--platform", "grenhouse"], "did you mean 'greenhouse'?"),
        (["run", "--board", "greenhouse/motle"], "did you mean 'greenhouse/mottle'?"),
        (["run", "--replay", "nowhere"], "no recorded world here"),
        (["run", "--replay", "x", "--connect-to", "localhost:1"], "give one of them"),
        (["crawl", "--delay-scale", "0"], "loopback"),
        (["crawl", "--connect-to", "nonsense"], "HOST:PORT"),
        (["demo", "--connect-to", "127.0.0.1:1"], "give one of them"),
        (["boards", "find", "mottle", "--replay", "x", "--connect-to", "127.0.0.1:1"], "give one of them"),
        (["boards", "find", "mottle", "--delay-scale", "0"], "loopback"),
        *(
            (words, "must be 1 or more, not")
            for words in (
                ["rank", "--top", "0"],
                ["gaps", "--top", "-3"],
                ["outreach", "--top", "0"],
                ["whatif", "skills.working += sql", "--top", "0"],
                ["rank", "--top", "x"],
                ["status", "--period", "0"],
            )
        ),
        (["rank", "--from", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
        (["rank"], "there is no store"),
        (["show", "1"], "there is no store"),
        (["status"], "there is no store"),
        (["doctor"], "there is no store"),
        (["mark", "1", "x" * 50], "a status is a word or two"),
        ([], "required"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(reachlist: Command, words: list[str], said: str) -> None:
    reachlist.world.write()
    assert reachlist(*words) == 2
    assert said in reachlist.err and len(reachlist.err.strip().splitlines()) == 1
    assert not any(name.endswith((".csv", ".html")) for name in reachlist.files())


def test_a_wrong_address_is_refused_where_no_board_is_due_too(reachlist: Command) -> None:
    reachlist.run()
    for words in (["--connect-to", "nonsense"], ["--delay-scale", "0"], ["--delay-scale", "-1"]):
        assert reachlist("crawl", *words) == 2 and reachlist("run", *words) == 2
    assert reachlist.run("--delay-scale", "0") == 0


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ('{"a": 1}', "not a list of answers"),
        ("x", "no JSON"),
        ('[{"url": "https://a.example/"}, {"body": "x"}]', "answer 2 cannot be read: no 'url'"),
        ('[{"url": 5}]', "answer 1 cannot be read"),
        ('[{"url": "https://a.example/", "status": "no"}]', "answer 1 cannot be read"),
        ('["x"]', "answer 1 cannot be read"),
    ],
)
def test_answers_that_are_none_are_named(reachlist: Command, tmp_path: Path, answers: str, said: str) -> None:
    reachlist.world.write()
    (tmp_path / "world.json").write_text(answers)
    for words in (["run", "--replay", str(tmp_path)], ["replay", str(tmp_path)]):
        assert reachlist(*words) == 2
        assert said in reachlist.err and "world.json" in reachlist.err and "fault" not in reachlist.err


def test_lines_with_one_id_are_named(reachlist: Command, tmp_path: Path) -> None:
    source = lines(tmp_path / "in.jsonl", [LINES[0], {**LINES[1], "id": "x1"}, LINES[2]])
    for words in (["openings"], ["rank", "--format", "jsonl"]):
        assert reachlist(*words, "--from", source) == 0
        assert "more than one line has the id x1" in reachlist.err and "3" not in reachlist.err.split("id ")[1]


def test_a_line_that_is_no_object_is_said_in_words(reachlist: Command, tmp_path: Path) -> None:
    assert reachlist("read", "--jsonl", lines(tmp_path / "in.jsonl", ["[1]", "3", "null", '"s"'])) == 1
    assert reachlist.err.count("not an object of JSON") == 4 and "indices" not in reachlist.err


def test_what_is_new_on_a_list_that_was_empty_is_said(reachlist: Command) -> None:
    boards, reachlist.world.boards = reachlist.world.boards, {"mottle": {"9": "Accountant"}}
    reachlist.run()
    assert "since the last list" not in reachlist.err
    reachlist.world.boards = boards
    reachlist.run("--all", day=1)
    assert "since the last list: 4 new" in reachlist.err


def test_the_check_names_boards_that_lack_what_their_platform_needs(reachlist: Command) -> None:
    reachlist.world.write()
    boards = reachlist.world.folder / "config/boards.yaml"
    boards.write_text("greenhouse:\n  mottle: Mottle\nworkday:\n  kestrel: Kestrel\n")
    assert reachlist("check") == 2
    assert re.search(r"boards\.yaml:4:3: does not say its host, site", reachlist.err)


def test_the_check_notes_files_that_nothing_reads(reachlist: Command) -> None:
    reachlist.world.write()
    slips = ("profil.yaml", "profile.yml", "board.yaml")
    others = ("profile.draft-2.yaml", "mine.yaml", "profile-anna.yaml", "profile2.yaml", "my_profile.yaml")
    for name in (*slips, *others):
        (reachlist.world.folder / "config" / name).write_text("level: x\n")
    assert reachlist("check") == 0
    for name in slips:
        assert re.search(rf"[/\\]{name}: nothing reads it; did you mean '(profile|boards)'\?", reachlist.err)
    assert reachlist.err.count("nothing reads it") == len(slips)


def test_a_draft_overwrites_nothing_and_names_a_step_that_checks_it(reachlist: Command, tmp_path: Path) -> None:
    reachlist.world.write()
    (tmp_path / "cv.txt").write_text("I know Python and SQL.")
    config = reachlist.world.folder / "config"
    for name in ("profile.draft.yaml", "profile.draft-2.yaml", "profile.draft-3.yaml"):
        assert reachlist("profile", "init", "--from-resume", str(tmp_path / "cv.txt")) == 0
        assert f"rank --profile {config / name}" in reachlist.out
        (config / name).write_text("student: {level: nonsense}\n")
    assert (config / "profile.yaml").read_text() == PROFILE
    reachlist.run()
    assert reachlist("rank", "--profile", str(config / "profile.draft.yaml")) == 2 and "nonsense" in reachlist.err


def test_options_are_taken_before_and_after_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--data", str(tmp_path), "status"], ["status", "--data", str(tmp_path)]):
        assert main(words) == 2
        assert str(tmp_path) in capsys.readouterr().err


FILES = ("profile.yaml", "boards.yaml", "platforms.yaml", "employers.yaml", "vocabulary/skills.yaml")
FAULTS = [(file, text) for file in FILES for text in ("a: [", "a: 1\na: 2\n")]


@pytest.mark.parametrize(("file", "text"), [*FAULTS, *((file, "student: {level: 7}\nb: 7\n") for file in FILES[:4])])
def test_a_configuration_with_faults_writes_nothing(reachlist: Command, file: str, text: str) -> None:
    reachlist.world.write()
    (reachlist.world.folder / "config" / file).write_text(text)
    assert reachlist("run", "--replay", str(reachlist.world.folder)) == 2
    assert re.search(rf"{re.escape(file)}:\d+:\d+: \S", reachlist.err) and reachlist.files() == {}


def test_a_folder_with_nothing_but_boards_is_a_configuration(world: World, tmp_path: Path) -> None:
    world.write()
    config = tmp_path / "own"
    config.mkdir()
    (config / "boards.yaml").write_text("greenhouse: {mottle: Mottle}\n")
    words = ["crawl", "--replay", str(world.folder), "--config", str(config), "--data", str(tmp_path / "data")]
    assert main(words) == 0


# --- one run at a time --------------------------------------------------------------------------------


def test_a_second_run_is_told_who_holds_the_lock(reachlist: Command) -> None:
    reachlist.data.mkdir()
    (reachlist.data / ".lock.holder").write_text(
        json.dumps({"process": 4711, "command": "reachlist run", "since": "2026-11-02T08:00:00+00:00"})
    )
    with FileLock(reachlist.data / ".lock"):
        assert reachlist.run() == 75
    assert "process 4711, `reachlist run`, since 2026-11-02T08:00:00+00:00" in reachlist.err
    assert set(reachlist.files()) == {".lock", ".lock.holder"}


# --- upkeep -------------------------------------------------------------------------------------------


def test_status_fails_when_the_list_is_old(reachlist: Command) -> None:
    reachlist.run()
    assert reachlist("status") == 0
    assert reachlist("status", day=2) == 0
    assert reachlist("status", day=3) == 1 and "attention: the list is older" in reachlist.out


def test_a_platform_that_stops_filling_a_field_is_an_alarm(reachlist: Command) -> None:
    for day in range(3):
        many = {str(number): f"Machine Learning Intern {number} {day}" for number in range(1, 31)}
        reachlist.world.boards = {"mottle": many}
        reachlist.world.place = "Bern" if day < 2 else ""
        assert reachlist.run("--all", day=day) == (0 if day < 2 else 1)
    alarm = "greenhouse: only 0% of the postings have a location, where 100% is usual"
    assert alarm in reachlist.err
    assert reachlist("status", day=2) == 1 and alarm in reachlist.out
    assert reachlist.run("--all", day=3) == 1 and alarm in reachlist.err, "the same answer is no better"
    assert reachlist.run(day=3) == 0 and "0 visited" in reachlist.err
    assert reachlist("status", day=3) == 1 and alarm in reachlist.out


def test_an_empty_answer_of_a_board_that_had_postings_is_told_until_it_is_believed(reachlist: Command) -> None:
    reachlist.run("--all")
    reachlist.world.boards["kestrel"] = {}
    said = "greenhouse/kestrel: the listing is empty, and 1 posting stood here before"
    assert reachlist.run("--all", day=1) == 1 and said in reachlist.err
    assert reachlist("status", day=1) == 1 and f"attention: {said}" in reachlist.out
    assert reachlist.run("--all", day=2) == 0 and "1 missing" in reachlist.err
    assert reachlist("status", day=2) == 0


def test_a_run_that_is_interrupted_says_so_and_the_next_goes_on(
    reachlist: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = crawl

    def interrupted(boards: Sequence[Board], **options: Any) -> None:
        whole(boards[:1], **options)
        raise KeyboardInterrupt

    monkeypatch.setattr("crawlers.run.crawl", interrupted)
    assert reachlist.run() == 1 and "interrupted: what was visited is stored" in reachlist.err
    assert reachlist("status") == 1 and "attention: the last run was interrupted" in reachlist.out
    monkeypatch.undo()
    assert reachlist.run() == 0 and "1 visited" in reachlist.err and "1 not due yet" in reachlist.err
    assert reachlist("status") == 0


def test_a_run_that_is_interrupted_before_its_list_is_written_is_no_good_run(
    reachlist: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.commands.shortlisting.write", interrupted)
    assert reachlist.run() != 0
    assert reachlist("status") == 1
    assert "no run has ended well yet" in reachlist.out and "the last run was interrupted" in reachlist.out
    monkeypatch.undo()
    assert reachlist.run() == 0 and len(reachlist.rows()) == 4
    assert reachlist("status") == 0


def test_a_run_that_crawled_nothing_is_no_good_run(reachlist: Command) -> None:
    reachlist.world.boards = {"mottle": 500}
    assert reachlist.run() == 3
    assert reachlist("status") == 1 and "no run has ended well yet" in reachlist.out


def test_doctor_restores_a_damaged_store_as_the_last_run_left_it(reachlist: Command) -> None:
    reachlist.run()
    (reachlist.data / "reachlist.db").write_bytes(b"not a database, " * 1000)
    assert reachlist("rank") == 2 and "reachlist doctor" in reachlist.err
    assert reachlist("doctor") == 1 and "backup was restored" in reachlist.out
    assert reachlist("rank") == 0 and len(reachlist.rows()) == 4


@pytest.mark.parametrize("left", [None, b""])
def test_a_store_that_is_gone_is_damage_as_long_as_its_backup_stands(reachlist: Command, left: bytes | None) -> None:
    reachlist.run()
    store, backup, listed = (reachlist.data / name for name in ("reachlist.db", "reachlist.backup.db", "shortlist.csv"))
    reachlist("mark", "1", "applied", "--note", "after the copy was made")
    before, rows = (backup.read_bytes(), listed.read_bytes()), reachlist.rows()
    store.unlink()
    if left is not None:
        store.write_bytes(left)
    for words in (["rank"], ["status"], ["run"], ["crawl"]):
        assert reachlist(*words) == 2 and "reachlist doctor" in reachlist.err
    assert (backup.read_bytes(), listed.read_bytes()) == before
    assert reachlist("doctor") == 1 and "backup was restored" in reachlist.out
    assert reachlist("rank") == 0 and reachlist.rows() == rows


def test_a_backup_with_postings_is_not_replaced_by_a_store_with_none(reachlist: Command) -> None:
    reachlist.run()
    store, backup = reachlist.data / "reachlist.db", reachlist.data / "reachlist.backup.db"
    before = backup.read_bytes()
    with closing(sqlite3.connect(store)) as db:
        db.execute("DELETE FROM posting")
        db.commit()
    assert reachlist("doctor") == 1 and "no postings" in reachlist.err
    assert backup.read_bytes() == before


def test_an_empty_file_is_no_store(reachlist: Command) -> None:
    reachlist.data.mkdir(parents=True, exist_ok=True)
    (reachlist.data / "reachlist.db").touch()
    assert reachlist("rank") == 2 and "there is no store" in reachlist.err
    assert not (reachlist.data / "shortlist.csv").exists()


def test_whatever_stores_postings_keeps_a_backup(reachlist: Command, tmp_path: Path) -> None:
    def postings(name: str) -> list[Any]:
        with closing(sqlite3.connect(reachlist.data / name)) as db:
            return db.execute("SELECT board, ref FROM posting ORDER BY board, ref").fetchall()

    jobs = tmp_path / "jobs.csv"
    jobs.write_text("title,company,url\nML Intern,Kestrel,https://kestrel.example/jobs/1\n")
    reachlist.world.write()
    for words in (["crawl", "--replay", str(reachlist.world.folder)], ["import", str(jobs)]):
        assert reachlist(*words) == 0
        assert postings("reachlist.backup.db") == postings("reachlist.db") != []


def test_doctor_keeps_a_backup_of_a_sound_store(reachlist: Command) -> None:
    reachlist.run()
    backup = reachlist.data / "reachlist.backup.db"
    backup.unlink()
    assert reachlist("doctor") == 0 and "is sound; a backup stands beside it" in reachlist.out
    assert backup.exists()


def test_check_says_what_there_is(reachlist: Command) -> None:
    reachlist.world.write()
    assert reachlist("check") == 0 and "2 on 1 platforms" in reachlist.out


def test_boards_are_listed_with_what_becomes_of_them(reachlist: Command) -> None:
    reachlist.world.boards["gone"] = 404
    reachlist.run()
    assert reachlist("boards", "list") == 0 and "greenhouse/mottle" in reachlist.out
    assert reachlist("boards", "health") == 1
    assert reachlist.out.splitlines()[1].startswith("greenhouse/gone")


@pytest.mark.parametrize("kind", ["cron", "systemd", "github"])
def test_schedule_prints_a_unit_that_runs_it(reachlist: Command, kind: str) -> None:
    assert reachlist("schedule", kind) == 0
    assert "run" in reachlist.out and re.search(r"\b7\b|07:00", reachlist.out)


# --- what a board may write ---------------------------------------------------------------------------


def test_no_posting_can_speak_to_the_terminal(reachlist: Command) -> None:
    evil = "Machine Learning Intern \x1b]0;owned\x07\x1b[2J\x9b31m \u202egnp.exe\u2066 [red]\r\nfailed: everything"
    reachlist.world.boards = {"mottle": {"1": evil, "2": "Machine Learning Intern [/bold] :smile:"}, "odd\x1b[31m": 500}
    reachlist.run()
    said = reachlist.out + reachlist.err
    for words in (["show", "1"], ["rank"], ["boards", "health"], ["rank", "--diff"]):
        reachlist(*words)
        said += reachlist.out + reachlist.err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
    assert "[/bold] :smile:" in said
    assert not re.search(r"^failed: everything", said, re.MULTILINE)


@pytest.mark.parametrize("form", ["csv", "jsonl", "md", "table"])
def test_no_form_of_the_list_speaks_to_a_screen(reachlist: Command, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    reachlist.world.boards = {"mottle": {"1": "Machine Learning Intern \x1b[2J\x9b31m \u202egnp.exe"}}
    reachlist.run()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert reachlist("rank", "--plain", "--format", form) == 0
    assert "Machine Learning Intern" in reachlist.out
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", reachlist.out)


# --- as a program -------------------------------------------------------------------------------------


def program(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | options.pop("env", {})
    command = [sys.executable, "-m", "pipeline.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)


def test_help_imports_next_to_nothing() -> None:
    """Start-up must stay under 0.3 s: what takes long is imported by the command that needs it."""
    heavy = ("scrapy", "pandas", "jsonschema", "rich", "yaml", "hyperscan", "sqlite3", "rapidfuzz", "asyncio")
    script = "import sys; from pipeline import cli; cli.parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not set(heavy) & set(done.stdout.split())


def test_every_command_has_an_example() -> None:
    commands = re.findall(r"^    (\w+) ", program("--help").stdout, re.MULTILINE)
    assert len(commands) >= 14
    for command in commands:
        assert "example: reachlist" in program(command, "--help").stdout, command


def test_a_reader_that_leaves_early_is_no_fault(world: World, tmp_path: Path) -> None:
    world.write()
    source = lines(tmp_path / "in.jsonl", LINES * 500)
    words = f"{sys.executable} -m pipeline.cli read --jsonl {source} --config {world.folder / 'config'} | head -1"
    done = subprocess.run(words, shell=True, capture_output=True, text=True, cwd=ROOT, check=False)
    assert json.loads(done.stdout)["id"] == "x1" and done.stderr == ""
