"""robots.txt is asked first, waited for, read as RFC 9309 says, and believed."""

from __future__ import annotations

import gzip
import json
import tarfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers import boards
from crawlers.middlewares.robots import LIMIT, Gate, Rules
from pipeline.models import Board, Verdict
from pipeline.store import Store
from tests.conftest import Figure
from tests.crawlers.hosts import GREENHOUSE, NOW, Answer, Hosts, Visit, answer, jobs, stall

LISTING = "https://boards-api.greenhouse.io/v1/boards/example/jobs"
AT_ONCE = 25
CLOSED = b"User-agent: *\nDisallow: /v1/\n"
OPEN = b"User-agent: *\nDisallow: /private/\n"

# cases of Google's test in which the address is not percent-encoded, as ours always are before they come here
NOT_AS_WE_SEND = {
    ("ID_Encoding", "http://foo.bar/foo/bar/ツ"): "raw characters beyond ASCII",
    ("ID_Encoding", "http://foo.bar/foo/bar/baz"): "the rule escapes characters that need no escape",
}

ROBOTS: dict[str, tuple[list[Answer], bool]] = {
    "disallows all": ([answer("User-agent: *\nDisallow: /\n")], False),
    "disallows the path": ([answer(CLOSED)], False),
    "disallows us by name": ([answer("User-agent: ReachList\nDisallow: /\n\nUser-agent: *\nAllow: /\n")], False),
    "disallows, behind a byte order mark": ([answer(b"\xef\xbb\xbf" + CLOSED)], False),
    "disallows, compressed": ([answer(gzip.compress(CLOSED), content_encoding="gzip")], False),
    "disallows, then goes on for ever": ([answer(CLOSED + b"# x\n" * LIMIT)], False),
    "disallows after a redirect": ([answer("", 302, location="/robots.txt?2"), answer(CLOSED)], False),
    "redirects in a circle": ([answer("", 302, location="/robots.txt")], False),
    "redirects to a host we do not ask": ([answer("", 301, location="https://example.com/robots.txt")], False),
    "wants a login": ([answer("", 401)], False),
    "forbids": ([answer("", 403)], False),
    "has had enough": ([answer("", 429)], False),
    "is broken": ([answer("", 500)], False),
    "is overloaded": ([answer("", 503)], False),
    "never answers": ([stall], False),
    "hangs up": ([b""], False),
    "is not there": ([answer("", 404)], True),
    "is gone": ([answer("", 410)], True),
    "is empty": ([answer("")], True),
    "allows the path": ([answer(OPEN)], True),
    "is a page": ([answer("<html><body>User-agent: none</body></html>", content_type="text/html")], True),
}  # kind of answer: what robots.txt answers, and whether the boards may then be fetched


def at_once(hosts: Hosts, count: int = AT_ONCE) -> list[Board]:
    return [hosts.greenhouse(f"board{number}", answer(jobs(1))) for number in range(count)]


@pytest.mark.parametrize("kind", ROBOTS)
@pytest.mark.usefixtures("impatient")
def test_with_many_requests_at_once_none_slips_through(
    hosts: Hosts, visit: Visit, monkeypatch: pytest.MonkeyPatch, figure: Figure, kind: str
) -> None:
    robots, allowed = ROBOTS[kind]
    monkeypatch.setattr(boards, "AT_ONCE", AT_ONCE)
    hosts.on(GREENHOUSE, "/robots.txt", *robots)
    seen = visit(*at_once(hosts))
    fetched = [path for path in hosts.paths(GREENHOUSE) if path != "/robots.txt"]
    if not allowed:
        figure(f"robots answer that forbids, {AT_ONCE} requests at once: {len(fetched)} fetched")
    assert len(fetched) == (AT_ONCE if allowed else 0)
    assert {snapshot.verdict for snapshot in seen.values()} == {Verdict.COMPLETE if allowed else Verdict.FAILED}
    assert allowed or all(f"robots.txt of {GREENHOUSE}" in (snapshot.reason or "") for snapshot in seen.values())


def test_robots_is_the_first_request_and_is_asked_once_by_all_spiders(hosts: Hosts, visit: Visit) -> None:
    hosts.on(GREENHOUSE, "/robots.txt", answer(OPEN))
    eu = Board("greenhouse-eu", "board1", "Board")
    visit(*at_once(hosts, 3), eu)
    paths = hosts.paths(GREENHOUSE)
    assert paths[0] == "/robots.txt"
    assert paths.count("/robots.txt") == 1


def test_the_reason_names_the_rule_that_stopped_the_visit(hosts: Hosts, visit: Visit) -> None:
    hosts.on(GREENHOUSE, "/robots.txt", answer(CLOSED))
    snapshot = visit(hosts.greenhouse("example", answer(jobs(1))))["example"]
    assert snapshot.reason == "robots.txt of boards-api.greenhouse.io disallows /v1/boards/example/jobs"


def test_a_redirect_is_asked_of_the_robots_of_the_host_it_leads_to(hosts: Hosts, visit: Visit) -> None:
    path, other = "/api/v1/widget/accounts/fen", "www.workable.com"
    hosts.on("apply.workable.com", path, answer("", 302, location=f"https://{other}/api/accounts/fen"))
    hosts.on(other, "/robots.txt", answer("User-agent: *\nDisallow: /api/\n"))
    snapshot = visit(Board("workable", "fen", "Fen"))["fen"]
    assert snapshot.reason == f"robots.txt of {other} disallows /api/accounts/fen"
    assert hosts.paths(other) == ["/robots.txt"]


@pytest.mark.parametrize(("redirects", "verdict"), [(5, Verdict.COMPLETE), (6, Verdict.FAILED)])
def test_robots_is_looked_for_through_five_redirects(
    hosts: Hosts, visit: Visit, redirects: int, verdict: Verdict
) -> None:
    chain = [answer("", 302, location=f"/robots.txt?{number}") for number in range(redirects)]
    hosts.on(GREENHOUSE, "/robots.txt", *chain, answer(OPEN))
    assert visit(hosts.greenhouse("example", answer(jobs(1))))["example"].verdict is verdict


@pytest.mark.parametrize(("rules", "verdict"), [(OPEN, Verdict.COMPLETE), (CLOSED, Verdict.FAILED)])
def test_robots_is_followed_to_any_path_of_its_own_host(
    hosts: Hosts, visit: Visit, rules: bytes, verdict: Verdict
) -> None:
    hosts.on(GREENHOUSE, "/robots.txt", answer("", 301, location="/static/robots/v2.txt"))
    hosts.on(GREENHOUSE, "/static/robots/v2.txt", answer(rules))
    assert visit(hosts.greenhouse("example", answer(jobs(1))))["example"].verdict is verdict


def test_the_reason_says_why_no_rules_came(hosts: Hosts, visit: Visit) -> None:
    hosts.on(GREENHOUSE, "/robots.txt", b"")
    reason = visit(hosts.greenhouse("example", answer(jobs(1))))["example"].reason or ""
    assert reason.startswith(f"robots.txt of {GREENHOUSE} could not be had: the connection broke: ")


def test_a_crawl_delay_holds_from_the_first_request_on(hosts: Hosts, visit: Visit) -> None:
    hosts.on(GREENHOUSE, "/robots.txt", answer(OPEN + b"Crawl-delay: 10\n"))
    visit(*at_once(hosts, 3), delay_scale=0.01)
    gaps = [after.began - before.ended for before, after in pairwise(hosts.seen)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.1


def test_a_crawl_delay_that_is_known_costs_no_wait_before_the_first_request(hosts: Hosts, visit: Visit) -> None:
    hosts.on(GREENHOUSE, "/robots.txt", answer(OPEN + b"Crawl-delay: 60\n"))
    board, waited = hosts.greenhouse("example", answer(jobs(1))), list[float]()
    visit(board, delay_scale=0.001)
    visit(board, delay_scale=0.001, waits=lambda host, seconds: waited.append(seconds))
    assert waited == []


def test_an_answer_is_kept_for_a_day(hosts: Hosts, visit: Visit, store: Store) -> None:
    hosts.on(GREENHOUSE, "/robots.txt", answer(OPEN))
    board = hosts.greenhouse("example", answer(jobs(1)))
    for hours in (0, 23, 24):
        visit(board, now=NOW + timedelta(hours=hours))
    assert hosts.paths(GREENHOUSE).count("/robots.txt") == 2


def test_what_a_replay_answers_says_nothing_of_the_real_host(hosts: Hosts, visit: Visit, store: Store) -> None:
    hosts.on(GREENHOUSE, "/robots.txt", answer(OPEN))
    visit(hosts.greenhouse("example", answer(jobs(1))))
    assert store.robots(f"https://{GREENHOUSE}") is None
    assert store.requests_on(NOW.date().isoformat(), GREENHOUSE) == 0


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_refusal_or_a_fault_is_asked_again_in_the_next_run(hosts: Hosts, visit: Visit, status: int) -> None:
    faults = [answer("", status)] * (1 if status < 429 else 3)
    hosts.on(GREENHOUSE, "/robots.txt", *faults, answer(OPEN))
    board = hosts.greenhouse("example", answer(jobs(1)))
    first, second = visit(board)["example"], visit(board)["example"]
    assert (first.verdict, second.verdict) == (Verdict.FAILED, Verdict.COMPLETE)


@pytest.mark.parametrize(("status", "passes"), [(200, True), (404, True), (400, True), (410, True), (451, True)])
@pytest.mark.parametrize("refused", [300, 301, 401, 403, 429, 500, 502, 503, 504, 599])
def test_what_an_answer_without_rules_means(status: int, passes: bool, refused: int) -> None:
    Gate.of("example.com", status, b"").check(LISTING)
    assert (Gate.of("example.com", status, b"").refusal is None) is passes
    assert Gate.of("example.com", refused, b"").refusal


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: reach\nAllow: /\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: reach\nDisallow: /\n\nUser-agent: *\nAllow: /", True),
        ("User-agent: reachlist-news\nAllow: /\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: reachlist/1.0\nDisallow: /", False),
        ("user-agent:REACHLIST\ndisallow:/", False),
        ("User-agent: other\nUser-agent: reachlist\nDisallow: /", False),
        ("User-agent: other\nSitemap: /s.xml\nUser-agent: reachlist\nDisallow: /", False),
        ("User-agent: *\rDisallow: /", False),
        ("User-agent: *\nDisallow: /v1/*/jobs$", False),
        ("User-agent: * # everyone\nDisallow: /v1/ # closed", False),
        ("Useragent: *\nDisallow: /", False),
        ("Useragent: reach\nAllow: /\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: *bots\nDisallow: /", False),
        ("# User-agent: *\n# Disallow: /", True),
        ("User-agent: *\nDisallow: /v1/\nAllow: /v1/boards/", True),
        ("Disallow: /", True),
    ],
)
def test_rules_are_read_as_rfc_9309_says(text: str, allowed: bool) -> None:
    assert Rules(text.encode()).allows(LISTING) is allowed


def test_bytes_that_are_no_text_spoil_their_line_alone() -> None:
    assert not Rules(b"# caf\xe9\nUser-agent: *\nDisallow: /v1/\n").allows(LISTING)


@pytest.mark.parametrize(
    "line", ["allow:" + " x" * 200_000, " " * 400_000, "disallow: /" + " " * 400_000 + "x", "*" * 400_000]
)
def test_a_line_without_end_is_read_as_any_other(line: str) -> None:
    """Its length costs time once, not squared: a file like this held the gate for hours."""
    assert not Rules(f"user-agent: *\n{line}\ndisallow: /v1/".encode()).allows(LISTING)


def test_rules_are_those_of_the_agent_that_asks() -> None:
    rules = b"User-agent: other\nDisallow: /\n"
    assert Rules(rules).allows(LISTING)
    assert not Rules(rules, "other").allows(LISTING)


def test_googles_cases_pass_the_gate(shared: Path, figure: Figure) -> None:
    cases = json.loads((shared / "robots" / "google_cases.json").read_text(encoding="utf-8"))
    sent = [case for case in cases if (case["test"], case["url"]) not in NOT_AS_WE_SEND]
    wrong = [c for c in sent if Rules(c["robots"].encode(), c["agent"]).allows(c["url"]) is not c["allowed"]]
    figure(f"robots: {len(cases)} cases of Google's, {len(cases) - len(sent)} not as we send, {len(wrong)} wrong")
    assert not wrong
    assert len(cases) - len(sent) == 3


def test_real_files_are_read(shared: Path, figure: Figure) -> None:
    count = 0
    with tarfile.open(shared / "robots" / "protego_test_data.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                Rules(file.read()).allows(LISTING)
                count += 1
    figure(f"robots: {count:,} real files read")
    assert count >= 4231
