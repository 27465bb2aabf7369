"""Cards: the places of an HTML or plain text that show one job each, around a link to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from crawlers.fields import Unreadable
from crawlers.importers.building import Found
from crawlers.importers.lines import FOOTER, HEADER, INLINE, NOISE, SENTENCE, said_in, title_first
from crawlers.importers.links import Link, link

MOST_TAGS = 50_000  # of one text: more is no mail and no page that a person reads
LONGEST = 4_000_000  # characters of one text
DEEPEST = 8  # steps from a link to its card
BEHIND = 60  # pieces of text after a link that stands among other cards without one around it
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
    of = {id(anchor): url for url, several in anchors.items() for anchor in several}
    for url, several in anchors.items():
        linked = next((one for one in map(_lines, several) if one), [])
        lines = _lines(_card(several[0], shows))
        if len(lines) < 2:
            lines = _behind(next((one for one in several if _lines(one)), several[0]), url, of)
        if lines and not (links[url].opaque and FOOTER.search(" ".join(linked or lines))):
            yield _found(links[url], linked, lines, source)


def text_cards(text: str, source: str | None = None) -> Iterator[Found]:
    """The jobs of a plain text: the paragraph above a link to a job, or what follows a title with its link."""
    above: list[list[str]] = [[]]  # paragraphs since the last link or rule
    seen: set[str] = set()
    lines = text[:LONGEST].splitlines()
    for number, line in enumerate(lines):
        address = ADDRESS.search(line)
        if address is None:
            if RULE.match(line):
                above = [[]]
            elif not line.strip():
                above.append([])
            elif not NOISE.fullmatch(line.strip()) and not HEADER.match(line.strip()):
                above[-1].append(" ".join(line.split()))
            continue
        try:
            found = link(address[0])
        except Unreadable:
            continue
        before = INLINE.sub("", line[: address.start()]).strip(" \t<([:-")
        if found.job and found.url not in seen and not (found.opaque and FOOTER.search(line)):
            sentence = SENTENCE.search(line)
            if sentence:
                card = [sentence["title"], sentence["company"], sentence["location"]]
            elif before and not NOISE.fullmatch(before):
                after = takewhile(
                    lambda later: later.strip() and not ADDRESS.search(later), lines[number + 1 : number + 6]
                )
                card = [before, *(" ".join(later.split()) for later in after)]
            else:
                card = next(
                    (part for part in reversed(above) if len(part) > 1), next(filter(None, reversed(above)), [])
                )
            if card:
                seen.add(found.url)
                yield _found(found, card, card, source)
        above = [[]]


def _around(anchor: Tag) -> list[Tag]:
    """A link and the elements around it, as far as a card reaches."""
    parents = takewhile(lambda parent: parent.name not in ("body", "html", "[document]"), anchor.parents)
    return [anchor, *islice(parents, DEEPEST)]


def _card(anchor: Tag, shows: dict[int, set[str]]) -> Tag:
    """The widest element around a link that shows no other job; the link itself, where a link stands in it."""
    alone = takewhile(lambda element: len(shows[id(element)]) == 1, _around(anchor))
    return [anchor, *alone][-1]


def _behind(anchor: Tag, url: str, of: dict[int, str]) -> list[str]:
    """The lines from a link to the next job's, where no element holds this job alone."""
    texts: list[str] = []
    for element in islice(anchor.next_elements, BEHIND):
        if isinstance(element, Tag) and of.get(id(element), url) != url:
            break
        if isinstance(element, NavigableString):
            texts.append(str(element))
    return _clean("\n".join(texts))


def _lines(element: Tag) -> list[str]:
    return _clean(element.get_text("\n"))


def _clean(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line and not NOISE.fullmatch(line)]


def _found(job: Link, linked: list[str], lines: list[str], source: str | None) -> Found:
    """A card's lines are title, employer, place; some sites name the employer first."""
    first = bool(job.site and job.site.company_first and not title_first(lines))
    usual = 1 if first and len(lines) > 1 else 0
    at = lines.index(linked[0]) if len(linked) == 1 and linked[0] in lines else usual
    title = lines[at] if lines else None
    rest = said_in(lines[at + 1 :])
    said = [lines[at - 1], *rest] if first and at else rest if job.site else []
    company, place = [*said, None, None][:2]
    return Found(job.url, title, company, place, "\n".join(lines), source=source)
