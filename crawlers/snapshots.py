"""One board's pages -> one Snapshot with a verdict.

The completeness proof: the listing was walked to its end, every page brought something new, different postings
came, as many as the board says or, of a numbered list, none of them twice, and every record that could not be read
can at least be named. What falls short is `partial`; what gave nothing is `failed`. What may not enter: requests,
and any platform's field names.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crawlers.fields import places
from pipeline.models import NEWEST_ONLY, Board, EmployerFact, Posting, Rejected, Snapshot, Verdict

MAX_PAGES = 200


@dataclass(frozen=True, slots=True)
class Page:
    """What one answer of a board holds."""

    postings: tuple[Posting, ...] = ()
    listed: int = 0  # rows, dropped and rejected ones included
    ignored: int = 0  # rows left out on purpose
    rejected: tuple[Rejected, ...] = ()
    total: int | None = None  # rows of the whole listing, where the board says so
    following: Any = None  # the next page (a number, an offset or the board's token), None at the end
    facts: tuple[EmployerFact, ...] = ()  # about employers, from a directory of them
    surprising: tuple[Rejected, ...] = ()  # of what was read, the first row with each value that was not expected


@dataclass(slots=True)
class Visit:
    """One visit to one board, while it lasts."""

    board: Board
    at: str
    status: int | None = None
    total: int | None = None
    listed: int = 0
    ignored: int = 0
    pages: int = 0
    refs: set[str] = field(default_factory=set)  # of all that came, readable or not
    repeated: int = 0  # rows of what had come before
    led: list[Any] = field(default_factory=lambda: [0])  # the pages that were asked
    postings: dict[str, Posting] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    no_job: bool = False  # a page was read that might have stated a job, and states none
    facts: list[EmployerFact] = field(default_factory=list)
    stopped: str | None = None  # why the visit did not see all there is
    missed: str | None = None  # why a page could not be had that the others do not need
    longest: int = MAX_PAGES  # answers that are asked
    most: int | None = None  # rows that the platform lists of any board
    newest_only: bool = False  # the board lists what came last, and nothing follows from absence
    paged: bool = False  # its pages are stretches of one list
    unknown: bool = False  # nothing came, for the first time, and an unknown board answers the same

    def add(self, page: Page) -> Any:
        """Take one page; gives the page that follows, None where the walk ends."""
        if self.pages == 0:
            self.total = page.total
        self.pages += 1
        refs = [p.ref for p in page.postings] + [r.ref for r in page.rejected if r.ref]
        if refs and self.refs.issuperset(refs):
            self.stopped = f"page {self.pages} repeats what came before"
            return None
        self.repeated += len(refs) - len(set(refs) - self.refs)
        self.refs.update(refs)
        self.listed += page.listed
        self.ignored += page.ignored
        self.rejected += (*page.rejected, *page.surprising)
        self.facts += page.facts
        for posting in page.postings:
            self._keep(posting)
        if page.following is None:
            return None
        if self.paged and not page.listed:
            self.stopped = f"page {self.pages} is empty, and says that more follow"
        elif page.following in self.led:
            self.stopped = f"page {self.pages} leads back to one before it"
        elif self.pages >= self.longest:
            self.stopped = f"stopped after {self.longest:,} pages"
        self.led.append(page.following)
        return None if self.stopped else page.following

    def _keep(self, posting: Posting) -> None:
        """A ref that comes twice is one posting at several places."""
        known = self.postings.get(posting.ref)
        if known is not None:
            self.ignored += 1
            posting = replace(known, locations=places(*known.locations, *posting.locations))
        self.postings[posting.ref] = posting

    def without_text(self, ref: str, address: str, reason: str, *, stays: bool) -> None:
        """A text that the host will not give: told beside the listing, which stands; `stays`: so does the posting."""
        self.rejected.append(Rejected(f"no text: {reason}", address, ref))
        if not stays:
            del self.postings[ref]

    def believe_pages(self, unread: Collection[str]) -> None:
        """Of postings that only their pages prove, leave out those whose page was never read; of none, say so."""
        for ref in unread:
            if ref in self.postings and not self.postings[ref].description:
                del self.postings[ref]
        if (self.no_job or self.rejected) and not self.postings:
            self.stopped = self.stopped or "no page could be read that states a job as schema.org JobPosting"

    def doubt(self) -> str | None:
        """Why the listing is not proved whole, None where it is."""
        nameless = [record for record in self.rejected if record.ref is None]
        if self.stopped or self.missed:
            return self.stopped or self.missed
        came = self.listed - self.repeated
        if self.total is not None and self.total != came:
            return f"the board says {self.total} postings, {came} came"
        if self.most is not None and self.listed >= self.most:
            return f"the platform lists {self.most:,} at most"
        if nameless:
            return f"{_records(nameless)} could not be read or named: {nameless[0].reason}"
        if self.newest_only:
            return NEWEST_ONLY
        if self.paged and self.total is None and self.repeated:
            return f"the list moved while it was read: {self.repeated} of its rows came twice"
        return None

    def snapshot(self) -> Snapshot:
        """The verdict on all that came."""
        doubt = self.doubt()
        if self.missed and not self.listed:
            return self.failed(self.missed)
        if self.rejected and not self.postings and not self.ignored:
            reason = f"none of {_records(self.rejected)} could be read: {self.rejected[0].reason}"
            return self._snapshot(Verdict.FAILED, reason)
        if doubt:
            return self._snapshot(Verdict.PARTIAL, doubt)
        if self.unknown:
            return self._snapshot(Verdict.SUSPECT, "no postings, and an unknown board answers the same")
        return self._snapshot(Verdict.COMPLETE, None)

    def failed(self, reason: str) -> Snapshot:
        """The visit broke: `partial` with what came before, `failed` where nothing did."""
        if self.postings:
            return self._snapshot(Verdict.PARTIAL, f"page {self.pages + 1}: {reason}")
        return self._snapshot(Verdict.FAILED, reason)

    def unchanged(self) -> Snapshot:
        """The board said, or its bytes show, that nothing changed."""
        return Snapshot(self.board, self.at, Verdict.UNCHANGED, status=self.status)

    def _snapshot(self, verdict: Verdict, reason: str | None) -> Snapshot:
        return Snapshot(
            self.board,
            self.at,
            verdict,
            postings=tuple(self.postings.values()),
            listed=self.listed if self.pages else None,
            ignored=self.ignored,
            rejected=tuple(self.rejected),
            reason=reason,
            gone=tuple(self.gone),
            status=self.status,
            facts=tuple(self.facts),
        )


def _records(records: Sequence[Rejected]) -> str:
    return f"{len(records)} record{'s' if len(records) > 1 else ''}"
