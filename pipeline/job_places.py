"""Where a job is: its cities, and the countries and states they are said to be in.

Names are those of config/vocabulary/same_job.yaml. What a place says may be missing; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pipeline.plain_words import plain, spoken

PARTS = re.compile(r"[;|/•·\n+&]| or | and | und | et | oder ")
PIECES = re.compile(r",| - |---|--|–|—|[()\[\]:]")
LETTERS = re.compile(r"[^\W\d_]+")


class Place(NamedTuple):
    """The places of one posting."""

    cities: frozenset[str]
    regions: frozenset[str]  # countries and states, every one that a code may stand for
    spelt: str  # all its words as they stand, with a blank before and after
    words: frozenset[str]  # the same, each in one form, but for single letters


NO_PLACE = Place(frozenset(), frozenset(), " ", frozenset())


class Places:
    """Reads locations by the tables of names."""

    def __init__(self, tables: Mapping[str, Any], one_form: Callable[[str], str] = str) -> None:
        self._one_form = one_form
        self._cities = spoken(tables.get("cities", {}))
        self._regions: dict[str, set[str]] = {}
        for name, codes in tables.get("regions", {}).items():
            for code in (name, *codes):
                self._regions.setdefault(plain(code), set()).add(name)
        for country, states in tables.get("states", {}).items():
            for state, code in states.items():
                for word in (state, code):
                    self._regions.setdefault(plain(word), set()).update((state, country))
        nowhere = sorted(map(plain, tables.get("nowhere", ())), key=len, reverse=True)
        self._nowhere = re.compile(rf"\b(?:{'|'.join(nowhere)})\b" if nowhere else r"(?!)")
        self._parsed: dict[tuple[str, ...], Place] = {(): NO_PLACE}

    def __call__(self, locations: tuple[str, ...]) -> Place:
        parsed = self._parsed.get(locations)
        if parsed is None:
            parsed = self._parsed[locations] = self._parse(locations)
        return parsed

    def _parse(self, locations: tuple[str, ...]) -> Place:
        cities: set[str] = set()
        regions: set[str] = set()
        words: list[str] = []
        for location in locations:
            text = plain(location)
            words += LETTERS.findall(text)
            for part in PARTS.split(text):
                self._read_part(part, cities, regions)
        forms = frozenset(self._one_form(word) for word in words if len(word) > 1)
        return Place(frozenset(cities), frozenset(regions), f" {' '.join(words)} ", forms)

    def _read_part(self, part: str, cities: set[str], regions: set[str]) -> None:
        """One place: "US, CA, Santa Clara" and "Santa Clara, California" alike."""
        pieces = []
        for piece in PIECES.split(part):
            name = " ".join(LETTERS.findall(piece))
            known = self._cities.get(name)  # before words are left out: "home office", but "Office of Rome"
            name = known or " ".join(self._nowhere.sub(" ", name).split())
            if name:
                pieces.append(self._cities.get(name, name))
        for at, piece in enumerate(pieces):
            found = self._regions.get(piece)
            if found is None or (at == 0 and piece in self._cities and len(pieces) > 1):
                cities.add(piece)
            else:
                regions |= found
                if piece == "singapore":  # a country and its only city
                    cities.add(piece)


def apart(one: Place, other: Place) -> bool:
    """Whether the two are said to be in different places."""
    if one.cities and other.cities and not one.cities & other.cities:
        if any(f" {city} " in other.spelt for city in one.cities):
            return False
        return not any(f" {city} " in one.spelt for city in other.cities)
    return bool(one.regions and other.regions and not one.regions & other.regions)


def same_place(one: Place, other: Place) -> bool:
    """Whether the two name the same cities, or neither names any and they say the same."""
    if one.cities and other.cities:
        return one.cities == other.cities or _words(one) == _words(other)
    return not one.cities and not other.cities and one.spelt == other.spelt


def _words(place: Place) -> set[str]:
    """The words of the cities: some lists put no mark between two."""
    return {word for city in place.cities for word in city.split()}
