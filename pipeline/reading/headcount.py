"""Topic: how many people the employer has, as the posting states it.

The largest figure stated of the whole employer; a team inside it does not count. Rule from the codebook,
`headcount_stated`: “over N” is N, N.
"""

from __future__ import annotations

import re
from dataclasses import asdict

from pipeline.models import Claim, Span
from pipeline.reading.amounts import FIGURE, number
from pipeline.reading.number_words import NUMBERS, chinese
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.topic import Topic

LARGE = 100  # people: no team inside an employer is introduced by such a number
HUGE = 1000  # people; more are nobody's team, whatever the heading above says
NEAR = 50  # characters before a figure in which it may be said to be of customers, a department, …
BEFORE = 12  # characters between a team inside it, or a plan, and its number: “our data team of about 12”
CLOSE = ("inside", "planned")  # what claims only the number that it leads to
UNIT = 3  # characters between a figure and what it counts
WITHIN = 3  # characters behind a team in which the department is named that it belongs to
SERVED = 12  # characters behind it in which that is said
YEARS = range(2015, 2031)  # a year, not people
SIGNS = ("$", "€", "£", "¥", "₹")  # before a figure that is money
WORDS = NUMBERS | {
    "dizaine": 10, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "centaine": 100,
    "zweit": 2, "dritt": 3, "viert": 4, "funft": 5, "sechst": 6, "siebt": 7, "neunt": 9, "zehnt": 10, "elft": 11,
    "zwolft": 12,
}  # fmt: skip
POWERS = {"cent": 100, "cents": 100, "hundred": 100, "mille": 1000, "thousand": 1000}  # of what stands before
_CHINESE = re.compile("[一二两三四五六七八九十百上近几][一二两三四五六七八九十百千万来多余]{0,5}")
STOPS = ("", ".", ",", ";", "!", ")")  # behind a number that stands for itself
MOST = 3_000_000  # people; no employer has more

_FIGURE = re.compile(
    rf"(?P<figure>{FIGURE})[ ]?(?>(?P<thousand>k(?![a-z])|千|mil\b)|(?P<myriad>[万萬])|)", re.IGNORECASE
)
_RANGE = re.compile(r"[ ]?[+]?[ ]?(?:-|to|and|bis|a|y)[ ]?")
_BRANCH = re.compile(
    r"(?:['’]s|\bour) (?:r&d|engineering|development|research)(?: (?:center|centre|hub|team))? in [a-z]"
)
_MORE = re.compile(r" (?:and|und|et|y) (\w{1,12}) [a-z]")
_TEAMS = re.compile(r"\)? teams?\b")  # “small (4-8 developers) teams”
_NAMED = re.compile(r"\bwe \([^()]{1,30},\Z|\bwir \([^()]{1,30},\Z")  # “We (Example, 5 people) …”
_LETTER = re.compile(r"[^\W\d_](?<![\u2e80-\uffff])")  # of a script that parts its words
_WORD = re.compile(r"[a-z]++")
_LOW = re.compile(rf"(?<![\d.,])(?<!from )({FIGURE})[ ]?(?:-|to|and|bis|a|y)[ ]?\Z")  # not “grew from 20 to 200”
_HIGH = re.compile(rf"[ ]?(?:-|to|bis|à)[ ]?({FIGURE})(?![\d%])")


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
    if hit.end > sentence.end or view.text[hit.start - 1 : hit.start] in SIGNS:
        return None  # “Salary: $65,000. Employees …”
    figures = [
        found
        for found in _FIGURE.finditer(view.text, hit.start, hit.end)
        if not (found.end() + 1 < hit.end and view.text.startswith(", ", found.end()))
        and not view.hits("headcount_unit", found.end(), found.end() + UNIT)  # “a team from 30 countries”
    ]
    if len(figures) > 1 and not _RANGE.fullmatch(view.folded, figures[-2].end(), figures[-1].start()):
        figures = figures[-1:]  # “more than 30 brands and 12,000 employees”
    start = figures[0].start() if figures else hit.start
    said = view.hits("headcount_other", max(sentence.start, hit.start - NEAR), start)
    others = {near.concept for near in said if near.concept not in CLOSE or _is_beside(view, near.end, start)}
    people = [number(found["figure"]) * _factor(view, found) for found in figures]
    people = people or [chinese(found[0]) for found in _CHINESE.finditer(view.folded, hit.start, hit.end)][-1:]
    people = people or _in_words(view, hit)
    behind = _HIGH.match(view.folded, hit.end, sentence.end) if view.text[hit.end - 1].isdigit() else None
    whole = hit._replace(end=behind.end()) if behind else hit
    foremost = hit.concept in ("people", "team") and _foremost(view, sentence, whole)
    if hit.concept == "people":  # “10,000 engineers use …”
        others |= {near.concept for near in view.hits("headcount_other", hit.end, min(sentence.end, hit.end + SERVED))}
    if hit.concept == "people" and (others or _TEAMS.match(view.folded, hit.end)):
        return None
    if hit.concept == "alone" and view.folded[hit.end : hit.end + 1] not in STOPS:
        return None
    if _BRANCH.search(view.folded, max(sentence.start, hit.start - NEAR), min(sentence.end, hit.end + NEAR)):
        return None  # “With over 900 employees, Example's R&D in Poland …”
    more = _MORE.match(view.folded, hit.end) if hit.concept == "team" and view.folded[hit.end - 1] == "s" else None
    if more and (more[1] in WORDS or more[1].isdigit()):
        return None  # “We are five engineers and two designers”
    if not people or others & {"part", "inside", "planned"}:
        return None
    if max(people) < LARGE and view.named("headcount_other", sentence.start, hit.end + WITHIN, "within"):
        return None
    before = _LOW.search(view.folded, max(sentence.start, start - 16), start)
    low, high = number(before[1]) if before else people[0], max([*people, number(behind[1])] if behind else people)
    low = low if 1 <= low <= high else high
    if (
        not 1 <= high <= MOST
        or _is_year(view, hit, high)
        or not (hit.concept in ("stated", "alone") or foremost or _of_employer(view, sentence, high))
    ):
        return None
    return Span(low, high)


def _is_beside(view: View, end: int, start: int) -> bool:
    """Whether a team that ends at `end` is what the number counts; a comma ends a clause of Chinese."""
    return start - end <= BEFORE and not (view.is_wide(end - 1) and "," in view.folded[end:start])


def _in_words(view: View, hit: Hit) -> list[float]:
    """The numbers in words, “deux cent mille” one; “une” is no number in “d'une vingtaine de personnes”."""
    words: list[float] = []
    for word in _WORD.findall(view.folded, hit.start, hit.end):
        if word in POWERS:
            words.append(POWERS[word] * (words.pop() if words else 1))
        elif word in WORDS:
            words.append(float(WORDS[word]))
    return [number for number in words if number > 1] or words


def _foremost(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Example (22 people, one boat) …”, “30 people.”: the number stands for itself, so it is the employer's."""
    if sentence.section in ("duties", "required", "preferred", "benefits", "legal"):
        return False
    before, behind = view.folded[sentence.start : hit.start].rstrip(), view.folded[hit.end : hit.end + 1]
    ends = behind in (".", ",", ")", ";", "") or view.folded[hit.end - 1] in ".,"
    return (not before or before[-1] == "(" or _NAMED.search(before) is not None) and ends


def _factor(view: View, figure: re.Match[str]) -> int:
    """A thousand behind “60k”, not behind “60 Kolleginnen”."""
    if figure["myriad"]:
        return 10_000
    return 1000 if figure["thousand"] and not _LETTER.match(view.text, figure.end()) else 1


def _is_year(view: View, hit: Hit, people: float) -> bool:
    """“Our summer 2025 staff”."""
    return people in YEARS and "," not in view.text[hit.start : hit.end]


def _of_employer(view: View, sentence: Sentence, people: float) -> bool:
    """Whether a team or a number of experts is the whole employer: it speaks of itself, or the number is large."""
    if sentence.section in ("duties", "preferred") and people < HUGE:
        return False
    return people >= LARGE or bool(view.within("headcount_self", sentence))
