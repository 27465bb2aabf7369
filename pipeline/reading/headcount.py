"""Topic: how many people the employer has, as the posting states it.

The largest figure stated of the whole employer; a team inside it does not count. Rule from the codebook,
`headcount_stated`: “over N” is N, N.
"""

from __future__ import annotations

import re
from dataclasses import asdict

from pipeline.models import Claim, Span
from pipeline.reading.amounts import FIGURE, number
from pipeline.reading.scan import Hit, View
from pipeline.reading.topic import Topic

NEAR = 60  # characters before a figure in which it may be said to be of customers, a department, …
MOST = 3_000_000  # people; no employer has more

_FIGURE = re.compile(rf"(?P<figure>{FIGURE})[ ]?(?P<thousand>k)?+", re.IGNORECASE)
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
    others = view.hits("headcount_other", max(sentence.start, hit.start - NEAR), hit.start)
    if others or sentence.section in ("duties", "preferred", "legal"):
        return None
    if hit.concept == "team" and not view.within("headcount_self", sentence):
        return None
    figures = list(_FIGURE.finditer(view.text, hit.start, hit.end))
    if not figures:
        return None
    people = [number(found["figure"]) * (1000 if found["thousand"] else 1) for found in figures]
    before = _LOW.search(view.folded, max(sentence.start, hit.start - 16), hit.start)
    low = number(before[1]) if before else people[0]
    high = max(people)
    return Span(low if low <= high else high, high) if 1 <= high <= MOST else None
