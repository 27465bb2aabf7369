"""The page as a file: what is inside it cannot get out, and it is written whole or not at all."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline import report
from pipeline.report.document import document, embedded
from tests.report.naughty import NAUGHTY
from tests.report.rows import PROFILE, rows

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
MEGABYTE = 1_000_000


def parsed(page: bytes) -> LexborHTMLParser:
    """The page as an HTML parser sees it."""
    return LexborHTMLParser(page.decode())


def data_of(page: bytes) -> object:
    """What the page's own script would read."""
    return json.loads(parsed(page).css_first("#data").text())


def test_naughty_words_come_out_as_they_went_in() -> None:
    words = {"list": list(NAUGHTY), "keys": dict.fromkeys(NAUGHTY, 1)}
    assert data_of(document(words)) == words


@given(st.recursive(st.text(st.characters()) | st.none() | st.floats(allow_nan=False, allow_infinity=False), st.lists))
def test_any_words_come_out_as_they_went_in(words: object) -> None:
    text = embedded(words).decode()
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == words


def test_the_policy_names_the_one_script_and_the_one_style_and_allows_nothing_else() -> None:
    page = parsed(document({}))
    policy = page.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for name in ("script-src", "style-src"):
        assert re.fullmatch(r"'sha256-[\w+/]{43}='", rules[name])
    assert "unsafe" not in policy
    assert "http:" not in policy


def test_the_policy_stands_before_anything_it_governs() -> None:
    names = [node.tag for node in parsed(document({})).css("head > *")]
    assert names.index("meta") < names.index("style")
    assert "script" not in names


def test_the_page_names_no_address_of_its_own() -> None:
    text = document({}).decode()
    addresses = set(re.findall(r"https?://[^\s\"'`]+", text)) - {"http://www.w3.org/2000/svg"}
    assert addresses == set()
    assert not re.search(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|setTimeout|fetch)\b", text)


def test_the_same_list_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        report.write(tmp_path / name, rows(20), generated=NOW, profile=PROFILE)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_report_that_fails_leaves_the_last_one_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    report.write(path, rows(2), generated=NOW)
    before = path.read_bytes()
    with pytest.raises(AttributeError):
        report.write(path, [*rows(2), None], generated=NOW)  # type: ignore[list-item]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_five_thousand_openings_are_less_than_eight_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    report.write(path, rows(5000), generated=NOW, profile=PROFILE)
    assert path.stat().st_size < 8 * MEGABYTE
