"""Topic: how many people the employer has, as the posting states it.

The largest figure stated of the whole employer; a team inside it does not count. Rule from the codebook,
`headcount_stated`: “over N” is N, N.
"""

from __future__ import annotations

import re
from dataclasses import asdict

from pipeline.models import Claim, Span
from pipeline.reading.amounts import FIGURE, number
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.topic import Topic

LARGE = 100  # people: no team inside an employer is introduced by such a number
NEAR = 50  # characters before a figure in which it may be said to be of customers, a department, …
MOST = 3_000_000  # people; no employer has more

_FIGURE = re.compile(rf"(?P<figure>{FIGURE})[ ]?(?P<thousand>k)?+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOW = re.compile(rf"(?<![\d.,])({FIGURE})[ ]?(?:-|to|and|bis|à)[ ]?\Z")


def read(view: View) -> Topic:
    """`headcount_stated`: a Span of people, with its quote."""
    stated = [(span, hit) for hit in view.hits("headcount") if (span := _span(view, hit))]
    if not stated:
        return Topic()
    span, hit = max(stated, key=lambda pair: (pair[1].concept == "stated", pair[0].max))
    claim = Claim("headcount_stated", asdict(span), view.quote(hit.start, hit.end))
    return Topic({"headcount_stated": span}, [claim])


def _span(view: View, hit: Hit) -> Span | None:
    sentence = view.sentence(hit.start)
    others = {near.concept for near in view.hits("headcount_other", max(sentence.start, hit.start - NEAR), hit.start)}
    figures = list(_FIGURE.finditer(view.text, hit.start, hit.end))
    if not figures or "part" in others or (hit.concept == "people" and others):
        return None
    people = [number(found["figure"]) * (1000 if found["thousand"] else 1) for found in figures]
    before = _LOW.search(view.folded, max(sentence.start, hit.start - 16), hit.start)
    low, high = number(before[1]) if before else people[0], max(people)
    if not 1 <= high <= MOST or (
        hit.concept != "stated" and not _of_employer(view, sentence, hit, figures[-1]["figure"])
    ):
        return None
    return Span(low if low <= high else high, high)


def _of_employer(view: View, sentence: Sentence, hit: Hit, figure: str) -> bool:
    """Whether a team or a number of experts is the whole employer: it speaks of itself, or the number is large."""
    if sentence.section in ("duties", "preferred") or _YEAR.fullmatch(figure):
        return False
    return number(figure) >= LARGE or bool(view.within("headcount_self", sentence))
