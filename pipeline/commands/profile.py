"""profile init: a first profile.yaml, from questions, a résumé or the student's repositories."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.commands.session import DONE, Session, UsageError
from pipeline.models import LEVELS, Posting
from pipeline.profile_draft import DraftError, Found, draft, from_repositories, from_resume, resume_text
from pipeline.profile_questions import answers, questions

if TYPE_CHECKING:
    from pipeline.reading import Reader


PROFILE = "profile.yaml"
RESUME = ("resume/file", "1", "", "", "")  # a posting whose text it is
COLLEGE = ("undergraduate", "class")  # what names a bachelor by the student


def init(session: Session, arguments: Namespace) -> int:
    """Writes profile.yaml into the configuration, or a draft beside it where there is one already."""
    config, reader = session.settings()
    found: list[Found] = []
    try:
        if arguments.from_resume:
            text = resume_text(arguments.from_resume)
            readers = (partial(named, reader) for named in (skills, degrees, languages))
            found.append(from_resume(text, *readers))
        if arguments.from_github:
            packages = config.vocabulary.get("packages", {}).get("package", {})
            found.append(from_repositories(arguments.from_github, reader.skills, packages))
    except DraftError as error:
        raise UsageError(str(error)) from error
    given: dict[str, Any] = {}
    if not found and sys.stdin.isatty():
        countries = config.vocabulary.get("countries", {}).get("country", {})
        given = answers(questions(reader.skills, countries), input, session.terminal.warn)
    path = next(filter(lambda free: not free.exists(), _names(session.config)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(draft(found, given), encoding="utf-8")
    tried = "check" if path.name == PROFILE else f"rank --profile {path}"
    session.terminal.say(f"a first profile: {path}; read it, correct it, then `reachlist {tried}`")
    return DONE


def _names(folder: Path) -> Iterator[Path]:
    """Where a profile may be written, in this order: nothing that the user has is overwritten."""
    yield folder / PROFILE
    yield folder / "profile.draft.yaml"
    yield from (folder / f"profile.draft-{number}.yaml" for number in count(2))


def degrees(reader: Reader, text: str) -> Iterator[tuple[str, str]]:
    """(level, words) of every degree a text names, and of every year of college."""
    view = reader.view(Posting(*RESUME, text))
    for hit in view.hits("degree"):
        level = "bachelor" if hit.concept in COLLEGE else hit.concept
        if level in LEVELS:
            yield level, view.text[hit.start : hit.end]


def languages(reader: Reader, text: str) -> Iterator[tuple[str, str]]:
    """(ISO 639-1 code, words) of every spoken language a text names."""
    view = reader.view(Posting(*RESUME, text))
    for hit in view.hits("spoken"):
        yield hit.concept, view.text[hit.start : hit.end]


def skills(reader: Reader, text: str) -> Iterator[tuple[str, str]]:
    """Every skill a text names, by canonical name, with the words."""
    reading = reader.read(Posting(*RESUME, text))
    for claim in reading.claims:
        if claim.topic in ("skills_required", "skills_preferred", "skills_mentioned"):
            for name in [claim.value] if isinstance(claim.value, str) else claim.value:
                yield name, claim.quote.text
