"""The one builder of imported postings: what a material says of a job becomes a Posting with its provenance."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, replace
from typing import Any

from crawlers import schema_org
from crawlers.fields import Unreadable, day
from crawlers.importers.links import link
from pipeline.models import IMPORTED, Board, Posting

AT = re.compile(r"(\S.{2,200}?)\s+(?:at|@|bei|chez)\s+(\w.{1,100})")
LONGEST_LINE = 300  # characters of a title, a name or a place


@dataclass(frozen=True, slots=True)
class Found:
    """One job as a material shows it."""

    url: str
    title: str | None = None
    company: str | None = None
    location: str | None = None
    text: str = ""  # plain or HTML
    posted: str | None = None  # ISO 8601
    source: str | None = None  # who said it, where that is not the site of the link
    structured: dict[str, Any] | None = None  # a schema.org JobPosting, which then counts before all else
    left_out: str | None = None  # why this is no job to import, on purpose: "a line without a link"
    not_understood: tuple[str, ...] = ()  # columns whose value is none that they can hold
    assumed: str | None = None  # what had to be assumed to read it: "read as Windows-1252, …"


class LinkAlone(Unreadable):
    """A link of which nothing more is said: it names no job, but may lead to an employer's own board."""


def posting(found: Found) -> Posting:
    """A Posting of the board `import/SOURCE`. Raises Unreadable where it has no web address or no title.

    Where it has neither title nor text that is LinkAlone, with the link.

    Where nobody says the employer, a title like "ML Intern at Kelp" does, else its name is empty.
    """
    cleaned = link(found.url)
    source = (cleaned.site.name if cleaned.site else None) or found.source or "links"
    title, company = _line(found.title), _line(found.company) or ""
    if title and not company:
        title, company = _parted(title)
    board = Board(IMPORTED, source, company)
    ref = cleaned.job or hashlib.sha256(cleaned.url.encode()).hexdigest()[:20]
    if found.structured is not None:
        stated = schema_org.posting(found.structured, board, ref, cleaned.url)
        return replace(stated, title=_title(stated.title, found, cleaned.url), company=_line(stated.company) or company)
    place = _line(found.location)
    return Posting(
        board.id, ref, cleaned.url, _title(title, found, cleaned.url), company, found.text,
        (place,) if place else (), posted=day({"posted": found.posted}, "posted"),
    )  # fmt: skip


def fuller(old: Posting, new: Posting) -> Posting:
    """One job from two materials: the words of the one that says more, and what the other alone says."""
    more, less = (old, new) if _weight(old) > _weight(new) else (new, old)
    return replace(more, **{one.name: getattr(more, one.name) or getattr(less, one.name) for one in fields(more)})


def _weight(posting: Posting) -> tuple[bool, bool, int]:
    """How much a material says of a job: any text more than none, its own text more than an alert's lines."""
    return bool(posting.description), not _is_card(posting), len(posting.description)


def _is_card(posting: Posting) -> bool:
    """Whether its text is an alert's lines, of which the title is one; a page that has such lines states the day."""
    lines = (line[:LONGEST_LINE] for line in posting.description.splitlines())
    return posting.posted is None and any(posting.title in (line, _parted(line)[0]) for line in lines)


def _parted(title: str) -> tuple[str, str]:
    """A title like "ML Intern at Kelp" as title and employer; "" where it names none."""
    both = AT.fullmatch(title)
    return (both[1], both[2]) if both else (title, "")


def _title(text: str | None, found: Found, url: str) -> str:
    title = _line(text)
    if not title:
        raise Unreadable(f"{url}: no title") if found.text or found.structured else LinkAlone(url)
    return title


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split())[:LONGEST_LINE] or None
