"""Real answers of feeds and lists: every row is read, each value as the answer has it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from crawlers.run import spider
from pipeline.models import Board, Pay, Posting

Row = dict[str, Any]
Said = tuple[str, str, str, str | None]  # title, company, URL, day


def second(value: float) -> str:
    return datetime.fromtimestamp(value, UTC).date().isoformat()


def remoteok(r: Row) -> Said:
    return r["position"], r["company"], r["url"], r["date"][:10]


def remotive(r: Row) -> Said:
    return r["title"], r["company_name"], r["url"], r["publication_date"][:10]


def arbeitnow(r: Row) -> Said:
    return r["title"], r["company_name"], r["url"], second(r["created_at"])


def himalayas(r: Row) -> Said:
    return r["title"], r["companyName"], r["applicationLink"], second(r["pubDate"])


def jobicy(r: Row) -> Said:
    return r["jobTitle"], r["companyName"], r["url"], r["pubDate"][:10]


def themuse(r: Row) -> Said:
    return r["name"], r["company"]["name"], r["refs"]["landing_page"], r["publication_date"][:10]


def adzuna(r: Row) -> Said:
    return r["title"], r["company"]["display_name"], r["redirect_url"], r["created"][:10]


def usajobs(r: Row) -> Said:
    job = r["MatchedObjectDescriptor"]
    return job["PositionTitle"], job["OrganizationName"], job["PositionURI"], job["PublicationStartDate"][:10]


def found(posting: Posting) -> Said:
    return posting.title, posting.company, posting.url, (posting.posted or "")[:10] or None


ANSWERS: list[tuple[str, Callable[[Row], Said], Callable[[Any], list[Row]], int]] = [
    ("remoteok/lcarlini__JobSearchAggregator__remoteok.json", remoteok, lambda a: a[1:], 4),
    ("remotive/lcarlini__JobSearchAggregator__remotive.json", remotive, lambda a: a["jobs"], 5),
    ("remotive/lubobali__aws-job-streamer__remotive_jobs.json", remotive, lambda a: a["jobs"], 4),
    ("arbeitnow/lcarlini__JobSearchAggregator__arbeitnow.json", arbeitnow, lambda a: a["data"], 5),
    ("himalayas/0xquinto__agent-job-research__himalayas_api_response.json", himalayas, lambda a: a["jobs"], 3),
    ("jobicy/lcarlini__JobSearchAggregator__jobicy.json", jobicy, lambda a: a["jobs"], 5),
    ("adzuna/lubobali__aws-job-streamer__adzuna_search.json", adzuna, lambda a: a["results"], 4),
    (
        "usajobs/lubobali__aws-job-streamer__usajobs_jobs.json",
        usajobs,
        lambda a: a["SearchResult"]["SearchResultItems"],
        3,
    ),
]


def read(platform: str, body: bytes, slug: str = "us") -> tuple[Posting, ...]:
    """The postings of an answer, none of whose records may be unreadable."""
    page = spider(platform).parse(body, Board(platform, slug, "Example"))
    assert not page.rejected
    return page.postings


@pytest.mark.parametrize(("file", "said", "rows", "count"), ANSWERS, ids=[file for file, *_ in ANSWERS])
def test_every_row_of_a_feed_is_read(
    shared: Path, file: str, said: Callable[[Row], Said], rows: Callable[[Any], list[Row]], count: int
) -> None:
    body = (shared / "captures" / file).read_bytes()
    listed = [
        tuple(" ".join(value.split()) if value else value for value in said(row)) for row in rows(json.loads(body))
    ]
    assert [found(posting) for posting in read(said.__name__, body)] == listed
    assert len(listed) == count


def test_every_job_of_the_muse_is_read(shared: Path) -> None:
    """Its rows came through another program, which kept them whole."""
    rows = json.loads((shared / "captures/themuse/lcarlini__JobSearchAggregator__themuse-jobs.json").read_bytes())[
        "jobs"
    ]
    postings = read("themuse", json.dumps({"results": rows, "page": 0, "page_count": 1}).encode())
    assert [found(posting) for posting in postings] == [
        (" ".join(title.split()), *rest) for title, *rest in map(themuse, rows)
    ]
    assert len(postings) == 202 and all(posting.description for posting in postings)


def test_every_item_of_we_work_remotely_is_read(shared: Path) -> None:
    body = (shared / "captures/weworkremotely/0xquinto__agent-job-research__wwr_rss_sample.xml").read_bytes()
    titles = [item.findtext("title") for item in ElementTree.fromstring(body).iter("item")]
    postings = read("weworkremotely", body)
    assert [f"{posting.company}: {posting.title}" for posting in postings] == titles
    assert {(p.posted or "")[:10] for p in postings} == {"2026-03-27"} and {p.deadline for p in postings} == {
        "2026-04-26"
    }


def test_pay_is_read_where_it_is_stated_and_not_where_it_is_guessed(shared: Path) -> None:
    stated, guessed, *_ = read("adzuna", (shared / "captures" / ANSWERS[6][0]).read_bytes())
    assert stated.pay == Pay(85_389, 116_975, "USD", "year")
    assert guessed.pay is None
    assert read("jobicy", (shared / "captures" / ANSWERS[5][0]).read_bytes())[0].pay == Pay(
        122_600, 204_400, "USD", "year"
    )
    assert read("usajobs", (shared / "captures" / ANSWERS[7][0]).read_bytes())[0].pay == Pay(
        106_437, 158_322, "USD", "year"
    )


def test_text_that_was_decoded_wrongly_is_repaired(shared: Path) -> None:
    texts = [posting.description for posting in read("remoteok", (shared / "captures" / ANSWERS[0][0]).read_bytes())]
    assert any("The right people don’t" in text for text in texts)


@pytest.mark.parametrize(
    ("file", "shown"),
    [("cvrve__Summer2025-Internships__listings.json", 1443), ("KernSharma__intern-radar__simplify_fixture.json", 4)],
)
def test_every_entry_of_a_list_that_is_shown_is_read(shared: Path, file: str, shown: int) -> None:
    body = (shared / "listings" / file).read_bytes()
    rows = [row for row in json.loads(body) if row["active"] and row["is_visible"]]
    postings = read("simplify", body, "cvrve/Summer2025-Internships")
    assert len(postings) == len(rows) == shown
    assert len({posting.ref for posting in postings}) == len({(row["id"], row["url"]) for row in rows})
    for posting, row in zip(postings, rows, strict=True):
        assert (posting.ref in (row["id"], row["url"]), posting.posted) == (
            True,
            datetime.fromtimestamp(row["date_posted"], UTC).isoformat(),
        )
        assert posting.title == " ".join(row["title"].split()) and posting.company == " ".join(
            row["company_name"].split()
        )
        assert row["url"].startswith(posting.url.partition("?")[0]) and "utm_" not in posting.url


@pytest.mark.parametrize(("file", "count", "paid"), [("README", 143, 42), ("INTERN_INTL", 227, 0)])
def test_every_row_of_the_tables_is_read(shared: Path, file: str, count: int, paid: int) -> None:
    text = (shared / f"listings/speedyapply__2026-AI-College-Jobs__{file}.md").read_text(encoding="utf-8")
    links = re.findall(r'^\|.*<a href="([^"]+)"><img', text, re.MULTILINE)
    postings = read("speedyapply", text.encode(), "speedyapply/2026-AI-College-Jobs")
    assert len(postings) == len(links) == count
    assert all(link.startswith(posting.url.partition("?")[0]) for posting, link in zip(postings, links, strict=True))
    assert sum(posting.pay is not None for posting in postings) == paid
