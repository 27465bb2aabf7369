"""Where a posting speaks of the internship's own time: shared by duration and term.

Reads the layers `stint`, `finishing` and `deadline`, to keep the internship's dates apart from those of
graduations and applications.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import merge

from pipeline.reading.amounts import count_before
from pipeline.reading.dates import Date, dates, ranges
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View

_NUMERIC = (  # by the first of their signs, which is found much quicker than a number
    re.compile(r"/(?<=[0-9]/)[0-9]{1,2}[/.][0-9]"),
    re.compile(r"\.(?<=[0-9]\.)[0-9]{1,2}[/.][0-9]"),
    re.compile(r"-(?:(?<=20[0-9][0-9]-)[0-9]{1,2}-[0-9]|(?<=[0-9]-)[0-9]{1,2}-20[0-9])"),
    re.compile(r"年(?:(?<=[0-9]年)|(?<=[0-9] 年))[ ]?[0-9]{1,2}(?:[ ]?月|/[0-9])"),
)
_YEAR = re.compile(r"\b20[2-9][0-9]\b")
NEAR = 40  # characters before a date in numbers in which a word of starting stands
_STARTS_WITHIN = re.compile(  # “be available to begin employment between mid-May and mid-June”
    r"\b(?:begin|start|commence|join)(?: \w{2,12}){0,2} between (?:mid[ -]|early |late |the )?\Z"
)
BESIDE = 25  # characters between a time and the month it begins or ends in
BEHIND = 14  # characters from the start of a Chinese date in which “入职” stands behind it
ALONE = 50  # characters of a sentence that is but a range of dates
OPENING = 8  # characters before such a range: “from the”
SHORT = 90  # characters of a line that only states facts, under a heading that says of what


def label(view: View, sentence: Sentence) -> Sentence | None:
    """The label (“Duration:”) or heading just above a sentence, if there is one."""
    above = next(view.above(sentence), None)
    if above is None or above.end - above.start >= SHORT:
        return None
    return above if above.block is sentence.block or above.block.kind == "heading" else None


def of_stint(view: View, sentence: Sentence) -> bool:
    """Whether the sentence, or the label or heading just above it, speaks of the internship's time."""
    if sentence.section == "logistics" or view.within("stint", sentence):
        return True
    if _beside_dates(view, sentence):
        return True
    above = label(view, sentence)
    return above is not None and bool(view.within("stint", above))


@lru_cache(maxsize=1)  # a sentence is asked about for each time that it names
def _beside_dates(view: View, sentence: Sentence) -> bool:
    """Whether a time stands beside months or a season: “Three months, June to August”."""
    offered = sentence.section == "benefits"
    if sentence.section in OF_EMPLOYER and not (offered and _opens_with_time(view, sentence)):
        return False
    for span in view.within("span", sentence):
        if span.concept == "day":  # “five days a week, June to August”
            continue
        around = max(sentence.start, span.start - BESIDE), min(sentence.end, span.end + BESIDE)
        if view.hits("month", *around) or view.hits("season", *around):
            return True
    return False


def _opens_with_time(view: View, sentence: Sentence) -> bool:
    """“10 weeks in summer 2026”, whatever it stands among, and not “12 weeks of parental leave”."""
    span = next(iter(view.within("span", sentence)), None)
    count = span and count_before(view, span.start)
    if not count or count.start > sentence.start or not _YEAR.search(view.folded, count.end, sentence.end):
        return False
    return not view.has("span_other", sentence, "behind")


def stint_sentences(view: View) -> Iterator[Sentence]:
    """Sentences with a date, or parts of one, that speak of the internship's time, not of a graduation or of applying.

    With a date in numbers only where a word of starting stands before it.
    """
    for sentence in _sentences(view, (at for at in _numeric(view.text) if _is_start(view, at) or _opens(view, at))):
        due = view.within("deadline", sentence)
        part = _beside(view, sentence, due[0]) if due else sentence
        if part and (of_stint(view, part) or view.within("season", part) or _is_bare_range(view, part)):
            yield part


def _beside(view: View, sentence: Sentence, due: Hit) -> Sentence | None:
    """What a sentence says of the start beside a last day: “Starts in June, apply by 1 March”."""
    for word in view.within("starting", sentence):
        if word.start < due.start:
            stops = [view.folded.rfind(sign, word.end, due.start) for sign in ",;"]
            part = sentence._replace(end=max(stops))
        else:
            stops = [view.folded.rfind(sign, due.end, word.start) for sign in ",;"]
            part = sentence._replace(start=max(stops) + 1)
        if max(stops) >= 0 and not view.within("deadline_other", part):
            return part
    return None


def _opens(view: View, at: int) -> bool:
    """Whether a date in numbers is what its sentence begins with."""
    return at - view.sentence(at).start < 3


def _is_bare_range(view: View, sentence: Sentence) -> bool:
    """“Vom 01.03.2027 bis 31.08.2027”: a sentence of nothing else, neither of applying nor of studies."""
    if sentence.end - sentence.start > ALONE or sentence.section in OF_EMPLOYER:
        return False
    above = label(view, sentence)
    if above and any(view.within(layer, above) for layer in ("deadline", "applying", "finishing", "deadline_other")):
        return False
    return any(
        first.start - sentence.start < OPENING and sentence.end - last.end < 3
        for first, last in ranges(view, dates(view, sentence.start, sentence.end))
    )


def _is_start(view: View, at: int) -> bool:
    """Whether a word of starting stands before a date in numbers."""
    hits = starting_words(view, max(0, at - NEAR), at)
    return bool(hits) and "\n" not in view.text[hits[-1].end : at].lstrip(": \n")  # in its line, or as its label


def dated_sentences(view: View) -> Iterator[Sentence]:
    """Sentences with the name of a month or a date in numbers."""
    return _sentences(view, _numeric(view.text))


def _sentences(view: View, numeric: Iterable[int]) -> Iterator[Sentence]:
    """Those with the name of a month or one of the dates in numbers, each once, in the order of the text."""
    said: Sentence | None = None
    for at in merge((hit.start for hit in view.hits("month")), numeric):
        sentence = view.sentence(at)
        if sentence is not said:
            said = sentence
            yield sentence


def starting_words(view: View, start: int, at: int) -> list[Hit]:
    """Words of starting before a date that begins at `at`; in Chinese just behind it too: “2026年7月入职”."""
    behind = view.hits("starting", at, at + BEHIND) if "月" in view.text[at : at + BEHIND] else []
    return view.hits("starting", start, at) + behind


@lru_cache(maxsize=1)  # duration and term ask for them one after the other
def _numeric(text: str) -> list[int]:
    return sorted(found.start() - 1 for pattern in _NUMERIC for found in pattern.finditer(text))


def stint_ranges(view: View) -> Iterator[tuple[Date, Date]]:
    """First and last day or month of the internship, wherever both are stated."""
    for sentence in stint_sentences(view):
        if view.within("finishing", sentence):
            continue
        stated = dates(view, sentence.start, sentence.end)
        found = ranges(view, stated)
        yield from (pair for pair in found if not _STARTS_WITHIN.search(view.folded, sentence.start, pair[0].start))
        if len(stated) == 1 and stated[0].month and (last := _end_below(view, sentence, stated[0])):
            yield stated[0], last


def _end_below(view: View, sentence: Sentence, first: Date) -> Date | None:
    """The last day that the line below a first one states: “Start date: 8 June 2026”, “End date: 14 August 2026”."""
    above = label(view, sentence)
    if not view.hits("starting", above.start if above else sentence.start, first.start):
        return None
    ending = next(view.below(sentence), None)
    word = next(iter(view.within("ending", ending)), None) if ending else None
    if ending is None or word is None or word.start - ending.start > BESIDE:
        return None
    if any(view.within(layer, ending) for layer in ("finishing", "applying", "deadline")):
        return None
    alone = word.end + OPENING > ending.end  # “End date:” is a label of the next
    value = next(view.below(ending), ending) if alone else ending
    last = next(iter(dates(view, word.end, value.end)), None)
    return last if last and last.month and last.start - word.end <= BESIDE else None
