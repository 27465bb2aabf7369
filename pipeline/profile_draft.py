"""A first profile.yaml from a résumé or from the student's own repositories, every guess with where it was found.

Reads files within limits and draws no conclusion it does not mark; the student edits the YAML. What counts
as a skill or a degree is the reading's business: the functions that find them in a text are handed in.
"""

from __future__ import annotations

import json
import logging
import os
import re
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.models import LEVELS
from pipeline.profile_questions import MONTHS

LARGEST = 10_000_000  # bytes of a résumé
UNPACKED = 50_000_000  # bytes of a DOCX, which is a ZIP
PAGES = 40
LETTERS = 200_000
FILES = 20_000  # looked at in a folder of repositories
SOURCES = {
    ".py": "python", ".ipynb": "jupyter", ".r": "r", ".sql": "sql", ".java": "java", ".cpp": "c++", ".cc": "c++",
    ".c": "c", ".cs": "c#", ".m": "matlab", ".scala": "scala", ".js": "javascript", ".ts": "typescript", ".go": "go",
    ".rs": "rust", ".jl": "julia", ".sh": "bash", ".cu": "cuda",
}  # fmt: skip
MANY = 5  # source files of a language that is more than tried
GRADUATION = re.compile(
    r"(?:expected|anticipated|graduat\w*|until|–|-|to)\W{0,20}(?:graduation\W{0,5})?"
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (?P<year>20[2-4]\d)",
    re.I,
)
SKIPPED = ("node_modules", "site-packages", "__pycache__", "venv", "env", "build", "dist")  # and hidden folders
GPA = re.compile(r"\bgpa\b\W{0,5}(?P<gpa>[0-3]\.\d{1,2}|4\.00?)(?!\d|\s*/\s*(?:5|10|20|100)\b)", re.I)


CLAUSE = re.compile(r"(?<=[.;!?])\s+|;|,?\s+(?:but|aber|mais)\s+", re.I)
DENIED = re.compile(  # a clause that says what the student cannot do, or has not done
    r"\b(?:not (?:yet |very |really )?(?:familiar|comfortable|experienced|fluent|used|know|worked|learn\w*)|unfamiliar"
    r"|(?:no|without|lack\w*|little) (?:\w+ ){0,2}(?:experience|knowledge|background)|never (?!mind)"
    r"|(?:do|did|have|had)n['’]?t\b|(?:do|did|have) not\b|keine?\b|noch nicht|nie\b|jamais|aucune?\b)",
    re.I,
)
LANGUAGES = re.compile(
    r"\W*(?:languages?|sprachen|sprachkenntnisse|langues|idiomas|lingue|语言)\b(?:[^:：]{0,20}[:：])?", re.I
)
PUBLICATIONS = re.compile(
    r"\W*(?:selected )?(?:publications?|papers|publikationen|veröffentlichungen|publicaciones|论文)\b[\s:：]*", re.I
)
SOME = re.compile(r"\b(?:a[12]|basic\w*|beginner|elementary|learning|grundkenntnisse|notions|débutant|básico)\b", re.I)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class DraftError(ValueError):
    """A résumé or folder that cannot be read; the message says what to do."""


@dataclass
class Found:
    """What was found, each with the words or files that say so."""

    skills: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    often: set[str] = field(default_factory=set)  # skills in more than a few files
    level: tuple[str, str] | None = None  # value, where
    graduates: tuple[str, str] | None = None
    gpa: tuple[float, str] | None = None
    publications: tuple[int, str] | None = None
    languages: tuple[list[str], str] | None = None


def resume_text(path: Path) -> str:
    """The text of a résumé: PDF, DOCX, or plain text. Raises DraftError."""
    if not path.is_file():
        raise DraftError(f"{path}: there is no such file")
    if path.stat().st_size > LARGEST:
        raise DraftError(f"{path}: larger than {LARGEST // 1_000_000} MB; save the text of it as .txt")
    readers: dict[str, Callable[[Path], Iterator[str]]] = {".pdf": _pdf, ".docx": _docx}
    try:
        parts = readers.get(path.suffix.lower(), _plain)(path)
        text = ""
        for part in parts:
            text += part + "\n"
            if len(text) > LETTERS:
                raise DraftError(f"{path}: more than {LETTERS:,} letters; a résumé is shorter")
    except DraftError:
        raise
    except ImportError as error:
        raise DraftError(f"{path}: reading it needs {error.name}: pip install 'reachlist[resume]'") from error
    except Exception as error:  # a broken file fails in as many ways as there are libraries
        raise DraftError(f"{path}: cannot be read ({type(error).__name__}); save the text of it as .txt") from error
    if not text.strip():
        raise DraftError(f"{path}: holds no text (a scan?); save the text of it as .txt")
    return text


def _pdf(path: Path) -> Iterator[str]:
    import pypdf  # noqa: PLC0415 -- optional

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # a file that cannot be read is told in our words
    pages = pypdf.PdfReader(path).pages
    if len(pages) > PAGES:
        raise DraftError(f"{path}: {len(pages)} pages; a résumé has fewer than {PAGES}")
    for page in pages:
        yield page.extract_text()


def _docx(path: Path) -> Iterator[str]:
    import docx  # noqa: PLC0415 -- optional

    with zipfile.ZipFile(path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > UNPACKED:
        raise DraftError(f"{path}: more than {UNPACKED // 1_000_000} MB when unpacked; save the text of it as .txt")
    document = docx.Document(str(path))
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def _plain(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    if b"\0" in raw:
        raise DraftError(f"{path}: is neither PDF, DOCX nor text")
    yield raw.decode("utf-8-sig", errors="replace")


Named = Callable[[str], Iterable[tuple[str, str]]]  # a text -> (what it names, its words)


def from_resume(text: str, skills: Named, degrees: Named, languages: Named = lambda _: ()) -> Found:
    """What a résumé says; of the levels of study it names the highest, for it is the one being studied for.

    What it says the student cannot do is no skill, and a language of which it says no more than some is not spoken.
    """
    found = Found()
    for number, line in enumerate(text.splitlines(), 1):
        claimed = " ".join(clause for clause in CLAUSE.split(line) if not DENIED.search(clause))
        for name, _ in skills(claimed) if claimed.strip() else ():
            where = f"résumé, line {number}: “{_short(line)}”"
            if len(found.skills[name]) < 2 and where not in found.skills[name]:
                found.skills[name].append(where)
    if at := GRADUATION.search(text):
        month = f"{at['year']}-{MONTHS[at['month'].lower()]:02}"
        found.graduates = month, f"résumé: “{' '.join(at[0].split())}”"
    if named := list(degrees(text)):
        level, words = max(named, key=lambda one: LEVELS.index(one[0]))
        found.level = level, f"résumé: “{words}”"
    if at := GPA.search(text):
        found.gpa = float(at["gpa"]), f"résumé: “{at[0]}”"
    if papers := [entry for entry in _section(text, PUBLICATIONS) if YEAR.search(entry)]:
        found.publications = len(papers), f"résumé: “{_short(papers[0])}”: count them yourself"
    parts = [part for entry in _section(text, LANGUAGES) for part in re.split(r"[,;|•·]", entry)]
    if spoken := {name: None for part in parts if not SOME.search(part) for name, _ in languages(part)}:
        found.languages = list(spoken), f"résumé: “{_short(', '.join(part.strip() for part in parts))}”"
    return found


def _section(text: str, heading: re.Pattern[str]) -> list[str]:
    """What stands behind a heading in its line, or else in the lines below it, up to an empty one."""
    lines = text.splitlines()
    found: list[str] = []
    for number, line in enumerate(lines):
        if at := heading.match(line):
            rest = line[at.end() :].strip()
            found += [rest] if rest else takewhile(str.strip, lines[number + 1 :])
    return found


def from_repositories(
    directory: Path, known: Iterable[str], packages: Mapping[str, Iterable[str]] = MappingProxyType({})
) -> Found:
    """What a folder of the student's repositories uses: languages by files, libraries by dependencies.

    `packages`: skill -> what it is installed as (config/vocabulary/packages.yaml).
    """
    if not directory.is_dir():
        raise DraftError(f"{directory}: there is no such folder")
    names = {name.replace(" ", "-"): name for name in known}
    names |= {package: name for name in {*names.values()} & packages.keys() for package in packages[name]}
    files: Counter[str] = Counter()
    found = Found()
    for path in _files(directory):
        if path.suffix.lower() in SOURCES:
            files[SOURCES[path.suffix.lower()]] += 1
        if path.name == "Dockerfile":
            files["docker"] += 1
        for dependency in _dependencies(path):
            name = names.get(dependency.lower().replace("_", "-"))
            where = str(path.relative_to(directory))
            if name and f"dependency in {where}" not in found.skills[name]:
                found.skills[name].append(f"dependency in {where}")
    for name, count in files.items():
        found.skills[name].insert(0, "1 file" if count == 1 else f"{count} files")
    found.often = {name for name, count in files.items() if count >= MANY}
    return found


def _files(directory: Path) -> Iterator[Path]:
    """The files of the student's own, in order, up to FILES of them."""
    left = FILES
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED)
        for name in sorted(names):
            if left == 0:
                return
            left -= 1
            yield Path(folder) / name


def _dependencies(path: Path) -> list[str]:
    """The packages a dependency file names; none where it is something else or broken."""
    try:
        if re.fullmatch(r"requirements.*\.txt", path.name):
            return re.findall(r"^\s*([A-Za-z0-9_.-]+)", path.read_text(encoding="utf-8"), re.M)
        if path.name == "pyproject.toml":
            project = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {})
            return [re.split(r"[^\w.-]", one)[0] for one in project.get("dependencies", [])]
        if path.name == "package.json":
            return list(json.loads(path.read_text(encoding="utf-8")).get("dependencies", {}))
    except (OSError, ValueError, AttributeError, TypeError):
        return []
    return []


def draft(found: Iterable[Found], answers: Mapping[str, Any] | None = None) -> str:
    """The text of a profile.yaml: what was found, with where, what was answered, and a place for what was not."""
    found, answers = list(found), answers or {}
    level = next((one.level for one in found if one.level), None)
    graduates = next((one.graduates for one in found if one.graduates), None)
    gpa = next((one.gpa for one in found if one.gpa), None)
    publications = next((one.publications for one in found if one.publications), None)
    spoken = next(((_flow(one.languages[0]), one.languages[1]) for one in found if one.languages), None)
    skills: dict[str, list[str]] = defaultdict(list)
    for one in found:
        for name, where in one.skills.items():
            skills[name] += where
    lines = [
        "# A first draft. Read every line; a `#` says where it is from. Skills you would be asked about",
        "# without fear belong under strong; what you have only met, under learning.",
        "student:",
    ]
    answered = "your answer"
    lines += [
        _line(
            "level", *_first(answers.get("level"), answered, level, "bachelor", "not found: the degree you study for")
        ),
        "  enrolled: true",
        _line("graduates", *_first(answers.get("graduates"), answered, graduates, "null", "not found: YYYY-MM")),
        _line("gpa", *_first(None, answered, gpa, "null", "not found")),
        _line(
            "publications",
            *_first(answers.get("publications"), answered, publications, "0", "not found: your own papers"),
        ),
        "  years_experience: 0",
        f"  may_work_in: {_flow(answers.get('may_work_in') or []) if answers.get('may_work_in') else 'anywhere'}",
        f"  citizen_of: {_flow(answers.get('citizen_of', []))}",
        "  clearance: false",
        _line("languages", *_first(None, answered, spoken, "[en]", "not found: those you can work in")),
        "skills:",
    ]
    strong, working = answers.get("strong", []), answers.get("working", [])
    for name in {*strong, *working}:
        skills[name].append(answered)
    rest = skills.keys() - {*strong, *working}
    often = {name for name in rest if len(skills[name]) >= 2 or any(name in one.often for one in found)}
    lines += [
        *_listed("strong", sorted(strong), skills),
        *_listed("working", sorted({*working, *often} - {*strong}), skills),
        *_listed("learning", sorted(rest - often), skills),
    ]
    lines += ["wants:", "  roles: {core: 1.0, data: 0.5, adjacent: 0.25}", "  places: {anywhere: 1.0}"]
    return "\n".join(lines) + "\n"


def _first(answer: Any, answered: str, found: tuple[Any, str] | None, default: str, missing: str) -> tuple[str, str]:
    """The value of a line, and where it is from: the answer, else what was found, else the default."""
    if answer:
        return str(answer), answered
    return (str(found[0]), found[1]) if found else (default, missing)


def _flow(names: list[str]) -> str:
    return json.dumps(names)  # quoted: a bare NO, Norway, is `false` in YAML


def _short(line: str) -> str:
    text = " ".join(line.split())
    return text if len(text) <= 60 else text[:59] + "…"


def _line(key: str, value: str, where: str) -> str:
    return f"  {key}: {value}  # {_comment(where)}"


def _listed(key: str, names: list[str], where: Mapping[str, list[str]]) -> list[str]:
    if not names:
        return [f"  {key}: []"]
    return [f"  {key}:", *(f"    - {json.dumps(name)}  # {_comment('; '.join(where[name]))}" for name in names)]


def _comment(text: str) -> str:
    """One short line; control characters of a résumé do not reach the file."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:120]
