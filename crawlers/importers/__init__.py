"""What the user already holds, as snapshots: job-alert mails, saved pages, exports, pasted links.

One module per kind of material; `building.py` makes their postings. Links are cleaned and never fetched:
nothing here may touch the network, and nothing of scoring may enter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from crawlers.fields import Unreadable
from crawlers.importers import exports, mail, pasted, saved_pages
from crawlers.importers.building import Found, LinkAlone, fuller, posting
from crawlers.importers.links import link
from pipeline.models import NEWEST_ONLY, Board, Posting, Snapshot, Verdict

Reader = Callable[[Path, Callable[[str], None]], Iterator[Found]]

READERS: dict[str, Reader] = {
    ".eml": mail.message, ".mbox": mail.mailbox_file, ".html": saved_pages.page, ".htm": saved_pages.page,
    ".mhtml": saved_pages.archive, ".mht": saved_pages.archive, ".csv": exports.csv_file, ".json": exports.json_file,
    ".jsonl": exports.json_lines, ".txt": pasted.links,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What the files hold."""

    snapshots: tuple[Snapshot, ...]  # one per source, `import/linkedin`; always partial: absence proves nothing
    links: tuple[str, ...]  # every link to a job, cleaned, those of unread postings too
    complaints: tuple[str, ...]  # what was not read, and why, a line each
    notes: tuple[str, ...] = ()  # what was left out on purpose or assumed, counted, a line each
    alone: tuple[tuple[Path, str], ...] = ()  # (file, link) of those of `links` that stand alone and name no job

    def beside(self, known: Callable[[str], Mapping[str, Posting]]) -> Iterator[Snapshot]:
        """The snapshots, each posting with what is `known` of it: of a board, by ref, from earlier imports."""
        for snapshot in self.snapshots:
            stored = known(snapshot.board.id)
            postings = (fuller(stored.get(one.ref, one), one) for one in snapshot.postings)
            yield replace(snapshot, postings=tuple(postings))


def read(paths: Iterable[Path], at: str) -> Imported:
    """Every posting of the files (a folder is a Maildir), as seen `at` (ISO 8601 UTC)."""
    complaints: list[str] = []
    notes: list[str] = []
    alone: list[tuple[Path, str]] = []
    links: dict[str, None] = {}
    boards: dict[str, dict[str, Posting]] = {}
    for path in paths:
        for one in _postings(path, links, alone, complaints, notes):
            seen = boards.setdefault(one.board, {})
            seen[one.ref] = fuller(seen.get(one.ref, one), one)
    snapshots = tuple(_snapshot(board, tuple(found.values()), at) for board, found in sorted(boards.items()))
    return Imported(snapshots, tuple(links), tuple(complaints), tuple(notes), tuple(alone))


def _postings(
    path: Path, links: dict[str, None], alone: list[tuple[Path, str]], complaints: list[str], notes: list[str]
) -> Iterator[Posting]:
    """The postings of one file; what cannot be read becomes a complaint that names the file, the rest is counted."""

    def complain(reason: str) -> None:
        complaints.append(f"{path}: {reason}")

    count = 0
    ignored: Counter[str] = Counter()
    try:
        reader = mail.folder if path.is_dir() else READERS.get(path.suffix.lower())
        if reader is None:
            raise Unreadable(f"not read: files end in {', '.join(READERS)}; a folder is a Maildir")
        for found in reader(path, complain):
            if found.left_out:
                ignored[f"left out: {found.left_out}"] += 1
                continue
            count += 1
            ignored.update(f"of the column {column} not understood" for column in found.not_understood)
            if found.assumed:
                ignored[found.assumed] += 1
            try:
                links[link(found.url).url] = None
                yield posting(found)
            except LinkAlone as link_alone:
                alone.append((path, str(link_alone)))
            except Unreadable as error:
                complain(str(error))
    except Unreadable as error:
        complain(str(error))
    except OSError as error:
        complain(error.strerror or str(error))
    else:
        if not count:
            complain("no posting found in it")
    notes.extend(f"{path}: {number} {what}" for what, number in ignored.items())


def _snapshot(board: str, postings: tuple[Posting, ...], at: str) -> Snapshot:
    platform, slug = board.split("/", 1)
    return Snapshot(Board(platform, slug, slug), at, Verdict.PARTIAL, postings, len(postings), reason=NEWEST_ONLY)
