"""schema.org JobPosting, as pages state it for search engines: JSON-LD in, Posting out.

https://schema.org/JobPosting and https://developers.google.com/search/docs/appearance/structured-data/job-posting
What may not enter: requests, and any platform's own fields.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import fields as names
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawlers import fields
from crawlers.answers import json_answer
from crawlers.fields import Unreadable
from pipeline.models import Board, Pay, Posting

PLACEHOLDERS = {"UNAVAILABLE", "N/A", "-"}  # what recruiting software writes where it knows nothing
ADDRESS = ("addressLocality", "addressRegion", "addressCountry")


class NoJob(Unreadable):
    """A page that states no job."""


def job_postings(page: bytes) -> list[dict[str, Any]]:
    """Every JobPosting of an HTML page. Raises NoJob where it has none, Unreadable where what it states is broken."""
    broken = None
    found: list[dict[str, Any]] = []
    for script in LexborHTMLParser(page).css('script[type="application/ld+json"]'):
        try:
            found += _of_kind(json_answer((script.text() or "").encode("utf-8", "replace"), strict=False))
        except Unreadable as error:
            broken = Unreadable(f"JSON-LD of the page: {error}")
    if not found:
        raise broken or NoJob("no schema.org JobPosting in the page")
    return found


def _of_kind(value: Any) -> Iterator[dict[str, Any]]:
    """The JobPostings in a value: itself, those of a list, those of an `@graph`."""
    if isinstance(value, list):
        for entry in value:
            yield from _of_kind(entry)
    elif isinstance(value, dict):
        if "JobPosting" in _several(value.get("@type")):
            yield value
        yield from _of_kind(value.get("@graph"))


def posting(job: dict[str, Any], board: Board, ref: str, url: str) -> Posting:
    """A JobPosting as a Posting of `board`. Raises Unreadable."""
    company = fields.maybe(job, "hiringOrganization", "name") if _is_object(job, "hiringOrganization") else None
    remote = "TELECOMMUTE" in _several(job.get("jobLocationType"))
    return Posting(
        board=board.id,
        ref=ref,
        url=url,
        title=html.unescape(fields.line(job, "title")),
        company=company or board.company,
        description=fields.decoded(fields.markup(job, "description")),
        locations=places(job),
        workplace="remote" if remote else None,
        employment=", ".join(fields.lines({"type": _several(job.get("employmentType"))}, "type")) or None,
        pay=pay(job),
        posted=fields.moment(job, "datePosted"),
        deadline=fields.day(job, "validThrough"),
    )


def completed(listed: Posting, page: bytes, board: Board) -> Posting:
    """What a listing says of a posting, and from its own page what the listing does not say."""
    said = posting(job_postings(page)[0], board, listed.ref, listed.url)
    return replace(listed, **{f.name: getattr(said, f.name) for f in names(said) if not getattr(listed, f.name)})


def places(job: dict[str, Any]) -> tuple[str, ...]:
    """`jobLocation`; where there is none, where applicants may live."""
    sites = [site for site in _several(job.get("jobLocation")) if isinstance(site, dict)]
    lands = [land for land in _several(job.get("applicantLocationRequirements")) if isinstance(land, dict)]
    found = fields.places(*(_address(site.get("address")) for site in sites))
    return found or fields.places(*(fields.maybe(land, "name") for land in lands))


def pay(job: dict[str, Any]) -> Pay | None:
    """`baseSalary`, one figure or two."""
    if not _is_object(job, "baseSalary"):
        return None
    amount = job["baseSalary"] if not _is_object(job["baseSalary"], "value") else job["baseSalary"]["value"]
    ends = [fields.numeral(amount, end) for end in ("minValue", "maxValue", "value")]
    period = fields.maybe(amount, "unitText") or fields.maybe(job, "baseSalary", "unitText")
    currency = fields.maybe(job, "baseSalary", "currency") or fields.maybe(amount, "currency")
    return fields.pay_range(ends, currency, period)


def _address(address: Any) -> str | None:
    if not isinstance(address, dict):
        return fields.maybe({"address": address}, "address")
    parts = (address.get(part) for part in ADDRESS)
    said = (fields.maybe({"part": part.get("name") if isinstance(part, dict) else part}, "part") for part in parts)
    return ", ".join(fields.places(*(part for part in said if part not in PLACEHOLDERS))) or None


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _is_object(row: dict[str, Any], key: str) -> bool:
    return isinstance(row.get(key), dict)
