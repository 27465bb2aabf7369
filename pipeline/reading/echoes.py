"""Sentences that speak of the one before: “… Even better!”, “If you know any of it, great.”, “The same goes for R.”

Reads the layers `severity` and `skill`.
"""

from __future__ import annotations

import re
from itertools import islice

from pipeline.reading.scan import Sentence, View

_AGAIN = re.compile(
    r"(?:and )?(?:the )?same (?:(?:goes|applies|holds|is true) )?(?:for|with|of|to)\b|likewise\b|ditto\b"
)
_CHEER = re.compile(  # the answer to a question that only wishes
    r"\W{0,3}(?:dann )?(?:(?:even|all the|noch|umso|desto|um so) (?:better|besser)|jackpot"
    r"|(?:das |that's |that is )?(?:ist |ware? )?(?:a |an |ein |echt |sehr |really )?"
    r"(?:super|toll|top|klasse|prima|perfekt|spitze|wunderbar|genial|grossartig|great|awesome|perfect|fantastic"
    r"|brilliant|amazing|excellent|bonus|plus|pluspunkt\w?|bonuspunkt\w?|kein muss|nice))\b"
)
_LOVELY = re.compile(
    r", (?:then )?(?:that's |that is |that would be |it's )?(?:even better|all the better|great|lovely|awesome"
    r"|perfect|nice|fantastic|brilliant|wonderful|excellent|cool|superb|good|a bonus|a plus)\W{0,2}\Z"
)
_OF_THEM = re.compile(
    r"\b(?:(?:ein(?:e|es|s|en|em|er)|beides|etwas|teile|welche|vieles) davon"
    r"|(?:one|any|some|either|both|all|part) of (?:them|these|those|it))\b"
)
_THEN = re.compile(
    r"(?:then|if so|if yes),? .{0,30}?\b(?:apply|get in touch|contact|write|join|drop us|send|reach out|talk"
    r"|hear from you|right person|for you|want you)\b"
)
MOST_QUESTIONS = 4  # in a row
CHEER = 40  # characters of such an answer


def is_applauded(view: View, sentence: Sentence) -> bool:
    """Whether a cheer answers: “Worked with Docker before? Even better!”, “If you've met Kafka, lovely.”"""
    if view.text[sentence.end - 1] != "?":
        tail = max(sentence.start, sentence.end - CHEER)
        return view.folded.startswith("if ", sentence.start) and bool(_LOVELY.search(view.folded, tail, sentence.end))
    behind = next(view.below(sentence), None)
    if behind is None or behind.line != sentence.line or behind.end - behind.start > CHEER:
        return False
    return _CHEER.match(view.folded, behind.start, behind.end) is not None


def is_condition(view: View, sentence: Sentence) -> bool:
    """Whether the sentence is a question, and who says yes may apply: “Do you write Python? Then get in touch.”"""
    if view.text[sentence.end - 1] != "?":
        return False
    following = islice(view.below(sentence), MOST_QUESTIONS)
    answer = next((near for near in following if view.text[near.end - 1] != "?"), None)
    if answer is None or answer.line != sentence.line:
        return False
    return _THEN.match(view.folded, answer.start, answer.end) is not None


def is_wished_below(view: View, sentence: Sentence) -> bool:
    """Whether the next sentence wishes for what this one names: “We use Kafka. If you know any of it, great.”"""
    behind = next(view.below(sentence), None)
    if behind is None or behind.line != sentence.line or not _OF_THEM.search(view.folded, behind.start, behind.end):
        return False
    return view.has("severity", behind, "softened") and not view.within("skill", behind)


def named_before(view: View, sentence: Sentence) -> tuple[Sentence, int, int] | None:
    """The skill of the sentence before, where this one says the same of another: “The same goes for Tableau.”"""
    if not _AGAIN.match(view.folded, sentence.start):
        return None
    before = next(view.above(sentence), None)
    skills = view.within("skill", before) if before else []
    return (before, skills[-1].start, skills[-1].end) if before and skills else None
