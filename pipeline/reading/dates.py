"""The grammar of dates: months, days, years, seasons and their numeric forms, as a posting writes them.

Reads the layers `month` (concepts 1 to 12) and `season` (spring, summer, fall, winter). Knows what a date
is, never what it is for: deadlines, terms and graduation windows are the topics' business.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipeline.reading.located import countries
from pipeline.reading.scan import Hit, View

CONNECTION = 30  # characters between the two ends of a range
SHARED = 60  # characters between two dates in which the year of the second may be that of both
DAY_FIRST = frozenset({  # countries that write the day before the month
    "AR", "AT", "AU", "BE", "BR", "CH", "CL", "CO", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "GR", "IE", "IL", "IN",
    "IT", "LU", "MX", "NL", "NO", "NZ", "PE", "PK", "PL", "PT", "SG", "TR", "UY", "ZA",
})  # fmt: skip
SEASON_MONTH = {"spring": 5, "summer": 8, "fall": 12, "winter": 12}  # codebook, `graduation`

_YEAR = r"(?:20[0-4]\d|['’‘]\d\d)(?![\d%])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?>st|nd|rd|th|ero|ro|er|[º°.]|)"
_AFTER_MONTH = re.compile(
    rf"\.?+(?>[ \-]{{1,2}}(?P<day>{_DAY})(?![\d:%]|,\d|[ ]?(?:weeks?|months?|hours?|years?)\b)|)"
    rf"(?>[\s,./\-(]{{1,3}}(?>of |de |del |in |)(?P<year>{_YEAR})|(?:-|[ ]?['’][ ]?)(?P<short>[23]\d)(?![\d%])|)"
)
_DAY_BEFORE = re.compile(rf"(?<![\d.,/$€£])({_DAY})[ ]?(?>of |de |-|)\Z")
_AFTER_SEASON = re.compile(
    r"(?:[ /,(\-]{1,3}(?>of |intern(?:ship)?s?\b|co-?op\b|program(?:me)?\b|semester\b|term\b|quarter\b|season\b"
    rf"|start\b|graduat\w{{1,5}}|)){{0,4}}[ ,(\-/]{{0,3}}(?P<year>{_YEAR})"
)
_SHORT_YEAR = re.compile(  # in a title
    r"[ -](?P<year>2[4-9]|3[0-5])(?=[ ]?(?:[])},;|/–—-]|\Z)|[ ](?:intern|co-?op|stage|stagiaire|praktik))",
    re.IGNORECASE,
)
_OWN_YEAR = re.compile(r"\d\d\Z")  # “SU26”
_NEXT_YEAR = r"[ ]?[、/,，和及与或至到~-][ ]?(?:20)?[23]\d"
_CLASSES = rf"(?:年?{_NEXT_YEAR}){{0,3}}[ ]?[届屆]"  # behind the first year of “25、26届”
_FINISH = rf"(?>年|(?={_NEXT_YEAR}))(?=(?:{_NEXT_YEAR}年?){{0,3}}(?:[及或]?[以之]?[前后後])?[毕畢][业業])"  # “26年毕业”
_YEAR_BEFORE = re.compile(r"(?<![\d.,$€£])(20[0-4]\d|2[4-9](?=年))(?:/\d\d)?(?:[ ,\-]{1,3}|年|)\Z")
_YEAR_OF_PAID = re.compile(r"(?<![\d.,$€£])(20[2-4]\d) (?:paid|unpaid|remote|virtual) \Z", re.IGNORECASE)
_CLASS = re.compile(rf"{_CLASSES}|年?(?:[及或]?[以之]?[前后後])?[毕畢][业業]")
_PAIR = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})/20[0-4]\d(?!\d)")
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(
    r"(?:(?<![\d./$€£\-])|(?<=20\d\d-)|(?<=[日月号號]-)|(?<=[^\d./$€£\-]/)|(?<=20[2-4]\d/)(?=20[2-4]\d(?!\d))"
    r"|(?<=lass of ['’])(?=[23]\d(?!\d))|(?<=\d[./,\-])(?=(?:20)?[23]\d[ ]?[届屆]|20[23]\d年))(?:"
    r"(?P<y1>20[0-4]\d|2[4-9](?=年[ ]?[01]?\d[ ]?月))[ ]?年[ ]?(?P<m1>1[0-2]|0?[1-9])[ ]?月"
    r"(?>[ ]?(?P<d1>[12]\d|3[01]|0?[1-9])[ ]?[日号]|)"
    r"|(?P<y8>20[0-4]\d)年[ ]?(?P<m8>1[0-2]|0?[1-9])/(?P<d8>[12]\d|3[01]|0?[1-9])(?!\d)[日号]?"
    r"|(?P<m2>1[0-2]|0?[1-9])[ ]?月(?>[ ]?(?P<d2>[12]\d|3[01]|0?[1-9])[ ]?[日号]|)"
    r"|(?P<y3>20[0-4]\d)(?P<s3>[./\-])(?P<m3>1[0-2]|0?[1-9])(?>(?P=s3)(?P<d3>[12]\d|3[01]|0?[1-9])|)"
    r"|(?P<a4>[12]\d|3[01]|0?[1-9])(?P<s4>[./\-])(?P<b4>[12]\d|3[01]|0?[1-9])(?P=s4)(?P<y4>20[0-4]\d|[23]\d)"
    r"|(?P<m5>1[0-2]|0?[1-9])[/.](?P<y5>20[0-4]\d)(?![ ]?[届屆年])"
    rf"|(?P<y6>20[0-4]\d)(?>[ ]?年|)|(?<!第)(?P<y7>2\d|3[0-5])(?:(?={_CLASSES})|{_FINISH}|(?<=of ['’]\d\d)(?!\d))"
    rf")(?:(?<=[日号號月])|(?={_CLASSES})|(?![\d%]|[.,]\d|-(?!20[0-4]\d(?![\d-])|\d{{1,2}}[./]\d{{1,2}}[./])\d))"
)
_LEADS = re.compile(  # between “by” or the like and its date
    r"(?: \d[\d:.]{0,4} ?(?:am|pm|h)?(?: [a-z]{2,4})?\b|[ ,-]{0,2}\b(?:the|on|end|of|i[mn]|du|de[mrls]?|zu[mr]|ab|bis"
    r"|anfang|mitte|ende|au|en|el|l[ae]|a|dia|debut|mi|fin|d'|mois|mes|[a-z]{3,6}(?:day|di|tag)"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo)){0,5}[ ,-]{0,2}"
)
_PART_BEFORE = re.compile(r"\b(?:(?P<sign>[hq])(?P<number>[1-4])|(?P<named>first|second) half)(?: of)?[ ,/’'-]{0,2}\Z")
_PART_BEHIND = re.compile(r"[ /-]?(?P<sign>[hq])(?P<number>[1-4])\b(?P<named>)")


class Date(NamedTuple):
    """A date as far as it is stated, at `document.text[start:end]`; None where a part is not said."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str | None = None
    months: tuple[int, int] = (1, 12)  # the first and the last of the part of the year that is meant

    @property
    def iso(self) -> str | None:
        """`YYYY-MM-DD`, or None where a part is missing; a day that the month does not have is its last."""
        return _day(self.year, self.month, self.day).isoformat() if self.year and self.month and self.day else None

    def year_month(self, *, latest: bool) -> str | None:
        """`YYYY-MM` by the codebook: a season is its last month, a year or a part of it its first or `latest` one."""
        if not self.year:
            return None
        month = self.month or (SEASON_MONTH[self.season] if self.season else self.months[latest])
        return f"{self.year}-{month:02}"


def dates(view: View, start: int, end: int) -> list[Date]:
    """The dates of `[start, end)` in order; a date without a year takes that of the next one that has it."""
    found = [stated for hit in view.hits("month", start, end) if (stated := _of_month(view, hit, start, end))]
    found += [_of_season(view, hit, start, end) for hit in view.hits("season", start, end)]
    taken = [(known.start, known.end) for known in found]
    digit = _DIGIT.search(view.text, start, end)
    numeric = list(_NUMERIC.finditer(view.text, digit.start(), end)) if digit else []
    order = _order(numeric)
    for match in numeric:
        if not any(first < match.end() and match.start() < last for first, last in taken):
            found.append(_part(view, _of_numbers(match, _is_day_first(view, match, order)), start))
    found.sort()
    for index in range(len(found) - 2, -1, -1):
        stated, following = found[index], found[index + 1]
        shared = following.start - stated.end <= SHARED and not of_class(view, following)
        if stated.year is None and shared:
            found[index] = stated._replace(year=following.year)
    return found


def of_class(view: View, stated: Date) -> bool:
    """Whether that is the year of a class of Chinese graduates, “2027届”, “2027年毕业”, and of nothing else."""
    return _CLASS.match(view.text, stated.end) is not None


def bound(view: View, start: int, stated: Date) -> str | None:
    """What the word of `date_bound` between `start` and a date says that leads to it: “by 5 pm on Friday 13 March”."""
    words = view.hits("date_bound", start, stated.start)
    return words[-1].concept if words and _LEADS.fullmatch(view.folded, words[-1].end, stated.start) else None


def _of_month(view: View, hit: Hit, first: int, last: int) -> Date | None:
    text = view.text
    after = _AFTER_MONTH.match(text, hit.end, max(last, hit.end))
    assert after
    day, year = after["day"], after["year"] or after["short"]
    start, end = hit.start, after.end() if day or year else hit.end
    if not day and (before := _DAY_BEFORE.search(text[max(first, hit.start - 10) : hit.start])):
        day, start = before[1], hit.start - len(before[0])
    if not year and (before := _YEAR_BEFORE.search(text[max(first, start - 7) : start])):
        year, start = before[1], start - len(before[0])
    if hit.concept == "5" and not (day or year) and not _is_may(view, hit, first, last):
        return None
    return Date(start, end, _year(year), int(hit.concept), _number(day))


_MAY_NEEDS = re.compile(
    r"(?:in|by|from|until|till|to|through|and|or|of|early|mid|late|begin|end|since|for|[-/,(&]"
    r"|start(?:s|ing)?|beginning|begins)[ \-]{0,2}\Z",
    re.IGNORECASE,
)
_MAY_GOES_ON = re.compile(r"[ ]?(?:[-–—/,&)]|to\b|through\b|until\b|and\b|or\b|start)", re.IGNORECASE)


def _is_may(view: View, hit: Hit, first: int, last: int) -> bool:
    """Whether “May” without a day or year is the month: a date's words stand before or behind it; “mai” always is."""
    if view.folded[hit.start : hit.end] != "may":
        return True
    if view.text[hit.start : hit.end].isupper() or view.text[hit.start] == "m":
        return False
    return bool(
        _MAY_NEEDS.search(view.text[max(first, hit.start - 11) : hit.start])
        or (_MAY_GOES_ON.match(view.text, hit.end, last) and view.hits("month", hit.end, min(last, hit.end + 14)))
    )


def _of_season(view: View, hit: Hit, first: int, last: int) -> Date:
    if own := _OWN_YEAR.search(view.text, hit.start, hit.end):
        return Date(hit.start, hit.end, _year(own[0]), season=hit.concept)
    after = _AFTER_SEASON.match(view.text, hit.end, last)
    if after:
        return Date(hit.start, after.end(), _year(after["year"]), season=hit.concept)
    before = _YEAR_BEFORE.search(view.text[max(first, hit.start - 10) : hit.start])
    before = before or _YEAR_OF_PAID.search(view.text[max(first, hit.start - 16) : hit.start])
    if before:
        return Date(hit.start - len(before[0]), hit.end, _year(before[1]), season=hit.concept)
    short = _SHORT_YEAR.match(view.text, hit.end, last)
    if short and view.section(hit.start) == "title":
        return Date(hit.start, short.end(), _year(short["year"]), season=hit.concept)
    return Date(hit.start, hit.end, season=hit.concept)


def _order(numeric: list[re.Match[str]]) -> bool | None:
    """Whether dates of one sentence have the day before the month; None where none of them shows it."""
    pairs = [(int(match["a4"]), int(match["b4"])) for match in numeric if match["a4"]]
    if any(first > 12 for first, _ in pairs):
        return True
    return False if any(second > 12 for _, second in pairs) else None


def _is_day_first(view: View, match: re.Match[str], order: bool | None) -> bool:
    """Whether the day stands before the month: as in the other dates of its sentence, or by the word before it."""
    if order is not None or not match["a4"]:
        return order is True
    words = view.hits("day_first", max(0, match.start() - 24), match.start())
    if words and not view.folded[words[-1].end : match.start()].strip(" :"):
        return True
    return match["s4"] == "/" and _is_written_day_first(view)


@lru_cache(maxsize=1)  # asked for each date that does not show it
def _is_written_day_first(view: View) -> bool:
    """Whether other dates of the text show that the day stands first, or else its country, or the money it pays in."""
    pairs = [(int(other[1]), int(other[2])) for other in _PAIR.finditer(view.text)]
    if any(max(pair) > 12 for pair in pairs):
        return all(second <= 12 for _, second in pairs)
    if places := countries(view):
        return DAY_FIRST.issuperset(places)
    return {hit.concept for hit in view.hits("currency")} in ({"INR"}, {"GBP"})


def _of_numbers(match: re.Match[str], day_first: bool) -> Date:
    group = match.groupdict()
    year = group["y1"] or group["y3"] or group["y4"] or group["y5"] or group["y6"] or group["y7"] or group["y8"]
    month = group["m1"] or group["m2"] or group["m3"] or group["m5"] or group["m8"]
    day = group["d1"] or group["d2"] or group["d3"] or group["d8"]
    if group["a4"]:
        month, day = group["a4"], group["b4"]
        if int(month) > 12 or ((group["s4"] == "." or day_first) and int(day) <= 12):
            month, day = day, month
        if int(month) > 12:
            month = day = None
    return Date(match.start(), match.end(), _year(year), _number(month), _number(day))


def _part(view: View, stated: Date, first: int) -> Date:
    """“H1 2027”, “the second half of 2027”, “2027 Q3”: a bare year, or the months of it that are named."""
    if stated.month:
        return stated
    before = _PART_BEFORE.search(view.folded[max(first, stated.start - 16) : stated.start])
    part = before or _PART_BEHIND.match(view.folded, stated.end)
    if not part:
        return stated
    length = 3 if part["sign"] == "q" else 6
    number = int(part["number"] or 1 + (part["named"] == "second"))
    if number * length > 12:
        return stated
    start = stated.start - len(before[0]) if before else stated.start
    end = stated.end if before else part.end()
    return stated._replace(start=start, end=end, months=(length * (number - 1) + 1, length * number))


def _year(text: str | None) -> int | None:
    return None if text is None else 2000 + int(text[-2:])


def _number(text: str | None) -> int | None:
    return None if text is None else int(re.sub(r"\D++", "", text))


_BETWEEN = re.compile(r"\b(?:between|zwischen|entre)\b")
_CONNECTS = re.compile(
    r"-|\b(?:to|through|thru|until|till|ends?|ending|finish(?:es)?|last day|bis|au|al|jusqu|hasta)\b|\ba \Z|至|到|~"
)


def ranges(view: View, found: list[Date]) -> list[tuple[Date, Date]]:
    """Neighbours of `found` that a dash, “to” or “until” makes a range: “June 1 – August 14, 2026”."""
    pairs, index = [], 0
    while index + 1 < len(found):
        first, last = found[index], found[index + 1]
        if _is_range(view, first, last):
            pairs.append((first, last))
            index += 1
        index += 1
    return pairs


def _is_range(view: View, first: Date, last: Date) -> bool:
    if not first.month or not last.month or last.start - first.end > CONNECTION:
        return False
    around = view.text[first.start - 1 : first.start] + view.text[last.end : last.end + 1]
    if "/" in around:
        return False
    if _BETWEEN.search(view.folded, max(0, first.start - 12), first.start):
        return " and " in view.folded[first.end : last.start]
    parts = view.hits("month_part", first.end, last.start)  # “de mi-avril à fin juillet”
    return any(_CONNECTS.search(view.folded, first.end, end) for end in (last.start, *(part.start for part in parts)))


def weeks(first: Date, last: Date) -> int | None:
    """Weeks of a range, both ends included; whole months where no day is stated; None where it runs backwards."""
    year = first.year or last.year or 2025
    end_year = last.year or year
    begin = _day(year, first.month or 1, first.day or 1)
    end = _day(end_year, last.month or 12, last.day or 31)
    if end < begin and (first.year is None or last.year is None or first.year == last.year):
        begin = _day(year - 1, first.month or 1, first.day or 1)
    days = (end - begin).days + 1
    return round(days / 7) if days > 0 else None


def _day(year: int, month: int, day: int) -> date:
    """The day, or the last of its month where that is shorter: “June 31”."""
    return date(year, month, min(day, monthrange(year, month)[1]))
