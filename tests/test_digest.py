"""The digest: what is news, what is not, and that an address is never told."""

from __future__ import annotations

import email
import email.policy
import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from pipeline.digest import NotifyError, digest, message, send
from pipeline.models import Bar, Listing, Opening, Reading, Score
from tests.report.rows import Row, row

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
YESTERDAY = "2026-03-01T07:00:00Z"
# Apprise itself imports a module that Python 3.13 removes.
apprise_alone = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


def listed(
    number: int = 1,
    *,
    seen: str = "2026-02-01T06:00:00Z",
    deadline: str | None = None,
    verdict: str = "yes",
    **changes: Any,
) -> Row:
    """A row with one posting, first seen when said, and a deadline only where said."""
    plain = row(number)
    posting = plain.opening.posting
    return replace(
        plain,
        opening=Opening(posting.id, (Listing(posting, first_seen=seen),)),
        reading=Reading(deadline=deadline),
        score=Score(plain.score.findings, (Bar("phd", verdict, "as said"),)),
        **({"status": ""} | changes),
    )


def test_an_opening_first_seen_since_the_last_run_is_new() -> None:
    fresh, old = listed(1, seen="2026-03-02T06:00:00Z"), listed(2)
    assert digest([old, fresh], since=YESTERDAY, today=TODAY).new == (fresh,)


@pytest.mark.parametrize("change", [{"verdict": "no"}, {"status": "hidden"}, {"status": "applied"}])
def test_what_is_closed_or_marked_is_no_news(change: dict[str, str]) -> None:
    assert not digest([listed(seen="2026-03-02T06:00:00Z", **change)], since=YESTERDAY, today=TODAY)


def test_the_first_run_calls_nothing_new() -> None:
    assert not digest([listed(seen="2026-03-02T06:00:00Z")], since=None, today=TODAY)


def test_only_the_best_new_openings_are_told() -> None:
    rows = [listed(number, seen="2026-03-02T06:00:00Z") for number in range(30)]
    assert digest(rows, since=YESTERDAY, today=TODAY, top=3).new == tuple(rows[:3])


def test_a_deadline_is_told_a_week_before_on_the_day_before_and_on_the_last_day() -> None:
    row = listed(deadline="2026-03-20")
    told = [
        day
        for day in (TODAY + timedelta(days=count) for count in range(30))
        if digest([row], since=f"{day - timedelta(days=1)}T07:00:00Z", today=day)
    ]
    assert told == [date(2026, 3, 13), date(2026, 3, 19), date(2026, 3, 20)]


def test_the_last_day_is_told_once_however_many_runs_it_has() -> None:
    row, last = listed(deadline="2026-03-20"), date(2026, 3, 20)
    assert digest([row], since="2026-03-19T07:00:00Z", today=last)
    assert not digest([row], since="2026-03-20T07:00:00Z", today=last)


def test_a_deadline_is_told_although_the_run_on_its_day_was_left_out() -> None:
    row = listed(deadline="2026-03-20")
    assert digest([row], since="2026-03-10T07:00:00Z", today=date(2026, 3, 15)).closing


def test_nobody_is_reminded_of_what_they_applied_to() -> None:
    for status in ("applied", "Applied", " REJECTED "):
        assert not digest([listed(deadline="2026-03-03", status=status)], since=YESTERDAY, today=TODAY)


def test_what_is_too_late_is_no_news() -> None:
    late = listed(seen="2026-03-02T06:00:00Z", deadline="2026-03-01")
    over = replace(late, reading=Reading(term="summer 2025"))
    assert not digest([late, over], since=YESTERDAY, today=TODAY)


def test_the_message_names_the_opening_its_score_and_its_address() -> None:
    fresh = listed(1, seen="2026-03-02T06:00:00Z")
    news = digest([fresh], since=YESTERDAY, today=TODAY)
    assert news.subject == "1 new opening"
    for words in (fresh.opening.posting.title, fresh.opening.posting.url, f"score {fresh.score.total:.0f}"):
        assert words in news.text


def test_the_letter_is_one_that_mail_programs_read() -> None:
    posting = replace(row(1).opening.posting, title="Praktikum KI\r\nBcc: all@example.com \ud800", company="Øst")
    fresh = replace(listed(1), opening=Opening("one", (Listing(posting, first_seen="2026-03-02T06:00:00Z"),)))
    news = digest([fresh], since=YESTERDAY, today=TODAY)
    letter = email.message_from_bytes(message(news, NOW), policy=email.policy.default)
    assert letter["Subject"] == "Reachlist: 1 new opening"
    assert letter["Bcc"] is None
    assert "Praktikum KI Bcc: all@example.com · Øst" in letter.get_content()


@pytest.fixture
def mailbox() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A service on loopback that takes JSON messages: its apprise address, and what arrived."""
    arrived: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            arrived.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"json://user:secret@127.0.0.1:{server.server_port}/path", arrived
        server.shutdown()
        thread.join()


@apprise_alone
def test_the_digest_reaches_a_service(mailbox: tuple[str, list[dict[str, Any]]]) -> None:
    pytest.importorskip("apprise", reason="needs the extra notify")
    address, arrived = mailbox
    news = digest([listed(seen="2026-03-02T06:00:00Z")], since=YESTERDAY, today=TODAY)
    send(news, [address])
    assert [letter["title"] for letter in arrived] == ["Reachlist: 1 new opening"]


@apprise_alone
def test_a_failure_names_the_service_and_never_the_secret(
    mailbox: tuple[str, list[dict[str, Any]]], caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("apprise", reason="needs the extra notify")
    address, arrived = mailbox
    news = digest([listed(seen="2026-03-02T06:00:00Z")], since=YESTERDAY, today=TODAY)
    with caplog.at_level(logging.DEBUG), pytest.raises(NotifyError) as failure:
        send(news, ["json://user:secret@127.0.0.1:1/", "secret", address])
    assert "secret" not in str(failure.value) + caplog.text
    assert "json" in str(failure.value)
    assert len(arrived) == 1  # one that fails does not stop the others


@pytest.mark.parametrize(
    "address",
    [
        "mailto://me:secret@mail.example",
        "ntfy://ntfy.example/reachlist",
        "tgram://123456789:ABCdefGHIjklMNOpqrSTUvwxYZ123456789/12315544",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#jobs",
    ],
)
def test_the_services_students_use_are_understood(address: str) -> None:
    apprise = pytest.importorskip("apprise")
    assert apprise.Apprise().add(address)
