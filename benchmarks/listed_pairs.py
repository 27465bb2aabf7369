"""Pairs of postings with a known answer, from the community lists of ../shared/listings: by where one applies.

Rows of one apply id are the same job; rows of one employer with other ids are not. The ids are read here by a rule of
its own, which knows no platform: any long number or unique id of the address, else the address itself.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from pipeline.models import Posting

LISTS = Path(__file__).parent.parent.parent / "shared" / "listings"
ID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<!\d)\d{6,}(?!\d)|[0-9a-f]{20,}"
    r"|(?<=/)\d{4,6}(?=[/-]|$)|(?<=_)[a-z]{0,4}-?\d{4,}(?=(?:-\d{1,2})?(?:/|$))|(?<=/job/)[a-z\d]{8}$"
)
YEAR = re.compile(r"20[12]\d")
NAMED = (
    "gh_jid",
    "token",
    "pid",
    "jobid",
    "id",
    "job",
    "opportunityid",
    "ashby_jid",
    "position",
    "r",
    "rid",
    "jk",
    "j",
)
CELL = re.compile(r'href="([^"]+)"')
TAG = re.compile(r"<[^>]+>")
Pair = frozenset[str]


def listed() -> list[Posting]:
    """Every row of the lists, JSON and Markdown, as a posting without text."""
    rows = [(path.stem, *row) for path in sorted(LISTS.glob("*.json")) for row in _of_json(path)]
    rows += [(path.stem, *row) for path in sorted(LISTS.glob("*.md")) for row in _of_table(path)]
    return [
        Posting(f"list/{stem}", str(number), url, title, company, "", places, posted=posted)
        for number, (stem, company, title, places, url, posted) in enumerate(rows)
    ]


Row = tuple[str, str, tuple[str, ...], str, str | None]


def _of_json(path: Path) -> Iterator[Row]:
    content = json.loads(path.read_text(encoding="utf-8"))
    for row in content.values() if isinstance(content, dict) else content:
        company, second = row.get("company") or row["company_name"], row.get("date_posted")
        posted = datetime.fromtimestamp(second, UTC).date().isoformat() if second else row.get("posted_at")
        yield company, row["title"], tuple(row["locations"]), row["url"], posted


def _of_table(path: Path) -> Iterator[Row]:
    """Rows `| company | title | place | … | link | age |`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.strip().strip("|").split(" | ")
        links = CELL.findall(cells[-2]) if line.startswith("| <a ") else []
        if links:
            company, title, place = (html.unescape(TAG.sub("", cell)).strip() for cell in cells[:3])
            yield company, title, (place,), html.unescape(links[0]), None


def apply_ids(url: str) -> frozenset[str]:
    """What names the job in an address; empty where nothing does."""
    parts = urlsplit(unquote(url.strip()).lower())
    found = [one for one in ID.findall(parts.path) if not YEAR.fullmatch(one)][-1:]
    found += [value for name, value in parse_qsl(parts.query) if name in NAMED and any(map(str.isdigit, value))]
    if found:
        return frozenset(found)
    path = parts.path.rstrip("/")
    return frozenset({f"{(parts.hostname or '').removeprefix('www.')}{path}"}) if path else frozenset()


def pairs(postings: Iterable[Posting], employer: Callable[[str], str]) -> tuple[set[Pair], set[Pair]]:
    """Pairs of posting ids that are one job, and those that are two jobs of one employer."""
    same: set[Pair] = set()
    other: set[Pair] = set()
    by_employer = defaultdict(list)
    for posting in postings:
        ids = apply_ids(posting.url)
        if ids:
            by_employer[employer(posting.company)].append((posting, ids))
    for group in by_employer.values():
        for (one, ids), (two, others) in combinations(group, 2):
            (same if ids & others else other).add(frozenset((one.id, two.id)))
    return same, other
