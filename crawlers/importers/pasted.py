"""A pasted list of links, one a line; words beside a link are the title of the job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from crawlers.fields import Unreadable
from crawlers.importers.building import Found
from crawlers.importers.cards import ADDRESS
from crawlers.importers.charset import decoded

MAX_FILE = 4_000_000  # bytes


def links(path: Path, complain: Callable[[str], None]) -> Iterator[Found]:
    """A job per link with words beside it; the words of its address are no title. Raises Unreadable."""
    if path.stat().st_size > MAX_FILE:
        raise Unreadable(f"larger than {MAX_FILE:,} bytes: not read")
    text, assumed = decoded(path.read_bytes())
    for line in text.splitlines():
        address = ADDRESS.search(line)
        if address:
            beside = (line[: address.start()] + line[address.end() :]).strip(" \t-–—*:|[]()<>,;\"'")
            yield Found(address[0], beside, source="links", assumed=assumed)
        elif line.strip():
            yield Found("", left_out="a line without a link")
