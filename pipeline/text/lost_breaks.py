"""Line breaks and bullets that were lost on the way, put back: “… in SQLExperience with Python …” is two lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import pairwise

from pipeline.text.characters import beyond_ascii

_BULLETS = "•▪●◦‣∙■➢➤►✓✔❖\uf0b7"
_MAY_BE_BULLET = re.compile(f"[{_BULLETS}·]")
_INLINE_BULLET = re.compile(rf"[{_BULLETS}]|(?<=\s)·(?=[A-Z])")
_INLINE_DASH = re.compile(r" - (?<!\d - )(?![$€£\d])")  # not within a range of numbers or dates
_GLUE = re.compile(  # a capital that a lost line break left behind a small letter, a digit, a stop or an acronym,
    # or a number of years behind a letter: “SQL5+ years”
    r"[A-Z0-9](?<!\s.)(?:(?<=[a-z0-9)%”+#][A-Z])(?=[a-z’'])|(?<=[^\s(/,][.!?:;][A-Z])(?=[a-z’'])"
    r"|(?<=[A-Za-z:+#)][0-9])(?=[0-9]?(?: ?[-–] ?[0-9]{1,2})?[+]? (?:years?|yrs|months?)\b)"
    r"|(?<=PhD[A-Z])(?=[a-z]{2})|(?<=[a-z][0-9])(?=(?:st|nd|rd|th) [Yy]ear\b)|(?<=[a-z]{4}[CR])(?=, |[+#/])"
    r"|(?<=[a-z]{4}A)(?= [A-Za-z][a-z])|(?<=[a-z)]{2}[.!?:;][A-Z])|(?<=[a-z][A-Z])(?=[A-Z]{2})"
    r"|(?<=[A-Z]{3})(?=[a-z]{4})"
    r"|(?<=[ /]R[A-Z])(?=(?:xperience|bility|nowledge|amiliarity|nderstanding|roficien|xcellent|trong|urrently)))"
)
_TERM = re.compile(r"(?:20)?[23]\d(?:Fall|Spring|Summer|Winter)")
_CAPITAL_HEAD = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{1,24}\Z")
_CAPITAL_TAIL = re.compile(r"[A-Z]++[a-z]*+")
_WORD_END = re.compile(r"(?:[a-z]{4}[.!?:;]?|[a-z]{3}\))\Z")
_WORD_START = re.compile(r"[A-Z][a-z’']{3}|(?<!\.)[A-Z][a-z’']{2}(?= )|A (?=[a-z])|[0-9]")
_LETTERS = re.compile(r"[A-Za-z]{1,80}+")
_IN_ADDRESS = "/@=#_"  # signs of an address, a name in code or a tag, in which capitals stand as they like
LONGEST_WORD = 40  # characters
LONGEST_NAME = 200  # characters before or behind a capital in a word that may be one with capitals inside
SPARSE = 600  # characters for each sure break, from which on a text has lost none at its capital words


def has_inline_bullet(line: str) -> bool:
    if line.isascii() or not _MAY_BE_BULLET.search(beyond_ascii(line)):
        return False
    return _INLINE_BULLET.search(line) is not None


def unflattened(line: str, intact: Collection[str]) -> list[tuple[str, bool]]:
    """A line as (piece, is it a bullet) pairs, one where nothing was lost."""
    spans = [(0, len(line))]
    marks = list(_INLINE_BULLET.finditer(line)) if has_inline_bullet(line) else []
    if len(marks) < 2 and not (marks and (len(line) > 120 or line[: marks[0].start()].rstrip().endswith(":"))):
        marks = list(_INLINE_DASH.finditer(line)) if len(line) > 200 and line.count(" - ") >= 4 else []
    if marks:
        spans = list(zip([0, *(m.end() for m in marks)], [*(m.start() for m in marks), len(line)], strict=True))
    glued = [m.start() for m in _GLUE.finditer(line)]
    cuts = _breaks(line, glued, intact) if len(glued) >= 3 or (glued and len(line) > 300) else []
    if len(cuts) < 3 and len(line) <= 300:
        cuts = [at for at in glued if _is_certain(line, at, intact)]
    out: list[tuple[str, bool]] = []
    for index, (start, end) in enumerate(spans):
        inside = [start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end]
        out.extend((line[a:b].strip(), index > 0) for a, b in pairwise(inside))
    return [(piece, bullet) for piece, bullet in out if piece]


def _breaks(text: str, cuts: list[int], intact: Collection[str]) -> list[int]:
    """Those of the places that are lost breaks: a capital word may end in one (“SkillsYou”) or be a name (“SonarQube”).

    It is a name where it stands more than once, or where the text has lost few breaks elsewhere.
    """
    words = {at: word for at in cuts if (word := _capital_word(text, at))}
    cuts = [at for at in cuts if not _is_intact(text, at, intact)]
    sure = [at for at in cuts if at not in words]
    if len(sure) * SPARSE < len(text):
        return sure
    often = Counter(words.values())
    return [at for at in cuts if at not in words or often[words[at]] == 1]


def _capital_word(text: str, at: int) -> str | None:
    """The word with a capital at its start and at `at`, up to where its small letters end: “SonarQube”."""
    head = _CAPITAL_HEAD.search(text, max(0, at - LONGEST_WORD), at)
    tail = head and _CAPITAL_TAIL.match(text, at)
    return head[0] + tail[0] if head and tail else None


def _is_certain(text: str, at: int, intact: Collection[str]) -> bool:
    """Whether a break was lost there even where the line has lost no other: “… care.Requirements”, “skillsAble to”."""
    if not (_WORD_END.search(text, max(0, at - 6), at) and _WORD_START.match(text, at)):
        return False
    around = text[text.rfind(" ", 0, at) + 1 : at] + text[at:].split(" ", 1)[0]
    if any(sign in around for sign in _IN_ADDRESS):
        return False
    if not text[at - 1].isalpha():
        return True
    words = _LETTERS.finditer(text, max(0, at - LONGEST_WORD), at + LONGEST_WORD)
    word = next(found for found in words if found.end() >= at)
    named = word[0] in intact or word[0][0].upper() + word[0][1:] in intact  # “fastText”, “pyTorch”
    return text[word.start() : at].islower() and not named


def _is_intact(text: str, at: int, intact: Collection[str]) -> bool:
    """Whether a capital at `at` belongs inside its word (PyTorch, McKinsey) rather than to a lost break."""
    start, first = at, max(0, at - LONGEST_NAME)
    while start > first and (text[start - 1].isalnum() or text[start - 1] in "+#"):
        start -= 1
    end, last = at, min(len(text), at + LONGEST_NAME)
    while end < last and (text[end].isalnum() or text[end] in "+#"):
        end += 1
    word = text[start:end]
    if at - start <= 1 and at > start and text[start] != "R":  # iPhone, eCommerce; not “Python or RExperience …”
        return True
    if text[max(start - 2, 0) : start] in (", ", ".,", "((", " (") and text[end : end + 1] in (
        ",",
        ")",
    ):  # one of a list
        return True
    if _TERM.fullmatch(word):
        return True
    if word in intact or word.rstrip("s") in intact or word[:3] == "Mac" or (word[:2] == "Mc" and at - start == 2):
        return True
    return any(word.startswith(known) and at < start + len(known) for known in _heads(word, intact))


def _heads(word: str, intact: Collection[str]) -> Iterator[str]:
    return (word[:n] for n in range(len(word) - 1, 3, -1) if word[:n] in intact)
