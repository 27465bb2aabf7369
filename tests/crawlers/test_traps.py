"""What platforms do that their documentation does not say: each trap, in a record of our own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawlers.run import spider
from pipeline.models import Board, Pay, Posting


def read(platform: str, answer: Any) -> tuple[Posting, ...]:
    """The postings of an answer, none of whose records may be unreadable."""
    leaf = spider(platform)
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    page = leaf.parse(body, Board(platform, "fen", "Fen", tuple((name, "x.example") for name in leaf.options)))
    assert not page.rejected
    return page.postings


def greenhouse(**fields: Any) -> Posting:
    row = {
        "id": 1,
        "internal_job_id": 7,
        "title": "ML Intern",
        "absolute_url": "https://boards.greenhouse.io/fen/jobs/1",
    }
    (posting,) = read("greenhouse", {"jobs": [row | {"location": {"name": "Bern"}} | fields], "meta": {"total": 1}})
    return posting


HOLIDAYS = (
    "<p>Pay depends on experience.</p><p>Who is paid by the hour: vacation of 1 hour grows with every 25 worked.</p>"
)


@pytest.mark.parametrize(
    ("title", "blurb", "ends", "pay"),
    [
        ("I4", HOLIDAYS, (13_740_000, 20_200_000), None),
        ("Pay Range", "<p>The range is annualized.</p>", (4_600_000, None), Pay(46_000, 46_000, "USD", "year")),
        ("The base pay range, this is an hourly rate.", "", (3_600, 4_800), Pay(36, 48, "USD", "hour")),
        ("Annual salary", "<p>$10 per hour of training</p>", (9_000_000, None), Pay(90_000, 90_000, "USD", "year")),
        ("Hourly", "", (9_000_000, 9_500_000), None),
    ],
)  # fmt: skip
def test_hours_of_holidays_are_no_hourly_pay(title: str, blurb: str, ends: tuple[int, int], pay: Pay | None) -> None:
    stated = {"min_cents": ends[0], "max_cents": ends[1], "currency_type": "USD", "title": title, "blurb": blurb}
    assert greenhouse(pay_input_ranges=[stated]).pay == pay


def test_a_range_that_does_not_say_for_how_long_stands_under_the_text() -> None:
    stated = {"min_cents": 9_500_000, "max_cents": 12_000_000, "currency_type": "USD", "title": "Base salary range"}
    posting = greenhouse(content="&lt;p&gt;You train models.&lt;/p&gt;", pay_input_ranges=[stated | {"blurb": ""}])
    assert posting.pay is None
    assert posting.description == "<p>You train models.</p>\n<h3>Base salary range</h3>USD 95,000 - 120,000"


@pytest.mark.parametrize(("said", "kept"), [("R-12", "R-12"), ("ONE", "7"), ("MULTI", "7"), (None, "7"), ("", "7")])
def test_a_word_that_stands_on_many_jobs_is_no_requisition(said: str | None, kept: str) -> None:
    assert greenhouse(requisition_id=said).requisition == kept


def test_what_an_employer_shows_in_fields_of_its_own_is_read() -> None:
    own = [
        {"name": "Workplace Type", "value": "Hybrid"},
        {"name": "Time Type", "value": "Intern"},
        {"name": "Pay Band", "value": {"unit": "USD"}},
        {"name": "Employment Type", "value": None},
    ]
    posting = greenhouse(metadata=own)
    assert (posting.workplace, posting.employment, posting.locations) == ("hybrid", "Intern", ("Bern",))


def test_a_mode_of_work_is_no_place_where_offices_are_named() -> None:
    posting = greenhouse(location={"name": "Hybrid"}, offices=[{"name": "Bern"}, {"name": "Basel"}])
    assert (posting.workplace, posting.locations) == ("hybrid", ("Bern", "Basel"))


def test_texts_and_places_that_breezy_lists_need_no_page() -> None:
    places = [{"name": "Bern, CH", "is_remote": True}, {"city": "Basel", "country": {"name": "Switzerland"}}]
    row = {
        "id": "a1",
        "friendly_id": "a1-intern",
        "name": "Intern",
        "description": "<p>Python.</p>",
        "salary": "$5 / hour",
    }
    (posting,) = read("breezy", [row | {"location": places[0], "locations": places}])
    assert posting.locations == ("Bern, CH", "Basel, Switzerland")
    assert posting.description == "<p>Python.</p>\n<h3>Salary</h3>$5 / hour"
    assert spider("breezy").detail_request(posting, Board("breezy", "fen", "Fen")) is None


def test_pay_that_an_employer_hides_is_not_shown() -> None:
    stated = {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "USD", "minValue": 1, "maxValue": 2}
    row = {"id": "1", "title": "Intern", "jobUrl": "https://jobs.ashbyhq.com/fen/1", "isListed": True}
    row |= {"compensation": {"summaryComponents": [stated]}}
    hidden, shown = read(
        "ashby", {"jobs": [row | {"shouldDisplayCompensationOnJobPostings": show} for show in (False, True)]}
    )
    assert (hidden.pay, shown.pay) == (None, Pay(1, 2, "USD", "year"))


@pytest.mark.parametrize(
    "rate", [{"RateIntervalCode": "PA"}, {"RateIntervalCode": "Per Year"}, {"Description": "Per Year"}]
)
def test_usajobs_names_the_period_of_pay_in_codes_and_in_words(rate: dict[str, str]) -> None:
    job = {"PositionTitle": "Intern", "OrganizationName": "Fen Office", "PositionURI": "https://www.usajobs.gov/job/1"}
    job |= {"PositionRemuneration": [{"MinimumRange": "50000", "MaximumRange": "60000.0"} | rate]}
    job |= {"PositionOfferingType": [{"Name": "Internships"}], "UserArea": {"Details": {"MajorDuties": "Counting."}}}
    found = {"SearchResultItems": [{"MatchedObjectId": "1", "MatchedObjectDescriptor": job}], "SearchResultCountAll": 1}
    (posting,) = read("usajobs", {"SearchResult": found})
    assert (posting.pay, posting.employment) == (Pay(50_000, 60_000, "USD", "year"), "Internships")
    assert posting.description == "Counting."


def test_a_place_of_teamtailor_may_have_a_city_alone() -> None:
    place = "<tt:location><tt:city>Oslo</tt:city></tt:location>"
    item = f"<item><title>Intern</title><link>https://fen.teamtailor.com/jobs/1</link><tt:locations>{place}</tt:locations></item>"
    feed = f'<rss xmlns:tt="https://teamtailor.com/locations"><channel>{item}</channel></rss>'
    (posting,) = read("teamtailor", feed.encode())
    assert (posting.ref, posting.locations) == ("https://fen.teamtailor.com/jobs/1", ("Oslo",))


def test_an_apply_link_that_is_no_web_address_costs_no_posting() -> None:
    row = {
        "id": "1",
        "position": "Intern",
        "company": "Fen",
        "url": "https://remoteok.com/1",
        "apply_url": "mailto:a@b",
    }
    (posting,) = read("remoteok", [{"legal": "terms"}, row])
    assert posting.apply_url is None


def test_titles_with_entities_are_read_as_meant() -> None:
    row = {"id": 1, "url": "https://jobicy.com/1", "jobTitle": "R&amp;D Intern", "companyName": "Fen &amp; Sons"}
    (posting,) = read("jobicy", {"jobs": [row]})
    assert (posting.title, posting.company) == ("R&D Intern", "Fen & Sons")


def test_a_feed_of_successfactors_that_writes_html_as_entities_is_decoded() -> None:
    item = "<guid>1</guid><title>Intern</title><link>https://x.example/1</link><description><![CDATA[&lt;p&gt;Python.&lt;/p&gt;]]>"
    feed = f"<rss><channel><item>{item}</description></item></channel></rss>"
    assert read("successfactors", feed.encode())[0].description == "<p>Python.</p>"


def test_a_flag_is_not_believed_beside_a_word_that_is_not_understood() -> None:
    """Ashby's `isRemote`, BambooHR's `isRemote`: each is right only where the word beside it says nothing."""
    job = {"id": "u", "title": "ML Intern", "jobUrl": "https://jobs.ashbyhq.com/fen/u", "isRemote": True}
    opening = {"id": "7", "jobOpeningName": "ML Intern", "isRemote": True}
    words: tuple[Any, ...] = (None, "Hybrid", "Moonbase")
    codes: tuple[Any, ...] = (None, "2", "3")
    ashby = [read("ashby", {"jobs": [job | {"workplaceType": word}]})[0].workplace for word in words]
    bamboo = [read("bamboohr", {"result": [opening | {"locationType": code}]})[0].workplace for code in codes]
    assert ashby == bamboo == ["remote", "hybrid", None]


@pytest.mark.parametrize(
    ("platform", "path", "answered"),
    [
        ("ashby", "employmentType", {"jobs": [{"id": "u", "title": "T", "jobUrl": "https://fen.example/u"}]}),
        ("bamboohr", "locationType", {"result": [{"id": "7", "jobOpeningName": "T"}]}),
        ("ycombinator", "status", [{"id": 1, "name": "Fen", "team_size": 7}]),
        ("oracle", "WorkplaceTypeCode", {"items": [{"requisitionList": [{"Id": "7", "Title": "T"}]}]}),
    ],
)
def test_a_word_that_nobody_knew_is_told_once(platform: str, path: str, answered: Any) -> None:
    leaf = spider(platform)
    board = Board(platform, "fen", "Fen", tuple((name, "x.example") for name in leaf.options))
    rows = answered if isinstance(answered, list) else next(iter(answered.values()))
    rows = rows[0]["requisitionList"] if platform == "oracle" else rows
    rows[:] = [rows[0] | {path: word} for word in (None, "", dict(leaf.expected)[path][0], "Moonbase", "Moonbase")]
    told = [record.reason for record in leaf.parse(json.dumps(answered).encode(), board).surprising]
    assert told == [f"{path}: 'Moonbase' is none of {', '.join(dict(leaf.expected)[path])}"]
