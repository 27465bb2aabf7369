"""Posts of "Who is hiring?" threads: a comment's text in, a Posting's fields out; no e-mail address is kept.

A first line is "Company | Role | Place | REMOTE | …" by custom only. What may not enter: where the posts come from.
"""

from __future__ import annotations

import html
import re
from typing import Any

from crawlers import fields
from crawlers.records import workplace

INTERNS = re.compile(r"\b(interns?|internships?|co-?ops?|trainees?|werkstudent\w*|working students?)\b", re.IGNORECASE)
OPEN, CLOSE = r"(?:[\[({<]|&lt;)\s*", r"\s*(?:[\])}>]|&gt;)"
AT = rf"\s*(?:@|{OPEN}at{CLOSE}|\bat\b(?=\s+[\w-]+\s+dot\b))\s*"
DOT = rf"\s*(?:\.|{OPEN}dot{CLOSE}|\bdot\b)\s*"
EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}+{AT}[\w-]++(?>(?:{DOT}[\w-]++)+)", re.IGNORECASE)
LINK = re.compile(r'href="(https?:[^"\s]+)"')
TAG = re.compile(r"<[^<>]*>")
ROLE = re.compile(r"\b(engineer|develop|scien|research|design|manage|lead|full|part|intern|co-?op)", re.IGNORECASE)
PLACE = re.compile(r"[^\W\d][\w .'’-]{1,30}, ?[^\W\d][\w .'’-]{1,30}")


def without_addresses(comment: Any, name: str = "text") -> str | None:
    """The text of a comment, its e-mail addresses taken out before anything is kept of it."""
    text = fields.text(comment, name)
    return EMAIL.sub("[e-mail address: see the post]", text) if text else None


def mentions_interns(text: str) -> bool:
    """Whether a post, in HTML, speaks of interns."""
    return INTERNS.search(TAG.sub(" ", text)) is not None


def read(text: str, author: str) -> dict[str, Any]:
    """What a post says, in HTML: title, company, description, places, workplace and the first link.

    Where its first line is not as custom has it, that line is the title and the author stands for the company.
    """
    first = html.unescape(" ".join(TAG.sub(" ", text.partition("<p>")[0]).split()))[: fields.MAX_LINE]
    company, *parts = [part.strip() for part in first.split("|")]
    words = (word for part in parts for word in re.findall(r"[\w-]+", part))
    link = LINK.search(text)
    return {
        "title": next((part for part in parts if INTERNS.search(part)), " | ".join(parts) or first),
        "company": company if parts and company else f"{author} on Hacker News",
        "description": text,
        "locations": fields.places(*(part for part in parts if PLACE.fullmatch(part) and not ROLE.search(part))),
        "workplace": next((found for word in words if (found := workplace({"word": word}, "word"))), None),
        "apply_url": html.unescape(link[1]) if link else None,
    }
