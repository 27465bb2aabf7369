"""How listings are walked that are not where they were, end early, or are cut off by their platform."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawlers.run import spider
from pipeline.models import NEWEST_ONLY, Board, Verdict
from tests.crawlers.hosts import Hosts, Visit, answer

SAMPLES = Path(__file__).parent.parent / "boards"
FIREBASE = "hacker-news.firebaseio.com"


def item(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": number, "by": f"user{number}", "time": 1_793_000_000} | fields


@pytest.fixture
def firebase(hosts: Hosts) -> Hosts:
    """The newest story asks who wants to be hired, the next who is hiring; one of its comments was deleted."""
    hosts.on(FIREBASE, "/v0/user/whoishiring.json", answer({"id": "whoishiring", "submitted": [9, 8, 7]}))
    hosts.on(FIREBASE, "/v0/item/9.json", answer(item(9, type="story", title="Ask HN: Who wants to be hired?")))
    thread = item(8, type="story", title="Ask HN: Who is hiring? (November 2026)", kids=[81, 82, 83])
    hosts.on(FIREBASE, "/v0/item/8.json", answer(thread))
    text = "Marsh Robotics | ML Interns | Bern, Switzerland | REMOTE<p>Write to jobs@marsh.example"
    hosts.on(FIREBASE, "/v0/item/81.json", answer(item(81, type="comment", text=text)))
    hosts.on(FIREBASE, "/v0/item/82.json", answer(b"null"))
    hosts.on(FIREBASE, "/v0/item/83.json", answer(item(83, type="comment", text="Fen | Senior Engineer")))
    return hosts


@pytest.mark.parametrize("options", [(("feed", "firebase"),), ()])
def test_hacker_news_is_read_comment_by_comment_where_asked_or_where_algolia_has_nothing(
    firebase: Hosts, visit: Visit, options: tuple[tuple[str, str], ...]
) -> None:
    snapshot = visit(Board("hackernews", "all", "Hacker News", options))["all"]
    (posting,) = snapshot.postings
    assert (posting.company, posting.title, posting.workplace) == ("Marsh Robotics", "ML Interns", "remote")
    assert (posting.ref, posting.url) == ("81", "https://news.ycombinator.com/item?id=81")
    assert posting.posted == "2026-10-26T07:33:20+00:00" and "marsh.example" not in posting.description
    assert (snapshot.verdict, snapshot.reason, snapshot.listed) == (Verdict.PARTIAL, NEWEST_ONLY, 2)


def test_comments_that_a_search_finds_are_postings_too() -> None:
    hit = {"objectID": "5", "author": "a", "created_at": "2026-11-02T09:00:00Z", "comment_text": "Fen | ML Intern"}
    page = spider("hackernews").parse(json.dumps({"hits": [hit]}).encode(), Board("hackernews", "all", "HN"))
    assert [(posting.ref, posting.title) for posting in page.postings] == [("5", "ML Intern")]


@pytest.mark.parametrize(
    ("platform", "host", "paths"),
    [
        ("teamtailor", "example.teamtailor.com", ["/jobs.rss", "/jobs.json"]),
        ("successfactors", "jobs.example.com", ["/googlefeed.xml", "/sitemal.xml"]),
        ("himalayas", "himalayas.app", ["/jobs/api/search", "/jobs/api"]),
    ],
)
def test_a_listing_that_is_not_there_is_sought_where_else_the_platform_keeps_it(
    hosts: Hosts, visit: Visit, platform: str, host: str, paths: list[str]
) -> None:
    sample = SAMPLES / ("himalayas.json" if platform == "himalayas" else f"{platform}.xml")
    hosts.on(host, paths[1], answer(sample.read_bytes()))
    snapshot = visit(Board(platform, "example", "Example", (("host", host),)))["example"]
    assert snapshot.postings and snapshot.verdict is not Verdict.FAILED
    assert [path.partition("?")[0] for path in hosts.paths(host) if "robots" not in path] == paths


def test_a_board_that_says_its_feed_is_asked_there_alone(hosts: Hosts, visit: Visit) -> None:
    board = Board("teamtailor", "example", "Example", (("feed", "jobs.rss"),))
    snapshot = visit(board)["example"]
    assert (snapshot.verdict, snapshot.reason) == (Verdict.FAILED, "no such board (404)")
    assert not any("jobs.json" in path for path in hosts.paths("example.teamtailor.com"))


def test_a_listing_as_long_as_its_platform_lists_proves_nothing_missing(hosts: Hosts, visit: Visit) -> None:
    rows = [{"uuid": str(n), "name": "Cook", "url": f"https://ats.rippling.com/fen/jobs/{n}"} for n in range(1_000)]
    hosts.on("api.rippling.com", "/platform/api/ats/v1/board/fen/jobs", answer(rows))
    snapshot = visit(Board("rippling", "fen", "Fen"))["fen"]
    assert (snapshot.verdict, snapshot.reason) == (Verdict.PARTIAL, "the platform lists 1,000 at most")


def test_rows_that_come_twice_do_not_make_up_for_those_that_did_not_come(hosts: Hosts, visit: Visit) -> None:
    jobs = [{"id_icims": str(n), "title": "Cook", "job_path": f"/en/jobs/{n}"} for n in range(150)]
    pages = [answer({"hits": 150, "jobs": part}) for part in (jobs[:100], jobs[70:120])]
    hosts.on("www.amazon.jobs", "/en/search.json", *pages)
    snapshot = visit(Board("amazon", "all", "Amazon"))["all"]
    assert (snapshot.verdict, snapshot.reason) == (Verdict.PARTIAL, "the board says 150 postings, 120 came")


def test_a_list_without_a_total_that_moved_while_it_was_read_proves_nothing(hosts: Hosts, visit: Visit) -> None:
    rows = [{"id": str(n), "text": "Cook", "hostedUrl": f"https://jobs.lever.co/fen/{n}"} for n in range(120)]
    hosts.on("api.lever.co", "/v0/postings/fen", answer(rows[:100]), answer(rows[99:]))
    snapshot = visit(Board("lever", "fen", "Fen"))["fen"]
    assert snapshot.verdict is Verdict.PARTIAL
    assert snapshot.reason == "the list moved while it was read: 1 of its rows came twice"


def test_sitemaps_that_lead_in_a_circle_end_the_walk(hosts: Hosts, visit: Visit) -> None:
    index = "<sitemapindex><sitemap><loc>https://careers.example.com/sitemap.xml</loc></sitemap></sitemapindex>"
    hosts.on("careers.example.com", "/sitemap.xml", answer(index))
    snapshot = visit(Board("careers", "example", "Example", (("host", "careers.example.com"),)))["example"]
    assert snapshot.reason == "page 2 leads back to one before it"
    assert hosts.paths("careers.example.com").count("/sitemap.xml") == 2


@pytest.mark.parametrize(("said", "following"), [(0, 1), (1, 2), (97, 98), (98, None), (99, None)])
def test_the_muse_is_asked_for_the_page_after_the_one_it_answered(said: int, following: int | None) -> None:
    body = json.dumps({"page": said, "page_count": 20_000, "results": [{}], "total": 400_000}).encode()
    assert spider("themuse").parse(body, Board("themuse", "all", "The Muse"), page=said).following == following


@pytest.mark.parametrize(("total", "following"), [(None, 2), (60, 2), (40, None)])
def test_a_short_page_of_himalayas_is_not_its_last(total: int | None, following: int | None) -> None:
    body = json.dumps({"jobs": [{}] * 19, "totalCount": total}).encode()
    assert spider("himalayas").parse(body, Board("himalayas", "all", "Himalayas"), page=1).following == following


# --- pages that the board said there were -----------------------------------------------------------------


ARBEITNOW = ("www.arbeitnow.com", "/api/job-board-api")


def arbeitnow(*numbers: int, more: bool) -> bytes:
    rows = [
        {"slug": str(n), "url": f"https://www.arbeitnow.com/jobs/{n}", "title": "Cook", "company_name": "Fen"}
        for n in numbers
    ]
    return answer(
        {"data": rows, "links": {"next": "https://www.arbeitnow.com/api/job-board-api?page=9" if more else None}}
    )


def test_an_empty_page_that_says_more_follow_proves_nothing(hosts: Hosts, visit: Visit) -> None:
    hosts.on(*ARBEITNOW, arbeitnow(1, 2, more=True), arbeitnow(more=True))
    snapshot = visit(Board("arbeitnow", "all", "Arbeitnow"))["all"]
    assert (snapshot.verdict, snapshot.reason) == (Verdict.PARTIAL, "page 2 is empty, and says that more follow")
    hosts.on(*ARBEITNOW, arbeitnow(1, 2, more=True), arbeitnow(3, more=False))
    assert visit(Board("arbeitnow", "all", "Arbeitnow"))["all"].verdict is Verdict.COMPLETE


@pytest.mark.parametrize("platform", ["arbeitnow", "findwork", "themuse"])
def test_a_board_that_says_more_follow_is_believed_on_an_empty_page_too(platform: str) -> None:
    nothing = {
        "data": [],
        "results": [],
        "links": {"next": "https://x"},
        "next": "https://x",
        "page": 1,
        "page_count": 3,
    }
    assert spider(platform).parse(json.dumps(nothing).encode(), Board(platform, "all", "All"), page=1).following == 2


CARD = '<li class="iCIMS_JobCardItem"><a class="iCIMS_Anchor" href="https://careers-fen.icims.com/jobs/{}/cook/job"><h3>Cook</h3></a></li>'
DOWN = "<html><body>iCIMS: we are performing scheduled maintenance</body></html>"
NONE = "<html><body>iCIMS. Sorry, no jobs were found that match your search criteria.</body></html>"


def icims(hosts: Hosts, *pages: str) -> Board:
    hosts.on("careers-fen.icims.com", "/jobs/search", *(answer(page, content_type="text/html") for page in pages))
    return Board("icims", "careers-fen", "Fen")


@pytest.mark.parametrize("third", [DOWN, NONE, '<html><body><ul class="iCIMS_JobsTable"></ul></body></html>'])
def test_a_page_of_cards_that_is_none_proves_nothing_missing(hosts: Hosts, visit: Visit, third: str) -> None:
    pages = [f"<html><body>Page {n} of 3 {CARD.format(n)}</body></html>" for n in (1, 2)]
    snapshot = visit(icims(hosts, *pages, third))["careers-fen"]
    assert (snapshot.verdict, len(snapshot.postings)) == (Verdict.PARTIAL, 2)
    assert str(snapshot.reason).startswith("page 3: ")


@pytest.mark.parametrize(("page", "listed"), [(DOWN, None), (NONE, 0)])
def test_only_a_list_that_is_empty_or_says_so_is_a_board_without_jobs(
    hosts: Hosts, visit: Visit, page: str, listed: int | None
) -> None:
    assert visit(icims(hosts, page))["careers-fen"].listed == listed


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        ("<title>Y Combinator</title><body>ycombinator is down for maintenance</body>", Verdict.FAILED),
        ('<body><a href="/companies/marsh">Marsh</a> ycombinator</body>', Verdict.FAILED),
        ('<body><a href="/companies/fen">Fen</a> has no open jobs.</body>', Verdict.COMPLETE),
    ],
)
def test_a_company_without_jobs_is_known_by_its_own_page(
    hosts: Hosts, visit: Visit, page: str, verdict: Verdict
) -> None:
    hosts.on("www.ycombinator.com", "/companies/fen/jobs", answer(f"<html>{page}</html>", content_type="text/html"))
    assert visit(Board("ycjobs", "fen", "Fen"))["fen"].verdict is verdict


# --- boards that are not where they were ----------------------------------------------------------------


LEFT = {
    "a tenant's host sends on to the platform's own site": (
        "bamboohr", "fen.bamboohr.com", "/careers/list", "https://www.bamboohr.com/careers",
    ),
    "a tenant's host sends on to another tenant's board": (
        "teamtailor", "fen.teamtailor.com", "/jobs.rss", "https://www.teamtailor.com/jobs.rss",
    ),
    "a board moved to the employer's own domain": (
        "teamtailor", "fen.teamtailor.com", "/jobs.rss", "https://careers.fen.example/jobs.rss",
    ),
    "all of a host, robots.txt too, sends on": (
        "recruitee", "fen.recruitee.com", "/robots.txt", "https://tellent.example/",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", LEFT)
def test_a_board_whose_host_sends_on_to_another_is_gone_and_not_read_there(
    hosts: Hosts, visit: Visit, kind: str
) -> None:
    platform, host, path, there = LEFT[kind]
    other = there.split("/")[2]
    hosts.on(host, path, answer("", 302, location=there))
    hosts.on(other, "/jobs.rss", answer((SAMPLES / "teamtailor.xml").read_bytes()))
    snapshot = visit(Board(platform, "fen", "Fen"))["fen"]
    assert (snapshot.verdict, snapshot.status, snapshot.postings) == (Verdict.FAILED, 302, ())
    assert f"moved or gone: {host} sends us on to {other} (302)" in (snapshot.reason or "")
    assert not hosts.paths(other)


def test_a_board_may_move_to_another_host_under_its_name(hosts: Hosts, visit: Visit) -> None:
    there = "fen.na.teamtailor.com"
    hosts.on("fen.teamtailor.com", "/jobs.rss", answer("", 301, location=f"https://{there}/jobs.rss"))
    hosts.on(there, "/jobs.rss", answer((SAMPLES / "teamtailor.xml").read_bytes()))
    assert visit(Board("teamtailor", "fen", "Fen"))["fen"].postings


def test_a_card_says_where_its_text_is(hosts: Hosts, visit: Visit) -> None:
    card = CARD.format(7).replace("Cook", "Vision Intern").replace("/cook/", "/vision-intern/")
    job = {"@type": "JobPosting", "title": "Vision Intern", "description": "<p>You label stars.</p>"}
    page = f'<html><body><script type="application/ld+json">{json.dumps(job)}</script></body></html>'
    board = icims(hosts, f"<html><body>Page 1 of 1 {card}</body></html>")
    hosts.on("careers-fen.icims.com", "/jobs/7/vision-intern/job", answer(page, content_type="text/html"))
    (posting,) = visit(board)["careers-fen"].postings
    assert posting.description == "<p>You label stars.</p>"


def test_the_jobs_of_a_list_without_a_table_are_read(hosts: Hosts, visit: Visit) -> None:
    link = '<li class="list-group-item"><h3><a href="/apply/jobs/details/{0}?x">{1}</a></h3></li>'
    items = link.format("Ab1", "Warehouse lead") + link.format("Cd2", "Cook &amp; baker")
    page = f'<html><body><div id="job_listings_wrapper"><ul>{items}</ul></div></body></html>'
    hosts.on("fen.applytojob.com", "/apply/jobs", answer(page, content_type="text/html"))
    postings = visit(Board("jazzhr", "fen", "Fen"))["fen"].postings
    assert [(posting.ref, posting.title) for posting in postings] == [
        ("Ab1", "Warehouse lead"),
        ("Cd2", "Cook & baker"),
    ]
