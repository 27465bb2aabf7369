"""Whatever the network does, the crawl goes on, nothing is closed falsely, and the reason is one line."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from contextlib import suppress
from datetime import timedelta

import aiohttp
import brotli
import pytest

from pipeline.models import Board, State, Verdict
from pipeline.store import Store
from tests.conftest import Figure
from tests.crawlers.hosts import NOW, NOWHERE, Answer, Astray, Hosts, Visit, answer, job, stall

pytestmark = pytest.mark.usefixtures("impatient")

LEVER = "api.lever.co"
PATH = "/v0/postings/example"
BIG = b" " * (24 * 1024 * 1024)  # more than an answer may be


def rows(first: int, count: int) -> list[dict[str, str]]:
    return [
        {"id": f"id-{number}", "text": f"Intern {number}", "hostedUrl": f"https://jobs.lever.co/example/{number}"}
        for number in range(first, first + count)
    ]


def reset(connection: socket.socket) -> None:
    """Hang up rudely, in the middle of the answer."""
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{"id": "id-1", ')
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drip(connection: socket.socket) -> None:
    """A byte now and then, for ever."""
    with suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(200):
            connection.sendall(b" ")
            time.sleep(0.05)


def endless_headers(connection: socket.socket) -> None:
    """Headers, and never a body."""
    with suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(100_000):
            connection.sendall(f"X-{number}: {'x' * 100}\r\n".encode())


def zstd_bomb() -> bytes:
    try:
        from compression import zstd  # noqa: PLC0415
    except ImportError:
        from backports import zstd  # noqa: PLC0415
    return zstd.compress(BIG)


FAULTS: dict[str, Answer] = {
    "hangs up at once": b"",
    "no HTTP at all": b"SSH-2.0-OpenSSH_9.9\r\n",
    "reset in the middle of the body": reset,
    "a short body": b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{"id": "id-1"}',
    "a drip": drip,
    "a stall": stall,
    "a bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[{}]\r\n0\r\n\r\n",
    "a chunk too few": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[{\r\n",
    "a length too small": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[{\"id\": \"id-1\"}]",
    "a length that is no number": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n[]",
    "endless headers": endless_headers,
    "a redirect in a circle": answer("", 302, location=PATH + "?mode=json&skip=0&limit=100"),
    "a redirect to another host": answer("", 302, location="https://example.com/"),
    "a downgrade": answer("", 302, location=f"http://{LEVER}{PATH}"),
    "a redirect to nowhere": answer("", 302),
    "408": answer("", 408),
    "425": answer("", 425),
    "429": answer("", 429),
    "500": answer("", 500),
    "502": answer("", 502),
    "503 and a date far away": answer("", 503, retry_after="Fri, 31 Dec 9999 23:59:59 GMT"),
    "504": answer("", 504),
    "520": answer("", 520),
    "999": answer("", 999),
    "a gzip bomb": answer(gzip.compress(BIG), content_encoding="gzip"),
    "a brotli bomb": answer(brotli.compress(BIG, quality=1), content_encoding="br"),
    "a zstd bomb": answer(zstd_bomb(), content_encoding="zstd"),
    "a body too large": answer(BIG),
    "broken compression": answer(b"\x1f\x8b\x08 not gzip", content_encoding="gzip"),
    "another charset": answer('[{"id": "id-1", "text": "Prüfer"}]'.encode("utf-16"), content_type="text/plain"),
    "HTML where JSON was due": answer("<!doctype html><title>Sorry</title>", content_type="text/html"),
    "JSON of another shape": answer({"error": "no"}),
    "JSON nested without end": answer("[" * 100_000),
    "an empty body": answer(""),
}  # fmt: skip


@pytest.mark.parametrize("fault", ["a gzip bomb", "a brotli bomb", "a zstd bomb", "a body too large"])
def test_nothing_is_read_beyond_16_megabytes(hosts: Hosts, visit: Visit, fault: str) -> None:
    hosts.on(LEVER, PATH, FAULTS[fault])
    reason = visit(Board("lever", "example", "Example"))["example"].reason or ""
    assert reason.startswith("the answer is too large")


@pytest.mark.parametrize("fault", [*FAULTS, *NOWHERE])
@pytest.mark.parametrize("place", ["first page", "later page"])
def test_a_fault_is_one_boards_reason_and_closes_nothing(
    hosts: Hosts, visit: Visit, store: Store, astray: Astray, figure: Figure, *, fault: str, place: str
) -> None:
    board = Board("lever", "example", "Example")
    other = hosts.greenhouse("other", answer({"jobs": [job(1)]}))
    hosts.on(LEVER, PATH, answer(rows(0, 100)), answer(rows(100, 20)))
    assert visit(board)["example"].verdict is Verdict.COMPLETE
    for day in (1, 2):
        before = [answer(rows(0, 100))] if place == "later page" else []
        hosts.on(LEVER, PATH, *before, FAULTS.get(fault, b""))
        if fault in NOWHERE:
            astray("skip=100" if before else "skip=0", fault)
        seen = visit(board, other, now=NOW + timedelta(days=day))
        assert seen["other"].verdict in (Verdict.COMPLETE, Verdict.UNCHANGED)
        assert seen["example"].verdict is (Verdict.PARTIAL if before else Verdict.FAILED)
        assert seen["example"].reason
        assert "\n" not in seen["example"].reason
        assert NOWHERE.get(fault, "") in seen["example"].reason
    states = [listing.state for listing in store.listings() if listing.posting.board == board.id]
    assert states == [State.OPEN] * 120
    figure(f"fault in the {place}, two days running: 0 of {len(states)} postings closed, the other board complete")


def test_a_certificate_is_told_whatever_the_library_says_beside_it(
    hosts: Hosts, visit: Visit, astray: Astray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some versions of aiohttp have no error of the operating system in it."""

    def absent(error: Exception) -> None:
        raise AttributeError("_os_error")

    monkeypatch.setattr(aiohttp.ClientConnectorCertificateError, "os_error", property(absent), raising=False)
    hosts.on(LEVER, PATH, b"")
    astray("skip=0", "nobody vouches for the certificate")
    reason = visit(Board("lever", "example", "Example"))["example"].reason or ""
    assert NOWHERE["nobody vouches for the certificate"] in reason
