"""The user's own columns on their way between the store, the last list written, and the file as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.marks import Marks, is_over, merged_marks, read_marks

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models import Opening


@dataclass(frozen=True, slots=True)
class Marked:
    """Whose word on each opening holds, and what a person has to be told of it."""

    marks: Marks
    in_file: Marks  # as read, at the time of reading
    clashes: tuple[str, ...] = ()  # openings marked apart in the file and by `reachlist mark`
    deleted: frozenset[str] = frozenset()  # over for the user, who took their row out: any other row comes back


def followed(marks: Marks) -> set[str]:
    """Openings that the user is not done with: they stay on the list once they are closed."""
    return {opening for opening, (status, note) in marks.items() if (status or note) and not is_over(status)}


def joined(stored: Marks, written: Marks, path: Path) -> Marked:
    """The marks of the store, those `written` into the file when it was made, and those it holds now, as one."""
    in_file = read_marks(path)
    marks = merged_marks(stored, written, in_file)
    gone = written.keys() - in_file.keys() if in_file else set()  # an empty or broken file says nothing
    return Marked(
        marks,
        in_file,
        tuple(_clashes(stored, written, in_file)),
        frozenset(opening for opening in gone if is_over(marks.get(opening, ("", ""))[0])),
    )


def carried(marked: Marked, openings: Sequence[Opening], former: Mapping[str, str]) -> Marked:
    """The same with the marks of openings that merged into another; `former`: posting id -> opening id before.

    The status of the one whose id stayed holds; what was said of the others stands in its notes.
    """
    if marked.marks.keys() <= {opening.id for opening in openings}:
        return marked
    return replace(marked, marks=moved(marked.marks, successors(openings, former)))


def successors(openings: Sequence[Opening], former: Mapping[str, str]) -> dict[str, str]:
    """The id of an opening that is no more -> of the first that has a posting of it, after which it was named, too."""
    ids = {opening.id for opening in openings}
    after: dict[str, str] = {}
    for opening in openings:
        for one in opening.listings:
            for was in (former.get(one.posting.id), one.posting.id):
                if was is not None and was not in ids:
                    after.setdefault(was, opening.id)
    return after


def moved(marks: Marks, after: Mapping[str, str]) -> Marks:
    """The same with the marks of openings that are no more on those that came `after` them."""
    gone = sorted(opening for opening in marks if opening in after)
    kept = {opening: mark for opening, mark in marks.items() if opening not in after}
    for other in gone:
        kept[after[other]] = _both(kept.get(after[other], ("", "")), marks[other])
    return kept


def _both(kept: tuple[str, str], gone: tuple[str, str]) -> tuple[str, str]:
    """Two marks as one."""
    (status, notes), (other, theirs) = kept, gone
    if status and other not in ("", status):
        theirs = f"{other}: {theirs}" if theirs else other
    return status or other, " | ".join(dict.fromkeys(filter(None, (notes, theirs))))


def again(marked: Marked, path: Path) -> tuple[Marked, int]:
    """The same with what was edited in the file since it was read, and how many openings that touches."""
    now = read_marks(path)
    edits = sum(now[opening] != marked.in_file.get(opening, ("", "")) for opening in now)
    if not edits:
        return marked, 0
    marks = merged_marks(marked.marks, marked.in_file, now)
    return Marked(marks, now, marked.clashes, marked.deleted - now.keys()), edits


def _clashes(stored: Marks, written: Marks, in_file: Marks) -> Iterable[str]:
    for opening in sorted(stored.keys() & in_file.keys()):
        sides = {stored[opening], written.get(opening, ("", "")), in_file[opening]}
        if len(sides) == 3:
            yield opening
