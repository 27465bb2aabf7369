"""Topic: how many weeks the internship lasts.

From a stated number of weeks or months, else from its first and last day. Rules from the codebook,
`duration_weeks`: a month is 4.345 weeks; “at least 3 months” is 13, 13.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import NamedTuple

from pipeline.models import Claim, Span
from pipeline.reading.amounts import COUNT_REACH, Count, count_before, number
from pipeline.reading.dates import Date, weeks
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View
from pipeline.reading.stint import of_stint, stint_ranges
from pipeline.reading.topic import Topic

WEEKS = {
    "day": 1 / 7, "week": 1.0, "month": 4.345, "year": 52.14, "year_long": 52.14, "half_year": 26.0, "two_months": 8.69,
}  # fmt: skip
BY_ITSELF = ("half_year", "year_long", "two_months")  # times, not units
SHORTEST, LONGEST = 2, 110  # weeks; outside of these it is something else's time
LONGEST_TERM = 210  # weeks of a contract that is said to end: “auf drei Jahre befristet”
BRIEF, A_YEAR = 26, 52  # weeks; beside an internship of half a year, more than a year is another program's
ASIDE = (*OF_EMPLOYER, "preferred")  # sections in which a time without a word is something else's
NEAR = 45  # characters around a time in which another matter claims it
FIRST_PART = 220  # characters before “followed by” in which the time stands that another one follows
NEXT = 8  # characters behind a time in which “and a maximum” stands
PARTS = 24  # characters before a month in which parts of it are named
DAYS_IN = {"early": 7, "mid": 15, "late": 31}
ADJACENT = 16  # characters between “every”, “first” and the like and the time
_YEARLONG = re.compile(  # what alone makes a year the internship's: it is the internship's word behind it
    r"(?>[ -]long|)[ ](?>paid[ ]|full-time[ ]|fixed[ -]term[ ]|industr(?:ial|y)[ ]|)(?:intern|co-?op|placement"
    r"|fellowship|trainee"
    r"|contract|resid|position|assignment|praktikum|stage\b|practicas|befristet)"
)
_LASTS_WORD = re.compile(
    r"(?:\b(?:duration|length|contract|term|\w{0,20}dauer|duree|duracion|dura(?:n|ra|ran)?|dure(?:ra)?|for|auf|pour|por|durante"
    r"|contrat(?: d'[a-z]{5,15}| de [a-z]{5,20})?"
    r"|(?:contrato|beca|practicas?|pasantia|estancia|convenio)s?(?: de (?!un)[a-z]{3,14})?"
    r"|\w{0,20}laufzeit|vertrag lauft|befristet auf)\b"
    r"|[时期]长|周期|为期|聘期|聘用期|合约|合同期|任期|聘任|实习期|期限|时间|连续|至少|不少于|不低于|能实习)"
)
_LASTS = re.compile(_LASTS_WORD.pattern + r"[^.;\d]{0,14}\Z")
_MOST = re.compile(r"\.?(?: of| de| von)? (\d{1,2})(?=[.,;)]|\Z)")  # behind “at least 12 weeks and a maximum”
_GOES_ON = re.compile(
    r",(?! (?:nous avons|hemos)\b)|from\b|starting|beginning|full|part|this|next|you\b|pour\b|ab\b"
    r"|at the (?:very )?(?:least|minimum)\b"
    r"|in unser|bei uns|a partir|a t(?:emps|iempo)\b|(?:renouvel|renov|prorrog|ampli)able"
)
_LEADS = re.compile(  # to a time that is what the sentence is about
    r"(?:|for|over|(?:at least|min\.|minimum)|between|pendant|au (?:moins|minimum)|entre|por|durante|al menos"
    r"|(?:como )?minimo)"
)
_REQUIRED = re.compile(r"\brequires? (?:at least|(?:a )?minimum(?: of)?)\Z")  # “We require a minimum of 10 weeks.”
_FOR_YOU = re.compile(r"[^.;,]{0,40} (?:for|over)(?: a period of| at least| no less than)? ")
_PAID_FOR = re.compile(
    r"(?:\ban? |\bper |/ ?)(?:hour|hr|week|month|mo) (?:for|over)(?: at least| up to)?\Z"
)  # “$30 an hour for …”
_AT_US = re.compile(  # behind “your 13 weeks”
    r"(?! (?:at|with|in) (?:each|every|one|another)\b)(?: (?:at|with|in|here|on|working|as)\b|[.,;)!]|\Z)"
)
_SPEND = re.compile(r"(?:\byour|\bspend(?: at least|(?: a)? minimum(?: of)?)?)\Z")
_POSSIBLE = re.compile(r"(?: are| is|,)? (?:also |likewise )?(?:possible|available|offered|welcome|an option)\b")
_BREAK = re.compile(r"[.;\d]")
_GOES_BEYOND = re.compile(r"[.;,:]| (?:and|for|can) ")  # between “have completed” and a time that is not its
_AND = re.compile(r"(?: and| und| et| y|,)?(?: an?)? ")
_STOP = re.compile(r"[.,;()/]|\band\b")
_UNIT = re.compile(r"(?:monat|woch)ig")
_PART_OF = re.compile(r"[ -]?(?:of |de |of the |du mois de )?")  # between a part of a month and it
_OR_PART = re.compile(r" ?(?:/|-|or|to|oder|ou|o) ?")  # and another one
_FOLLOWED_BY = re.compile(
    r"\b(?:followed by|gefolgt von|suivie?s? (?:d[e']|par)|seguid[oa]s? (?:de|por)) ?(?:an? |another )?\Z"
)
_BEHIND_LABEL = re.compile(r"\)? ?:? ?(\d{1,2})(?: ?- ?(\d{1,2}))?(?![\w/.%])")
_OR = re.compile(r"\b(?:or|oder|ou|o)\b")


class Stint(NamedTuple):
    """A stated time at `document.text[start:end]`, in weeks."""

    start: int
    end: int
    low: int
    high: int


def read(view: View) -> Topic:
    """`duration_weeks`: the whole range of what is stated for this internship."""
    stated = _stated(view)
    stints = [stint for stint in stated if not _is_bare_title(view, stint)] or _between_dates(view) or stated
    if not stints:
        return Topic()
    brief = [stint for stint in stints if stint.high <= BRIEF]
    stints = brief if brief and max(stint.high for stint in stints) > A_YEAR else stints
    span = Span(min(stint.low for stint in stints), max(stint.high for stint in stints))
    claims = [Claim("duration_weeks", asdict(span), view.quote(stint.start, stint.end)) for stint in stints]
    return Topic({"duration_weeks": span}, claims)


def _is_bare_title(view: View, stint: Stint) -> bool:
    """“Architecture (12 months)”: a time in a title that does not say what it is of."""
    title = view.sentence(stint.start)
    return title.section == "title" and not of_stint(view, title)


def _stated(view: View) -> list[Stint]:
    """The first time of each sentence, and a second one that is joined to it as its limit."""
    stints: list[Stint] = []
    said = None
    for hit in view.hits("span"):
        if hit.concept == "day" and not view.folded[max(0, hit.start - 3) : hit.start - 1].isdigit():
            continue  # “5 days a week”, “every day”
        sentence = view.sentence(hit.start)
        limit = sentence is said and bool(view.named("span_said", stints[-1].end, hit.start, "limit"))
        stint = _followed(view, sentence, hit) or _stint(view, sentence, hit, limit)
        if stint is None:
            continue
        if stints and stint.start <= stints[-1].start:
            stints[-1] = stint
            said = sentence
        elif sentence is not said or limit or _is_alternative(view, stints[-1].end, hit):
            stints.append(stint)
            said = sentence
    return stints


def _followed(view: View, sentence: Sentence, hit: Hit) -> Stint | None:
    """Two times of which the second follows the training: “2 months of training, followed by 4 months in a team”."""
    last = count_before(view, hit.start) if hit.concept in ("week", "month") else None
    led = last and _FOLLOWED_BY.search(view.folded, max(0, last.start - NEAR), last.start)
    if not (last and led):
        return None
    above = next(view.above(sentence), None)
    earliest = max(sentence.start if above is None else above.start, led.start() - FIRST_PART)
    spans = view.named("span", earliest, led.start(), "week", "month")
    first = count_before(view, spans[-1].start) if spans else None
    if first is None or not view.named("span_said", spans[-1].end, led.start(), "schooling"):
        return None
    before, behind = WEEKS[spans[-1].concept], WEEKS[hit.concept]
    low, high = first.low * before + last.low * behind, first.high * before + last.high * behind
    return Stint(first.start, hit.end, round(low), round(high))


def _is_alternative(view: View, end: int, hit: Hit) -> bool:
    """Whether a second time is that of what one may do instead.

    “A 3-month placement or a 6-month thesis”, “a 3-month placement; 6-month terms are possible too”.
    """
    named = view.named("stint", hit.end, hit.end + 2, "internship")
    if not named:
        return False
    return (_OR.search(view.folded, end, hit.start) or _POSSIBLE.match(view.folded, named[0].end)) is not None


def _stint(view: View, sentence: Sentence, hit: Hit, limit: bool) -> Stint | None:
    if hit.concept in ("year", "year_long") and not _may_be_yearlong(view, sentence, hit):
        return None
    if hit.concept in BY_ITSELF:
        count: Count | None = Count(hit.start, hit.end, 1, 1)
    else:
        count = count_before(view, _unit(view, hit)) or _count_behind(view, hit)
    if count is None or count.start < sentence.start or _opening(view, sentence, count.start):
        return None
    if hit.concept == "year" and not _is_yearlong(view, sentence, count.start, hit):
        return None
    if hit.concept == "day" and not _is_of_days(view, count.start, hit):
        return None
    low, high = sorted((round(count.low * WEEKS[count.unit or hit.concept]), round(count.high * WEEKS[hit.concept])))
    longest = LONGEST_TERM if view.has("span_said", sentence, "years") else LONGEST
    if low < SHORTEST or high > longest or _wished(view, sentence) or _of_benefits(view, sentence):
        return None
    if low > A_YEAR and view.folded.startswith((" rotation", "-rotation"), hit.end):
        return None
    if _other(view, sentence, count.start, hit.end):
        return None
    if not (limit or of_stint(view, sentence) or _foremost(view, sentence, count.start, hit.end)):
        return None
    top = next(iter(view.named("span_said", hit.end, min(sentence.end, hit.end + NEXT), "limit")), None)
    most = top and _AND.fullmatch(view.folded, hit.end, top.start) and _MOST.match(view.folded, top.end, sentence.end)
    if most and (upper := round(number(most[1]) * WEEKS[hit.concept])) > high:
        return Stint(count.start, most.end(), low, upper)
    return Stint(count.start, hit.end, low, high)


def _count_behind(view: View, hit: Hit) -> Count | None:
    """The number behind a unit that is part of its label: “Duration (months): 6”, “Length in weeks: 10 - 12”."""
    if not view.folded.endswith(("(", "(in ", " in ", "(en "), 0, hit.start):
        return None
    found = _BEHIND_LABEL.match(view.folded, hit.end)
    return found and Count(hit.start, found.end(), number(found[1]), number(found[2] or found[1]))


def _unit(view: View, hit: Hit) -> int:
    """Where the unit begins, behind the number that is part of its word: “sechsmonatiges”."""
    inside = _UNIT.search(view.folded, hit.start, hit.end)
    return inside.start() if inside else hit.start


def _opening(view: View, sentence: Sentence, start: int) -> bool:
    """“In 6 months, you will have …”: a point in time."""
    return view.folded[sentence.start : start].strip(" *") in ("in", "within", "after", "nach", "en", "dans")


def _may_be_yearlong(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether it is worth counting the years: most are years of experience."""
    before = view.folded[max(sentence.start - 12, hit.start - COUNT_REACH - 24, 0) : hit.start]
    return _YEARLONG.match(view.folded, hit.end) is not None or _LASTS_WORD.search(before) is not None


def _is_yearlong(view: View, sentence: Sentence, start: int, hit: Hit) -> bool:
    """“A one-year internship”, “Duration: 1 year”, and not “a 4-year degree” or “one year of experience”."""
    if _YEARLONG.match(view.folded, hit.end):
        return True
    at = sentence.start
    lasts = _LASTS.search(view.folded[max(at - 12, 0) : start])
    if lasts and lasts[0].startswith("durante") and not _names_stint(view, sentence):
        return False
    if view.is_wide(hit.start):  # a comma ends a clause of Chinese: “招收访问学生，为期一年”
        at = max(at, view.folded.rfind(",", at, start) + 1)
    if lasts is not None and view.named("span_said", at, start, "years"):
        return True  # “La thèse durera trois ans”
    return lasts is not None and not any(view.hits(layer, at, sentence.end) for layer in ("enrolment", "degree"))


def _names_stint(view: View, sentence: Sentence) -> bool:
    """Whether what lasts is named beside “durante”: “la beca … durante un año”, not “ingresos durante dos años”."""
    return any(not view.folded.startswith("durante", hit.start) for hit in view.within("stint", sentence))


def _is_of_days(view: View, start: int, hit: Hit) -> bool:
    """“A 90-day internship”, “Duration: 60 days”, and not “30 days of leave” or “we answer within 14 days”."""
    if _YEARLONG.match(view.folded, hit.end):
        return True
    lasts = view.named("span_said", max(0, start - COUNT_REACH), start, "lasts")
    return bool(lasts) and not _BREAK.search(view.folded, lasts[-1].end, start)


def _wished(view: View, sentence: Sentence) -> bool:
    """Whether it is only what the ideal applicant has time for."""
    return sentence.section == "preferred" and not view.has("stint", sentence, "internship")


def _foremost(view: View, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the time is what the sentence is about: “12 to 16 weeks, full time”, “We host you for ten weeks”."""
    if sentence.section == "title":
        return True
    led = view.folded[sentence.start : start].strip(" *(")
    if _PAID_FOR.search(led) and not view.has("span_said", sentence, "allowance"):
        return True
    if sentence.section in ASIDE:
        return False
    behind = view.folded[end : sentence.end].strip(" .!)")
    if _LEADS.fullmatch(led) or _REQUIRED.search(led):
        return not behind or _GOES_ON.match(behind) is not None
    if _SPEND.search(led):
        return _AT_US.match(view.folded, end) is not None
    hosts = view.named("span_said", sentence.start, start, "hosts")
    return any(_FOR_YOU.fullmatch(view.folded, hit.end, start) for hit in hosts)


def _of_benefits(view: View, sentence: Sentence) -> bool:
    """Whether it is how long one has to stay for an insurance."""
    return view.has("span_said", sentence, "insurance")


def _other(view: View, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words around the time say that it is experience, leave or notice, or that it repeats."""
    before = view.hits("span_other", max(sentence.start, start - 2 * NEAR), start)
    if before and before[-1].concept == "before":
        between = view.folded[before[-1].end : start]
        if len(between) <= ADJACENT and "," not in between:
            return True
    if view.named("stint", end, end + 2, "internship"):
        return False  # “10-week program”, whatever is said of it
    if any(hit.concept == "done" and not _GOES_BEYOND.search(view.folded, hit.end, start) for hit in before):
        return True
    behind = view.hits("span_other", end, min(sentence.end, end + NEAR))
    claimed = next((hit for hit in behind if hit.concept == "behind"), None)
    if claimed and _is_of_weeks(view, end, claimed):
        return False
    if claimed is None or view.named("stint", end, claimed.start, "internship"):
        return False  # “a 10-week paid internship experience”
    return not _STOP.search(view.folded, end, claimed.start)


def _is_of_weeks(view: View, end: int, claimed: Hit) -> bool:
    """“A 10-week experience”, “a 10-week summer experience” are the internship."""
    if not view.folded.startswith("-week", end - 5) or not view.folded.startswith("experience", claimed.start):
        return False
    seasons = view.hits("season", end + 1, end + 2)
    return claimed.start == (seasons[0].end if seasons else end) + 1


def _between_dates(view: View) -> list[Stint]:
    stints = []
    for first, last in stint_ranges(view):
        lengths = [
            length
            for begin in _days(view, first, DAYS_IN | {"early": 1})
            for end in _days(view, last, DAYS_IN)
            if (length := weeks(first._replace(day=begin), last._replace(day=end))) and SHORTEST <= length <= LONGEST
        ]
        if lengths:
            stints.append(Stint(first.start, last.end, min(lengths), max(lengths)))
    return stints


def _days(view: View, stated: Date, days: dict[str, int]) -> list[int | None]:
    """The day of a date, or those of the parts of its month that are named: “middle/end of May”."""
    found: list[int | None] = []
    at = stated.start
    for part in reversed(view.hits("month_part", max(0, at - PARTS), at)):
        joint = _OR_PART if found else _PART_OF
        if stated.day or not joint.fullmatch(view.folded, part.end, at):
            break
        found.append(days[part.concept])
        at = part.start
    return found or [stated.day]
