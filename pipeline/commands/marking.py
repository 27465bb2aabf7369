"""The user's own columns on their way between the store, the last list written, and the file as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.marks import Marks, is_over, merged_marks, read_marks

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models import Opening
    from pipeline.store import Listed


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


def joined(stored: Marks, before: Mapping[str, Listed], path: Path) -> Marked:
    """The marks of the store, of the last list written (`before`), and of the file, as one."""
    written = {opening: (one.status, one.note) for opening, one in before.items()}
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
    marks = dict(marked.marks)
    gone = marks.keys() - {opening.id for opening in openings}
    for opening in openings if gone else ():
        was = {former.get(one.posting.id) for one in opening.listings}
        for other in sorted(gone & was & marks.keys()):
            marks[opening.id] = _both(marks.get(opening.id, ("", "")), marks.pop(other))
    return replace(marked, marks=marks)


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
