"""A crawl visits every board, proves what it saw, and loses nothing to a broken one."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta

import pytest

from crawlers import revalidation
from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from crawlers.run import spider, spider_names
from pipeline.models import Board, Snapshot, Verdict
from pipeline.store import Store, StoreError
from tests.crawlers.hosts import GREENHOUSE, NOW, Hosts, Visit, answer, job, jobs

LEVER = "api.lever.co"


def lever_rows(first: int, count: int) -> list[dict[str, str]]:
    return [
        {"id": f"id-{number}", "text": f"Intern {number}", "hostedUrl": f"https://jobs.lever.co/example/{number}"}
        for number in range(first, first + count)
    ]


def test_a_whole_listing_is_complete_and_stored(hosts: Hosts, visit: Visit, store: Store) -> None:
    board = hosts.greenhouse("example", answer(jobs(3)))
    snapshot = visit(board)["example"]
    assert (snapshot.verdict, snapshot.listed, snapshot.status) == (Verdict.COMPLETE, 3, 200)
    assert sorted(store.known(board.id)) == ["1", "2", "3"]


def test_each_board_ends_as_itself_when_others_break(hosts: Hosts, visit: Visit) -> None:
    good = hosts.greenhouse("good", answer(jobs(2)))
    bad = [
        hosts.greenhouse("unknown", answer("no", 404)),
        hosts.greenhouse("page", answer("<html>sorry</html>", content_type="text/html")),
        hosts.greenhouse("cut", answer('{"jobs": [{"id": 1, "title": "ML In')),
        hosts.greenhouse("empty", answer("")),
        hosts.greenhouse("shape", answer({"postings": []})),
        hosts.greenhouse("error", answer({"status": 404, "error": "No such board"})),
        hosts.greenhouse("nested", answer({"errors": [{"message": "Try again\nlater"}], "jobs": None})),
        hosts.greenhouse("list", answer([])),
        hosts.greenhouse("broken", answer("oops", 500)),
    ]
    seen = visit(*bad, good)
    assert seen.pop("good").verdict is Verdict.COMPLETE
    assert {snapshot.verdict for snapshot in seen.values()} == {Verdict.FAILED}
    assert {slug: snapshot.reason for slug, snapshot in seen.items()} == {
        "unknown": "no such board (404)",
        "page": "HTML where JSON was due",
        "cut": "the answer breaks off at character 29: Unterminated string starting at",
        "empty": "an empty answer where JSON was due",
        "shape": "not in the platform's shape: no 'jobs' in an object with postings",
        "error": "not in the platform's shape: no 'jobs' in an object with status, error; it says “No such board”",
        "nested": "listing: expected a list, found nothing; it says “Try again later”",
        "list": "not in the platform's shape: not what was looked for in a list",
        "broken": "answered 500",
    }


@pytest.mark.parametrize("name", sorted(spider_names()))
def test_no_reason_is_in_the_words_of_the_program(name: str) -> None:
    """Whatever an answer or a record is, of every kind that a leaf may stumble over."""
    leaf, told = spider(name), list[str]()
    board = Board(name, "fen", "Fen", (("host", "fen.example"), ("sitemap", "jobs.xml")))
    rows = [None, [], "x", 7, {}, {"MatchedObjectDescriptor": None}]
    for answered in (rows, {"jobs": rows, "data": rows, "results": rows}, {"error": "no"}, [[]], [], "x", 7):
        try:
            page = leaf.parse(json.dumps(answered).encode(), board)
            told += [record.reason for record in page.rejected]
        except Unreadable as error:
            told.append(str(error))
    assert told and not [reason for reason in told if re.search(r"Error\b|object has|subscript|index|iterable", reason)]


def test_one_unreadable_record_is_evidence_and_the_board_goes_on(hosts: Hosts, visit: Visit, store: Store) -> None:
    listing = {"jobs": [job(1), job(2, title=None), job(3, absolute_url=7)], "meta": {"total": 3}}
    snapshot = visit(hosts.greenhouse("example", answer(listing)))["example"]
    assert snapshot.verdict is Verdict.COMPLETE
    assert [posting.ref for posting in snapshot.postings] == ["1"]
    assert [(record.ref, record.reason) for record in snapshot.rejected] == [
        ("2", "no title"),
        ("3", "absolute_url: expected text, found a number"),
    ]
    assert '"id": 2' in snapshot.rejected[0].evidence
    assert len(store.rejected("greenhouse/example", snapshot.at)) == 2


def test_a_word_that_a_platform_did_not_have_is_evidence_and_its_posting_stands(hosts: Hosts, visit: Visit) -> None:
    rows = lever_rows(0, 103)
    for row, word in zip(rows, ["remote", "unspecified", "lunar", "lunar"], strict=False):
        row["workplaceType"] = word
    hosts.on(LEVER, "/v0/postings/example", answer(rows[:100]), answer(rows[100:]))
    snapshot = visit(Board("lever", "example", "Example"))["example"]
    assert (snapshot.verdict, snapshot.listed, len(snapshot.postings)) == (Verdict.COMPLETE, 103, 103)
    assert [posting.workplace for posting in snapshot.postings[:4]] == ["remote", None, None, None]
    assert [(record.ref, record.reason) for record in snapshot.rejected] == [
        ("id-2", "workplaceType: 'lunar' is none of unspecified, on-site, onsite, remote, hybrid")
    ]


def test_a_record_without_an_id_leaves_absence_unproved(hosts: Hosts, visit: Visit) -> None:
    listing = {"jobs": [job(1), job(2, id=None)], "meta": {"total": 2}}
    snapshot = visit(hosts.greenhouse("example", answer(listing)))["example"]
    assert snapshot.verdict is Verdict.PARTIAL
    assert snapshot.reason == "1 record could not be read or named: no id"


def test_a_board_of_which_nothing_can_be_read_failed(hosts: Hosts, visit: Visit) -> None:
    listing = {"jobs": [job(1, title=None), job(2, title="")], "meta": {"total": 2}}
    snapshot = visit(hosts.greenhouse("example", answer(listing)))["example"]
    assert snapshot.verdict is Verdict.FAILED
    assert snapshot.reason == "none of 2 records could be read: no title"


@pytest.mark.parametrize("total", [0, 2, 9])
def test_a_total_that_is_not_what_came_is_partial(hosts: Hosts, visit: Visit, total: int) -> None:
    snapshot = visit(hosts.greenhouse("example", answer(jobs(3, meta={"total": total}))))["example"]
    assert snapshot.verdict is Verdict.PARTIAL
    assert snapshot.reason == f"the board says {total} postings, 3 came"


def test_pages_are_walked_until_one_is_short(hosts: Hosts, visit: Visit) -> None:
    pages = [answer(lever_rows(0, 100)), answer(lever_rows(100, 100)), answer(lever_rows(200, 5))]
    hosts.on(LEVER, "/v0/postings/example", *pages)
    snapshot = visit(Board("lever", "example", "Example"))["example"]
    assert (snapshot.verdict, snapshot.listed, len(snapshot.postings)) == (Verdict.COMPLETE, 205, 205)
    assert [seen.path for seen in hosts.seen if "postings" in seen.path] == [
        f"/v0/postings/example?mode=json&skip={skip}&limit=100" for skip in (0, 100, 200)
    ]


def test_a_page_that_repeats_is_partial(hosts: Hosts, visit: Visit) -> None:
    hosts.on(LEVER, "/v0/postings/example", answer(lever_rows(0, 100)))
    snapshot = visit(Board("lever", "example", "Example"))["example"]
    assert (snapshot.verdict, len(snapshot.postings)) == (Verdict.PARTIAL, 100)
    assert snapshot.reason == "page 2 repeats what came before"


def test_a_later_page_that_breaks_is_partial(hosts: Hosts, visit: Visit) -> None:
    hosts.on(LEVER, "/v0/postings/example", answer(lever_rows(0, 100)), answer("[{"))
    snapshot = visit(Board("lever", "example", "Example"))["example"]
    assert (snapshot.verdict, len(snapshot.postings)) == (Verdict.PARTIAL, 100)
    assert (snapshot.reason or "").startswith("page 2: the answer breaks off")


def test_an_empty_listing_is_suspect_where_an_unknown_board_looks_the_same_until_it_repeats(
    hosts: Hosts, visit: Visit
) -> None:
    hosts.on("api.ashbyhq.com", "/posting-api/job-board/example", answer({"jobs": []}))
    board = Board("ashby", "example", "Example")
    assert visit(board)["example"].verdict is Verdict.SUSPECT
    assert visit(board, now=NOW + timedelta(days=1))["example"].verdict is Verdict.COMPLETE
    assert visit(board, now=NOW + timedelta(days=2))["example"].verdict is Verdict.UNCHANGED


@pytest.mark.parametrize("slug", ["preference model", "preference%20model"])
def test_names_with_spaces_and_dots_are_percent_encoded(hosts: Hosts, visit: Visit, slug: str) -> None:
    hosts.on("api.ashbyhq.com", "/posting-api/job-board/preference%20model", answer({"jobs": [ashby_job()]}))
    hosts.on("api.ashbyhq.com", "/posting-api/job-board/mistral.ai", answer({"jobs": [ashby_job()]}))
    seen = visit(Board("ashby", slug, "Preference Model"), Board("ashby", "mistral.ai", "Mistral AI"))
    assert {snapshot.verdict for snapshot in seen.values()} == {Verdict.COMPLETE}


def ashby_job() -> dict[str, str]:
    return {"id": "a", "title": "Intern", "jobUrl": "https://jobs.ashbyhq.com/example/a"}


# --- what did not change ------------------------------------------------------------------------------------


def test_the_same_bytes_are_unchanged_and_not_read_again(
    hosts: Hosts, visit: Visit, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = hosts.greenhouse("example", answer(jobs(3)))
    visit(board)
    monkeypatch.delattr(BoardSpider, "parse")
    snapshot = visit(board, now=NOW + timedelta(days=1))["example"]
    assert (snapshot.verdict, snapshot.postings) == (Verdict.UNCHANGED, ())
    assert {listing.last_seen for listing in store.listings()} == {(NOW + timedelta(days=1)).isoformat()}


def test_validators_are_sent_back_and_304_is_unchanged(hosts: Hosts, visit: Visit) -> None:
    date = "Fri, 20 Nov 2026 10:00:00 GMT"
    board = hosts.greenhouse("example", answer(jobs(3), etag='"v1"', last_modified=date), answer("", 304))
    visit(board)
    assert visit(board)["example"].verdict is Verdict.UNCHANGED
    assert hosts.seen[-1].headers["if-none-match"] == '"v1"'
    assert hosts.seen[-1].headers["if-modified-since"] == date


def test_a_new_version_of_the_program_reads_every_listing_anew(
    hosts: Hosts, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = hosts.greenhouse("example", answer(jobs(3), etag='"v1"'))
    visit(board)
    monkeypatch.setattr(revalidation, "VERSION", "99.0")
    assert visit(board)["example"].verdict is Verdict.COMPLETE
    assert "if-none-match" not in hosts.seen[-1].headers


def test_an_unasked_304_is_no_listing(hosts: Hosts, visit: Visit) -> None:
    snapshot = visit(hosts.greenhouse("example", answer("", 304)))["example"]
    assert (snapshot.verdict, snapshot.reason) == (Verdict.FAILED, "answered 304")


def test_an_unasked_304_of_a_later_page_proves_nothing(hosts: Hosts, visit: Visit) -> None:
    board = Board("lever", "example", "Example")
    hosts.on(LEVER, "/v0/postings/example", answer(lever_rows(0, 100)), answer(lever_rows(100, 5)))
    visit(board)
    hosts.on(LEVER, "/v0/postings/example", answer(lever_rows(7, 100)), answer("", 304))
    snapshot = visit(board)["example"]
    assert (snapshot.verdict, snapshot.reason) == (Verdict.PARTIAL, "page 2: answered 304")


def test_a_partial_listing_is_never_taken_for_unchanged(hosts: Hosts, visit: Visit) -> None:
    board = hosts.greenhouse("example", answer(jobs(3, meta={"total": 9}), etag='"v1"'))
    visit(board)
    assert visit(board)["example"].verdict is Verdict.PARTIAL
    assert "if-none-match" not in hosts.seen[-1].headers


def test_a_paged_listing_is_unchanged_only_where_every_page_is(hosts: Hosts, visit: Visit) -> None:
    first, second = answer(lever_rows(0, 100)), answer(lever_rows(100, 5))
    hosts.on(LEVER, "/v0/postings/example", first, second, first, second, first, answer(lever_rows(100, 6)))
    board = Board("lever", "example", "Example")
    verdicts = [visit(board)["example"].verdict for _ in range(3)]
    assert verdicts == [Verdict.COMPLETE, Verdict.UNCHANGED, Verdict.COMPLETE]


def test_a_board_that_moved_between_platforms_of_one_address_is_read_again(
    hosts: Hosts, visit: Visit, store: Store
) -> None:
    board = hosts.greenhouse("example", answer(jobs(2), etag='"v1"'))
    visit(board)
    moved = Board("greenhouse-eu", "example", "Example")
    assert visit(moved)["example"].verdict is Verdict.COMPLETE
    assert len(store.known(moved.id)) == 2


# --- the crawl as a whole -----------------------------------------------------------------------------------


def test_snapshots_are_reported_as_they_are_committed(hosts: Hosts, visit: Visit, store: Store) -> None:
    boards = [hosts.greenhouse(name, answer(jobs(1))) for name in ("one", "two")]
    stored: dict[str, int] = {}

    def progress(snapshot: Snapshot) -> None:
        stored[snapshot.board.slug] = len(store.known(snapshot.board.id))

    visit(*boards, progress=progress)
    assert stored == {"one": 1, "two": 1}


def test_a_board_given_twice_is_visited_once(hosts: Hosts, visit: Visit) -> None:
    board = hosts.greenhouse("example", answer(jobs(1)))
    visit(board, board)
    assert hosts.paths(GREENHOUSE).count("/v1/boards/example/jobs") == 1


def test_a_board_that_may_not_be_visited_costs_no_request(hosts: Hosts, visit: Visit) -> None:
    seen = visit(Board("linkedin", "a", "A"), Board("smartrecruiters", "b", "B"), Board("nowhere", "c", "C"))
    assert {snapshot.verdict for snapshot in seen.values()} == {Verdict.FAILED}
    assert "reachlist import" in (seen["a"].reason or "")
    assert "off in platforms.yaml" in (seen["b"].reason or "")
    assert seen["c"].reason == "no platform nowhere in platforms.yaml"
    assert not hosts.seen


def test_a_store_that_cannot_take_a_snapshot_ends_the_crawl_with_its_error(
    hosts: Hosts, visit: Visit, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    boards = [hosts.greenhouse(f"board{number}", answer(jobs(1))) for number in range(30)]

    def full(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(store, "commit", full)
    with pytest.raises(StoreError, match="the disk is full"):
        visit(*boards)
    assert len(hosts.seen) < 30


def test_nothing_can_be_reached_is_one_line_per_board(visit: Visit) -> None:
    boards = [Board("greenhouse", "example", "Example"), Board("ashby", "example2", "Example")]
    seen = visit(*boards, connect_to="127.0.0.1:9")
    assert {snapshot.verdict for snapshot in seen.values()} == {Verdict.FAILED}
    assert all("no connection" in (snapshot.reason or "") for snapshot in seen.values())
    assert all("\n" not in (snapshot.reason or "") for snapshot in seen.values())


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost:", "x:99999", ":80"])
def test_a_wrong_address_is_said_before_anything_is_asked(visit: Visit, address: str) -> None:
    with pytest.raises(ValueError, match="not HOST:PORT"):
        visit(Board("greenhouse", "example", "Example"), connect_to=address)


def test_a_crawl_opens_no_door(hosts: Hosts, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """No telnet console, no remote control: nothing listens while a crawl goes on."""
    opened: list[object] = []

    async def listening(_: object, *arguments: object, **__: object) -> None:
        opened.append(arguments)
        raise OSError("no door")

    monkeypatch.setattr(asyncio.BaseEventLoop, "create_server", listening)
    assert visit(hosts.greenhouse("example", answer(jobs(1))))["example"].verdict is Verdict.COMPLETE
    assert opened == []
