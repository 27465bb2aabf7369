"""The shortlist as an Atom feed: valid, stable, and nothing in it that was not meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

from pipeline.feed import MOST, feed
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
    assert {child.tag.removeprefix(ATOM) for child in entry} == {"id", "title", "updated", "link", "content"}
    assert entry.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
    assert entry.findtext(f"{ATOM}updated") == "2026-02-01T06:00:00+00:00"


def test_the_feed_of_the_same_list_is_the_same_file() -> None:
    rows = [listed(number) for number in range(5)]
    assert feed(rows, NOW) == feed(rows, datetime(2026, 3, 9, tzinfo=UTC))


def test_the_feed_leaves_out_what_is_closed_or_hidden() -> None:
    done = [listed(number, status=status) for number, status in enumerate(("hidden", "Rejected", "WITHDRAWN"))]
    assert entries([*done, listed(8, verdict="no"), listed(9, deadline="2026-03-01")]) == []
    assert len(entries([listed(1, status="applied"), listed(2, deadline="2026-03-02")])) == 2


def test_a_feed_that_is_cut_says_so() -> None:
    rows = [listed(number) for number in range(MOST + 20)]
    cut, whole = (ElementTree.fromstring(feed(some, NOW)) for some in (rows, rows[:MOST]))
    assert len(cut.findall(f"{ATOM}entry")) == MOST
    assert f"best {MOST} of {MOST + 20}" in cut.findtext(f"{ATOM}subtitle", "")
    assert whole.find(f"{ATOM}subtitle") is None


def test_an_entry_without_an_address_has_content_as_the_format_asks() -> None:
    plain = listed()
    posting = replace(plain.opening.posting, url="", locations=())
    listing = replace(plain.opening.listings[0], posting=posting)
    (entry,) = entries([replace(plain, opening=replace(plain.opening, listings=(listing,)))])
    assert entry.find(f"{ATOM}link") is None
    assert entry.find(f"{ATOM}content") is not None


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
