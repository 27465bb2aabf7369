"""Where a job is: its cities, and the countries and states they are said to be in.

Names are those of config/vocabulary/same_job.yaml. What a place says may be missing; it is never guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pipeline.plain_words import plain, spoken

PARTS = re.compile(r"[;|/•·\n+&]| or | and | und | et | oder ")
PIECES = re.compile(r",| - |---|--|–|—|[()\[\]:]")
LETTERS = re.compile(r"[^\W\d_]+")


class Spot(NamedTuple):
    """One of the places of a posting."""

    cities: frozenset[str]  # several where a list put no mark between them
    states: frozenset[str]
    countries: frozenset[str]  # said, or those of the states
    instead: frozenset[str]  # countries that a code stands for if it is no state's: Canada for CA


class Place(NamedTuple):
    """The places of one posting."""

    spots: tuple[Spot, ...]
    cities: frozenset[str]
    spelt: str  # all its words as they stand, with a blank before and after
    words: frozenset[str]  # the same, each in one form, but for single letters


NOWHERE: frozenset[str] = frozenset()
NO_PLACE = Place((), NOWHERE, " ", NOWHERE)


class Places:
    """Reads locations by the tables of names."""

    def __init__(self, tables: Mapping[str, Any], one_form: Callable[[str], str] = str) -> None:
        self._one_form = one_form
        self._cities = spoken(tables.get("cities", {}))
        self._countries = _meanings(tables.get("regions", {}))
        states = tables.get("states", {})
        self._states = _meanings({name: (code,) for named in states.values() for name, code in named.items()})
        self._country_of = {state: country for country, named in states.items() for state in named}
        nowhere = sorted(map(plain, tables.get("nowhere", ())), key=len, reverse=True)
        self._nowhere = re.compile(rf"\b(?:{'|'.join(nowhere)})\b" if nowhere else r"(?!)")
        self._parsed: dict[tuple[str, ...], Place] = {(): NO_PLACE}

    def __call__(self, locations: tuple[str, ...]) -> Place:
        parsed = self._parsed.get(locations)
        if parsed is None:
            parsed = self._parsed[locations] = self._parse(locations)
        return parsed

    def _parse(self, locations: tuple[str, ...]) -> Place:
        texts = [plain(location) for location in locations]
        words = [word for text in texts for word in LETTERS.findall(text)]
        spots = _with_regions([self._spot(part) for text in texts for part in PARTS.split(text)])
        cities = frozenset(city for spot in spots for city in spot.cities)
        forms = frozenset(self._one_form(word) for word in words if len(word) > 1)
        return Place(tuple(spots), cities, f" {' '.join(words)} ", forms)

    def _spot(self, part: str) -> Spot:
        """One place: "US, CA, Santa Clara" and "Santa Clara, California" alike."""
        cities: set[str] = set()
        states: set[str] = set()
        countries: set[str] = set()
        instead: set[str] = set()
        names = self._names(part)
        for at, name in enumerate(names):
            state, country = self._states.get(name, NOWHERE), self._countries.get(name, NOWHERE)
            if (not state and not country) or (at == 0 and name in self._cities):
                cities.add(self._cities.get(name, name))
                continue
            states |= state
            countries |= country
            countries.update(self._country_of[one] for one in state)
            if state:
                instead |= country
            if name == "singapore":  # a country and its only city
                cities.add(name)
        if not cities:  # "NY, New York"
            cities.update([name for name in names if self._cities.get(name) == name][:1])
        return Spot(frozenset(cities), frozenset(states), frozenset(countries), frozenset(instead))

    def _names(self, part: str) -> list[str]:
        """The names a place is made of, without words that name none."""
        names = []
        for piece in PIECES.split(part):
            name = " ".join(LETTERS.findall(piece))
            if name not in self._cities:  # before words are left out: "home office", but "Office of Rome"
                name = " ".join(self._nowhere.sub(" ", name).split())
            if name:
                names.append(name)
        return names


def _meanings(table: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Every form of a table `{name: forms}` -> the names it may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, forms in table.items():
        for form in (name, *forms):
            found[plain(form)].add(name)
    return {form: frozenset(names) for form, names in found.items()}


def _with_regions(spots: list[Spot]) -> list[Spot]:
    """Those that name something; a region by itself is that of every city without one: "Boston; Massachusetts"."""
    cities = [spot for spot in spots if spot.cities]
    wide = [spot for spot in spots if spot.countries and not spot.cities]
    if not cities or not wide:
        return cities or wide
    regions = [frozenset(name for one in named for name in one) for named in zip(*(s[1:] for s in wide), strict=True)]
    return [spot if spot.countries else Spot(spot.cities, *regions) for spot in cities]


def apart(one: Place, other: Place) -> bool:
    """Whether the two are said to be in different places."""
    if one.cities and other.cities and not one.cities & other.cities:
        if any(f" {city} " in other.spelt for city in one.cities):
            return False
        return not any(f" {city} " in one.spelt for city in other.cities)
    if not one.spots or not other.spots:
        return False
    anywhere = not one.cities or not other.cities
    return not any(
        _may_be_one(spot, their)
        for spot in one.spots
        for their in other.spots
        if anywhere or spot.cities & their.cities
    )


def _may_be_one(one: Spot, other: Spot) -> bool:
    """Whether states and countries leave it open that two places of one name are one."""
    if one.countries and other.countries and not one.countries & other.countries:
        return False
    if one.states and other.states and not one.states & other.states:
        return bool(one.instead & other.countries or other.instead & one.countries)
    return True


def same_place(one: Place, other: Place) -> bool:
    """Whether the two name the same cities, or neither names any and they say the same."""
    if one.cities and other.cities:
        return one.cities == other.cities or _words(one) == _words(other)
    return not one.cities and not other.cities and one.spelt == other.spelt


def _words(place: Place) -> set[str]:
    """The words of the cities: some lists put no mark between two."""
    return {word for city in place.cities for word in city.split()}
