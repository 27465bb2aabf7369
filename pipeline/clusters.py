"""Postings proved to be one job, growing as proofs are found; and when two of them cannot be one.

It knows ids and positions. How postings are compared may not enter.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.job_urls import JobKey

Ids = tuple[JobKey, ...]


class Cluster:
    """The positions proved to be one job so far, and the ids that prove it."""

    __slots__ = ("ids", "members")

    def __init__(self, members: list[int], ids: Ids) -> None:
        self.members = members
        self.ids = ids

    @property
    def namespaces(self) -> set[str]:
        """The platforms that the ids are of."""
        return {key.namespace for key in self.ids}

    def rivals(self, other: Cluster) -> bool:
        """Whether both carry an id of one platform and no common one: two jobs."""
        mine, theirs = self.ids, other.ids
        if not mine or not theirs:
            return False
        if len(mine) == len(theirs) == 1:
            return mine[0].namespace == theirs[0].namespace and mine[0].id != theirs[0].id
        settled = {key.namespace for key in set(mine).intersection(theirs)}
        return not (self.namespaces & other.namespaces).issubset(settled)


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
        if kept.ids != gone.ids:
            kept.ids = tuple(sorted({*kept.ids, *gone.ids}))
        for member in gone.members:
            self._of[member] = kept
