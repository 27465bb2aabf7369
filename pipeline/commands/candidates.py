"""Boards behind links: what lists, feeds and imports link to is remembered, never followed to a page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pipeline.board_addresses import Shown, asked, shown
from pipeline.config import Platform
from pipeline.models import Board, Candidate, Posting

LINK = re.compile(r'href="(https?:[^"\s]+)"')


class Candidates:
    """The boards that postings link to, one sighting for each place; those of `known` are left out."""

    def __init__(self, platforms: Mapping[str, Platform], known: Iterable[Board], at: str) -> None:
        """`known`: the directory's boards; `at`: ISO 8601 UTC."""
        self._platforms, self._at = platforms, at
        self._known = {asked(board) for board in known}
        self._shown = lru_cache(maxsize=1 << 14)(lambda url: shown(url, platforms))
        self.found: dict[tuple[str, str], Candidate] = {}

    def look(self, postings: Iterable[Posting], company: str) -> None:
        """At the links of the postings of a board whose own employer is `company`."""
        for posting in postings:
            for url in links(posting, texts=posting.company != company):
                self.see(url, posting.board, posting.company)

    def see(self, url: str, seen_in: str, company: str) -> bool:
        """One link; whether the board it leads to is remembered, or stands in the directory."""
        found: Shown | None = self._shown(url)
        if found is None or found.board is None or found.guessed:
            return False
        board = found.board.id
        if asked(found.board) in self._known:
            return True
        if found.platform.boards is not None:
            return False
        if board.lower() != seen_in.lower():
            one = Candidate(board, seen_in, url, company or found.board.company, self._at)
            self.found.setdefault((board, seen_in), one)
        return True


def links(posting: Posting, *, texts: bool) -> Iterator[str]:
    """The addresses a posting gives; those in its text too, where another employer's board shows it."""
    yield posting.url
    if posting.apply_url:
        yield posting.apply_url
    if texts:
        yield from map(html.unescape, LINK.findall(posting.description))
