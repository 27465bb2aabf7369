"""Serves a recorded world on loopback, for the demo, the tests and debugging.

A world is a folder; its `world.json` lists answers as
`{"url", "method", "status", "headers", "body", "match_body"}`, where `body` names another file of the folder.
The answer to a request is the one recorded for its method, host and path whose query contradicts it nowhere
and agrees with it most. One with a `match_body` is for requests whose JSON body has all of it. To anything
else the answer is 404: nothing is invented here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded answer, and the request it answers."""

    host: str
    path: str
    method: str
    query: Mapping[str, list[str]]
    status: int
    headers: Mapping[str, str]
    body: Path | None
    match_body: Any = None

    @classmethod
    def of(cls, entry: Mapping[str, Any], directory: Path) -> Self:
        """One entry of `world.json`. Raises KeyError, TypeError, ValueError or AttributeError for what is none."""
        url = urlsplit(entry["url"])
        return cls(
            host=url.netloc.lower(),
            path=unquote(url.path) or "/",
            method=entry.get("method", "GET").upper(),
            query=parse_qs(url.query, keep_blank_values=True),
            status=int(entry.get("status", 200)),
            headers={name: str(value) for name, value in (entry.get("headers") or {}).items()},
            body=directory / entry["body"] if entry.get("body") else None,
            match_body=entry.get("match_body"),
        )

    def content(self) -> bytes:
        """The recorded bytes. Raises OSError where the file is not there."""
        return self.body.read_bytes() if self.body else b""

    def shared_parameters(self, query: Mapping[str, list[str]]) -> int | None:
        """How many query parameters agree; None where one differs."""
        both = self.query.keys() & query.keys()
        return len(both) if all(self.query[name] == query[name] for name in both) else None


@dataclass(frozen=True, slots=True)
class World:
    """The recorded answers of a folder, by method, host and path."""

    answers: Mapping[tuple[str, str, str], list[Recorded]] = field(default_factory=dict)

    @classmethod
    def load(cls, directory: Path) -> World:
        """Read `world.json`; raises OSError or ValueError where it is absent or is not a list of answers."""
        path = directory / "world.json"
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path}: no JSON: {error}") from error
        if not isinstance(entries, list):
            raise ValueError(f"{path}: not a list of answers")
        answers: dict[tuple[str, str, str], list[Recorded]] = defaultdict(list)
        for number, entry in enumerate(entries, 1):
            try:
                recorded = Recorded.of(entry, directory)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                what = f"no {error}" if isinstance(error, KeyError) else str(error)
                raise ValueError(f"{path}: answer {number} cannot be read: {what}") from error
            answers[recorded.method, recorded.host, recorded.path].append(recorded)
        return cls(answers)

    def answer(self, method: str, host: str, target: str, body: bytes = b"") -> Recorded | None:
        """The recorded answer to a request; `target` is its path with the query."""
        url = urlsplit(f"//{host}{target}")
        query = parse_qs(url.query, keep_blank_values=True)
        best: tuple[int, Recorded] | None = None
        for recorded in self.answers.get((method, host.lower(), unquote(url.path) or "/"), ()):
            shared = recorded.shared_parameters(query)
            if shared is None or not contains(body, recorded.match_body):
                continue
            if best is None or shared > best[0]:
                best = shared, recorded
        return best[1] if best else None


def contains(body: bytes, part: Any) -> bool:
    """Whether a request's JSON body holds `part`: objects by their keys, everything else by equality."""
    if part is None:
        return True
    try:
        return _within(json.loads(body), part)
    except ValueError:
        return False


def _within(whole: Any, part: Any) -> bool:
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            key in whole and _within(whole[key], value) for key, value in part.items()
        )
    return bool(whole == part)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet, or each answer waits 40 ms for an acknowledgement
    disable_nagle_algorithm = True
    world: World

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        recorded = self.world.answer(self.command, self.headers.get("Host", ""), self.path, body)
        status, headers, payload = 404, {"content-type": "text/plain"}, b"not recorded\n"
        if recorded is not None:
            try:
                payload = recorded.content()
                status, headers = recorded.status, dict(recorded.headers)
            except OSError as error:
                status, payload = 500, f"{error.filename}: {error.strerror}\n".encode()
        if status in {204, 304}:
            payload = b""
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(payload)

    do_GET = do_POST = do_HEAD = _serve

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: the crawl reports, not the world."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is not an event."""


def server(directory: Path, port: int = 0) -> ThreadingHTTPServer:
    """A bound, not yet running server of the world in `directory`; port 0 takes any free one."""
    handler = type("Handler", (_Handler,), {"world": World.load(directory)})
    return _Server((LOOPBACK, port), handler)


@contextmanager
def serve(directory: Path, port: int = 0) -> Iterator[str]:
    """Serve the world in `directory` while the block runs; gives `host:port`, as `--connect-to` takes it."""
    with server(directory, port) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"{LOOPBACK}:{running.server_address[1]}"
        finally:
            running.shutdown()
            thread.join()
