"""Pages saved from a browser: what they state for search engines (JSON-LD) first, what they show next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector

from crawlers.fields import MAX_LINE, Unreadable
from crawlers.importers.building import Found
from crawlers.importers.cards import html_cards, soup
from crawlers.importers.links import link
from crawlers.importers.mail import CONTAINER, MAX_PARTS
from crawlers.schema_org import job_postings

MAX_PAGE = 4_000_000  # bytes of HTML
MAX_ARCHIVE = 60_000_000  # bytes, pictures included
SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
NAMED = re.compile(r"(?P<company>.+?) hiring (?P<title>.+?) in (?P<location>.+?) \| LinkedIn$")
AT = re.compile(r"\s+(?:at|@)\s+(?P<company>\S[^|–—·]{0,80}?)\s*(?:$|[|–—·]|\s-\s)")  # behind the title of the job


def page(path: Path, complain: Callable[[str], None]) -> Iterator[Found]:
    """The jobs of a saved .html. Raises Unreadable."""
    with path.open("rb") as file:
        yield from _jobs(file.read(MAX_PAGE + 1), None)


def archive(path: Path, complain: Callable[[str], None]) -> Iterator[Found]:
    """The jobs of a saved .mhtml (RFC 2557): those of its first HTML part. Raises Unreadable."""
    if path.stat().st_size > MAX_ARCHIVE:
        raise Unreadable(f"larger than {MAX_ARCHIVE:,} bytes: not read")
    raw = path.read_bytes()
    if len(CONTAINER.findall(raw)) > MAX_PARTS:
        raise Unreadable(f"more than {MAX_PARTS} parts within parts: not read")
    try:
        mail = BytesParser(policy=policy.compat32).parsebytes(raw)
        part = next((one for one in mail.walk() if one.get_content_type() == "text/html"), None)
    except (ValueError, LookupError, RecursionError) as error:
        raise Unreadable(f"not a saved page that can be read: {error}") from error
    content = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(content, bytes):
        raise Unreadable("no HTML in it")
    yield from _jobs(content, str(mail["Snapshot-Content-Location"] or part["Content-Location"] or "") or None)


def _jobs(body: bytes, address: str | None) -> Iterator[Found]:
    if len(body) > MAX_PAGE:
        raise Unreadable(f"HTML of more than {MAX_PAGE:,} bytes: not read")
    text = _decoded(body)
    tree = soup(text)
    address = address or _address(tree, text)
    try:
        stated = job_postings(text.encode("utf-8", "replace"))
    except Unreadable:
        stated = []
    for job in stated:
        yield Found(_own(job.get("url")) or address or "", structured=job)
    if not stated:
        yield from _shown(tree, address)


def _decoded(body: bytes) -> str:
    try:
        return body.decode(EncodingDetector.find_declared_encoding(body, is_html=True) or "utf-8", "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _shown(tree: BeautifulSoup, address: str | None) -> Iterator[Found]:
    """The one job that a page shows, where its address names one or it links to none; else those it links to."""
    cards = [] if address and _names_a_job(address) else list(html_cards(tree))
    if cards:
        yield from cards
        return
    heading = tree.find("h1")
    if address is None or heading is None:
        raise Unreadable("no JSON-LD, no heading or no address of its own: which job it shows cannot be told")
    title = heading.get_text(" ", strip=True)
    shown = tree.title.get_text(" ", strip=True)[:MAX_LINE] if tree.title else ""
    company, location = None, None
    if named := NAMED.match(shown):
        company, location = named["company"], named["location"]
    elif title and (employer := AT.match(shown.partition(title)[2])):
        company = employer["company"]
    body = tree.find("main") or tree.find("article") or tree.body or tree
    yield Found(address, title, company, location, body.decode_contents(), source="pages")


def _address(tree: BeautifulSoup, text: str) -> str | None:
    """What the page says its own address is."""
    canonical, shared = tree.find("link", rel="canonical"), tree.find("meta", property="og:url")
    saved = SAVED_FROM.search(text[:4_000])
    said = (canonical and canonical.get("href"), shared and shared.get("content"), saved and saved[1])
    return next((found for one in said if (found := _own(one))), None)


def _own(value: object) -> str | None:
    """A web address, or None."""
    try:
        return link(value).url if isinstance(value, str) else None
    except Unreadable:
        return None


def _names_a_job(address: str) -> bool:
    return link(address).job is not None
