"""Which machine visits a board, so that no host is met from two: boards are divided by registrable domain.

The domains are those of the hosts a platform lists (middlewares/scope.py lets no request go anywhere else), by the
public suffix list that comes with tldextract; nothing is fetched. https://publicsuffix.org
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache

from tldextract import TLDExtract

from pipeline.config import Platform
from pipeline.models import Board


def shard(boards: Sequence[Board], platforms: Mapping[str, Platform], number: int, count: int) -> list[Board]:
    """The boards that machine `number` of `count` (from 1) visits; the same on every machine.

    Where a board may meet hosts of several domains, those stay together. A domain's machine depends on its name
    alone: adding boards moves none.
    """
    leaders: dict[str, str] = {}

    def leader(domain: str) -> str:
        while leaders.setdefault(domain, domain) != domain:
            domain = leaders[domain]
        return domain

    met = {board: domains(board, platforms) for board in boards}
    for names in met.values():
        first, *others = sorted({leader(name) for name in names})
        for other in others:
            leaders[other] = first
    return [board for board in boards if _number(leader(met[board][0]), count) == number]


def domains(board: Board, platforms: Mapping[str, Platform]) -> list[str]:
    """The registrable domains that a visit to a board may meet, in the order of platforms.yaml."""
    platform = platforms.get(board.platform)
    patterns = platform.hosts if platform else ()
    named = [(board.option(host.strip("{}")) or "") if host.startswith("{") else host for host in patterns]
    return [_registrable(host.removeprefix("*.").lower()) for host in named] or [board.platform]


def _number(domain: str, count: int) -> int:
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % count + 1


@cache
def _registrable(host: str) -> str:
    return _suffixes()(host).top_domain_under_public_suffix or host


@cache
def _suffixes() -> TLDExtract:
    return TLDExtract(cache_dir=None, suffix_list_urls=())
