"""What a person does with the list: filter, search, sort, open a row, keep a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipeline.changes import Change
from pipeline.models import Finding, Opening, Score
from tests.report.rows import Row, row, rows
from tests.report.test_look import LEAD

MANY = [replace(one, status="") for one in rows(40)]


def listed(page: Any) -> list[str]:
    """The ids of the rows in the page, from the top."""
    return list(page.eval_on_selector_all("tr.opening", "rows => rows.map(row => row.dataset.id)"))


def ids(chosen: list[Row]) -> set[str]:
    """The ids of rows."""
    return {one.opening.id for one in chosen}


def only(page: Any, name: str, label: str) -> None:
    """Leave one choice of a group of choices on."""
    for box in page.locator(f"[data-filter={name}] input").all():
        box.uncheck()
    page.locator(f"[data-filter={name}]").get_by_label(label, exact=True).check()


def every(page: Any) -> None:
    """Show what is not eligible, too."""
    page.get_by_label("No", exact=True).check()


def test_what_is_not_eligible_is_not_in_the_way(open_report: Any) -> None:
    page = open_report(MANY)
    assert set(listed(page)) == ids([one for one in MANY if one.score.eligible != "no"])


def test_pools_have_a_place_of_their_own(open_report: Any) -> None:
    pools = [replace(one, score=replace(one.score, bars=(), pool=True)) for one in MANY[:2]]
    page = open_report([*MANY[2:], *pools])
    assert not ids(pools) & set(listed(page))
    page.get_by_role("button", name="General applications").click()
    titles = page.locator("#main li .opener")
    assert titles.count() == len(pools)
    titles.first.click()
    assert set(listed(page)) <= ids(pools)
    assert "general application" in page.locator("tr.opening .badge").first.text_content()


def test_where_every_opening_is_dated_nothing_is_said_of_pools(open_report: Any) -> None:
    page = open_report(MANY)
    assert page.get_by_role("button", name="General applications").count() == 0
    assert page.locator("[data-filter=kind]").count() == 0


@pytest.mark.parametrize(
    ("group", "label", "keeps"),
    [
        ("eligible", "Unsure", lambda one: one.score.eligible == "unsure"),
        ("eligible", "No", lambda one: one.score.eligible == "no"),
        ("role", "Data", lambda one: one.reading.ml_role == "data"),
        ("size", "11-50", lambda one: one.employer.size == "11-50"),
        ("size", "unknown", lambda one: one.employer.size is None),
    ],
)
def test_a_choice_shows_exactly_what_it_says(
    open_report: Any, group: str, label: str, keeps: Callable[[Row], bool]
) -> None:
    page = open_report(MANY)
    every(page)
    only(page, group, label)
    assert set(listed(page)) == ids([one for one in MANY if keeps(one)])


@pytest.mark.parametrize(
    ("name", "value", "keeps"),
    [
        ("term", "summer 2026", lambda one: one.reading.term == "summer 2026"),
        ("term", "not stated", lambda one: one.reading.term is None),
        ("place", "Remote", lambda one: one.opening.posting.workplace == "remote"),
        ("place", "Canada", lambda one: "Canada" in one.opening.posting.location),
    ],
)
def test_a_selection_shows_exactly_what_it_says(
    open_report: Any, name: str, value: str, keeps: Callable[[Row], bool]
) -> None:
    page = open_report(MANY)
    every(page)
    page.locator(f"select[data-filter={name}]").select_option(value)
    assert set(listed(page)) == ids([one for one in MANY if keeps(one)])


def test_hidden_openings_are_shown_only_when_asked_for(open_report: Any) -> None:
    page = open_report([row(1), replace(row(2), status="hidden"), replace(row(3), status="applied")])
    every(page)
    assert row(2).opening.id not in listed(page)
    page.locator("select[data-filter=status]").select_option("hidden")
    assert listed(page) == [row(2).opening.id]


def test_new_openings_are_those_first_seen_since_the_last_run(open_report: Any) -> None:
    since = "2026-02-01T00:00:00Z"
    page = open_report(MANY, since=since)
    every(page)
    page.get_by_label("New only").check()
    assert set(listed(page)) == ids([one for one in MANY if (one.opening.listings[0].first_seen or "") > since])


def test_search_needs_every_word_somewhere(open_report: Any) -> None:
    page = open_report(MANY)
    every(page)
    page.get_by_label("Search").fill("VISION berlin")
    found = [
        one
        for one in MANY
        if "berlin" in one.opening.posting.location.lower()
        and "vision" in f"{one.opening.posting.title} {one.opening.posting.company}".lower()
    ]
    assert found
    assert set(listed(page)) == ids(found)


def test_a_heading_sorts_and_sorts_the_other_way(open_report: Any) -> None:
    page = open_report(MANY)
    page.locator("th[data-sort=title] button").click()
    titles = page.eval_on_selector_all(".open", "all => all.map(one => one.textContent.toLowerCase())")
    assert titles == sorted(titles)
    page.locator("th[data-sort=title] button").click()
    titles = page.eval_on_selector_all(".open", "all => all.map(one => one.textContent.toLowerCase())")
    assert titles == sorted(titles, reverse=True)
    assert page.locator("th[data-sort=title]").get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize("column", ["score", "posted"])
def test_the_highest_score_and_the_newest_day_come_first(open_report: Any, column: str) -> None:
    page = open_report(MANY)
    page.locator(f"th[data-sort={column}] button").click()
    assert page.locator(f"th[data-sort={column}]").get_attribute("aria-sort") == "descending"
    cell = ".total" if column == "score" else ".cell-posted time"
    read = "all => all.map(one => one.dateTime ?? Number(one.textContent))"
    shown = page.eval_on_selector_all(f"tr.opening {cell}", read)
    assert shown == sorted(shown, reverse=True)


def test_an_unknown_date_is_sorted_last_whichever_way(open_report: Any) -> None:
    page = open_report(MANY)
    undated = ids([one for one in MANY if one.reading.deadline is None and one.score.eligible != "no"])
    for _ in range(2):
        page.locator("th[data-sort=deadline] button").click()
        assert set(listed(page)[-len(undated) :]) == undated


def test_a_row_opens_to_its_arithmetic_and_its_quotes(open_report: Any) -> None:
    known = Finding("reach", 0.9, 3.0, "a small employer", "we are a team of twelve")
    silent = Finding("pay", None, 1.0, "pay is not stated")
    one = replace(row(1), score=Score((known, silent), ()))
    page = open_report([one])
    page.locator(".open").click()
    shown = page.locator(".arithmetic").inner_text()
    for words in ("0.9", "× 3", "= 2.7", "a small employer", "(0.5)", "× 1", "= 0.5", "100 × 3.2 ÷ 4 = 80.0", "75%"):
        assert words in shown
    assert page.locator("q").first.inner_text().strip("“”") == "we are a team of twelve"
    page.locator(".open").click()
    assert page.locator(".arithmetic").count() == 0


def test_a_row_opens_by_keyboard(open_report: Any) -> None:
    page = open_report([row(1)])
    every(page)
    page.locator(".open").focus()
    page.keyboard.press("Enter")
    assert page.locator(".open").get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{page.locator('.open').get_attribute('aria-controls')}").count() == 1


def test_a_slash_goes_to_the_search_from_any_view(open_report: Any) -> None:
    page = open_report(MANY)
    page.get_by_role("button", name="Charts").click()
    page.keyboard.press("/")
    page.keyboard.type("kestrel")
    assert page.locator("#search").input_value() == "kestrel"


def test_a_view_can_be_kept_by_its_address(open_report: Any) -> None:
    page = open_report(MANY)
    page.get_by_label("Search").fill("intern")
    page.locator("select[data-filter=term]").select_option("fall 2026")
    page.locator("th[data-sort=posted] button").click()
    before = listed(page)
    page.reload()
    assert listed(page) == before
    assert page.locator("#search").input_value() == "intern"


def test_an_address_made_up_by_somebody_breaks_nothing(open_report: Any) -> None:
    page = open_report(MANY, fragment="#view=constructor&sort=toString&eligible=<b>&size=&weight.reach=-1&weight.bar=x")
    assert page.watch.errors == []
    assert page.locator("#count").inner_text().startswith("0 openings")


def test_a_long_list_is_drawn_as_one_goes_down(open_report: Any) -> None:
    page = open_report([replace(one, status="") for one in rows(400)])
    every(page)
    assert 0 < page.locator("tr.opening").count() < 400
    while page.locator("#more").is_visible():
        page.evaluate("document.getElementById('more').click()")  # it may be drawn, and hidden, by itself
    assert len(set(listed(page))) == 400


def test_what_is_printed_is_the_whole_list(open_report: Any) -> None:
    page = open_report([replace(one, status="") for one in rows(400)])
    every(page)
    assert page.locator("tr.opening").count() < 400
    page.pdf()
    assert len(set(listed(page))) == 400


def test_one_job_on_two_boards_is_one_row_with_both_links(open_report: Any) -> None:
    page = open_report([row(11)])
    every(page)
    page.locator(".open").click()
    links = page.eval_on_selector_all(".links a", "all => all.map(one => [one.href, one.rel, one.target])")
    assert [href for href, _, _ in links] == ["https://boards.example.com/11", "https://jobs.example.org/11"]
    assert {(rel, target) for _, rel, target in links} == {("noopener noreferrer", "_blank")}


def test_an_opened_row_gives_the_command_that_marks_it(open_report: Any) -> None:
    page = open_report([replace(row(1), opening=Opening("lever/kestrel/7", row(1).opening.listings))])
    every(page)
    page.locator(".open").click()
    assert page.locator(".identity code").inner_text() == "reachlist mark lever/kestrel/7 applied"


@pytest.mark.parametrize("name", ["a/b/$(reboot)", "a/b/`x`", "a/b;reboot", "a/b c", "-rf", "a/b\n/c", "a/b'c"])
def test_no_command_is_offered_that_a_shell_would_take_apart(open_report: Any, name: str) -> None:
    page = open_report([replace(row(1), opening=Opening(name, row(1).opening.listings))])
    every(page)
    page.locator(".open").click()
    assert "reachlist" not in page.locator(".identity").inner_text()


def test_what_changed_leads_to_the_opening(open_report: Any) -> None:
    page = open_report(MANY, changes=[Change("up", MANY[3].opening.id, "Its title", "Its company", "from 9 to 2")])
    page.get_by_role("button", name="What changed").click()
    assert "from 9 to 2" in page.locator("main").inner_text()
    page.get_by_role("button", name="Its title").click()
    assert listed(page) == [MANY[3].opening.id]
    assert page.locator(".open").get_attribute("aria-expanded") == "true"


def test_what_is_not_eligible_is_listed_with_its_reason_and_quote(open_report: Any) -> None:
    page = open_report(MANY)
    page.get_by_role("button", name="Not eligible").click()
    closed = [one for one in MANY if one.score.eligible == "no"]
    assert page.locator(".reason-group li").count() == len(closed)
    first = page.locator(".reason-group li").first.inner_text()
    assert "a PhD is required" in first
    assert "PhD students only" in first


def test_an_employer_to_write_to_comes_with_facts_and_a_draft(open_report: Any) -> None:
    page = open_report(MANY, outreach=[LEAD])
    page.get_by_role("button", name="Write to").click()
    assert page.get_by_role("link", name="Kestrel Vision").get_attribute("href") == "https://kestrel.example/"
    page.get_by_text("A first message").click()
    shown = page.locator("main").inner_text()
    for words in (*LEAD.evidence, "python, pytorch", "a founder", LEAD.draft):
        assert words in shown


def test_a_view_with_nothing_in_it_is_not_offered(open_report: Any) -> None:
    page = open_report(MANY)
    assert page.get_by_role("button", name="Write to").count() == 0


def test_two_openings_of_one_name_have_rows_of_their_own(open_report: Any) -> None:
    twin = replace(MANY[1], opening=Opening("another", MANY[1].opening.listings))
    page = open_report([MANY[1], twin])
    every(page)
    for toggle in page.locator(".open").all():
        toggle.click()
    assert page.locator(".details").count() == 2


def test_evidence_of_an_employer_leads_to_its_posting(open_report: Any) -> None:
    lead = replace(LEAD, evidence=("11-50 people", "hires: Vision Engineer (https://jobs.example.com/1)"))
    page = open_report(rows(3), outreach=[lead])
    page.locator("[data-view=outreach]").click()
    found = page.locator(".lead li a")
    assert found.count() == 1
    assert found.get_attribute("href") == "https://jobs.example.com/1"
