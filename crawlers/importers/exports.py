"""Lists that another program wrote: CSV with a heading, JSON, JSON lines; columns by their names in five languages."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawlers.answers import json_answer
from crawlers.fields import Unreadable, day, epoch, markup, numeral
from crawlers.importers.building import Found
from crawlers.importers.charset import decoded
from crawlers.records import spots

MAX_FILE = 32_000_000  # bytes
NAMES = {  # letters only, as "Job Title", job_title and jobTitle are one name
    "url": (
        "url", "link", "joburl", "joblink", "postingurl", "jobpostingurl", "applyurl", "applicationlink", "applylink",
        "adresse", "stellenlink", "lien", "lienoffre", "urldeloffre", "enlace", "链接", "网址",
    ),
    "title": (
        "title", "jobtitle", "position", "role", "jobname", "titel", "stelle", "stellentitel", "stellenbezeichnung",
        "titre", "poste", "intitule", "intituleduposte", "titulo", "puesto", "cargo", "titolo",
        "职位", "岗位", "职位名称",
    ),
    "company": (
        "company", "companyname", "employer", "employername", "organization", "organisation", "organizationname",
        "firma", "unternehmen", "arbeitgeber", "entreprise", "societe", "employeur", "empresa", "azienda",
        "公司", "公司名称",
    ),
    "location": (
        "location", "city", "place", "joblocation", "locations", "ort", "standort", "arbeitsort", "lieu", "ville",
        "localisation", "ubicacion", "lugar", "ciudad", "luogo", "sede", "地点", "工作地点", "城市",
    ),
    "text": (
        "description", "text", "jobdescription", "details", "notes", "beschreibung", "stellenbeschreibung",
        "descriptif", "descripcion", "descrizione", "描述", "职位描述",
    ),
    "open": ("active", "isactive", "isopen", "aktiv"),
    "posted": (
        "posted", "dateposted", "postedat", "posteddate", "publishedat", "datum", "veroffentlicht", "datedepublication",
        "fechadepublicacion", "发布日期",
    ),
}  # fmt: skip
CLOSED = (False, 0, "false", "no", "0", "nein", "non")  # what says of a job that it is not open
MILLISECONDS = 1e11  # since 1970 from which a number counts these, not seconds
Complain = Callable[[str], None]


def csv_file(path: Path, complain: Complain) -> Iterator[Found]:
    """A row per job. Raises Unreadable where no column holds links, or its charset cannot be told."""
    text, assumed = decoded(_bytes(path))
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        if "url" not in _known(rows.fieldnames or ()):
            raise Unreadable(f"no column of links: name it {NAMES['url'][0]} or {NAMES['url'][1]}")
        yield from (replace(_found(row), assumed=assumed) for row in rows)
    except csv.Error as error:
        raise Unreadable(f"line {rows.line_num}: {error}") from error


def json_file(path: Path, complain: Complain) -> Iterator[Found]:
    """A list of objects, or an object that holds one. Raises Unreadable."""
    content = json_answer(_bytes(path))
    if isinstance(content, dict):
        content = next((value for value in content.values() if isinstance(value, list)), [content])
    if not isinstance(content, list):
        raise Unreadable("no list of jobs in it")
    yield from _objects(content, complain)


def json_lines(path: Path, complain: Complain) -> Iterator[Found]:
    """An object per line; a line that is none is told and left out."""
    for number, line in enumerate(_bytes(path).splitlines(), 1):
        if line.strip():
            try:
                yield from _objects([json_answer(line)], complain)
            except Unreadable as error:
                complain(f"line {number}: {error}")


def _objects(rows: list[Any], complain: Complain) -> Iterator[Found]:
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            yield _found(row)
        else:
            complain(f"entry {number}: no object")


def _known(names: Any) -> dict[str, str]:
    """Field -> the column that holds it."""
    columns = {_letters(name): name for name in reversed(list(names)) if isinstance(name, str)}
    return {field: columns[alias] for field, wanted in NAMES.items() for alias in wanted[::-1] if alias in columns}


def _letters(name: str) -> str:
    """A column's name without accents, signs and capitals."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", name).casefold()))


def _found(row: dict[Any, Any]) -> Found:
    """A job; what is said in a list or in a named thing is its text, what is no longer open is left out."""
    known = _known(row)
    stands = row.get(known.pop("open", None))
    if (stands.strip().lower() if isinstance(stands, str) else stands) in CLOSED:
        return Found("", left_out="no longer open")
    values: dict[str, Any] = {}
    unread = []
    for field, name in known.items():
        try:
            values[field] = READ.get(field, _words)(row, name)
        except Unreadable:
            unread.append(name)
    told = {name: value for name, value in values.items() if value}
    return Found(**({"url": "", "source": "export", "not_understood": tuple(unread)} | told))


def _words(row: dict[Any, Any], name: str) -> str:
    return "; ".join(spots(row, name))


def _day(row: dict[Any, Any], name: str) -> str | None:
    """A day as ISO 8601 has it, or as seconds or milliseconds since 1970. Raises Unreadable."""
    try:
        return day({name: str(row[name])} if isinstance(row[name], int) else row, name)
    except Unreadable:
        since = numeral(row, name)
        at = epoch({name: since}, name, per_second=1000 if (since or 0) >= MILLISECONDS else 1)
        return at and at[:10]


READ: dict[str, Callable[[dict[Any, Any], str], str | None]] = {"text": markup, "posted": _day}  # else: words


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise Unreadable(f"larger than {MAX_FILE:,} bytes: not read")
    return path.read_bytes()
