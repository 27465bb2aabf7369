"""The one builder of imported postings: what a material says of a job becomes a Posting with its provenance."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from crawlers import schema_org
from crawlers.fields import Unreadable, day
from crawlers.importers.links import link
from pipeline.models import Board, Posting

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


def posting(found: Found) -> Posting:
    """A Posting of the board `import/SOURCE`. Raises Unreadable where it has no web address or no title.

    Where nobody says the employer, its place is taken by the host of the link.
    """
    cleaned = link(found.url)
    source = (cleaned.site.name if cleaned.site else None) or found.source or "links"
    company = _line(found.company) or urlsplit(cleaned.url).hostname or source
    board = Board("import", source, company)
    ref = cleaned.job or hashlib.sha256(cleaned.url.encode()).hexdigest()[:20]
    if found.structured is not None:
        stated = schema_org.posting(found.structured, board, ref, cleaned.url)
        return replace(stated, title=_title(stated.title, cleaned.url), company=_line(stated.company) or company)
    place = _line(found.location)
    return Posting(
        board.id, ref, cleaned.url, _title(found.title, cleaned.url), company, found.text,
        (place,) if place else (), posted=day({"posted": found.posted}, "posted"),
    )  # fmt: skip


def _title(text: str | None, url: str) -> str:
    title = _line(text)
    if not title:
        raise Unreadable(f"{url}: a link alone names no job; save its page from the browser and import that")
    return title


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split())[:LONGEST_LINE] or None
