"""What a posting is for: an internship or not, how near its work is to machine learning, one opening or a pool.

The title decides where it tells; what the body speaks of decides where it does not, or where it speaks
loudly against the title. Reads the layers `internship`, `internship_body`, `role_title`, `role_body`, `pool`.
"""

from __future__ import annotations

from collections import Counter

from pipeline.models import Claim
from pipeline.reading.scan import Hit, View
from pipeline.reading.topic import Topic

SILENT = ("location", "field", "legal", "benefits", "process")  # sections that say nothing of the work
COMPANY = 0.3  # what the company does counts less than what the intern does
MUCH = 8  # mentions from which a body speaks loudly


def read(view: View) -> Topic:
    """internship, ml_role, pool; each with the words that decided it."""
    topic = Topic()
    title = next((block.end for block in view.document.blocks[:1] if block.kind == "title"), 0)
    for key, (value, hit) in (
        ("internship", _internship(view, title)),
        ("ml_role", _role(view, title)),
        ("pool", _pool(view, title)),
    ):
        topic.values[key] = value
        if hit:
            topic.claims.append(Claim(key, value, view.quote(hit.start, hit.end)))
    return topic


def _internship(view: View, title: int) -> tuple[bool, Hit | None]:
    header = view.hits("internship", 0, title)
    for block in view.document.blocks:
        if block.kind == "field":
            header = header + view.hits("internship", block.start, block.end)
    said = view.hits("internship_body", title)
    for hit in (*(hit for hit in header if hit.concept == "yes"), *(hit for hit in said if hit.concept == "offered")):
        return True, hit
    for hit in header:
        if hit.concept == "no":
            return False, hit
    return (True, said[0]) if said else (False, None)


def _pool(view: View, title: int) -> tuple[bool, Hit | None]:
    for hit in view.hits("pool"):
        if hit.concept == "body" or hit.start < title:
            return True, hit
    return False, None


def _role(view: View, title: int) -> tuple[str, Hit | None]:
    hits = view.hits("role_title", 0, title)
    body = _evidence(view, title)
    role = _judge({hit.concept for hit in hits}, body["core"], body["data"], body["software"])
    shown = [*hits, *view.hits("role_body", title)]
    return role, next((hit for hit in shown if hit.concept == role), None)


def _evidence(view: View, title: int) -> Counter[str]:
    """How often the body speaks of models, of data and of software."""
    count: Counter[str] = Counter()
    for hit in view.hits("role_body", title):
        section = view.section(hit.start)
        if section not in SILENT:
            count[hit.concept] += COMPANY if section == "company" else 1  # type: ignore[assignment]
    return count


def _judge(title: set[str], core: float, data: float, software: float) -> str:
    """The codebook's role from what the title names and how much the body speaks of each kind of work."""
    if "core" in title:
        if "data" in title and data >= max(MUCH, 1.5 * core):
            return "data"
        return "adjacent" if software >= max(3 * MUCH, 5 * core) else "core"
    if "data" in title:
        if software >= MUCH and software >= 5 * data and core <= 1:
            return "none"  # “Data Plane Engineer”
        return "core" if core >= MUCH and core > data else "data"
    if "adjacent" in title:
        if core >= MUCH / 2 and core >= data and core >= 0.8 * software:
            return "core"
        if "none" in title:
            return "none"
        return "data" if data >= MUCH / 2 and data > software and data >= 2 * core else "adjacent"
    if "none" in title:
        return "none"
    if core >= 3 and core > data and core >= software:
        return "core"
    if data >= MUCH and data > software and data >= 3 * core:
        return "data"
    return "adjacent" if core >= 2 and MUCH / 2 <= software <= MUCH * core else "none"
