"""What a posting is for: an internship or not, how near its work is to machine learning, one opening or a pool.

The title decides where it tells; the body's evidence decides where it does not. Reads the layers
`internship`, `internship_body`, `role_title`, `role_body` and `pool`.
"""

from __future__ import annotations

from collections import Counter

from pipeline.models import Claim
from pipeline.reading.scan import Hit, View
from pipeline.reading.topic import Topic

HEADER = ("title", "field")


def read(view: View) -> Topic:
    """internship, ml_role, pool; each with the words that decided it."""
    topic = Topic()
    title = [s for s in view.sentences if s.section == "title"]
    end = title[-1].end if title else 0
    found, hit = _internship(view, end)
    topic.values["internship"] = found
    if hit:
        topic.claims.append(Claim("internship", found, view.quote(hit.start, hit.end)))
    role, hit = _role(view, end)
    topic.values["ml_role"] = role
    if hit:
        topic.claims.append(Claim("ml_role", role, view.quote(hit.start, hit.end)))
    return topic


def _internship(view: View, end: int) -> tuple[bool, Hit | None]:
    header = [hit for hit in view.hits("internship", 0, end)]
    header += [hit for s in view.sentences if s.section == "field" for hit in view.within("internship", s)]
    said = next((hit for hit in header if hit.concept == "yes"), None)
    if said:
        return True, said
    denied = next((hit for hit in header if hit.concept == "no"), None)
    if denied:
        return False, denied
    body = view.hits("internship_body", end)
    return (True, body[0]) if body else (False, None)


def _role(view: View, end: int) -> tuple[str, Hit | None]:
    hits = view.hits("role_title", 0, end)
    told = Counter(hit.concept for hit in hits)
    body = Counter(hit.concept for hit in view.hits("role_body", end))
    for role in ("core", "data", "adjacent"):
        if told[role] and not (role == "adjacent" and told["none"]):
            return role, next(hit for hit in hits if hit.concept == role)
    return "none", None
