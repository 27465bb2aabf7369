"""Real answers of the platforms that test_captures.py does not crawl: read whole, each value as the answer has it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.run import spider
from crawlers.snapshots import Page
from pipeline.models import Board, Pay, Posting

Said = tuple[str, str, str | None, str | None]  # title, URL, day, first place
Row = dict[str, Any]


def recruitee(o: Row) -> Said:
    return o["title"], o["careers_url"], o["published_at"][:10], o["location"]


def workable(j: Row) -> Said:
    return j["title"], j["url"], j["published_on"], j["country"]


def smartrecruiters(c: Row) -> Said:
    url = f"https://jobs.smartrecruiters.com/acme/{c['id']}"
    return c["name"], url, c["releasedDate"][:10], c["location"]["fullLocation"]


def bamboohr(o: Row) -> Said:
    url = f"https://acme.bamboohr.com/careers/{o['id']}"
    return o["jobOpeningName"], url, None, f"{o['location']['city']}, {o['location']['state']}"


def pinpoint(p: Row) -> Said:
    return p["title"], f"https://acme.pinpointhq.com{p['path']}", None, p["location"]["name"]


def rippling(j: Row) -> Said:
    return j["name"], j["url"], None, j["workLocation"]["label"]


def workday(j: Row) -> Said:
    several = j["locationsText"].endswith(" Locations")
    return (
        j["title"],
        f"https://acme.wd5.myworkdayjobs.com/Site{j['externalPath']}",
        None,
        None if several else j["locationsText"],
    )


def oracle(r: Row) -> Said:
    url = f"https://acme.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/{r['Id']}"
    return r["Title"], url, r["PostedDate"], r["PrimaryLocation"]


def eightfold(p: Row) -> Said:
    return (
        p["name"],
        p["canonicalPositionUrl"],
        datetime.fromtimestamp(p["t_create"], UTC).date().isoformat(),
        p["location"],
    )


# platform -> where its rows stand, and what one says
ROWS: dict[str, tuple[tuple[str | int, ...], Callable[[Row], Said]]] = {
    "recruitee": (("offers",), recruitee),
    "workable": (("jobs",), workable),
    "smartrecruiters": (("content",), smartrecruiters),
    "bamboohr": (("result",), bamboohr),
    "pinpoint": (("data",), pinpoint),
    "rippling": ((), rippling),
    "workday": (("jobPostings",), workday),
    "oracle": (("items", 0, "requisitionList"), oracle),
    "eightfold": (("positions",), eightfold),
}
COUNTS = {
    "recruitee/omoji-personal__careerkit__recruitee.json": 2,
    "workable/omoji-personal__careerkit__workable.json": 2,
    "smartrecruiters/KernSharma__intern-radar__smartrecruiters_postings.json": 3,
    "smartrecruiters/omoji-personal__careerkit__smartrecruiters.json": 1,
    "bamboohr/omoji-personal__careerkit__bamboohr.json": 2,
    "pinpoint/omoji-personal__careerkit__pinpoint.json": 2,
    "rippling/omoji-personal__careerkit__rippling.json": 2,
    "workday/KernSharma__intern-radar__workday_jobs.json": 4,
    "workday/lubobali__aws-job-streamer__workday_search.json": 4,
    "workday/omoji-personal__careerkit__workday.json": 2,
    "oracle/omoji-personal__careerkit__oracle_orc.json": 2,
    "eightfold/omoji-personal__careerkit__eightfold.json": 2,
}
OPTIONS = {
    "workday": (("host", "acme.wd5.myworkdayjobs.com"), ("site", "Site")),
    "oracle": (("host", "acme.fa.us2.oraclecloud.com"), ("site", "CX_1")),
    "eightfold": (("domain", "acme.com"),),
}


def board(platform: str) -> Board:
    return Board(platform, "acme", "Acme", OPTIONS.get(platform, ()))


def read(platform: str, path: Path) -> Page:
    return spider(platform).parse(path.read_bytes(), board(platform))


def said(posting: Posting) -> Said:
    return posting.title, posting.url, posting.posted and posting.posted[:10], next(iter(posting.locations), None)


@pytest.mark.parametrize("file", COUNTS)
def test_every_record_of_a_real_listing_is_read(shared: Path, file: str) -> None:
    platform = file.partition("/")[0]
    page = read(platform, shared / "captures" / file)
    path, says = ROWS[platform]
    rows = json.loads((shared / "captures" / file).read_text(encoding="utf-8"))
    for step in path:
        rows = rows[step]
    listed = [(" ".join(title.split()), *rest) for title, *rest in map(says, rows)]
    assert [said(posting) for posting in page.postings] == listed
    assert (len(page.postings), page.rejected) == (COUNTS[file], ())


def test_a_real_feed_of_personio_is_read(shared: Path) -> None:
    page = read("personio", shared / "captures/personio/omoji-personal__careerkit__personio.xml")
    title, place = "Staff Software Engineer, Data Platform", ("Munich", "Berlin")
    assert {(p.title, p.url, p.posted, p.locations) for p in page.postings} == {
        (title, "https://acme.jobs.personio.de/job/1834171", "2024-11-13T14:10:41+00:00", place)
    }
    assert (len(page.postings), page.rejected) == (2, ())


def test_a_real_json_feed_of_teamtailor_is_read(shared: Path) -> None:
    page = read("teamtailor", shared / "captures/teamtailor/omoji-personal__careerkit__teamtailor.json")
    host = "https://career.teamtailor.com/jobs"
    italy, copenhagen = (said(posting) for posting in page.postings)
    assert italy == (
        "Account Executive - Italy (Madrid based)",
        f"{host}/7167985-account-executive-italy-madrid-based",
        "2026-02-04",
        "Madrid, Europe, ES",
    )
    assert copenhagen == (
        "Mid-Market Account Executive - Copenhagen",
        f"{host}/7069633-mid-market-account-executive-copenhagen",
        "2026-01-18",
        "Stockholm, Sweden, SE",
    )
    assert page.postings[1].locations[1:] == ("København, Europe, DK",)


def test_a_real_page_of_icims_is_read(shared: Path) -> None:
    page = read("icims", shared / "captures/icims/omoji-personal__careerkit__icims.html")
    host = "https://careers-wipfli.icims.com/jobs"
    assert [said(posting) for posting in page.postings] == [
        ("Payroll Tax Specialist", f"{host}/8214/payroll-tax-specialist/job", None, "US"),
        ("Payroll Support Specialist", f"{host}/8212/payroll-support-specialist/job", None, "US"),
    ]
    assert page.following is None


DETAILS = {
    "smartrecruiters": "smartrecruiters/KernSharma__intern-radar__jd_smartrecruiters_posting.json",
    "workday": "workday/KernSharma__intern-radar__jd_workday_job.json",
    "workday again": "workday/lubobali__aws-job-streamer__workday_job_detail.json",
    "oracle": "oracle/KernSharma__intern-radar__jd_oracle_job.json",
    "icims": "icims/KernSharma__intern-radar__jd_icims_job.html",
}


@pytest.fixture
def detailed(shared: Path) -> Callable[[str], Posting]:
    """A posting whose listing says its title alone, completed by a real answer."""

    def complete(name: str) -> Posting:
        platform = name.partition(" ")[0]
        bare = Posting(f"{platform}/acme", "7", "https://example.com/7", "Intern", "Acme", "")
        return spider(platform).complete((shared / "captures" / DETAILS[name]).read_bytes(), bare, board(platform))

    return complete


def texts(value: Any) -> Iterator[str]:
    """Every text of an answer that holds a paragraph."""
    if isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from texts(entry)
    elif isinstance(value, str) and "<p" in value:
        yield value


@pytest.mark.parametrize("name", DETAILS)
def test_the_whole_text_of_a_real_answer_is_kept(shared: Path, detailed: Callable[[str], Posting], name: str) -> None:
    answer = (shared / "captures" / DETAILS[name]).read_text(encoding="utf-8")
    data = re.search(r"ld\+json\">(.*?)</script>", answer, re.DOTALL)
    found = list(texts(json.loads(data[1] if data else answer)))
    assert found
    assert [text for text in found if text not in detailed(name).description] == []


def test_what_real_details_say_besides_is_kept(detailed: Callable[[str], Posting]) -> None:
    western, synchrony, susquehanna = detailed("smartrecruiters"), detailed("workday"), detailed("icims")
    assert western.pay == Pay(34, 47, "USD", "hour")
    assert (synchrony.locations, synchrony.posted, synchrony.requisition) == (
        ("Stamford Hub",),
        "2026-06-16",
        "2601695",
    )
    assert (susquehanna.locations, susquehanna.deadline) == (("Hong Kong, HK",), "2027-07-06")


def test_pay_and_workplace_of_real_listings_are_kept(shared: Path) -> None:
    first, _ = read("recruitee", shared / "captures/recruitee/omoji-personal__careerkit__recruitee.json").postings
    assert (first.pay, first.workplace) == (Pay(60_000, 75_000, "EUR", "year"), "hybrid")
    remote, hybrid = read("pinpoint", shared / "captures/pinpoint/omoji-personal__careerkit__pinpoint.json").postings
    assert (remote.pay, remote.workplace) == (Pay(135_000, 198_000, "USD", "year"), "remote")
    assert (hybrid.pay, hybrid.deadline) == (Pay(70, 90, "USD", "hour"), None)
