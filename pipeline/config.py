"""config/*.yaml as checked settings: the one reader of every YAML file.

A key is obeyed or refused; all faults of a file are told at once, each as `file:line:column: what, did you
mean …`. Nothing here knows what a setting leads to: configuration is passed in, never imported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from pipeline.checked_yaml import SCHEMAS, ConfigError, Source, did_you_mean
from pipeline.listed_phrases import phrases
from pipeline.models import Board, EmployerFact, Pay, Profile, Skills, Student, Wants

__all__ = [
    "Config",
    "ConfigError",
    "EmployerFact",
    "Platform",
    "denied",
    "find",
    "is_name",
    "load",
    "load_boards",
    "load_employers",
    "load_platforms",
    "load_profile",
    "load_vocabulary",
    "never_asked",
    "not_held",
    "not_read",
    "shipped",
]

ASKED_FOR = {"pay": "pay_min", "term": "terms", "favourite": "favourite_employers"}  # criterion -> the wish behind it
LETTERS_OF_CODE = 3  # of ISO 3166-1 alpha-3: USA, DEU
SKILL_LAYERS = ("skill", "skill_other")
COUNTRY = r"(?:(?:ac|co|com|net|org)\.)?[a-z]{2,}"  # what stands after a name in one country or another


def shipped(name: str) -> Path:
    """A file or folder that came with the program: inside the wheel, or at the top of a clone."""
    inside = Path(__file__).parent / "shipped" / name
    return inside if inside.exists() else Path(__file__).parent.parent / name


@dataclass(frozen=True, slots=True)
class Platform:
    """How one platform may be visited: an entry of config/platforms.yaml."""

    name: str
    policy: str  # on, off, key, denied
    reason: str
    hosts: tuple[str, ...] = ()  # may hold "*.recruitee.com"
    paths: tuple[str, ...] = ()  # prefixes
    delay: float = 2.0  # seconds between the end of one request and the start of the next
    daily_budget: int = 1000  # requests per host and day
    page_size: int | None = None
    full_text: bool = True
    environment: tuple[str, ...] = ()  # names of environment variables that hold keys
    pages: tuple[str, ...] = ()  # where a person sees a board: "jobs.lever.co/{slug}"
    boards: str | None = None  # the name of its one board, where it has no more
    domains: tuple[str, ...] = ()  # never asked, nor what is below: "example.com", or "example.*" in every country
    patient: bool = True  # False: the first 429 of a host is the last request to it in a run


@dataclass(frozen=True, slots=True)
class Config:
    """All of config/, checked."""

    profile: Profile
    boards: tuple[Board, ...]
    platforms: Mapping[str, Platform]
    employers: tuple[EmployerFact, ...]
    vocabulary: Mapping[str, Any]


def find(directory: Path, name: str) -> Path:
    """`name` in `directory`, or the one that came with the program where the directory has none."""
    own = directory / name
    return own if own.exists() else shipped("config") / name


def load(
    directory: Path,
    *,
    criteria: Collection[str],
    skills: Callable[[dict[str, Any]], Collection[str]],
    profile: Path | None = None,
    today: date | None = None,
) -> Config:
    """Reads the whole configuration; `skills` names the skills that a vocabulary knows.

    `profile` is read instead of the directory's own, as of `today`. Raises ConfigError with the faults of every file.
    """
    problems: list[str] = []

    def attempt(loader: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        try:
            return loader(*arguments, **named)
        except ConfigError as error:
            problems.extend(error.problems)
            return None

    platforms = attempt(load_platforms, find(directory, "platforms.yaml"))
    boards = attempt(load_boards, find(directory, "boards.yaml"), platforms)
    employers = attempt(load_employers, find(directory, "employers.yaml"))
    vocabulary = attempt(load_vocabulary, find(directory, "vocabulary"))
    known = skills(vocabulary) if vocabulary is not None else ()
    path = profile or find(directory, "profile.yaml")
    student = attempt(load_profile, path, criteria=criteria, skills=known, vocabulary=vocabulary or {}, today=today)
    if problems:
        raise ConfigError(problems)
    return Config(student, boards, platforms, employers, vocabulary)


def load_platforms(path: Path) -> dict[str, Platform]:
    """Platform name -> how it may be visited. What came with the program as denied cannot be opened."""
    source = Source(path)
    source.check("platforms")
    source.refuse()
    platforms = _platforms(source)
    for name, platform in platforms.items():
        _check_facts(source, name)
        if platform.policy == "denied":
            continue
        if never := _always_denied().get(name):
            source.problem([name, "policy"], f"{name} is never visited: {never.reason}")
            continue
        for place, host in enumerate(platform.hosts):
            if reason := never_asked(host.removeprefix("*."), platforms):
                source.problem([name, "hosts", place], reason)
    source.refuse()
    return platforms


def _check_facts(source: Source, name: str) -> None:
    """What a platform's answers are is told here, not chosen: it stands as it came with the program."""
    if own := _shipped_platforms().get(name):
        for key in source.value[name].keys() & {"page_size", "full_text"}:
            if source.value[name][key] != (true := getattr(own, key)):
                said = "nothing" if true is None else str(true).lower()
                source.problem(
                    [name, key], f"{key} of {name} is {said}, which its answers decide: no setting changes it"
                )


def _platforms(source: Source) -> dict[str, Platform]:
    return {
        name: Platform(name=name, **{key: _frozen(value) for key, value in entry.items()})
        for name, entry in source.value.items()
    }


@cache
def _shipped_platforms() -> dict[str, Platform]:
    source = Source(shipped("config") / "platforms.yaml")
    source.refuse()
    return _platforms(source)


@cache
def _always_denied() -> dict[str, Platform]:
    return {name: platform for name, platform in _shipped_platforms().items() if platform.policy == "denied"}


def denied(host: str, platforms: Mapping[str, Platform]) -> Platform | None:
    """The platform that has `host` never asked, at one of its domains or below; what came denied always counts."""
    never = {name: platform for name, platform in platforms.items() if platform.domains} | _always_denied()
    found = _domains(tuple((name, one.domains) for name, one in never.items())).fullmatch(host.lower().rstrip("."))
    return list(never.values())[(found.lastindex or 1) - 1] if found else None


def never_asked(host: str, platforms: Mapping[str, Platform]) -> str | None:
    """Why `host` is never asked, in a sentence; None where it may be."""
    never = denied(host, platforms)
    return f"{host} is never asked ({never.name}: {never.reason})" if never else None


@lru_cache(maxsize=8)
def _domains(named: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    """Hosts at or below the domains, with a group for each platform."""
    groups = ("|".join(re.escape(domain).replace(r"\*", COUNTRY) for domain in domains) for _, domains in named)
    return re.compile(rf"(?:.+\.)?(?:{'|'.join(f'({group})' for group in groups)})")


def load_boards(path: Path, platforms: Mapping[str, Platform] | None = None) -> tuple[Board, ...]:
    """Every board, in the order of the file; a platform that `platforms` does not name is an error."""
    source = Source(path)
    source.check("boards")
    source.refuse()
    boards = []
    for platform, slugs in source.value.items():
        if platforms is not None and platform not in platforms:
            hint = did_you_mean(platform, list(platforms))
            source.problem([platform], f"unknown platform {platform!r}{hint}", key=True)
        for slug, entry in (slugs or {}).items():
            if not is_name(slug):
                source.problem([platform, slug], f"{slug!r} is no board's name as its address has it", key=True)
            options = {"company": entry} if isinstance(entry, str) else {key: str(said) for key, said in entry.items()}
            company = options.pop("company")
            if platforms and (never := never_asked(options.get("host", ""), platforms)):
                source.problem([platform, slug, "host"], never)
            boards.append(Board(platform, slug, company, tuple(sorted(options.items()))))
    source.refuse()
    return tuple(boards)


def is_name(slug: str) -> bool:
    """Whether a board can be called so: nothing that an address would lose or take for a way elsewhere."""
    said = unquote(slug)
    plain = said.isprintable() and said == said.strip() and "\\" not in said and said.count("/") == slug.count("/")
    return plain and not {"", ".", ".."} & set(said.split("/"))


def load_employers(path: Path) -> tuple[EmployerFact, ...]:
    """What is known of employers, in the order of the file."""
    source = Source(path)
    source.check("employers")
    source.refuse()
    return tuple(
        EmployerFact(name=name, **{key: _frozen(value) for key, value in entry.items()})
        for name, entry in source.value.items()
    )


def load_vocabulary(directory: Path) -> dict[str, Any]:
    """File stem -> content of every YAML file of the directory; the reading room says what it means.

    Word lists of readers, {layer: {concept: phrases}}, may stand in any file; the others have a shape of their own.
    """
    files = sorted(directory.glob("*.yaml"))
    if not files:
        raise ConfigError([f"{directory}: there is no vocabulary here"])
    sources = {file.stem: Source(file, words=file.stem not in _own_shapes()) for file in files}
    for stem, source in sources.items():
        if source.value is None and not source.problems:
            source.problem([], "the file is empty")
        source.check(_own_shapes().get(stem, "vocabulary"))
    _refuse_all(sources.values())
    _check_named_skills([source for stem, source in sources.items() if stem not in _own_shapes()])
    _refuse_all(sources.values())
    return {stem: source.value for stem, source in sources.items()}


def _check_named_skills(sources: Sequence[Source]) -> None:
    """Layers about skills of other layers name those that some file has, if any file has skills."""
    known = {name.lstrip("~") for source in sources for layer in SKILL_LAYERS for name in source.value.get(layer, ())}
    skills = [name for name in known if not name.startswith("_")]
    for source, layer in product(sources if skills else (), ("skill_pair", "own_name")):
        for concept in source.value.get(layer, ()):
            for name in concept.split(" + ") if not concept.startswith("_") else ():
                if name not in skills:
                    hint = did_you_mean(name, skills)
                    source.problem([layer, concept], f"no skill {name!r} in any file{hint}", key=True)


@cache
def _own_shapes() -> dict[str, str]:
    """File of the vocabulary that no reader reads -> its schema."""
    return {path.stem.removeprefix("vocabulary-"): path.stem for path in SCHEMAS.glob("vocabulary-*.json")}


def not_read(directory: Path) -> list[Path]:
    """What stands beside the vocabulary's files and is none."""
    return sorted(path for path in directory.glob("*") if path.suffix != ".yaml" and path.name[0] != ".")


def not_held(vocabulary: Mapping[str, Any]) -> list[str]:
    """The layers that readers ask for and files of a shape of their own that the vocabulary does not have."""
    layers = json.loads((SCHEMAS / "vocabulary.json").read_text(encoding="utf-8"))["properties"]
    held = {layer for stem, content in vocabulary.items() if stem not in _own_shapes() for layer in content}
    return sorted((layers.keys() - held) | (_own_shapes().keys() - vocabulary.keys()))


def load_profile(
    path: Path,
    *,
    criteria: Collection[str],
    skills: Collection[str],
    vocabulary: Mapping[str, Any] = MappingProxyType({}),
    today: date | None = None,
) -> Profile:
    """The student's profile. An unknown criterion or skill is an error with a suggestion.

    So is a student who graduated before `today`, where that is given. Other spellings of a skill and names of
    countries that the `vocabulary` knows become the one name or code that postings are read into.
    """
    source = Source(path)
    source.check("profile")
    source.refuse()
    student, skill_sets, wants = (
        source.value["student"],
        source.value.get("skills", {}),
        source.value.get("wants", {}),
    )
    skill_sets = _skills(source, skill_sets, skills, vocabulary)
    places = _places(source, wants.pop("places", None), vocabulary)
    _check_weights(source, criteria, wants)
    _check_graduation(source, student, today)
    both = set(map(str.lower, wants.get("avoid_employers", ()))) & set(
        map(str.lower, wants.get("favourite_employers", ()))
    )
    if both:
        source.problem(["wants", "avoid_employers"], f"{', '.join(sorted(both))}: both avoided and a favourite")
    source.refuse()
    may_work_in = student.pop("may_work_in", "anywhere")
    pay = wants.pop("pay_min", None)
    terms = tuple(map(str.lower, wants.pop("terms", ())))
    return Profile(
        student=Student(
            may_work_in=None if may_work_in == "anywhere" else tuple(may_work_in),
            **{key: _frozen(value) for key, value in student.items()},
        ),
        skills=Skills(**skill_sets),
        wants=Wants(
            terms=terms,
            pay_min=pay and Pay(pay["amount"], pay["amount"], pay["currency"], pay["period"]),
            **{key: _frozen(value) for key, value in (wants | places).items()},
        ),
        weights=source.value.get("weights", {}),
    )


def _skills(
    source: Source, sets: Mapping[str, list[str]], known: Collection[str], vocabulary: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """Level -> skills by the names they are known by."""
    first: dict[str, str] = {}
    named: dict[str, tuple[str, ...]] = {}
    strange = {spelt.lower() for names in sets.values() for spelt in names}.difference(known)
    spellings = _spellings(vocabulary) if known and strange else {}
    for level, names in sets.items():
        for index, spelt in enumerate(names):
            name = spelt.lower()
            name = name if name in known else spellings.get(name, name)
            if known and name not in known:
                hint = did_you_mean(spelt, list(known))
                source.problem(["skills", level, index], f"no posting asks for a skill {spelt!r}{hint}")
            elif name in first:
                source.problem(["skills", level, index], f"{spelt!r} stands under {first[name]} already")
            first.setdefault(name, level)
            named[level] = (*named.get(level, ()), name)
    return named


def _spellings(vocabulary: Mapping[str, Any]) -> dict[str, str]:
    """How else a skill may be spelt -> its name, but for what may mean two of them."""
    found: dict[str, set[str]] = {}
    for content in vocabulary.values():
        for layer in SKILL_LAYERS:
            for concept, entry in (content.get(layer) or {}).items():
                for phrase in phrases(entry) if not concept.startswith("_") else ():
                    found.setdefault(phrase.removeprefix("=").lower(), set()).add(concept.lstrip("~"))
    return {phrase: names.pop() for phrase, names in found.items() if len(names) == 1}


def _places(
    source: Source, places: Mapping[str, float] | None, vocabulary: Mapping[str, Any]
) -> dict[str, dict[str, float]]:
    """`places`, if there are any, with countries by their codes."""
    codes, names = _countries(vocabulary)
    found: dict[str, float] = {}
    for spelt, value in (places or {}).items():
        name = names.get(spelt.strip().casefold(), spelt)
        if not name.strip():
            source.problem(["wants", "places", spelt], "this may not be empty", key=True)
        elif codes and re.fullmatch("[A-Z]{2}", name) and name not in codes:
            source.problem(["wants", "places", spelt], f"{name} is no code of a country or a state", key=True)
        elif name in found:
            source.problem(["wants", "places", spelt], f"{spelt!r} stands here twice: it is {name}", key=True)
        found[name] = value
    return {"places": found} if found else {}


def _countries(vocabulary: Mapping[str, Any]) -> tuple[frozenset[str], dict[str, str]]:
    """The codes of countries and states that a place may be named by, and the names of countries -> their codes."""
    named = vocabulary.get("countries", {}).get("country", {})
    code_of = {phrase.removeprefix("=").casefold(): code for code, entry in named.items() for phrase in phrases(entry)}
    same = vocabulary.get("same_job", {})
    names = {
        spelt: code_of[name]
        for name, others in same.get("regions", {}).items()
        for spelt in (name, *(other for other in others if len(other) == LETTERS_OF_CODE))  # parts of it are no names
        if name in code_of
    }
    states = (code.upper() for states in same.get("states", {}).values() for code in states.values())
    return (frozenset([*_iso_codes(), *states]) if names else frozenset()), names


@cache
def _iso_codes() -> tuple[str, ...]:
    schema = json.loads((SCHEMAS / "profile.json").read_text(encoding="utf-8"))
    return tuple(schema["$defs"]["country"]["enum"])


def _check_graduation(source: Source, student: Mapping[str, Any], today: date | None) -> None:
    month = student.get("graduates")
    if today and month and month < today.isoformat()[:7] and student.get("enrolled", True):
        source.problem(
            ["student", "graduates"],
            f"{month} is past: say `enrolled: false`, or when you finish what you study for now, such as"
            f" {today.year + 1}-06",
        )


def _check_weights(source: Source, criteria: Collection[str], wants: Mapping[str, Any]) -> None:
    weights = source.value.get("weights", {})
    unasked = {name: wish for name, wish in ASKED_FOR.items() if not wants.get(wish)}
    for name in weights:
        if name not in criteria:
            hint = did_you_mean(name, list(criteria)) or f"; there are {', '.join(criteria)}"
            source.problem(["weights", name], f"unknown criterion {name!r}{hint}", key=True)
        elif name in unasked:
            source.problem(["weights", name], f"{name} counts for nothing without wants.{unasked[name]}", key=True)
    if weights and not any(weights.get(name, 1) for name in criteria if name not in unasked):
        source.problem(["weights"], "every weight is 0: nothing would be ranked")


def _refuse_all(sources: Iterable[Source]) -> None:
    problems = [problem for source in sources for problem in source.problems]
    if problems:
        raise ConfigError(problems)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
