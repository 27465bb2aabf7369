"""A posting's HTML or plain text as a Document: blocks, sentences, offsets.

Knows how text is laid out, not what it says: no word list, no reading of requirements. The Document's
text starts with the title, the locations and the board's own fields, each a block, so that whatever a
posting claims can be quoted as one span of one text. Nothing here raises on bad input; a text that could
not be taken whole carries a note.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.models import Posting, Quote

LONGEST = 200_000  # characters of body that are read

# Marks put into the tree so that one text pass keeps the structure; private use, removed from input first.
BREAK, BULLET, HEADING, HEADING_END, BOLD, BOLD_END = "\ue000\ue001\ue002\ue003\ue004\ue005"
_MARKS = re.compile("[\ue000-\ue005]")
_EDGE_MARKS = re.compile("[\ue001-\ue003]")  # those that stand at an end of their line
_TAG = re.compile(
    r"</?(?:p|br|li|ul|ol|div|span|h[1-6]|strong|b|em|i|u|a|table|tr|td|section|article|body|html|font|pre)[\s/>]",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(r"<(?:p|br|li|div|h[1-6]|tr)[\s/>]", re.IGNORECASE)
_TAG_MARKS = {  # what is put before and behind an element
    **dict.fromkeys(
        (
            "p",
            "div",
            "tr",
            "ul",
            "ol",
            "section",
            "article",
            "header",
            "footer",
            "table",
            "dt",
            "dd",
            "blockquote",
            "pre",
        ),
        (BREAK, BREAK),
    ),
    **dict.fromkeys(("br", "hr"), (BREAK, "")),
    "li": (BREAK + BULLET, BREAK),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), (BREAK + HEADING, HEADING_END + BREAK)),
    **dict.fromkeys(("strong", "b"), (BOLD, BOLD_END)),
}
_MARKED_TAG = re.compile(rf"<(/?)({'|'.join(_TAG_MARKS)})(?=[\s/>])[^<>]{{0,200}}+>?+", re.IGNORECASE)
_TABLE = re.compile(r"<table[\s/>]", re.IGNORECASE)
_BOLD_MARK = re.compile(f"([{BOLD}{BOLD_END}])")
_SPACE = re.compile(r"\s++")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_UNWANTED = re.compile(  # control, zero-width and bidi characters: no reader sees them, no reader should
    f"[{_CONTROLS}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SUSPECT = re.compile(  # a text without any of these is clean
    f"[{_CONTROLS}\r\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ue000-\ue005\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x80-\x9f]")
_TWICE_ENCODED = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BULLET_LINE = re.compile(
    r"(?:[•·▪▸▹●◦‣∙○■□➢➤►✓✔✅◆❖⁃*\-–—\uf0b7]{1,2}\s{1,4}|[•·▪▸●◦‣]|o\s{2,4}|\(?\d{1,2}[.)]\s{1,4})(?=\S)"
)
_INLINE_BULLET = re.compile("[•▪●◦‣∙■➢➤►✓✔❖\uf0b7]")
_INLINE_DASH = re.compile(r"(?<!\d) - (?![$€£\d])")  # not within a range of numbers or dates
_GLUING = "0123456789.!?:;)%+#"  # what no capital follows within a word; “?” stands for all that is not ASCII
_SHAPES = bytearray(b" " * 256)  # for each byte: a capital, a small letter, what a glued capital may follow, the rest
for _signs, _shape in ((ascii_uppercase, "A"), (ascii_lowercase, "a"), (_GLUING, "."), ("\n", "\n")):
    for _sign in _signs:
        _SHAPES[ord(_sign)] = ord(_shape)
_GLUE = re.compile(  # a capital that a lost line break left behind a small letter, a digit, a stop or an acronym
    r"[A-Z](?:(?<=[a-z0-9.!?:;)%”+#][A-Z])(?=[a-z’'])|(?<=[a-z)]{2}[.!?:;][A-Z])|(?<=[a-z][A-Z])(?=[A-Z]{2})"
    r"|(?<=[A-Z]{3})(?=[a-z]{4}))"
)
_MARKDOWN_HEADING = re.compile(r"\s{0,3}#{1,6}\s{1,4}(?=\S)|【(?=[^】]{2,12}】\s{0,9}$)")
_MARKDOWN_BOLD = re.compile(r"(?:\*\*|__)(?=\S)([^*_\n]{1,160})(?:\*\*|__)")
_BRACKET_LEAD = re.compile(r"\s{0,3}【([^】\n]{2,12})】(?=[^\n])")
_WORD = re.compile(r"[\w.+#]++")
_END = re.compile(r"[.!?。！？；](?:(?<=[。！？；])|[.!?]{0,2}[\"'”’)\]]{0,2}(?=\s|$))")
_ABBREVIATIONS = frozenset({
    "e.g", "i.e", "etc", "vs", "incl", "approx", "ca", "no", "nr", "st", "mr", "mrs", "ms", "dr", "prof", "inc", "ltd",
    "corp", "co", "dept", "univ", "ph", "b.s", "m.s", "b.a", "m.a", "b.sc", "m.sc", "b.eng", "m.eng", "b.tech",
    "m.tech", "ph.d", "u.s", "u.k", "a.i", "z.b", "u.a", "d.h", "bzw", "inkl", "ggf", "max", "min", "est", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "fig", "al", *ascii_lowercase,
})  # fmt: skip
_LONGEST_ABBREVIATION = 12  # characters, its stop included
_BEFORE_ABBREVIATION = re.compile(r"[\s(/\"'-]")
_LOWER_NEXT = re.compile(r"\s{1,3}[a-zäöü(&]")


class Block(NamedTuple):
    """One line of the layout: `text[start:end]`, markers of bullets left out."""

    start: int
    end: int
    kind: str  # title, location, field, heading, bullet, paragraph


@dataclass(frozen=True, slots=True)
class Document:
    """A posting's text with its structure; every quote is a span of `text`."""

    text: str
    blocks: tuple[Block, ...]
    note: str | None = None

    def quote(self, start: int, end: int) -> Quote:
        return Quote(start, end, self.text[start:end])

    @property
    def body(self) -> str:
        """The posting's own text, without the header blocks."""
        first = next((b.start for b in self.blocks if b.kind in ("heading", "bullet", "paragraph")), len(self.text))
        return self.text[first:]


def document(posting: Posting, intact: Collection[str] = frozenset()) -> Document:
    """The posting as a Document.

    `intact`: words with inner capitals (PyTorch, GitHub) that must not be taken for a lost line break.
    """
    header = [("title", posting.title), ("location", posting.location)]
    if posting.employment:
        header.append(("field", f"Employment type: {posting.employment}"))
    if posting.workplace:
        header.append(("field", f"Workplace: {posting.workplace}"))
    if posting.department:
        header.append(("field", f"Department: {posting.department}"))
    if posting.pay:
        low, high = (f"{end:,.2f}".removesuffix(".00") for end in (posting.pay.min, posting.pay.max))
        header.append(("field", f"Pay: {posting.pay.currency} {low} - {high} per {posting.pay.period}"))
    if posting.deadline:
        header.append(("field", f"Apply by: {posting.deadline[:10]}"))
    lines = [(kind, _SPACE.sub(" ", clean(value)).strip()) for kind, value in header]
    body, note = _lines(posting.description, intact)
    return _assemble([*lines, *body], note)


def clean(text: str) -> str:
    """Without control, bidi and zero-width characters, lone surrogates, private marks."""
    if not _SUSPECT.search(text):
        return text
    text = _SURROGATE.sub("\ufffd", text)
    if _CONTROL.search(text):  # UTF-8 taken for Latin-1 somewhere on the way: “Masterâ\x80\x99s”
        text = _TWICE_ENCODED.sub(lambda found: found[0].encode("latin-1").decode("utf-8", "replace"), text)
    return _MARKS.sub("", _UNWANTED.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")


def _assemble(lines: Iterable[tuple[str, str]], note: str | None) -> Document:
    parts, blocks, at = [], [], 0
    for kind, line in lines:
        if line:
            parts.append(line)
            blocks.append(Block(at, at + len(line), kind))
            at += len(line) + 1
    return Document("\n".join(parts), tuple(blocks), note)


def _lines(source: str, intact: Collection[str]) -> tuple[list[tuple[str, str]], str | None]:
    """(kind, line) pairs of a body, and a note where it could not be taken whole."""
    note = None
    if len(source) > 3 * LONGEST:
        source, note = source[: 3 * LONGEST], f"only the first {LONGEST:,} characters were read"
    source = clean(source)
    if "&lt;" in source and not _TAG.search(source):
        source = html.unescape(source)
    bare = not _TAG.search(source)  # no marks of structure in it
    marked = source if bare else _marked(source)
    if "&" in marked and _ENTITY.search(marked):
        marked, bare = html.unescape(marked), False
    if len(marked) > LONGEST:
        marked, note = marked[:LONGEST], f"only the first {LONGEST:,} characters were read"
    if not marked.strip():
        note = "empty" if note is None else note
    elif marked.count("\ufffd") > len(marked) // 10:
        note = "binary or wrongly encoded"
    if "**" in marked or "__" in marked:
        marked, bare = _MARKDOWN_BOLD.sub(rf"{BOLD}\1{BOLD_END}", marked), False
    lines: list[tuple[str, str]] = []
    text = marked.replace(BREAK, "\n")
    signs = text if bare else _EDGE_MARKS.sub(" ", text)
    shapes = signs.encode("ascii", "replace").translate(_SHAPES).split(b"\n")
    for raw, shape in zip(text.split("\n"), shapes, strict=True):
        if not raw or raw.isspace():
            continue
        line = _simple_line(raw, shape)
        if line is None:
            lines.extend(_classify(raw, intact))
        else:
            lines.append(line)
    return lines, note


def _simple_line(raw: str, shape: bytes) -> tuple[str, str] | None:
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
    if (not line[0].isalpha() or line[0] == "o") and (found := _BULLET_LINE.match(line)):
        line, bullet = line[found.end() :], True
    if heading and not bullet:
        return "heading", line
    if len(line) > 200 and line.count(" - ") >= 4:
        return None
    if not ascii_ and _INLINE_BULLET.search(line):
        return None
    if bullet:
        return "bullet", line
    return ("heading" if looks_like_heading(line, shape if ascii_ else None) else "paragraph"), line


def _marked(source: str) -> str:
    """HTML as text with structure marks; lexbor builds the tree, as a browser would."""
    table = _TABLE.search(source) is not None  # text between the tags of a table would be moved out of it
    tree = LexborHTMLParser(source if table else _MARKED_TAG.sub(_with_mark, source))
    body = tree.body
    if body is None:
        return ""
    tree.strip_tags(["script", "style", "noscript", "template", "iframe", "svg", "head"])
    if table:
        _mark(body)
    text = body.text(deep=True)
    return text.replace("\n", " ") if _BLOCK_TAG.search(source) else text


def _with_mark(tag: re.Match[str]) -> str:
    before, after = _TAG_MARKS[tag[2].lower()]
    return tag[0] + after if tag[1] else before + tag[0]


def _mark(body: LexborNode) -> None:
    for name, (before, after) in _TAG_MARKS.items():
        for node in body.css(name):
            node.insert_before(before)
            if after:
                node.insert_after(after)
    for node in body.css("td,th"):
        node.insert_after(" ")


def _classify(raw: str, intact: Collection[str]) -> Iterator[tuple[str, str]]:
    bullet = BULLET in raw
    heading = HEADING in raw
    if ("#" in raw or "【" in raw) and (mark := _MARKDOWN_HEADING.match(raw)) is not None:
        raw, heading = raw[mark.end() :].rstrip(" 】#"), True
    elif "【" in raw and (mark := _BRACKET_LEAD.match(raw)) is not None:
        yield "heading", mark[1]
        raw = raw[mark.end() :]
    bold = BOLD in raw and _all_bold(raw)
    line = " ".join((raw if raw.isascii() else _MARKS.sub("", raw)).split())
    if not line:
        return
    found = _BULLET_LINE.match(line)
    if found:
        line, bullet = line[found.end() :], True
    if heading and not bullet:
        yield "heading", line
        return
    if bold and not bullet and len(line) <= 90:
        yield "heading", line
        return
    for index, piece in enumerate(_unflatten(line, intact)):
        if bullet or (index and piece[1]):
            yield ("bullet", piece[0])
        elif BOLD in raw and index == 0 and (split := _bold_lead(raw, piece[0])):
            yield "heading", split[0]
            yield "paragraph", split[1]
        else:
            yield ("heading" if looks_like_heading(piece[0]) else "paragraph", piece[0])


def _all_bold(raw: str) -> bool:
    outside, depth = [], 0
    for piece in _BOLD_MARK.split(raw):
        if piece == BOLD:
            depth += 1
        elif piece == BOLD_END:
            depth -= 1
        elif depth <= 0:
            outside.append(piece)
    return not _MARKS.sub("", "".join(outside)).strip(" :\t\u00a0\u2009\u202f-–")


def _bold_lead(raw: str, line: str) -> tuple[str, str] | None:
    """A bold lead-in ending in a colon, “**Requirements:** Python …”, as heading and rest."""
    lead = raw.lstrip(f" {BREAK}")
    if not lead.startswith(BOLD) or BOLD_END not in lead:
        return None
    head, rest = lead[1:].split(BOLD_END, 1)
    head = _SPACE.sub(" ", _MARKS.sub("", head)).strip()
    rest = _SPACE.sub(" ", _MARKS.sub("", rest)).strip()
    if head.endswith(":") or rest.startswith(":"):
        rest = rest.lstrip(": ")
        if head and rest and len(head) <= 60 and line.startswith(head):
            return head, rest
    return None


def looks_like_heading(line: str, shape: bytes | None = None) -> bool:
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
    if "," in line or line.count(" ") > 6 or not line[0].isupper():
        return False
    words = line.split()
    big = sum(word[0].isupper() or not word[0].isalpha() or len(word) <= 3 for word in words)
    return big >= len(words) - 1


def _unflatten(line: str, intact: Collection[str]) -> list[tuple[str, bool]]:
    """Line breaks and bullets that were lost, put back: (piece, is it a bullet)."""
    pieces = [(line, False)]
    marks = [] if line.isascii() else list(_INLINE_BULLET.finditer(line))
    if len(marks) >= 2 or (marks and len(line) > 120):
        cuts = [0, *(m.end() for m in marks)]
        ends = [*(m.start() for m in marks), len(line)]
        pieces = [(line[a:b].strip(), i > 0) for i, (a, b) in enumerate(zip(cuts, ends, strict=True))]
    elif len(line) > 200 and line.count(" - ") >= 4:
        pieces = [(piece.strip(), i > 0) for i, piece in enumerate(_INLINE_DASH.split(line))]
    elif not _GLUE.search(line):
        return pieces
    out: list[tuple[str, bool]] = []
    for piece, bullet in pieces:
        cuts = [m.start() for m in _GLUE.finditer(piece)]
        if len(cuts) >= 3 or (cuts and len(piece) > 300):
            cuts = [at for at in cuts if not _is_intact(piece, at, intact)]
        if len(cuts) >= 3 or (cuts and len(piece) > 300):
            ends = [*cuts, len(piece)]
            out.extend((piece[a:b].strip(), bullet) for a, b in zip([0, *cuts], ends, strict=True))
        else:
            out.append((piece, bullet))
    return [(piece, bullet) for piece, bullet in out if piece]


def _is_intact(text: str, at: int, intact: Collection[str]) -> bool:
    """Whether a capital at `at` belongs inside its word (PyTorch, McKinsey) rather than to a lost break."""
    start = at
    while start and (text[start - 1].isalnum() or text[start - 1] in "+#"):
        start -= 1
    end = at
    while end < len(text) and (text[end].isalnum() or text[end] in "+#"):
        end += 1
    word = text[start:end]
    if at - start <= 1 and at > start:  # iPhone, eCommerce
        return True
    if word in intact or word.rstrip("s") in intact or word[:3] == "Mac" or (word[:2] == "Mc" and at - start == 2):
        return True
    return any(word.startswith(known) and at < start + len(known) for known in _heads(word, intact))


def _heads(word: str, intact: Collection[str]) -> Iterator[str]:
    return (word[:n] for n in range(len(word) - 1, 3, -1) if word[:n] in intact)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, outer spaces left out."""
    spans = []
    at = start
    for stop, cut in _stops(text, start, end):
        if text[stop] == "." and cut < end:
            if _abbreviated(text, max(start, cut - _LONGEST_ABBREVIATION), cut) and not _clear_break(text, cut):
                continue
            if not text[cut + 1].isupper() and _LOWER_NEXT.match(text, cut):
                continue
        if cut > at:
            spans.append((at, cut))
        at = cut
        while at < end and text[at] == " ":
            at += 1
    if at < end:
        spans.append((at, end))
    return spans


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
    if text[end - 1] != ".":
        return False
    word = text[start : end - 1]
    word = word[word.rfind(" ") + 1 :]
    if not word.isalpha():
        word = _BEFORE_ABBREVIATION.split(word)[-1]
    return word.lower() in _ABBREVIATIONS


_DEGREE_STOP = re.compile(r"(?:etc|u\.s|inc|ph\.d|b\.s|m\.s)\.$", re.IGNORECASE)
_OPENS = re.compile(
    r"\s(?:We|You|The|This|Our|If|In|A|Must|Please|Candidates?|Applicants?|Experience|Strong|Proficien\w{1,3})\s"
)


def _clear_break(text: str, cut: int) -> bool:
    """An abbreviation that may end a sentence, before a word that only starts one."""
    return bool(_DEGREE_STOP.search(text[max(0, cut - 6) : cut]) and _OPENS.match(text, cut))


# --- folding: one character for one, so that offsets stay --------------------------------------------


def _fold_table() -> dict[int, str]:
    table = {}
    for code in [*range(0xA0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii() and (base.isalnum() or base == " "):
            table[code] = base
    table |= dict.fromkeys(map(ord, "‘’‚‛′´ʼ"), "'") | dict.fromkeys(map(ord, "“”„‟″«»"), '"')
    table |= dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | dict.fromkeys(map(ord, "•·▪●◦‣∙"), "*")
    table |= {
        ord("ß"): "s",
        ord("ø"): "o",
        ord("Ø"): "O",
        ord("æ"): "a",
        ord("ł"): "l",
        ord("…"): ".",
        ord("："): ":",
    }
    table |= dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    table |= {ord("，"): ",", ord("（"): "(", ord("）"): ")", ord("／"): "/", ord("、"): ","}
    return table


_FOLD = _fold_table()
_FOLDED = {chr(code): plain_ for code, plain_ in _FOLD.items()}


_WIDE = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4)  # the same text is folded for the scan and for its readers
def fold(text: str) -> str:
    """Accents, typographic quotes, dashes and spaces as plain ASCII; the same length, case kept."""
    if text.isascii():
        return text
    if len(text.encode("utf-8", "replace")) > 2 * len(text):
        return text.translate(_FOLD)
    return _WIDE.sub(lambda wide: _FOLDED.get(wide[0], wide[0]), text)
