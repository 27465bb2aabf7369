"""The grammar of numbers and of money: figures, ranges and currencies, as a posting writes them.

Reads the layers `currency` (concepts ISO 4217) and `period` (hour, day, week, month, year, total). Knows
what a sum of money is, never whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.reading.number_words import NUMBERS, chinese
from pipeline.reading.scan import Hit, View

FIGURE = (
    r"\d{1,12}+(?>(?:[.,'’]\d\d\d(?!\d)|[  \u202f]\d\d\d(?![\d.,]?\d)|,\d\d(?=,\d\d\d)){0,4})(?>[.,]\d{1,2}(?!\d)|)"
)
_SCALE = (
    r"(?>[ ]?(?P<{}>k|thousand|tausend|mm|m|mn|b|bn|t|million|billion|trillion|mio|mrd|milli\w{{2,5}}|lakhs?|lacs?|lpa"
    r"|[万萬]|千|[亿億]|(?<=\d)w(?![ ]?/[ ]?[a-z]))"
    r"(?![a-z])|)"
)
_TO = r"[ ]?(?:[-–—−~～〜]{1,2}|to|and|up to|bis|und|à|a|y|et|until|至|到)[ ]?"
_UNIT = (
    r"(?>[ ]?(?:/[ ]?|per |an |a )[a-z]{1,6}+\.?+|[ ]hourly|[ ]annually"
    r"|[ ]?(?:usd|eur|gbp|cad|chf|元|€)(?>/[a-z]{1,6}+|)|)"
)
_SIGN = r"(?>(?:us|ca|c|au|a|nz|s|hk)?[$€£¥₹][ ]?|(?:usd|eur|gbp|cad|chf|inr|aud)[ ]?[$€£]?+|)"
_BEHIND = re.compile(
    rf"(?>[ ]?[$€£]|)[ ]?+(?P<low>{FIGURE}){_SCALE.format('k1')}"
    rf"(?>{_UNIT}{_TO}{_SIGN}(?P<high>{FIGURE})(?![ ]?(?:hours|hrs|weeks|days)\b){_SCALE.format('k2')}|)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![\d.,])(?>(?P<low>{FIGURE}){_SCALE.format('k1')}{_UNIT}{_TO}|)(?P<high>{FIGURE}){_SCALE.format('k2')}"
    r"(?>[ ](?:brut[a-z]{0,2}|gross|net[a-z]{0,2})"
    r"(?>[ ](?:al (?:a[nñ]o|mes)|par (?:an|mois)|an[un][a-z]{2,5}|mens[a-z]{2,5})|)|)"
    r"[ ]?+\+?[,-]?+-?+[ ]?+[·*×x(]?\Z",
    re.IGNORECASE,
)
_ENDS = re.compile(  # behind a figure without a currency: a stop, a bracket, the end of a line that may be lost
    r"[ ]?(?:[.,](?!\d)|[;()\[\]\n|]|\Z)|[ ][-–—][ ](?!\d)|[A-Z][a-z]|(?<=[.,]\d\d) [A-Z][a-z]"
    r"|[ ](?i:doe\b|based on|depend|commensurate|plus\b)"
)
_TO_PERIOD = re.compile(
    r"(?:/-)?[ ]?\+?[ ]?(?:(?:gross|brutto|bruts?|brutos?|net|netto)[ ])?"
)  # “1.300 brutto pro Monat”
_BEHIND_PERIOD = re.compile(  # a period between a sum and its currency: “$28 per hour CAD”, “$30/hour (CAD)”
    r"[ ]?(?>/[ ]?|per |an |a |)[a-z]{1,8}[ ,]{1,2}\(?(?:in )?"
)
_YEARS = re.compile(r"20[0-4]\d\D{1,8}+20[0-4]\d")  # “2026 - 2027”
_WRITTEN_OUT = re.compile(r"\d[.,]\d\d(?!\d)|\d[.,'’]\d{3}|k\b", re.IGNORECASE)  # “15.00”, “20,000”, “20k”
_NUMERALS = r"[一二两三四五六七八九](?:[万千百十][零一二两三四五六七八九]?){1,4}"
_SPELLED = re.compile(
    rf"(?P<low>{_NUMERALS})(?:元?(?:到|至|-|~)(?P<high>{_NUMERALS}))?(?P<unit>元|块|圆|(?![余多]?[个人名位小公]))"
)
_NO_TIME = re.compile("[薪资贴酬遇手税补奖金币元]")  # a word of pay or of money, not of a time alone: “每天五百条”
_SET_APART = "])】）｜|/·*×,，;；(（"
APART = 80  # characters of a line in which a range of thousands is a wage
LEAST_THOUSANDS = 1_500  # “1-2K” is no month's wage
COUNT_REACH = 40  # characters before a unit in which its numbers stand
REACH = 36  # characters before a currency in which its figures stand
A_LINE, A_SUM = 30, 100  # a number below the one may count lines, one from the other on is a sum
MILLION = 1e6
_SCALES = {
    "": 1.0, "k": 1e3, "thousand": 1e3, "tausend": 1e3, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "lacs": 1e5, "lpa": 1e5,
    "千": 1e3, "万": 1e4, "萬": 1e4, "w": 1e4,
}  # fmt: skip


class Money(NamedTuple):
    """A stated sum or range at `document.text[start:end]`; both ends equal where one figure was named."""

    start: int
    end: int
    low: float
    high: float
    currency: str
    large: bool  # millions: a company's figure, not a wage


def number(text: str) -> float:
    """The value of a figure however its thousands are grouped, or of a number word; raises ValueError."""
    if text in NUMBERS:
        return float(NUMBERS[text])
    digits = re.sub(r"[ '’  \u202f+]", "", text).rstrip(".,")
    point = max(digits.rfind("."), digits.rfind(","))
    if point >= 0:
        mark, tail = digits[point], len(digits) - point - 1
        other = "," if mark == "." else "."
        if other in digits or (digits.count(mark) == 1 and tail != 3):
            return float(re.sub("[.,]", "", digits[:point]) + "." + digits[point + 1 :])
    return float(re.sub("[.,]", "", digits))


def money(view: View) -> Iterator[Money]:
    """Every sum of money of the text, in order."""
    text, at = view.text, 0
    for hit in view.hits("currency"):
        if hit.start < at:
            continue
        behind = _BEHIND.match(text, hit.end)
        until = hit.end if view.folded[hit.start : hit.end] in _SCALES else hit.start  # “6-8 LPA”: both in one
        before = _BEFORE.search(text, max(at, hit.start - REACH), until)
        leads = text[hit.end - 1] in "$£¥₹" or (text[hit.end - 1] == "€" and text[hit.end : hit.end + 1].isdigit())
        numbered = before and behind and _is_of_line(view, before, behind)
        match = (behind or before) if leads or numbered else (before or behind)
        if match:
            yield (found := _money(view, match, hit))
            at = found.end


def _is_of_line(view: View, before: re.Match[str], behind: re.Match[str]) -> bool:
    """Whether the figure before a currency numbers the line and the one behind is the sum: “4.1 CHF 2,400”."""
    first = before.start("high")
    starts = first == view.sentence(first).start and not before["low"] and not before["k2"]
    return starts and number(before["high"]) < A_LINE and number(behind["low"]) >= A_SUM


def bare_hourly(view: View) -> Iterator[Money]:
    """Figures “per hour” that name no currency; dollars, as only American postings leave it out."""
    for hit in view.hits("period"):
        if hit.concept == "hour" and (match := _BEFORE.search(view.text, max(0, hit.start - REACH), hit.start)):
            yield _money(view, match, Hit(hit.start, hit.start, "$"))


def unsigned(view: View, at: int, currency: str) -> Money | None:
    """The figures without a currency that are the value of a label which ends at `at`: “15.00 - 18.00”, “20k”."""
    gap = view.text[at : at + 3]
    at += len(gap) - len(gap.lstrip(" \n"))
    match = _BEHIND.match(view.text, at)
    if not match:
        return None
    found = _money(view, match, Hit(at, at, currency))
    behind = _TO_PERIOD.match(view.folded, match.end())
    if behind and view.hits("period", behind.end(), behind.end() + 1):
        return found
    is_sum = _WRITTEN_OUT.search(match[0]) or (found.high > found.low and not _YEARS.fullmatch(match[0].strip()))
    return found if is_sum and _ENDS.match(view.text, match.end()) else None


def range_of_thousands(view: View, start: int, end: int, currency: str) -> Money | None:
    """A range in thousands that stands for itself, “9-14K”, at the beginning or the end of a line or in brackets."""
    sentence = view.sentence(start)
    behind = view.text[end : sentence.end].lstrip()[:1]
    match = _BEHIND.match(view.text, start)
    if match is None or (behind and behind not in _SET_APART) or sentence.end - sentence.start > APART:
        return None
    found = _money(view, match, Hit(start, start, currency))
    return found if view.text[end - 1] in "kK" and found.high > found.low >= LEAST_THOUSANDS else None


def spelled(view: View, hit: Hit, currency: str) -> Money | None:
    """The sum in Chinese numerals to which words lead that end in the first of them: “月薪八千到一万二”."""
    match = _SPELLED.match(view.folded, hit.end - 2)
    if match is None or not (match["unit"] or _NO_TIME.search(view.folded, hit.start, hit.end)):
        return None
    low, high = chinese(match["low"]), chinese(match["high"] or match["low"])
    named = view.hits("currency", max(0, hit.start - 6), match.end() + 6)
    currency = next((word.concept for word in named if word.concept != currency), currency)
    return Money(hit.start, match.end(), low, max(low, high), currency, False)


def _money(view: View, match: re.Match[str], hit: Hit) -> Money:
    sides = ((match["low"], match["k1"], match["k2"]), (match["high"], match["k2"], match["k1"]))
    values, large = [], False
    for figure, mark, other in sides:
        if figure:
            value = number(figure) * (1000 if figure == match["low"] and _is_shared(match) else 1)
            factor = _SCALES.get((mark or (other if value < 1000 else None) or "").lower(), MILLION)
            large = large or factor >= MILLION
            values.append(value * factor)
    start, end = min(match.start("low") if match["low"] else match.start("high"), hit.start), max(match.end(), hit.end)
    currency = hit.concept
    for nearby in view.hits("currency", end, end + 3):
        if not view.text[end : nearby.start].strip(" (（") and not view.text[nearby.end : nearby.end + 1].isdigit():
            end, currency = nearby.end, nearby.concept if currency in ("$", "CNY") else currency  # “6000元新台币”
    if currency == "$" and (behind := _BEHIND_PERIOD.match(view.folded, end)):
        codes = view.hits("currency", behind.end(), behind.end() + 1)
        currency = codes[0].concept if codes and not _BEHIND.match(view.text, codes[0].end) else currency
    return Money(start, end, min(values), max(values), currency, large)


def _is_shared(match: re.Match[str]) -> bool:
    """Whether the thousands stand but once: “£28-32,000”."""
    if not match["high"] or match.string[match.end("low") : match.start("high")].strip() not in ("-", "–"):
        return False
    return number(match["low"]) <= number(match["high"]) / 1000


class Count(NamedTuple):
    """A counted range at `document.text[start:end]`: “10 to 12”, “six”."""

    start: int
    end: int
    low: float
    high: float
    unit: str | None = None  # where the lower end has one of its own: week, month or year: “6 weeks to 3 months”


_CHINESE = "一二两兩俩三四五六七八九十"
_WORD = rf"(?:\d{{1,3}}(?:\.5)?|[a-z]{{2,9}}|[{_CHINESE}])"
_AGAIN = r"(?>[ ]?\([ ]?(?:\d{1,3}|[a-z]{3,9})[ ]?\)|)"  # “twelve (12)”
_LISTED = r"(?:(?:(?:,[ ]?|/)\d{1,2}(?=[,/ ])){1,3}(?=,?[ ]?(?:or|and|oder|und|ou|et|o|y)\b|/)|)"  # “4, 8 or 12”
_COUNT_BEFORE = re.compile(
    rf"(?<![\d.,$€£/])(?:(?P<low>{_WORD}){_AGAIN}{_LISTED},?[ ]?-?[ ]?"
    r"(?>(?:(?P<week>weeks?|wochen|semaines|semanas|周)|months?|monate|mois|meses|个月"
    r"|(?P<year>years?|jahre?|ans?|anos?)(?![a-z]))[ ]?|)"
    r"(?:[-–—~～/至到]|(?<![a-z])(?:to|or|and|bis|a|à|y|o|u|und|oder|et|ou)(?![a-z]))"  # not the “a” of “quatre”
    r"[ ]?-?[ ]?(?>up to |a |maximum of |no more than |at most |))?"
    rf"(?P<high>(?!more\b){_WORD}){_AGAIN}[ ]?[+-]?[ ]?-?[ ]?(?>or more[ ]|)"
    r"(?>(?:consecutive|continuous|full|whole|calendar|paid)[ ]|)\Z"
)
_NUMERAL = re.compile(f"[0-9{_CHINESE}]|[a-z]++")
_MONTHS = re.compile(r"[ ]?-?(?:months?|monate|mois|meses|个月)")


def count_before(view: View, at: int) -> Count | None:
    """The number or range that ends just before `at`, in digits or words."""
    numerals = _NUMERAL.finditer(view.folded, max(0, at - COUNT_REACH), at)
    first = next((found.start() for found in numerals if not found[0].isalpha() or found[0] in NUMBERS), None)
    if first is None:
        return None
    match = _COUNT_BEFORE.search(view.folded, first, at)
    high = _count(match["high"]) if match else None
    if match is None or high is None:
        return None
    low = _count(match["low"])
    if low is None:
        return Count(match.start("high"), match.end(), high, high)
    unit = next((unit for unit in ("week", "year") if match[unit]), None)
    unit = unit or ("month" if _MONTHS.match(view.folded, match.end("low")) else None)
    if low > high and unit is None:
        return Count(match.start("high"), match.end(), high, high)
    return Count(match.start("low"), match.end(), low, high, unit)


def _count(word: str | None) -> float | None:
    try:
        return None if word is None else number(word)
    except ValueError:
        return None
