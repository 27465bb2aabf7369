"""What a run leaves for other programs: calendar, feed and digest, each only when there is something in it."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest
from icalendar import Calendar

from pipeline import whole_file
from pipeline.commands import telling
from pipeline.digest import NotifyError
from tests.report.rows import Row
from tests.test_digest import YESTERDAY, listed

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


class Terminal:
    """Keeps what a person would read."""

    def __init__(self) -> None:
        self.read = io.StringIO()

    def note(self, words: str) -> None:
        """A line of news."""
        self.read.write(f"{words}\n")

    warn = note


class Session:
    """Where files go and what time it is."""

    def __init__(self, data: Path) -> None:
        self.data, self.now, self.terminal = data, NOW, Terminal()


class Listed:
    """A list of rows."""

    def __init__(self, *rows: Row) -> None:
        self.rows = list(rows)


NEWS = Listed(listed(seen="2026-03-02T06:00:00Z", deadline="2026-03-20"))


def told(session: Any, rows: Any, environment: dict[str, str] | None = None) -> str:
    """What the person reads after the digest was or was not sent."""
    telling.notify(session, rows, YESTERDAY, environment or {})
    return session.terminal.read.getvalue()


def test_a_run_leaves_a_calendar_and_a_feed(tmp_path: Path) -> None:
    telling.publish(Session(tmp_path), NEWS)  # type: ignore[arg-type]
    assert len(Calendar.from_ical((tmp_path / "deadlines.ics").read_bytes()).walk("VEVENT")) == 1
    assert b"<entry>" in (tmp_path / "shortlist.atom").read_bytes()


def test_news_without_an_address_is_left_as_a_letter(tmp_path: Path) -> None:
    assert "1 new opening" in told(Session(tmp_path), NEWS)
    assert b"Subject: Reachlist: 1 new opening" in (tmp_path / "digest.eml").read_bytes()


def test_no_news_is_no_letter_and_the_last_letter_is_gone(tmp_path: Path) -> None:
    told(Session(tmp_path), NEWS)
    assert "nothing new" in told(Session(tmp_path), Listed(listed()))
    assert not (tmp_path / "digest.eml").exists()


def test_addresses_are_taken_from_the_environment_and_never_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(telling.digest, "send", lambda news, addresses: sent.append(addresses))
    words = told(Session(tmp_path), NEWS, {telling.ADDRESSES: "ntfy://secret  mailto://me:secret@host"})
    assert sent == [["ntfy://secret", "mailto://me:secret@host"]]
    assert "secret" not in words
    assert not (tmp_path / "digest.eml").exists()


def test_a_digest_that_cannot_be_sent_is_a_warning_and_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise NotifyError("the digest did not reach: ntfy")

    monkeypatch.setattr(telling.digest, "send", fail)
    assert "did not reach: ntfy" in told(Session(tmp_path), NEWS, {telling.ADDRESSES: "ntfy://secret"})


@pytest.mark.skipif(os.name == "nt", reason="files have no mode there")
def test_a_file_is_as_private_as_its_owner_has_it(tmp_path: Path) -> None:
    """A new one by the umask, one that is there by its own mode."""
    private, shown = tmp_path / "private.csv", tmp_path / "shown.csv"
    before = os.umask(0o077)
    try:
        whole_file.write(private, b"mine")
        os.umask(0o022)
        whole_file.write(shown, b"ours")
        whole_file.write(private, b"still mine")
    finally:
        os.umask(before)
    assert [S_IMODE(path.stat().st_mode) for path in (private, shown)] == [0o600, 0o644]


def test_what_a_link_leads_to_is_replaced_not_the_link(tmp_path: Path) -> None:
    """A list that is linked from a synchronised folder stays there."""
    elsewhere, link = tmp_path / "synchronised" / "shortlist.csv", tmp_path / "shortlist.csv"
    whole_file.write(elsewhere, b"before")
    link.symlink_to(elsewhere)
    whole_file.write(link, b"after")
    assert link.is_symlink() and elsewhere.read_bytes() == b"after"


def test_a_file_that_cannot_be_replaced_stays_and_leaves_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    whole_file.write(path, b"before")

    def full(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space left"):
        whole_file.write(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
