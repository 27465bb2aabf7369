"""Deadlines as a calendar file (RFC 5545) to subscribe to or import; an opening keeps its event for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard

from pipeline import stated
from pipeline.marks import is_settled
from pipeline.models import Row
from pipeline.one_line import one_line

WARNING = timedelta(days=3)


def calendar(rows: Sequence[Row], now: datetime) -> bytes:
    """One whole-day event per coming deadline of an opening the student may still apply to, with a reminder before."""
    made = Calendar()
    made.add("prodid", "-//Reachlist//deadlines//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Reachlist deadlines")
    made.add_component(_universal_time())  # a calendar without any component is none
    for row in rows:
        day = stated.deadline(row.opening, row.reading)
        if day and day >= now.date() and row.score.eligible != "no" and not is_settled(row.status):
            made.add_component(event(row, day, now))
    return made.to_ical()


def event(row: Row, day: date, now: datetime) -> Event:
    """The event of one deadline; its uid follows from the opening's id and nothing else."""
    posting = row.opening.posting
    title = one_line(f"Apply: {posting.title}, {posting.company}")
    made = Event()
    made.add("uid", str(uuid5(NAMESPACE_URL, ascii(f"reachlist:deadline:{row.opening.id}"))))
    made.add("dtstamp", now)
    made.add("dtstart", day)  # a day without an end is that one whole day
    made.add("summary", title)
    made.add("description", f"Score {row.score.total:.0f}\n{one_line(posting.url)}")
    made.add("transp", "TRANSPARENT")
    if posting.location:
        made.add("location", one_line(posting.location))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -WARNING)
    made.add_component(alarm)
    return made


def _universal_time() -> Timezone:
    made, always = Timezone(), TimezoneStandard()
    made.add("tzid", "Etc/UTC")
    always.add("dtstart", datetime(1970, 1, 1))
    always.add("tzoffsetfrom", timedelta())
    always.add("tzoffsetto", timedelta())
    made.add_component(always)
    return made
