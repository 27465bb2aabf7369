"""Hosts on loopback whose every answer a test writes."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.models import Board, Snapshot

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
GREENHOUSE = "boards-api.greenhouse.io"

Visit = Callable[..., dict[str, Snapshot]]  # boards in, snapshots by slug out: the fixture `visit`
Astray = Callable[[str, str], None]  # the fixture `astray`
Answer = bytes | Callable[[socket.socket], None]
NOWHERE = {  # ways not to reach a host, and how each is told; the fixture `astray` leads there
    "nobody listens": "no connection: ",
    "nobody knows the name": "the host's name is not known",
    "nobody vouches for the certificate": "the connection broke: the certificate of ",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as the server saw it; times in seconds of the monotonic clock."""

    host: str
    path: str
    headers: dict[str, str]
    began: float
    ended: float


def answer(body: bytes | str | Any = b"", status: int = 200, **headers: str) -> bytes:
    """A whole HTTP answer; anything but bytes and text is sent as JSON. `retry_after=` is Retry-After."""
    if not isinstance(body, bytes | str):
        body, headers = json.dumps(body), {"content_type": "application/json"} | headers
    payload = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(payload)}", "Connection: close"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + payload


def job(number: int, **fields: Any) -> dict[str, Any]:
    """One Greenhouse job."""
    url = f"https://job-boards.greenhouse.io/example/jobs/{number}"
    place = {"name": "Bern"}
    return {"id": number, "title": f"ML Intern {number}", "absolute_url": url, "location": place} | fields


def jobs(count: int, **more: Any) -> dict[str, Any]:
    """A Greenhouse board of `count` jobs."""
    return {"jobs": [job(number) for number in range(1, count + 1)], "meta": {"total": count}} | more


class Hosts(socketserver.ThreadingTCPServer):
    """Every host of the internet, at one loopback port; what no test wrote answers 404."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.answers: dict[tuple[str, str], list[Answer]] = {}
        self.seen: list[Seen] = []
        self.busy: dict[str, int] = defaultdict(int)
        self.most_busy: dict[str, int] = defaultdict(int)
        self.guard = threading.Lock()
        self.released = threading.Event()

    @property
    def at(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def on(self, host: str, path: str, *answers: Answer) -> None:
        """Give these answers in turn, the last of them for ever; `path` without its query."""
        self.answers[host, path] = list(answers)

    def greenhouse(self, slug: str, *answers: Answer) -> Board:
        """A Greenhouse board that gives these answers."""
        self.on(GREENHOUSE, f"/v1/boards/{slug}/jobs", *answers)
        return Board("greenhouse", slug, slug.title())

    def paths(self, host: str) -> list[str]:
        """What was asked of a host, in order."""
        return [seen.path.partition("?")[0] for seen in self.seen if seen.host == host]

    def next_answer(self, host: str, path: str) -> Answer:
        answers = self.answers.get((host, path), [answer("nothing here", 404)])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is not an event."""


class _Request(socketserver.StreamRequestHandler):
    server: Hosts

    def handle(self) -> None:
        began = time.monotonic()
        head = self.rfile.readline().decode("latin-1").split()
        if len(head) < 2:
            return
        headers = {}
        while (line := self.rfile.readline().decode("latin-1").strip()) != "":
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        host, path = headers.get("host", ""), head[1]
        server = self.server
        with server.guard:
            server.busy[host] += 1
            server.most_busy[host] = max(server.most_busy[host], server.busy[host])
            found = server.next_answer(host, path.partition("?")[0])
        # noted before the last byte leaves: after it, the crawl goes on, and this thread may be kept waiting
        if not callable(found):
            self.note(Seen(host, path, headers, began, time.monotonic()))
            self.wfile.write(found)
            return
        try:
            found(self.connection)
        finally:
            self.note(Seen(host, path, headers, began, time.monotonic()))

    def note(self, seen: Seen) -> None:
        with self.server.guard:
            self.server.busy[seen.host] -= 1
            self.server.seen.append(seen)


def stall(connection: socket.socket) -> None:
    """Say nothing until the other side hangs up."""
    with suppress(OSError):
        connection.settimeout(10)
        connection.recv(1)
