"""Topics: the intern's own pay, and that there is none.

A sum is pay where pay is the nearest matter spoken of before it; revenue, funding and benefits are other
matters. The range is the whole one over locations and levels. Rules from the codebook, `pay` and `unpaid`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from pipeline.models import Claim, Pay
from pipeline.reading.amounts import Money, bare_hourly, money, range_of_thousands, spelled, unsigned
from pipeline.reading.located import countries
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.topic import Topic

ANSWER = 14  # characters of a line that is but the answer to its heading
ALONE = 12  # characters beside a range that a line states on its own
NEAR = 50  # characters before a sum within which another matter claims it
BEHIND = 32  # characters after a sum in which its period, or what it is for, is named
HOURLY = 200  # codebook: a figure under this without a period is hourly
LOWEST = 5  # an hour; less without a currency is something else
AS_WEEKS = {"day": 5, "fortnight": 0.5}  # the codebook's periods know neither; a week has five working days
YEARLY = 15_000  # a figure from here on without a period is a year's
YEARLY_OF = {
    "INR": 150_000, "SEK": 100_000, "NOK": 100_000, "DKK": 100_000, "CZK": 150_000, "JPY": 1_000_000, "CNY": 100_000,
    "MXN": 120_000, "CLP": 8_000_000, "COP": 25_000_000, "ARS": 15_000_000, "PEN": 20_000, "UYU": 300_000,
}  # fmt: skip
ONCE = 2_000  # a stipend from here on, without a period, is one for the whole time
STIPEND = 120  # characters before a sum in which it is called a stipend
SCALE = 100  # times the lower end of a range; what is higher is of another period
LED = 4  # characters between a period and the sum that it leads to, in Chinese
ABOVE = 3  # sentences and headings above a sum that may say what it is
USUAL = {  # what people are paid in such a time, in one of COMPARABLE
    "week": (150, 4_000), "fortnight": (300, 4_000), "month": (400, 15_000), "year": (12_000, 250_000),
}  # fmt: skip
CURRENCIES = {  # of a figure without one, by the country of the work
    "US": "USD", "IN": "INR", "GB": "GBP", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "CH": "CHF",
    "SE": "SEK", "DK": "DKK", "NO": "NOK", "PL": "PLN", "CZ": "CZK", "IL": "ILS", "JP": "JPY", "CN": "CNY", "MX": "MXN",
    "BR": "BRL", "ZA": "ZAR", "PK": "PKR", "TR": "TRY", "AE": "AED", "CL": "CLP", "CO": "COP", "AR": "ARS",
    "PE": "PEN", "UY": "UYU",
} | dict.fromkeys(("DE", "FR", "ES", "IT", "NL", "AT", "BE", "IE", "LU", "PT", "FI", "GR"), "EUR")  # fmt: skip
_A_MONTH = {
    "INR": (3_000, 200_000), "HKD": (3_000, 60_000), "MYR": (400, 8_000), "NGN": (20_000, 1_500_000),
    "GHS": (500, 20_000), "KES": (5_000, 250_000), "ZAR": (2_000, 60_000), "SEK": (5_000, 60_000),
    "NOK": (5_000, 60_000), "DKK": (3_000, 60_000), "PLN": (1_000, 20_000), "CZK": (8_000, 120_000),
    "PKR": (10_000, 400_000), "BDT": (5_000, 150_000), "LKR": (10_000, 300_000), "AED": (1_000, 30_000),
    "PHP": (5_000, 100_000), "THB": (5_000, 100_000), "TWD": (10_000, 150_000), "JPY": (50_000, 800_000),
    "MXN": (2_000, 60_000), "CLP": (80_000, 3_000_000), "COP": (300_000, 10_000_000), "PEN": (400, 10_000),
    "UYU": (6_000, 120_000), "EGP": (2_000, 60_000), "RWF": (50_000, 2_000_000), "UGX": (200_000, 6_000_000),
}  # fmt: skip
COMPARABLE = ("$", "USD", "EUR", "GBP", "CAD", "AUD", "CHF", "SGD", "NZD")
USUAL_OF = (
    {currency: {"month": bounds} for currency, bounds in _A_MONTH.items()}
    | {"TWD": {"hour": (100, 1_500), "month": _A_MONTH["TWD"]}}
    | {"CNY": {"hour": (10, 500), "day": (60, 1_500), "month": (1_000, 50_000)}}
    | dict.fromkeys(COMPARABLE, USUAL)
)
PESOS = ("MXN", "CLP", "ARS", "COP", "UYU")
PERIODS = ("hour", "day", "week", "fortnight", "month", "total", "year")  # shortest first


_SPAN = re.compile(r"(?:h|hours|days|hrs|times|\b\d{1,2})[ /]{0,3}\Z")  # “40 hours per week”, “5 pm” are none of pay
_APART = re.compile(r"[.;$€£\d]")  # between a word and a sum that it does not speak of
_FIGURES = re.compile(r"(?<=\d)[^\d.,]{1,9}\d")  # two, of a range
_PAID = re.compile(r"\b(?:paid|payable|disbursed|distributed)(?: out)?(?: on a)? \Z")  # a word of time behind: payday
_CHINESE = re.compile("人民|cny|rmb")
_WIDE = re.compile("[\u4e00-\u9fff]")
_HIRED = re.compile("转正|正式员工")  # what follows is paid to those who stay
_OF_WORK = ("duties", "required", "preferred", "company")  # sections in which a range of thousands is none of pay
_YUAN = re.compile(f"[¥￥]|{_CHINESE.pattern}")
_NONE = re.compile(r"(?:no|none|nil|nein|keine?|aucune?|ningun[oa]|no aplica|无|没有)[ .!。]{0,3}")
_ADDRESS = re.compile(r"\.(?<=[a-z0-9]\.)(mx|cl|ar|co|uy)(?![\w-]|\.\w)")  # of the country that it ends in


class Wage(NamedTuple):
    """A sum that is pay, with its period."""

    sum: Money
    period: str
    trainee: bool  # an intern, a student or the like is named in the same sentence


def read(view: View) -> Topic:
    """`pay` and `unpaid`, with their quotes."""
    topic = Topic()
    unpaid = next(((hit.start, hit.end) for hit in view.hits("unpaid")), None) or _answered_no(view)
    if unpaid:
        topic.values["unpaid"] = True
        topic.claims.append(Claim("unpaid", True, view.quote(*unpaid)))
    wages = [wage for sum_ in money(view) if (wage := _wage(view, sum_))]
    wages = [wage for wage in wages if not _is_called(view, 0, wage.sum, "later")]
    if len(wages) > 1:
        wages = [wage for wage in wages if not _is_called(view, 0, wage.sum, "equivalent")] or wages
    wages = wages or [wage for sum_ in bare_hourly(view) if _is_pay(view, sum_) and (wage := _wage(view, sum_))]
    wages = _with_unsigned(view, wages) if wages else _unsigned(view) or _of_chinese(view)
    if not wages and not unpaid and (nothing := _of_nothing(view)):
        topic.values["unpaid"] = True
        topic.claims.append(Claim("unpaid", True, view.quote(*nothing)))
    if wages:
        _settle(view, wages, topic)
    return topic


def _answered_no(view: View) -> tuple[int, int] | None:
    """A heading of pay with the answer below it: “Stipend”, “None.”."""
    for above, below in pairwise(view.document.blocks):
        if above.kind != "heading" or below.end - below.start > ANSWER:
            continue
        if _NONE.fullmatch(view.folded, below.start, below.end):
            named = view.hits("pay", above.start, above.end)
            if named and all(hit.concept == "own" for hit in named):
                return above.start, below.end
    return None


def _of_nothing(view: View) -> tuple[int, int] | None:
    """A sum of nothing in a time that is called pay: “Salary: $0.00 /hour”.

    A range of it, or one beside an insurance, is a form that nobody has filled in.
    """
    for sum_ in money(view):
        sentence = view.sentence(sum_.start)
        if sum_.high or _FIGURES.search(view.text, sum_.start, sum_.end) or not _period_behind(view, sum_):
            continue
        led = view.folded[sentence.start : sum_.start].rstrip()
        called = (not led or led.endswith((":", "-"))) and _spoken_of(view, sentence, sum_)[1] == "own"
        if called and "insurance" not in view.folded:
            return sum_.start, sum_.end
    return None


def _settle(view: View, wages: list[Wage], topic: Topic) -> None:
    """One Pay of all wages: the whole range of those with the shortest period, the intern's own first."""
    first = min(wages, key=lambda wage: (not wage.trainee, PERIODS.index(wage.period)))
    period, currency = first.period, first.sum.currency
    chosen = [wage for wage in wages if wage.period == period and wage.sum.currency == currency]
    low, high = min(wage.sum.low for wage in chosen), max(wage.sum.high for wage in chosen)
    if period in AS_WEEKS:
        low, high, period = low * AS_WEEKS[period], high * AS_WEEKS[period], "week"
    pay = Pay(low, high, currency, period)
    topic.values["pay"] = pay
    topic.claims += [Claim("pay", asdict(pay), view.quote(wage.sum.start, wage.sum.end)) for wage in chosen]


def _with_unsigned(view: View, wages: list[Wage]) -> list[Wage]:
    """Wages with those that leave out the sign which the others have: “Stipend will be 8000 per month”."""
    currency, period = wages[0].sum.currency, wages[0].period
    if currency in COMPARABLE or any((wage.sum.currency, wage.period) != (currency, period) for wage in wages):
        return wages
    said = [wage for wage in _unsigned(view, currency) if wage.period == period and _is_usual(wage.sum, period)]
    return wages + [wage for wage in said if all(wage.sum.start != known.sum.start for known in wages)]


def _unsigned(view: View, currency: str | None = None) -> list[Wage]:
    """“Compensation range: 15.00 - 18.00”: in a known currency, else in that of the country that the location names."""
    labels = [hit for hit in view.hits("pay_label") if hit.concept == "label"]
    places = countries(view) if labels and currency is None else ()
    currency = CURRENCIES.get(places[0]) if len(places) == 1 else currency
    sums = [sum_ for hit in labels if currency and (sum_ := unsigned(view, hit.end, currency))]
    least = LOWEST if currency in COMPARABLE else HOURLY
    return [wage for sum_ in sums if sum_.low >= least and (wage := _wage(view, sum_))]


def _of_chinese(view: View) -> list[Wage]:
    """Sums as Chinese postings write them: “月薪八千到一万二”, “算法工程师 9-14K”; without a period, of a month."""
    wages = []
    for hit in view.hits("pay_label"):
        sum_ = None
        if hit.concept == "spelled":
            named = view.hits("pay", max(0, hit.start - LED), hit.end)  # “住房补贴一千” is none
            sum_ = None if any(word.concept == "other" for word in named) else spelled(view, hit, "CNY")
        elif hit.concept == "bare" and view.section(hit.start) not in _OF_WORK and _is_chinese(view, hit):
            sum_ = range_of_thousands(view, hit.start, hit.end, "CNY")
        if sum_ is None or _HIRED.search(view.folded, view.sentence(hit.start).start, hit.start):
            continue
        sum_ = sum_._replace(currency=_yuan(view, sum_) if sum_.currency == "CNY" else sum_.currency)
        period = _period_led(view, sum_) or _period_behind(view, sum_) or "month"
        if _is_usual(sum_, period):
            wages.append(Wage(sum_, period, trainee=False))
    return wages


def _is_chinese(view: View, hit: Hit) -> bool:
    sentence = view.sentence(hit.start)
    return _WIDE.search(view.text, sentence.start, sentence.end) is not None


def _dollars(view: View) -> str:
    """Whose dollars a bare sign means: the location's, else American ones."""
    return next((hit.concept for hit in _located(view)), "USD")


def _located(view: View) -> Iterator[Hit]:
    """The places of dollars and pesos in the location."""
    places = (block for block in view.document.blocks[:2] if block.kind == "location")  # below the title
    return (hit for block in places for hit in view.hits("dollars", block.start, block.end))


@lru_cache(maxsize=1)  # asked for each sum of pesos
def _pesos(view: View) -> str | None:
    """Whose pesos are meant: the location's, else of the first place of pesos in the text or in an address there."""
    hits = [hit for hit in view.hits("dollars") if hit.concept in PESOS]
    located = next((hit.concept for hit in _located(view) if hit.concept in PESOS), None)
    if located or hits:
        return located or hits[0].concept
    address = _ADDRESS.search(view.text)  # folded, it is one long word
    return CURRENCIES[address[1].upper()] if address else None


def _yuan(view: View, sum_: Money) -> str:
    """What “元” and “月薪” mean where the work is in Hong Kong or Taiwan, and “¥” in Japan."""
    around = max(0, sum_.start - 4), sum_.end + 4
    if not _YUAN.search(view.folded, *around) and (place := _dollars(view)) in ("HKD", "TWD"):
        return place
    return "JPY" if not _CHINESE.search(view.folded, *around) and countries(view) == ("JP",) else "CNY"


def _is_pay(view: View, sum_: Money) -> bool:
    """Whether pay is spoken of in the same sentence before a figure without a currency."""
    before = view.hits("pay", view.sentence(sum_.start).start, sum_.start)
    return bool(before) and before[-1].concept == "own" and sum_.low >= LOWEST


def _wage(view: View, sum_: Money) -> Wage | None:
    sentence = view.sentence(sum_.start)
    named = view.within("trainee", sentence)
    if sum_.large or not sum_.high or sum_.high > SCALE * (sum_.low or sum_.high) or _of_others(view, sentence, sum_):
        return None
    period = _period_led(view, sum_) or _period_behind(view, sum_)
    scope, matter = _matter(view, sentence, sum_, period, bool(named))
    if matter != "own":
        return None
    if sum_.currency == "$":
        currency = _pesos(view) if "pesos" in view.folded[sum_.start : sum_.end] else _dollars(view)
        if currency is None:
            return None
        sum_ = sum_._replace(currency=currency)
    elif sum_.currency == "CNY":
        sum_ = sum_._replace(currency=_yuan(view, sum_))
    period = period or _period_before(view, scope, sum_)
    if period is None or not _is_possible(sum_, period):
        period = "total" if _is_stipend(view, scope, sum_) else _usual(sum_)
    return Wage(sum_, period, bool(named))


def _of_others(view: View, sentence: Sentence, sum_: Money) -> bool:
    """Whether its part of the sentence, between semicolons, is about full-time employees."""
    first = view.folded.rfind(";", sentence.start, sum_.start)
    last = view.folded.find(";", sum_.end, sentence.end)
    around = max(first, sentence.start), sentence.end if last < 0 else last
    return bool(view.named("trainee", *around, "others"))


def _is_possible(sum_: Money, period: str) -> bool:
    """Whether a period named beside the sum can be its own: no hour is paid with a year's wage."""
    if period in ("hour", "fortnight") and sum_.currency in COMPARABLE:
        return sum_.low < YEARLY
    return period != "year" or sum_.high >= HOURLY


def _is_called(view: View, first: int, sum_: Money, concept: str) -> bool:
    """Whether a word before a sum says what it is: “hourly equivalent $24”, “billed at $90”, “a lump sum of $4,000”."""
    said = view.named("pay_else", max(first, sum_.start - NEAR), sum_.start, concept)
    return any(not _APART.search(view.folded, cue.end, sum_.start) for cue in said)


def _is_stipend(view: View, scope: Sentence, sum_: Money) -> bool:
    """Whether the sum is a grant paid once: “a stipend of $6,500 plus housing”, “a lump sum of $4,000”."""
    if _is_called(view, scope.start, sum_, "once"):
        return True
    before = view.folded[max(scope.start, sum_.start - STIPEND) : sum_.start]
    called = "stipend" in before or view.folded.startswith(" stipend", sum_.end)
    return called and sum_.currency in COMPARABLE and ONCE <= sum_.high < YEARLY


def _matter(
    view: View, sentence: Sentence, sum_: Money, period: str | None, trainee: bool
) -> tuple[Sentence, str | None]:
    """Whether the sum is `own` pay or `other`, and the sentence that says so."""
    behind = next(iter(view.hits("pay", sum_.end, min(sentence.end, sum_.end + BEHIND))), None)
    if period == "hour":
        return sentence, "other" if _is_called(view, sentence.start, sum_, "charged") else "own"
    if behind and _names(view, sum_, behind):
        return sentence, behind.concept
    scope, matter = _spoken_of(view, sentence, sum_)
    point = view.folded.find(" * ", sum_.end, sentence.end)  # “$46 – $52 • Eligible for …”
    ends = sentence.end if point < 0 else point
    barred = sentence.section == "title" and view.text[max(0, sum_.start - 2) : sum_.start] == "| "
    alone = sum_.high > sum_.low and (barred or sum_.end - sum_.start + ALONE > ends - sentence.start)
    usual = period is not None and _is_usual(sum_, period)
    if alone or (matter is None and ((behind and behind.concept == "own") or (trainee and period) or usual)):
        matter = "own"
    return scope, matter


def _is_usual(sum_: Money, period: str) -> bool:
    """Whether that is what people are paid in such a time: “€1,150 gross per month”, with no word of what it is for."""
    low, high = USUAL_OF.get(sum_.currency, {}).get(period, (0, 0))
    return low <= sum_.low and sum_.high <= high


def _spoken_of(view: View, sentence: Sentence, sum_: Money) -> tuple[Sentence, str | None]:
    """What is spoken of last before the sum, in its sentence or just above, and in which sentence."""
    for hit in reversed(view.hits("pay", sentence.start, sum_.start + 1)):  # “月薪” is a part of the sum
        if hit.concept == "own" or sum_.start - hit.end < NEAR:
            return sentence, hit.concept
    for above in islice(view.above(sentence), ABOVE):
        hits = view.within("pay", above) if above.block.kind != "field" else []
        if above.section == "preferred":
            hits = [hit for hit in hits if hit.concept == "own"]  # “Bonus: …” is a wish
        if any(hit.concept == "own" for hit in hits):
            return above, "own"
        if any(hit.concept == "given" for hit in hits) and above.block.kind == "heading":
            return sentence, None  # under “Benefits” stands the pay as well
        if hits and (above.block is sentence.block or above.block.kind == "heading"):
            return above, "other"
    return sentence, None


def _names(view: View, sum_: Money, cue: Hit) -> bool:
    """Whether the words behind say what the sum is: “$1,500 relocation stipend”, not “$30 plus bonus”."""
    between = view.folded[sum_.end : cue.start]
    return not any(
        stop in between
        for stop in (".", ",", ";", "(", "+", "*", "plus", " and ", "|", " sowie ", " und ", " et ", " y ", " mas ")
    )


def _period_led(view: View, sum_: Money) -> str | None:
    """The period in the word of Chinese that leads to the sum: “时薪 HK$85，每周…”, “每月港币15,000元”."""
    hits = view.hits("period", max(0, sum_.start - LED), sum_.end)
    led = [hit for hit in hits if hit.concept != "total" and view.is_wide(hit.start)]
    if (
        not led
        or led[0].start > sum_.start + LED
        or any(char.isdigit() for char in view.text[led[0].start : led[0].end])
    ):
        return None
    label = view.folded[led[0].start : led[0].end]
    return led[0].concept if label.endswith("薪") or (label.startswith("每") and led[0].start <= sum_.start) else None


def _period_behind(view: View, sum_: Money) -> str | None:
    for hit in view.hits("period", sum_.start, sum_.end + BEHIND):
        between = view.folded[sum_.end : hit.start]
        if not any(char.isdigit() or char in ".;\n" for char in between):
            payday = hit.concept != "total" and _PAID.search(between) and not _is_usual(sum_, hit.concept)
            return None if payday else hit.concept
    return None


def _period_before(view: View, scope: Sentence, sum_: Money) -> str | None:
    hits = [hit for hit in view.hits("period", scope.start, sum_.start + 1) if hit.concept != "total"]
    spoken = [hit for hit in hits if not _SPAN.search(view.folded, max(0, hit.start - 7), hit.start)]
    return spoken[-1].concept if spoken else None


def _usual(sum_: Money) -> str:
    """The period of a figure stated without one."""
    yearly = YEARLY_OF.get(sum_.currency, YEARLY)
    return "hour" if sum_.high < HOURLY else "year" if sum_.high >= yearly else "month"
