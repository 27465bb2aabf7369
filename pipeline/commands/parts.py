"""How postings are divided, so that each part can be ranked where no other is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.commands.work import Block, Work
from pipeline.job_urls import JobLinks
from pipeline.models import Listing, Reading


def blocks(
    read: Sequence[tuple[Listing, Reading]],
    work: Work,
    *,
    known: Mapping[str, str],
    on_board: Mapping[str, int],
    parts: int,
) -> Iterator[Block]:
    """Up to `parts` blocks; ranking them apart is ranking the whole. `on_board`: how many postings a board carries."""
    listings = [listing for listing, _ in read]
    alone = of_one_employer(((one.posting.board, work.key(one.posting)) for one in listings), on_board)
    if parts == 1:
        yield Block(read, alone, known)
        return
    for positions in divided(listings, work, known, parts):
        part = [read[at] for at in positions]
        postings = [listing.posting for listing, _ in part]
        yield Block(
            part,
            {posting.board: alone[posting.board] for posting in postings if posting.board in alone},
            {posting.id: known[posting.id] for posting in postings if posting.id in known},
        )


def of_one_employer(hiring: Iterable[tuple[str, str]], on_board: Mapping[str, int]) -> dict[str, int]:
    """The boards on which one employer hires -> how many postings they carry, of (board, employer's key)."""
    employers: dict[str, set[str]] = defaultdict(set)
    for board, key in hiring:
        employers[board].add(key)
    return {board: on_board[board] for board, keys in employers.items() if len(keys) == 1 and board in on_board}


def divided(listings: Sequence[Listing], work: Work, known: Mapping[str, str], parts: int) -> list[list[int]]:
    """Positions in up to `parts` lists of about one size, such that what may be one job stands in one list.

    Together stand postings of one employer, with one job id behind their links, or once of one opening.
    """
    links = JobLinks(work.vocabulary.get("job_links") or {})
    groups = Groups(len(listings))
    for at, listing in enumerate(listings):
        for proof in _proofs(listing, work, links, known):
            groups.join(proof, at)
    blocks: dict[int, list[int]] = defaultdict(list)
    for at in range(len(listings)):
        blocks[groups.of(at)].append(at)
    divided: list[list[int]] = [[] for _ in range(parts)]
    for block in sorted(blocks.values(), key=len, reverse=True):  # a sort is stable: ties in the order of the whole
        min(divided, key=len).extend(block)
    return [sorted(part) for part in divided if part]


def _proofs(listing: Listing, work: Work, links: JobLinks, known: Mapping[str, str]) -> Iterator[object]:
    posting = listing.posting
    yield "employer", work.key(posting)
    yield "posting", posting.id
    yield from filter(None, map(links.key, filter(None, (posting.url, posting.apply_url))))
    if former := known.get(posting.id):
        yield "posting", former  # an opening is named after one of its postings


class Groups:
    """Positions joined by what they have in common."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._first: dict[object, int] = {}

    def of(self, at: int) -> int:
        """The first position of the group that `at` is in."""
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, common: object, at: int) -> None:
        """`at` has this in common with all that had it before."""
        one, other = self.of(self._first.setdefault(common, at)), self.of(at)
        self._parent[max(one, other)] = min(one, other)
