"""No spelling, redirect or resolver leads a request to a private address or out of the allow-list."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from crawlers import run
from crawlers.connection import client
from crawlers.middlewares.scope import check, public
from crawlers.run import crawl
from crawlers.trouble import Refused
from pipeline.config import Platform
from pipeline.models import Board, Snapshot, Verdict
from pipeline.store import Store
from tests.conftest import Figure
from tests.crawlers.hosts import GREENHOUSE, NOW, Hosts, Visit, answer, jobs

LISTED = Platform("example", "on", "a test", hosts=("api.example.com", "*.example.org", "{host}"), paths=("/v1/",))
LOOPBACK_PORT = 8080

SPELLINGS = (
    "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001",
    "127.0.0.1.", "127.000.000.001", "①②⑦.⓪.⓪.①", "127。0。0。1", "%31%32%37.0.0.1", "0", "0.0.0.0", "[::1]",
    "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[ff02::1]", "10.0.0.1", "172.16.0.1",
    "192.168.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "localhost", "LOCALHOST.",
    "localhost.localdomain", "api.example.com@127.0.0.1", "127.0.0.1#.api.example.com", "127.0.0.1\\.example.com",
)  # fmt: skip

PRIVATE = (
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::1", "::", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
    "2001:0:1::1", "2001:db8::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_of_the_open_internet(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet(address: str) -> None:
    assert public(address)


# --- what may be asked --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com/v1/boards",
        "https://API.Example.Com/v1/",
        "https://api.example.com:443/v1/",
        "https://api.example.com/robots.txt",
        "https://tenant.example.org/v1/x?y=../z",
        "https://deep.tenant.example.org/v1/x",
        "https://careers.example.net/v1/x",
    ],
)
def test_what_the_platform_lists_is_in_scope(url: str) -> None:
    check(url, LISTED, Board("example", "x", "X", (("host", "careers.example.net"),)))


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com/v1/",
        "ftp://api.example.com/v1/",
        "file:///v1/passwd",
        "https://api.example.com/v2/",
        "https://api.example.com/",
        "https://api.example.com/v1/../admin",
        "https://api.example.com/v1/%2e%2e/admin",
        "https://api.example.com/v1/%252e%252e/admin",
        "https://api.example.com/v1/..%5cadmin",
        "https://api.example.com:8443/v1/",
        "https://api.example.com:99999/v1/",
        "https://user:secret@api.example.com/v1/",
        "https://example.com/v1/",
        "https://evilapi.example.com/v1/",
        "https://api.example.com.evil.net/v1/",
        "https://example.org/v1/",
        "https://evilexample.org/v1/",
        "https://careers.example.net/v1/",
        "https:///v1/",
    ],
)
def test_what_the_platform_does_not_list_is_refused(url: str) -> None:
    with pytest.raises(Refused, match="out of scope"):
        check(url, LISTED, Board("example", "x", "X"))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_an_address_is_in_scope_even_where_a_board_names_it(spelling: str, figure: Figure) -> None:
    board = Board("example", "x", "X", (("host", spelling.strip("[]")),))
    for url in (f"https://{spelling}/v1/", f"https://{spelling}:{LOOPBACK_PORT}/v1/"):
        try:
            check(url, LISTED, board)
        except (Refused, ValueError):
            continue
        assert spelling == "localhost.localdomain", "a name like any other: refused at the socket"
    figure("spelling of a private address as a board's host: out of scope, or refused at the socket")


# --- redirects ----------------------------------------------------------------------------------------------


def away(spelling: str) -> bytes:
    return answer("", 302, location=f"https://{spelling}/v1/boards/x/jobs".encode().decode("latin-1"))


def test_no_redirect_leads_to_a_private_address(hosts: Hosts, visit: Visit, figure: Figure) -> None:
    boards = [hosts.greenhouse(f"board{n}", away(spelling)) for n, spelling in enumerate(SPELLINGS)]
    assert {snapshot.verdict for snapshot in visit(*boards).values()} == {Verdict.FAILED}
    assert len(hosts.seen) == 1 + len(boards)
    assert {seen.host for seen in hosts.seen} == {GREENHOUSE}
    figure(f"redirects to {len(boards)} spellings of a private address: 0 followed")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_redirect_of_robots_leads_to_a_private_address(
    hosts: Hosts, visit: Visit, figure: Figure, spelling: str
) -> None:
    hosts.on(GREENHOUSE, "/robots.txt", away(spelling))
    assert visit(hosts.greenhouse("example", answer(jobs(1))))["example"].verdict is Verdict.FAILED
    assert [(seen.host, seen.path) for seen in hosts.seen] == [(GREENHOUSE, "/robots.txt")]
    figure("redirect of robots.txt to a private address: 0 followed")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://example.com/v1/boards/x", "example.com is no host"),
        ("http://boards-api.greenhouse.io/v1/boards/x", "only https"),
        ("https://boards-api.greenhouse.io/admin", "is no path"),
        ("file:///etc/passwd", "out of scope"),
    ],
)
def test_a_redirect_out_of_scope_is_not_followed(hosts: Hosts, visit: Visit, location: str, reason: str) -> None:
    snapshot = visit(hosts.greenhouse("example", answer("", 302, location=location)))["example"]
    assert snapshot.verdict is Verdict.FAILED
    assert len(hosts.seen) == 2
    if not location.startswith("file"):
        assert reason in (snapshot.reason or "")


def test_a_redirect_in_scope_is_followed(hosts: Hosts, visit: Visit) -> None:
    hosts.greenhouse("renamed", answer(jobs(2)))
    board = hosts.greenhouse("example", answer("", 301, location="/v1/boards/renamed/jobs"))
    assert visit(board)["example"].verdict is Verdict.COMPLETE


def test_where_a_page_sends_browsers_nothing_is_asked(hosts: Hosts, visit: Visit) -> None:
    refresh = '<html><head><meta http-equiv="refresh" content="0; url=/v1/boards/renamed/jobs"></head></html>'
    visit(hosts.greenhouse("example", answer(refresh, content_type="text/html")))
    assert "/v1/boards/renamed/jobs" not in hosts.paths(GREENHOUSE)


def test_nothing_at_a_denied_domain_is_asked_whatever_the_files_say(
    hosts: Hosts, visit: Visit, platforms: dict[str, Platform], figure: Figure
) -> None:
    """Named as a board's host, listed as a platform's, or at the end of a redirect."""
    opened = platforms | {
        "greenhouse": replace(platforms["greenhouse"], hosts=(GREENHOUSE, "*.linkedin.com")),
        "careers": replace(platforms["careers"], hosts=("*.indeed.com", "{host}")),
    }
    sent_on = hosts.greenhouse("example", answer("", 302, location="https://www.linkedin.com/v1/boards/x/jobs"))
    careers = [Board("careers", host, "X", (("host", host),)) for host in ("de.indeed.com", "www.google.com")]
    seen = visit(sent_on, *careers, platforms=opened)
    assert {snapshot.verdict for snapshot in seen.values()} == {Verdict.FAILED}
    assert all("is never asked" in (snapshot.reason or "") for snapshot in seen.values())
    assert {request.host for request in hosts.seen} == {GREENHOUSE}
    figure("denied domains as a board's host, a platform's and a redirect's: 0 asked")


# --- addresses that a page names ------------------------------------------------------------------------------

SITE = "careers.example.com"
CAREERS = Board("careers", "example", "Example", (("host", SITE),))


def written(address: str) -> str:
    """An address as text of an XML or JSON document."""
    return address.replace("&", "&amp;")


@pytest.mark.parametrize("element", ["url", "sitemap"])
def test_no_sitemap_leads_to_a_private_address(hosts: Hosts, visit: Visit, figure: Figure, element: str) -> None:
    root = {"url": "urlset", "sitemap": "sitemapindex"}[element]
    entries = (f"<{element}><loc>{written(f'https://{s}/jobs/ml-intern')}</loc></{element}>" for s in SPELLINGS)
    hosts.on(SITE, "/sitemap.xml", answer(f"<{root}>{''.join(entries)}</{root}>"))
    assert visit(CAREERS)["example"].verdict is not Verdict.COMPLETE
    assert {seen.host for seen in hosts.seen} == {SITE}
    figure(f"<{element}> of a sitemap at {len(SPELLINGS)} spellings of a private address: 0 asked")


def test_no_address_stated_by_a_job_page_is_asked(hosts: Hosts, visit: Visit, figure: Figure) -> None:
    pages = [f"/jobs/ml-intern-{number}" for number in range(len(SPELLINGS))]
    entries = (f"<url><loc>https://{SITE}{page}</loc></url>" for page in pages)
    hosts.on(SITE, "/sitemap.xml", answer(f"<urlset>{''.join(entries)}</urlset>"))
    for page, spelling in zip(pages, SPELLINGS, strict=True):
        there = f"https://{spelling}/jobs/1"
        stated: dict[str, Any] = {
            "@type": "JobPosting",
            "title": "ML Intern",
            "description": "Text.",
            "url": there,
            "sameAs": there,
        }
        stated["hiringOrganization"] = {"@type": "Organization", "name": "Example", "sameAs": there, "logo": there}
        hosts.on(SITE, page, answer(f'<script type="application/ld+json">{json.dumps(stated)}</script>'))
    snapshot = visit(CAREERS)["example"]
    assert len(snapshot.postings) == len(SPELLINGS)
    assert {seen.host for seen in hosts.seen} == {SITE}
    figure(f"JSON-LD that states {len(SPELLINGS)} spellings of a private address: 0 asked")


# --- the socket ---------------------------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port of this machine that counts who comes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


class Resolver(AbstractResolver):
    """Answers every name with the next of the addresses given."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = iter(addresses)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = next(self.addresses)
        version = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=port, family=version, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing is open."""


async def fetched(url: str, *addresses: str) -> str | None:
    """Why a request did not go out; None where it did."""
    async with client(None, Resolver(*addresses) if addresses else None) as session:
        try:
            async with session.get(url, timeout=aiohttp.ClientTimeout(total=5)):
                return None
        except (aiohttp.ClientError, ValueError) as error:
            return str(error)


@pytest.mark.parametrize("spelling", [s for s in SPELLINGS if "@" not in s and "#" not in s and "\\" not in s])
def test_no_spelling_of_an_address_is_connected_to(listener: socket.socket, figure: Figure, spelling: str) -> None:
    port = listener.getsockname()[1]
    assert asyncio.run(fetched(f"http://{spelling}:{port}/")) is not None
    with pytest.raises(BlockingIOError):
        listener.accept()
    figure("spelling of a private address asked for: 0 connections")


@pytest.mark.parametrize("address", [address for address in PRIVATE if "%" not in address])
def test_what_a_resolver_says_is_checked_on_the_socket(listener: socket.socket, figure: Figure, address: str) -> None:
    port = listener.getsockname()[1]
    reason = asyncio.run(fetched(f"http://api.example.com:{port}/", address))
    assert "is no public address" in (reason or "")
    with pytest.raises(BlockingIOError):
        listener.accept()
    figure("private address from a resolver: 0 connections")


def test_a_resolver_that_changes_its_answer_gains_nothing(listener: socket.socket) -> None:
    url = f"http://api.example.com:{listener.getsockname()[1]}/"

    async def twice() -> None:
        async with client(None, Resolver("10.0.0.1", "127.0.0.1")) as session:
            for _ in range(2):
                with pytest.raises(aiohttp.ClientConnectorError, match="is no public address"):
                    await session.get(url)
                session.connector.clear_dns_cache()  # type: ignore[union-attr]

    asyncio.run(twice())
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_name_of_this_machine_that_leads_elsewhere_is_not_connected_to() -> None:
    async def ask() -> None:
        async with client(("localhost", 80), Resolver("192.0.2.1")) as session:
            await session.get("http://localhost/")

    with pytest.raises(aiohttp.ClientConnectorError, match="is not this machine"):
        asyncio.run(ask())


# --- certificates -------------------------------------------------------------------------------------------


def test_a_certificate_nobody_vouches_for_is_refused(self_signed: int) -> None:
    async def ask() -> None:
        async with client(("127.0.0.1", self_signed)) as session, session.get(f"https://localhost:{self_signed}/"):
            pass

    with pytest.raises(aiohttp.ClientConnectorCertificateError):
        asyncio.run(ask())


def test_a_connection_to_another_address_is_the_users_word_alone(hosts: Hosts, visit: Visit, platforms: Any) -> None:
    """`--connect-to` sends everything to one address; the scope still holds."""
    narrow = platforms | {"greenhouse": replace(platforms["greenhouse"], paths=("/v9/",))}
    snapshot = visit(hosts.greenhouse("example", answer(jobs(1))), platforms=narrow)["example"]
    assert "is no path of greenhouse" in (snapshot.reason or "")
    assert not hosts.seen


def test_a_private_address_is_a_refusal_in_words_and_not_retried(
    store: Store, platforms: dict[str, Platform], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crawl without `--connect-to`, where the resolver leads to this machine."""
    resolver = Resolver(*["127.0.0.1"] * 9)
    monkeypatch.setattr(run, "client", lambda connect_to: client(connect_to, resolver))
    board, kept = Board("greenhouse", "example", "Example"), list[Snapshot]()
    crawl([board], platforms=platforms, store=store, run=store.begin_run("x"), now=NOW, progress=kept.append)
    (snapshot,) = kept
    assert snapshot.verdict is Verdict.FAILED
    assert (snapshot.reason or "").endswith("out of scope: 127.0.0.1 is no public address")
    assert len(list(resolver.addresses)) == 8
