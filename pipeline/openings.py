"""Postings -> Openings: the same job seen on several boards is one, and nothing else is.

Identity comes first: the same posting, or the same job id of a platform behind the links. Then likeness
within one employer (pipeline/same_job.py), which never joins two ids of one platform unless the one
followed the other. What is only likely is linked, not merged. No clock, no store, no score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from rapidfuzz import fuzz, process

from pipeline.job_urls import JobKey, job_key, proves_difference
from pipeline.models import Listing, Opening, State
from pipeline.same_job import Sketch, compare, containment

REPOST = 0.9  # shared text of a posting and the one that followed it
ROWS = 512  # titles compared with all others of an employer at a time: bounds the memory
NEAR_TITLE = 60  # rapidfuzz token_set_ratio of titles worth a comparison


class Cluster:
    """The postings proved to be one job so far, by position, and the ids that prove it."""

    __slots__ = ("keys", "members")

    def __init__(self, member: int, keys: set[JobKey]) -> None:
        self.members = [member]
        self.keys = keys

    def join(self, other: Cluster) -> None:
        self.members += other.members
        self.keys = self.keys | other.keys

    def rivals(self, other: Cluster) -> bool:
        """Whether both carry an id of one platform and no common one: two jobs."""
        settled = {key.namespace for key in self.keys & other.keys}
        return not (namespaces(self.keys) & namespaces(other.keys)).issubset(settled)


def namespaces(keys: Iterable[JobKey]) -> set[str]:
    """The platforms that ids are of."""
    return {key.namespace for key in keys}


def merge(
    listings: Iterable[Listing], *, key: Callable[[str], str], known: Mapping[str, str] | None = None
) -> list[Opening]:
    """One Opening per job, in the order of their first postings.

    `key` names an employer (pipeline/employers.py); `known` maps posting ids to the opening ids of earlier
    runs, which survive. Neither the order of the listings nor merging twice changes what is one.
    """
    everything = list(listings)
    order = sorted(range(len(everything)), key=lambda at: _age(everything[at], at))
    clusters = _identified(everything)
    maybe: dict[int, set[int]] = defaultdict(set)
    for block in _blocks(everything, clusters, key):
        _join_alike(everything, clusters, block, maybe)
    groups: dict[int, list[int]] = {}
    for at in order:
        groups.setdefault(id(clusters[at]), []).append(at)
    ids = _ids(everything, list(groups.values()), known or {})
    named = {at: name for name, members in zip(ids, groups.values(), strict=True) for at in members}
    return [
        Opening(
            name,
            _source_first([everything[at] for at in members]),
            tuple(sorted({named[other] for at in members for other in maybe[at]} - {name})),
        )
        for name, members in zip(ids, groups.values(), strict=True)
    ]


def job_keys(listing: Listing) -> set[JobKey]:
    """The ids of the job that a posting's links carry."""
    posting = listing.posting
    return {found for url in (posting.url, posting.apply_url) if (found := job_key(url))}


def _identified(listings: list[Listing]) -> list[Cluster]:
    """By position, the cluster of postings that identity alone makes one."""
    clusters: list[Cluster] = []
    first: dict[JobKey | str, int] = {}
    for at, listing in enumerate(listings):
        keys = job_keys(listing)
        clusters.append(Cluster(at, {one for one in keys if proves_difference(one)}))
        proofs: list[JobKey | str] = [listing.posting.id, *keys]
        for proof in proofs:
            _unite(clusters, first.setdefault(proof, at), at)
    return clusters


def _unite(clusters: list[Cluster], one: int, other: int) -> None:
    kept, gone = clusters[one], clusters[other]
    if kept is gone:
        return
    if len(kept.members) < len(gone.members):
        kept, gone = gone, kept
    kept.join(gone)
    for member in gone.members:
        clusters[member] = kept


def _blocks(listings: list[Listing], clusters: list[Cluster], key: Callable[[str], str]) -> Iterator[list[int]]:
    """Positions by employer, one posting per cluster and board; only blocks in which a pair could be one."""
    by_employer: dict[str, list[int]] = defaultdict(list)
    for at, listing in enumerate(listings):
        by_employer[key(listing.posting.company)].append(at)
    for employer in sorted(by_employer):
        block = by_employer[employer]
        if employer and len({id(clusters[at]) for at in block}) > 1 and not _all_apart(listings, clusters, block):
            yield block


def _all_apart(listings: list[Listing], clusters: list[Cluster], block: list[int]) -> bool:
    """Whether every posting has its own id of one platform and none was closed: no two can be one."""
    shared = set.intersection(*(namespaces(clusters[at].keys) for at in block))
    return bool(shared) and all(listings[at].state is not State.CLOSED for at in block)


def _join_alike(listings: list[Listing], clusters: list[Cluster], block: list[int], maybe: dict[int, set[int]]) -> None:
    """Joins what is the same within one employer, strongest first; notes what may be."""
    sketches = {at: Sketch(listings[at].posting) for at in block}
    likely: list[tuple[float, str, str, int, int]] = []
    partners: dict[int, set[int]] = defaultdict(set)
    for one, other in _near(sketches):
        if clusters[one] is clusters[other]:
            continue
        rivals = clusters[one].rivals(clusters[other])
        if rivals and not _followed(listings, one, other):
            continue
        verdict, strength = compare(sketches[one], sketches[other])
        if rivals and verdict == "same" and (containment(sketches[one], sketches[other]) or 0) < REPOST:
            verdict = "unsure"
        if verdict == "same":
            ids = sorted((listings[one].posting.id, listings[other].posting.id))
            likely.append((-strength, ids[0], ids[1], one, other))
            _link(partners, one, other)
        elif verdict == "unsure":
            _link(maybe, one, other)
    for strength, _, _, one, other in sorted(likely):
        if clusters[one] is clusters[other]:
            continue
        rivals = clusters[one].rivals(clusters[other]) and not _followed(listings, one, other)
        unproved = strength > -1 and not (sketches[one].text and sketches[other].text)
        if rivals or (unproved and _doubtful(listings, clusters, partners, one, other)):
            _link(maybe, one, other)
        else:
            _unite(clusters, one, other)


def _near(sketches: dict[int, Sketch]) -> Iterator[tuple[int, int]]:
    """Pairs whose titles are alike enough to be compared."""
    by_core: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, sketch in sketches.items():
        by_core[sketch.core].append(at)
    cores = sorted(by_core)
    for members in by_core.values():
        yield from combinations(members, 2)
    if len(cores) < 2:
        return
    names = [" ".join(core) for core in cores]
    for start in range(0, len(names), ROWS):
        some = names[start : start + ROWS]
        scores = process.cdist(some, names, scorer=fuzz.token_set_ratio, score_cutoff=NEAR_TITLE)
        for row, column in zip(*scores.nonzero(), strict=True):
            if start + row < column:
                yield from ((one, other) for one in by_core[cores[start + row]] for other in by_core[cores[column]])


def _link(maybe: dict[int, set[int]], one: int, other: int) -> None:
    maybe[one].add(other)
    maybe[other].add(one)


def _doubtful(
    listings: list[Listing],
    clusters: list[Cluster],
    partners: Mapping[int, set[int]],
    one: int,
    other: int,
) -> bool:
    """Whether title and place alone may not join them: both carry ids, or another job would do as well."""
    if job_keys(listings[one]) and job_keys(listings[other]):
        return True
    for side in (one, other):
        if len({id(clusters[partner]) for partner in partners[side]} - {id(clusters[side])}) > 1:
            return True
    return False


def _followed(listings: list[Listing], one: int, other: int) -> bool:
    """Whether one of the two was closed before the other was first seen: a repost, not a twin."""
    return any(
        earlier.state is State.CLOSED and (earlier.last_seen or "~") <= (later.first_seen or "")
        for earlier, later in (
            (listings[one], listings[other]),
            (listings[other], listings[one]),
        )
    )


def _age(listing: Listing, at: int) -> tuple[str, int]:
    return listing.first_seen or "", at


def _source_first(listings: list[Listing]) -> tuple[Listing, ...]:
    """The employer's own board before those who list it, open before closed, the fuller text, then the id."""

    def rank(listing: Listing) -> tuple[bool, bool, bool, int, str]:
        posting = listing.posting
        keys = [one for one in job_keys(listing) if proves_difference(one)]
        own = any(one.namespace.split(":")[0] == posting.board.split("/")[0] for one in keys)
        return not own, not keys, listing.state is State.CLOSED, -len(posting.description), posting.id

    return tuple(listings if len(listings) == 1 else sorted(listings, key=rank))


def _ids(listings: list[Listing], groups: list[list[int]], known: Mapping[str, str]) -> list[str]:
    """The id of every group: the oldest known of its postings, else its first posting's id.

    Where a job was split, the group that holds the posting the id was taken from keeps it, else the first.
    """
    owner: dict[str, int] = {}
    for number, members in enumerate(groups):
        for at in members:
            posting = listings[at].posting.id
            former = known.get(posting)
            if former and (former not in owner or former == posting):
                owner[former] = number
    ids: list[str] = []
    taken = set(owner)
    for number, members in enumerate(groups):
        postings = [listings[at].posting.id for at in members]
        former = next((known[p] for p in postings if p in known and owner[known[p]] == number), None)
        name = former or next((p for p in postings if p not in taken), None)
        ids.append(name or f"{postings[0]}~{number}")
        taken.add(ids[-1])
    return ids
