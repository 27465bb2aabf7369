"""Reading values out of one record of a board's answer.

A value is handled, or the record is refused with the reason: a wrong type is never turned into text, a
missing one never into "". What may not enter: the platforms' field names, which stand in the spiders.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from pipeline.models import Pay

MAX_LINE = 1_000  # characters of a title, a place, a name
MAX_URL = 2_000
MAX_PLACES = 200  # of one posting
MAX_DESCRIPTION = 200_000  # bytes of UTF-8
YEARS = range(1990, 2101)  # of a job; what lies outside was written for "not set" or "never"

_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "nothing"}
_NUMERAL = re.compile(r"\d{1,15}(\.\d{1,15})?", re.ASCII)
_PERIOD = re.compile(
    r"(?:(?:1|per)[ _-])?(hour|hr|day|dai|week|month|year|yr|annual|annum)(?:ly)?(?:[ _-]\w+)?", re.IGNORECASE
)
_UNITS = {"dai": "day", "hr": "hour", "yr": "year", "annual": "year", "annum": "year"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_TAG = re.compile(r"<[a-zA-Z/!]")
_UNWRITABLE = re.compile("[\ud800-\udfff]")


class Unreadable(ValueError):
    """An answer or a record that is not what its platform sends; the message says what was wrong."""


def kind(value: Any) -> str:
    """The type of a JSON value, in words."""
    return _KINDS.get(type(value), "a number")


def wrong(name: str, expected: str, value: Any) -> Unreadable:
    return Unreadable(f"{name}: expected {expected}, found {kind(value)}")


def dig(row: Any, *path: str) -> Any:
    """The value at `path`, None where a step of it is absent or null. A step like "0" is a place in a list."""
    if len(path) == 1 and isinstance(row, dict):  # as most are
        return row.get(path[0])
    for index, key in enumerate(path):
        if isinstance(row, dict):
            row = row.get(key)
        elif row is None:
            return None
        elif isinstance(row, list) and key.isdecimal():
            row = next(iter(row[int(key) :]), None)
        else:
            raise wrong(".".join(path[:index]) or "record", "an object", row)
    return row


def clean(value: str) -> str:
    """Text that every file and database can hold: no NUL, no half of a surrogate pair."""
    if "\x00" in value:
        value = value.replace("\x00", "")
    try:
        return value if value.isascii() or value.encode() else ""
    except UnicodeEncodeError:
        return _UNWRITABLE.sub("\ufffd", value)


def text(row: Any, *path: str) -> str | None:
    """Text as it came, None where it is absent or null."""
    value = dig(row, *path)
    if value is None:
        return None
    if not isinstance(value, str):
        raise wrong(".".join(path), "text", value)
    return clean(value)


def maybe(row: Any, *path: str) -> str | None:
    """One line of text, None where it is absent, null or blank."""
    value = dig(row, *path)
    return in_one_line(value) if isinstance(value, str) else text(row, *path)


def in_one_line(value: str) -> str | None:
    """Words with one blank between them, as many as a line holds; None where there are none."""
    return " ".join(clean(value[: 4 * MAX_LINE]).split())[:MAX_LINE] or None


def line(row: Any, *path: str) -> str:
    """One line of text that must be there."""
    value = maybe(row, *path)
    if value is None:
        raise Unreadable(f"no {'.'.join(path)}")
    return value


def ref(row: Any, *path: str) -> str:
    """A platform's own id, text or whole number."""
    value = dig(row, *path)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise wrong(".".join(path), "an id", value)
    return line(row, *path)


def markup(row: Any, *path: str) -> str:
    """HTML or long text as it came, cut at 200 KB; "" where it is absent."""
    return cut(text(row, *path) or "")


def decoded(value: str) -> str:
    """HTML, which some write as entities: decoded where no tag stands in it."""
    return value if _TAG.search(value) else html.unescape(value)


def cut(value: str, limit: int = MAX_DESCRIPTION) -> str:
    """At most `limit` bytes of UTF-8, no character halved."""
    if len(value) * 4 <= limit:
        return value
    return value.encode()[:limit].decode(errors="ignore")


def section(heading: str | None, body: str) -> str:
    """A part of a description in HTML, under its heading; "" where the part is empty."""
    return f"<h3>{html.escape(heading, quote=False)}</h3>{body}" if heading and body else body


def together(*texts: str) -> str:
    """A description from its parts, blank ones left out."""
    return "\n".join(text for text in texts if text.strip())


def rows(row: Any, *path: str) -> list[Any]:
    """A list, empty where it is absent or null."""
    value = dig(row, *path)
    if value is None:
        return []
    if not isinstance(value, list):
        raise wrong(".".join(path) or "record", "a list", value)
    return value


def lines(row: Any, *path: str) -> tuple[str, ...]:
    """The lines of a list of text, each once, blanks left out."""
    name = ".".join(path)
    return places(*(maybe({name: entry}, name) for entry in rows(row, *path)))


def flag(row: Any, *path: str) -> bool | None:
    """True or false, None where the board did not say."""
    value = dig(row, *path)
    if value is None or isinstance(value, bool):
        return value
    raise wrong(".".join(path), "true or false", value)


def number(row: Any, *path: str) -> float | None:
    """A number, None where it is absent or null."""
    value = dig(row, *path)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(".".join(path), "a number", value)
    return value


def url(row: Any, *path: str) -> str:
    """A web address that must be there."""
    value = maybe_url(row, *path)
    if value is None:
        raise Unreadable(f"no {'.'.join(path)}")
    return value


def numeral(row: Any, *path: str) -> float | None:
    """A number, written as one or as text (`"60000"`, `"17.50"`); None where it is absent, null or blank."""
    value = dig(row, *path)
    if not isinstance(value, str):
        return number(row, *path)
    if value.strip() and not _NUMERAL.fullmatch(value.strip()):
        raise Unreadable(f"{'.'.join(path)}: not a number: {value[:40]!r}")
    return float(value) if value.strip() else None


def maybe_url(row: Any, *path: str) -> str | None:
    """A web address a person may open, None where it is absent; any other scheme refuses the record."""
    value = (text(row, *path) or "").strip()
    if not value:
        return None
    try:
        parts = urlsplit(value)
    except ValueError as error:
        raise Unreadable(f"{'.'.join(path)}: not an address: {error}") from error
    plain = parts.netloc and len(value) <= MAX_URL and value.isprintable() and " " not in value
    if parts.scheme.lower() not in {"https", "http"} or not plain:
        raise Unreadable(f"{'.'.join(path)}: not a web address: {value[:80]!r}")
    return value


def link(row: Any, *path: str) -> str | None:
    """A web address where there is one; what is none (`mailto:`, a path) is left out."""
    try:
        return maybe_url(row, *path)
    except Unreadable:
        text(row, *path)  # what is not even text is no link left out
        return None


def code(row: Any, *path: str) -> str | None:
    """A word or a whole number, as text; None where it is absent, null or blank."""
    value = dig(row, *path)
    if isinstance(value, str):
        return in_one_line(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else maybe(row, *path)


def moment(row: Any, *path: str) -> str | None:
    """An ISO 8601 date or date-time, in its extended form; `2026-11-02 09:30:00 UTC` becomes one.

    None where it is absent, or no day of a job: `0000-00-00`, `2026-02-30`, `9999-12-31`.
    """
    value = maybe(row, *path)
    if value is None:
        return None
    stated = re.sub(r"(?<=\d) (?=\d)", "T", value, count=1) if " " in value else value
    if stated.endswith(" UTC"):
        stated = stated.removesuffix(" UTC") + "+00:00"
    try:
        at = datetime.fromisoformat(stated)
    except ValueError as error:
        if _DATE.match(stated) and not _exists(stated[:10]):
            return None
        raise Unreadable(f"{'.'.join(path)}: not a date: {value[:40]!r}") from error
    basic = not _DATE.match(stated)  # 20261102T093000Z, 2026-W45-1
    return _of_a_job(at, (at.isoformat() if "T" in stated else at.date().isoformat()) if basic else stated)


def _exists(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False


def _of_a_job(at: datetime, written: str) -> str | None:
    return written if at.year in YEARS else None


def day(row: Any, *path: str) -> str | None:
    """The date of an ISO 8601 date or date-time."""
    value = moment(row, *path)
    return value[:10] if value else None


def mail_date(row: Any, *path: str) -> str | None:
    """An RFC 5322 date, as feeds write them, in ISO 8601."""
    value = maybe(row, *path)
    if value is None:
        return None
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"{'.'.join(path)}: not a date: {value[:40]!r}") from error
    return _of_a_job(at, at.isoformat())


def written(row: Any, form: str, *path: str) -> str | None:
    """A date in the form that `datetime.strptime` calls `form`, in ISO 8601."""
    value = maybe(row, *path)
    try:
        at = datetime.strptime(value, form) if value else None
    except ValueError as error:
        raise Unreadable(f"{'.'.join(path)}: not a date: {value!r:.40}") from error
    return _of_a_job(at, at.date().isoformat()) if at else None


def epoch(row: Any, *path: str, per_second: int = 1) -> str | None:
    """Seconds since 1970 (`per_second=1000`: milliseconds) as ISO 8601 in UTC."""
    value = number(row, *path)
    if value is None:
        return None
    try:
        at = datetime.fromtimestamp(value / per_second, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise Unreadable(f"{'.'.join(path)}: not a time: {value!r:.40}") from error
    return _of_a_job(at, at.isoformat())


def pay_range(ends: Iterable[float | None], currency: str | None, period: str | None) -> Pay | None:
    """A stated range; `period` is the board's word: "HOURLY", "1 YEAR", "per-month-salary".

    None unless an amount, its currency and a period are said; zero is no amount.
    """
    amounts = [end for end in ends if end and end > 0]
    word = _PERIOD.fullmatch(period.strip()) if period else None
    if not (amounts and currency and _CURRENCY.fullmatch(currency) and word):
        return None
    unit = word[1].lower()
    return Pay(min(amounts), max(amounts), currency.upper(), _UNITS.get(unit, unit))


def pay(record: Any, low: str, high: str, currency: str, period: str) -> Pay | None:
    """The stated range of a record, by the paths of its four fields."""
    ends = [numeral(record, *low.split(".")), numeral(record, *high.split("."))]
    return pay_range(ends, maybe(record, *currency.split(".")), maybe(record, *period.split(".")))


def place(record: Any, *parts: str) -> str | None:
    """A place in one line, from the fields that hold its parts."""
    return ", ".join(places(*(maybe(record, part) for part in parts))) or None


def places(*values: str | None) -> tuple[str, ...]:
    """Places in the order given, each once, blanks left out."""
    return tuple(dict.fromkeys(filter(None, values)))
