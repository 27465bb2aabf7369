"""Cards: the places of an HTML or plain text that show one job each, around a link to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from crawlers.fields import Unreadable
from crawlers.importers.building import Found
from crawlers.importers.links import Link, link

MOST_TAGS = 50_000  # of one text: more is no mail and no page that a person reads
LONGEST = 4_000_000  # characters of one text
DEEPEST = 8  # steps from a link to its card
NOISE = re.compile(  # whole lines that are no part of a job: buttons, ages, ratings
    r"(view|see|show) (job|all|more|details|posting)\b.*|(easy |quick )?apply( now| here)?|save( job)?|new!?"
    r"|easily apply|promoted|actively (recruiting|hiring)|be an early applicant"
    r"|(posted )?(\d+\+? ?\w+ ago|today|just now)"
    r"|yesterday|just posted|[\d.,]+ ?★?|\W+|read more|responsive employer|unsubscribe|flag as irrelevant",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s+[·•|]\s+|\s+[–—-]\s+")  # what stands between employer and place
RULE = re.compile(r"\s*[-=_*]{4,}\s*$")
ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")


def soup(text: str) -> BeautifulSoup:
    """The tree of an HTML text. Raises Unreadable where it is larger than any that a person reads."""
    if len(text) > LONGEST or text.count("<") > 2 * MOST_TAGS:
        raise Unreadable(f"HTML of more than {LONGEST:,} characters or {MOST_TAGS:,} elements: not read")
    tree = BeautifulSoup(text, "lxml")
    for hidden in tree(["script", "style", "noscript", "template", "head"]):
        if hidden.name != "head":
            hidden.decompose()
    return tree


def html_cards(tree: BeautifulSoup, source: str | None = None, everything: bool = False) -> Iterator[Found]:
    """The jobs that a page or mail links to; `everything`: links to any site count, as in a Google alert."""
    anchors: dict[str, list[Tag]] = {}
    links: dict[str, Link] = {}
    for anchor in tree.find_all("a", href=True):
        try:
            found = link(str(anchor["href"]))
        except Unreadable:
            continue
        wrapped = everything and urlsplit(str(anchor["href"])).path == "/url" and found.site is None
        if found.job or (wrapped and "google." not in (urlsplit(found.url).hostname or "")):
            anchors.setdefault(found.url, []).append(anchor)
            links[found.url] = found
    shows: dict[int, set[str]] = {}  # element -> the jobs that are linked within it
    for url, several in anchors.items():
        for anchor in several:
            for element in _around(anchor):
                shows.setdefault(id(element), set()).add(url)
    for url, several in anchors.items():
        lines = [_lines(anchor) for anchor in several]
        yield _found(links[url], next((one for one in lines if one), []), _lines(_card(several[0], shows)), source)


def text_cards(text: str, source: str | None = None) -> Iterator[Found]:
    """The jobs of a plain text: the lines above a link to a job."""
    above: list[str] = []
    seen: set[str] = set()
    for line in text[:LONGEST].splitlines():
        address = ADDRESS.search(line)
        if address:
            try:
                found = link(address[0])
            except Unreadable:
                continue
            if found.job and above and found.url not in seen:
                seen.add(found.url)
                yield _found(found, above, above, source)
            above = []
        elif RULE.match(line) or (not line.strip() and len(above) > 3):
            above = []
        elif line.strip() and not NOISE.fullmatch(line.strip()):
            above.append(" ".join(line.split()))


def _around(anchor: Tag) -> list[Tag]:
    """A link and the elements around it, as far as a card reaches."""
    parents = takewhile(lambda parent: parent.name not in ("body", "html", "[document]"), anchor.parents)
    return [anchor, *islice(parents, DEEPEST)]


def _card(anchor: Tag, shows: dict[int, set[str]]) -> Tag:
    """The widest element around a link that shows no other job; the link itself, where a link stands in it."""
    alone = takewhile(lambda element: len(shows[id(element)]) == 1, _around(anchor))
    return [anchor, *alone][-1]


def _lines(element: Tag) -> list[str]:
    texts = (" ".join(text.split()) for text in element.get_text("\n").splitlines())
    return [text for text in texts if text and not NOISE.fullmatch(text)]


def _found(job: Link, linked: list[str], lines: list[str], source: str | None) -> Found:
    """A card's lines are title, employer, place; some sites name the employer first."""
    first = bool(job.site and job.site.company_first)
    usual = 1 if first and len(lines) > 1 else 0
    at = lines.index(linked[0]) if len(linked) == 1 and linked[0] in lines else usual
    title = lines[at] if lines else None
    rest = [part for line in lines[at + 1 :] for part in BETWEEN.split(line) if part]
    said = [lines[at - 1], *rest] if first and at else rest if job.site else []
    company, place = [*said, None, None][:2]
    return Found(job.url, title, company, place, "\n".join(lines), source=source)
