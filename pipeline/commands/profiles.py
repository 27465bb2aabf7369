"""rank --profiles: a list for each of many students; what does not depend on a student is done once."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.session import DONE, Session, UsageError
from pipeline.commands.stages import followed_since, proved_since, stages

if TYPE_CHECKING:
    from pipeline.models import Profile

ALONE = ("profile", "source", "format", "to", "top", "diff")  # options that speak of one list
FOLDER = "lists"  # under the data, one CSV per profile


def rank_for_many(session: Session, arguments: Namespace) -> int:
    """Writes `lists/NAME.csv` for every profile NAME.yaml of a folder; status and notes in them are kept."""
    from pipeline import shortlist  # noqa: PLC0415 -- `--help` must be quick

    given = next((name for name in ALONE if getattr(arguments, name)), None)
    if given:
        raise UsageError(
            f"--profiles writes whole lists for all of them: leave out --{given.replace('source', 'from')}"
        )
    paths = sorted(arguments.profiles.glob("*.yaml"))
    if not paths:
        raise UsageError(f"--profiles {arguments.profiles}: there is no .yaml file here")
    config, reader = session.settings()
    profiles = [(path.stem, _profile(path, reader.skills)) for path in paths]
    folder = session.data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    engine = stages(session, config, reader, arguments.engine, arguments.scheduler)
    with session.lock(stored=True), session.stored() as store, engine as on:
        since = proved_since(session.now)
        with session.terminal.progress("reading", store.unread(reader.version, since)) as step:
            read = on.read_stored(store, since, step, followed=followed_since(session.now))
            judged = on.judged(read, store.opening_ids(), store.on_boards(since))
        store.save_openings((opening, employer.size) for opening, _, employer in judged)
        with session.terminal.progress("lists", len(profiles)) as step:
            for name, rows in on.lists(judged, profiles):
                path = folder / f"{name}.csv"
                shortlist.write_csv(path, shortlist.numbered(rows, shortlist.read_marks(path)))
                step(name)
    session.terminal.say(f"{len(profiles)} lists of {len(judged)} openings: {folder}")
    return DONE


def _profile(path: Path, skills: frozenset[str]) -> Profile:
    from pipeline import config, score  # noqa: PLC0415

    return config.load_profile(path, criteria=[name for name, *_ in score.CRITERIA], skills=skills)
