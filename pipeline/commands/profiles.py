"""rank --profiles: a list for each of many students; what does not depend on a student is done once."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.marking import followed, moved, set_aside, successors
from pipeline.commands.session import DONE, SOME_FAILED, Session, UsageError
from pipeline.commands.shortlisting import judged, save
from pipeline.commands.stages import stages
from pipeline.commands.work import still_stand
from pipeline.marks import merged, read_sheet
from pipeline.models import Sheet, State

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.models import Profile
    from pipeline.shortlist import Row
    from pipeline.store import Store

ALONE = ("profile", "source", "format", "to", "diff")  # options that speak of one list
FOLDER = "lists"  # under the data, one CSV per profile


def rank_for_many(session: Session, arguments: Namespace) -> int:
    """Writes `lists/NAME.csv` for every profile NAME.yaml of a folder; exit 1 where one of them cannot be read.

    What students write into them is kept, also while an opening is on no list.
    """
    given = next((name for name in ALONE if getattr(arguments, name)), None)
    if given:
        raise UsageError(
            f"--profiles writes whole lists for all of them: leave out --{given.replace('source', 'from')}"
        )
    config, reader = session.settings()
    profiles, broken = _profiles(session, arguments.profiles, config, reader.skills)
    top = arguments.top
    apart: set[str] = set()  # names of lists with a marked row below the best, or closed: it stays all the same
    engine = stages(session, config, reader, arguments.engine, arguments.scheduler)
    with session.lock(stored=True), session.stored() as store, engine as on:
        _, made = judged(session, store, reader, on)
        every = [one.opening for block in made.judged for one in block]
        desk = Desk(session, store, successors(every, made.former))
        blocks = [still_stand(block) for block in made.judged]
        found = [(one.opening, one.employer) for block in blocks for one in block]
        save(store, found, made)
        session.settle()
        known, standing = {opening.id for opening in every}, {opening.id for opening, _ in found}
        with session.terminal.progress("lists", len(profiles)) as step:
            for name, rows in on.lists(blocks, profiles, top):
                marks = desk.sheet(name).marks
                marked = {opening for opening, mark in marks.items() if mark.stays}
                if (marked & standing | followed(marks) & known) - {row.opening.id for row in rows}:
                    apart.add(name)
                else:
                    desk.write(name, rows, top)
                    step(name)
            mine = {name: followed(desk.sheet(name).marks) for name in apart}
            whole = [still_stand(block, set[str]().union(*mine.values())) for block in made.judged]
            for name, rows in on.lists(whole, [one for one in profiles if one[0] in apart]):
                listed = [r for r in rows if r.opening.state is not State.CLOSED or r.opening.id in mine[name]]
                desk.write(name, listed, top)
                step(name)
    for line in broken:
        session.terminal.warn(line)
    session.terminal.say(f"{len(profiles)} lists of {len(found)} openings: {session.data / FOLDER}")
    return SOME_FAILED if broken else DONE


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the lists lie, and what their students wrote into them."""

    session: Session
    store: Store
    after: Mapping[str, str]  # an opening that is no more -> the one that its postings are in

    def sheet(self, name: str) -> Sheet:
        """What a student said of openings: as the list's file is now, and of those that are not in it as kept."""
        kept = self.store.written(self._list(name))
        in_file = read_sheet(self.session.data / FOLDER / f"{name}.csv", kept.columns or ())
        said = {opening: mark for opening, mark in in_file.marks.items() if any(mark) or opening in kept.marks}
        now = merged(kept.marks, kept, replace(in_file, marks=said))
        return replace(now, marks=moved(now.marks, self.after))

    def write(self, name: str, rows: Sequence[Row], top: int | None) -> None:
        """Replaces a list, marked as its file is now: the student may have written into it while this ran."""
        from pipeline import shortlist  # noqa: PLC0415 -- `--help` must be quick

        sheet = self.sheet(name)
        self.store.save_written(self._list(name), sheet)  # first: of what leaves the list it stands nowhere else
        numbered = shortlist.numbered(rows, sheet.marks)
        kept = [row for row in numbered if top is None or row.rank <= top or row.mark.stays]
        path = self.session.data / FOLDER / f"{name}.csv"
        set_aside(self.session, path)
        shortlist.write_csv(path, kept, sheet.columns or ())

    def _list(self, name: str) -> str:
        return f"{self.session.place}{FOLDER}/{name}.csv"


def _profiles(
    session: Session, folder: Path, settings: Config, skills: frozenset[str]
) -> tuple[list[tuple[str, Profile]], list[str]]:
    """(name, profile) of every NAME.yaml of a folder, and what is wrong with the others. Raises UsageError."""
    from pipeline import config, score  # noqa: PLC0415 -- `--help` must be quick

    if not folder.is_dir():
        raise UsageError(f"--profiles {folder}: there is no such folder")
    criteria, today = [name for name, *_ in score.CRITERIA], session.now.date()
    known = session.employers_known(settings)
    profiles, problems = [], []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix != ".yaml" or not path.is_file():
            session.terminal.note(f"{path} is no profile: only files NAME.yaml are")
            continue
        try:
            profile = config.load_profile(
                path, criteria=criteria, skills=skills, vocabulary=settings.vocabulary, today=today
            )
        except config.ConfigError as error:
            problems += error.problems
        else:
            profiles.append((path.stem, known(profile)))
    if not profiles:
        raise UsageError("\n".join(problems) or f"--profiles {folder}: there is no .yaml file here")
    return profiles, problems
