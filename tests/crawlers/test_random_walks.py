"""Boards that page wrongly in every way at random: a walk ends, and is complete only where that is proved."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from crawlers.records import Record
from crawlers.snapshots import Visit
from pipeline.models import Board, Snapshot, Verdict
from tests.conftest import Figure
from tests.crawlers.hosts import NOW

SIZE = 5
BOARD = Board("numbered", "example", "Example")


class Numbered(BoardSpider):
    """Pages of five, with the next one's number and a total where the board says them."""

    name = "numbered"
    page_size = SIZE
    listing, counted = ("rows",), ("total",)
    record = Record(ref="id", title="title", url="url")

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """As the board says, or the next number while a page is full."""
        return answer["next"] if "next" in answer else super().following(answer, rows, page)


class Server:
    """A board of up to 45 postings whose listing is bent in some of the ways of `FAULTS`."""

    FAULTS = (
        "a page comes again", "pages overlap", "pages leave a gap", "another order each time", "a row stands twice",
        "an id is a number", "an id is a fraction", "an id is missing", "the total lies", "the total is no number",
        "the next page is an earlier one", "the next page is the same", "the pages lead in a circle",
        "a page breaks off",
    )  # fmt: skip

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.truth = [str(number) for number in range(chance.randrange(46))]
        self.faults = set(chance.sample(self.FAULTS, chance.choice([0, 1, 1, 2, 3])))
        self.counts = chance.random() < 0.5
        self.bent = chance.randrange(1, 4)  # the page at which it goes wrong
        self.lie = len(self.truth) + chance.choice([-7, -1, 1, 7, 1000])
        self.asked = 0

    def answer(self, page: int) -> bytes:
        """One page, as bytes."""
        self.asked += 1
        wrong = self.faults if page >= self.bent else set()
        order = (
            self.chance.sample(self.truth, len(self.truth)) if "another order each time" in self.faults else self.truth
        )
        shift = -2 if "pages overlap" in wrong else 2 if "pages leave a gap" in wrong else 0
        start = max(0, (0 if "a page comes again" in wrong else page * SIZE) + shift)
        rows = [{"id": ref, "title": f"Intern {ref}", "url": f"https://jobs.example/{ref}"} for ref in order]
        rows: list[dict[str, Any]] = rows[start : start + SIZE]
        if rows:
            first = rows[0]
            if "a row stands twice" in wrong:
                rows[-1] = first
            if "an id is a number" in wrong:
                rows[0] = first | {"id": int(first["id"])}
            if "an id is a fraction" in wrong:
                rows[0] = first | {"id": float(first["id"])}
            if "an id is missing" in wrong:
                rows[0] = {name: value for name, value in first.items() if name != "id"}
        said: dict[str, Any] = {"rows": rows}
        if self.counts:
            lies = "the total lies" in self.faults
            said["total"] = "many" if "the total is no number" in self.faults else self.lie if lies else len(self.truth)
        if len(rows) == SIZE:
            if "the next page is an earlier one" in wrong:
                said["next"] = page - 1
            if "the next page is the same" in wrong:
                said["next"] = page
            if "the pages lead in a circle" in self.faults:
                said["next"] = (page + 1) % (self.bent + 1)
        body = json.dumps(said).encode()
        return body[: len(body) // 2] if "a page breaks off" in wrong else body


def walked(server: Server) -> Snapshot:
    """The snapshot of a walk through what `server` answers, as visits.py walks."""
    leaf, page = Numbered(), 0
    seen = Visit(BOARD, NOW.isoformat(), paged=True)
    while page is not None:
        try:
            page = seen.add(leaf.parse(server.answer(page), BOARD, page))
        except Unreadable as reason:
            return seen.failed(str(reason))
    return seen.snapshot()


def test_a_walk_is_complete_only_where_the_whole_list_was_seen(long_form: bool, figure: Figure) -> None:
    verdicts: Counter[Verdict] = Counter()
    walks = 5_000 if long_form else 300
    for seed in range(walks):
        server = Server(random.Random(seed))
        snapshot = walked(server)
        verdicts[snapshot.verdict] += 1
        told = f"seed {seed}: {sorted(server.faults)}: {snapshot.verdict}, {snapshot.reason}"
        pages = len(server.truth) // SIZE + 1
        assert server.asked <= 4 * pages + 4, told
        assert (snapshot.reason is None) is (snapshot.verdict is Verdict.COMPLETE), told
        seen = {posting.ref for posting in snapshot.postings}
        assert seen <= set(server.truth), told
        if not server.faults:
            assert snapshot.verdict is Verdict.COMPLETE, told
        if snapshot.verdict is Verdict.COMPLETE and not hidden(server, len(seen)):
            assert seen == set(server.truth), told
    counts = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    figure(f"{walks:,} walks of boards bent at random: {counts}, none complete that was not proved")
    assert len(verdicts) == 3


def hidden(server: Server, came: int) -> bool:
    """Whether nobody can see that rows are left out: by a total that lies just so, or by a gap where there is none."""
    if server.counts:
        return "the total lies" in server.faults and server.lie == came
    return "pages leave a gap" in server.faults
