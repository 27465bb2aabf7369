"""Where sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

_END = re.compile(r"[.!?。！？；](?:(?<=[。！？；])|[.!?]{0,2}[\"'”’)\]]{0,2}(?=\s|$))")
_ABBREVIATIONS = frozenset({
    "e.g", "eg", "i.e", "ie", "etc", "vs", "incl", "approx", "ca", "no", "nr", "st", "mr", "mrs", "ms", "dr", "prof",
    "inc", "ltd", "corp", "co", "dept", "univ", "ph", "b.s", "m.s", "b.a", "m.a", "b.sc", "m.sc", "b.eng", "m.eng",
    "b.tech", "m.tech", "ph.d", "u.s", "u.k", "a.i", "z.b", "u.a", "d.h", "bzw", "inkl", "ggf", "max", "min", "est",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "fig", "al",
    "mind", "evtl", "ggfs", "zzgl", "insb", "sog", "stud", "wiss", "v.a", "o.g", "i.d.r", *ascii_lowercase,
})  # fmt: skip
_LONGEST_ABBREVIATION = 12  # characters, its stop included
_BEFORE_ABBREVIATION = re.compile(r"[\s(/\"'-]")
_LOWER_NEXT = re.compile(r"\s{1,3}[a-zäöü(&]")
_DAY = re.compile(r"(?:\A|[^\d.,])[0-3]?\d\Z")
_MONTH_AND_YEAR = re.compile(r"\.\s[A-ZÄÖÜ][a-zäöü]{2,8}\.?\s20\d\d\b")
_ORDINAL = re.compile(  # behind the full stop of a German ordinal: “ab dem 5. Semester”, “3. Mai”
    r"\.\s(?:(?:Fach|Hochschul|Studien|Bachelor|Master)?[Ss]emester|(?:Studien|Ausbildungs|Lehr)jahr|Quartal|Jahrgang"
    r"|Januar|Jänner|Februar|Feber|März|Mai|Juni|Juli|Oktober|Dezember)(?![a-zäöü]{4})"
)
_MONTH = re.compile(r"\.\s(?:April|August|September|November)(?![a-zäöü]{4})")  # English too: “version 2. April …”
_DATED = re.compile(r"\b(?:am|zum|bis|ab|vom|dem|den|der|per|seit|nach|vor|spätestens|zwischen|und) [0-3]?\d\Z")
_MAY_END = ("etc.", "u.s.", "inc.", "ph.d.", "b.s.", "m.s.")  # abbreviations behind which a sentence may end
_LISTED_LETTER = re.compile(
    r"(?:\b(?:or|and|in|of|with|using|know|knows|oder|und|ou|et)|[,/:]) ?[RC]\.$"
)  # “Python or R.”, a language
_OR_FEMALE = re.compile(r"\w\w/[aoe]\.$")  # “un/a director/a. Los …”
_OPENS = re.compile(
    r"\s(?:We|You|The|This|Our|If|In|A|Must|Please|Candidates?|Applicants?|Experience|Strong|Proficien\w{1,3})\s"
)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, outer spaces left out."""
    spans = []
    at = start
    for stop, cut in _stops(text, start, end):
        if text[stop] == "." and cut < end:
            if _abbreviated(text, max(start, cut - _LONGEST_ABBREVIATION), cut) and not _clear_break(text, cut):
                continue
            if text[stop - 1].isdigit() and _in_date(text, start, stop):
                continue
            if not text[cut + 1].isupper() and _LOWER_NEXT.match(text, cut):
                continue
        elif cut < end and text[cut - 1] in ")]" and _LOWER_NEXT.match(text, cut):
            continue  # “send a mail (no formal letter!) by Friday”
        if cut > at:
            spans.append((at, cut))
        at = cut
        while at < end and text[at] == " ":
            at += 1
    if at < end:
        spans.append((at, end))
    return spans


def _in_date(text: str, start: int, stop: int) -> bool:
    """Whether the full stop is that of a day or another ordinal: “15. April 2026”, “5. Semester”."""
    if not _DAY.search(text[max(start, stop - 3) : stop]):
        return False
    if _MONTH_AND_YEAR.match(text, stop) or _ORDINAL.match(text, stop):
        return True
    return _MONTH.match(text, stop) is not None and _DATED.search(text[max(start, stop - 14) : stop]) is not None


def _stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where sentences may end: (the sign, behind it and what closes with it)."""
    part = text[start:end]
    if any(sign in part for sign in ("!?" if part.isascii() else "!?。！？；")):
        yield from (stop.span() for stop in _END.finditer(text, start, end))
        return
    dot = part.find(".")
    while dot >= 0:  # a full stop alone is found faster
        cut = dot + 1
        following = part[cut : cut + 1]
        if not following or following.isspace():
            yield start + dot, start + cut
        elif not following.isalnum() and (stop := _END.match(text, start + dot, end)):
            cut = stop.end() - start
            yield start + dot, start + cut
        dot = part.find(".", cut)


def _abbreviated(text: str, start: int, end: int) -> bool:
    """Whether what ends at a sign is an abbreviation with its full stop."""
    if text[end - 1] != "." or text.endswith("'s", start, end - 1):
        return False  # “you study for a Master's. Ideally, …”
    word = text[start : end - 1]
    word = word[word.rfind(" ") + 1 :]
    if not word.isalpha():
        word = _BEFORE_ABBREVIATION.split(word)[-1]
    return word.lower() in _ABBREVIATIONS


def _clear_break(text: str, cut: int) -> bool:
    """An abbreviation that may end a sentence, before a word that only starts one, or no abbreviation at all."""
    if _OR_FEMALE.search(text[max(0, cut - 6) : cut]):
        return text[cut + 1 : cut + 2].isupper()
    if text[cut - 2] in "RC" and _LISTED_LETTER.search(text[max(0, cut - 9) : cut]):
        return text[cut + 1 : cut + 2].isupper()
    return text[max(0, cut - 6) : cut].lower().endswith(_MAY_END) and _OPENS.match(text, cut) is not None
