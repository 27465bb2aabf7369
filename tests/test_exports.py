"""The list in Markdown and Parquet says what the CSV says, and nothing a posting wrote becomes markup."""

from __future__ import annotations

import io

import pandas
import pytest
from markdown_it import MarkdownIt

from pipeline import exports
from pipeline.shortlist import COLUMNS, cells, numbered
from tests.report.naughty import NAUGHTY
from tests.test_shortlist import row

STRANGE = [*NAUGHTY, "a | b", "[x](javascript:alert(1))", "![x](https://t.example/p.gif)", "\ud800 half"]


def rendered(title: str, **more: str) -> list[str]:
    """The cells of the one row, as Markdown's reader has them (types of tokens and text)."""
    text = exports.markdown([cells(numbered([row(title=title, **more)])[0])])
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    assert [token.type for token in tokens if token.type.startswith("html")] == []
    return [token for token in tokens if token.type == "inline"][len(exports.SHOWN) :]


def test_a_title_is_words_and_nothing_else() -> None:
    place = exports.SHOWN.index("title")
    for title in STRANGE:
        shown = rendered(title.encode("utf-8", "replace").decode())
        assert len(shown) == len(exports.SHOWN), title
        kinds = {child.type for child in shown[place].children}
        assert kinds <= {"link_open", "text", "text_special", "link_close"}, title


def test_a_title_leads_to_its_posting() -> None:
    cell = rendered("ML Intern")[exports.SHOWN.index("title")]
    assert cell.children[0].attrs["href"].startswith("https://")
    assert cell.children[1].content == "ML Intern"


def test_an_address_that_no_browser_should_follow_is_no_link() -> None:
    shown = cells(numbered([row()])[0]) | {"url": "javascript:alert(1)"}
    assert "javascript" not in exports.markdown([shown])


def test_parquet_has_every_column_with_its_type_and_nothing_made_up() -> None:
    rows = [cells(one) for one in numbered([row(), row("2", title="=2+3")])]
    frame = pandas.read_parquet(io.BytesIO(exports.parquet(rows, COLUMNS)))
    assert list(frame.columns) == list(COLUMNS)
    assert frame["rank"].tolist() == [1, 2]
    assert frame["score"].tolist() == [one["score"] for one in rows]
    assert frame["title"].tolist()[1] == "=2+3"  # data, not a spreadsheet: nothing is guarded
    assert frame["phd"].isna().all()


def test_parquet_takes_any_text() -> None:
    rows = [cells(one) for one in numbered([row(str(place), title=text) for place, text in enumerate(STRANGE)])]
    frame = pandas.read_parquet(io.BytesIO(exports.parquet(rows, COLUMNS)))
    assert frame["title"].tolist() == [text.encode("utf-8", "replace").decode() for text in STRANGE]


def test_an_empty_list_is_a_file_with_columns() -> None:
    assert list(pandas.read_parquet(io.BytesIO(exports.parquet([], COLUMNS))).columns) == list(COLUMNS)
    assert exports.markdown([]).startswith("| rank | score |")


def test_without_pyarrow_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(exports.MissingExtraError, match=r"pip install 'reachlist\[parquet\]'"):
        exports.parquet([], COLUMNS)
