"""One request in flight per host, a gap after each, and an ear for "not now"."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from itertools import pairwise, repeat

import pytest
from scrapy.http import Headers, Response

from crawlers import settings
from crawlers.middlewares.pacing import ENOUGH, JITTER, Pacing, retry_after
from crawlers.session import Session
from crawlers.trouble import Refused
from pipeline.config import Platform
from pipeline.models import Board, Verdict
from pipeline.store import Store
from tests.conftest import ROOT, Figure
from tests.crawlers.hosts import GREENHOUSE, NOW, Hosts, Visit, answer, jobs

HOST = "example.com"


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class Ledger:
    """Requests by day and host."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def requests_on(self, day: str, host: str) -> int:
        return self.counts[day, host]

    def count_request(self, day: str, host: str) -> int:
        self.counts[day, host] += 1
        return self.counts[day, host]


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def pacing(time: Time) -> Pacing:
    return Pacing(Ledger(), "2026-11-21", clock=time, sleep=time.sleep, jitter=lambda: 0.0)


async def request(pacing: Pacing, status: int = 200, *, delay: float = 2, budget: int = 99, **headers: str) -> None:
    async with pacing.turn(HOST, delay=delay, daily_budget=budget):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        pacing.heed(HOST, Response("https://example.com/", status=status, headers=names), NOW)


def test_the_gap_runs_from_the_end_of_a_request_to_the_start_of_the_next(pacing: Pacing, time: Time) -> None:
    async def slow_then_next() -> float:
        async with pacing.turn(HOST, delay=2, daily_budget=9):
            await time.sleep(30)
        ended = time.now
        async with pacing.turn(HOST, delay=2, daily_budget=9):
            return time.now - ended

    assert asyncio.run(slow_then_next()) == 2


def test_jitter_only_lengthens_the_gap(time: Time) -> None:
    gaps = []
    for jitter in (0.0, 0.5, 1.0):
        pacing = Pacing(Ledger(), "2026-11-21", clock=time, sleep=time.sleep, jitter=repeat(jitter).__next__)
        asyncio.run(request(pacing))
        start = time.now
        asyncio.run(request(pacing))
        gaps.append(time.now - start)
    assert gaps == pytest.approx([2, 2 * (1 + JITTER / 2), 2 * (1 + JITTER)])


def test_crawl_delay_is_honoured_up_to_a_minute_and_never_shortens_the_gap(pacing: Pacing, time: Time) -> None:
    gaps = []
    for asked in (1, 10, 3600):
        pacing.slow(HOST, asked)
        asyncio.run(request(pacing))
        before = time.now
        asyncio.run(request(pacing))
        gaps.append(time.now - before)
        time.now += 1000
    assert gaps == [2, 10, 60]


def test_hosts_do_not_wait_for_each_other(pacing: Pacing, time: Time) -> None:
    async def two_hosts() -> float:
        before = time.now
        for name in ("one.example", "two.example"):
            async with pacing.turn(name, delay=2, daily_budget=9):
                pass
        return time.now - before

    assert asyncio.run(two_hosts()) == 0


@pytest.mark.parametrize("status", [401, 403, 406])
def test_a_refusal_ends_the_hosts_turns(pacing: Pacing, status: int) -> None:
    asyncio.run(request(pacing, status))
    with pytest.raises(Refused, match=f"refused with {status}"):
        asyncio.run(request(pacing))


def test_a_refusal_stops_those_who_already_wait(pacing: Pacing) -> None:
    async def many() -> list[object]:
        return await asyncio.gather(*(request(pacing, 403) for _ in range(20)), return_exceptions=True)

    outcomes = asyncio.run(many())
    assert outcomes[0] is None
    assert all(isinstance(outcome, Refused) for outcome in outcomes[1:])


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_to_wait_is_waited_for(pacing: Pacing, time: Time, status: int) -> None:
    for seconds in (42, 60):
        asyncio.run(request(pacing, status, Retry_After=str(seconds)))
        before = time.now
        asyncio.run(request(pacing))
        assert time.now - before == seconds


@pytest.mark.parametrize("asked", ["61", "3600", "99999999999999999999", "Sat, 21 Nov 2026 09:05:00 GMT"])
def test_a_host_that_asks_for_more_than_a_minute_is_left_alone(pacing: Pacing, asked: str) -> None:
    asyncio.run(request(pacing, 429, Retry_After=asked))
    with pytest.raises(Refused, match="asks to wait"):
        asyncio.run(request(pacing))


def test_each_failure_doubles_the_wait_and_a_success_forgets_them(pacing: Pacing, time: Time) -> None:
    waits = []
    for status in (500, 500, 500, 200, 500, 200):
        before = time.now
        asyncio.run(request(pacing, status))
        waits.append(time.now - before)
    assert waits == [0, 5, 10, 20, 2, 5]


def test_a_broken_connection_counts_as_a_failure(pacing: Pacing, time: Time) -> None:
    with pytest.raises(ConnectionResetError):
        asyncio.run(broken(pacing))
    before = time.now
    asyncio.run(request(pacing))
    assert time.now - before == 5


async def broken(pacing: Pacing) -> None:
    async with pacing.turn(HOST, delay=2, daily_budget=99):
        raise ConnectionResetError


@pytest.mark.parametrize("status", [429, 500, None])
def test_a_host_that_fails_again_and_again_is_left_alone(pacing: Pacing, time: Time, status: int | None) -> None:
    for _ in range(ENOUGH):
        before = time.now
        with suppress(ConnectionResetError):
            asyncio.run(request(pacing, status) if status else broken(pacing))
    assert time.now - before == 60
    assert time.now - 1000 <= 600  # seconds that one host keeps a run waiting
    with pytest.raises(Refused, match="fails again and again"):
        asyncio.run(request(pacing))


def test_a_host_that_shares_one_limit_with_all_is_left_alone_at_its_first_429(hosts: Hosts, visit: Visit) -> None:
    boards = [Board("workable", f"fen{number}", "Fen") for number in range(5)]
    for board in boards:
        hosts.on("apply.workable.com", f"/api/v1/widget/accounts/{board.slug}", answer("", 429))
    seen = visit(*boards)
    assert len(hosts.seen) == 2, "robots.txt, one board, and no second try"
    assert sum("has had enough requests (429)" in (snapshot.reason or "") for snapshot in seen.values()) >= 4


def test_the_faults_of_a_few_boards_are_not_the_hosts(hosts: Hosts, visit: Visit) -> None:
    faults = [b"", answer("", 429), answer("", 500), answer("", 503), answer("", 520), answer("", 404)]
    bad = [hosts.greenhouse(f"bad{number}", fault) for number, fault in enumerate(faults)]
    good = hosts.greenhouse("good", answer(jobs(2)))
    assert visit(*bad, good)["good"].verdict is Verdict.COMPLETE


def test_the_days_budget_is_kept(pacing: Pacing) -> None:
    for _ in range(3):
        asyncio.run(request(pacing, budget=3))
    with pytest.raises(Refused, match="the day's budget of 3 requests is spent"):
        asyncio.run(request(pacing, budget=3))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("7", 7),
        ("Sat, 21 Nov 2026 09:00:30 GMT", 30),
        ("Sat, 21 Nov 2026 08:00:00 GMT", 0),
        ("Sat, 21 Nov 2026 10:00:30 +0100", 30),
        ("Sat, 21 Nov 2026 09:00:30 -0000", 30),
        ("99999999999999999999", 999_999_999),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1.5", None),
        ("Sat, 99 Nov 2026 09:00:30 GMT", None),
        ("Sat, 21 Nov 99999999999999999999 09:00:30 GMT", None),
        ("Sat, 21 Nov 2026 09:00:30 +99999999999999999999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(Headers({"Retry-After": value}), NOW) == seconds


def test_a_date_is_measured_against_the_hosts_own_clock() -> None:
    late = NOW + timedelta(days=400)
    headers = {"Retry-After": "Sat, 21 Nov 2026 09:00:30 GMT", "Date": "Sat, 21 Nov 2026 09:00:00 GMT"}
    assert retry_after(Headers(headers), late) == 30


# --- as a server sees it ------------------------------------------------------------------------------------


def test_the_least_gap_at_the_server_is_the_delay(hosts: Hosts, visit: Visit, long_form: bool, figure: Figure) -> None:
    boards = [hosts.greenhouse(f"board{number}", answer(jobs(1))) for number in range(2000 if long_form else 60)]
    scale = 0.005
    visit(*boards, delay_scale=scale)
    gaps = [after.began - before.ended for before, after in pairwise(hosts.seen)]
    figure(f"{len(hosts.seen):,} requests to one host: least gap {min(gaps):.4f} s, delay {2 * scale} s")
    assert min(gaps) >= 2 * scale
    assert hosts.most_busy[GREENHOUSE] == 1


def test_spiders_share_the_turns_of_a_shared_host(hosts: Hosts, visit: Visit) -> None:
    slow = [hosts.greenhouse(f"board{number}", answer(jobs(1))) for number in range(10)]
    visit(*slow, *(replace(board, platform="greenhouse-eu") for board in slow))
    assert hosts.most_busy[GREENHOUSE] == 1
    assert len(hosts.seen) == 21


def test_the_budget_is_kept_across_runs(hosts: Hosts, visit: Visit, platforms: dict[str, Platform]) -> None:
    tight = platforms | {"greenhouse": replace(platforms["greenhouse"], daily_budget=3)}
    boards = [hosts.greenhouse(f"board{number}", answer(jobs(1))) for number in range(4)]
    visit(*boards[:1], platforms=tight)
    second = visit(*boards[1:], platforms=tight)
    assert sorted(snapshot.verdict for snapshot in second.values()) == ["complete", "failed", "failed"]
    assert len(hosts.seen) == 3
    tomorrow = visit(*boards[1:], platforms=tight, now=NOW + timedelta(days=1))
    assert tomorrow["board1"].verdict is Verdict.UNCHANGED


@pytest.mark.parametrize(("status", "requests"), [(500, 3), (502, 3), (429, 3), (400, 1), (404, 1), (408, 1), (410, 1)])
def test_only_faults_that_pass_are_retried_and_at_most_twice(
    hosts: Hosts, visit: Visit, status: int, requests: int
) -> None:
    visit(hosts.greenhouse("example", answer("", status)))
    assert hosts.paths(GREENHOUSE).count("/v1/boards/example/jobs") == requests


def test_a_fault_that_passes_costs_nothing(hosts: Hosts, visit: Visit) -> None:
    board = hosts.greenhouse("example", answer("", 503), b"", answer(jobs(2)))
    assert visit(board)["example"].verdict is Verdict.COMPLETE


@pytest.mark.parametrize("status", [401, 403, 406])
def test_after_a_refusal_the_host_hears_no_more(hosts: Hosts, visit: Visit, status: int) -> None:
    boards = [hosts.greenhouse(f"board{number}", answer("", status)) for number in range(5)]
    seen = visit(*boards)
    assert len(hosts.seen) == 2
    assert sum("left alone for this run" in (snapshot.reason or "") for snapshot in seen.values()) == 4


def test_detections_of_cloudflare_in_an_ordinary_page_are_no_challenge(hosts: Hosts, visit: Visit) -> None:
    scripts = (
        "/cdn-cgi/challenge-platform/scripts/jsd/main.js",
        "/cdn-cgi/challenge-platform/h/b/scripts/jsd/1a/main.js",
    )
    shown = "".join(f"<script src='{script}'></script>" for script in scripts)
    stated = (
        '<script type="application/ld+json">{"@type": "JobPosting", "title": "ML Intern", "description": "Go"}</script>'
    )
    listed = "<urlset><url><loc>https://careers.example.com/jobs/ml-intern</loc></url></urlset>"
    hosts.on("careers.example.com", "/sitemap.xml", answer(listed))
    hosts.on(
        "careers.example.com", "/jobs/ml-intern", answer(f"<html>{stated}{shown}</html>", content_type="text/html")
    )
    snapshot = visit(Board("careers", "example", "Example", (("host", "careers.example.com"),)))["example"]
    assert [posting.description for posting in snapshot.postings] == ["Go"]


CHALLENGES = {
    "a title": answer("<html><title>Just a moment...</title></html>", 200, content_type="text/html"),
    "a header": answer("<html></html>", 200, cf_mitigated="challenge"),
    "a script of the day": answer(
        "<html><script>a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=8a1';</script></html>",
        403,
        content_type="text/html",
    ),
    "a script": answer('<script src="/cdn-cgi/challenge-platform/x.js">', 503, content_type="text/html"),
}


@pytest.mark.parametrize("spelling", ["BOARDS-API.Greenhouse.IO", f"{GREENHOUSE}:443"])
def test_a_host_is_one_however_an_address_spells_it(hosts: Hosts, visit: Visit, store: Store, spelling: str) -> None:
    path = "/v1/boards/other/jobs"
    hosts.on(spelling.lower(), path, answer("", 403))
    board = hosts.greenhouse("example", answer("", 302, location=f"https://{spelling}{path}"))
    later = Board("greenhouse-eu", "later", "Later")
    seen = visit(board, later)
    assert [request.path.partition("?")[0] for request in hosts.seen].count("/robots.txt") == 1
    assert store.requests_on(NOW.date().isoformat(), f"stand-in for {GREENHOUSE}") == len(hosts.seen)
    assert seen["example"].reason == "answered 403"


@pytest.mark.parametrize("kind", CHALLENGES)
def test_a_challenge_for_browsers_is_a_refusal(hosts: Hosts, visit: Visit, kind: str) -> None:
    boards = [hosts.greenhouse(f"board{number}", CHALLENGES[kind]) for number in range(5)]
    seen = visit(*boards, delay_scale=0.05)
    assert {snapshot.verdict for snapshot in seen.values()} == {Verdict.FAILED}
    assert "challenge" in (seen["board0"].reason or "")
    assert len(hosts.seen) == 2, "robots.txt, one board, and no second try"


@pytest.mark.parametrize(
    "reserved",
    [
        answer(jobs(1), tdm_reservation="1"),
        answer(jobs(1), tdm_reservation="1, 1"),
        answer('<html><head><meta name="tdm-reservation" content="1"></head></html>', content_type="text/html"),
        answer("<html><meta content = ' 1 ' data-x=y NAME=TDM-Reservation>", content_type="text/html"),
    ],
)
def test_a_reservation_of_text_and_data_mining_is_respected(hosts: Hosts, visit: Visit, reserved: bytes) -> None:
    snapshot = visit(hosts.greenhouse("example", reserved))["example"]
    assert (snapshot.verdict, snapshot.postings) == (Verdict.FAILED, ())
    assert "text and data mining" in (snapshot.reason or "")


def test_the_crawler_gives_its_name_and_gives_no_cookie_back(hosts: Hosts, visit: Visit) -> None:
    hosts.greenhouse("renamed", answer(jobs(1)))
    visit(
        hosts.greenhouse("example", answer("", 302, location="/v1/boards/renamed/jobs", set_cookie="known=1; Path=/"))
    )
    assert len(hosts.seen) == 3
    assert {seen.headers["user-agent"].partition("/")[0] for seen in hosts.seen} == {"reachlist"}
    assert not {"cookie", "referer", "authorization"} & {name for seen in hosts.seen for name in seen.headers}


def test_whom_a_host_may_write_to_is_the_users_to_say() -> None:
    say = "from crawlers import settings; print(settings.USER_AGENT)"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for contact, said in (("", project["urls"]["Homepage"]), ("mailto:me@mottle.example", "mailto:me@mottle.example")):
        environment = os.environ | {"REACHLIST_CONTACT": contact, "PYTHONPATH": str(ROOT)}
        answer = subprocess.run(
            [sys.executable, "-c", say], env=environment, capture_output=True, text=True, check=True
        )
        assert answer.stdout == f"reachlist/{version('reachlist')} (+{said})\n"


@pytest.mark.parametrize(
    "contact", ["me", "https://", "https://a\r\nX: y", "mailto:ü@x", "https://a) (b", "ftp://a.example"]
)
def test_a_contact_that_is_none_is_refused(
    hosts: Hosts, visit: Visit, monkeypatch: pytest.MonkeyPatch, contact: str
) -> None:
    monkeypatch.setattr(settings, "CONTACT", contact)
    with pytest.raises(ValueError, match="REACHLIST_CONTACT"):
        visit(hosts.greenhouse("example", answer(jobs(1))))
    assert not hosts.seen


# --- who may shorten the delays -----------------------------------------------------------------------------

Open = Callable[..., Session]


@pytest.fixture
def session(store: Store, platforms: dict[str, Platform]) -> Open:
    return lambda *address: Session.open(platforms, store, datetime(2026, 11, 21, tzinfo=UTC), *address)


@pytest.mark.parametrize("address", [None, "192.0.2.7:80", "example.com:80", "0.0.0.0:80", "127.0.0.1.example.com:80"])
def test_delays_are_scaled_on_loopback_only(session: Open, address: str | None) -> None:
    with pytest.raises(ValueError, match="loopback only"):
        session(address, 0.5)


@pytest.mark.parametrize("address", ["127.0.0.1:80", "127.9.9.9:80", "[::1]:80", "localhost:80"])
def test_loopback_is_loopback_in_each_spelling(session: Open, address: str) -> None:
    assert session(address, 0.5).connect_to


def test_a_board_given_by_hand_waits_as_configured(session: Open) -> None:
    assert session("192.0.2.7:80").pacing.scale == session().pacing.scale == 1
    assert session("127.0.0.1:80").pacing.scale == 0
