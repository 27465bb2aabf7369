"""axe-core, the checker that accessibility testers use, finds nothing to mend in any view."""

from __future__ import annotations

from typing import Any

import pytest

from tests.report.test_look import VIEWS, full

TAGS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def axe() -> Any:
    return pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()


def problems(axe: Any, page: Any) -> list[str]:
    found = axe.run(page, options=TAGS).response["violations"]
    return [f"{one['id']}: {one['help']}: {node['html'][:120]}" for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(open_report: Any, axe: Any, width: int, scheme: str) -> None:
    page = full(open_report, width=width)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for view in VIEWS:
        page.locator(f"[data-view={view}]").click()
        for toggle in page.locator(".open").all()[:2]:
            toggle.click()
        assert problems(axe, page) == [], view


def test_axe_finds_nothing_where_there_is_nothing(open_report: Any, axe: Any) -> None:
    page = open_report([])
    for view in ("openings", "charts", "changes", "closed"):
        page.locator(f"[data-view={view}]").click()
        assert problems(axe, page) == [], view
