"""What can be measured of the look: it fits the screen, it can be read, and a screen reader finds its way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline import report
from pipeline.changes import Change
from pipeline.models import Employer
from pipeline.outreach import Lead
from tests.report.rows import rows

LEAD = Lead(
    Employer("kestrel vision", "Kestrel Vision", "11-50"),
    0.9,
    ("11-50 people: states a team of twelve", "hires a Vision Engineer: https://jobs.example.com/1"),
    "https://kestrel.example/",
    ("python", "pytorch"),
    "Hello, you are looking for a Vision Engineer. Would you take an intern?",
    (("a founder", "https://search.example/?q=kestrel"),),
)
VIEWS = ("openings", "charts", "changes", "closed", "boards", "outreach")
# Every visible text with its contrast to the nearest background behind it, by the formula of WCAG 2.
PALE = """() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([red, green, blue]) => [red, green, blue].map(value => value / 255)
        .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
    const behind = (node) => {
        for (let at = node; at; at = at.parentElement) {
            const colour = channels(getComputedStyle(at).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    const pale = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || !node.checkVisibility()) continue;
        if (node.closest('script, .unseen, option')) continue;
        const style = getComputedStyle(node);
        const colour = node.closest('svg') ? style.fill : style.color;
        const [one, other] = [light(channels(colour)), light(behind(node))].sort((a, b) => b - a);
        const contrast = (one + 0.05) / (other + 0.05);
        if (contrast < 4.5) pale.push(`${walk.currentNode.data.trim().slice(0, 40)} ${contrast.toFixed(2)}`);
    }
    return pale;
}"""


def full(open_report: Any, **options: Any) -> Any:
    """A page with something in every view."""
    verdicts = ("complete", "unchanged", "partial", "suspect", "failed", "no spider yet")
    return open_report(
        rows(120),
        since="2026-02-01T00:00:00Z",
        visits=[report.Visit(f"lever/board{v}", "Company", "2026-03-01", v, 9, "as it is") for v in verdicts],
        changes=[Change("up", rows(1)[0].opening.id, "A title", "A company", "from 9 to 2: a skill was learnt")],
        outreach=[LEAD],
        **options,
    )


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280, 1920])
def test_no_view_is_wider_than_the_screen(open_report: Any, width: int) -> None:
    page = full(open_report, width=width)
    for view in VIEWS:
        page.locator(f"[data-view={view}]").click()
        for toggle in page.locator(".open").all()[:2]:
            toggle.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view


@pytest.mark.parametrize("width", [320, 768, 900, 1000, 1100, 1200, 1280])
def test_a_title_has_room_on_every_screen(open_report: Any, width: int) -> None:
    page = full(open_report, width=width)
    widths = page.eval_on_selector_all("tr.opening .cell-title", "all => all.map(one => one.clientWidth)")
    assert min(widths) >= 170


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_the_contrast_that_aa_asks_for(open_report: Any, scheme: str) -> None:
    page = full(open_report)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for view in VIEWS:
        page.locator(f"[data-view={view}]").click()
        for toggle in page.locator(".open").all()[:5]:
            toggle.click()
        assert page.evaluate(PALE) == [], view


def test_a_board_can_be_read_on_a_phone(open_report: Any) -> None:
    page = full(open_report, width=360)
    page.locator("[data-view=boards]").click()
    for value in page.locator(".wide tbody :is(th, td)").all():
        box = value.bounding_box()
        assert box is None or (box["x"] + box["width"] <= 360 and box["height"] < 60)
    assert page.get_by_role("table", name="Boards that need attention").get_by_role("cell").count()


def test_the_view_one_is_in_is_told_where_the_system_chooses_the_colours(open_report: Any) -> None:
    page = full(open_report)
    page.emulate_media(forced_colors="active")
    line = "one => getComputedStyle(one).borderBottomColor"
    here = page.locator("#views [aria-current]").evaluate(line)
    others = page.locator("#views button:not([aria-current])")
    assert here not in {others.nth(at).evaluate(line) for at in range(others.count())}


def test_light_and_dark_differ(open_report: Any) -> None:
    page = full(open_report)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper) != light


@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_is_a_table_to_a_screen_reader_on_every_screen(open_report: Any, width: int) -> None:
    page = full(open_report, width=width)
    table = page.get_by_role("table", name="Openings")
    assert table.get_by_role("columnheader").count() == 7
    assert table.get_by_role("row").count() > 10
    assert int(table.get_attribute("aria-rowcount")) >= table.get_by_role("row").count()


def test_everything_one_can_press_or_fill_in_has_a_name(open_report: Any) -> None:
    page = full(open_report)
    page.locator(".open").first.click()
    for role in ("button", "checkbox", "combobox", "searchbox", "slider", "link"):
        found = page.get_by_role(role)
        assert found.count()
        for one in found.all()[:40]:
            assert one.aria_snapshot().startswith(f'- {role} "'), one.aria_snapshot()


def test_the_page_can_be_walked_by_keyboard_in_the_order_of_the_eye(open_report: Any) -> None:
    page = full(open_report)
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className || document.activeElement.dataset.view"
            )
        )
    assert seen[0] == "skip"
    assert seen.index("openings") < seen.index("search") < seen.index("yaml") < seen.index("open")


def test_every_chart_has_its_figures_as_a_table(open_report: Any) -> None:
    page = full(open_report)
    page.get_by_role("button", name="Charts").click()
    figures = page.locator("figure")
    assert figures.count() == 6
    for figure in figures.all():
        assert figure.locator("table").count() == 1
        assert figure.locator("svg").count()


def test_the_charts_count_what_the_list_holds(open_report: Any) -> None:
    page = full(open_report)
    page.get_by_role("button", name="Charts").click()
    assert page.locator("circle.dot").count() == 120
    required = sum(one.reading.phd == "required" for one in rows(120))
    shares = page.locator("figure", has_text="What openings ask for").locator("tr", has_text="PhD required")
    assert f"({required})" in shares.inner_text()
    terms = page.locator("figure", has_text="Openings by term").locator("tr", has_text="summer 2026")
    assert str(sum(one.reading.term == "summer 2026" for one in rows(120))) in terms.inner_text()


def test_a_filter_that_leaves_nothing_says_so_and_offers_the_way_back(open_report: Any) -> None:
    page = full(open_report)
    page.locator("#search").fill("no such thing at all")
    assert "No opening passes these filters." in page.locator("#nothing").inner_text()
    page.locator("#nothing button").click()
    assert page.locator("tr.opening").count() > 10
    assert page.locator("#nothing").count() == 0


def test_an_empty_list_says_so(open_report: Any) -> None:
    assert "The list is empty" in open_report([]).locator("#nothing").inner_text()


def test_a_column_that_no_opening_fills_is_not_drawn(open_report: Any) -> None:
    bare = [replace(one, status="") for one in rows(20)]
    page = open_report(bare)
    assert not page.locator("th[data-sort=status]").is_visible()
    page.locator(".open").first.click()
    widths = page.evaluate("['.opening', '.details'].map(name => document.querySelector(name).clientWidth)")
    assert widths[0] == widths[1]
    page = open_report([replace(bare[0], status="applied"), *bare[1:]])
    assert page.locator("th[data-sort=status]").is_visible()


def test_however_much_a_board_writes_a_row_stays_a_row(open_report: Any) -> None:
    first = rows(1)[0]
    listing = first.opening.listings[0]
    posting = replace(listing.posting, title="W" * 4000, company="x" * 2000)
    page = open_report([replace(first, opening=replace(first.opening, listings=(replace(listing, posting=posting),)))])
    page.locator("[data-filter=eligible] input").last.check()
    height = page.locator("tr.opening").bounding_box()["height"]
    assert height < 300
    page.locator(".open").click()
    assert page.locator("tr.opening").bounding_box()["height"] > 2 * height


def test_every_plot_names_its_axes(open_report: Any) -> None:
    page = full(open_report)
    page.get_by_role("button", name="Charts").click()
    assert page.locator("svg.plot").count() == 2
    axes = [plot.locator(".axis").all_text_contents() for plot in page.locator("svg.plot").all()]
    assert axes == [["Employer size, people", "Score"], ["Week of", "Openings"]]


def test_the_headings_stay_in_sight_and_cover_what_passes_under_them(open_report: Any) -> None:
    page = full(open_report)
    assert page.evaluate("scrollTo({top: 2000, behavior: 'instant'}), scrollY") > 1000
    heading = page.locator("#openings th").nth(2)
    box = heading.bounding_box()
    assert -1 <= box["y"] <= 1
    for height in (2, box["height"] / 2, box["height"] - 2):
        assert page.evaluate(
            "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('th'))", [box["x"] + 9, box["y"] + height]
        )


def test_a_row_reached_by_keyboard_is_not_under_the_headings(open_report: Any) -> None:
    page = full(open_report)
    page.locator(".open").nth(12).focus()
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
    focused = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert focused >= page.locator("#openings th").first.bounding_box()["height"] - 1
