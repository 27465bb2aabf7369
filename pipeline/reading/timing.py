"""Topics: the term of the internship, and the last day to apply.

Rules from the codebook, `term` and `deadline`: the season named, else the one of a stated start month;
a year only where it is stated.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from pipeline.models import Claim
from pipeline.reading.dates import Date, bound, dates, ranges
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View
from pipeline.reading.stint import dated_sentences, label, of_stint, starting_words, stint_sentences
from pipeline.reading.topic import Topic

SEASONS = ("spring",) * 4 + ("summer",) * 3 + ("fall",) * 3 + ("winter",) * 2  # by start month, codebook
_ASKS = re.compile(r"(?:to apply,? |so |then |just )?(?:please|kindly|send|submit|apply|e-?mail|mail|forward)\b")
STARTS = {"spring": 1, "summer": 6, "fall": 9}  # months in which the season's internships start
_LEADS = re.compile(r" (?:is|will be|marks) (?:the |our |an? )?| [-–—] |[ ]?\(\d{1,3}\+? ")
_END_OF = re.compile(r"\b(?:end of|ende|fin(?: du mois)?(?: de| d'(?=[ao]))?) ?\Z")
_WHOLE = re.compile(r"\b(?:this|spend (?:your|the)|over the|throughout the|(?:the|this) (?:coming|upcoming)|next) \Z")
_PAST = re.compile(r"(?:\b(?:last|past|previous|until|till) (?:year's |the end of )?|\(as of (?:the )?)\Z")
_FOR = re.compile(r"\bfor (?:the |our )?\Z")
_DURING = re.compile(r" (?:in|during|for|over|throughout|each|every)(?: the)? ")
_PART = re.compile(r"\b(?:during the|for the) \Z")
_SOUGHT = re.compile(r"\b(?:looking|searching) for (?:an? )?\Z")
_REFUSED = re.compile(r"\bnot apply\b")
_TIME_IN = re.compile(r" (?:in|during|over)(?: the months of)? ")  # between “8 weeks” and “July and August”
_YEAR_LINE = re.compile(r"\n(?:(?:calendar|intake|start) )?year(?::| -) ?\n?(20[0-4]\d)\b")
TO_APPLY = ("until", "by", "latest")  # words before a date that make it the last day of what is asked
FINISHING = 60  # characters before a date within which “graduating” claims it
AFTERWARDS = 45  # characters behind a last day within which it may be said to be of something else
JOINED = 2  # characters between a date and the word of Chinese that closes it: “3月1日截止”
ALONE = 12  # characters of a sentence beside the season that is all it says
FINISHED = 28  # characters behind a date within which “graduates” claims it
NOTICE = 200  # characters around a last day in which the day before it may be named instead
APPLYING = 150  # characters before such a date in which applying is spoken of
CLOSE, CLOSE_WORDS = 14, 3  # characters and spaces between “del”, “vom”, “du” and the date that they lead to
OF_PAPER = 8  # characters between a venue and its last day: “NeurIPS 2026 (deadline”
ASKED = 48  # characters before a date in which “by” stands, with a day of the week and an hour
CLOSES = 3  # characters behind a date in which “at the latest” stands
BEFORE = 32  # characters before a season in which the words stand that it is said with
LISTED = 18  # characters around a season within which another one is listed: “in the fall and spring”
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


@lru_cache(maxsize=1)  # asked for again by each date without a year
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
        return stated.season, titled or next(iter(years), None) or _year_below(view, stated), stated
    for stated in started:
        return _season(stated), stated.year or titled, stated
    return None


def _year_below(view: View, stated: Date) -> int | None:
    """The year that has a line of its own below the season: “Season: Summer”, “Year: 2026”."""
    year = _YEAR_LINE.match(view.folded, view.sentence(stated.start).end)
    return int(year[1]) if year else None


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
            if stated.season and not _is_past(view, sentence, stated) and not _finishing(view, sentence, stated):
                found += [stated] if _of_trainee(view, sentence, stated) else []
    return found


def _is_past(view: View, sentence: Sentence, stated: Date) -> bool:
    """Whether it is another season: “last summer”, “until summer 2027”, “in summer 2025 our interns published …”."""
    if sentence.section == "title":
        return False
    if _PAST.search(view.folded, max(sentence.start, stated.start - BEFORE), stated.start):
        return True
    if _SOUGHT.search(view.folded, sentence.start, stated.start):  # “looking for summer internships? Do not apply”
        return _REFUSED.search(view.folded, stated.end, sentence.end) is not None
    return view.has("season_said", sentence, "told")


def _of_trainee(view: View, sentence: Sentence, stated: Date) -> bool:
    """Whether the season is the internship's: “summer intern”, “summer position”, “join us for Summer 2026”."""
    if sentence.section == "title" or view.hits("trainee", stated.end, min(sentence.end, stated.end + TRAINEE)):
        return True
    before = view.folded[max(sentence.start, stated.start - BEFORE) : stated.start]
    ours = sentence.section not in ("benefits", "legal")
    behind = view.hits("season_said", stated.end, min(sentence.end, stated.end + 2))
    if _WHOLE.search(before) or any(hit.concept == "stay" for hit in behind):
        return ours
    if stated.year is None:
        said = view.hits("season_said", max(0, stated.start - BEFORE), stated.start)
        if said and said[-1].concept == "label" and not view.folded[said[-1].end : stated.start].strip():
            return ours
        held = any(hit.concept == "held" and _DURING.fullmatch(view.folded, hit.end, stated.start) for hit in said)
        if held and view.within("position", sentence) and not _alternates(view, sentence, stated):
            return True
        offered = any(hit.concept == "open" and _DURING.fullmatch(view.folded, hit.end, stated.start) for hit in said)
        if offered and not view.has("season_said", sentence, "school", "classes"):
            return ours
        if _PART.search(before) and not view.has("season_said", sentence, "school", "classes"):
            return ours
        behind = view.hits("stint", stated.end, min(sentence.end, stated.end + 2))
        return bool(behind) and behind[0].concept == "internship"
    alone = sentence.end - sentence.start < stated.end - stated.start + ALONE
    if alone or of_stint(view, sentence):
        return True
    return _FOR.search(before) is not None and sentence.section not in OF_EMPLOYER


def _alternates(view: View, sentence: Sentence, stated: Date) -> bool:
    """Whether another season is listed with the one that is stated, or the time of school is spoken of."""
    listed = view.hits("season", max(sentence.start, stated.start - LISTED), min(sentence.end, stated.end + LISTED))
    return len(listed) > 1 or view.has("season_said", sentence, "school")


def _finishing(view: View, sentence: Sentence, stated: Date) -> bool:
    """Whether it is the date of a graduation: that word stands before or behind it, and no internship between."""
    before = view.hits("finishing", max(sentence.start, stated.start - FINISHING), stated.start)
    if before and not view.hits("stint", before[-1].end, stated.start):
        return True
    if view.named("finishing", sentence.start, stated.start, "recruiting"):
        return True
    behind = view.hits("finishing", stated.end, min(sentence.end, stated.end + FINISHED))
    return bool(behind) and not view.hits("stint", stated.end, behind[0].start)


def _starts(view: View) -> list[Date]:
    """Stated months in which the internship starts."""
    found = []
    for sentence in stint_sentences(view):
        stated = dates(view, sentence.start, sentence.end)
        firsts = [first for first, _ in ranges(view, stated)] + [
            date_
            for date_ in stated
            if _starting(view, sentence, date_) and _bound(view, date_) not in ("until", "latest")
        ]
        if sentence.section == "title":  # “ML Co-op (Jan 2027)”, “ML Co-op, January start”
            firsts += [date_ for date_ in stated if date_.year or view.hits("starting", date_.end, date_.end + 2)]
        firsts = firsts or [date_ for date_ in stated if date_.year and _in_brackets(view, date_)]
        firsts = firsts or [date_ for date_ in stated if _is_time_in(view, sentence, date_)]
        found += [date_ for date_ in firsts if date_.month and not _finishing(view, sentence, date_)][:1]
    return found


def _is_time_in(view: View, sentence: Sentence, stated: Date) -> bool:
    """“8 weeks in July and August 2027.”"""
    if not stated.year:
        return False
    spans = view.named("span", max(sentence.start, stated.start - BEFORE), stated.start, "week", "month")
    return bool(spans) and _TIME_IN.fullmatch(view.folded, spans[-1].end, stated.start) is not None


def _in_brackets(view: View, stated: Date) -> bool:
    """“We offer internships (September 2027).”"""
    bracket = stated.start - 1
    if view.text[bracket] != "(" or not view.text.startswith(")", stated.end):
        return False
    named = view.named("stint", max(0, bracket - BEFORE), bracket, "internship")
    return bool(named) and named[-1].end == bracket - 1 and bool(view.within("trainee", view.sentence(bracket)))


def _starting(view: View, sentence: Sentence, stated: Date) -> bool:
    above = label(view, sentence)
    scope = above.start if above else max(sentence.start, stated.start - FINISHING)
    words = starting_words(view, scope, stated.start)
    return any(hit.concept != "of" or _leads(view, hit, stated) for hit in words)


def _leads(view: View, word: Hit, stated: Date) -> bool:
    """Whether nothing but an article or a day of the week stands between “from” and its date."""
    return stated.start - word.end <= CLOSE and view.folded.count(" ", word.end, stated.start) <= CLOSE_WORDS


def _deadline(view: View) -> tuple[str, Date] | None:
    for cue in view.hits("deadline"):
        sentence = view.sentence(cue.start)
        if any(cue.start - hit.end <= OF_PAPER for hit in view.hits("due_elsewhere", sentence.start, cue.start)):
            continue
        stop = sentence.end
        found = dates(view, cue.start, stop)
        if view.is_wide(cue.start):
            found = [
                near for near in dates(view, sentence.start, cue.end) if 0 <= cue.start - near.end < JOINED
            ] or found
        found = found or _leading_to(view, sentence, cue)
        following = None if found or stop - cue.end >= 60 else next(view.below(sentence), None)
        if following:
            near = dates(view, cue.start, following.end)
            if near and not _tells_start(view, following, near[0]):  # “closes when it is filled. Start: …”
                found = near
        for stated in (_dated(view, closing) for closing in _closing(view, found)):
            if _iso(view, stated) and not view.hits("deadline_other", cue.end, _behind(view, stated)):
                return _last_day(view, stated), stated
    return _asked_until(view)


def _tells_start(view: View, sentence: Sentence, stated: Date) -> bool:
    """Whether a sentence speaks of starting before a date; “del 1 al 15 de mayo” may be of anything."""
    return any(hit.concept != "of" for hit in view.hits("starting", sentence.start, stated.start))


def _leading_to(view: View, sentence: Sentence, cue: Hit) -> list[Date]:
    """The date just before what it closes: “March 14, 2027 is our application deadline”."""
    return [
        near
        for near in dates(view, sentence.start, cue.start)
        if _LEADS.fullmatch(view.folded, near.end, cue.start)
        and not starting_words(view, sentence.start, near.start)
        and not view.hits("deadline_other", sentence.start, near.start)
    ]


def _asked_until(view: View) -> tuple[str, Date] | None:
    """The day by which what one applies with is asked for: “Send your CV and two references by 15 May 2026”."""
    for sentence in dated_sentences(view):
        if not view.within("applying", sentence) or not _may_ask(view, sentence):
            continue
        for known in dates(view, sentence.start, sentence.end):
            behind = view.hits("date_bound", known.end, known.end + CLOSES)
            if _bound(view, known) not in TO_APPLY and not any(word.concept == "latest" for word in behind):
                continue
            stated = _dated(view, known)
            if _iso(view, stated) and _of_applying(view, sentence, stated):
                return _last_day(view, stated), stated
    return None


def _may_ask(view: View, sentence: Sentence) -> bool:
    """Whether something may be asked for here; below benefits and duties, what an application holds is."""
    if sentence.section in OF_EMPLOYER:
        return _ASKS.match(view.folded, sentence.start) is not None
    return sentence.section != "duties" or view.has("applying", sentence, "papers")


def _dated(view: View, stated: Date) -> Date:
    """The date; where no year is stated, in the year that ends with the stated start of the internship."""
    if stated.year or not (stated.month and stated.day):
        return stated
    term = _term(view)
    start = term and (term[2].month or STARTS.get(term[0]))
    if not (term and term[1] and start):
        return stated
    return stated._replace(year=term[1] - (stated.month > start))


def _of_applying(view: View, sentence: Sentence, stated: Date) -> bool:
    """Whether applying is spoken of before the date, and neither graduating nor starting nor a first round."""
    if not view.hits("applying", max(sentence.start, stated.start - APPLYING), stated.start):
        return False
    started = view.hits("starting", max(sentence.start, stated.start - ASKED), stated.start)
    if any(hit.concept != "of" or stated.start - hit.end <= 1 for hit in started):
        return False
    other = view.hits("deadline_other", max(sentence.start, stated.start - ASKED), _behind(view, stated))
    return not other and not _finishing(view, sentence, stated)


def _behind(view: View, stated: Date) -> int:
    """How far behind a last day, in its sentence up to a semicolon, words may say that it is of something else."""
    last = min(view.sentence(stated.start).end, stated.end + AFTERWARDS)
    stop = view.folded.find(";", stated.end, last)
    return last if stop < 0 else stop


def _bound(view: View, stated: Date) -> str | None:
    return bound(view, max(0, stated.start - ASKED), stated)


def _iso(view: View, stated: Date) -> str | None:
    """The day, of “the end of April 2026” its last."""
    if stated.day is None and stated.month and _END_OF.search(view.folded, max(0, stated.start - ASKED), stated.start):
        stated = stated._replace(day=31)
    return stated.iso


def _closing(view: View, found: list[Date]) -> list[Date]:
    """The dates that may close something: of “January 5 – February 5” the last."""
    opening = [first for first, _ in ranges(view, found)]
    return [stated for stated in found if stated not in opening]


def _last_day(view: View, stated: Date) -> str:
    """The stated day, or the one before it where applications are taken only until then."""
    day = _iso(view, stated)
    assert day
    if not view.hits("day_before", max(0, stated.start - NOTICE), stated.end + NOTICE):
        return day
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
