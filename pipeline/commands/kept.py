"""What of a list hangs on no profile, kept beside the store from one list to the next.

An edit of the profile, or a run in which nothing changed, then costs neither the readings nor the comparison of
postings again. The file is good for the store, the configuration and the program it was made of, as long as the same
postings are proved; any other, a torn or a missing one is made anew.
It holds nothing that the store does not, and may be deleted at will: no words of a posting but those a list quotes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from pipeline import whole_file
from pipeline.changes import digest
from pipeline.commands.stages import followed_since, proved_since
from pipeline.commands.work import Judged
from pipeline.models import Claim, State

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.commands.session import Session
    from pipeline.store import Store

NAME = ".judged"
SEPARATOR = b"\n"
EVERY = ("languages_required",)  # topics of which more is shown than the first words


@dataclass(frozen=True, slots=True)
class Kept:
    """Every opening with its reading and who hires, in no order; and how many postings are on no list."""

    judged: list[Judged]
    left_out: int


def key(session: Session, store: Store) -> str:
    """Equal as long as a list would be made of the same: what is stored and proved, the configuration, the program."""
    proved = store.unproved(proved_since(session.now)), store.count_to_follow(followed_since(session.now))
    return " ".join((session.remembered.name, str(store.stamp()), digest(proved)))


def path(session: Session) -> Path:
    """Where it is kept."""
    return session.data / NAME


def load(session: Session, good_for: str) -> Kept | None:
    """What was kept under this key; None where it was another, or the file is not as it was written."""
    try:
        content = path(session).read_bytes()
    except OSError:
        return None
    head = good_for.encode() + SEPARATOR
    if not content.startswith(head):
        return None
    try:
        return msgspec.msgpack.decode(memoryview(content)[len(head) :], type=Kept)
    except msgspec.DecodeError:
        return None


def save(session: Session, good_for: str, judged: Iterable[Judged], left_out: int) -> None:
    """Keeps it for the next list."""
    since = proved_since(session.now)
    body = msgspec.msgpack.encode(Kept([_as_listed(one, since) for one in judged], left_out))
    whole_file.write(path(session), good_for.encode() + SEPARATOR + body)


def _as_listed(judged: Judged, since: str) -> Judged:
    """The opening without its postings' texts, the reading without claims no list shows.

    Of the visits, too, only what holds as long as the key does: when what is closed or not proved any more was seen.
    """
    listings = tuple(
        replace(
            one,
            posting=replace(one.posting, description=""),
            last_seen=one.last_seen if one.state is State.CLOSED or (one.last_seen or since) < since else None,
        )
        for one in judged.opening.listings
    )
    first: dict[str, Claim] = {}
    for claim in judged.reading.claims:
        first.setdefault(claim.topic, claim)
    claims = [one for one in judged.reading.claims if first[one.topic] is one or one.topic in EVERY]
    opening, reading = replace(judged.opening, listings=listings), replace(judged.reading, claims=tuple(claims))
    return Judged(opening, reading, judged.employer, judged.said)
