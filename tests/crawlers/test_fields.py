"""A value is handled, or the record is refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crawlers import fields, records
from crawlers.answers import MAX_DEPTH, depth, json_answer
from crawlers.fields import Unreadable
from crawlers.spiders.greenhouse import decoded
from pipeline.models import Pay


@pytest.mark.parametrize("absent", [{}, {"a": None}, {"a": {}}, {"a": {"b": None}}, {"a": {"b": "  "}}, None])
def test_what_is_absent_is_none(absent: Any) -> None:
    assert fields.maybe(absent, "a", "b") is None
    with pytest.raises(Unreadable, match=r"no a\.b"):
        fields.line(absent, "a", "b")


WRONG: list[tuple[Callable[..., Any], Any, str]] = [
    (fields.maybe, 3, "a: expected text, found a number"),
    (fields.maybe, ["x"], "a: expected text, found a list"),
    (fields.ref, 1.5, "a: expected an id, found a number"),
    (fields.ref, True, "a: expected an id, found true or false"),
    (fields.rows, {}, "a: expected a list, found an object"),
    (fields.flag, "yes", "a: expected true or false, found text"),
    (fields.number, "3", "a: expected a number, found text"),
    (fields.number, True, "a: expected a number, found true or false"),
    (fields.markup, 3, "a: expected text, found a number"),
    (fields.numeral, "a lot", "a: not a number: 'a lot'"),
    (fields.numeral, "1,000", "a: not a number: '1,000'"),
    (fields.numeral, True, "a: expected a number, found true or false"),
    (fields.lines, ["Bern", 3], "a: expected text, found a number"),
    (fields.moment, "2026-11-02 or so", "a: not a date: '2026-11-02 or so'"),
    (fields.moment, "next week UTC", "a: not a date: 'next week UTC'"),
]


@pytest.mark.parametrize(("read", "value", "reason"), WRONG)
def test_a_wrong_type_is_refused_in_words(read: Callable[..., Any], value: Any, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read({"a": value}, "a")
    assert str(refused.value) == reason


def test_a_step_that_is_no_object_is_named() -> None:
    with pytest.raises(Unreadable, match=r"^location: expected an object, found text$"):
        fields.maybe({"location": "Bern"}, "location", "name")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.com/", "https://", "https://[", "x" * 3000, "a b"]
)
def test_only_web_addresses_are_links(url: str) -> None:
    with pytest.raises(Unreadable):
        fields.url({"a": url}, "a")


def test_a_long_address_is_refused_and_never_cut() -> None:
    assert fields.url({"a": "https://example.com/" + "x" * 1900}, "a").endswith("x" * 1900)
    with pytest.raises(Unreadable):
        fields.url({"a": "https://example.com/" + "x" * 2000}, "a")


def test_times_become_iso_8601() -> None:
    assert fields.epoch({"a": 1790000000}, "a") == "2026-09-21T14:13:20+00:00"
    assert fields.epoch({"a": 1790000000000}, "a", per_second=1000) == "2026-09-21T14:13:20+00:00"
    assert fields.mail_date({"a": "Sat, 21 Nov 2026 10:00:00 +0100"}, "a") == "2026-11-21T10:00:00+01:00"
    assert fields.day({"a": "2026-11-21T10:00:00+01:00"}, "a") == "2026-11-21"


def test_a_time_that_names_utc_is_one() -> None:
    assert fields.moment({"a": "2026-11-02 09:30:00 UTC"}, "a") == "2026-11-02T09:30:00+00:00"


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("20261231T235959Z", "2026-12-31T23:59:59+00:00"),
        ("20261231", "2026-12-31"),
        ("2026-W53-4", "2026-12-31"),
        ("2026-12-31T23:59:59.000Z", "2026-12-31T23:59:59.000Z"),
    ],
)
def test_every_way_to_write_a_day_in_iso_8601_begins_with_the_day(said: str, moment: str) -> None:
    assert fields.moment({"a": said}, "a") == moment
    assert fields.day({"a": said}, "a") == records.date({"a": said}, "a") == "2026-12-31"


NO_DAY = [
    "9999-12-31",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00",
    "0000-00-00",
    "2026-02-30",
    "99991231",
    "2999-01-01",
]


@pytest.mark.parametrize("said", [*NO_DAY, "Fri, 31 Dec 9999 23:59:59 GMT", 0, 253402214400, 253402214400000])
def test_a_day_that_no_job_has_is_none(said: str | int) -> None:
    assert records.date({"a": said}, "a") is None
    assert records.time({"a": said}, "a") is None


def test_a_day_that_no_job_has_is_none_in_the_forms_of_single_boards_too() -> None:
    assert [fields.day({"a": said}, "a") for said in NO_DAY] == [None] * len(NO_DAY)
    assert fields.written({"a": "31/12/9999"}, "%d/%m/%Y", "a") is None


def test_numbers_may_be_written_as_text() -> None:
    assert [fields.numeral({"a": value}, "a") for value in (17, "17.50", " 60000 ", "", None)] == [
        17, 17.5, 60_000, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "period"),
    [
        ("hour", "hour"), ("HOURLY", "hour"), ("per-hour-wage", "hour"), ("DAILY", "day"), ("1 DAY", "day"),
        ("weekly", "week"), ("per-month-salary", "month"), ("1 YEAR", "year"), ("ANNUALLY", "year"),
    ],
)  # fmt: skip
def test_a_period_of_pay_is_read_from_the_words_of_boards(word: str, period: str) -> None:
    stated = {"low": "10", "high": None, "currency": "EUR", "period": word}
    assert fields.pay(stated, "low", "high", "currency", "period") == Pay(10, 10, "EUR", period)


@pytest.mark.parametrize("change", [{"low": 0}, {"currency": None}, {"period": "biweekly"}, {"period": "one-time"}])
def test_pay_that_is_half_said_is_none(change: dict[str, Any]) -> None:
    stated = {"low": 10, "high": None, "currency": "EUR", "period": "month"} | change
    assert fields.pay(stated, "low", "high", "currency", "period") is None


def test_a_description_is_put_together_from_its_parts() -> None:
    parts = [
        fields.section("You & <us>", "<p>Python.</p>"),
        fields.section("Empty", ""),
        fields.section(None, "<p>C.</p>"),
    ]
    assert fields.together(*parts) == "<h3>You &amp; &lt;us&gt;</h3><p>Python.</p>\n<p>C.</p>"


def test_a_place_is_one_line() -> None:
    record = {"city": "Utrecht", "region": "Utrecht", "country": None}
    assert fields.place(record, "city", "region", "country") == "Utrecht"
    assert fields.place({}, "city") is None
    assert fields.lines({"a": ["Bern", " ", "Basel", "Bern"]}, "a") == ("Bern", "Basel")


@pytest.mark.parametrize("value", [10**30, float("inf"), -(10**15)])
def test_a_time_beyond_the_calendar_is_refused(value: float) -> None:
    with pytest.raises(Unreadable, match="not a time"):
        fields.epoch({"a": value}, "a")


@pytest.mark.parametrize(
    "value", ["Sat, 21 Nov 99999999999999999999 10:00:00", "Sat, 21 Nov 2026 10:00:00 +99999999999999"]
)
def test_a_date_beyond_the_calendar_is_refused(value: str) -> None:
    with pytest.raises(Unreadable, match="not a date"):
        fields.mail_date({"a": value}, "a")


def test_text_can_be_written_everywhere() -> None:
    assert fields.maybe({"a": "x\x00y\ud800z"}, "a") == "xy\ufffdz"


def test_a_description_is_cut_at_200_kb_and_no_character_is_halved() -> None:
    assert len(fields.markup({"a": "é" * 300_000}, "a")) == 100_000


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "an empty answer"),
        (b"  \n", "an empty answer"),
        (b"<html>", "HTML where JSON was due"),
        (b"{'a': 1}", "not JSON"),
        (b'{"a": ', "breaks off"),
        (b'{"a": "b', "breaks off"),
        (b"[" * 99 + b"]" * 99, "nested deeper"),
        (b'"\xff"', "not UTF-8"),
    ],
)
def test_what_is_not_json_is_said_in_words(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        json_answer(body)


def test_a_byte_order_mark_is_no_fault() -> None:
    assert json_answer(b"\xef\xbb\xbf[1]") == [1]


def test_a_number_too_large_for_any_sink_is_that_records_fault() -> None:
    (row,) = json_answer(b'[{"id": ' + b"9" * 5000 + b', "n": NaN}]')
    with pytest.raises(Unreadable, match="expected a number"):
        fields.number(row, "id")
    assert row["n"] is None


@pytest.mark.parametrize(
    ("body", "levels"),
    [(b"1", 0), (b"[]", 1), (b'[{"a": [1]}]', 3), (b'["[[[["]', 1), (rb'["\"[[[[", {"\\": "]"}]', 2)],
)
def test_depth_counts_structure_and_not_text(body: bytes, levels: int) -> None:
    assert depth(body) == levels
    assert levels < MAX_DEPTH


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("&lt;p&gt;R&amp;amp;D, x &amp;lt; y&lt;/p&gt;", "<p>R&amp;D, x &lt; y</p>"),
        ("&amp;lt;p&amp;gt;twice&amp;lt;/p&amp;gt;", "<p>twice</p>"),
        ("&lt;code&gt;&amp;lt;p&amp;gt;&lt;/code&gt;", "<code>&lt;p&gt;</code>"),
        ("plain &amp; simple", "plain & simple"),
        ("", ""),
    ],
)
def test_greenhouse_content_is_decoded_once_and_twice_only_where_it_must(content: str, html: str) -> None:
    assert decoded(content) == html
