"""The postings of one employer -> which of them are one job, and which may be.

Two ids of one platform are two jobs, unless the one followed the other. Strongest likeness joins first; title and
place alone join only where no other job would do as well. What is judged depends on the block and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from pipeline.clusters import Cluster, Clusters
from pipeline.job_sketch import Sketch, Words, one_number
from pipeline.job_titles import Title
from pipeline.models import Listing, State
from pipeline.same_job import (
    BY_TEXT,
    DIFFERENT,
    LONG_ENOUGH,
    SAME,
    SLIPS,
    UNPROVED,
    UNSURE,
    compare,
    containment,
    days_between,
    misspelt,
    same_title,
)

REPOST = 0.9  # shared text of a posting and the one that followed it
REPOSTED = 20  # days between the dates of a posting and of the same posting put up anew
GLOBAL = 6  # digits from which a number is that of one job wherever it stands
Pair = tuple[str, str]  # ids of two postings, in order
Join = tuple[str, str, bool]  # and whether the one is a repost of the other


class Judged(NamedTuple):
    """What was found of one block; `digest` changes with anything it depends on."""

    digest: str
    same: tuple[Join, ...]  # strongest first
    maybe: tuple[Pair, ...]


def to_json(judged: Judged) -> str:
    """As the store keeps it."""
    return json.dumps(judged, ensure_ascii=False)


def from_json(body: str) -> Judged:
    """What `to_json` wrote."""
    state, same, maybe = json.loads(body)
    return Judged(state, tuple((one, other, repost) for one, other, repost in same), tuple(map(tuple, maybe)))


def digest(listings: Sequence[Listing], clusters: Sequence[Cluster], salt: str) -> str:
    """A hash of all that `judge` looks at, whatever the order; `salt` stands for the rules."""
    first: dict[int, str] = {}
    rows = hashlib.blake2b(salt.encode(), digest_size=16)
    for listing, cluster in sorted(zip(listings, clusters, strict=True), key=lambda pair: pair[0].posting.id):
        posting = listing.posting
        ids = sorted(map(tuple, cluster.ids))
        closed = listing.last_seen if listing.state is State.CLOSED else None
        facts = (
            posting.id, first.setdefault(id(cluster), posting.id), ids, posting.url, posting.title, posting.company,
            posting.locations, posting.requisition, posting.posted, listing.first_seen, listing.state, closed,
        )  # fmt: skip
        rows.update(f"{facts!r} {posting.description}\n".encode(errors="replace"))
    return rows.hexdigest()


class Block:
    """One employer's postings, being judged."""

    def __init__(
        self, listings: Sequence[Listing], clusters: Sequence[Cluster], words: Words, nameless: Sequence[bool] = ()
    ) -> None:
        """`clusters`: what identity alone made one, by position in `listings`; `nameless`: whose employer is not known.

        With `nameless` the others may be of any employer: what names its own is compared with those alone.
        """
        self._nameless = nameless
        self._listings = listings
        self._clusters = Clusters([cluster.ids for cluster in clusters])
        first: dict[int, int] = {}
        for at, cluster in enumerate(clusters):
            self._clusters.unite(first.setdefault(id(cluster), at), at)
        self._employer = words.of_name({listing.posting.company for listing in listings})
        self._sketches = [
            words.sketch(listing.posting, _numbers(cluster), self._employer)
            for listing, cluster in zip(listings, clusters, strict=True)
        ]
        self._names = [listing.posting.id for listing in listings]
        self._maybe: set[Pair] = set()
        self._joined: list[Join] = []
        self._partners: dict[int, dict[int, float]] = defaultdict(dict)

    def judge(self) -> tuple[tuple[Join, ...], tuple[Pair, ...]]:
        """Pairs that are the same, strongest first, and pairs that may be."""
        likely: list[tuple[float, Pair, int, int]] = []
        for one, other in self._near():
            if self._clusters.one(one, other):
                continue
            verdict, strength = self._compare(one, other)
            if verdict == SAME:
                likely.append((-strength, self._pair(one, other), one, other))
                self._partners[one][other] = self._partners[other][one] = strength
            elif verdict == UNSURE:
                self._maybe.add(self._pair(one, other))
        for strength, pair, one, other in sorted(likely):
            if self._clusters.one(one, other):
                continue
            rivals = self._clusters.rivals(one, other)
            if (rivals and not self._reposted(one, other)) or (
                (-strength <= BY_TEXT or self._nameless) and self._doubtful(one, other, -strength)
            ):
                self._maybe.add(pair)
            else:
                self._joined.append((*pair, rivals))
                self._clusters.unite(one, other)
        return tuple(self._joined), tuple(sorted(self._maybe))

    def _pair(self, one: int, other: int) -> Pair:
        a, b = self._names[one], self._names[other]
        return (a, b) if a <= b else (b, a)

    def _compare(self, one: int, other: int) -> tuple[str, float]:
        rivals = self._clusters.rivals(one, other)
        if rivals and not self._followed(one, other):
            return DIFFERENT, 1.0
        mine, theirs = self._sketches[one], self._sketches[other]
        if any(len(number) >= GLOBAL for number in mine.ids & theirs.ids):
            return SAME, 1.0
        verdict, strength = compare(mine, theirs)
        if rivals and verdict == SAME and not self._reposted(one, other):
            return UNSURE, strength
        if self._nameless and not (verdict == SAME and self._verbatim(mine, theirs)):
            return DIFFERENT, strength
        return verdict, strength

    @staticmethod
    def _verbatim(mine: Sketch, theirs: Sketch) -> bool:
        """Whether nearly all of a long text stands in the other: enough for who hires to be the same."""
        enough = min(mine.text.count(" "), theirs.text.count(" ")) >= LONG_ENOUGH
        return enough and (containment(mine, theirs) or 0) >= REPOST

    # --- which pairs to look at ------------------------------------------------------------------------

    def _near(self) -> Iterator[tuple[int, int]]:
        """Pairs that may be one: not two open jobs of one board, with titles or numbers in common."""
        if self._nameless:
            yield from self._unnamed()
            return
        settled = self._settled()
        by_words: dict[frozenset[str], list[int]] = defaultdict(list)
        for at, sketch in enumerate(self._sketches):
            by_words[sketch.title.words].append(at)
        titles = sorted({sketch.title for sketch in self._sketches}, key=lambda title: title.spelt)
        related = _Related(titles, self._employer.union(*{sketch.place.words for sketch in self._sketches}))
        for at, sketch in enumerate(self._sketches):
            if at not in settled:
                for words in related[sketch.title.words]:
                    yield from ((at, other) for other in by_words[words] if other in settled or other > at)
        yield from self._reposts(settled)
        yield from self._numbered()

    def _unnamed(self) -> Iterator[tuple[int, int]]:
        """Pairs of which one at least names no employer, with a sentence in common."""
        for at, nameless in enumerate(self._nameless):
            said = self._sketches[at].sentences if nameless and self._sketches[at].text else frozenset()
            for other, too in enumerate(self._nameless if said else ()):
                if (not too or other > at) and not said.isdisjoint(self._sketches[other].sentences):
                    yield at, other

    def _settled(self) -> set[int]:
        """Those that carry an id of the platform most carry, and are not closed: no two of them are one job."""
        counts = Counter(key.namespace for at in range(len(self._listings)) for key in self._clusters[at].ids)
        if not counts:
            return set()
        main = min(counts, key=lambda name: (-counts[name], name))
        return {
            at
            for at, listing in enumerate(self._listings)
            if listing.state is not State.CLOSED and any(key.namespace == main for key in self._clusters[at].ids)
        }

    def _reposts(self, settled: set[int]) -> Iterator[tuple[int, int]]:
        """Pairs of one title and place whose dates may make them one posting and its repost."""
        dated: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
        for at in settled:
            listing = self._listings[at]
            if listing.first_seen is None and listing.posting.posted:
                dated[self._sketches[at].title.spelt, listing.posting.locations].append(at)
        for group in dated.values():
            yield from combinations(group, 2)

    def _numbered(self) -> Iterator[tuple[int, int]]:
        """Pairs whose links carry one number on two platforms."""
        by_number: dict[str, list[int]] = defaultdict(list)
        for at, sketch in enumerate(self._sketches):
            for number in sketch.ids:
                if len(number) >= GLOBAL:
                    by_number[number].append(at)
        for group in by_number.values():
            yield from combinations(group, 2)

    # --- what speaks against joining -------------------------------------------------------------------

    def _doubtful(self, one: int, other: int, strength: float) -> bool:
        """Whether they may not be joined: another job would do as well, or title and place alone stand against ids."""
        if strength <= UNPROVED and self._clusters[one].ids and self._clusters[other].ids:
            return True
        for side, chosen in ((one, other), (other, one)):
            as_good = {at for at, how in self._partners[side].items() if how >= strength}
            for a, b in combinations(as_good | {chosen}, 2):
                if b not in self._partners[a] and not self._clusters.one(a, b):
                    return True
        return False

    def _reposted(self, one: int, other: int) -> bool:
        """Whether the one followed the other under the same title and with the same text."""
        mine, theirs = self._sketches[one], self._sketches[other]
        return (
            self._followed(one, other)
            and same_title(mine, theirs) == SAME
            and (containment(mine, theirs) or 0) >= REPOST
        )

    def _followed(self, one: int, other: int) -> bool:
        """Whether the one was closed and last seen on a day before the other was first seen: a repost, not a twin.

        Two that were first met in one run stood side by side, whichever closed since. Where no visits tell when they
        were seen, the boards' own dates do, for the same title, place and text.
        """
        mine, theirs = self._listings[one], self._listings[other]
        for earlier, later in ((mine, theirs), (theirs, mine)):
            if earlier.state is State.CLOSED and (earlier.last_seen or "~")[:10] < (later.first_seen or "")[:10]:
                return True
        if mine.first_seen or theirs.first_seen:
            return False
        days = days_between(mine.posting.posted, theirs.posting.posted)
        a, b = self._sketches[one], self._sketches[other]
        return (
            days is not None
            and days >= REPOSTED
            and a.title.spelt == b.title.spelt
            and mine.posting.locations == theirs.posting.locations
            and (containment(a, b) or 0) >= REPOST
        )


class _Related(dict[frozenset[str], list[frozenset[str]]]):
    """Words of a title -> those of the other titles that are not surely another job's. Sets are bits: it is hot."""

    def __init__(self, titles: Iterable[Title], places: frozenset[str]) -> None:
        super().__init__()
        number: dict[str, int] = {}
        self._bits = {
            title.words: (sum(1 << number.setdefault(word, len(number)) for word in title.words - places), title.spelt)
            for title in titles
        }

    def __missing__(self, words: frozenset[str]) -> list[frozenset[str]]:
        mine, spelt = self._bits[words]
        self[words] = found = [
            other
            for other, (theirs, as_spelt) in self._bits.items()
            if not (mine & ~theirs and theirs & ~mine)
            or (abs(len(spelt) - len(as_spelt)) <= SLIPS and misspelt(spelt, as_spelt))
        ]
        return found


def _numbers(cluster: Cluster) -> frozenset[str]:
    """The numbers that the ids of a job are."""
    if not cluster.ids:
        return frozenset()
    return frozenset([one_number(key.id) for key in cluster.ids]) - {""}
