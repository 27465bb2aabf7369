"""The few questions of `profile init`: each takes a person's own words and gives a value of profile.yaml.

Who asks, and what is a known skill or country, is handed in; nothing here reads a file or a terminal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12, "spring": 5, "summer": 6, "fall": 12, "autumn": 12, "winter": 12,
}  # fmt: skip
DEGREES = (  # as a short answer names them
    ("phd", r"\bph\.? ?d\b|\bdoctora"),
    ("master", r"\bm\.? ?sc?\b|\bm\.?(?:eng|tech|phil)\b|\bmaster|\bgraduate (?:student|school|program)|^graduate$"),
    ("bachelor", r"\bb\.? ?(?:sc?|eng|tech|a)\b|\bbachelor|\bundergrad|\bcollege\b"),
)
GRADUATE = 6  # the month of a year that is named alone
TRIES = 3


class NotUnderstood(ValueError):
    """An answer that is none; the message says how one is given."""


def questions(skills: Collection[str], countries: Mapping[str, Collection[str]]) -> dict[str, tuple[str, Any]]:
    """Key -> (question, function from an answer to a value; raises NotUnderstood).

    `skills`: canonical names; `countries`: ISO 3166-1 code -> names.
    """

    def places(answer: str) -> list[str]:
        return [_country(one, countries) for one in _parts(answer)]

    def known(answer: str) -> list[str]:
        names = [one.lower() for one in _parts(answer)]
        unknown = [name for name in names if name not in skills]
        if unknown:
            raise NotUnderstood(f"no posting asks for {', '.join(unknown)}: use usual names such as pytorch, sql, c++")
        return names

    return {
        "level": ("What do you study for: bachelor, master or phd?", level),
        "graduates": ("When do you graduate, such as 2028-06 or June 2028?", month),
        "may_work_in": (
            "In which countries may you work without a visa, such as US, Canada? Enter: anywhere",
            lambda answer: [] if answer.strip().lower() == "anywhere" else places(answer),
        ),
        "citizen_of": ("Of which countries are you a citizen? Enter: rather not say", places),
        "publications": ("How many papers have you published? Enter: none", number),
        "strong": ("Which skills would you be happy to be asked about tomorrow, such as python, pytorch?", known),
        "working": ("With which others have you built something?", known),
    }


def answers(
    asked: Mapping[str, tuple[str, Any]], ask: Callable[[str], str], complain: Callable[[str], object]
) -> dict[str, Any]:
    """Key -> value of every question that was answered; one not understood is asked again, then left open."""
    given: dict[str, Any] = {}
    for key, (question, value_of) in asked.items():
        for _ in range(TRIES):
            answer = ask(f"{question} ").strip()
            if not answer:
                break
            try:
                given[key] = value_of(answer)
                break
            except NotUnderstood as error:
                complain(str(error))
    return given


def level(answer: str) -> str:
    """`bachelor`, `master` or `phd`; the highest that is named, for it is the one being studied for."""
    for name, pattern in DEGREES:
        if re.search(pattern, answer, re.I):
            return name
    raise NotUnderstood("bachelor, master or phd")


def month(answer: str) -> str:
    """`YYYY-MM` of 2028-06, 06/2028, June 2028 or 2028."""
    if found := re.search(
        r"\b(?P<year>20\d\d)[-/.](?P<month>\d\d?)\b|\b(?P<month_>\d\d?)[-/.](?P<year_>20\d\d)\b", answer
    ):
        year, number_ = found["year"] or found["year_"], int(found["month"] or found["month_"])
    elif found := re.search(r"\b20\d\d\b", answer):
        word = re.search(rf"\b(?:{'|'.join(MONTHS)})", answer.lower())
        year, number_ = found[0], MONTHS[word[0]] if word else GRADUATE
    else:
        raise NotUnderstood("a month and a year, such as 2028-06")
    if not 1 <= number_ <= 12:
        raise NotUnderstood("a month and a year, such as 2028-06")
    return f"{year}-{number_:02}"


def number(answer: str) -> int:
    """A count."""
    if answer.strip().lower() in ("none", "no"):
        return 0
    if not answer.strip().isdigit():
        raise NotUnderstood("a number, such as 0")
    return int(answer)


def _country(answer: str, countries: Mapping[str, Collection[str]]) -> str:
    wanted = answer.strip().strip(".").lower()
    for code, names in countries.items():
        if wanted == code.lower() or any(_is(str(name).lstrip("=").lower(), wanted) for name in names):
            return code
    if re.fullmatch(r"[A-Z]{2}", answer.strip()):
        return answer.strip()
    raise NotUnderstood(f"{answer.strip()!r} is no country known here: use its code of two capitals, such as US")


def _is(name: str, wanted: str) -> bool:
    """Whether a name of the vocabulary, `canad*` with any ending, is the one that was answered."""
    return wanted.startswith(name[:-1]) if name.endswith("*") else wanted == name


def _parts(answer: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]| and ", answer.strip("[] ")) if part.strip()]
