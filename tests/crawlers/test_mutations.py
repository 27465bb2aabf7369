"""Answers bent at random: each is read, or refused with a reason; none is a traceback, none takes a second."""

from __future__ import annotations

import json
import random
import time
from dataclasses import fields
from typing import Any

import pytest

from crawlers.fields import MAX_DESCRIPTION, Unreadable
from crawlers.run import spider, spider_names
from pipeline.models import Board, Pay, Posting
from tests.conftest import Figure
from tests.crawlers.test_golden import sample

JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 10**30, "", " ", "x", "\x00", "\ud800", "\u202e", "javascript:alert(1)",
    "https://[", "http://", "9" * 5000, "<" * 1000, "&lt;" * 500, "&amp;" * 500, "2026-13-45", "é" * 2000,
    "x" * 300_000, "<" * 300_000, "a@" * 150_000, " " * 300_000 + "x",
    [], [None], [[]], {}, {"name": {}}, {"id": []}, [{"a": 1}] * 50,
)  # fmt: skip
TEXTS = {field.name for field in fields(Posting)} - {"locations", "pay"}


def bent(value: Any, chance: random.Random) -> Any:
    """The value with one node replaced, removed, doubled or wrapped."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        key = chance.choice(sorted(value))
        action = chance.random()
        if action < 0.1:
            return {name: entry for name, entry in value.items() if name != key}
        return value | {key: bent(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        index = chance.randrange(len(value))
        if chance.random() < 0.1:
            return [*value, *value]
        return [*value[:index], bent(value[index], chance), *value[index + 1 :]]
    return chance.choice(JUNK)


def broken(body: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them lost, changed or repeated."""
    at, length = chance.randrange(len(body)), chance.randrange(1, 50)
    middle = chance.choice([b"", bytes(chance.randrange(256) for _ in range(length)), body[at : at + length] * 2, b"["])
    return chance.choice([body[:at], body[:at] + middle + body[at + length :], body[at:]])


def mutated(body: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.3 or not body.lstrip().startswith((b"[", b"{")):
        return broken(body, chance)
    value = json.loads(body)
    for _ in range(chance.randrange(1, 4)):
        value = bent(value, chance)
    return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def assert_sound(posting: Posting) -> None:
    """Every field has its type, and can be written anywhere."""
    for name in TEXTS:
        value = getattr(posting, name)
        assert value is None or value.encode().decode() == value, name
    assert posting.ref and posting.title and posting.url.startswith(("http://", "https://"))
    assert len(posting.description.encode()) <= MAX_DESCRIPTION
    assert all(place and place.encode().decode() == place for place in posting.locations)
    assert posting.pay is None or isinstance(posting.pay, Pay)


@pytest.mark.parametrize("name", sorted(spider_names()))
def test_a_bent_answer_is_read_or_refused_with_a_reason(name: str, long_form: bool, figure: Figure) -> None:
    platform, chance = spider(name), random.Random(name)
    path = sample(platform)
    assert path is not None
    body, board = path.read_bytes(), Board(name, "example", "Example", tuple((o, "x") for o in platform.options))
    read = refused = 0
    slowest = 0.0
    for _ in range(1000 if long_form else 150):
        answer = mutated(body, chance)
        began = time.process_time()
        try:
            page = platform.parse(answer, board)
        except Unreadable as reason:
            assert str(reason)
            refused += 1
        else:
            read += 1
            assert page.listed == len(page.postings) + page.ignored + len(page.rejected)
            assert all(record.reason and len(record.evidence) <= 2000 for record in page.rejected)
            for posting in page.postings:
                assert_sound(posting)
        slowest = max(slowest, time.process_time() - began)
    figure(f"mutated answers, {name}: {read} read, {refused} refused, slowest {slowest:.3f} s")
    assert read
    assert refused


DETAILED = [name for name in sorted(spider_names()) if sample(spider(name), ".detail")]


@pytest.mark.parametrize("name", DETAILED)
def test_a_bent_text_of_one_posting_is_read_or_refused_with_a_reason(
    name: str, long_form: bool, figure: Figure
) -> None:
    platform, chance = spider(name), random.Random(name)
    listing, detail = sample(platform), sample(platform, ".detail")
    assert listing is not None and detail is not None
    board = Board(name, "example", "Example", tuple((option, "x") for option in platform.options))
    listed, body = platform.parse(listing.read_bytes(), board).postings[0], detail.read_bytes()
    read = refused = 0
    for _ in range(1000 if long_form else 50):
        try:
            assert_sound(platform.complete(mutated(body, chance), listed, board))
            read += 1
        except Unreadable as reason:
            assert str(reason)
            refused += 1
    figure(f"mutated texts, {name}: {read} read, {refused} refused")
    assert read
    assert refused
