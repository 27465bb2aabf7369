"""Postings proved to be one job, growing as proofs are found; and when two of them cannot be one.

It knows ids and positions. How postings are compared may not enter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.job_urls import JobKey

Ids = dict[str, frozenset[str]]  # namespace -> ids of the job there
NO_IDS: Ids = {}


def by_namespace(keys: Iterable[JobKey]) -> Ids:
    """The ids of keys, by namespace."""
    ids: Ids = {}
    for key in keys:
        ids[key.namespace] = ids.get(key.namespace, frozenset()) | {key.id}
    return ids or NO_IDS


class Cluster:
    """The positions proved to be one job so far, and the ids that prove it."""

    __slots__ = ("ids", "members")

    def __init__(self, members: list[int], ids: Ids) -> None:
        self.members = members
        self.ids = ids

    def rivals(self, other: Cluster) -> bool:
        """Whether both carry an id of one platform and no common one: two jobs."""
        theirs = other.ids
        return any(name in theirs and ids.isdisjoint(theirs[name]) for name, ids in self.ids.items())


class Clusters:
    """By position, the cluster a posting is in."""

    def __init__(self, ids: Sequence[Ids]) -> None:
        self._of = [Cluster([at], own) for at, own in enumerate(ids)]

    def __getitem__(self, at: int) -> Cluster:
        return self._of[at]

    def one(self, at: int, other: int) -> bool:
        """Whether both are in one cluster."""
        return self._of[at] is self._of[other]

    def rivals(self, at: int, other: int) -> bool:
        """Whether the ids of both say that they are two jobs."""
        return self._of[at].rivals(self._of[other])

    def unite(self, at: int, other: int) -> None:
        """Makes the clusters of both one."""
        kept, gone = self._of[at], self._of[other]
        if kept is gone:
            return
        if len(kept.members) < len(gone.members):
            kept, gone = gone, kept
        kept.members += gone.members
        if gone.ids:
            kept.ids = {
                name: kept.ids.get(name, frozenset()) | gone.ids.get(name, frozenset())
                for name in kept.ids.keys() | gone.ids.keys()
            }
        for member in gone.members:
            self._of[member] = kept
