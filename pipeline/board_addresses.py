"""Which board an address shows: the patterns of config/platforms.yaml against a careers, job or embed URL.

A pattern is `host/path?query` with words in braces: `{slug}`, `{site}`, … take a label of the host, a segment of the
path or the value of a parameter, `{slug=owner/*}` what matches after the sign, `{locale}` a language segment that may
be missing; a word that begins with `_` is not kept. A path may go on. Nothing is requested, and nothing is known here
that the address does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from pipeline.config import Platform, denied, is_name
from pipeline.models import Board

WORD = re.compile(r"\{(\w+)(?:=([^}]*))?\}")
LOCALE = r"(?:[a-z]{2}(?:[-_][A-Za-z]{2,4})?/)?"
LABEL, SEGMENT = r"[\w-]+(?:\.[\w-]+)*?", r"[^/]+"
NEVER = {
    "www",
    "api",
    "app",
    "embed",
    "wday",
    "help",
    "support",
    "login",
    "developers",
    "docs",
    "blog",
    "j",
    "jobs",
    "apply",
}
OWN_HOST = "{host}"  # among the hosts of platforms.yaml: the board's own
GUESSES = {"gh_jid": "greenhouse", "ashby_jid": "ashby"}  # what employers' own pages carry of a platform
SUBDOMAINS = {"www", "careers", "career", "jobs", "job", "apply", "join", "work", "boards", "explore"}
SECOND_LEVEL = {"co", "com", "ac", "org", "net"}  # of a country: example.co.uk


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address shows."""

    platform: Platform
    board: Board | None  # None: of a platform that is denied
    guessed: bool = False  # the address shows the platform; the board's name is taken from its host


@dataclass(frozen=True, slots=True)
class _Page:
    """One pattern, compiled."""

    platform: str
    host: re.Pattern[str]
    path: re.Pattern[str]
    parameters: tuple[tuple[str, str], ...]  # (parameter, word)


def shown(address: str, platforms: Mapping[str, Platform]) -> Shown | None:
    """The board at `address`, or the one of a posting there; None where no platform has such pages."""
    try:
        parts = urlsplit(address.strip() if "://" in address else f"https://{address.strip()}")
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme.lower() not in ("https", "http"):
        return None
    if never := denied(host, platforms):
        return Shown(never, None)
    parameters = dict(parse_qsl(parts.query))
    pages = _pages(tuple((name, platform.pages) for name, platform in platforms.items()))
    for page in (*pages.get(_domain(host), ()), *pages[""]):
        found = _match(page, host, parts.path, parameters)
        if found is not None:
            platform = platforms[page.platform]
            return Shown(platform, _board(platform, host, found))
    return _guess(host, parameters, platforms)


def asked(board: Board) -> tuple[str, ...]:
    """What a visit to a board asks, whatever the board is called: the host and site that it says, else its name."""
    host = board.option("host") or ""
    tenant = board.option("tenant") or host.partition(".")[0]
    said = (host, tenant, board.option("site") or "", board.option("collection") or "")
    return tuple(word.lower() for word in (board.platform, *(said if any(said) else (board.slug,))))


def _match(page: _Page, host: str, path: str, parameters: Mapping[str, str]) -> dict[str, str] | None:
    """The words that a pattern finds, None where it does not fit."""
    at, below = page.host.fullmatch(host), page.path.match(path)
    if not at or not below or any(not parameters.get(name) for name, _ in page.parameters):
        return None
    said = {word: parameters[name] for name, word in page.parameters}
    written = at.groupdict() | below.groupdict()
    words = {word: unquote(value) for word, value in written.items()} | said
    if not all(map(is_name, (*written.values(), *words.values()))) or any("/" in value for value in said.values()):
        return None
    return None if words.get("slug", "").lower() in NEVER or words.get("site") == "wday" else words


def _board(platform: Platform, host: str, words: dict[str, str]) -> Board:
    """The board that the words name; one of a host and a site is named by both."""
    if platform.boards is not None:
        return Board(platform.name, platform.boards, platform.name)
    own = host.partition(".")[0]
    tenant = words.get("tenant") or own
    slug = words.pop("slug", None) or "/".join(filter(None, (tenant, words.get("site"))))
    options = {
        name: said for name, said in words.items() if not name.startswith("_") and (name, said) != ("tenant", own)
    }
    return Board(platform.name, slug, slug.partition("/")[0], tuple(sorted(options.items())))


def _guess(host: str, parameters: Mapping[str, str], platforms: Mapping[str, Platform]) -> Shown | None:
    """The board of an employer's own page that carries a platform's parameter: the name of its domain."""
    labels = [label for label in host.split(".")[:-1] if label not in SUBDOMAINS]
    if len(labels) > 1 and labels[-1] in SECOND_LEVEL:
        labels.pop()
    platform = platforms.get(parameters.get("ats", ""))
    if platform and OWN_HOST in platform.hosts and labels:  # on the employer's own host, whose feed is the board
        return Shown(platform, Board(platform.name, labels[-1], labels[-1], (("host", host),)))
    for parameter, name in GUESSES.items():
        if parameter in parameters and labels and name in platforms:
            return Shown(platforms[name], Board(name, labels[-1], labels[-1]), guessed=True)
    return None


@lru_cache(maxsize=8)
def _pages(patterns: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, list[_Page]]:
    """Patterns by the domain they speak of, "" for those of any; those that ask for more of an address first."""
    pages: dict[str, list[_Page]] = {"": []}
    every = sorted(((pattern, name) for name, several in patterns for pattern in several), key=lambda one: -len(one[0]))
    for pattern, name in every:
        domain = _domain(re.split(r"[/?]", WORD.sub(lambda word: word[2] or "{", pattern))[0])
        pages.setdefault("" if "{" in domain else domain, []).append(_compiled(name, pattern))
    return pages


def _domain(host: str) -> str:
    """The last two labels."""
    return ".".join(host.rsplit(".", 2)[-2:])


def _compiled(platform: str, pattern: str) -> _Page:
    place, _, query = pattern.partition("?")
    host, slash, path = place.partition("/")
    parameters = tuple(_parameters(query))
    end = r"(?:/.*)?$" if path else ""
    rule = f"/{_rule(path, SEGMENT)}{end}" if slash else ""
    return _Page(platform, re.compile(_rule(host, LABEL)), re.compile(rule), parameters)


def _parameters(query: str) -> Iterator[tuple[str, str]]:
    for pair in filter(None, query.split("&")):
        name, _, word = pair.partition("=")
        yield name, word.strip("{}")


def _rule(pattern: str, word: str) -> str:
    """A pattern as a regular expression with a group for each of its words."""
    rule, end = "", 0
    for found in WORD.finditer(pattern):
        rule += re.escape(pattern[end : found.start()])
        name, form = found.groups()
        one = "[^/.]+" if word == LABEL else SEGMENT
        rule += (
            LOCALE
            if name == "locale"
            else f"(?P<{name}>{re.escape(form).replace(chr(92) + '*', one) if form else word})"
        )
        end = found.end()
        if name == "locale":
            end += 1  # the slash belongs to it
    return rule + re.escape(pattern[end:])
