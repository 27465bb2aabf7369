"""What a person wants to know at the end of a run, on one screen: what moved, the top of the list, what failed."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.changes import lines
from pipeline.commands.session import NOTHING_CRAWLED, Session
from pipeline.lateness import passed
from pipeline.marks import is_over
from pipeline.models import Verdict
from pipeline.store import Visited

if TYPE_CHECKING:
    from pipeline.commands.crawling import Crawled
    from pipeline.commands.shortlisting import Shortlist
    from pipeline.shortlist import Row
    from pipeline.terminal import Terminal

TOP = 10
NEWEST = 3  # new openings named, best first
NARROW = 100  # columns below which the employer's size is left to the why
SHOWN = 3  # boards in trouble, and boards with unreadable records, that are named

AGAIN = "the next run asks again; `reachlist status` tells if it stays so"
REPEAT = "it counts once the next visit sees the same"

# What stands in a board's reason -> what to do about it; the first that fits.
ADVICE = (
    ("no such board", "it has moved or closed: correct its line in boards.yaml, or take it out"),
    ("boards.yaml does not say", "complete its lines in boards.yaml: docs/boards.md names what each platform needs"),
    ("budget of", "the next day's run goes on from there"),
    ("disallows", "the host says no and is left alone: look there yourself, or take the board out"),
    ("fails again and again", AGAIN),
    ("left alone", "the host says no and is left alone for this run; if it stays so, take the board out"),
    ("reserves its content", "the host says no and is left alone: look there yourself, or take the board out"),
    ("out of scope", "its address is none of its platform's: correct its line in boards.yaml"),
)


def summary(session: Session, crawled: Crawled, listed: Shortlist | None) -> None:
    """Says what the crawl came to and, where one was made, shows the top of the list."""
    _say_crawl(session, crawled)
    if listed is None:
        return
    terminal = session.terminal
    if not terminal.quiet and listed.rows:
        terminal.say()
        show_rows(terminal, top(listed.rows))
        terminal.say()
    _say_list(session, listed)
    terminal.say(f"list: {session.shortlist_path}")
    terminal.say(f"report: {session.report_path}")


def top(rows: Sequence[Row], count: int = TOP) -> list[Row]:
    """The best rows that the user is not done with."""
    return [row for row in rows if not is_over(row.status)][:count]


def show_rows(terminal: Terminal, rows: Sequence[Row]) -> None:
    """Rows of the list, two lines each: for those who watch cut to the width of their screen."""
    from pipeline import shortlist  # noqa: PLC0415 -- `--help` must be quick

    if terminal.watched(sys.stdout):
        console = terminal.console()
        console.print(shortlist.table(rows, cut=True, sizes=console.width >= NARROW))
    else:
        for line in shortlist.plain(rows):
            print(line)


def _say_crawl(session: Session, crawled: Crawled) -> None:
    terminal = session.terminal
    changes = crawled.changes
    verdicts = Counter(str(visit.verdict) for visit in crawled.visited)
    boards = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    terminal.note(
        f"boards: {len(crawled.visited)} visited{f' ({boards})' if boards else ''}, {crawled.not_due} not due yet"
    )
    if crawled.visited:
        moved = f"{changes.new} new, {changes.changed} changed, {changes.missing} missing, {changes.closed} closed"
        terminal.note(f"postings: {moved}, {changes.reopened} reopened")
    for reason, count in crawled.not_visited.most_common():
        terminal.note(f"{count} not visited: {reason}")
    _say_rejected(session, [visit for visit in crawled.visited if visit.rejected])
    _say_trouble(session, crawled)
    for alarm in crawled.alarms:
        terminal.warn(f"alarm: {alarm}; has the platform changed its answers?")
    if crawled.interrupted:
        terminal.warn("interrupted: what was visited is stored, the next run goes on from there")
    if not crawled.visited and crawled.exit_code == NOTHING_CRAWLED:
        terminal.warn("nothing could be crawled: no board of the directory may be visited, for the reasons above")
    elif crawled.exit_code == NOTHING_CRAWLED:
        terminal.warn("nothing could be crawled; is there a network? `make demo` (`reachlist demo`) needs none")


def _say_rejected(session: Session, visits: Sequence[Visited]) -> None:
    if not visits:
        return
    count = sum(visit.rejected for visit in visits)
    named = ", ".join(f"{visit.board} ({visit.rejected})" for visit in visits[:SHOWN])
    more = f" and {len(visits) - SHOWN} boards more" if len(visits) > SHOWN else ""
    records = "record could not be read in full and was" if count == 1 else "records could not be read in full and were"
    session.terminal.warn(f"{count} {records} kept as evidence: {named}{more}", "yellow")


def _say_trouble(session: Session, crawled: Crawled) -> None:
    """The boards in trouble, each kind followed by what to do about it."""
    terminal = session.terminal
    shown = crawled.trouble if crawled.exit_code == NOTHING_CRAWLED else crawled.trouble[:SHOWN]
    by_advice: dict[str, list[Visited]] = defaultdict(list)
    for visit in shown:
        by_advice[what_to_do(visit)].append(visit)
    for advice, visits in by_advice.items():
        for visit in visits:
            terminal.warn(f"{visit.verdict}: {visit.board}: {visit.reason}", "red")
        terminal.note(f"→ {advice}", "dim")
    if len(shown) < len(crawled.trouble):
        terminal.warn(f"… and {len(crawled.trouble) - len(shown)} more: `reachlist boards health`")


def what_to_do(visit: Visited) -> str:
    """What a person can do about a board in trouble."""
    found = next((advice for words, advice in ADVICE if words in (visit.reason or "")), None)
    return found or (REPEAT if visit.verdict is Verdict.SUSPECT else AGAIN)


def _say_list(session: Session, listed: Shortlist) -> None:
    today = session.now.date()
    eligible = Counter(row.score.eligible for row in listed.rows)
    late = sum(
        row.score.eligible == "yes" and passed(row.opening, row.reading, today) is not None for row in listed.rows
    )
    too_late = f" ({late} of them too late)" if late else ""
    session.terminal.note(
        f"openings: {len(listed.rows)} ML and data internships, {eligible['yes']} you can apply to{too_late},"
        f" {eligible['unsure']} unsure, {eligible['no']} not; {listed.left_out} other postings left out"
    )
    kinds = Counter(change.kind for change in listed.changes)
    if kinds:
        session.terminal.note("since the last list: " + ", ".join(f"{kinds[kind]} {kind}" for kind in kinds))
    for line in lines([change for change in listed.changes if change.kind == "new"][:NEWEST]):
        session.terminal.note(line, "green")
