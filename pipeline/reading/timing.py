"""Topics: the term of the internship, and the last day to apply.

Rules from the codebook, `term` and `deadline`: the season named, else the one of a stated start month;
a year only where it is stated.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.models import Claim
from pipeline.reading.dates import Date, dates, ranges
from pipeline.reading.scan import OF_EMPLOYER, Sentence, View
from pipeline.reading.stint import label, of_stint, stint_sentences
from pipeline.reading.topic import Topic

SEASONS = ("spring",) * 4 + ("summer",) * 3 + ("fall",) * 3 + ("winter",) * 2  # by start month, codebook
_WHOLE = re.compile(r"\b(?:this|over the|throughout the|the coming|the upcoming|next) \Z")
_FOR = re.compile(r"\bfor (?:the |our )?\Z")
_PART = re.compile(r"\b(?:during the|for the) \Z")
_ALL_YEAR = re.compile(r"\b(?:school|academic|all|rest of the|year[- ]round|semesters?|breaks?|terms?)\b")
FINISHING = 60  # characters before a date within which “graduating” claims it
AFTERWARDS = 45  # characters behind a last day within which it may be said to be of something else
ALONE = 12  # characters of a sentence beside the season that is all it says
FINISHED = 28  # characters behind a date within which “graduates” claims it
NOTICE = 200  # characters around a last day in which the day before it may be named instead
TRAINEE = 24  # characters behind a bare season within which an intern is named: “summer research intern”


def read(view: View) -> Topic:
    """`term` and `deadline`, with their quotes."""
    topic = Topic()
    if found := _term(view):
        season, year, stated = found
        term = f"{season} {year}" if year else season
        topic.values["term"] = term
        topic.claims.append(Claim("term", term, view.quote(stated.start, stated.end)))
    if closing := _deadline(view):
        day, stated = closing
        topic.values["deadline"] = day
        topic.claims.append(Claim("deadline", day, view.quote(stated.start, stated.end)))
    return topic


def _term(view: View) -> tuple[str, int | None, Date] | None:
    named = _seasons(view)
    started = _starts(view)
    if not named and not started:
        return None
    title = view.sentence(0)
    titled = next((known.year for known in dates(view, title.start, title.end) if known.year), None)
    for stated in named:
        if stated.season and stated.year:
            return stated.season, stated.year, stated
    for stated in named:
        assert stated.season
        years = [known.year for known in started if known.year and _season(known) == stated.season]
        return stated.season, titled or next(iter(years), None), stated
    for stated in started:
        return _season(stated), stated.year or titled, stated
    return None


def _season(stated: Date) -> str:
    return SEASONS[(stated.month or 1) - 1]


def _seasons(view: View) -> list[Date]:
    """Seasons said of the internship, those of the title first."""
    found: list[Date] = []
    said: Sentence | None = None
    for hit in view.hits("season"):
        sentence = view.sentence(hit.start)
        if sentence is said or sentence.section == "location" or view.folded.startswith("whether ", sentence.start):
            continue
        said = sentence
        for stated in dates(view, sentence.start, sentence.end):
            if stated.season and not _finishing(view, sentence, stated) and _of_trainee(view, sentence, stated):
                found.append(stated)
    return found


def _of_trainee(view: View, sentence: Sentence, stated: Date) -> bool:
    """Whether the season is the internship's: “summer intern”, “summer position”, “join us for Summer 2026”."""
    if sentence.section == "title" or view.hits("trainee", stated.end, min(sentence.end, stated.end + TRAINEE)):
        return True
    if stated.year is None:
        if _WHOLE.search(view.folded, max(sentence.start, stated.start - 18), stated.start):
            return sentence.section not in ("benefits", "legal")
        if _PART.search(view.folded, max(sentence.start, stated.start - 18), stated.start) and not _ALL_YEAR.search(
            view.folded, sentence.start, sentence.end
        ):
            return sentence.section not in ("benefits", "legal")
        if view.folded.startswith(" experience", stated.end):
            return sentence.section not in ("benefits", "legal")
        behind = view.hits("stint", stated.end, min(sentence.end, stated.end + 2))
        return bool(behind) and behind[0].concept == "internship"
    alone = sentence.end - sentence.start < stated.end - stated.start + ALONE
    if alone or of_stint(view, sentence):
        return True
    meant = _FOR.search(view.folded, max(sentence.start, stated.start - 9), stated.start)
    return meant is not None and sentence.section not in OF_EMPLOYER


def _finishing(view: View, sentence: Sentence, stated: Date) -> bool:
    """Whether it is the date of a graduation: that word stands before or behind it, and no internship between."""
    before = view.hits("finishing", max(sentence.start, stated.start - FINISHING), stated.start)
    if before and not view.hits("stint", before[-1].end, stated.start):
        return True
    if any(hit.concept == "recruiting" for hit in view.hits("finishing", sentence.start, stated.start)):
        return True
    behind = view.hits("finishing", stated.end, min(sentence.end, stated.end + FINISHED))
    return bool(behind) and not view.hits("stint", stated.end, behind[0].start)


def _starts(view: View) -> list[Date]:
    """Stated months in which the internship starts."""
    found = []
    for sentence in stint_sentences(view):
        stated = dates(view, sentence.start, sentence.end)
        firsts = [first for first, _ in ranges(view, stated)] + [
            date_ for date_ in stated if _starting(view, sentence, date_)
        ]
        found += [date_ for date_ in firsts if date_.month and not _finishing(view, sentence, date_)][:1]
    return found


def _starting(view: View, sentence: Sentence, stated: Date) -> bool:
    above = label(view, sentence)
    scope = above.start if above else max(sentence.start, stated.start - FINISHING)
    return bool(view.hits("starting", scope, stated.start))


def _deadline(view: View) -> tuple[str, Date] | None:
    for cue in view.hits("deadline"):
        sentence = view.sentence(cue.start)
        stop = sentence.end
        found = dates(view, cue.start, stop)
        following = None if found or stop - cue.end >= 60 else next(view.below(sentence), None)
        if following:
            found = dates(view, cue.start, following.end)
        for stated in _closing(view, found):
            if stated.iso and not view.hits("deadline_other", cue.end, stated.end + AFTERWARDS):
                return _last_day(view, stated), stated
    return None


def _closing(view: View, found: list[Date]) -> list[Date]:
    """The dates that may close something: of “January 5 – February 5” the last."""
    opening = [first for first, _ in ranges(view, found)]
    return [stated for stated in found if stated not in opening]


def _last_day(view: View, stated: Date) -> str:
    """The stated day, or the one before it where applications are taken only until then."""
    assert stated.iso
    if not view.hits("day_before", max(0, stated.start - NOTICE), stated.end + NOTICE):
        return stated.iso
    return (date.fromisoformat(stated.iso) - timedelta(days=1)).isoformat()
