"""What the words of a title say: the job's own words, and season, year, level, rank and kind taken apart.

Word tables are those of config/vocabulary/same_job.yaml. No place, no text and no verdict enters here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.plain_words import plain, spoken

WORD = re.compile(r"(?:\.(?=net\b))?[^\W_]+(?:\+\+|#)?")
GENDERS = re.compile(
    r"[(\[]?\b[mfwdxhi]\b(?:\s?[/|,*]\s?\b(?:[mfwdxhi*]|gn|div|all)\b){1,4}\*?[)\]]?|\(all genders\)|\(gn\)"
)
YEAR = re.compile(r"20[1-4]\d")
SHORT_YEAR = re.compile(r"(?<=20[1-4]\d[/-])[1-4]\d\b|(?<=['’])[1-4]\d\b")
POSSESSIVE = re.compile(r"['’]s\b")
CUT = ("…", "...")
Table = dict[str, frozenset[str]]
FACETS = ("season", "month", "year", "level", "rank", "kind")  # as Title has them
YEARS = FACETS.index("year")
NOTHING: frozenset[str] = frozenset()


class Title(NamedTuple):
    """A title taken apart. Every facet is empty where the title does not say."""

    words: frozenset[str]  # that name the job, each in one form
    spelt: str  # all its words in their order, as they stand
    season: frozenset[str]
    month: frozenset[str]
    year: frozenset[str]
    level: frozenset[str]
    rank: frozenset[str]
    kind: frozenset[str]


class Titles:
    """Takes titles apart by the word tables."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._wordings: dict[str, list[tuple[list[str], str]]] = defaultdict(list)  # by first word, longest first
        for form, name in sorted(spoken(tables.get("wordings", {})).items(), key=lambda pair: -len(pair[0])):
            first, *rest = WORD.findall(form)
            if [first, *rest] != [name]:
                self._wordings[first].append((rest, name))
        self._forms = spoken(tables.get("forms", {}))
        self._facets: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for at, facet in enumerate(FACETS):
            for word, names in _several(tables.get(f"{facet}s", {})).items():
                self._facets[word].append((at, names))
        self._fillers = frozenset(plain(str(word)) for word in tables.get("fillers", ()))
        self._lettered = frozenset(tables.get("lettered", ()))
        counted = "|".join(re.escape(plain(word)) for word in tables.get("counted", ()))
        self._counts = re.compile(
            rf"\b\d{{1,2}}(?:\s?[-–/]\s?\d{{1,2}})?\+?[\s-]*(?:{counted})\b" if counted else r"(?!)"
        )
        self._parsed: dict[str, Title] = {}

    def __call__(self, title: str) -> Title:
        parsed = self._parsed.get(title)
        if parsed is None:
            parsed = self._parsed[title] = self._parse(title)
        return parsed

    def one_form(self, word: str) -> str:
        """A word in the form that stands for all its forms."""
        return self._forms.get(word) or (
            word[:-1] if len(word) > 4 and word[-1] == "s" and not word.endswith(("ss", "us", "is")) else word
        )

    def _parse(self, title: str) -> Title:
        text = POSSESSIVE.sub("s", plain(title))
        spelt = WORD.findall(text)
        words = self._one_wording(WORD.findall(self._counts.sub(" ", GENDERS.sub(" ", text))))
        if title.rstrip().endswith(CUT):
            words = words[:-1]  # a mail has cut it off
        facets: list[frozenset[str]] = [NOTHING] * len(FACETS)
        names: set[str] = set()
        before = ""
        for word in words:
            said = self._facets.get(word)
            if said:
                for at, values in said:
                    facets[at] = facets[at] | values if facets[at] else values
            elif len(word) == 4 and YEAR.fullmatch(word):
                facets[YEARS] |= {word}
            elif self._names_job(word, before):
                names.add(self.one_form(word))
            before = word
        short = SHORT_YEAR.findall(text) if facets[YEARS] or "'" in text or "’" in text else ()
        facets[YEARS] |= {f"20{word}" for word in short}
        return Title(frozenset(names.difference(short)), " ".join(spelt), *facets)

    def _names_job(self, word: str, before: str) -> bool:
        """Whether a word says which job it is; a letter does after "team"."""
        if len(word) == 1 and before in self._lettered:
            return True
        return word not in self._fillers and word != "a"

    def _one_wording(self, words: list[str]) -> list[str]:
        """The words with each wording of several made one word."""
        found: list[str] = []
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            for rest, name in self._wordings.get(word, ()):
                if words[at : at + len(rest)] == rest:
                    word = name
                    at += len(rest)
                    break
            found.append(word)
        return found


def _several(table: Mapping[Any, Iterable[str]]) -> Table:
    """Word -> the names it may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, words in table.items():
        for word in words:
            found[plain(word)].add(str(name))
    return {word: frozenset(names) for word, names in found.items()}
