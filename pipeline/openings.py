"""Postings -> Openings: the same job seen on several boards is one, and nothing else is.

Identity comes first: the same posting, or the same job id of a platform behind the links (pipeline/job_urls.py).
Then likeness within one employer (pipeline/employer_block.py). What is only likely is linked, not merged. No clock,
no store, no score.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any

from pipeline.clusters import Clusters
from pipeline.employer_block import Block, Judged, digest
from pipeline.job_sketch import Words
from pipeline.job_urls import JobKey, JobLinks
from pipeline.lateness import UNPROVED
from pipeline.models import Listing, Opening, State
from pipeline.stated import as_date
from pipeline.uncollected import uncollected

RULES = (
    "clusters",
    "employer_block",
    "job_places",
    "job_sketch",
    "job_titles",
    "job_urls",
    "openings",
    "plain_words",
    "same_job",
)

Positions = tuple[str, list[int], Sequence[bool]]  # a block's name, what is in it, and which of that name no employer


def merge(
    listings: Iterable[Listing],
    *,
    key: Callable[[str], str],
    vocabulary: Mapping[str, Any],
    known: Mapping[str, str] | None = None,
    judged: MutableMapping[str, Judged] | None = None,
    unnamed: bool = False,
) -> list[Opening]:
    """One Opening per job, in the order of their first postings.

    `key` names an employer (pipeline/employers.py); `vocabulary` holds `job_links` and `same_job`; `known` maps
    posting ids to the opening ids of earlier runs, which survive. `judged` is what earlier runs found, by employer:
    blocks that did not change are not judged again, and it is brought up to date. `unnamed`: those that name no
    employer are compared with all that do, which cannot be done of a part of the whole. Neither the order of the
    listings nor merging twice changes what is one.
    """
    with uncollected():
        return _merged(list(listings), key, vocabulary, known or {}, judged, unnamed=unnamed)


def _merged(
    everything: list[Listing],
    key: Callable[[str], str],
    vocabulary: Mapping[str, Any],
    known: Mapping[str, str],
    judged: MutableMapping[str, Judged] | None,
    *,
    unnamed: bool,
) -> list[Opening]:
    names = [listing.posting.id for listing in everything]
    links = JobLinks(vocabulary.get("job_links") or {})
    keys = [_keys(listing, links) for listing in everything]
    clusters = _identified(names, keys, links)
    words = Words(vocabulary.get("same_job") or {})
    nameless = frozenset((vocabulary.get("same_job") or {}).get("nameless", ())) | {""}
    employers = _by_employer(everything, key)
    blocks: Iterable[Positions] = _blocks(everything, clusters, employers, nameless)
    if unnamed:
        blocks = chain(blocks, _unnamed(everything, employers, nameless, words))
    salt = rules_version(vocabulary) if judged is not None else ""
    maybe = _join_alike(everything, clusters, blocks, words, judged, salt=salt)
    groups = _by_age(everything, clusters)
    ids = _ids(names, groups, known)
    named = {at: name for name, members in zip(ids, groups, strict=True) for at in members} if maybe else {}
    openings = []
    for name, members in zip(ids, groups, strict=True):
        also = {named[other] for at in members if at in maybe for other in maybe[at]} - {name} if maybe else ()
        first = _source_first(members, everything, keys, links)
        openings.append(Opening(name, first, tuple(sorted(also)) if also else ()))
    return openings


def rules_version(vocabulary: Mapping[str, Any]) -> str:
    """Changes with the rules that postings are compared by: words and code."""
    words = json.dumps([vocabulary.get("job_links"), vocabulary.get("same_job")], sort_keys=True)
    code = "".join((Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8") for name in RULES)
    return hashlib.blake2b((words + code).encode(), digest_size=8).hexdigest()


def _keys(listing: Listing, links: JobLinks) -> tuple[JobKey, ...]:
    """The ids of the job that a posting's links carry."""
    posting = listing.posting
    first = links.key(posting.url) if posting.url else None
    second = links.key(posting.apply_url) if posting.apply_url else None
    if second is None or second == first:
        return (first,) if first else ()
    return (first, second) if first else (second,)


def _identified(names: list[str], keys: list[tuple[JobKey, ...]], links: JobLinks) -> Clusters:
    """What identity alone makes one."""
    proves = links.proves_difference
    clusters = Clusters([own if all(map(proves, own)) else tuple(filter(proves, own)) for own in keys])
    first: dict[JobKey | str, int] = {}
    for at, name in enumerate(names):
        proofs: list[JobKey | str] = [name, *keys[at]]
        for proof in proofs:
            earlier = first.setdefault(proof, at)
            if earlier != at:
                clusters.unite(earlier, at)
    return clusters


def _by_age(listings: list[Listing], clusters: Clusters) -> list[list[int]]:
    """The members of every cluster, the first seen first; clusters in the order of their first."""
    order = sorted(range(len(listings)), key=[listing.first_seen or "" for listing in listings].__getitem__)
    groups: list[list[int]] = []
    met: dict[int, list[int]] = {}
    for at in order:
        members = clusters[at].members
        if len(members) == 1:
            groups.append(members)
        elif id(members) in met:
            met[id(members)].append(at)
        else:
            groups.append(met.setdefault(id(members), [at]))
    return groups


def _by_employer(listings: list[Listing], key: Callable[[str], str]) -> dict[str, list[int]]:
    """Positions by the employer's key."""
    keys: dict[str, str] = {}
    by_employer: dict[str, list[int]] = defaultdict(list)
    for at, listing in enumerate(listings):
        company = listing.posting.company
        if company not in keys:
            keys[company] = key(company)
        by_employer[keys[company]].append(at)
    return by_employer


def _blocks(
    listings: list[Listing], clusters: Clusters, employers: Mapping[str, list[int]], nameless: frozenset[str]
) -> Iterator[Positions]:
    """The blocks of employers, in the order of names; only those in which a pair could be one.

    Those who name nobody are no employer: two who do not say are not the same.
    """
    for employer in sorted(employers.keys() - nameless):
        block = employers[employer]
        if len(block) > 1 and not _all_apart(listings, clusters, block):
            yield employer, block, ()


def _unnamed(
    listings: list[Listing], employers: Mapping[str, list[int]], nameless: frozenset[str], words: Words
) -> Iterator[Positions]:
    """Blocks of one title, each of some that name no employer and all that do."""
    unsaid = {at for employer in nameless for at in employers.get(employer, ())}
    titles = {words.titles(listings[at].posting.title).words for at in unsaid} - {frozenset()}
    by_title: dict[frozenset[str], list[int]] = defaultdict(list)
    for at, listing in enumerate(listings if titles else ()):
        title = words.titles(listing.posting.title).words
        if title in titles:
            by_title[title].append(at)
    for title, block in sorted(by_title.items(), key=lambda pair: sorted(pair[0])):
        yield f"? {' '.join(sorted(title))}", block, [at in unsaid for at in block]


def _all_apart(listings: list[Listing], clusters: Clusters, block: list[int]) -> bool:
    """Whether every posting has its own id of one platform and none was closed: no two can be one."""
    shared = clusters[block[0]].namespaces
    for at in block:
        shared &= clusters[at].namespaces
        listing = listings[at]
        if not shared or listing.state is State.CLOSED or (listing.posting.posted and not listing.first_seen):
            return False
    return True


def _join_alike(
    listings: list[Listing],
    clusters: Clusters,
    blocks: Iterable[Positions],
    words: Words,
    judged: MutableMapping[str, Judged] | None,
    *,
    salt: str,
) -> dict[int, set[int]]:
    """Joins what is the same within one employer; the positions that may be one, both ways.

    All blocks are judged by what identity made one, then joined: no block's verdict hangs on another's.
    """
    before = {} if judged is None else dict(judged)
    found: dict[str, Judged] = {}
    where: dict[str, int] = {}
    for employer, block, nameless in blocks:
        own, identities = [listings[at] for at in block], [clusters[at] for at in block]
        state = digest(own, identities, salt) if salt else ""
        known = before.get(employer)
        unchanged = known is not None and known.digest == state
        if not (known and unchanged):
            known = Judged(state, *Block(own, identities, words, nameless).judge())
        found[employer] = known
        if found[employer].same or found[employer].maybe:
            where.update((listings[at].posting.id, at) for at in reversed(block))
    if judged is not None:
        judged.clear()
        judged.update(found)
    maybe: dict[int, set[int]] = defaultdict(set)
    for verdict in found.values():
        for one, other, repost in verdict.same:
            if repost or not clusters.rivals(where[one], where[other]):
                clusters.unite(where[one], where[other])
        for one, other in verdict.maybe:
            maybe[where[one]].add(where[other])
            maybe[where[other]].add(where[one])
    return maybe


def _source_first(
    members: list[int], listings: list[Listing], keys: list[tuple[JobKey, ...]], links: JobLinks
) -> tuple[Listing, ...]:
    """What stands before what is closed, then before what was last seen a month before the others.

    Of these the employer's own board first, then the fuller text, then the id.
    """
    if len(members) == 1:
        return (listings[members[0]],)
    latest = max(filter(None, (as_date(listings[at].last_seen) for at in members)), default=None)

    def stands(listing: Listing) -> bool:
        day = as_date(listing.last_seen)
        return not (latest and day and latest - day > UNPROVED)

    def rank(at: int) -> tuple[bool, bool, bool, bool, int, str]:
        listing, posting = listings[at], listings[at].posting
        proofs = [one for one in keys[at] if links.proves_difference(one)]
        own = any(one.namespace.split(":")[0] == posting.board.split("/")[0] for one in proofs)
        return (
            listing.state is State.CLOSED,
            not stands(listing),
            not own,
            not proofs,
            -len(posting.description),
            posting.id,
        )

    return tuple(listings[at] for at in sorted(members, key=rank))


def _ids(names: list[str], groups: list[list[int]], known: Mapping[str, str]) -> list[str]:
    """The id of every group: the oldest known of its postings, else its first posting's id.

    Where a job was split, the group that holds the posting the id was taken from keeps it, else the first.
    """
    owner: dict[str, int] = {}
    for number, members in enumerate(groups if known else ()):
        for at in members:
            posting = names[at]
            former = known.get(posting)
            if former and (former not in owner or former == posting):
                owner[former] = number
    ids: list[str] = []
    taken = set(owner)
    for number, members in enumerate(groups):
        postings = [names[at] for at in members]
        former = next((known[p] for p in postings if p in known and owner[known[p]] == number), None) if known else None
        further = (f"{postings[0]}~{n}" for n in count(2))
        name = former or next(name for name in chain(postings, further) if name not in taken)
        ids.append(name)
        taken.add(name)
    return ids
