"""Which field of a platform's record is which of a Posting: what a leaf says as data, and how each is read.

What may not enter: the names of a platform's fields (the leaves'), and whatever takes more than one field.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from crawlers import fields

NAMED_BY = ("name", "label", "location", "Name")
PARTS = ("city", "region", "state", "country", "isoCountry")  # of a place without a name
WORKPLACES = {
    "remote": "remote", "fullyremote": "remote", "fully": "remote", "remotelocal": "remote", "oraremote": "remote",
    "hybrid": "hybrid", "orahybrid": "hybrid",
    "onsite": "onsite", "inoffice": "onsite", "office": "onsite", "oraonsite": "onsite", "inperson": "onsite",
}  # fmt: skip
WEEKDAY = re.compile(r"[A-Za-z]{3}, ")
LANGUAGE = re.compile(r"[A-Za-z]{2}(?:[-_]\w+)?")
MILLISECONDS = 100_000_000_000  # a number above this counts no seconds

Paths = str | tuple[str, ...]  # "department.label": a step after each dot; of several, the first that speaks
Steps = Sequence[str]  # of one path
Reader = Callable[[Any], Any]  # a field's value in a record


@dataclass(frozen=True, slots=True)
class Record:
    """Where a record says what; what is not named here is not in it.

    `ref`, `url`, `title` and `company` must be there where they are named. Several paths of `description` are its
    parts, put together; the four of `pay` are both ends, the currency and the period.
    """

    ref: Paths = ()
    url: Paths = ()
    title: Paths = ()
    company: Paths = ()
    description: Paths = ()
    locations: Paths = ()
    workplace: Paths = ()
    employment: Paths = ()
    department: Paths = ()
    pay: Paths = ()
    posted: Paths = ()
    updated: Paths = ()
    deadline: Paths = ()
    apply_url: Paths = ()
    language: Paths = ()
    requisition: Paths = ()
    readers: tuple[tuple[str, Reader], ...] = field(init=False, repr=False, compare=False)  # of what is named

    def __post_init__(self) -> None:
        named = ((name, _several(getattr(self, name))) for name in READERS)
        made = tuple((name, READERS[name](paths)) for name, paths in named if paths)
        object.__setattr__(self, "readers", made)

    def read(self, row: Any) -> dict[str, Any]:
        """Posting field -> its value in `row`, for all that is named. Raises fields.Unreadable."""
        return {name: reader(row) for name, reader in self.readers}


def _several(paths: Paths) -> tuple[str, ...]:
    return (paths,) if isinstance(paths, str) else paths


def _steps(paths: tuple[str, ...]) -> list[Steps]:
    return [path.split(".") for path in paths]


def _needed(read: Callable[..., Any]) -> Callable[[tuple[str, ...]], Reader]:
    """A field that must be there: the complaint names the last path."""

    def made(paths: tuple[str, ...]) -> Reader:
        *others, last = _steps(paths)

        def reader(row: Any) -> Any:
            for path in others:
                if fields.dig(row, *path) not in (None, ""):
                    return read(row, *path)
            return read(row, *last)

        return reader

    return made


def _first(read: Callable[..., Any]) -> Callable[[tuple[str, ...]], Reader]:
    """The first path that says something; None, or what `read` gives for nothing."""

    def made(paths: tuple[str, ...]) -> Reader:
        every = _steps(paths)

        def reader(row: Any) -> Any:
            for path in every:
                value = read(row, *path)
                if value:
                    return value
            return value

        return reader

    return made


def _parts(paths: tuple[str, ...]) -> Reader:
    every = _steps(paths)
    return lambda row: fields.together(*(fields.markup(row, *path) for path in every))


def _pay(paths: tuple[str, ...]) -> Reader:
    return lambda row: fields.pay(row, *paths)


def _title(row: Any, *path: str) -> str:
    """One line; some feeds write it with HTML's entities."""
    return html.unescape(fields.line(row, *path))


def words(row: Any, *path: str) -> str | None:
    """One line: of text, or of a list of texts or of named things, with commas between them."""
    return ", ".join(html.unescape(word) for word in spots(row, *path)) or None


def spots(row: Any, *path: str) -> tuple[str, ...]:
    """The lines of a text or a named thing, or of a list of such: each once, blanks left out."""
    value = fields.dig(row, *path)
    several = value if isinstance(value, list) else [value]
    return fields.places(*(_name(entry, path) for entry in several))


def _name(entry: Any, path: Steps) -> str | None:
    if isinstance(entry, str):
        return fields.in_one_line(entry)
    if isinstance(entry, dict):
        named = next((said for key in NAMED_BY if (said := fields.maybe(entry, key))), None)
        return named or fields.place(entry, *PARTS)
    if entry is not None:
        raise fields.wrong(".".join(path), "text", entry)
    return None


def requisition(row: Any, *path: str) -> str | None:
    """The employer's own number; a word without a digit ("ONE", "MULTI") stands on many jobs and is none."""
    said = fields.code(row, *path)
    return said if said and any(map(str.isdigit, said)) else None


def workplace(row: Any, *path: str) -> str | None:
    """remote, hybrid or onsite, from the words of boards or from a flag for remote; None for any other word."""
    value = fields.dig(row, *path)
    if isinstance(value, bool):
        return "remote" if value else None
    word = fields.code(row, *path)
    return _workplace(word) if word else None


@lru_cache
def _workplace(word: str) -> str | None:
    return WORKPLACES.get("".join(filter(str.isalnum, word.lower())))


def time(row: Any, *path: str) -> str | None:
    """ISO 8601, from that, from a feed's RFC 5322, or from seconds or milliseconds since 1970."""
    value = fields.dig(row, *path)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return fields.epoch(row, *path, per_second=1000 if value > MILLISECONDS else 1)
    feeds = isinstance(value, str) and WEEKDAY.match(value.lstrip())
    return fields.mail_date(row, *path) if feeds else fields.moment(row, *path)


def date(row: Any, *path: str) -> str | None:
    """The day of a time."""
    said = time(row, *path)
    return said[:10] if said else None


def language(row: Any, *path: str) -> str | None:
    """ISO 639-1, of a language with or without its country."""
    said = fields.maybe(row, *path) or ""
    return said[:2].lower() if LANGUAGE.fullmatch(said) else None


READERS: Mapping[str, Callable[[tuple[str, ...]], Reader]] = {
    "ref": _needed(fields.ref),
    "url": _needed(fields.url),
    "title": _needed(_title),
    "company": _needed(_title),
    "description": _parts,
    "locations": _first(spots),
    "workplace": _first(workplace),
    "employment": _first(words),
    "department": _first(words),
    "pay": _pay,
    "posted": _first(time),
    "updated": _first(time),
    "deadline": _first(date),
    "apply_url": _first(fields.link),
    "language": _first(language),
    "requisition": _first(requisition),
}
