"""What a heading is: a line set apart, a label within a line, and which part of a posting it opens.

Phrases of the layer `heading` come first; where none tells, the words of `heading_word` do. Knows one line
at a time; what a heading rules is decided in sections.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pipeline.reading.phrases import phrases
from pipeline.reading.scan import Hit, Layers
from pipeline.text import Block
from pipeline.text.characters import fold

DEMANDING = ("required", "preferred")
ASIDE = ("company", "benefits", "legal", "logistics", "process")  # what an unknown heading ends
LISTED = ("preferred", "required", "duties")  # what a heading may be whose line goes on without a sign
INLINE = ("preferred", "required", "benefits")  # what a label within a flattened paragraph may be
LABEL = 60  # characters of such a label
LONGEST_LEAD = 25  # characters of a heading before its cue
SHORTEST = 6  # characters of a cue that heads items in the middle of a line
SHORT = 10  # characters of a cue that heads nothing without a sign behind it
STOPS_BEHIND = " .…:!?"
ORNAMENT = "-=*_~#•| "  # signs that may adorn a heading
QUESTION = 30  # characters of a question that heads what follows
LONGEST_NAME = 60  # characters from an employer's name to where it stands again
LEAD_SIGNS = ":：…"  # the last sign of a line that leads to the lines below
LEAD = 160  # characters of a line whose colon leads to the lines below

LINE_END = re.compile(  # what may stand before a lost line break: an ordinary word, none that a phrase goes on from
    r"(?<![\w&/-])(?!(?:of|in|and|or|the|a|an|for|with|to|as|on|at|by|from|our|your|their|its|is|are|any|that|both|"
    r"into|about|de|per|via|including|like|using|"
    r"least|minimum|than|over|within|min|require|requires|need|only|ideally|preferably|typically|usually)\b)"
    r"[a-z][\w'’+#./-]{1,24}[)%”\"]? $|[)+%] $"
)
_WHERE = re.compile(
    r"(?i:\b(?:in|for|to|with|at|on) (?:the|this|our|your) [a-z]{2,14})$"
)  # “… to succeed in this role”
_TO_COLON = re.compile(  # no bracket that is still open: “… are an asset (examples: Python)” heads nothing
    r"[^.;:!?,\n：(]{0,28}(?:\([^()\n]{0,24}\)[^.;:!?,\n：(]{0,8})?[:：](?=\s|$|[^\x00-\x7f/]|\d{1,2}[).）、])"
)
_BRACKETED = re.compile(r"\([^()]{1,60}\)")
_ABOUT = re.compile(r"\b(?:About|ABOUT|Why|Über|A propos de) (?=[A-Z])")
_DASH = re.compile(r" ?[-–—]{1,2} (?=\S)")
_INNER_COLON = re.compile(r"[:：] ?[^\s:：]")
_BEFORE = re.compile(r"(?:^|[.!?:;)\]】。；*\"'”’])[ \n#*【\d.、]{0,4}$")
_WORD = re.compile(r"[^\s]++")
_STOPS = frozenset(".;:!?)")
_GOES_ON = re.compile(r"(?:\b(?i:of|in|and|or|the|an?|for|with|to|as|on|at|by|from|our|your|their|und|et|y)|[&/,–-]) $")
_QUESTION = re.compile(r"(?i:what|who|why|how)\b")
_LEADS_ON = re.compile(r"\b(?:with|for|in|to|of|have|are|bring|need)$")  # the end of “familiar with”
_CAPITALS_GO_ON = re.compile(
    r"\b[A-Z][\w'’]{1,20}+ [A-Z][\w'’]{1,20}+ $"
)  # before a cue that is part of a longer title
_OF_WHAT = re.compile(r" (?:with|in|of|using|working|building)\b")
_OPENS = re.compile(r"[ 】]|$")
_OPENS_ANEW = re.compile(r"(?:\.{3}|…)? (?=[A-Z0-9•*(\-–·]|[^\x00-\x7f])")


class HeadingWords:
    """The layer `heading_word`: what the words of a heading no phrase holds make it; the first concept wins."""

    def __init__(self, concepts: Mapping[str, Any]) -> None:
        self._patterns = {
            concept: re.compile(
                r"\b(?:" + "|".join(re.escape(word).replace(r"\*", r"\w*+") for word in phrases(entry)) + r")\b"
            )
            for concept, entry in concepts.items()
        }
        self.classify = lru_cache(maxsize=4096)(self._classify)  # the same headings stand above most postings

    def _classify(self, heading: str) -> str | None:
        folded = fold(heading).lower().strip(" .!?*")
        if folded.endswith(")"):  # “Germany (required)” is an answer
            return None
        for concept, words in self._patterns.items():
            found = words.search(folded)
            behind = found and found.end() == len(folded) and found[0].count(" ") < 2 and folded.count(" ") > 2
            if found and not behind:  # “Tableau or Looker are a plus” heads nothing
                return None if concept[0] == "_" else concept
        return None


def stands_alone(text: str, start: int, end: int, block: Block) -> bool:
    """Whether the sentence stands alone above others: a heading by its looks, or a lead-in by its colon."""
    if block.kind != "heading":
        if end != block.end or end - start > LEAD:
            return False
        if text[end - 1] not in LEAD_SIGNS and (block.kind != "paragraph" or not _capitalised(text, start, end)):
            return False
    return not _INNER_COLON.search(text, start, end)


def closes_item(text: str, start: int, end: int, inside: list[Hit], layers: Layers) -> bool:
    """Whether an item ends in the heading of the lines below: “Strong command of Excel Preferred Qualifications:”."""
    if not inside or end - inside[-1].end > 1 or inside[-1].start - start <= LONGEST_LEAD / 2:
        return False
    cue = text[inside[-1].start : inside[-1].end]
    return " " in cue and _in_capitals(cue) and opens_demand(layers, start)


def asks(text: str, start: int, end: int) -> bool:
    """Whether a sentence within a paragraph is a short question, and so heads what follows: “Why join us?”"""
    return text[end - 1] == "?" and end - start <= QUESTION


def _capitalised(text: str, start: int, end: int) -> bool:
    """A line of several words, all the longer ones in capitals, without a stop; signs may adorn it."""
    line = text[start:end]
    words = line.strip(ORNAMENT).split()
    if not words or not words[-1][-1].isalnum() or (len(words) < 3 and line[0] not in ORNAMENT):
        return False
    return not any(word[0].islower() for word in words if len(word) > 4)


def opens_item(text: str, layers: Layers, at: int) -> bool:
    """Whether what begins there begins as items of a list do: “3 years of …”, “Knowledge of …”."""
    if layers.hits("heading", at, at + 1):
        return False
    return text[at : at + 1].isdigit() or bool(layers.hits("line_start", at, at + 1))


def opens_demand(layers: Layers, at: int) -> bool:
    """Whether what begins there asks for something: “Knowledge of …”, “Prior experience …”."""
    return any(hit.concept != "duty" for hit in layers.hits("line_start", at, at + 1))


def asks_for_something(layers: Layers, start: int, end: int) -> bool:
    """Whether the line names a skill or begins as items do: “Knowledge of SQL”."""
    return bool(layers.hits("skill", start, end) or layers.hits("line_start", start, start + 1))


def unlisted(heading: str, section: str, words: HeadingWords, demands: bool = False) -> str:
    """The section under a heading that no phrase holds; `demands`: it asks for something itself."""
    if demands and section in DEMANDING:  # “Experience with any of these:”, “Ideally you know some of these:”
        return "preferred" if words.classify(_BRACKETED.sub("", heading)) == "preferred" else section
    found = words.classify(heading)
    if found is None or (found == "required" and section == "preferred"):
        return "other" if section in ASIDE else section
    return found


def classify(text: str, start: int, end: int, inside: list[Hit], words: HeadingWords) -> str | None:
    """The class of a heading: that of its longest cue, where the cues are a fair part of it.

    Its words decide between cues of several classes: “What you will bring to the role”.
    """
    if not inside:
        return None
    colon = text[end - 1] in LEAD_SIGNS
    if end - start > 40:  # a sentence that leads in: the team it speaks of is not what follows
        inside = [hit for hit in inside if hit.concept != "company"]
        if not inside:
            return None
    concepts, said = {hit.concept for hit in inside}, words.classify(text[start:end])
    last = inside[-1]
    at_colon = colon and end - last.end <= 2
    if said == "preferred" and concepts & {"required", "neutral"}:
        return said
    if "preferred" in concepts:
        concept = "preferred"
    elif at_colon and not _WHERE.search(text[start : last.end]):
        concept = last.concept
    elif said in concepts and said != "company":
        concept = said
    else:
        concept = last.concept if at_colon else max(inside, key=lambda hit: hit.end - hit.start).concept
    covered = sum(hit.end - hit.start for hit in inside)
    enough = 4 if colon or inside[0].start - start <= 2 else 2
    return concept if at_colon or covered * enough >= end - start else None


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
    if colon and (first or text[hit.start].isupper() or not text[hit.start].isascii()):
        head = start if first else hit.start
        label = text[head : colon.end()].rstrip(":： ")
        long = hit.start == start and (hit.end - hit.start >= 12 or (flattened and _begins_sentence(text, start)))
        ends = head + len(label) <= hit.end and _in_capitals(label)
        if long or ends or (hit.end - hit.start) * 2 >= len(label):
            return _skip(text, colon.end(), end)
    announces = hit.start == start or "following" in text[hit.start : hit.end]  # “…, any of the following is a plus.”
    if announces and not text[hit.end : end].strip(STOPS_BEHIND):
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
    if (anew is None and text[hit.end : end].strip()) or not (titled or worded):
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
    """The cue without its last word where that begins an item: “Preferred Qualifications Experience with …”."""
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


def _in_capitals(label: str) -> bool:
    """Whether all the longer words of a label are capitalised: “Education and/or Experience”."""
    return all(not word[0].islower() for word in label.split() if len(word) > 3)


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
