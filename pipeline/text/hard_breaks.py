"""Lines that were broken at a width, in the middle of their sentences, made whole again.

A line goes on in the one right below it, across an empty line only where that begins with a small letter. Three
things show it: the line ends in a word that no sentence ends in, the next stands indented under its bullet, or
the whole text is broken at a width and the next line's first word had no room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Line = tuple[str, str]  # its kind (heading, bullet, paragraph) and its text

_GOES_ON = re.compile(  # no line ends with such a word but one that was broken
    r"(?:,|(?:^| )(?:and|or|of|the|an?|to|with|in|for|our|your|by|from|as|at|on|is|are|that|you|we|has|have"
    r"|und|oder|der|die|mit|et|de|des|du|la|le|les|un|une|en|au|aux|dans|pour|avec|sur|par))$"
)
_JOINS = re.compile(r"[^;] (?:and|the|an?|of|und|et)$")  # the same, whatever word the next line begins with
_OPTION = re.compile(r" (?:or|oder|ou)$")  # the same in a bullet; without one it may lead to the next option
_CLOSES = re.compile(r"[^(]{1,130}\)")  # a bracket that the line above has opened
_BESIDE = "0123456789(äöüéà"  # what a line that goes on may begin with, beside a small letter
WRAPPED = 3  # lines that surely go on, or had no room, from which the whole text is taken to be broken
WIDE = 45  # characters of a line that may have been broken there
MOST = 0.6  # of the lines that may go on, those without room
WIDEST = 130  # characters; a text whose lines are wider is broken at no width
NARROWEST = 40
MARGIN = 0.85  # of the width: where the words of a file were set in a type of their own, lines are ragged
LONGEST_WORD = 8  # characters of the words that go on, and the space before them
ENDS = ".:;!?。！？"


def unwrapped(lines: list[Line], raw: Sequence[str], origin: Sequence[int]) -> list[Line]:
    """The lines, those put together that were one.

    `raw`: the lines of the text as they came; `origin`: for each of `lines` the number of its own in `raw`.
    """
    below = [
        at
        for at in range(1, len(lines))
        if lines[at][0] != "bullet" and (lines[at][1][0].islower() or origin[at] == origin[at - 1] + 1)
    ]
    joined = {
        at
        for at in below
        if _goes_on(lines[at - 1], lines[at]) or _hangs(lines[at - 1], lines[at], raw[origin[at - 1]], raw[origin[at]])
    }
    if len(joined) >= WRAPPED:
        joined |= {at for at in below if _is_small(lines[at][1]) and _is_open(lines[at - 1])}
    if width := _width(lines, raw, origin, below):
        listed = all(kind != "bullet" for kind, _ in lines) and any(len(line) > width for line in raw)
        joined |= {
            at for at in below if _is_broken(lines[at - 1], lines[at], raw[origin[at - 1]], width, listed=listed)
        }
    if not joined:
        return lines
    pieces: list[tuple[str, list[str]]] = []
    for at, (kind, line) in enumerate(lines):
        if at in joined:
            pieces[-1][1].append(line)
        else:
            pieces.append((kind, [line]))
    return [(kind, " ".join(parts)) for kind, parts in pieces]


def _is_small(line: str) -> bool:
    return line[0].islower() or line[0] in _BESIDE


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a line ends in the middle of its sentence for sure: “… are pursuing a Bachelor's or”."""
    if above[0] == "heading" or line[1][-1] == ":":
        return False
    if line[1][0].islower():
        return _GOES_ON.search(above[1][-LONGEST_WORD:]) is not None
    if above[1].rfind("(") > above[1].rfind(")") and _CLOSES.match(line[1]):
        return True
    end = above[1][-LONGEST_WORD:]
    if above[0] == "bullet" and _OPTION.search(end):
        return True
    return line[1][0].isalpha() and _JOINS.search(end) is not None


def _hangs(above: Line, line: Line, raw_above: str, raw: str) -> bool:
    """Whether a line stands indented under the words of its bullet, in the middle of their sentence."""
    if above[0] != "bullet" or above[1][-1] in ENDS or line[0] == "heading" or not _is_small(line[1]):
        return False
    return _indent(raw) >= _indent(raw_above) + 2


def _is_open(above: Line) -> bool:
    """Whether a line may go on in the next: it is wide, no heading, and without an end."""
    kind, text = above
    wide = len(text) >= WIDE or _GOES_ON.search(text[-LONGEST_WORD:]) is not None
    return kind != "heading" and wide and text[-1] not in ENDS


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip(" \t"))


def _width(lines: list[Line], raw: Sequence[str], origin: Sequence[int], below: list[int]) -> int:
    """The width in characters that the text is broken at; 0 where it is broken at none."""
    small = [at for at in below if lines[at - 1][1][-1] not in ENDS and lines[at][1][0].islower()]
    if len(small) < WRAPPED - 1:
        return 0
    width = max(len(raw[origin[at - 1]].rstrip()) for at in small)
    if not NARROWEST <= width <= WIDEST:
        return 0
    full = sum(_is_full(raw[origin[at - 1]], lines[at][1], width) for at in small)
    least = WRAPPED if any(len(line) > width for line in raw) else WRAPPED - 1
    return width if full >= max(least, MOST * len(small)) else 0


def _is_broken(above: Line, line: Line, raw_above: str, width: int, *, listed: bool) -> bool:
    """Whether a line of a text that is broken at a width was broken there: “… (Power BI,” before “Tableau)”.

    `listed`: the items of the text may have lost their marks, so that a capital may begin the next.
    """
    if above[1][-1] == ":" or (line[0] == "heading" and line[1][-1] == ":"):
        return False
    if line[1][0].islower():
        return _is_full(raw_above, line[1], width, MARGIN)
    if above[0] == "heading" or above[1][-1] in ENDS:
        return False
    if _is_small(line[1]):
        return _is_full(raw_above, line[1], width, MARGIN)
    goes_on = _GOES_ON.search(above[1][-LONGEST_WORD:]) is not None
    return (goes_on or not listed) and _is_full(raw_above, line[1], width)


def _is_full(raw_above: str, line: str, width: int, least: float = 1) -> bool:
    """Whether the next line's first word had no room in a line; `least` is the part of the width that is full."""
    filled = len(raw_above.rstrip())
    return filled <= width and filled + 1 + len(line.split(" ", 1)[0]) > width * least
