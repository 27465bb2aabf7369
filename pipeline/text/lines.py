"""The lines of a description: headings, bullets and paragraphs told apart."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from string import ascii_lowercase, ascii_uppercase

from pipeline.text.characters import clean
from pipeline.text.hard_breaks import Line, unwrapped
from pipeline.text.lost_breaks import has_inline_bullet, unflattened
from pipeline.text.markup import (
    BOLD,
    BOLD_END,
    BREAK,
    BULLET,
    HEADING,
    HEADING_END,
    marked,
    unescaped,
    with_bold,
    without_marks,
)

LONGEST_HEADING = 160  # characters; what is longer is a text set in large type
RULES = "-=~*"  # the signs of a row that underlines a heading
LONGEST_UNDERLINED = 80  # characters of a line that a row of dashes below makes a heading
LONGEST_QUESTION = 60  # characters of a Spanish question that heads what follows
WRITTEN_BREAKS = 3  # “\\n” in a text, from which on they are its line breaks
LONGEST = 200_000  # characters of a description that are read

_EDGE_MARKS = re.compile(f"[{BULLET}{HEADING}{HEADING_END}]")  # those that stand at an end of their line
_BOLD_MARK = re.compile(f"([{BOLD}{BOLD_END}])")
_BULLET_LINE = re.compile(
    r"(?:[•·▪▸▹●◦‣∙○■□➢➤►✓✔✅◆❖⁃👉🔹🔸➡➜▶☑\ufe0f*+\-–—\uf0b7]{1,2}\s{1,4}|[•·▪▸●◦‣]|o\s{2,4}"
    r"|\(?(?:\d{1,2}[.)]|[a-h]\))\s{1,4})(?=\S)"
)
_GLUING = "0123456789.!?:;)%+#"  # what no capital follows within a word; “?” stands for all that is not ASCII
_SHAPES = bytearray(b" " * 256)  # for each byte: a capital, a small letter, what a glued capital may follow, the rest
for _signs, _shape in ((ascii_uppercase, "A"), (ascii_lowercase, "a"), (_GLUING, "."), ("\n", "\n")):
    for _sign in _signs:
        _SHAPES[ord(_sign)] = ord(_shape)
_MARKDOWN_HEADING = re.compile(r"\s{0,3}#{1,6}\s{1,4}(?=\S)|【(?=[^】]{2,12}】\s{0,9}$)")
_BRACKET_INSIDE = re.compile(r"(?<=[。；;.！!？? ])[ ]?(?=【[^】\n]{2,12}】)")  # where a line was lost
_IN_BRACKETS = re.compile(r"\[([^\[\]]{2,40})\]")  # “[Nice to have]”
_SIGNS = "=*_~★☆◆■✦✨"  # and a dash: what adorns a heading on both sides
_SET_APART = re.compile(
    rf"([{_SIGNS}\-])\1{{0,40}}[ ]?([^{_SIGNS}]{{2,60}}?)[ ]?\1{{1,40}}(:?)"
)  # “=== Your profile ===”
_COLON_DASH = re.compile(r" ?: ?[-–—]\Z")  # “Requirements:-”
_BRACKET_LEAD = re.compile(r"\s{0,3}【([^】\n]{2,12})】(?=[^\n])")


def lines(source: str, intact: Collection[str]) -> tuple[list[Line], str | None]:
    """The lines, and a note where the description could not be taken whole."""
    note = None
    if len(source) > 3 * LONGEST:
        source, note = source[: 3 * LONGEST], f"only the first {LONGEST:,} characters were read"
    text = marked(clean(_with_breaks(_unpacked(source))))
    if len(text) > LONGEST:
        text, note = text[:LONGEST], f"only the first {LONGEST:,} characters were read"
    if not text.strip():
        note = "empty" if note is None else note
    elif text.count("\ufffd") > len(text) // 10:
        note = "binary or wrongly encoded"
    text = unescaped(with_bold(text)).replace(BREAK, "\n")
    if "【" in text:
        text = _BRACKET_INSIDE.sub("\n", text)
    found: list[Line] = []
    origin: list[int] = []
    raws = text.split("\n")
    for number, (raw, shape) in enumerate(zip(raws, _shapes(text), strict=True)):
        if not raw or raw.isspace():
            continue
        if origin and origin[-1] == number - 1 and _is_rule(raw.strip()) and _is_underlined(found, origin, raws):
            found[-1] = "heading", found[-1][1]
            continue
        line = _simple_line(raw, shape)
        if line is None:
            found.extend(_classify(raw, intact))
        else:
            found.append(line)
        origin.extend([number] * (len(found) - len(origin)))
    return unwrapped(found, raws, origin), note


def _is_rule(line: str) -> bool:
    """A row of one sign: “-----”."""
    return line[0] in RULES and len(line) > 2 and line == line[0] * len(line)


def _is_underlined(found: list[Line], origin: list[int], raws: list[str]) -> bool:
    """Whether the last line stands alone above its underline, as headings of Markdown and reStructuredText do."""
    kind, line = found[-1]
    if kind == "bullet" or origin[-2:-1] == origin[-1:] or line[-1] in ".,;" or len(line) > LONGEST_UNDERLINED:
        return False
    return any(char.isalpha() for char in line) and not (origin[-1] and raws[origin[-1] - 1].strip())


def _unpacked(source: str) -> str:
    """The texts of a list that a program printed, `['About us', 'We make maps.']`, as lines; any other as it is."""
    source = source.strip()
    if source[:2] not in ("['", '["') or source[-2:] not in ("']", '"]'):
        return source
    try:
        parts = ast.literal_eval(source)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):  # all that literal_eval raises
        return source
    return "\n".join(parts) if all(isinstance(part, str) for part in parts) else source


def _with_breaks(source: str) -> str:
    """A text whose line breaks were written as they are in a program, `About us\\nWe make maps.`, with breaks."""
    written = source.count("\\n")
    if written < WRITTEN_BREAKS or written <= source.count("\n"):
        return source
    return source.replace("\\r", "").replace("\\n", "\n")


def _shapes(text: str) -> list[bytes]:
    """The shape of each line, by _SHAPES."""
    if BULLET in text or HEADING in text or HEADING_END in text:
        text = _EDGE_MARKS.sub(" ", text)
    return text.encode("ascii", "replace").translate(_SHAPES).split(b"\n")


def _simple_line(raw: str, shape: bytes) -> Line | None:
    """(kind, line) of a line of one kind; None where it may be of several, or Markdown, or have lost breaks."""
    if b"aA" in shape or b".A" in shape or b"AAAaaaa" in shape or "#" in raw:
        return None
    ascii_, bullet, heading = raw.isascii(), False, False
    if not ascii_:
        if BOLD in raw or BOLD_END in raw or "【" in raw:
            return None
        bullet, heading = BULLET in raw, HEADING in raw
        if bullet or heading or HEADING_END in raw:
            raw = _EDGE_MARKS.sub("", raw)
            ascii_ = raw.isascii()
    line = raw.strip() if ascii_ and "  " not in raw and "\t" not in raw else " ".join(raw.split())
    if not line:
        return None
    if line[-1] in "-–—":
        line = _COLON_DASH.sub(":", line)
    if not line[0].isalnum() and (inner := _set_apart(line)):
        return "heading", inner
    if (not line[0].isalpha() or line[0] == "o" or line[1:2] == ")") and (found := _BULLET_LINE.match(line)):
        line, bullet = line[found.end() :], True
    elif line[0] == "[" and (found := _IN_BRACKETS.fullmatch(line)):
        return "heading", found[1]
    if heading and not bullet and len(line) <= LONGEST_HEADING:
        return "heading", line
    if len(line) > 200 and line.count(" - ") >= 4:
        return None
    if has_inline_bullet(line):
        return None
    if bullet:
        return "bullet", line
    return ("heading" if _looks_like_heading(line, shape if ascii_ else None) else "paragraph"), line


def _classify(raw: str, intact: Collection[str]) -> Iterator[Line]:
    bullet = BULLET in raw
    heading = HEADING in raw
    if ("#" in raw or "【" in raw) and (mark := _MARKDOWN_HEADING.match(raw)) is not None:
        raw, heading = raw[mark.end() :].rstrip(" 】#"), True
    elif "【" in raw and (mark := _BRACKET_LEAD.match(raw)) is not None:
        yield "heading", mark[1]
        raw = raw[mark.end() :]
    bold = BOLD in raw and _all_bold(raw)
    line = " ".join((raw if raw.isascii() else without_marks(raw)).split())
    if not line:
        return
    line = _COLON_DASH.sub(":", line)
    if inner := _set_apart(line):
        yield "heading", inner
        return
    found = _BULLET_LINE.match(line)
    if found:
        line, bullet = line[found.end() :], True
    if heading and not bullet and len(line) <= LONGEST_HEADING:
        yield "heading", line
        return
    if bold and not bullet and len(line) <= 90:
        yield "heading", line
        return
    for index, piece in enumerate(unflattened(line, intact)):
        if bullet or (index and piece[1]):
            yield ("bullet", piece[0])
        elif BOLD in raw and index == 0 and (split := _bold_lead(raw, piece[0])):
            yield "heading", split[0]
            yield "paragraph", split[1]
        else:
            yield ("heading" if _looks_like_heading(piece[0]) else "paragraph", piece[0])


def _all_bold(raw: str) -> bool:
    outside, depth = [], 0
    for piece in _BOLD_MARK.split(raw):
        if piece == BOLD:
            depth += 1
        elif piece == BOLD_END:
            depth -= 1
        elif depth <= 0:
            outside.append(piece)
    return not without_marks("".join(outside)).strip(" :\t\u00a0\u2009\u202f-–")


def _bold_lead(raw: str, line: str) -> Line | None:
    """A bold lead-in ending in a colon, “**Requirements:** Python …”, as heading and rest."""
    lead = raw.lstrip(f" {BREAK}")
    if not lead.startswith(BOLD) or BOLD_END not in lead:
        return None
    head, rest = lead[1:].split(BOLD_END, 1)
    head = " ".join(without_marks(head).split())
    rest = " ".join(without_marks(rest).split())
    if head.endswith(":") or rest.startswith(":"):
        rest = rest.lstrip(": ")
        if head and rest and len(head) <= 60 and line.startswith(head):
            return head, rest
    return None


def _set_apart(line: str) -> str | None:
    """What a line holds between signs that only adorn it, where it looks like a heading."""
    found = _SET_APART.fullmatch(line)
    return found[2] if found and _looks_like_heading(found[2] + found[3]) else None


def _looks_like_heading(line: str, shape: bytes | None = None) -> bool:
    """Short, without a sentence's end, and set apart by a colon or by capitals; `shape` saves looking at them."""
    if len(line) > 80 or line[-1] in ".,;!" or line.count(" ") > 9:
        return False
    if shape is not None:
        capitals = shape.count(b"A")
        letters = capitals + shape.count(b"a")
    else:
        capitals, letters = sum(map(str.isupper, line)), sum(map(str.isalpha, line))
    if not letters:
        return False
    if line[-1] == ":" or line[-1] == "：":
        return True
    if letters > 5 and capitals > 0.85 * letters:
        return True
    if line[0] == "¿" and line[-1] == "?" and len(line) <= LONGEST_QUESTION:
        return True
    if "," in line or line.count(" ") > 6 or not line[0].isupper():
        return False
    words = line.split()
    big = sum(word[0].isupper() or not word[0].isalpha() or len(word) <= 3 for word in words)
    return big >= len(words) - 1
