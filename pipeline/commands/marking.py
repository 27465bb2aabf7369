"""The user's own columns on their way between the store, the last list written, and the file as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING

from pipeline import whole_file
from pipeline.marks import is_over, merged, read_sheet
from pipeline.models import NOTHING, Mark, Marks, Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.commands.session import Session
    from pipeline.models import Opening


@dataclass(frozen=True, slots=True)
class Marked:
    """Whose word on each opening holds, and what a person has to be told of it."""

    marks: Marks
    columns: tuple[str, ...]  # of the user's own, in their order
    in_file: Sheet  # as read, at the time of reading
    clashes: tuple[str, ...] = ()  # openings marked apart in the file and by `reachlist mark`
    deleted: frozenset[str] = frozenset()  # over for the user, who took their row out: any other row comes back


def followed(marks: Marks) -> set[str]:
    """Openings that the user is not done with: they stay on the list once they are closed."""
    return {opening for opening, mark in marks.items() if mark.stays and not is_over(mark.status)}


def joined(stored: Marks, written: Sheet, path: Path) -> Marked:
    """The marks of the store, those `written` into the file when it was made, and those it holds now, as one."""
    in_file = read_sheet(path, written.columns or ())
    now = merged(stored, written, in_file)
    # an empty or broken file says nothing
    gone = written.marks.keys() - in_file.marks.keys() if in_file.marks else set()
    return Marked(
        now.marks,
        now.columns or (),
        in_file,
        tuple(_clashes(stored, written.marks, in_file.marks)),
        frozenset(opening for opening in gone if is_over(now.marks.get(opening, NOTHING).status)),
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
        kept[after[other]] = _both(kept.get(after[other], NOTHING), marks[other])
    return kept


def _both(kept: Mark, gone: Mark) -> Mark:
    """Two marks as one."""
    status, other, theirs = kept.status, gone.status, gone.notes
    if status and other not in ("", status):
        theirs = f"{other}: {theirs}" if theirs else other
    ours, others = dict(kept.cells), dict(gone.cells)
    names = sorted(ours.keys() | others.keys())
    cells = ((name, _side_by_side(ours.get(name, ""), others.get(name, ""))) for name in names)
    return Mark(status or other, _side_by_side(kept.notes, theirs), tuple(cells))


def _side_by_side(*texts: str) -> str:
    return " | ".join(dict.fromkeys(filter(None, texts)))


def again(marked: Marked, path: Path) -> tuple[Marked, int]:
    """The same with what was edited in the file since it was read, and how many openings that touches."""
    now = read_sheet(path, marked.columns)
    if now == marked.in_file:
        return marked, 0
    edits = sum(mark != marked.in_file.marks.get(opening, NOTHING) for opening, mark in now.marks.items())
    own = merged(marked.marks, marked.in_file, now)
    return Marked(own.marks, own.columns or (), now, marked.clashes, marked.deleted - now.marks.keys()), edits


def set_aside(session: Session, path: Path) -> None:
    """Keeps a copy of what stands where a list is about to be written and is none, and says where."""
    content = path.read_bytes() if path.exists() else b""
    if not content.strip() or read_sheet(path).columns is not None:
        return
    numbers = chain([""], (f"-{number}" for number in count(2)))
    names = (path.with_name(f"{path.stem}.unread{number}{path.suffix}") for number in numbers)
    copy = next(name for name in names if not name.exists())
    whole_file.write(copy, content)
    session.terminal.warn(f"{path} could not be read as a list: what stood there is kept in {copy}")


def _clashes(stored: Marks, written: Marks, in_file: Marks) -> Iterable[str]:
    for opening in sorted(stored.keys() & in_file.keys()):
        sides = {
            (mark.status, mark.notes) for mark in (stored[opening], written.get(opening, NOTHING), in_file[opening])
        }
        if len(sides) == 3:
            yield opening
