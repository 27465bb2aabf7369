"""Statements in a row within one clause: “Docker is a plus, Python required” says two things of two skills.

Reads the layers `severity` and `must`. Each statement has a word of its own that rules it, before or behind what it
speaks of; a list with one word for all of it is no row.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from pipeline.reading.scan import Hit, View

_JOINT = re.compile(r",? (?:and|while|whereas|und|wahrend|et|y) |, ")
_WHILE = re.compile(r" (?:while|whereas|wahrend) ")
_VERB = re.compile(
    r"[^.,;:()]{1,60}? (?:(?:is|are)(?:n't| not)?|would be|will be|ist|sind|ware|est|sont|serait|es|son|seria)\b"
)
_PERSON = re.compile(
    r"\b(?:you|we|candidates?|applicants?|students?|interns?)(?:'d| must| should| need| require| expect| ask| know"
    r"| bring| have| can| will| are| do(?:n't| not) (?:need|require|expect)"
    r"| (?:do|really|definitely|absolutely|certainly|still|also) (?:need|require|expect))\b"
)
_HEADS = "(?:experience|knowledge|familiarity|proficiency|understanding|expertise|exposure|background)"
_HEAD = re.compile(  # with what it is of: “experience with Go”, “Go experience”
    rf"(?:\w{{1,15}} ){{0,2}}{_HEADS} (?:with|of|in|using|on|to)\b|(?:\w{{1,15}} ){{1,2}}{_HEADS}\b"
)
_NONE = re.compile(r"no [^.,;:()]{1,40}? (?=(?:is |are )?(?:required|needed|necessary|expected)\b)")
_REFERS = re.compile(  # no subject of its own
    r"(?:it|they|this|that|these|those|which|both|either|all|any|not|also|as|or|though|if|is|are|with|in|for|to|of|on"
    r"|would|will|can|could|may|ist|sind|wird|werden|ware|kann|konnen|aber|jedoch|doch|sondern|mais|pero|aunque|sino)\b"
)
_LEADS_ON = re.compile(r"\b(?:in|with|of|for|to|on|at|as|by|if) ?\Z")  # “… or interest in, …”
LOOSENS = ("softened", "negated", "waived", "denied")
TELLS = ("ours", "duty", "employer")  # of what is done here, and asks for nothing
LEADS = ("demanded", *TELLS)  # with its object behind it: “you can write and debug Python”
BARE = 40  # characters of a subject without a verb: “Experience with SQL preferred”
ARTICLE = 12  # characters between a verb and the word that rules: “is strongly preferred”
STOPS = " .,!)。；"  # what may stand at the end of a clause


@lru_cache(maxsize=1)  # one clause is asked about for each thing it names
def statement_ends(view: View, first: int, last: int) -> list[tuple[int, int]]:
    """Where a statement of the clause `[first, last)` ends and the next one begins."""
    cues = view.hits("severity", first, last)
    if not any(cue.concept in LOOSENS or cue.concept in TELLS for cue in cues):
        return []  # whatever there is, all of it is demanded
    firm = view.hits("must", first, last)
    ruling = sorted({*firm, *(cue for cue in cues if _rules(view, cue, firm))})
    found = []
    for joint in _JOINT.finditer(view.folded, first, last):
        if _parts(view, ruling, first, joint, last):
            found.append(joint.span())
            first = joint.end()
    return found


def _parts(view: View, ruling: list[Hit], first: int, joint: re.Match[str], last: int) -> bool:
    """Whether one statement ends at a joint and another one begins: “Docker is a plus, Python required”.

    So where the one before has a subject of its own, or opens with its wish, and the one behind a verb: “You must
    know Docker and SQL is a plus”. Without one, no list may stand on either side: “You must know Go, SQL preferred”.
    `ruling`: the words that rule statements, in order.
    """
    end, start = joint.span()
    at = bisect_left(ruling, (start,))
    if at == len(ruling):
        return False
    told, cue = ruling[bisect_left(ruling, (first,)) : at], ruling[at]
    if not told:
        return joint[0] == ", " and _begins_anew(view, cue, (first, end), (start, last))
    if _REFERS.match(view.folded, start):
        return False
    closing = [hit for hit in told if hit.concept not in LEADS and 0 <= end - hit.end <= 1]
    if any(hit.start <= first + 1 for hit in closing):
        return False  # “Ideally, you have …”
    if closing and not _LEADS_ON.search(view.folded, first, end):
        return cue.start > start or not ends(view, cue.end, last)
    if told[0].start != first and not _PERSON.search(view.folded, first, end):
        return False
    if cue.start == start and cue.concept in TELLS:
        return True
    return _is_ruled(view, cue, start, last, bare="," in joint[0] and not _JOINT.search(view.folded, first, end))


def _begins_anew(view: View, cue: Hit, before: tuple[int, int], behind: tuple[int, int]) -> bool:
    """Whether a demand is followed by another one that is ruled: “Strong SQL skills, experience with Go is a plus”."""
    head = _HEAD.match(view.folded, behind[0])
    if head is None or cue.start < head.end() or not _is_ruled(view, cue, *behind, bare=True):
        return False
    return bool(view.named("severity", *before, "demanded"))


def _is_ruled(view: View, cue: Hit, start: int, last: int, *, bare: bool) -> bool:
    """Whether a cue rules what begins at `start`: behind a verb or, in a `bare` statement, as its last word."""
    folded = view.folded
    if _WHILE.search(folded, start, cue.start):
        return False  # a later statement's
    verb = _VERB.match(folded, start) or _PERSON.match(folded, start) or _NONE.match(folded, start)
    if verb:
        return verb.end() + ARTICLE >= cue.start
    bare = bare and 1 < cue.start - start <= BARE and ends(view, cue.end, last)
    return bare and not _JOINT.search(folded, start, cue.start)


def _rules(view: View, cue: Hit, firm: list[Hit]) -> bool:
    """Whether a cue says by itself how strongly something is asked for, and does not only lead to it."""
    if cue.concept in LOOSENS or cue.concept in TELLS:
        return True
    if cue.concept == "demanded" and _PERSON.match(view.folded, cue.start):
        return True
    return any(hit.start < cue.end and hit.end > cue.start for hit in firm)  # “is required”


def ends(view: View, at: int, last: int) -> bool:
    """Whether nothing but stops stands between `at` and the end of a clause."""
    return not view.folded[at:last].strip(STOPS)
