"""Deadlines as a calendar: right days, stable events, nothing for what is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from pipeline.calendar_file import calendar
from tests.report.naughty import NAUGHTY
from tests.report.rows import Row, row
from tests.test_digest import listed

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


def events(rows: list[Row], now: datetime = NOW) -> list[dict[str, object]]:
    """The events of the calendar as another program reads them."""
    return list(Calendar.from_ical(calendar(rows, now)).walk("VEVENT"))


def test_a_deadline_is_a_whole_day_with_a_reminder() -> None:
    (event,) = Calendar.from_ical(calendar([listed(deadline="2026-03-20")], NOW)).walk("VEVENT")
    assert event["dtstart"].dt == date(2026, 3, 20)
    assert event.end == date(2026, 3, 21)
    assert event["summary"].startswith("Apply: ")
    assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-3)]


def test_an_event_keeps_its_uid_when_the_deadline_moves() -> None:
    before = events([listed(deadline="2026-03-20")])
    after = events([listed(deadline="2026-04-01")], NOW + timedelta(days=5))
    assert [event["uid"] for event in before] == [event["uid"] for event in after]


@pytest.mark.parametrize(
    "change",
    [
        {"deadline": None},
        {"deadline": "2026-03-01"},
        {"verdict": "no"},
        {"status": "Rejected"},
        {"status": "applied"},
        {"deadline": "soon"},
    ],
)
def test_no_event_for_what_is_past_closed_or_undated(change: dict[str, str]) -> None:
    assert events([listed(**({"deadline": "2026-03-20"} | change))]) == []


def test_a_deadline_on_the_last_day_of_all_is_an_event() -> None:
    (event,) = events([listed(deadline="9999-12-31")])
    assert event["dtstart"].dt == date.max


def test_a_calendar_of_no_deadlines_is_a_calendar() -> None:
    empty = Calendar.from_ical(calendar([], NOW))
    assert empty.subcomponents
    assert not empty.walk("VEVENT")


def test_no_words_of_a_posting_break_the_calendar() -> None:
    rows = []
    for number, words in enumerate(NAUGHTY):
        plain = listed(number, deadline="2026-03-20")
        posting = replace(row(number).opening.posting, title=words, company=words, locations=(words,), url=words)
        listing = replace(plain.opening.listings[0], posting=posting)
        rows.append(replace(plain, opening=replace(plain.opening, id=words, listings=(listing,))))
    found = events(rows)
    assert len(found) == len(rows)
    assert {str(key) for event in found for key in event} <= {
        "UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "TRANSP", "LOCATION",
    }  # fmt: skip
