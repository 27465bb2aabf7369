"""What a run leaves for other programs: a calendar of deadlines, a feed, and the digest of `run --notify`."""

from __future__ import annotations

import os
from collections.abc import Mapping

from pipeline import digest, whole_file
from pipeline.calendar_file import calendar
from pipeline.commands.session import Session
from pipeline.commands.shortlisting import Shortlist
from pipeline.feed import feed

ADDRESSES = "REACHLIST_NOTIFY"  # apprise addresses, separated by spaces


def publish(session: Session, listed: Shortlist) -> None:
    """Write deadlines.ics and shortlist.atom beside the list."""
    whole_file.write(session.data / "deadlines.ics", calendar(listed.rows, session.now))
    whole_file.write(session.data / "shortlist.atom", feed(listed.rows, session.now))


def notify(session: Session, listed: Shortlist, since: str | None, environment: Mapping[str, str] = os.environ) -> None:
    """Send the news to the addresses in REACHLIST_NOTIFY, or leave it as digest.eml where there are none.

    Nothing is sent and nothing left when there is no news. A failure is a warning: the list is written.
    """
    news = digest.digest(listed.rows, since=since, today=session.now.date())
    letter = session.data / "digest.eml"
    letter.unlink(missing_ok=True)  # a letter of an earlier run is no news
    if not news:
        session.terminal.note("digest: nothing new to tell")
        return
    addresses = environment.get(ADDRESSES, "").split()
    if not addresses:
        whole_file.write(letter, digest.message(news, session.now))
        session.terminal.note(f"digest: {news.subject}, in {letter}")
        return
    try:
        digest.send(news, addresses)
    except digest.NotifyError as error:
        session.terminal.warn(f"digest: {error}")
    else:
        session.terminal.note(f"digest: {news.subject}, sent")
