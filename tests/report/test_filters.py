"""What the filters offer, what they count, and what a search and an order by deadline find."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pipeline.models import Opening
from tests.report.rows import TODAY, Row, row
from tests.report.test_list import MANY, every, listed


def at(number: int, location: str, countries: tuple[str, ...] = (), workplace: str | None = None, **said: Any) -> Row:
    """A row the student may apply to, at a place."""
    plain = row(number)
    posting = replace(plain.opening.posting, locations=(location,), workplace=workplace)
    listing = replace(plain.opening.listings[0], posting=posting)
    reading = replace(plain.reading, countries=countries, deadline=None, **said)
    score = replace(plain.score, bars=())
    return replace(plain, opening=Opening(f"at/{number}", (listing,)), reading=reading, score=score, status="")


def offered(page: Any, key: str) -> dict[str, int]:
    """Choice -> how many openings it says it has."""
    texts = page.eval_on_selector_all(
        f"[data-filter={key}] option", "all => all.slice(1).map(one => [one.value, one.textContent])"
    )
    return {value: int(re.fullmatch(rf"{re.escape(value)} \((\d+)\)", text)[1]) for value, text in texts}


def test_spellings_of_one_country_are_one_choice_and_remote_counts_once(open_report: Any) -> None:
    page = open_report(
        [
            at(1, "Austin, TX", ("US",)),
            at(2, "New York, United States", ("US",), "onsite"),
            at(3, "Remote", (), "remote"),
            at(4, "Remote, USA", ("US",), "remote"),
            at(5, "Berlin, DE; Paris", ("DE", "FR"), "hybrid"),
            at(6, "remote"),
            at(7, "Nowhere Bay"),
        ]
    )
    assert offered(page, "place") == {
        "Remote": 3, "Hybrid": 1, "On site": 1, "Not stated": 2,
        "United States": 3, "Germany": 1, "France": 1, "Nowhere Bay": 1,
    }  # fmt: skip
    groups = page.eval_on_selector_all("[data-filter=place] optgroup", "all => all.map(one => one.label)")
    assert groups == ["Countries", "Elsewhere"]


@pytest.mark.parametrize("key", ["place", "term", "status"])
def test_a_choice_shows_as_many_as_it_says_whatever_else_is_chosen(open_report: Any, key: str) -> None:
    page = open_report([replace(one, status=status) for one, status in zip(MANY, ("", "applied") * 20, strict=True)])
    page.locator("[data-filter=role]").get_by_label("Adjacent").uncheck()
    page.locator("#search").fill("in")
    for value, count in offered(page, key).items():
        page.locator(f"select[data-filter={key}]").select_option(value)
        assert len(listed(page)) == count, value


@pytest.mark.parametrize(
    "words", ["hybrid", "HYBRID vision", "montreal", "Montréal", "general application", "germany", "11-50"]
)
def test_a_search_finds_what_a_row_shows(open_report: Any, words: str) -> None:
    plain = at(1, "Montréal", ("DE",), "hybrid")
    posting = replace(plain.opening.posting, title="Vision Intern")
    employer = replace(plain.employer, size="11-50")
    one = replace(
        plain,
        opening=Opening("sought", (replace(plain.opening.listings[0], posting=posting),)),
        employer=employer,
        score=replace(plain.score, pool=True),
    )
    page = open_report([one, at(2, "Lisbon", ("PT",), "onsite")], fragment="#kind=dated,pool&size=11-50")
    page.locator("#search").fill(words)
    assert listed(page) == ["sought"]


def due(number: int, days: int) -> Row:
    """A row whose deadline is so many days from today."""
    plain = at(number, "Lisbon")
    return replace(plain, reading=replace(plain.reading, deadline=(TODAY + timedelta(days=days)).isoformat()))


def test_deadlines_to_come_stand_before_those_that_have_passed(open_report: Any) -> None:
    page = open_report([due(1, -400), due(2, 30), due(3, 0), due(4, -3), at(5, "Lisbon")])
    page.locator("th[data-sort=deadline] button").click()
    assert [name.removeprefix("at/") for name in listed(page)] == ["3", "2", "4", "1", "5"]
    page.locator("th[data-sort=deadline] button").click()
    assert [name.removeprefix("at/") for name in listed(page)] == ["2", "3", "1", "4", "5"]
    said = page.locator("tr.opening .cell-deadline").all_inner_texts()
    assert ["passed" in words for words in said] == [False, False, True, True, False]


def test_what_is_too_late_is_listed_as_such_and_not_within_reach(open_report: Any) -> None:
    over = replace(at(3, "Lisbon"), reading=replace(at(3, "Lisbon").reading, term="summer 2025"))
    page = open_report(
        [replace(at(1, "Lisbon"), reading=replace(at(1, "Lisbon").reading, term=None)), due(2, -1), over]
    )
    assert page.locator("#summary").inner_text().startswith("1 opening within reach")
    assert len(listed(page)) == 3
    assert page.locator(".badge", has_text="too late").count() == 2


@pytest.mark.parametrize("width", [1280, 1440])
def test_no_cell_is_wider_than_its_column(open_report: Any, width: int) -> None:
    page = open_report([due(number, -330 - number) for number in range(5)], width=width)
    wide = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    assert page.eval_on_selector_all("tr.opening td", wide) == []


def test_what_is_not_needed_is_said_in_words(open_report: Any) -> None:
    page = open_report([at(1, "Lisbon", phd="negated", publications="negated")])
    page.locator(".open").click()
    facts = page.locator("dl").inner_text()
    assert "negated" not in facts
    assert facts.count("not needed") == 2


def test_words_of_another_posting_are_said_to_be(open_report: Any) -> None:
    plain = at(1, "Lisbon")
    pieces = tuple(replace(piece, elsewhere=True) for piece in row(2).employer.evidence)
    assert pieces
    page = open_report([replace(plain, employer=replace(plain.employer, evidence=pieces))])
    page.locator(".open").click()
    assert "in another of its postings: a team of twelve" in page.locator(".detail").inner_text()


def test_filters_and_search_mind_no_opening_that_is_closed_to_the_student(open_report: Any) -> None:
    page = open_report(MANY)
    before = offered(page, "term")
    every(page)
    after = offered(page, "term")
    assert sum(after.values()) == len(MANY) > sum(before.values())
