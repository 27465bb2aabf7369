"""The address of the page keeps what is shown: typed, kept as a bookmark, or left by the browser's way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.changes import Change
from tests.report.rows import rows
from tests.report.test_list import MANY, listed

FALL = [one for one in MANY if one.reading.term == "fall 2026" and one.score.eligible != "no"]
CHANGE = Change("up", MANY[3].opening.id, "Its title", "Its company", "from 9 to 2")


def follow(page: Any, fragment: str) -> None:
    """What a bookmark of another view of the page that is open does."""
    page.evaluate("fragment => new Promise(done => { onhashchange = done; location.hash = fragment; })", fragment)


def test_a_bookmark_followed_while_the_page_is_open_is_obeyed(open_report: Any) -> None:
    page = open_report(MANY, fragment="#search=vision&weight.reach=0")
    follow(page, "term=fall+2026")
    assert set(listed(page)) == {one.opening.id for one in FALL}
    assert page.locator("#search").input_value() == ""
    assert page.get_by_label("Reach").input_value() == "30"
    follow(page, "view=charts")
    assert page.locator("figure").count()


def test_the_way_back_leads_to_the_view_before(open_report: Any) -> None:
    page = open_report(MANY, fragment="#term=fall+2026", changes=[CHANGE])
    before = listed(page)
    page.get_by_role("button", name="Charts").click()
    page.get_by_role("button", name="What changed").click()
    page.go_back()
    assert page.locator("[aria-current]").inner_text() == "Charts"
    assert page.locator("figure").count()
    page.go_back()
    assert listed(page) == before


def test_an_opening_asked_for_elsewhere_leaves_the_filters_as_they_are(open_report: Any) -> None:
    page = open_report(MANY, fragment="#term=fall+2026&role=core", changes=[CHANGE])
    before = listed(page)
    page.get_by_role("button", name="What changed").click()
    page.get_by_role("button", name="Its title").click()
    assert listed(page) == [MANY[3].opening.id]
    page.get_by_role("button", name="Show the whole list").click()
    assert listed(page) == before
    assert page.evaluate("document.activeElement.id") == "count"
    assert not page.get_by_role("button", name="Show the whole list").is_visible()


@pytest.mark.parametrize("key", ["place", "term", "status"])
def test_a_choice_that_no_longer_exists_is_seen_to_filter(open_report: Any, key: str) -> None:
    page = open_report(MANY, fragment=f"#{key}=Atlantis")
    assert page.locator("#count").inner_text().startswith("0 openings")
    assert page.locator(f"[data-filter={key}] option:checked").inner_text() == "Atlantis (0)"
    page.locator(f"[data-filter={key}]").select_option("")
    assert listed(page)


def test_the_skip_link_leads_to_the_list_and_leaves_the_address(open_report: Any) -> None:
    page = open_report(MANY, fragment="#term=fall+2026")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert "term=fall" in page.evaluate("location.hash")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('#openings'))")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("button", ["reset", "restore"])
def test_a_button_of_a_panel_leaves_the_panel_and_the_focus_where_they_are(
    open_report: Any, button: str, width: int
) -> None:
    page = open_report(MANY, fragment="#search=vision&term=fall+2026&weight.reach=1", width=width)
    panel = page.locator("details.panel", has=page.locator(f"#{button}"))
    panel.evaluate("panel => { panel.open = true; }")
    page.locator(f"#{button}").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == button
    assert panel.get_attribute("open") is not None
    if button == "reset":
        assert page.locator("#search").input_value() == ""
        assert page.locator("[data-filter=term]").input_value() == ""
    else:
        assert page.get_by_label("Reach").input_value() == "30"
        assert "reach: 30" in page.locator("#yaml").text_content()


def test_after_the_filters_are_cleared_from_an_empty_list_the_focus_is_at_the_list(open_report: Any) -> None:
    page = open_report(rows(20), fragment="#search=no+such+thing")
    page.locator("#nothing button").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "count"


def test_what_is_over_is_out_of_sight_however_its_status_is_capitalised(open_report: Any) -> None:
    some = [replace(one, status=status) for one, status in zip(FALL, ("Hidden", "rejected", "applied"), strict=False)]
    page = open_report(some)
    assert listed(page) == [some[2].opening.id]
    page.locator("[data-filter=status]").select_option("hidden")
    assert listed(page) == [some[0].opening.id]
