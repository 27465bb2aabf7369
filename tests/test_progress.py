"""What stands beside the bar while boards are visited, and that nothing stands there where nobody watches."""

from __future__ import annotations

import io
import re
import sys

import pytest

from pipeline.progress import Tally
from pipeline.terminal import Terminal

SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Screen(io.StringIO):
    """A terminal that somebody watches."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def screen(monkeypatch: pytest.MonkeyPatch, columns: int = 100) -> Screen:
    """Both outputs as one screen; called in the test, since pytest puts its own in place before each."""
    shown = Screen()
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, shown)
    for name, value in (("COLUMNS", str(columns)), ("LINES", "40"), ("TERM", "xterm-256color")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return shown


class Clock:
    """Seconds that pass when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_a_wait_is_told_with_its_host_and_grows_shorter() -> None:
    clock = Clock()
    tally = Tally(clock)
    tally.wait("api.lever.co", 14)
    assert tally.words() == "api.lever.co waits, 14 s"
    clock.now = 9
    assert tally.words() == "api.lever.co waits, 5 s"
    clock.now = 14
    assert tally.words() == ""


def test_several_waits_are_counted_and_the_longest_is_told() -> None:
    tally = Tally(Clock())
    for host, seconds in (("a.example", 2), ("b.example", 30), ("c.example", 0.1)):
        tally.wait(host, seconds)
    tally.failed = 1
    tally.note = "lever/mottle complete"
    assert tally.words() == "1 failed · 2 hosts wait, 30 s · lever/mottle complete"


def test_a_bar_tells_what_is_done_due_and_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(monkeypatch)
    with Terminal().progress("boards due", 3) as step:
        step("lever/mottle complete")
        step("lever/gone failed", failed=True)
    text = SEQUENCE.sub("", shown.getvalue())
    assert "boards due" in text and "2/3" in text
    assert "1 failed · lever/gone failed" in text


def test_what_a_board_wrote_does_not_move_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(monkeypatch)
    with Terminal().progress("boards due", 1) as step:
        step("lever/\x1b]0;mine\x07 [red]complete[/red]")
    assert "\x1b]0;" not in shown.getvalue()
    assert "[red]complete" in shown.getvalue()


@pytest.mark.parametrize("options", [{"plain": True}, {"quiet": True}])
def test_no_bar_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch, options: dict[str, bool]) -> None:
    shown = screen(monkeypatch)
    with Terminal(**options).progress("boards due", 3) as step:
        step("one")
        step.wait("a.example", 3)
    assert shown.getvalue() == ""


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_the_environment_may_ask_for_plain_lines(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    shown = screen(monkeypatch)
    monkeypatch.setenv(name, value)
    terminal = Terminal()
    with terminal.progress("boards due", 1) as step:
        step("one")
    terminal.warn("failed: lever/mottle", "red")
    terminal.table(("a", "b"), [("1", "2")])
    assert shown.getvalue() == "failed: lever/mottle\na  b\n1  2\n"


def test_no_bar_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with Terminal().progress("boards due", 3) as step:
        step("one")
    assert capsys.readouterr() == ("", "")
