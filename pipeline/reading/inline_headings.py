"""Headings within a line: labels, and headings of a text that lost its line breaks.

A heading here is known by its sign (a colon, a dash), or by its capitals and by what stands around it: a
sentence's end before it, an item behind it, the employer's name in it. Lines of their own are headings.py's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.reading.headings import LONGEST_LEAD, HeadingWords, in_capitals
from pipeline.reading.scan import Hit, Layers
from pipeline.text import Block

LISTED = ("preferred", "required", "duties")  # what a heading may be whose line goes on without a sign
INLINE = ("preferred", "required", "benefits")  # what a label within a flattened paragraph may be
LABEL = 60  # characters of such a label
SHORTEST = 6  # characters of a cue that heads items in the middle of a line
SHORT = 10  # characters of a cue that heads nothing without a sign behind it
STOPS_BEHIND = " .…:!?"
LONGEST_NAME = 60  # characters from an employer's name to where it stands again

LINE_END = re.compile(  # what may stand before a lost line break: an ordinary word, none that a phrase goes on from
    r"(?<![\w&/-])(?!(?:of|in|and|or|the|a|an|for|with|to|as|on|at|by|from|our|your|their|its|is|are|any|that|both|"
    r"into|about|de|per|via|including|like|using|"
    r"least|minimum|than|over|within|min|require|requires|need|only|ideally|preferably|typically|usually)\b)"
    r"[a-z][\w'’+#./-]{1,24}[)%”\"]? $|[)+%] $"
)
_TO_COLON = re.compile(  # no bracket that is still open: “… are an asset (examples: Python)” heads nothing
    r"[^.;:!?,\n：(]{0,28}(?:\([^()\n]{0,24}\)[^.;:!?,\n：(]{0,8})?[:：](?=\s|$|[A-Z][a-z]|[^\x00-\x7f/]|\d{1,2}[).）、])"
)
_ABOUT = re.compile(r"\b(?:About|ABOUT|Why|Über|[AÀ] propos de) (?=[A-Z])")
_DASH = re.compile(r" ?[-–—]{1,2} (?=\S)")
_CELL = re.compile(r"[*]{0,2}[ ]?\|[ ]?(?=[^\s|])")  # of a table: “| Requirements | Python |”
_BEFORE = re.compile(r"(?:^|[.!?:;)\]】。；*\"'”’])[ \n#*【\d.、]{0,4}$")
_WORD = re.compile(r"[^\s]++")
_STOPS = frozenset(".;:!?)")
_GOES_ON = re.compile(r"(?:\b(?i:of|in|and|or|the|an?|for|with|to|as|on|at|by|from|our|your|their|und|et|y)|[&/,–-]) $")
_QUESTION = re.compile(r"(?i:what|who|why|how)\b")
_LEADS_ON = re.compile(r"\b(?:with|for|in|to|of|have|are|bring|need)$")  # the end of “familiar with”
_CAPITALS_GO_ON = re.compile(
    r"\b[A-Z][\w'’]{1,20}+ [A-Z][\w'’]{1,20}+ $"
)  # before a cue that is part of a longer title
_ITEM_WITHIN = re.compile(r"(?i:\b(?:qualifications|requirements|skills|experience))(?= [A-Z][a-z]{1,20} [a-z])")
_OF_WHAT = re.compile(r" (?:with|in|of|using|working|building)\b")
_OPENS = re.compile(r"[ 】]|$")
_OPENS_ANEW = re.compile(r"(?:\.{3}|…)? (?=[A-Z0-9•*(\-–·]|[^\x00-\x7f])")


def with_labels(text: str, start: int, end: int, inside: list[Hit], words: HeadingWords) -> list[Hit]:
    """The headings of a flattened paragraph, those no phrase holds but whose capitals and colon show them too."""
    found, at = list(inside), text.find(": ", start, end)
    while at >= 0:
        head = start if at - start <= LABEL and leads(text, start, at) else _label(text, max(start, at - LABEL), at)
        if not any(head <= hit.start < at or hit.start <= head < hit.end for hit in inside):
            concept = words.classify(text[head:at]) if at - head > 4 else None
            if concept in INLINE:
                found.append(Hit(head, at, concept))
        at = text.find(": ", at + 1, end)
    return sorted(found)


def about(text: str, start: int, end: int, employer: str) -> Iterator[Hit]:
    """“About Acme” of the employer, or where the name opens the next sentence too: “About Acme Acme builds …”."""
    for found in _ABOUT.finditer(text, start, end):
        name = found.end()
        known = next((part for part in _beginnings(employer) if text.startswith(part + " ", name)), None)
        if known:
            yield Hit(found.start(), name + len(known), "company")
            continue
        again = text.find(f" {text[name : text.find(' ', name, end)]} ", name, min(end, name + LONGEST_NAME))
        if again > 0 and not any(word[0].islower() for word in text[name:again].split() if len(word) > 3):
            yield Hit(found.start(), again, "company")


def tells_of_employer(text: str, block: Block, layers: Layers, employer: str) -> bool:
    """Whether a paragraph opens with the employer's name and says what it is or does: “Acme builds robots …”."""
    if block.kind != "paragraph":
        return False
    known = next((part for part in _beginnings(employer) if len(part) > 2 and text.startswith(part, block.start)), "")
    at = block.start + len(known)
    does = layers.hits("employer_does", at, at + 3) if known else []
    return bool(does) and not text[at : does[0].start].strip(" ,")


def _beginnings(name: str) -> Iterator[str]:
    """“Acme Robotics Inc”, “Acme Robotics”, “Acme”."""
    while name:
        yield name
        name = name.rpartition(" ")[0]


def _label(text: str, start: int, end: int) -> int:
    """Where the capitalised words before a colon begin; small words may stand between them."""
    first = end
    for word in _WORD.finditer(text[start:end][::-1]):
        big = word[0][-1].isupper()
        if not big and (len(word[0]) > 4 or not word[0].isalpha()):
            break
        if big:
            first = end - word.end()
        if text[max(end - word.end() - 2, start) : end - word.end()].strip(" ") in _STOPS:
            break
    return first


def leads(text: str, start: int, end: int) -> bool:
    """Whether what stands before the cue belongs to the heading: “Required technical skills”."""
    return not any(sign in text[start:end] for sign in ".,;:!?")


class Part(NamedTuple):
    """A part of a line in which something may head what follows it; `opens_item`: whether an item begins there."""

    text: str
    start: int
    end: int
    flattened: bool
    opens_item: Callable[[int], bool]


def body_start(part: Part, hit: Hit) -> int | None:
    """Where the body begins if the cue heads what follows it in its line, else None."""
    text, start, end, flattened, _ = part
    first = hit.start - start <= LONGEST_LEAD and leads(text, start, hit.start)
    colon = _TO_COLON.match(text, hit.end, end)
    announces = "following" in text[hit.start : hit.end]
    if colon and (first or announces or text[hit.start].isupper() or not text[hit.start].isascii()):
        head = start if first else hit.start
        label = text[head : colon.end()].rstrip(":： ")
        long = hit.start == start and (hit.end - hit.start >= 12 or (flattened and _begins_sentence(text, start)))
        ends = head + len(label) <= hit.end and in_capitals(label)
        if long or ends or (hit.end - hit.start) * 2 >= len(label):
            return _skip(text, colon.end(), end)
    if (cell := _CELL.match(text, hit.end, end)) and not text[start : hit.start].strip(" |*"):
        return cell.end()
    if (announces or hit.start == start) and not text[hit.end : end].strip(STOPS_BEHIND):
        return end
    if hit.start == start and (dash := _DASH.match(text, hit.end, end)):
        return dash.end()
    return _unsigned_body(part, hit) if flattened or not text[hit.start].isascii() else None


def _unsigned_body(part: Part, hit: Hit) -> int | None:
    """Where the body begins of a heading without a sign behind it: by its capitals, by what stands around it."""
    text, start, end, _, opens_item = part
    cue = text[hit.start : hit.end]
    several = " " in cue or "-" in cue
    titled = (several and cue[0].isupper() and hit.end >= end - 1) or _titled(text, hit)
    opens = _OPENS.match(text, hit.end, end)
    if opens and titled and len(cue) > SHORT and (several or _begins_line(text, hit.start)):
        return _skip(text, opens.end(), end)
    anew = _OPENS_ANEW.match(text, hit.end, end)
    body = anew.end() if anew else end
    worded = several and cue[0].isupper() and (_QUESTION.match(cue) or not _LEADS_ON.search(cue))
    if (anew is None and text[hit.end : end].strip("!? ")) or not (titled or worded):
        return None
    if hit.start == start and _begins_sentence(text, start):
        return _skip(text, body, end)
    if _GOES_ON.search(text, max(0, hit.start - 8), hit.start):
        return None
    if several:
        shown = len(cue) >= SHORTEST and not _CAPITALS_GO_ON.search(text, max(start, hit.start - LABEL), hit.start)
    else:
        shown = _begins_line(text, hit.start) and (hit.concept != "neutral" or opens_item(body))
    if shown or (hit.concept in LISTED and len(cue) >= SHORTEST and opens_item(body)):
        return _skip(text, body, end)
    return None


def without_item(text: str, hit: Hit) -> Hit:
    """The cue without its colon, or the words in which an item begins: “Preferred Qualifications Experience with …”."""
    if text[hit.end - 1] == ":":
        return hit._replace(end=hit.end - 1)
    if hit.end - hit.start > LONGEST_LEAD and (inner := _ITEM_WITHIN.search(text, hit.start, hit.end)):
        return hit._replace(end=inner.end())  # “Basic Qualifications Strong skills in …”
    if text[hit.end : hit.end + 1] != " " or not text[hit.end + 1 : hit.end + 2].islower():
        return hit
    space = text.rfind(" ", hit.start, hit.end)
    begins = space > 0 and text[space + 1].isupper() and _OF_WHAT.match(text, hit.end)
    return hit._replace(end=space) if begins else hit


def names_both(text: str, hit: Hit, wish: Hit) -> bool:
    """Whether one heading names the work and the wishes, “Description/Preferred Qualifications”: it tells neither."""
    return hit.concept == "duties" and text[hit.end : wish.start].strip() in ("/", "&", "and")


def head_start(part: Part, hit: Hit) -> int:
    """Where the heading of a cue begins: “Required technical skills”, “Our Preferred Qualifications”."""
    text, start = part.text, part.start
    if hit.start - start > LONGEST_LEAD or not leads(text, start, hit.start):
        return hit.start
    if text[hit.start].isupper() and any(word[0].islower() for word in text[start : hit.start].split()):
        return hit.start
    return start


def _begins_sentence(text: str, start: int) -> bool:
    return _BEFORE.search(text, max(0, start - 4), start) is not None


def opens_line(text: str, hit: Hit) -> bool:
    """Whether a cue at a line's start is a heading whose break was lost: “Basic Qualifications A degree in …”."""
    asks = hit.concept in LISTED and hit.end - hit.start > SHORT and " " in text[hit.start : hit.end]
    return asks and _OPENS_ANEW.match(text, hit.end) is not None


def _begins_line(text: str, start: int) -> bool:
    """Whether a line may have begun here: behind a sentence, or behind an ordinary word where its break was lost."""
    return _begins_sentence(text, start) or LINE_END.search(text, max(0, start - 30), start) is not None


def _titled(text: str, hit: Hit) -> bool:
    """Whether all its longer words are capitalised, as in a heading."""
    words = text[hit.start : hit.end].split()
    if hit.concept == "preferred" and len(words) > 1:  # “Nice to have Experience with …”
        return words[0][0].isupper()
    return all(not word[0].islower() for word in words if len(word) > 3) and not words[0][0].islower()


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " *":
        at += 1
    return at
