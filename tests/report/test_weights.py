"""The sliders: the page's arithmetic and order are those of `rank`."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.models import Profile, Score, Student
from pipeline.score import order
from tests.conftest import ROOT
from tests.report.rows import CRITERIA, Row, rows

MANY = order(replace(one, score=replace(one.score, pool=not at % 7)) for at, one in enumerate(rows(600)))
ORDER = "weights => ranked(weights).map(one => one.id)"
TOTALS = "weights => Object.fromEntries(OPENINGS.map(one => [one.id, total(one, weights)]))"


def reweighed(listed: list[Row], weights: dict[str, float]) -> list[Row]:
    """The rows as `rank` makes them with these weights: a criterion of no weight makes no finding."""
    return [
        replace(
            one,
            score=replace(
                one.score,
                findings=tuple(
                    replace(finding, weight=weights[finding.criterion])
                    for finding in one.score.findings
                    if weights[finding.criterion]
                ),
            ),
        )
        for one in listed
    ]


def test_the_page_opens_in_the_order_of_the_list(open_report: Any) -> None:
    page = open_report(MANY)
    assert page.evaluate("OPENINGS.slice().sort((a, b) => a.rank - b.rank).map(one => one.id)") == [
        one.opening.id for one in MANY
    ]


@pytest.mark.parametrize("seed", range(5))
def test_other_weights_give_the_order_and_the_totals_of_rank(open_report: Any, seed: int) -> None:
    chance = random.Random(seed)
    weights = {name: chance.choice((0.0, 1.0, 2.5, 7 / 3, chance.uniform(0, 60))) for name in CRITERIA}
    expected = reweighed(MANY, weights)
    page = open_report(MANY)
    assert page.evaluate(ORDER, list(weights.values())) == [one.opening.id for one in order(expected)]
    totals = page.evaluate(TOTALS, list(weights.values()))
    assert totals == pytest.approx({one.opening.id: one.score.total for one in expected})


def test_weights_of_zero_leave_every_total_at_zero(open_report: Any) -> None:
    page = open_report(MANY)
    assert set(page.evaluate(TOTALS, [0.0] * len(CRITERIA)).values()) == {0}


def test_moving_a_slider_reorders_the_rows_at_once_and_gives_the_yaml_for_the_profile(open_report: Any) -> None:
    page = open_report(MANY[:50])
    page.get_by_label("No", exact=True).check()
    page.locator("select[data-filter=status]").select_option("none")
    page.get_by_label("Reach").fill("2")
    page.get_by_label("Freshness").fill("50")
    weights = yaml.safe_load(page.locator("#yaml").inner_text())["weights"]
    assert weights == CRITERIA | {"reach": 2, "freshness": 50}
    shown = page.eval_on_selector_all("tr.opening", "all => all.map(one => one.dataset.id)")
    assert shown == [one.opening.id for one in order(reweighed(MANY[:50], weights)) if not one.status]


def test_a_slider_moved_says_how_far_a_row_went_and_goes_back(open_report: Any) -> None:
    page = open_report(MANY[:50])
    page.get_by_label("Reach").fill("0")
    assert page.locator(".moved").count()
    page.get_by_role("button", name="As in my profile").click()
    assert page.locator(".moved").count() == 0
    assert yaml.safe_load(page.locator("#yaml").inner_text()) == {"weights": CRITERIA}


def test_the_yaml_keeps_weights_of_criteria_that_no_row_has(open_report: Any) -> None:
    page = open_report(MANY[:5], profile=Profile(Student("bachelor"), weights={"reach": 30.0, "favourite": 0.0}))
    assert yaml.safe_load(page.locator("#yaml").inner_text())["weights"]["favourite"] == 0


def test_one_criterion_has_one_weight(open_report: Any) -> None:
    other = replace(MANY[0], score=Score(tuple(replace(f, weight=99.0) for f in MANY[0].score.findings)))
    with pytest.raises(ValueError, match="two weights"):
        open_report([MANY[1], other])


def reachlist(*words: str | Path) -> list[str]:
    """What a command prints; in a process of its own, since the browser's event loop runs in this one."""
    command = [sys.executable, "-m", "pipeline.cli", *words, "--plain", "--now", "2026-11-21T08:00:00Z"]
    settings = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=settings, capture_output=True, encoding="utf-8", check=False).stdout.splitlines()


def test_the_sliders_of_a_real_run_give_the_order_of_the_command_line(browser: Any, tmp_path: Path) -> None:
    """The page of the demo at other weights, and `rank` with these weights in the profile."""
    weights = {"reach": 4.0, "role": 12.0, "bar": 0.0, "skills": 40.0, "freshness": 21.5}
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        (ROOT / "config/profile.yaml").read_text(encoding="utf-8") + f"\nweights: {json.dumps(weights)}\n",
        encoding="utf-8",
    )
    reachlist("demo", "--data", tmp_path)
    places = ("--data", tmp_path / "demo", "--config", ROOT / "data/sample/config")
    listed = [json.loads(line) for line in reachlist("rank", "--profile", profile, "--format", "jsonl", *places)]
    page = browser.new_page()
    page.goto((tmp_path / "demo" / "report.html").as_uri())
    page.evaluate(
        "given => CRITERIA.forEach((name, place) => { weights[place] = given[name] ?? weights[place]; })", weights
    )
    page.evaluate("rank()")
    shown = page.evaluate("ranked().map(one => [one.id, one.total])")
    page.close()
    assert [opening for opening, _ in shown] == [row["id"] for row in listed]
    assert [total for _, total in shown] == pytest.approx([row["score"] for row in listed], abs=0.051)
