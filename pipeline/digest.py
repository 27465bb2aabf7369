"""What a person is told without asking: new openings within reach, and deadlines about to pass.

It says each thing once and says nothing when there is nothing. Which rows are news follows from the rows and
the time of the run before; nothing is remembered here. An address to send to is a secret: it is never printed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from pipeline import stated
from pipeline.lateness import passed
from pipeline.marks import is_settled
from pipeline.models import Row
from pipeline.one_line import one_line

REMINDERS = (7, 1, 0)  # days before a deadline at which it is told


class NotifyError(Exception):
    """A digest that could not be sent; names the services, never their addresses."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The news of one run; false when there is none."""

    new: tuple[Row, ...]
    closing: tuple[tuple[date, Row], ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.closing)

    @property
    def subject(self) -> str:
        """`3 new openings, 1 deadline`."""
        counts = ((len(self.new), "new opening"), (len(self.closing), "deadline"))
        return ", ".join(f"{count} {noun}{'s' * (count != 1)}" for count, noun in counts if count)

    @property
    def text(self) -> str:
        """The whole message as plain text."""
        parts = []
        if self.new:
            parts += ["New and within reach", "", *(_entry(row) for row in self.new)]
        if self.closing:
            parts += ["Closing soon", "", *(_entry(row, f"{day.isoformat()}: ") for day, row in self.closing)]
        return "\n".join(parts)


def digest(rows: Sequence[Row], *, since: str | None, today: date, top: int = 10) -> Digest:
    """The news among `rows`, best first, after the run that ended at `since` (ISO 8601; None: there was none).

    New are the `top` best openings first seen since then that the student may apply to and has not marked.
    What is too late is no news. A deadline is, on the run that first finds it 7 days away or nearer, on the day
    before and on the last day.
    """
    open_to = [row for row in rows if row.score.eligible != "no" and not passed(row.opening, row.reading, today)]
    new = [row for row in open_to if not row.status and since and (stated.first_seen(row.opening) or "") > since]
    last = date.fromisoformat(since[:10]) if since else None
    closing = [
        (day, row)
        for row in open_to
        if not is_settled(row.status)
        and (day := stated.deadline(row.opening, row.reading))
        and _comes_near(day, last, today)
    ]
    return Digest(tuple(new[:top]), tuple(sorted(closing, key=lambda pair: pair[0])))


def message(news: Digest, now: datetime, address: str = "reachlist@localhost") -> bytes:
    """The digest as a message (.eml) that any mail program opens, or `sendmail -t` sends."""
    letter = EmailMessage()
    letter["Subject"] = f"Reachlist: {news.subject}"
    letter["From"] = "Reachlist <reachlist@localhost>"
    letter["To"] = address
    letter["Date"] = format_datetime(now)
    letter.set_content(news.text)
    return letter.as_bytes()


def send(news: Digest, addresses: Sequence[str]) -> None:
    """Send through every apprise address; needs the extra `notify`. Raises NotifyError, after trying all."""
    try:
        import apprise  # noqa: PLC0415 -- an optional extra
    except ImportError:
        raise NotifyError("sending needs apprise: pip install 'reachlist[notify]'") from None
    failed = []
    with _nothing_logged():
        for address in addresses:
            service = apprise.Apprise()
            if not (service.add(address) and service.notify(title=f"Reachlist: {news.subject}", body=news.text)):
                failed.append(address.partition("://")[0] if "://" in address else "an address that names no service")
    if failed:
        raise NotifyError(f"the digest did not reach: {', '.join(failed)}")


@contextmanager
def _nothing_logged() -> Iterator[None]:
    # Addresses hold passwords and tokens, and both apprise and the HTTP client log them.
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _comes_near(day: date, last: date | None, today: date) -> bool:
    left = (day - today).days
    if left < 0:
        return False
    return any(left <= mark and (last is None or (day - last).days > mark) for mark in REMINDERS)


def _entry(row: Row, before: str = "") -> str:
    posting = row.opening.posting
    place = f" · {posting.location}" if posting.location else ""
    head = one_line(f"{before}{posting.title} · {posting.company}{place}")
    doubt = "" if row.score.eligible == "yes" else ", unsure whether you may apply"
    return f"{head}\n  score {row.score.total:.0f}{doubt}\n  {one_line(posting.url)}\n"
