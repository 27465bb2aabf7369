"""The list: one row per opening, as CSV that keeps the user's own columns, as JSON lines and as a table.

Rows come in scored and ordered; nothing here judges. Cells never start a formula, and what the user wrote
in `status`, `notes` and further columns is read back before a file is replaced.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import stated, whole_file
from pipeline.json_lines import json_line
from pipeline.marks import COLUMNS, guarded, harmless, kept, unguarded
from pipeline.models import Employer, Finding, Mark, Marks, Opening, Pay, Profile, Reading, Score, Span
from pipeline.one_line import safe

if TYPE_CHECKING:
    from rich.table import Table

__all__ = [
    "COLUMNS", "Row", "cells", "guarded", "jsonl", "numbered", "plain", "table", "to_csv", "unguarded", "why",
    "write_csv",
]  # fmt: skip
OWN = ("status", "notes")  # the user's
COLOURS = {"yes": "green", "unsure": "yellow", "no": "red"}


@dataclass(frozen=True, slots=True)
class Row:
    """One opening with everything said about it."""

    opening: Opening
    reading: Reading
    employer: Employer
    score: Score
    rank: int = 0
    status: str = ""
    notes: str = ""
    own: tuple[tuple[str, str], ...] = ()  # (column of the user's own, what stands there)
    missing_skills: tuple[str, ...] = ()
    profile: Profile | None = None
    said: str = ""  # equal as long as its postings say the same

    @property
    def mark(self) -> Mark:
        """What the user says of it."""
        return Mark(self.status, self.notes, self.own)


def numbered(rows: Iterable[Row], marks: Marks | None = None) -> list[Row]:
    """Rows in their order with rank 1, 2, … and what the user says of them by opening id."""
    marks = marks or {}
    numbered_rows = []
    for rank, row in enumerate(rows, 1):
        status, notes, own = marks.get(row.opening.id, row.mark)
        numbered_rows.append(replace(row, rank=rank, status=status, notes=notes, own=own))
    return numbered_rows


# --- cells --------------------------------------------------------------------------------------------


def cells(row: Row) -> dict[str, Any]:
    """Column -> value, in the order of COLUMNS; None where the posting does not say."""
    posting, reading, employer, score = row.opening.posting, row.reading, row.employer, row.score
    urls = [listing.posting.url for listing in row.opening.listings]
    return {
        "rank": row.rank,
        "score": round(score.total, 1),
        "eligible": score.eligible,
        "company": posting.company or None,
        "title": posting.title,
        "location": "; ".join(_unique(p for one in row.opening.listings for p in one.posting.locations)) or None,
        "workplace": stated.workplace(row.opening, reading),
        "employer_size": employer.size,
        "size_basis": "; ".join(_unique(piece.text for piece in employer.evidence)) or None,
        "reach": _percent(score.value("reach")),
        "skills": _percent(score.value("skills")),
        "role": reading.ml_role,
        "why": why(score),
        "missing_skills": ", ".join(row.missing_skills) or None,
        "level": ", ".join(reading.levels_open) if reading.degree_stated else None,
        "phd": reading.phd,
        "publications": reading.publications,
        "sponsorship": "citizens only" if reading.citizenship_required else reading.sponsorship,
        "pay": "unpaid" if reading.unpaid else _pay(stated.pay(row.opening, reading)),
        "term": reading.term,
        "duration": _weeks(reading.duration_weeks),
        "deadline": _day(stated.deadline(row.opening, reading)),
        "posted": _day(stated.posted_on(row.opening)),
        "first_seen": _day(stated.as_date(stated.first_seen(row.opening))),
        "state": str(row.opening.state),
        "url": posting.url or None,
        "also_on": " ".join(_unique(url for url in urls[1:] if url and url != posting.url)) or None,
        "status": row.status or None,
        "notes": row.notes or None,
        "id": row.opening.id,
    }


def why(score: Score) -> str:
    """One line: what closes it, else what speaks for it and against it, strongest first."""
    closed = [bar for bar in score.bars if bar.verdict == "no"]
    if closed:
        return _line("no: " + "; ".join(_said(bar.reason, bar.quote) for bar in closed))
    doubts = [_said(bar.reason, bar.quote) for bar in score.bars if bar.verdict == "unsure"]
    told = sorted((f for f in score.findings if f.value is not None), key=_pull, reverse=True)
    told = [one for one in told if not any(one.reason != other.reason and one.reason in other.reason for other in told)]
    good = [finding.reason for finding in told if (finding.value or 0) >= 0.5][:3]
    bad = [finding.reason for finding in told if (finding.value or 0) < 0.5][:2]
    parts = [*(f"unsure: {doubt}" for doubt in doubts), *good]
    return _line("; ".join(parts) + (("; but " if parts else "but ") + "; ".join(bad) if bad else ""))


def _pull(finding: Finding) -> float:
    """How far a finding moves the total from neutral."""
    return finding.weight * abs((finding.value or 0.0) - 0.5)


def _said(reason: str, quote: str | None) -> str:
    return f"{reason} “{quote}”" if quote else reason


def _line(text: str) -> str:
    return " ".join(text.split())


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _percent(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _pay(pay: Pay | None) -> str | None:
    if not pay:
        return None
    amount = f"{pay.min:g}" if pay.min == pay.max else f"{pay.min:g}–{pay.max:g}"
    return f"{amount} {pay.currency} per {pay.period}"


def _weeks(span: Span | None) -> str | None:
    if not span:
        return None
    return f"{span.min:g} weeks" if span.min == span.max else f"{span.min:g}–{span.max:g} weeks"


# --- CSV ----------------------------------------------------------------------------------------------


def to_csv(rows: Iterable[Row], columns: Sequence[str] = ()) -> str:
    """RFC 4180 text: CRLF line ends, quotes where needed, a header; `columns` of the user's own come last."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *map(harmless, columns)])
    for row in rows:
        written = {name: guarded(value) if isinstance(value, str) else value for name, value in cells(row).items()}
        written |= {name: kept(getattr(row, name)) for name in OWN}
        own = dict(row.own)
        writer.writerow([*written.values(), *(harmless(own.get(name, "")) for name in columns)])
    return out.getvalue()


def write_csv(path: Path, rows: Iterable[Row], columns: Sequence[str] = ()) -> None:
    """Replaces the file as a whole; a reader sees the old list or the new one, never half of one."""
    whole_file.write(path, to_csv(rows, columns).encode())


# --- JSON lines and the terminal ----------------------------------------------------------------------


def postings_of(row: Row) -> list[str]:
    """The ids of the postings that are this opening."""
    return [listing.posting.id for listing in row.opening.listings]


def jsonl(rows: Iterable[Row], postings: Callable[[Row], list[str]] = postings_of) -> str:
    """One JSON object a line: the columns, and `postings` with the ids of all postings of the opening."""
    return "".join(json_line(cells(row) | {"postings": postings(row)}) + "\n" for row in rows)


def table(rows: Sequence[Row], *, cut: bool = False, sizes: bool = True) -> Table:
    """The top of the list for a terminal, with the why under each title; `cut`: two lines a row, whatever the width."""
    from rich.table import Table  # noqa: PLC0415 -- a list in a file needs none of it
    from rich.text import Text  # noqa: PLC0415

    shown = Table(show_lines=False, show_header=False, pad_edge=False, box=None, expand=cut)
    shown.add_column(justify="right")
    shown.add_column(justify="right", style="bold")
    shown.add_column()
    if sizes:
        shown.add_column(no_wrap=True, style="dim")
    shown.add_column(ratio=1, no_wrap=cut, overflow="ellipsis" if cut else "fold")
    for row in rows:
        head = Text(_headline(row), style="bold")
        head.append("\n" + safe(why(row.score)), style="not bold dim")
        eligible = Text(row.score.eligible, style=COLOURS.get(row.score.eligible, ""))
        size = (row.employer.size or "?",) if sizes else ()
        shown.add_row(str(row.rank), f"{row.score.total:.0f}", eligible, *size, head)
    return shown


def plain(rows: Iterable[Row]) -> Iterator[str]:
    """The same where nobody watches: two lines a row, nothing cut."""
    for row in rows:
        yield (
            f"{row.rank:>2}  {row.score.total:>3.0f}  {row.score.eligible:<6}  {row.employer.size or '?':<9}  "
            f"{_headline(row)}"
        )
        yield f"{'':28}{safe(why(row.score))}"


def _headline(row: Row) -> str:
    posting = row.opening.posting
    place = cells(row)["location"]
    return safe(f"{posting.company or 'employer not named'} — {posting.title}{f' · {place}' if place else ''}")
