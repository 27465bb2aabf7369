"""Whether two postings of one employer, with no common job id, are the same job: same, different or unsure.

Titles are compared with season, year, level and city taken apart; places as sets of cities; texts by the
share of the shorter one's word shingles that stand in the other. No identity and no grouping enters here.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from pipeline.models import Posting

SEASONS = {
    "spring": "spring", "summer": "summer", "fall": "fall", "autumn": "fall", "winter": "winter",
    "sommer": "summer", "herbst": "fall", "fruhjahr": "spring", "printemps": "spring", "ete": "summer",
    "automne": "fall", "hiver": "winter",
}  # fmt: skip
LEVELS = {
    "undergraduate": "bachelor", "undergrad": "bachelor", "bachelor": "bachelor", "bachelors": "bachelor",
    "bs": "bachelor", "bsc": "bachelor", "ba": "bachelor", "master": "master", "masters": "master", "ms": "master",
    "msc": "master", "mba": "mba", "phd": "phd", "doctoral": "phd", "graduate": "graduate", "postdoc": "postdoc",
}  # fmt: skip
RANKS = {
    "junior": "junior", "jr": "junior", "senior": "senior", "sr": "senior", "staff": "staff", "lead": "lead",
    "principal": "principal", "ii": "2", "iii": "3", "iv": "4", "manager": "manager", "director": "director",
    "head": "head", "vp": "vp", "associate": "associate", "entry": "entry",
}  # fmt: skip
# Words that say nothing about which job it is.
FILLERS = frozenset(
    {
        "a", "an", "and", "at", "co", "coop", "d", "der", "die", "f", "for", "full", "fur", "gn", "h",
        "he", "hybrid", "i", "im", "in", "intern", "internship", "internships", "interns", "job", "m",
        "of", "on", "onsite", "opening", "opportunity", "paid", "part", "position", "praktikant",
        "praktikum", "program", "programme", "remote", "role", "stage", "stagiaire", "the", "their",
        "time", "to", "und", "us", "usa", "w", "with", "x", "yc",
    }
)  # fmt: skip
CITIES = {"nyc": "new york", "new york city": "new york", "sf": "san francisco", "south sf": "south san francisco"}
NOWHERE = frozenset(
    ("", "remote", "hybrid", "onsite", "us", "usa", "united states", "anywhere", "worldwide", "various")
)
SHINGLE = 5  # words
ACCENTS = re.compile("[\u0300-\u036f]")
LONG_ENOUGH = 40  # words: a shorter text proves nothing


def plain(text: str) -> str:
    """Lower case, no accents, no markup."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", text)) if "<" in text or "&" in text else text
    if text.isascii():
        return text.lower()
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())


@dataclass(frozen=True)
class Sketch:
    """What a posting is compared by."""

    posting: Posting
    core: tuple[str, ...] = field(init=False)  # the words of the title that name the job, sorted
    season: frozenset[str] = field(init=False)
    year: frozenset[str] = field(init=False)
    level: frozenset[str] = field(init=False)
    rank: frozenset[str] = field(init=False)
    cities: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        cities = frozenset(c for place in self.posting.locations for c in _cities(place) if c not in NOWHERE)
        places = set(re.findall(r"\w+", plain(self.posting.location)))
        title = plain(self.posting.title).replace("ph.d", "phd").replace("co-op", "coop")
        words = re.findall(r"[^\W_]+(?:\+\+|#)?", title.replace("'s", "s"))
        for name, value in (
            ("cities", cities),
            ("season", frozenset(SEASONS[word] for word in words if word in SEASONS)),
            ("year", frozenset(word for word in words if re.fullmatch(r"20[12]\d", word))),
            ("level", frozenset(LEVELS[word] for word in words if word in LEVELS)),
            ("rank", frozenset(RANKS[word] for word in words if word in RANKS)),
            ("core", tuple(sorted({word for word in words if _names_job(word, places)}))),
        ):
            object.__setattr__(self, name, value)

    @property
    def site(self) -> str:
        """Where it stands: the host of its link, else its board."""
        return urlsplit(self.posting.url).netloc or self.posting.board

    @cached_property
    def text(self) -> str:
        """The words of the posting; empty for a text too short to prove anything."""
        words = plain(self.posting.description).split()
        return " ".join(words) if len(words) >= LONG_ENOUGH else ""

    @cached_property
    def sentences(self) -> frozenset[str]:
        """The text cut at full stops."""
        return frozenset(self.text.split(". "))

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Hashes of every run of SHINGLE words of the text."""
        words = self.text.split(" ")
        return frozenset(map(hash, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))


def _cities(place: str) -> list[str]:
    """The cities of one location: the part before the first comma or bracket, of each of several."""
    found = []
    for part in re.split(r"[;|/]| or | and ", plain(place)):
        city = re.split(r"[,(]| - ", part.strip())[0].strip(" .")
        city = re.sub(r"\b(remote|hybrid|onsite|area|metro)\b", "", city).strip(" -:")
        found.append(CITIES.get(city, city))
    return found


def _names_job(word: str, places: set[str]) -> bool:
    return not (
        word in FILLERS or word in SEASONS or word in LEVELS or word in places or re.fullmatch(r"20[12]\d", word)
    )


def containment(one: Sketch, other: Sketch, enough: float = 1.0) -> float | None:
    """The share of the shorter text that stands in the other; None where a text is too short.

    By shingles, unless whole sentences in common make `enough` already.
    """
    if not one.text or not other.text:
        return None
    if one.text in other.text or other.text in one.text:
        return 1.0
    common = sum(map(len, one.sentences & other.sentences)) / min(len(one.text), len(other.text))
    if common >= enough:
        return common
    return len(one.shingles & other.shingles) / max(min(len(one.shingles), len(other.shingles)), 1)


def titles(one: Sketch, other: Sketch) -> str:
    """`same`, `near` (one adds words to the other, or a typing error) or `different`."""
    if one.core == other.core:
        return "same"
    mine, theirs = set(one.core), set(other.core)
    extra = mine ^ theirs
    if any(len(word) == 1 or word.isdigit() for word in extra) or not mine or not theirs:
        return "different"
    if fuzz.ratio(" ".join(one.core), " ".join(other.core)) >= 95:
        return "same"
    return "near" if mine <= theirs or theirs <= mine else "different"


def conflict(one: Sketch, other: Sketch) -> bool:
    """Whether rank, season, year, level or the cities speak against one job."""
    return one.rank != other.rank or any(
        mine and theirs and not mine & theirs
        for mine, theirs in (
            (one.season, other.season),
            (one.year, other.year),
            (one.level, other.level),
            (one.cities, other.cities),
        )
    )


def compare(one: Sketch, other: Sketch) -> tuple[str, float]:
    """`same`, `different` or `unsure`, and how strongly 0..1."""
    verdict = titles(one, other)
    if verdict == "different" or conflict(one, other):
        return "different", 1.0
    if one.posting.requisition and one.posting.requisition == other.posting.requisition:
        return "same", 1.0
    same, unsure = (0.6, 0.25) if verdict == "same" and one.level == other.level else (0.85, 0.5)
    if verdict == "near" and one.site == other.site:
        same = math.inf  # one site does not list one job under two titles
    share = containment(one, other, same)
    if share is None:
        alike = verdict == "same" and one.level == other.level and (one.cities == other.cities)
        return ("same", 0.5) if alike and one.core else ("unsure", 0.3)
    return ("same" if share >= same else "unsure" if share >= unsure else "different"), share
