"""What is said of two lists: which rows moved, and why; never of rows that only made room."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from pipeline.changes import NO_BASIS, Basis, Change, Facts, compare, facts, lines, ranks, said
from pipeline.models import Bar, Finding, Listing, Opening, Posting, Score


@dataclass(frozen=True)
class Row:
    rank: int
    opening: Opening
    score: Score

    @property
    def said(self) -> str:
        return said(self.opening)


def row(rank: int, name: str, reach: float | None = 0.5, *bars: Bar, weight: float = 30) -> Row:
    posting = Posting("lever/mottle", name, "https://jobs.example", f"Intern {name}", "Mottle", "")
    findings = (Finding("reach", reach, weight, f"reach is {reach}"), Finding("role", 1.0, 20, "the work is ML"))
    return Row(rank, Opening(name, (Listing(posting),)), Score(findings, bars))


def listed(*rows: Row, basis: Basis = NO_BASIS) -> dict[str, tuple[int, Facts]]:
    return {one.opening.id: (one.rank, facts(one, basis)) for one in rows}


def moves(before: dict[str, tuple[int, Facts]], rows: list[Row], basis: Basis = NO_BASIS) -> list[Change]:
    return compare(before, rows, {one.opening.id: facts(one, basis) for one in rows})


def test_the_same_list_has_no_changes() -> None:
    rows = [row(1, "a"), row(2, "b")]
    assert moves(listed(*rows), rows) == []


def test_a_row_that_moved_says_what_moved_it() -> None:
    before = listed(row(1, "a", 0.6), row(2, "b", 0.5))
    (change,) = moves(before, [row(1, "b", 0.9), row(2, "a", 0.6)])
    assert change == Change("up", "b", "Intern b", "Mottle", "2 to 1: reach 0.50×30 to 0.90×30 (reach is 0.9)")


def test_a_row_that_only_made_room_has_not_moved() -> None:
    """`a` is second now because of `new`; nothing about it is different."""
    changes = moves(listed(row(1, "a"), row(2, "b")), [row(1, "new", 0.9), row(2, "a"), row(3, "b")])
    assert [(change.kind, change.opening, change.detail) for change in changes] == [("new", "new", "new at 1")]


def test_a_row_that_is_gone_is_named_by_what_it_was() -> None:
    (change,) = moves(listed(row(1, "a"), row(2, "b")), [row(1, "b")])
    assert (change.kind, change.title, change.detail) == ("gone", "Intern a", "was at 1")


def test_eligibility_comes_first_and_names_the_bar() -> None:
    before = listed(row(1, "a", 0.9), row(2, "b"))
    now = [row(1, "b"), row(2, "a", 0.8, Bar("phd", "no", "a PhD is required"))]
    (change,) = moves(before, now)
    assert change.detail.startswith("1 to 2: eligible: yes to no (a PhD is required); reach 0.90×30 to 0.80×30")


def test_an_unknown_and_a_weight_are_told() -> None:
    before = listed(row(1, "a", 0.4), row(2, "b", 0.3))
    now = [row(1, "b", None), row(2, "a", 0.4, weight=10)]
    details = [change.detail for change in moves(before, now)]
    assert details == [
        "2 to 1: reach 0.30×30 to unknown×30 (reach is None)",
        "1 to 2: reach 0.40×30 to 0.40×10",
    ]


def test_a_change_is_one_sentence() -> None:
    assert list(lines([Change("new", "a", "Intern", "Mottle", "new at 1")])) == ["new: Mottle: Intern (new at 1)"]


def test_a_list_that_does_not_say_all_it_rests_on_has_no_causes() -> None:
    before = listed(row(1, "a", 0.6), row(2, "b", 0.5))
    older = {opening: (rank, {**told, "basis": told["basis"][:2]}) for opening, (rank, told) in before.items()}
    (change,) = moves(older, [row(1, "b", 0.9), row(2, "a", 0.6)], ONE)
    assert change.detail.startswith("2 to 1: reach")


ONE = Basis("profile", "program", "employers")


@pytest.mark.parametrize(
    ("then", "posting", "cause"),
    [
        (ONE, {}, ""),
        (replace(ONE, profile="another"), {}, " (your profile changed)"),
        (replace(ONE, program="another"), {}, " (the program or its vocabulary changed)"),
        (replace(ONE, employers="another"), {}, " (what is known of employers changed)"),
        (ONE, {"description": "Now with a PhD."}, " (the posting changed)"),
        (replace(ONE, profile="another"), {"locations": ("Oslo",)}, " (the posting changed and your profile changed)"),
    ],
)
def test_a_move_says_what_changed(then: Basis, posting: dict[str, object], cause: str) -> None:
    before = listed(row(1, "a", 0.6), row(2, "b", 0.5), basis=ONE)
    moved = row(1, "b", 0.9)
    listing = replace(moved.opening.listings[0], posting=replace(moved.opening.posting, **posting))
    moved = replace(moved, opening=replace(moved.opening, listings=(listing,)))
    (change,) = moves(before, [moved, row(2, "a", 0.6)], then)
    assert change.detail.startswith(f"2 to 1{cause}: reach")


def test_ranks_are_remembered_one_a_day_and_where_they_differ() -> None:
    first = {"ranks": ranks(None, "2026-11-18", 4)}
    assert ranks(first, "2026-11-19", 4) == [["2026-11-18", 4]]
    second = {"ranks": ranks(first, "2026-11-20", 2)}
    assert ranks(second, "2026-11-20", 3) == [["2026-11-18", 4], ["2026-11-20", 3]]
