"""What a heading is: a line set apart, and which part of a posting it opens.

Phrases of the layer `heading` come first; where none tells, the words of `heading_word` do. Knows one line
at a time; headings within a line are found in inline_headings.py, what a heading rules is decided in sections.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pipeline.listed_phrases import phrases
from pipeline.reading.scan import OF_EMPLOYER, Hit, Layers, View
from pipeline.text import Block
from pipeline.text.characters import fold

MOST = "most"  # the class of a list of which an applicant has most
DEMANDING = ("required", "preferred", MOST)
ASIDE = (*OF_EMPLOYER, "logistics", "process", "references")  # what an unknown heading ends
LONGEST_LEAD = 25  # characters of a heading before its cue
ORNAMENT = "-=*_~#•| "  # signs that may adorn a heading
STOPS = ".,;!。，；！"  # what no heading ends in
QUESTION = 30  # characters of a question that heads what follows
LEAD_SIGNS = ":：…"  # the last sign of a line that leads to the lines below
SHORT_LINE = 60  # characters of a line that may head the list below it without a sign
LEAD = 160  # characters of a line whose colon leads to the lines below

_WHERE = re.compile(r"(?i:\b(?:in|for|to|with|at|on) (?:the|this|our|your) [a-z]{2,14})$")  # “… in this role”
_BRACKETED = re.compile(r"\([^()]{1,60}\)")
_ADORNED = re.compile(r"\A(?>(?:\d{1,2}[.)]|[^\w(]){1,8})")  # “2. Your profile”, “✅ You”
_INNER_COLON = re.compile(r"[:：] ?[^\s:：]")
_BORDERED = r"(?<![0-9a-z_])(?:%s)(?![0-9a-z_])"  # Chinese parts its words by nothing
_STATES = re.compile(r"(?i:\b(?:required|needed))[.!]?\Z")  # “Background check required” heads nothing
_MEASURED = re.compile(r"\b(?:\d\.\d|\d{1,2}\+? (?:years|yrs|months)\b)")  # “Preferred GPA of 3.0 or above” is an item


class HeadingWords:
    """The layer `heading_word`: what the words of a heading no phrase holds make it; the first concept wins."""

    def __init__(self, concepts: Mapping[str, Any]) -> None:
        words = {concept: [fold(word) for word in phrases(entry)] for concept, entry in concepts.items() if entry}
        self._whole = {word[1:]: concept for concept, listed in words.items() for word in listed if word[0] == "="}
        self._patterns = {
            concept: re.compile(_BORDERED % "|".join(re.escape(word).replace(r"\*", r"\w*+") for word in listed))
            for concept, listed in words.items()
        }
        self.classify = lru_cache(maxsize=4096)(self._classify)  # the same headings stand above most postings

    def _classify(self, heading: str) -> str | None:
        folded = _ADORNED.sub("", fold(heading).lower()).rstrip(" .!?*")
        if folded.endswith(")"):  # “Germany (required)” is an answer
            return None
        if (whole := self._whole.get(folded.rstrip(": "))) is not None:  # “You:”
            return whole
        for concept, words in self._patterns.items():
            found = words.search(folded)
            ends = found and found.end() == len(folded) and folded[-1] != ":"
            behind = found and ends and found[0].count(" ") < 2 < folded.count(" ")
            if found and not behind:  # “Tableau or Looker are a plus” heads nothing
                return None if concept[0] == "_" else concept
        return None


def leads_on(text: str, end: int) -> bool:
    """Whether a line that ends there leads to the lines below: “Tools we use:”, “Nice to have...”."""
    return text[end - 1] in LEAD_SIGNS or text.endswith("...", 0, end)


def stands_alone(text: str, start: int, end: int, block: Block, below: Block | None) -> bool:
    """Whether the sentence stands alone above others: a heading by its looks, or a lead-in by its colon.

    So does a short line without a stop right above the items of a list: “Good to have skills”.
    """
    leads = leads_on(text, end)
    if block.kind != "heading":
        if end != block.end or end - start > LEAD:
            return False
        listed = below is not None and below.kind == "bullet" and _is_short(text, start, end)
        if not leads and (block.kind != "paragraph" or not (listed or _capitalised(text, start, end))):
            return False
    return not _INNER_COLON.search(text, start, end) and (leads or not _MEASURED.search(text, start, end))


def is_heading_alone(start: int, end: int, block: Block, inside: list[Hit]) -> bool:
    """Whether a line is headings' phrases and no more, whatever its looks: “Bonus points if you have”."""
    if block.kind != "paragraph" or (start, end) != (block.start, block.end) or not inside:
        return False
    whole = inside[0].start == start and inside[-1].end == end and end - start > LONGEST_LEAD / 2
    return whole and all(right.start - left.end <= 1 for left, right in pairwise(inside))


def closes_item(text: str, start: int, end: int, inside: list[Hit], layers: Layers) -> bool:
    """Whether an item ends in the heading of the lines below: “Strong command of Excel Preferred Qualifications:”."""
    if not inside or end - inside[-1].end > 1 or inside[-1].start - start <= LONGEST_LEAD / 2:
        return False
    cue = text[inside[-1].start : inside[-1].end]
    titled = cue[0].isupper() if inside[-1].concept == "preferred" else in_capitals(cue)  # “… for users Nice to have:”
    return " " in cue and titled and opens_demand(layers, start)


def wishes_itself(text: str, start: int, end: int, inside: list[Hit], layers: Layers) -> bool:
    """Whether a line is an item with a wish of its own, and no heading: “Docker preferred”, “PhD preferred”."""
    if not inside or inside[-1].concept != "preferred" or inside[-1].end != end or inside[-1].start == start:
        return False
    return any(layers.hits(layer, start, inside[-1].start) for layer in ("skill", "degree"))


def asks(text: str, start: int, end: int) -> bool:
    """Whether a sentence within a paragraph is a short question, and so heads what follows: “Why join us?”"""
    return text[end - 1] == "?" and end - start <= QUESTION


def asks_alone(text: str, start: int, end: int, block: Block, inside: list[Hit]) -> bool:
    """Whether a line is a question that begins as headings do: “Why should you choose our institute?”"""
    whole = (start, end) == (block.start, block.end) and block.kind in ("paragraph", "bullet")
    return whole and text[end - 1] == "?" and end - start <= 2 * QUESTION and bool(inside) and inside[0].start == start


def _is_short(text: str, start: int, end: int) -> bool:
    """A line of a few words that begins with a capital and ends without a stop."""
    return end - start <= SHORT_LINE and not text[start].islower() and text[end - 1] not in STOPS


def _capitalised(text: str, start: int, end: int) -> bool:
    """A line of several words, all the longer ones in capitals, without a stop; signs may adorn it."""
    line = text[start:end]
    words = line.strip(ORNAMENT).split()
    if "|" in words:  # a row of a table
        return False
    if not words or not words[-1][-1].isalnum() or (len(words) < 3 and line[0] not in ORNAMENT):
        return False
    return not any(word[0].islower() for word in words if len(word) > 4)


def opens_item(text: str, layers: Layers, at: int) -> bool:
    """Whether what begins there begins as items of a list do: “3 years of …”, “Knowledge of …”."""
    if layers.hits("heading", at, at + 1):
        return False
    return text[at : at + 1].isdigit() or bool(layers.hits("line_start", at, at + 1))


def opens_demand(layers: Layers | View, at: int) -> bool:
    """Whether what begins there asks for something: “Knowledge of …”, “Prior experience …”."""
    return any(hit.concept != "duty" for hit in layers.hits("line_start", at, at + 1))


def leads_to_demands(layers: Layers, start: int, end: int) -> bool:
    """Whether a lead-in asks for something: “Knowledge of these:”, “Research or experience in one of these areas:”."""
    return opens_demand(layers, start) or any(hit.concept == "demanded" for hit in layers.hits("severity", start, end))


def qualified(cue: Hit, start: int) -> bool:
    """Whether words before a neutral cue make it an item among others: “Cloud experience”, not “Experience”."""
    return 2 < cue.start - start <= LONGEST_LEAD


def asks_for_something(layers: Layers, start: int, end: int) -> bool:
    """Whether the line names a skill or begins as items do: “Knowledge of SQL”, not “Knowledge”."""
    if layers.hits("skill", start, end):
        return True
    return any(hit.end < end for hit in layers.hits("line_start", start, start + 1))


def unlisted(heading: str, section: str, words: HeadingWords, demands: bool = False) -> str:
    """The section under a heading that no phrase holds; `demands`: it asks for something itself."""
    if demands and section in DEMANDING:  # “Experience with any of these:”, “Ideally you know some of these:”
        return "preferred" if words.classify(_BRACKETED.sub("", heading)) == "preferred" else section
    found = words.classify(heading)
    if found is None or (found == "required" and section in ("preferred", MOST)):
        return "other" if section in ASIDE else section
    return found


def classify(text: str, start: int, end: int, inside: list[Hit], words: HeadingWords) -> str | None:
    """The class of a heading: that of its longest cue, where the cues are a fair part of it.

    Its words decide between cues of several classes: “What you will bring to the role”.
    """
    if not inside:
        return None
    colon = leads_on(text, end)
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
    elif MOST in concepts:
        concept = MOST
    elif at_colon and not _WHERE.search(text[start : last.end]):
        concept = last.concept
    elif said in concepts and said != "company":
        concept = said
    else:
        concept = last.concept if at_colon else max(inside, key=lambda hit: hit.end - hit.start).concept
    if concept in ("legal", "logistics") and _STATES.search(text, start, end):
        return None
    covered = sum(hit.end - hit.start for hit in inside)
    enough = 4 if colon or inside[0].start - start <= 2 else 2
    if concept == "references":  # “(Selected) References”
        start = end - len(_BRACKETED.sub("", text[start:end]))
    return concept if at_colon or covered * enough >= end - start else None


def in_capitals(label: str) -> bool:
    """Whether all the longer words of a label are capitalised: “Education and/or Experience”."""
    return all(not word[0].islower() for word in label.split() if len(word) > 3)
