"""rank --profiles: a list for each of many students; what does not depend on a student is done once."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.marking import followed
from pipeline.commands.rereading import being_read
from pipeline.commands.session import DONE, Session, UsageError
from pipeline.commands.stages import followed_since, stages
from pipeline.commands.work import still_stand
from pipeline.models import State

if TYPE_CHECKING:
    from datetime import date

    from pipeline.marks import Marks
    from pipeline.models import Profile
    from pipeline.shortlist import Row

ALONE = ("profile", "source", "format", "to", "diff")  # options that speak of one list
FOLDER = "lists"  # under the data, one CSV per profile


def rank_for_many(session: Session, arguments: Namespace) -> int:
    """Writes `lists/NAME.csv` for every profile NAME.yaml of a folder; status and notes in them are kept."""
    given = next((name for name in ALONE if getattr(arguments, name)), None)
    if given:
        raise UsageError(
            f"--profiles writes whole lists for all of them: leave out --{given.replace('source', 'from')}"
        )
    paths = sorted(arguments.profiles.glob("*.yaml"))
    if not paths:
        raise UsageError(f"--profiles {arguments.profiles}: there is no .yaml file here")
    config, reader = session.settings()
    profiles = [(path.stem, _profile(path, reader.skills, session.now.date())) for path in paths]
    folder = session.data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    top = arguments.top
    apart: set[str] = set()  # names of lists with a marked row below the best, or closed: it stays all the same
    engine = stages(session, config, reader, arguments.engine, arguments.scheduler)
    with session.lock(stored=True), session.stored() as store, engine as on:
        with being_read(session.terminal, store, reader) as step:
            read = on.read_stored(store, step, followed=followed_since(session.now))
            every = on.judged(read, store.opening_ids(), store.on_boards())
        judged = [still_stand(block) for block in every]
        store.save_openings((opening, employer.size) for block in judged for opening, _, employer, _ in block)
        with session.terminal.progress("lists", len(profiles)) as step:
            for name, rows in on.lists(judged, profiles, top):
                if _marked(folder, name).keys() - {row.opening.id for row in rows}:
                    apart.add(name)
                else:
                    _write(folder, name, rows, top)
                    step(name)
            mine = {name: followed(_marked(folder, name)) for name in apart}
            whole = [still_stand(block, set[str]().union(*mine.values())) for block in every]
            for name, rows in on.lists(whole, [one for one in profiles if one[0] in apart]):
                listed = [r for r in rows if r.opening.state is not State.CLOSED or r.opening.id in mine[name]]
                _write(folder, name, listed, top)
                step(name)
    session.terminal.say(f"{len(profiles)} lists of {sum(map(len, judged))} openings: {folder}")
    return DONE


def _write(folder: Path, name: str, rows: Sequence[Row], top: int | None) -> None:
    """Replaces a list, marked as its file is now: the student may have written into it while this ran."""
    from pipeline import shortlist  # noqa: PLC0415 -- `--help` must be quick

    numbered = shortlist.numbered(rows, _marked(folder, name))
    kept = [row for row in numbered if top is None or row.rank <= top or row.status or row.notes]
    shortlist.write_csv(folder / f"{name}.csv", kept)


def _marked(folder: Path, name: str) -> Marks:
    """The marks in a file that say anything."""
    from pipeline.marks import read_marks  # noqa: PLC0415 -- `--help` must be quick

    return {opening: mark for opening, mark in read_marks(folder / f"{name}.csv").items() if any(mark)}


def _profile(path: Path, skills: frozenset[str], today: date) -> Profile:
    from pipeline import config, score  # noqa: PLC0415

    return config.load_profile(path, criteria=[name for name, *_ in score.CRITERIA], skills=skills, today=today)
