"""Texts that a listing lacks are fetched for possible internships, where new or changed, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from crawlers import run, settings
from crawlers.titles import may_be_internship
from pipeline.config import Platform
from pipeline.models import Board, State, Verdict
from pipeline.store import Store
from tests.conftest import Figure
from tests.crawlers.hosts import NOW, NOWHERE, Answer, Astray, Hosts, Visit, answer, stall
from tests.crawlers.test_faults import FAULTS

HOST = "acme.terse.example"
BOARD = Board("terse", "acme", "Acme")
ROWS = [
    {"id": 1, "title": "ML Intern", "place": "Bern"},
    {"id": 2, "title": "Werkstudent:in Data", "place": "Bern"},
    {"id": 3, "title": "Head of Sales", "place": "Bern"},
]


@pytest.fixture
def platforms() -> Iterator[dict[str, Platform]]:
    """The test's own platform beside the real spiders."""
    before = settings.SPIDER_MODULES
    settings.SPIDER_MODULES = [*before, "tests.crawlers.spiders"]
    run.spider_names.cache_clear()
    yield {"terse": Platform("terse", "on", "a test", hosts=("*.terse.example",), paths=("/jobs",), full_text=False)}
    settings.SPIDER_MODULES = before
    run.spider_names.cache_clear()


@pytest.fixture
def listed(hosts: Hosts) -> None:
    hosts.on(HOST, "/jobs", answer(ROWS))
    for row in ROWS:
        hosts.on(HOST, f"/jobs/{row['id']}", answer({"text": f"All about {row['title']}."}))


def asked(hosts: Hosts) -> list[str]:
    """The details asked since this was last called, in order."""
    paths = [path for path in hosts.paths(HOST) if path.startswith("/jobs/")]
    hosts.seen.clear()
    return paths


@pytest.mark.usefixtures("listed")
def test_only_what_can_be_an_internship_is_worth_a_request(hosts: Hosts, visit: Visit, store: Store) -> None:
    assert visit(BOARD)["acme"].verdict is Verdict.COMPLETE
    assert asked(hosts) == ["/jobs/1", "/jobs/2"]
    texts = {ref: posting.description for ref, posting in store.known(BOARD.id).items()}
    assert texts == {"1": "All about ML Intern.", "2": "All about Werkstudent:in Data.", "3": ""}


@pytest.mark.usefixtures("listed")
def test_a_text_is_fetched_again_only_where_the_listing_changed(hosts: Hosts, visit: Visit, store: Store) -> None:
    visit(BOARD)
    asked(hosts)
    new = {"id": 4, "title": "Research Intern", "place": "Basel"}
    hosts.on(HOST, "/jobs", answer([ROWS[0] | {"place": "Zug"}, ROWS[1], ROWS[2], new]))
    hosts.on(HOST, "/jobs/1", answer({"text": "Moved to Zug."}))
    hosts.on(HOST, "/jobs/4", answer({"text": "Fresh."}))
    visit(BOARD)
    assert asked(hosts) == ["/jobs/1", "/jobs/4"]
    texts = {ref: posting.description for ref, posting in store.known(BOARD.id).items()}
    assert (texts["1"], texts["2"], texts["4"]) == ("Moved to Zug.", "All about Werkstudent:in Data.", "Fresh.")


@pytest.mark.usefixtures("listed")
def test_an_employer_renamed_in_boards_yaml_is_renamed_everywhere(hosts: Hosts, visit: Visit, store: Store) -> None:
    visit(BOARD)
    hosts.on(HOST, "/jobs", answer([*ROWS, {"id": 4, "title": "Head of Design"}]))
    asked(hosts)
    visit(replace(BOARD, company="Acme Labs"))
    assert {posting.company for posting in store.known(BOARD.id).values()} == {"Acme Labs"}
    assert asked(hosts) == []


@pytest.mark.usefixtures("listed")
def test_an_unchanged_listing_costs_no_details(hosts: Hosts, visit: Visit) -> None:
    visit(BOARD)
    asked(hosts)
    assert visit(BOARD)["acme"].verdict is Verdict.UNCHANGED
    assert asked(hosts) == []


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.usefixtures("listed")
def test_a_posting_whose_own_page_is_gone_is_closed(hosts: Hosts, visit: Visit, store: Store, status: int) -> None:
    visit(BOARD)
    hosts.on(HOST, "/jobs", answer([ROWS[0] | {"place": "Zug"}, *ROWS[1:]]))
    hosts.on(HOST, "/jobs/1", answer("", status))
    assert visit(BOARD, now=NOW + timedelta(days=1))["acme"].gone == ("1",)
    assert [listing.posting.ref for listing in store.listings([State.CLOSED])] == ["1"]


@pytest.mark.usefixtures("listed")
def test_a_listed_posting_whose_text_was_never_there_is_kept_and_told(hosts: Hosts, visit: Visit, store: Store) -> None:
    """Its listing shows that it exists; what is not there may be the address that we ask."""
    hosts.on(HOST, "/jobs/1", answer("", 404))
    snapshot = visit(BOARD)["acme"]
    assert (snapshot.verdict, snapshot.reason) == (Verdict.COMPLETE, None)
    assert [(told.ref, told.reason) for told in snapshot.rejected] == [("1", "no text: answered 404")]
    assert sorted(store.known(BOARD.id)) == ["1", "2", "3"]


REFUSED = {
    "not there": answer("", 404),
    "reserved": answer("x", tdm_reservation="1"),
}


@pytest.mark.parametrize("kind", [*REFUSED, "disallowed"])
def test_texts_that_are_refused_hold_up_no_other_and_no_closing(
    hosts: Hosts, visit: Visit, store: Store, kind: str
) -> None:
    rows = [{"id": number, "title": f"ML Intern {number}"} for number in range(8)]
    hosts.on(HOST, "/jobs", answer(rows))
    hosts.on(HOST, "/robots.txt", answer("User-agent: *\nDisallow: /jobs/0" if kind == "disallowed" else ""))
    for number in range(8):
        hosts.on(HOST, f"/jobs/{number}", REFUSED.get(kind, b"") if number < 5 else answer({"text": "Python."}))
    if kind == "disallowed":
        lines = "".join(f"Disallow: /jobs/{number}\n" for number in range(5))
        hosts.on(HOST, "/robots.txt", answer(f"User-agent: *\n{lines}"))
    visit(BOARD)
    assert {ref for ref, posting in store.known(BOARD.id).items() if posting.description} == {"5", "6", "7"}
    hosts.on(HOST, "/jobs", answer(rows[:7]))
    for days in (1, 2):
        visit(BOARD, now=NOW + timedelta(days=days))
        hosts.on(HOST, "/jobs", answer([*rows[:7], {"id": 9, "title": "Cook"}]))
    assert [listing.posting.ref for listing in store.listings([State.CLOSED])] == ["7"]


def test_texts_that_fail_at_every_visit_keep_no_other_waiting_for_ever(
    hosts: Hosts, visit: Visit, store: Store
) -> None:
    rows = [{"id": number, "title": f"ML Intern {number}"} for number in range(8)]
    hosts.on(HOST, "/jobs", answer(rows))
    for number in range(8):
        hosts.on(HOST, f"/jobs/{number}", answer({"no": "text"}) if number < 4 else answer({"text": "Python."}))
    for days in range(9):
        visit(BOARD, now=NOW + timedelta(days=days))
        assert len([path for path in asked(hosts) if path[-1] in "0123"]) <= 3
    assert {ref for ref, posting in store.known(BOARD.id).items() if posting.description} == {"4", "5", "6", "7"}


@pytest.mark.parametrize("fault", [*FAULTS, *NOWHERE])
@pytest.mark.usefixtures("impatient", "listed")
def test_a_fault_in_a_detail_loses_neither_posting_nor_text(
    hosts: Hosts, visit: Visit, store: Store, astray: Astray, figure: Figure, *, fault: str
) -> None:
    visit(BOARD)
    hosts.on(HOST, "/jobs", answer([row | {"place": "Zug"} for row in ROWS]))
    hosts.on(HOST, "/jobs/1", FAULTS.get(fault, b""))
    if fault in NOWHERE:
        astray("/jobs/1", fault)
    snapshot = visit(BOARD, now=NOW + timedelta(days=1))["acme"]
    assert snapshot.verdict is Verdict.PARTIAL
    assert f"no text of 1: {NOWHERE.get(fault, '')}" in (snapshot.reason or "")
    texts = {ref: posting.description for ref, posting in store.known(BOARD.id).items()}
    assert texts["1"] == "All about ML Intern."
    assert {listing.state for listing in store.listings()} == {State.OPEN}
    figure("fault in a detail: 0 postings closed, no text lost")


@pytest.mark.parametrize("fault", [stall, answer("", 500), answer({"no": "text"})])
@pytest.mark.usefixtures("impatient", "listed")
def test_a_text_that_could_not_be_had_is_asked_for_again(hosts: Hosts, visit: Visit, fault: Answer) -> None:
    hosts.on(HOST, "/jobs/1", fault)
    assert visit(BOARD)["acme"].verdict is Verdict.PARTIAL
    asked(hosts)
    hosts.on(HOST, "/jobs/1", answer({"text": "At last."}))
    assert visit(BOARD)["acme"].verdict is Verdict.COMPLETE
    assert asked(hosts) == ["/jobs/1"]


@pytest.mark.usefixtures("listed")
def test_a_refusal_ends_the_details_at_once(hosts: Hosts, visit: Visit, store: Store) -> None:
    hosts.on(HOST, "/jobs/1", answer("", 403))
    snapshot = visit(BOARD)["acme"]
    assert snapshot.verdict is Verdict.PARTIAL
    assert asked(hosts) == ["/jobs/1"]
    assert sorted(store.known(BOARD.id)) == ["1", "2", "3"]


def test_the_same_posting_at_two_places_is_one(hosts: Hosts, visit: Visit) -> None:
    sales: list[dict[str, Any]] = [ROWS[2], ROWS[2] | {"place": "Rome"}]
    hosts.on(HOST, "/jobs", answer(sales))
    (posting,) = visit(BOARD)["acme"].postings
    assert posting.locations == ("Bern", "Rome")


@pytest.mark.parametrize(
    "title",
    [
        "ML Intern", "Machine Learning Internship (Summer 2027)", "Co-op, Data", "Praktikum Maschinelles Lernen",
        "Stage - Recherche en IA", "Werkstudent (m/w/d)", "Masterarbeit Bildverarbeitung", "Student Researcher",
        "Alternance Data Engineer", "PhD Residency", "Industrial Placement 2027", "Becario de IA", "インターン",
    ],
)  # fmt: skip
def test_titles_that_can_be_internships(title: str) -> None:
    assert may_be_internship(title)


@pytest.mark.parametrize("title", ["Internal Auditor", "International Sales Manager", "Internist", "Staff Engineer"])
def test_titles_that_cannot(title: str) -> None:
    assert not may_be_internship(title)
