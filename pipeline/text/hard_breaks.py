"""Lines that were broken at a width, in the middle of their sentences, made whole again."""

from __future__ import annotations

import re

Line = tuple[str, str]  # its kind (heading, bullet, paragraph) and its text

_GOES_ON = re.compile(  # no line ends with such a word but one that was broken
    r"(?:,|(?:^| )(?:and|or|of|the|an?|to|with|in|for|our|your|by|from|as|at|on|is|are|that|you|we|has|have"
    r"|und|oder|der|die|mit|et|de|la))$"
)
_BEGINS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789äöüéà(")
WRAPPED = 3  # lines that surely go on, from which the whole text is taken to be broken at a width
WIDE = 45  # characters of a line that may have been broken there
MARK = 3  # characters of a bullet and its space, which the line has no more
LONGEST_WORD = 8  # characters of the words that go on, and the space before them
ENDS = ".:;!?。！？"


def unwrapped(lines: list[Line]) -> list[Line]:
    """The lines, those put together that were one; none where a text is not broken at a width."""
    small = [at for at, (_, line) in enumerate(lines) if line[0] in _BEGINS]
    if len(small) < WRAPPED:
        return lines
    follow = {at for at in small if at and lines[at][0] == "paragraph" and _is_open(lines[at - 1])}
    if sum(_GOES_ON.search(lines[at - 1][1][-LONGEST_WORD:]) is not None for at in follow) < WRAPPED:
        return lines
    width = max(len(lines[at - 1][1]) for at in follow)
    pieces: list[tuple[str, list[str]]] = []
    for at, (kind, line) in enumerate(lines):
        if at in follow or (
            at and kind != "bullet" and _is_open(lines[at - 1]) and _is_full(lines[at - 1], line, width)
        ):
            pieces[-1][1].append(line)
        else:
            pieces.append((kind, [line]))
    return [(kind, " ".join(parts)) for kind, parts in pieces]


def _is_open(above: Line) -> bool:
    """Whether a line may go on in the next: it is wide, no heading, and without an end."""
    kind, text = above
    return kind != "heading" and len(text) >= WIDE and text[-1] not in ENDS


def _is_full(above: Line, line: str, width: int) -> bool:
    """Whether the next line's first word had no room: “… (Power BI,” before “Tableau)”."""
    return len(above[1]) + 1 + len(line.split(" ", 1)[0]) > width - MARK
