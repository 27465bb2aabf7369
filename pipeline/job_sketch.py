"""What a posting is compared by: its title and place taken apart, and what its text says, found when asked for.

Word tables are those of config/vocabulary/same_job.yaml. No verdict on two postings enters here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any

from pipeline.job_places import NO_PLACE, Place, Places
from pipeline.job_titles import NOTHING, WORD, Title, Titles
from pipeline.job_urls import page, split
from pipeline.models import Posting
from pipeline.plain_words import one_line, plain, spoken

SHINGLE = 5  # words
STOPS = str.maketrans(";:,!?", ".....")
SNIPPET = 12  # words: a shorter text proves nothing
LONG_WORDS = 14  # characters a word on average: there are no blanks between words
ANCHOR = 7  # letters of a word that a shingle starts with: a quarter of them is as good as all
ENOUGH = 40  # such words
NO_DIGIT = re.compile(r"\D+")
ONLY_DIGITS = bytes(byte if chr(byte).isdigit() and byte < 128 else 32 for byte in range(256))
YEARS = re.compile(r"20(?P<year>[1-4]\d)\b"), re.compile(r"['’](?P<year>[1-4]\d)\b")  # apart they are quicker
SPOKEN = re.compile(r"[^\W\d_]+")
NEAR = 3  # words between a season or a month and its year
TEAM = 4  # words before "team" among which its name stands
BEFORE = 45  # characters in which a number's label stands before it
LABELLED = r"\W{0,4}(?:is |no\.? |number |id )?[:#\s]{0,3}(?P<letters>[a-z]{0,4}[-_]?(?:\d+[-_])*)$"


class Sketch:
    """What a posting is compared by."""

    __slots__ = ("__dict__", "employer", "ids", "place", "posting", "title", "words")

    def __init__(
        self,
        posting: Posting,
        title: Title,
        place: Place,
        words: Words,
        *,
        ids: frozenset[str] = NOTHING,
        employer: frozenset[str] = NOTHING,
    ) -> None:
        self.posting = posting
        self.title = title
        self.place = place
        self.words = words
        self.ids = ids  # of the job, as its links carry them
        self.employer = employer  # the words of its name, each in one form

    @cached_property
    def site(self) -> str:
        """Where it stands: the host of its link, else its board; "" for a row of a file, which may be of any."""
        board = self.posting.board
        return split(self.posting.url)[0] or (board if "/" in board else "")

    @cached_property
    def page(self) -> str:
        return page(self.posting.url)

    @cached_property
    def text(self) -> str:
        """The words of the posting; empty for a text too short to prove anything."""
        text = one_line(plain(self.posting.description))
        words = text.count(" ") + 1
        if len(text) > LONG_WORDS * words:
            return " ".join(text.replace(" ", ""))  # a script without blanks: every character is a word
        return text if words >= SNIPPET else ""

    @cached_property
    def sentences(self) -> frozenset[str]:
        """The text cut at stops and commas."""
        return frozenset(self.text.translate(STOPS).split("."))

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Runs of SHINGLE words of the text: those that start with a long word, where there are enough of them."""
        words = self.text.split(" ")
        starts = [at for at, word in enumerate(words) if len(word) >= ANCHOR]
        if len(starts) < ENOUGH:
            starts = list(range(len(words)))
        return frozenset(tuple(words[at : at + SHINGLE]) for at in starts)

    @cached_property
    def asks(self) -> tuple[frozenset[str], ...]:
        """The levels of study, the seasons and the months ("summer 27", "6 27") that the text names."""
        return self.words.levels_in(self.text), *self.words.terms_in(self.text)

    @cached_property
    def teams(self) -> frozenset[str]:
        """The teams that the text names."""
        return self.words.teams_in(self.text)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The employer's own numbers of the job, as its board and its text state them."""
        stated = self.words.numbers_in(self.text)
        if self.posting.requisition:
            own = plain(self.posting.requisition)
            stated = stated | {one_number(own)} | self.words.numbers_in(own)
        return stated - {""}


class Words:
    """The tables of same_job.yaml, ready to sketch postings by."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.titles = Titles(tables)
        self.places = Places(tables, self.titles.one_form)
        self._levels = [(word, name) for name, words in tables.get("text_levels", {}).items() for word in words]
        self._seasons, self._months = spoken(tables.get("seasons", {})), spoken(tables.get("months", {}))
        self._teams = [
            re.compile(rf"{word}(?<!\w{word})\b(?:: (?P<named>[\w ]+))?")  # begins with the word: that is quick
            for word in map(re.escape, tables.get("team_words", ()))
        ]
        self._articles = frozenset(map(plain, tables.get("team_articles", ())))
        labels = sorted({plain(label) for label in tables.get("number_labels", ())}, key=len, reverse=True)
        self._labelled = re.compile(rf"\b(?:{'|'.join(map(re.escape, labels))}){LABELLED}" if labels else r"(?!)")

    def sketch(self, posting: Posting, ids: frozenset[str] = NOTHING, employer: frozenset[str] = NOTHING) -> Sketch:
        place = self.places(posting.locations) if posting.locations else NO_PLACE
        return Sketch(posting, self.titles(posting.title), place, self, ids=ids, employer=employer)

    def of_name(self, names: Iterable[str]) -> frozenset[str]:
        """The words of an employer's names, each in one form: in a title they name no job."""
        return frozenset(self.titles.one_form(word) for name in names for word in WORD.findall(plain(name)))

    def levels_in(self, text: str) -> frozenset[str]:
        return frozenset([name for word, name in self._levels if word in text])

    def terms_in(self, text: str) -> tuple[frozenset[str], frozenset[str]]:
        """The seasons and the months that stand beside a year, each with its year."""
        found: tuple[set[str], set[str]] = set(), set()
        for year in chain.from_iterable(years.finditer(text) for years in YEARS):
            before = SPOKEN.findall(text[max(year.start() - BEFORE, 0) : year.start()])[: -NEAR - 1 : -1]
            for word in before + SPOKEN.findall(text[year.end() : year.end() + BEFORE])[:1]:
                kind = next((kind for kind in (0, 1) if word in (self._seasons, self._months)[kind]), None)
                if kind is not None:
                    found[kind].add(f"{(self._seasons, self._months)[kind][word]} {year['year']}")
                    break
        return frozenset(found[0]), frozenset(found[1])

    def teams_in(self, text: str) -> frozenset[str]:
        """What stands between an article and "team", or behind "team:"."""
        found: set[str] = set()
        for team in chain.from_iterable(word.finditer(text) for word in self._teams):
            if team["named"]:
                found.add(team["named"].strip())
            words = text[max(team.start() - BEFORE, 0) : team.start()].split()[-TEAM:]
            article = max((at for at, word in enumerate(words) if word in self._articles), default=len(words))
            name = " ".join(words[article + 1 :])
            if name.replace(" ", "").isalpha():
                found.add(name)
        return frozenset(found)

    def numbers_in(self, text: str) -> frozenset[str]:
        found: set[str] = set()
        for digits in set(text.encode("ascii", "replace").translate(ONLY_DIGITS).split()):
            if len(digits) >= 4 and not (len(digits) == 4 and digits[:2] in (b"19", b"20")):
                found.update(self._labelled_runs(digits.decode(), text))
        return frozenset(found)

    def _labelled_runs(self, run: str, text: str) -> Iterator[str]:
        """A run of digits as a number, wherever a label stands before it."""
        at = text.find(run)
        while at >= 0:
            end = at + len(run)
            whole = not (text[at - 1 : at].isdecimal() or text[end : end + 1].isdecimal())
            if whole and (label := self._labelled.search(text[max(at - BEFORE, 0) : at])):
                yield one_number(label["letters"] + run)
            at = text.find(run, end)


def one_number(text: str) -> str:
    """A number in the form that stands for its spellings: JR-0012345 and 12345 are one; "" for a short one."""
    digits = (text if text.isdigit() else NO_DIGIT.sub("", text)).lstrip("0")
    if len(digits) >= 5:
        return digits
    short = "".join(letter for letter in text.lower() if letter.isalpha()) + digits
    return short if len(short) >= 4 and digits else ""
