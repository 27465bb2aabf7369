"""When applicants are to graduate, and the least grade average.

Reads the layers `graduation`, `graduation_other`, `date_bound` and `gpa`; dates come from dates.py. A season is its
last month, a bare year all of it (codebook, `graduation`).
"""

from __future__ import annotations

import re

from pipeline.models import Claim, Window
from pipeline.reading.dates import Date, bound, dates, of_class
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View
from pipeline.reading.standing import of_past
from pipeline.reading.topic import Topic

AHEAD = 90  # characters after the word “graduation” in which its dates stand
BEHIND = 30
NEAR = 18  # characters behind “your degree in” in which a date stands, and no field of study
FIELD = 60  # characters in which a field may stand between “your degree in” and “by”
DEGREE = 80  # characters between a degree, with its field, and “obtained by”
MARKS = 55  # characters behind “nota media” in which its figure stands
LEAST_MARK, BEST_MARK = 2, 100  # of any scale
LEAD = 25  # characters before and behind a date in which words may stand that bound it
NEXT_DATE = 25  # characters between two dates of one window
_GRADE = re.compile(  # “3.2”, “3,2/4,3”, “14/20”
    r"(?<![\d$])(?<!\d[.,])(?:[2-9]\.\d{1,3}|[2-9],\d{1,2}(?!\d)|1\d(?:[.,]\d{1,2})?(?=[ ]?(?:/|sur)[ ]?20\b)"
    r"|[2-4](?=[ ]?(?:gpa|cgpa|or|and|\+))|[5-9](?=\+|/10\b|[ ](?:or|and) (?:above|more|higher)))(?![\d%])"
)
_PERCENT = re.compile(r"(?<![\d$.,])(?<!\btop )((?:[5-9]\d|100)(?:[.,]\d{1,2})?)[ ]?(?:%|per ?cent\b)(?! of\b)")
_UP_TO = re.compile(r"[ ]?(?:to|[-–])[ ]?")  # between the ends of a range
_SCALE = re.compile(r"(?:out of(?: an?)?|/|on an?|\bscale(?: of)?:?|\bsur)[ ]?\Z")
_ON_SCALE = re.compile(r"[ ]?(?:/|out of(?: an?)?|on an?)[ ]?[45](?:[.,]\d{1,2})?\b")  # behind a grade
_SHOWN = re.compile(r"\b(?:e\.g\.?|for example|such as)[ ,:]{1,2}\Z")  # “your GPA, e.g. 3.6/4.0”
_WISHED = re.compile(r"[^,;.:\d]{0,40}\bprefer")  # behind a grade: “a 3.0, with 3.5 or above preferred”
_WISH = re.compile(r"\bpreferred (?:[a-z.]{1,12} ){0,3}(?:of )?\Z")  # before one: “preferred GPA 3.4, required 3.0”
_LEAST = re.compile(r"\b(?:minimum|earliest)[ ]\Z")
_MARKS = re.compile(  # “nota media igual o superior a 7”, “promedio mínimo de 85/100”
    r"[^.;\d]{0,45}?(?<![\d$.,])(\d{1,3}(?:[.,]\d{1,2})?)(?![\d%]|[.,]\d)"
    r"(?=[ ]?(?:/|[).,;]|\Z|\n|-|sobre\b|de \d|o (?:mas|mayor|superior|equivalente)|en (?:adelante|el|la|tu)\b"
    r"|como minimo|minimo|puntos\b|y\b))"
)
_OTHERS = re.compile(r"\bor (?:\w{1,20} )?(?:freshers?|graduates|alumni)[ ]?\(\Z")  # a window of those alone
_NOT = re.compile(r"\bnot?\b|n't\b")
BEFORE_DATE = ("completed", "awarded", "batch")
FROM, TO = ("from", "later"), ("until", "by", "latest", "earlier")  # words that bound a date
TO_BEHIND = ("latest", "earlier")
ASKED = ("required", "preferred")
BEST = (" scale", "-point", " point", " =")  # behind the best grade of a scale


def read(view: View) -> Topic:
    """`graduation` and `gpa_min`."""
    topic = Topic()
    windows = [found for hit in view.hits("graduation") if (found := _window(view, view.sentence(hit.start), hit))]
    if windows:
        window = next((found for found in windows if not _is_of_years(found[0])), windows[0])
        value, start, end = window
        topic.values["graduation"] = value
        topic.claims.append(Claim("graduation", {"from": value.start, "to": value.end}, view.quote(start, end)))
    grades = [grade for hit in view.hits("gpa") if (grade := _grade(view, view.sentence(hit.start), hit))]
    if grades:
        _, number, start, end = min(grades, key=lambda grade: grade[0])
        topic.values["gpa_min"] = number
        topic.claims.append(Claim("gpa_min", number, view.quote(start, end)))
    return topic


def _window(view: View, sentence: Sentence, hit: Hit) -> tuple[Window, int, int] | None:
    until = hit.end if view.is_wide(hit.start) else hit.start  # the year alone of “27年毕业” is none
    behind = _run(dates(view, max(sentence.start, hit.start - BEHIND), until))
    # “a May 2027 graduation date”
    adjoining = bool(behind) and not view.folded[behind[-1].end : hit.start].strip(" -")
    if hit.concept == "adjoining" and not adjoining and not _has_class(view, sentence, hit):
        return None
    if hit.concept == "awarded" and not _names_degree(view, sentence, hit):
        return None
    if hit.concept == "studied" and not _leads_to_degree(view, sentence, hit):
        return None
    if hit.concept in BEFORE_DATE and not _dated(view, sentence, hit):
        return None
    stop = min(sentence.end, hit.end + AHEAD)
    stop = next((other.start for other in view.hits("graduation", hit.end, stop)), stop)
    found = (behind if adjoining else _run(dates(view, hit.end, stop))) or behind
    if view.text.startswith("届", hit.start):  # “2021届、2022届”: classes, each named by its year
        classes = [day for day in dates(view, sentence.start, sentence.end) if of_class(view, day)]
        found = classes or found
    if not found:
        return None
    first, last = found[0], found[-1]
    if hit.concept == "batch" and first.month and len(found) > 1:
        return None  # “Batch: January to June 2027”: when interns are there
    if _OTHERS.search(view.folded, max(sentence.start, first.start - LEAD), first.start):
        return None
    before = bound(view, max(sentence.start, first.start - LEAD), first)
    after = {word.concept for word in view.hits("date_bound", last.end, min(sentence.end, last.end + LEAD))}
    start, end = first.year_month(latest=False), last.year_month(latest=True)
    if start and end and end < start:  # “in June 2029 or December 2028”
        start, end = last.year_month(latest=False), first.year_month(latest=True)
    if len(found) == 1:
        shut_out = view.named("graduation_other", last.end, min(sentence.end, last.end + LEAD), "shut_out")
        if before in TO and not (shut_out or _NOT.search(view.folded, max(sentence.start, hit.start - 12), hit.start)):
            start = None
        elif before:  # “not graduating before May 2027”, “who graduate before May 2027 are not eligible”
            end = None
    elif bound(view, first.end, last) in FROM:
        end = None  # “in May 2027 or after May 2028”
    if (
        "later" in after
        or view.folded[last.end : last.end + 2].lstrip()[:1] == "+"
        or _LEAST.search(view.folded, max(sentence.start, hit.start - 12), hit.start)
    ):
        end = None
    elif not after.isdisjoint(TO_BEHIND):
        start = None
    if start is None and end is None:
        return None
    if _is_of_years(Window(start, end)) and _is_history(view, sentence, hit):
        return None
    return Window(start, end), min(hit.start, first.start), max(hit.end, last.end)


def _is_history(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Since launching in 2016, …, graduating from an accelerator in 2019”: the employer's, and no applicant's."""
    if sentence.section in OF_EMPLOYER and view.folded.startswith((" from ", " out of "), hit.end):
        return True
    return bool(view.named("graduation_other", sentence.start, hit.start, "employer"))


def _comes_between(view: View, start: int, end: int) -> bool:
    """Whether a clause ends between a degree and its date, or something else is named that has one."""
    ended = not {";", ":"}.isdisjoint(view.folded[start:end])
    return ended or bool(view.named("graduation_other", start, end, "thing"))


def _names_degree(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether what is “obtained by” then is a degree, of a level or of none."""
    first = max(sentence.start, hit.start - DEGREE)
    degrees = [found for layer in ("degree", "enrolment") for found in view.hits(layer, first, hit.start)]
    return any(not _comes_between(view, degree.end, hit.start) for degree in degrees)


def _leads_to_degree(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether what one is “finishing” is a degree, of a level or of none, with its date behind it."""
    first = next(iter(dates(view, hit.end, min(sentence.end, hit.end + DEGREE))), None)
    if first is None or _comes_between(view, hit.end, first.start):
        return False
    return any(view.hits(layer, hit.end, first.start) for layer in ("degree", "enrolment"))


def _has_class(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Graduates of 2027 or 2028”."""
    of = view.folded.startswith(" of ", hit.end)
    return of and bool(dates(view, hit.end, min(sentence.end, hit.end + NEAR)))


def _dated(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether a date stands right behind, or behind a field and a “by”: “a degree in applied physics by June 2029”."""
    if dates(view, hit.end, min(sentence.end, hit.end + NEAR)):
        return True
    first = next(iter(dates(view, hit.end, min(sentence.end, hit.end + FIELD))), None)
    if first is None or hit.concept != "completed" or _comes_between(view, hit.end, first.start):
        return False
    return bound(view, hit.end, first) in TO


def _is_of_years(window: Window) -> bool:
    """“2022届”, “the class of 2027”: a month of graduation stated elsewhere is nearer to the point."""
    return (window.start or "-01").endswith("-01") and (window.end or "-12").endswith("-12")


def _run(found: list[Date]) -> list[Date]:
    """The first dates with a year that stand close together."""
    run: list[Date] = []
    for date in found:
        if not date.year:
            continue
        if run and date.start - run[-1].end > NEXT_DATE:
            break
        run.append(date)
    return run


Grade = tuple[bool, float, int, int]  # whether it is only wished for, the figure, and where they stand


def _grade(view: View, sentence: Sentence, hit: Hit) -> Grade | None:
    """The figure that a word for grades leads to, unless it is told of others: “our interns had a GPA of …”."""
    grade = _marks(view, sentence, hit) if hit.concept == "marks" else _nearest(view, sentence, hit)
    if grade and of_past(view, view.hits("study", sentence.start, hit.start), hit.start):
        return None
    return grade


def _nearest(view: View, sentence: Sentence, hit: Hit) -> Grade | None:
    """The figure nearest to the word, one that is only wished for last."""
    first, last = max(sentence.start, hit.start - 30), min(sentence.end, hit.end + 45)
    if last - hit.end < 3 and (behind := next(view.below(sentence), None)):  # “Minimum GPA:” and its figure
        last = min(behind.end, hit.end + 45)
    best = before = None
    for found in _GRADE.finditer(view.folded, first, last):
        if not _is_grade(view, sentence, hit, found):
            continue
        if before and _UP_TO.fullmatch(view.folded, before.end(), found.start()):
            continue  # “a 3.2 to 4.0 GPA”: the upper end is no bar
        before = found
        wished = _is_wished(view, first, found, sentence.end)
        distance = max(hit.start - found.end(), found.start() - hit.end)
        if best is None or (wished, distance) < best[:2]:
            number = float(found[0].replace(",", "."))
            best = wished, distance, number, min(hit.start, found.start()), max(hit.end, found.end())
    if best:
        wished, _, number, start, end = best
        return wished, number, start, end
    if hit.concept == "average" and sentence.section not in ASKED:
        return None
    return _percent(view, hit, first, last)


def _is_grade(view: View, sentence: Sentence, hit: Hit, found: re.Match[str]) -> bool:
    """Whether a figure is a bar: no scale (“out of 4.0”), no example, and on a scale where no word says GPA."""
    leading = view.folded[max(sentence.start, found.start() - 14) : found.start()]
    if _SCALE.search(leading) or _SHOWN.search(leading) or view.folded.startswith(BEST, found.end()):
        return False
    if hit.concept != "average":
        return True
    return sentence.section not in OF_EMPLOYER and _ON_SCALE.match(view.folded, found.end()) is not None


def _is_wished(view: View, first: int, found: re.Match[str], last: int) -> bool:
    """“3.5 or above preferred”, “preferred GPA: 3.4”."""
    behind = _WISHED.match(view.folded, found.end(), last)
    return behind is not None or _WISH.search(view.folded, first, found.start()) is not None


def _percent(view: View, hit: Hit, first: int, last: int) -> Grade | None:
    """The figure in percent nearest to the word: “a minimum average of 75%”."""
    found = min(
        _PERCENT.finditer(view.folded, first, last),
        key=lambda figure: max(hit.start - figure.end(), figure.start() - hit.end),
        default=None,
    )
    if found is None:
        return None
    return False, float(found[1].replace(",", ".")), min(hit.start, found.start()), max(hit.end, found.end())


def _marks(view: View, sentence: Sentence, hit: Hit) -> Grade | None:
    """The figure behind a word for the average of marks of whatever scale; the scale stands behind it."""
    found = _MARKS.match(view.folded, hit.end, min(sentence.end, hit.end + MARKS))
    grade = float(found[1].replace(",", ".")) if found else 0
    if found is None or not LEAST_MARK <= grade <= BEST_MARK:
        return None
    return False, grade, hit.start, found.end(1)
