"""Feeds of many employers: how they are walked, what their answers prove, and what is kept of them."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.github_lists import untracked
from crawlers.run import spider, spider_names, why_not
from pipeline.config import Platform
from pipeline.models import NEWEST_ONLY, Board, State, Verdict
from pipeline.store import Store
from tests.crawlers.hosts import NOW, Hosts, Visit, answer

SAMPLES = Path(__file__).parent.parent / "boards"
ALGOLIA = "hn.algolia.com"
KEYED = {
    "adzuna": ("us", "api.adzuna.com", "/v1/api/jobs/us/search/1"),
    "usajobs": ("all", "data.usajobs.gov", "/api/Search"),
    "reed": ("all", "www.reed.co.uk", "/api/1.0/search"),
    "findwork": ("all", "findwork.dev", "/api/jobs/"),
}
SECRET = "open-sesame-4711"


def sample(name: str) -> bytes:
    return answer((SAMPLES / name).read_bytes())


def remote_job(number: int) -> dict[str, Any]:
    url = f"https://remoteOK.com/remote-jobs/{number}"
    return {"id": number, "position": f"ML Intern {number}", "company": "Example", "url": url, "date": "2026-11-20"}


# --- what comes last in a feed ------------------------------------------------------------------------


def test_a_job_that_left_a_feed_of_the_newest_may_still_be_open(hosts: Hosts, visit: Visit, store: Store) -> None:
    terms = {"legal": "Link to us."}
    for days, numbers in enumerate([(1, 2), (2, 3), (3, 4), (4, 5)]):
        hosts.on("remoteok.com", "/api", answer([terms, *(remote_job(number) for number in numbers)]))
        snapshot = visit(Board("remoteok", "all", "Remote OK"), now=NOW + timedelta(days=days))["all"]
        assert (snapshot.verdict, snapshot.reason) == (Verdict.PARTIAL, NEWEST_ONLY)
    assert {item.posting.ref for item in store.listings(states=(State.OPEN,))} == {"1", "2", "3", "4", "5"}


def test_a_record_of_such_a_feed_that_cannot_be_named_is_told_before_that(hosts: Hosts, visit: Visit) -> None:
    hosts.on("remoteok.com", "/api", answer([{"legal": "Link to us."}, remote_job(1), {"position": "Nameless"}]))
    assert "could not be read or named" in str(visit(Board("remoteok", "all", "Remote OK"))["all"].reason)


# --- paging -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "more", "last"),
    [
        (
            "arbeitnow",
            {"links": {"next": "https://www.arbeitnow.com/api/job-board-api?search=&page=2"}},
            {"links": {"next": None}},
        ),
        ("themuse", {"page_count": 2}, {"page_count": 1}),
        ("findwork", {"next": "https://findwork.dev/api/jobs/?page=2"}, {"next": None}),
    ],
)
def test_the_board_itself_says_whether_a_page_follows(
    platform: str, more: dict[str, Any], last: dict[str, Any]
) -> None:
    read = json.loads((SAMPLES / f"{platform}.json").read_bytes())
    board = Board(platform, "all", "Example")
    assert spider(platform).parse(json.dumps(read | more).encode(), board).following == 1
    assert spider(platform).parse(json.dumps(read | last).encode(), board).following is None


@pytest.mark.parametrize(("platform", "pages"), [("himalayas", 20), ("adzuna", 10)])
def test_a_search_without_end_is_walked_for_its_newest_pages(platform: str, pages: int) -> None:
    leaf = spider(platform)
    full: list[Any] = [{}] * (leaf.page_size or 0)
    assert leaf.following({}, full, pages - 2) == pages - 1
    assert leaf.following({}, full, pages - 1) is None


# --- Hacker News --------------------------------------------------------------------------------------


def threads(*titles: str) -> bytes:
    return answer({"hits": [{"objectID": str(number), "title": title} for number, title in enumerate(titles, 1)]})


def test_the_newest_thread_of_the_right_name_is_read(hosts: Hosts, visit: Visit) -> None:
    names = ("Ask HN: Who wants to be hired? (November 2026)", "Ask HN: Who is hiring? (November 2026)")
    hosts.on(ALGOLIA, "/api/v1/search_by_date", threads(*names, "Ask HN: Who is hiring? (October 2026)"))
    hosts.on(ALGOLIA, "/api/v1/items/2", sample("hackernews.json"))
    snapshot = visit(Board("hackernews", "all", "Hacker News"))["all"]
    assert [posting.company for posting in snapshot.postings] == ["Marsh Robotics", "another on Hacker News"]
    assert (snapshot.listed, snapshot.ignored, len(snapshot.rejected)) == (5, 2, 1)


def test_without_a_thread_the_board_fails_and_says_so(hosts: Hosts, visit: Visit) -> None:
    hosts.on(ALGOLIA, "/api/v1/search_by_date", threads("Ask HN: Freelancer? Seeking freelancer?"))
    snapshot = visit(Board("hackernews", "all", "Hacker News"))["all"]
    assert (snapshot.verdict, snapshot.reason) == (Verdict.FAILED, "no thread of this name among the newest")


@pytest.mark.parametrize(
    "address",
    [
        "jobs@marsh.example",
        "jobs+hn@mail.marsh.co.example",
        "jobs [at] marsh.example",
        "jobs (at) marsh (dot) example",
        "jobs at marsh dot example",
        "jobs &lt;at&gt; marsh.example",
        "jobs{at}marsh{dot}example",
    ],
)
def test_no_email_address_of_a_post_is_kept(address: str) -> None:
    comments = [
        {
            "id": 1,
            "author": "a",
            "created_at": "2026-11-02",
            "text": f"Marsh | Interns | {address}<p>Ask {address} now",
        },
        {
            "id": 2,
            "author": "b",
            "created_at": "never",
            "text": f"Broken | Interns<p>{address}",
            "children": [{"text": address}],
        },
    ]
    page = spider("hackernews").parse(json.dumps({"children": comments}).encode(), Board("hackernews", "all", "HN"))
    assert len(page.postings) == len(page.rejected) == 1
    assert "marsh" not in re.sub("Marsh", "", repr(page))


def test_meeting_at_a_place_is_no_address() -> None:
    text = "Marsh | Interns | Bern<p>Meet us at NeurIPS. We started at Example in 2019."
    comment = {"id": 1, "author": "a", "created_at": "2026-11-02", "text": text}
    page = spider("hackernews").parse(json.dumps({"children": [comment]}).encode(), Board("hackernews", "all", "HN"))
    assert page.postings[0].description == text


# --- keys ---------------------------------------------------------------------------------------------


@pytest.fixture
def keys(platforms: dict[str, Platform], monkeypatch: pytest.MonkeyPatch) -> None:
    for platform in KEYED:
        for name in platforms[platform].environment:
            monkeypatch.setenv(name, SECRET)


@pytest.mark.parametrize("platform", KEYED)
def test_a_keyed_platform_is_off_until_its_key_is_there(
    platform: str, platforms: dict[str, Platform], monkeypatch: pytest.MonkeyPatch
) -> None:
    board = Board(platform, KEYED[platform][0], "Example")
    for name in platforms[platform].environment:
        monkeypatch.setenv(name, SECRET)
    assert why_not(board, platforms) is None
    for name in platforms[platform].environment:
        monkeypatch.delenv(name)
        assert f"needs a free key in {name}" in str(why_not(board, platforms))
        monkeypatch.setenv(name, SECRET)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("platform", KEYED)
def test_a_key_is_sent_and_stands_in_no_log_store_or_reason(
    platform: str, hosts: Hosts, visit: Visit, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    slug, host, path = KEYED[platform]
    body = {"results": [], "count": 0, "totalResults": 0, "SearchResult": {"SearchResultItems": []}}
    hosts.on(host, path, answer("busy", 500), answer(body))
    with caplog.at_level(logging.DEBUG):
        snapshot = visit(Board(platform, slug, "Example"))[slug]
    asked = next(seen for seen in hosts.seen if seen.path.startswith(path))
    sent = asked.path + json.dumps(asked.headers)
    secret = {"reed": "b3Blbi1zZXNhbWUtNDcxMTo="}.get(platform, SECRET)
    assert secret in sent
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert secret not in caplog.text + repr(snapshot) and secret.encode() not in kept


# --- lists on GitHub ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "slug", "path"),
    [
        (
            "simplify",
            "SimplifyJobs/Summer2027-Internships",
            "/SimplifyJobs/Summer2027-Internships/dev/.github/scripts/listings.json",
        ),
        ("speedyapply", "speedyapply/2026-AI-College-Jobs", "/speedyapply/2026-AI-College-Jobs/main/README.md"),
        (
            "speedyapply",
            "speedyapply/2026-AI-College-Jobs/INTERN_INTL.md",
            "/speedyapply/2026-AI-College-Jobs/main/INTERN_INTL.md",
        ),
    ],
)
def test_a_list_is_named_by_owner_repository_and_file(platform: str, slug: str, path: str) -> None:
    url = spider(platform).request(Board(platform, slug, "Example"), 0).url
    assert url == f"https://raw.githubusercontent.com{path}"


def test_a_list_without_an_owner_fails_with_the_reason(visit: Visit) -> None:
    snapshot = visit(Board("simplify", "Summer2027-Internships", "Example"))["Summer2027-Internships"]
    assert snapshot.reason == "its name must be owner/repository, not Summer2027-Internships"


@pytest.mark.parametrize(
    ("link", "clean"),
    [
        ("https://a.example/1?utm_source=Simplify&ref=Simplify", "https://a.example/1"),
        ("https://a.example/1?gh_jid=7&utm_source=x", "https://a.example/1?gh_jid=7"),
        ("https://a.example/1?utm_source=x&gh_jid=7#apply", "https://a.example/1?gh_jid=7#apply"),
        ("https://a.example/1?utm_source=x#apply", "https://a.example/1#apply"),
        ("https://a.example/1?ref=12", "https://a.example/1?ref=12"),
        ("https://a.example/utm_source=x", "https://a.example/utm_source=x"),
    ],
)
def test_tracking_is_taken_off_a_link_and_nothing_else(link: str, clean: str) -> None:
    assert untracked(link) == clean


# --- careers pages ------------------------------------------------------------------------------------

SITE = "careers.example.com"
CAREERS = Board("careers", "example", "Example", (("host", SITE),))


def sitemap(*entries: tuple[str, str]) -> bytes:
    rows = "".join(f"<url><loc>https://{SITE}{path}</loc><lastmod>{day}</lastmod></url>" for path, day in entries)
    return answer(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>')


@pytest.fixture
def site(hosts: Hosts) -> Hosts:
    hosts.on(SITE, "/sitemap.xml", sitemap(("/jobs/ml-intern", "2026-11-01"), ("/jobs/chef", "2026-11-01")))
    hosts.on(SITE, "/jobs/ml-intern", sample("careers.detail.html"))
    return hosts


def test_a_job_page_is_read_once_and_again_when_the_sitemap_says_it_changed(
    site: Hosts, visit: Visit, store: Store
) -> None:
    first = visit(CAREERS)["example"]
    assert [posting.title for posting in first.postings] == ["Machine Learning Internship 2027"]
    site.on(SITE, "/sitemap.xml", sitemap(("/jobs/ml-intern", "2026-11-01"), ("/jobs/waiter", "2026-11-01")))
    assert visit(CAREERS)["example"].postings == first.postings
    assert site.paths(SITE).count("/jobs/ml-intern") == 1
    site.on(SITE, "/sitemap.xml", sitemap(("/jobs/ml-intern", "2026-11-20")))
    assert visit(CAREERS)["example"].postings == (replace(first.postings[0], updated="2026-11-20"),)
    assert site.paths(SITE).count("/jobs/ml-intern") == 2


def test_sitemaps_of_other_hosts_are_not_read_and_the_board_says_so(site: Hosts, visit: Visit) -> None:
    order = ("elsewhere.example", SITE)
    names = "".join(f"<sitemap><loc>https://{host}/jobs.xml</loc></sitemap>" for host in order)
    site.on(SITE, "/sitemap.xml", answer(f"<sitemapindex>{names}</sitemapindex>"))
    site.on(SITE, "/jobs.xml", sitemap(("/jobs/ml-intern", "2026-11-01")))
    snapshot = visit(CAREERS)["example"]
    assert len(snapshot.postings) == 1 and snapshot.verdict is Verdict.PARTIAL
    assert "elsewhere.example is no host of careers" in str(snapshot.reason)
    assert not site.paths("elsewhere.example")


@pytest.mark.parametrize("dead", [answer("", 404), answer("<html></html>", content_type="text/html"), b""])
def test_a_sitemap_that_cannot_be_had_takes_no_other_with_it(site: Hosts, visit: Visit, dead: bytes) -> None:
    names = "".join(f"<sitemap><loc>https://{SITE}/{name}.xml</loc></sitemap>" for name in ("old", "jobs"))
    site.on(SITE, "/sitemap.xml", answer(f"<sitemapindex>{names}</sitemapindex>"))
    site.on(SITE, "/old.xml", dead)
    site.on(SITE, "/jobs.xml", sitemap(("/jobs/ml-intern", "2026-11-01")))
    snapshot = visit(CAREERS)["example"]
    assert len(snapshot.postings) == 1 and snapshot.verdict is Verdict.PARTIAL
    assert str(snapshot.reason).startswith(f"https://{SITE}/old.xml: ")
    site.on(SITE, "/jobs.xml", dead)
    assert visit(CAREERS)["example"].verdict is Verdict.FAILED


def test_sitemaps_are_found_by_robots_txt(site: Hosts, visit: Visit) -> None:
    lines = f"Sitemap: https://elsewhere.example/s.xml\nUser-agent: *\nDisallow: /a\nsitemap:http://{SITE}/our-jobs.xml"
    site.on(SITE, "/robots.txt", answer(lines, content_type="text/plain"))
    site.on(SITE, "/our-jobs.xml", sitemap(("/jobs/ml-intern", "2026-11-01")))
    snapshot = visit(CAREERS)["example"]
    assert snapshot.verdict is Verdict.COMPLETE and len(snapshot.postings) == 1
    assert "/sitemap.xml" not in site.paths(SITE) and not site.paths("elsewhere.example")
    pages = "".join(f"<url><loc>http://{SITE}/jobs/{job}</loc></url>" for job in ("ml-intern", "ai-intern"))
    site.on(SITE, "/our-jobs.xml", answer(f"<urlset>{pages}</urlset>"))
    site.on(SITE, "/jobs/ai-intern", sample("careers.detail.html"))
    assert len(visit(CAREERS)["example"].postings) == 2  # robots.txt being as before proves nothing


@pytest.mark.parametrize(
    "robots", [answer("", 404), answer("User-agent: *\nDisallow: /a"), answer("<html>Sitemap: </html>"), answer("")]
)
def test_without_word_of_a_sitemap_the_usual_one_is_asked(site: Hosts, visit: Visit, robots: bytes) -> None:
    site.on(SITE, "/robots.txt", robots)
    assert len(visit(CAREERS)["example"].postings) == 1


def test_what_is_no_sitemap_is_said_to_be_none(site: Hosts, visit: Visit) -> None:
    site.on(SITE, "/sitemap.xml", answer("<!doctype html><title>Our jobs</title>", content_type="text/html"))
    snapshot = visit(CAREERS)["example"]
    assert snapshot.verdict is Verdict.FAILED and "HTML" in str(snapshot.reason)


def test_a_packed_sitemap_is_read_within_limits() -> None:
    import gzip  # noqa: PLC0415 -- two lines need it

    leaf = spider("careers")
    packed = gzip.compress((SAMPLES / "careers.xml").read_bytes())
    assert leaf.parse(packed, CAREERS) == leaf.parse((SAMPLES / "careers.xml").read_bytes(), CAREERS)
    with pytest.raises(ValueError, match="the sitemap is too large"):
        leaf.parse(gzip.compress(b" " * 40_000_000), CAREERS)


def test_a_page_that_is_gone_ends_its_posting(site: Hosts, visit: Visit) -> None:
    visit(CAREERS)
    site.on(SITE, "/sitemap.xml", sitemap(("/jobs/ml-intern", "2026-11-20")))
    site.on(SITE, "/jobs/ml-intern", answer("gone", 410))
    assert visit(CAREERS)["example"].gone == (f"https://{SITE}/jobs/ml-intern",)


def pages(kind: bytes, *paths: str) -> dict[str, bytes]:
    return dict.fromkeys(paths, kind)


def test_a_page_that_states_no_job_is_no_posting(site: Hosts, visit: Visit) -> None:
    """A page about internships, and those of jobs long gone, which stay in sitemaps for years."""
    landing = answer("<html><body>What our interns say</body></html>", content_type="text/html")
    others = pages(landing, "/careers/internships", "/careers/students") | pages(answer("", 410), "/jobs/old-intern")
    others |= pages(answer("", 404), "/jobs/older-intern", "/jobs/oldest-intern", "/jobs/first-intern")
    for path, said in others.items():
        site.on(SITE, path, said)
    site.on(SITE, "/sitemap.xml", sitemap(*((path, "2026-11-01") for path in (*others, "/jobs/ml-intern"))))
    snapshot = visit(CAREERS)["example"]
    assert [posting.url for posting in snapshot.postings] == [f"https://{SITE}/jobs/ml-intern"]
    assert (snapshot.verdict, snapshot.reason) == (Verdict.COMPLETE, None)
    asked = len(site.seen)
    assert visit(CAREERS)["example"].verdict is Verdict.UNCHANGED
    assert len(site.seen) - asked <= 2  # the sitemap is; no page is read again


def test_a_page_that_stated_a_job_and_states_none_now_ends_its_posting(site: Hosts, visit: Visit, store: Store) -> None:
    second = ("/jobs/ai-intern", "2026-11-01")
    site.on(SITE, "/jobs/ai-intern", sample("careers.detail.html"))
    site.on(SITE, "/sitemap.xml", sitemap(("/jobs/ml-intern", "2026-11-01"), second))
    visit(CAREERS)
    site.on(SITE, "/jobs/ml-intern", answer("<html><body>This job is filled.</body></html>", content_type="text/html"))
    for day in (20, 21):
        site.on(SITE, "/sitemap.xml", sitemap(("/jobs/ml-intern", f"2026-11-{day}"), second))
        visit(CAREERS, now=NOW + timedelta(days=day))
    assert [one.posting.url for one in store.listings([State.CLOSED])] == [f"https://{SITE}/jobs/ml-intern"]


def test_a_page_that_could_not_be_had_proves_no_job_and_is_asked_again(site: Hosts, visit: Visit) -> None:
    site.on(SITE, "/jobs/ml-intern", answer("", 400))
    snapshot = visit(CAREERS)["example"]
    assert snapshot.postings == () and snapshot.verdict is Verdict.PARTIAL
    site.on(SITE, "/jobs/ml-intern", sample("careers.detail.html"))
    assert len(visit(CAREERS)["example"].postings) == 1


def test_a_page_that_sends_on_to_another_host_proves_no_job_and_fails_no_board(site: Hosts, visit: Visit) -> None:
    site.on(SITE, "/jobs/old-intern", answer("", 301, location="https://apply.example.net/old-intern"))
    site.on(SITE, "/sitemap.xml", sitemap(("/jobs/old-intern", "2026-11-01"), ("/jobs/ml-intern", "2026-11-01")))
    snapshot = visit(CAREERS)["example"]
    assert [posting.url for posting in snapshot.postings] == [f"https://{SITE}/jobs/ml-intern"]
    assert snapshot.verdict is Verdict.COMPLETE and "apply.example.net" in snapshot.rejected[0].reason


def test_addresses_of_a_listing_that_broke_off_are_no_postings(site: Hosts, visit: Visit) -> None:
    names = "".join(f"<sitemap><loc>https://{SITE}/{name}.xml</loc></sitemap>" for name in ("jobs", "more", "last"))
    site.on(SITE, "/sitemap.xml", answer(f"<sitemapindex>{names}</sitemapindex>"))
    site.on(SITE, "/jobs.xml", sitemap(("/jobs/ml-intern", "2026-11-01")))
    site.on(SITE, "/more.xml", answer("", 403))
    snapshot = visit(CAREERS)["example"]
    assert snapshot.postings == () and snapshot.verdict is not Verdict.COMPLETE


def test_a_site_none_of_whose_pages_states_a_job_says_so(site: Hosts, visit: Visit) -> None:
    site.on(SITE, "/jobs/ml-intern", answer("<html><body>Come and work here</body></html>", content_type="text/html"))
    snapshot = visit(CAREERS)["example"]
    assert snapshot.verdict is Verdict.PARTIAL and "states a job" in str(snapshot.reason)


# --- all of them --------------------------------------------------------------------------------------


def test_every_feed_of_the_platforms_file_has_its_spider(platforms: dict[str, Platform]) -> None:
    without = {name for name, platform in platforms.items() if platform.policy in ("on", "key")} - spider_names()
    assert without <= {"ycombinator"}  # facts about employers, no postings


def test_an_answer_of_endless_rows_is_refused_before_they_are_read() -> None:
    with pytest.raises(ValueError, match="60,000 rows in one answer"):
        spider("workingnomads").parse(json.dumps([0] * 60_000).encode(), Board("workingnomads", "all", "Example"))
