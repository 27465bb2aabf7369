"""Sentences that speak of the one before: “… Even better!”, “If you know any of it, great.”, “The same goes for R.”

Reads the layers `cheer`, `echo`, `severity` and `skill`.
"""

from __future__ import annotations

import re
from itertools import islice

from pipeline.reading.scan import Sentence, View

_AGAIN = re.compile(
    r"(?:and )?(?:the )?same (?:(?:goes|applies|holds|is true) )?(?:for|with|of|to)\b|likewise\b|ditto\b"
)
MOST_QUESTIONS = 4  # in a row
CHEER = 40  # characters of such an answer
SIGNS = 3  # characters beside a cheer that are no words
ANSWER = 4  # characters before an answer: “A: No.”


def is_applauded(view: View, sentence: Sentence) -> bool:
    """Whether a cheer answers: “Worked with Docker before? Even better!”, “If you've met Kafka, lovely.”"""
    if view.text[sentence.end - 1] != "?":
        if not view.folded.startswith(("if ", "wenn ", "falls ", "si "), sentence.start):
            return False
        cheers = view.hits("cheer", max(sentence.start, sentence.end - CHEER), sentence.end)
        return any(view.text.endswith(", ", 0, hit.start) and hit.end >= sentence.end - SIGNS for hit in cheers)
    behind = next(view.below(sentence), None)
    if behind is None or behind.line != sentence.line or behind.end - behind.start > CHEER:
        return False
    return bool(view.hits("cheer", behind.start, behind.start + SIGNS))


def is_declined(view: View, sentence: Sentence) -> bool:
    """Whether the sentence is a question that the next one says no to: “Do I need to know Python? No.”"""
    if view.text[sentence.end - 1] != "?":
        return False
    behind = next(view.below(sentence), None)
    return behind is not None and bool(view.named("echo", behind.start, behind.start + ANSWER, "declined"))


def is_condition(view: View, sentence: Sentence) -> bool:
    """Whether the sentence is a question, and who says yes may apply: “Do you write Python? Then get in touch.”"""
    if view.text[sentence.end - 1] != "?":
        return False
    following = islice(view.below(sentence), MOST_QUESTIONS)
    answer = next((near for near in following if view.text[near.end - 1] != "?"), None)
    if answer is None or answer.line != sentence.line:
        return False
    return bool(view.named("echo", answer.start, answer.start + 1, "invited"))


def is_wished_below(view: View, sentence: Sentence) -> bool:
    """Whether the next sentence wishes for what this one names: “We use Kafka. If you know any of it, great.”"""
    behind = next(view.below(sentence), None)
    if behind is None or behind.line != sentence.line or not view.has("severity", behind, "softened"):
        return False
    return view.has("echo", behind, "of_them") and not view.within("skill", behind)


def named_before(view: View, sentence: Sentence) -> tuple[Sentence, int, int] | None:
    """The skill of the sentence before, where this one says the same of another: “The same goes for Tableau.”"""
    if not _AGAIN.match(view.folded, sentence.start):
        return None
    before = next(view.above(sentence), None)
    skills = view.within("skill", before) if before else []
    return (before, skills[-1].start, skills[-1].end) if before and skills else None
