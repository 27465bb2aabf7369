"""The shortlist as an Atom feed: valid, stable, and nothing in it that was not meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

from pipeline.feed import feed
from tests.report.naughty import NAUGHTY
from tests.report.rows import Row, row
from tests.test_digest import listed

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(rows: list[Row]) -> list[ElementTree.Element]:
    """The entries of the feed as a reader sees them."""
    return ElementTree.fromstring(feed(rows, NOW)).findall(f"{ATOM}entry")


def test_an_entry_has_what_the_format_asks_for() -> None:
    (entry,) = entries([listed()])
    assert {child.tag.removeprefix(ATOM) for child in entry} == {"id", "title", "updated", "link", "summary"}
    assert entry.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
    assert entry.findtext(f"{ATOM}updated") == "2026-02-01T06:00:00+00:00"


def test_the_feed_of_the_same_list_is_the_same_file() -> None:
    rows = [listed(number) for number in range(5)]
    assert feed(rows, NOW) == feed(rows, datetime(2026, 3, 9, tzinfo=UTC))


def test_the_feed_leaves_out_what_is_closed_or_hidden() -> None:
    assert entries([listed(1, verdict="no"), listed(2, status="hidden")]) == []


def test_the_feed_of_an_empty_list_is_a_feed() -> None:
    root = ElementTree.fromstring(feed([], NOW))
    assert root.findtext(f"{ATOM}updated") == "2026-03-02T07:00:00+00:00"


def test_no_words_of_a_posting_break_the_feed() -> None:
    rows = []
    for number, words in enumerate(NAUGHTY):
        posting = replace(row(number).opening.posting, title=words, company=words, locations=(words,), url=words)
        plain = listed(number)
        listing = replace(plain.opening.listings[0], posting=posting)
        rows.append(replace(plain, opening=replace(plain.opening, id=words, listings=(listing,))))
    for some in (rows[start : start + 100] for start in range(0, len(rows), 100)):
        found = entries(some)
        assert len(found) == len(some)
        for link in (link for entry in found for link in entry.findall(f"{ATOM}link")):
            assert link.get("href", "").lower().startswith(("http://", "https://"))
