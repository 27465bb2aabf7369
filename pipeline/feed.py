"""The shortlist as an Atom feed (RFC 4287): one entry per opening within reach, for any feed reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from pipeline import stated
from pipeline.lateness import passed
from pipeline.marks import is_over
from pipeline.models import Row, Score
from pipeline.one_line import one_line

ATOM = "http://www.w3.org/2005/Atom"
MOST = 100  # entries: readers fetch the whole file each time


def feed(rows: Sequence[Row], now: datetime) -> bytes:
    """The MOST best openings as Atom, best first. An entry keeps its id and date, so that a reader shows it once."""
    within = [row for row in rows if _within_reach(row, now)]
    listed = within[:MOST]
    seen = [_first_seen(row) or now for row in listed]
    root = ElementTree.Element("feed", xmlns=ATOM)
    _add(root, "id", _urn("shortlist"))
    _add(root, "title", "Reachlist: internships within reach")
    if len(within) > MOST:
        _add(root, "subtitle", f"The best {MOST} of {len(within):,}; the rest is in shortlist.csv")
    _add(root, "updated", max(seen, default=now).isoformat())
    _add(_add(root, "author"), "name", "Reachlist")
    for row, moment in zip(listed, seen, strict=True):
        posting = row.opening.posting
        entry = _add(root, "entry")
        _add(entry, "id", _urn(row.opening.id))
        _add(entry, "title", f"{posting.title}, {posting.company}")
        _add(entry, "updated", moment.isoformat())
        if posting.url.lower().startswith(("http://", "https://")):
            _add(entry, "link").set("href", quote(one_line(posting.url), safe="%/:=&?~#+!$,;'@()*[]"))
        _add(entry, "content", " · ".join(part for part in (posting.location, *_strengths(row.score)) if part))
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _within_reach(row: Row, now: datetime) -> bool:
    late = passed(row.opening, row.reading, now.date())
    return row.score.eligible != "no" and not late and not is_over(row.status)


def _strengths(score: Score) -> list[str]:
    known = [finding for finding in score.findings if finding.value is not None and finding.value > 0.5]
    return [finding.reason for finding in sorted(known, key=lambda finding: -finding.weight)[:3]]


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = one_line(text) if text else None
    return child


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ascii(f'reachlist:{name}'))}"


def _first_seen(row: Row) -> datetime | None:
    first = stated.first_seen(row.opening)
    if first is None:
        return None
    moment = datetime.fromisoformat(first)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
