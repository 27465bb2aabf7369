"""What is stated of an opening is the same wherever it is shown or counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from pipeline import shortlist
from pipeline.calendar_file import calendar
from pipeline.criteria import here
from pipeline.digest import digest
from pipeline.lateness import last
from pipeline.models import Listing, Opening, Pay, Posting, Profile, Reading, Score, Student
from pipeline.report.payload import Pool, record

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


def row(reading: Reading, **fields: Any) -> shortlist.Row:
    plain = Posting("lever/kelpwater", "1", "https://jobs.example/1", "ML Intern", "Kelpwater", "", ("Lisbon",))
    posting = replace(plain, **fields)
    opening = Opening(posting.id, (Listing(posting, first_seen="2026-02-20T06:00:00Z"),))
    who = shortlist.Employer("kelpwater", "Kelpwater")
    return shortlist.Row(opening, reading, who, Score(()), profile=Profile(Student("bachelor")))


def shown(one: shortlist.Row) -> tuple[dict[str, Any], dict[str, Any]]:
    """The cells of the list, and what the report is given."""
    return shortlist.cells(one), record(one, Pool(), (), since=None, today=TODAY)


def test_where_the_text_and_a_field_differ_list_and_report_take_one_side() -> None:
    one = row(
        Reading(workplace="remote", pay=Pay(30, 40, "USD", "hour"), deadline="2026-03-10"),
        workplace="onsite", pay=Pay(1, 2, "EUR", "day"), deadline="2026-04-01",
    )  # fmt: skip
    cells, report = shown(one)
    assert cells["workplace"] == report["workplace"] == "remote"
    assert cells["deadline"] == report["deadline"] == "2026-03-10"
    assert cells["pay"] == "30–40 USD per hour"
    assert report["pay"] == "USD 30 to 40 per hour"
    assert "remote" in here(one.opening, one.reading)


def test_a_field_speaks_where_the_text_is_silent() -> None:
    one = row(Reading(), workplace="hybrid", pay=Pay(1, 2, "EUR", "day"))
    cells, report = shown(one)
    assert cells["workplace"] == report["workplace"] == "hybrid"
    assert cells["pay"] == "1–2 EUR per day"
    assert report["pay"] == "EUR 1 to 2 per day"
    assert "hybrid" in here(one.opening, one.reading)


@pytest.mark.parametrize("written", ["2026-03-05", "2026-03-05T23:59:00Z", "2026-03-05T23:59:00+09:00"])
@pytest.mark.parametrize("in_text", [True, False])
def test_a_deadline_is_one_day_everywhere(written: str, in_text: bool) -> None:
    one = row(Reading(deadline=written)) if in_text else row(Reading(), deadline=written)
    cells, report = shown(one)
    day = date(2026, 3, 5)
    assert cells["deadline"] == report["deadline"] == day.isoformat()
    (event,) = Calendar.from_ical(calendar([one], NOW)).walk("VEVENT")
    assert event["dtstart"].dt == day
    assert digest([one], since="2026-02-20T00:00:00Z", today=TODAY).closing == ((day, one),)
    end = last(one.opening, one.reading)
    assert end
    assert end.day == day


def test_list_and_report_name_a_day_of_posting_only_where_a_posting_does() -> None:
    silent = row(Reading())
    assert [side["posted"] for side in shown(silent)] == [None, None]
    twin = Listing(replace(silent.opening.posting, ref="2", posted="2026-02-25T08:00:00Z"))
    both = replace(silent, opening=replace(silent.opening, listings=(*silent.opening.listings, twin)))
    assert [side["posted"] for side in shown(both)] == ["2026-02-25", "2026-02-25"]


def test_what_is_no_date_is_no_deadline_anywhere() -> None:
    one = row(Reading(), deadline="rolling")
    cells, report = shown(one)
    assert (cells["deadline"], report["deadline"], last(one.opening, one.reading)) == (None, None, None)
    assert not Calendar.from_ical(calendar([one], NOW)).walk("VEVENT")


def test_what_is_too_late_is_told_to_the_report(recently: timedelta = timedelta(days=1)) -> None:
    late = row(Reading(deadline=(TODAY - recently).isoformat()))
    over = row(Reading(term="summer 2025"))
    still = row(Reading(deadline=TODAY.isoformat()))
    assert [shown(one)[1]["late"] for one in (late, over, still)] == [True, True, False]
