"""What a board wrote does nothing to a terminal but stand there."""

from __future__ import annotations

import io
import logging
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.one_line import safe
from pipeline.terminal import OneLine, Terminal
from tests.test_progress import SEQUENCE, screen

TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@example("".join(map(chr, range(0x2070))))
@given(st.text(st.characters(codec=None)))
def test_whatever_is_said_is_one_line_without_controls(text: str) -> None:
    said = safe(text)
    assert len(said.splitlines()) <= 1
    assert not [letter for letter in said if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")]
    assert not [letter for letter in said if unicodedata.bidirectional(letter) in TURNS]
    assert safe(said) == said
    said.encode()


@pytest.mark.parametrize("text", ["Zürich · 机器学习 · Ελλάδα · हिन्दी · 🤖", "a [b] {c} :d: %s \\n"])
def test_what_can_be_shown_is_shown(text: str) -> None:
    assert safe(text) == text


def test_hebrew_and_arabic_stay_as_they_are() -> None:
    assert safe("מתמחה · متدرب") == "מתמחה · متدرب"


def test_a_log_record_is_one_line() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(OneLine())
    logger = logging.Logger("crawl")
    logger.addHandler(handler)
    try:
        raise ValueError("two\nlines \x1b[31m")
    except ValueError:
        logger.exception("visit to %s broke\r\nfailed: everything", "lever/\x1b]0;x\x07")
    (line,) = out.getvalue().splitlines()
    assert line.startswith("error: crawl: visit to lever/") and "ValueError" in line and "\x1b" not in line


def test_a_table_without_a_screen_is_plain_columns(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().table(("board", "why"), [("lever/a", "x\ny"), ("b", "")], wide="why")
    assert capsys.readouterr().out == "board    why\nlever/a  x y\nb\n"


def test_a_closed_stream_takes_what_it_is_given_and_the_other_gets_none_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As with `2>&-`: notes may not stand among the rows."""
    monkeypatch.setattr("sys.stderr", None)
    terminal = Terminal()
    terminal.note("about the work")
    terminal.say("a row")
    assert capsys.readouterr().out == "a row\n"
    monkeypatch.setattr("sys.stdout", None)
    assert not Terminal().watched(sys.stdout)


def test_quiet_keeps_notes_back_but_not_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal(quiet=True)
    terminal.note("note")
    terminal.warn("warning")
    assert capsys.readouterr().err == "warning\n"


def test_a_line_of_a_result_keeps_its_indent(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal().say("   new  \n at 3")
    assert capsys.readouterr().out == "   new at 3\n"


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_of_sentences_folds_where_the_screen_is_narrow(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    shown = screen(monkeypatch, columns)
    reason, quote = "the work is machine learning itself", "You work on learning systems that see and hear"
    Terminal().table(("criterion", "weight", "reason", "words"), [("role", "× 30 / 98", reason, quote)], wide="words")
    lines = SEQUENCE.sub("", shown.getvalue()).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= columns
    assert len(lines) <= 4 and all(word in " ".join(lines) for word in (*reason.split(), *quote.split()))
