"""A board that is searched by POST is walked page by page, and asked for the texts of internships alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crawlers.replay import serve
from crawlers.run import crawl
from pipeline.config import Platform
from pipeline.models import Board, Snapshot, Verdict
from pipeline.store import Store
from tests.crawlers.hosts import NOW

HOST, SITE = "https://acme.wd5.myworkdayjobs.com", "/wday/cxs/acme/Students"
BOARD = Board("workday", "acme", "Acme", (("host", "acme.wd5.myworkdayjobs.com"), ("site", "Students")))


def row(number: int) -> dict[str, Any]:
    title = "Machine Learning Intern" if number == 20 else f"Engineer {number}"
    return {"title": title, "externalPath": f"/job/Bern/Job_R{number}", "locationsText": "Bern"}


def recorded(world: Path, body: Any, **entry: Any) -> dict[str, Any]:
    """An entry of world.json with its body in a file."""
    name = f"{len(list(world.iterdir()))}.json"
    (world / name).write_text(json.dumps(body), encoding="utf-8")
    return {"status": 200, "headers": {"content-type": "application/json"}, "body": name, **entry}


def test_a_search_of_two_pages_is_whole(platforms: dict[str, Platform], store: Store, tmp_path: Path) -> None:
    world = tmp_path / "world"
    world.mkdir()
    pages = [[row(number) for number in range(20)], [row(20)]]
    asked = [{"offset": 0, "limit": 20, "searchText": "intern"}, {"offset": 20, "searchText": "intern"}]
    entries = [
        recorded(world, {"total": total, "jobPostings": rows}, url=f"{HOST}{SITE}/jobs", method="POST", match_body=body)
        for rows, body, total in zip(pages, asked, (21, 0), strict=True)
    ]
    detail = {"jobPostingInfo": {"jobDescription": "<p>Learn.</p>", "startDate": "2026-11-02", "jobReqId": "R20"}}
    entries.append(recorded(world, detail, url=f"{HOST}{SITE}/job/Bern/Job_R20"))
    (world / "world.json").write_text(json.dumps(entries), encoding="utf-8")
    with serve(world) as at:
        run = store.begin_run(NOW.isoformat())
        kept: list[Snapshot] = []
        crawl([BOARD], platforms=platforms, store=store, run=run, now=NOW, connect_to=at, progress=kept.append)
    (snapshot,) = kept
    assert (snapshot.verdict, snapshot.reason, snapshot.listed) == (Verdict.COMPLETE, None, 21)
    intern = store.known(BOARD.id)["R20"]
    assert (intern.description, intern.posted) == ("<p>Learn.</p>", "2026-11-02")
    assert intern.url == f"{HOST}/Students/job/Bern/Job_R20"
