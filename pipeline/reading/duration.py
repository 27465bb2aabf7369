"""Topic: how many weeks the internship lasts.

From a stated number of weeks or months, else from its first and last day. Rules from the codebook,
`duration_weeks`: a month is 4.345 weeks; “at least 3 months” is 13, 13.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

from pipeline.models import Claim, Span
from pipeline.reading.amounts import count_before
from pipeline.reading.dates import dates, ranges, weeks
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.topic import Topic

WEEKS = {"week": 1.0, "month": 4.345}
SHORTEST, LONGEST = 2, 80  # weeks; outside of these it is something else's time
NEAR = 28  # characters around a time in which another matter claims it


class Stint(NamedTuple):
    """A stated time at `document.text[start:end]`, in weeks."""

    start: int
    end: int
    low: int
    high: int


def read(view: View) -> Topic:
    """`duration_weeks`: the whole range of what is stated for this internship."""
    stints = _stated(view) or _between_dates(view)
    if not stints:
        return Topic()
    span = Span(min(stint.low for stint in stints), max(stint.high for stint in stints))
    claims = [Claim("duration_weeks", asdict(span), view.quote(stint.start, stint.end)) for stint in stints]
    return Topic({"duration_weeks": span}, claims)


def _stated(view: View) -> list[Stint]:
    stints: list[Stint] = []
    said = None
    for hit in view.hits("span"):
        sentence = view.sentence(hit.start)
        if sentence is not said and (stint := _stint(view, sentence, hit)):
            stints.append(stint)
            said = sentence
    return stints


def _stint(view: View, sentence: Sentence, hit: Hit) -> Stint | None:
    count = count_before(view, hit.start)
    if count is None or count.start < sentence.start:
        return None
    low, high = round(count.low * WEEKS[hit.concept]), round(count.high * WEEKS[hit.concept])
    if low < SHORTEST or high > LONGEST or sentence.section in ("preferred", "location"):
        return None
    if _other(view, sentence, count.start, hit.end) or not _of_stint(view, sentence):
        return None
    return Stint(count.start, hit.end, low, high)


def _other(view: View, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words around the time say that it is experience, leave, notice or an extension."""
    return bool(
        view.hits("span_other", max(sentence.start, start - NEAR), start)
        or view.hits("span_other", end, min(sentence.end, end + NEAR))
    )


def _of_stint(view: View, sentence: Sentence) -> bool:
    above = view.sentences[sentence.index - 1] if sentence.index else sentence
    return bool(view.within("stint", sentence)) or (above.block.kind == "heading" and bool(view.within("stint", above)))


def _between_dates(view: View) -> list[Stint]:
    stints = []
    said = None
    for hit in view.hits("month"):
        sentence = view.sentence(hit.start)
        if sentence is said:
            continue
        said = sentence
        if view.within("finishing", sentence) or view.within("deadline", sentence) or not _of_stint(view, sentence):
            continue
        for first, last in ranges(view, dates(view, sentence.start, sentence.end)):
            length = weeks(first, last)
            if length and SHORTEST <= length <= LONGEST:
                stints.append(Stint(first.start, last.end, length, length))
    return stints
