"""A feed that lists its newest only is no board in trouble; any other partial visit is."""

from __future__ import annotations

import pytest

from pipeline.commands.crawling import Crawled
from pipeline.commands.session import DONE, SOME_FAILED
from pipeline.models import NEWEST_ONLY, Verdict
from pipeline.store import Changes, Visited


@pytest.mark.parametrize(
    ("verdict", "reason", "code"),
    [
        (Verdict.PARTIAL, NEWEST_ONLY, DONE),
        (Verdict.PARTIAL, "page 2: answered 500", SOME_FAILED),
        (Verdict.COMPLETE, None, DONE),
    ],
)
def test_only_trouble_is_told_by_the_exit_code(verdict: Verdict, reason: str | None, code: int) -> None:
    visit = Visited("remoteok/all", "2026-11-21T09:00:00+00:00", verdict, 100, 0, reason, Changes())
    crawled = Crawled(due=1, visited=[visit])
    assert crawled.exit_code == code
    assert bool(crawled.trouble) == (code == SOME_FAILED)
