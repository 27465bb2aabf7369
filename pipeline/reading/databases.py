"""Hyperscan databases, kept from one start to the next: compiling takes seconds, loading milliseconds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, MutableMapping, Sequence
from importlib.metadata import version

import hyperscan

LENGTH = 8  # bytes before each database of a kept file that tell its size

Request = tuple[Sequence[tuple[str, bool]], int]  # (expression, does case count) of each pattern; flags of all


def databases(requests: Sequence[Request], kept: MutableMapping[str, bytes]) -> list[hyperscan.Database]:
    """One database for each request, from what was compiled before where it still fits this machine."""
    key = hashlib.sha256(repr((version("hyperscan"), requests)).encode()).hexdigest()[:24]
    if key in kept:
        try:
            loaded = [_load(content) for content in _unpacked(kept[key])]
        except (hyperscan.error, EOFError):  # written by another build of the library, or not whole
            loaded = []
        if len(loaded) == len(requests):
            return loaded
    made = [_compile(*request) for request in requests]
    kept[key] = b"".join(len(content).to_bytes(LENGTH) + content for content in map(hyperscan.dumpb, made))
    return made


def _compile(patterns: Sequence[tuple[str, bool]], flags: int) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[text.encode() for text, _ in patterns],
        ids=list(range(len(patterns))),
        flags=[flags | (0 if exact else hyperscan.HS_FLAG_CASELESS) for _, exact in patterns],
    )
    return database


def _load(content: bytes) -> hyperscan.Database:
    database = hyperscan.loadb(content, hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return database


def _unpacked(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at : at + LENGTH])
        at += LENGTH + size
        if at > len(content):
            raise EOFError
        yield content[at - size : at]
