"""The replay serves a recorded world as its format says, and nothing else."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawlers.replay import World, serve

ENTRIES: list[dict[str, Any]] = [
    {"url": "https://one.example/jobs?page=1&size=50", "body": "first"},
    {"url": "https://one.example/jobs?page=2&size=50", "body": "second"},
    {"url": "https://one.example/jobs", "body": "bare"},
    {"url": "https://two.example/jobs?page=1", "body": "other host"},
    {"url": "https://one.example/search", "method": "POST", "body": "posted", "match_body": {"q": {"words": ["ml"]}}},
    {"url": "https://one.example/search", "method": "POST", "body": "anything"},
    {"url": "https://one.example/a%20b", "body": "spaced"},
    {"url": "https://one.example/gone", "status": 410},
    {"url": "https://one.example/headers", "headers": {"ETag": '"v1"', "Content-Length": "9999"}, "body": "headed"},
]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    for entry in ENTRIES:
        if "body" in entry:
            (tmp_path / entry["body"]).write_text(entry["body"], encoding="utf-8")
    (tmp_path / "world.json").write_text(json.dumps(ENTRIES), encoding="utf-8")
    return tmp_path


@pytest.fixture
def at(world: Path) -> Iterator[str]:
    with serve(world) as address:
        yield address


def ask(at: str, url: str, body: str | None = None) -> tuple[int, str, http.client.HTTPMessage]:
    host, _, path = url.partition("/")
    with closing(http.client.HTTPConnection(at, timeout=10)) as connection:
        connection.request("GET" if body is None else "POST", f"/{path}", body, {"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("one.example/jobs?page=1&size=50", "first"),
        ("one.example/jobs?size=50&page=2", "second"),
        ("one.example/jobs?page=2", "second"),
        ("one.example/jobs?page=2&extra=1", "second"),
        ("one.example/jobs?page=3", "bare"),
        ("one.example/jobs", "first"),
        ("ONE.example/jobs?page=1&size=50", "first"),
        ("one.example/a%20b", "spaced"),
        ("two.example/jobs?page=1", "other host"),
    ],
)
def test_a_request_gets_the_answer_that_shares_most_and_contradicts_nothing(at: str, url: str, body: str) -> None:
    assert ask(at, url)[:2] == (200, body)


@pytest.mark.parametrize(
    "url", ["one.example/robots.txt", "two.example/jobs?page=2", "three.example/jobs", "one.example/jobs/"]
)
def test_what_is_not_recorded_answers_404(at: str, url: str) -> None:
    assert ask(at, url)[0] == 404


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        ('{"q": {"words": ["ml"], "more": 1}, "offset": 0}', "posted"),
        ('{"q": {"words": ["ml", "ai"]}}', "anything"),
        ("not json", "anything"),
    ],
)
def test_a_body_must_contain_what_is_recorded(at: str, sent: str, body: str) -> None:
    assert ask(at, "one.example/search", sent)[:2] == (200, body)


def test_status_and_headers_are_those_recorded_and_the_length_is_true(at: str) -> None:
    assert ask(at, "one.example/gone")[:2] == (410, "")
    _, body, headers = ask(at, "one.example/headers")
    assert (headers["ETag"], headers["Content-Length"], body) == ('"v1"', "6", "headed")


def test_a_folder_that_is_no_world_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        World.load(tmp_path)
