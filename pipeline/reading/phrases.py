"""The notation in which config/vocabulary writes phrases, and how a phrase is looked for.

    machine learning     words, with a space or a hyphen between them
    pursu*               any ending
    (bs|ba) in           alternatives
    currently [a] student   a part that may be left out, at the beginning too
    require .. degree    up to four words between
    <n> employees        a number in digits, thousands grouped or not, with k or + behind it
    <w> of us            a number in words, of any language that is read
    =Go                  exactly this case

Most phrases are a handful of plain wordings and are looked for as such; the few that are more (many
alternatives, gaps, numbers) and very short words become expressions. No text of a posting enters here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from math import prod
from typing import NamedTuple

from pipeline.reading.number_words import SEVERAL
from pipeline.text.characters import fold

MOST_WORDINGS = 100  # more, and an expression is smaller
SHORTEST = 5  # characters; a shorter single word stands inside too many others to be looked for plainly
MOST_JOINTS = 5  # spaces of a wording that are looked for as hyphens too
NUMBER = r"\d[\d.,']{0,9}(?: \d{3}){0,2}(?: ?k)?(?: ?\+)?"
NUMBER_WORD = rf"(?:{'|'.join(SEVERAL)})"
GAP = r"(?:[ ,/(\-]{1,3}[\w'.+]+){0,4}[ ,/(\-]{1,3}"
WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
WIDE = "\u2e80"  # from here on, scripts that part their words by nothing
_LEFT_OUT_FIRST = re.compile(r"\[([^\[\]()]{1,200}+)\] {1,9}+(?=\S)")
_OPENS_CHOICE = re.compile(r"\(| \[|'")
_CLOSES = {"(": ")", " [": "]", "'": "'"}
_PIECES = {" ": r"[ \-]{1,2}", "*": r"\w*", "(": "(?:", ")": ")", "|": "|", "'": "'?"}


class Wording(NamedTuple):
    """A plain wording of a phrase, in the characters of a folded text."""

    text: str
    exact: bool  # case counts
    open_end: bool  # any ending


def parts(phrase: str) -> Iterator[str]:
    """A phrase as several: one of nothing but alternatives, and one with and without what may be left out first."""
    mark, body = ("=", phrase[1:]) if phrase.startswith("=") else ("", phrase)
    if first := _LEFT_OUT_FIRST.match(body):
        rest = body[first.end() :]
        yield from parts(mark + rest)
        yield from parts(f"{mark}({first[1]}) {rest}")
    elif body.startswith("(") and body.endswith(")") and body.count("(") == 1:
        yield from (mark + part for part in body[1:-1].split("|"))
    else:
        yield phrase


def wordings(phrase: str) -> list[Wording] | None:
    """The plain wordings of a phrase, or None where it has to be an expression."""
    exact, body = phrase.startswith("="), fold(phrase.removeprefix("=")).strip()
    if not _balanced(body):
        return [Wording(body, exact, open_end=False)]
    if " .. " in body or "<n>" in body or "<w>" in body or "*" in body[:-1]:
        return None
    found = _expand(body)
    if found is None:
        return None
    return [Wording(text.rstrip("*"), exact, text.endswith("*")) for text in found]


def spellings(wording: Wording) -> list[str]:
    """A wording with spaces and with hyphens between its words, in every mixture."""
    return _joined(wording.text) if wording.text.count(" ") <= MOST_JOINTS else [wording.text]


def short_word(text: str) -> bool:
    """Whether it stands inside so many other words that it is better looked for with its borders."""
    return len(text) < SHORTEST and text.isascii() and text[0] in WORD and text[-1] in WORD


def bordered(text: str, open_end: bool) -> str:
    """A short word as an expression."""
    return rf"\b{re.escape(text)}" + ("" if open_end else r"\b")


def _joined(text: str) -> list[str]:
    head, space, rest = text.partition(" ")
    return [head + joint + more for more in _joined(rest) for joint in " -"] if space else [text]


def _balanced(body: str) -> bool:
    """Whether its brackets are notation: each closed, none inside another. Else they are only characters."""
    inside = ""
    for char in body:
        if char in "([":
            if inside:
                return False
            inside = char
        elif char in ")]":
            if inside != {")": "(", "]": "["}[char]:
                return False
            inside = ""
    return not inside


def _expand(body: str) -> list[str] | None:
    """Every wording of a phrase of alternatives and parts to leave out; None where they are too many."""
    pieces, at = [], 0
    for start, end, options in _choices(body):
        pieces += [[body[at:start]], options]
        at = end
    if prod(map(len, pieces)) > MOST_WORDINGS:
        return None
    return ["".join(chosen) + body[at:] for chosen in product(*pieces)]


def _choices(body: str) -> Iterator[tuple[int, int, list[str]]]:
    """Where the choices of a phrase stand, and what may stand there."""
    end = 0
    while opens := _OPENS_CHOICE.search(body, end):
        start = opens.start()
        end = body.index(_CLOSES[opens[0]], start) + 1
        inside = body[opens.end() : end - 1]
        if opens[0] == "(":
            options = inside.split("|")
        elif opens[0] == " [":  # the space goes with the part it leads to
            options = ["", *(f" {part}" for part in inside.split("|"))]
        else:
            options = ["'"]
        yield start, end, [text for option in options for text in _apostrophes(option)]


def _apostrophes(text: str) -> Iterator[str]:
    """The text with each of its apostrophes, and without."""
    head, apostrophe, rest = text.partition("'")
    for more in _apostrophes(rest) if apostrophe else ("",):
        yield head + apostrophe + more
        if apostrophe:
            yield head + more


def expression(phrase: str) -> str:
    """A phrase as an expression over a folded text."""
    body = fold(phrase.removeprefix("=")).strip()
    out, index = [], 0
    while index < len(body):
        if body.startswith(" .. ", index):
            out.append(GAP)
            index += 4
        elif body.startswith(("<n>", "<w>"), index):
            out.append(NUMBER if body[index + 1] == "n" else NUMBER_WORD)
            index += 3
        elif body.startswith(" [", index):  # the space goes with the part it leads to
            close = body.index("]", index)
            out.append(rf"(?:[ \-]{{1,2}}(?:{_pieces(body[index + 2 : close])}))?")
            index = close + 1
        else:
            out.append(_pieces(body[index]))
            index += 1
    first, last = body.lstrip("(|")[0], body.rstrip("*])|")[-1]
    starts_in_word = (first < WIDE and (body[0] in WORD or body[0] == "(")) or body.startswith(("<n>", "<w>"))
    ends_in_word = last < WIDE and (body[-1] in WORD or body[-1] in "*])")
    return (r"\b" if starts_in_word else "") + "".join(out) + (r"\b" if ends_in_word else "")


def _pieces(part: str) -> str:
    return "".join(_PIECES.get(char) or (char if char.isalnum() else re.escape(char)) for char in part)
