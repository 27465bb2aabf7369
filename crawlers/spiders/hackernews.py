"""Hacker News, "Ask HN: Who is hiring?" (monthly). https://hn.algolia.com/api: the thread in one answer.

The alternative is https://github.com/HackerNews/API, which needs a request for each of some 500 comments.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from pipeline.models import Board, Posting

KEPT = ("id", "author", "created_at")
THREAD = "https://hn.algolia.com/api/v1/items/{page}"
INTERNS = re.compile(r"\b(interns?|internships?|co-?ops?|trainees?|werkstudent\w*|working students?)\b", re.IGNORECASE)
OPEN, CLOSE = r"(?:[\[({<]|&lt;)\s*", r"\s*(?:[\])}>]|&gt;)"
AT = rf"\s*(?:@|{OPEN}at{CLOSE}|\bat\b(?=\s+[\w-]+\s+dot\b))\s*"
DOT = rf"\s*(?:\.|{OPEN}dot{CLOSE}|\bdot\b)\s*"
EMAIL = re.compile(rf"[\w.+-]+{AT}[\w-]+(?:{DOT}[\w-]+)+", re.IGNORECASE)
LINK = re.compile(r'href="(https?:[^"\s]+)"')
TAG = re.compile(r"<[^>]*>")
ROLE = re.compile(r"\b(engineer|develop|scien|research|design|manage|lead|full|part|intern|co-?op)", re.IGNORECASE)
PLACE = re.compile(r"[^\W\d][\w .'’-]{1,30}, ?[^\W\d][\w .'’-]{1,30}")
WORKPLACES = {"remote": "remote", "hybrid": "hybrid", "onsite": "onsite", "on-site": "onsite"}


class HackerNews(BoardSpider):
    """Comments of the newest thread that mention interns; no e-mail address is kept.

    A first line is "Company | Role | Place | REMOTE | …" by custom only: where it is not, it is the title.
    """

    name = "hackernews"
    url = "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=5"
    newest_only = True

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """First the search for the thread, then the thread."""
        return scrapy.Request(self.address(THREAD if page else self.url, board, page=page))

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The newest thread's id; the account also asks who wants to be hired."""
        if "hits" not in answer:
            return None
        threads = [hit for hit in answer["hits"] if "who is hiring" in (fields.maybe(hit, "title") or "").lower()]
        if not threads:
            raise Unreadable("no thread of this name among the newest")
        return fields.ref(threads[0], "objectID")

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The comments on the thread itself, without the answers to them; a search has none."""
        if "hits" in answer:
            return []
        return [
            {name: comment.get(name) for name in KEPT} | {"text": without_addresses(comment)}
            for comment in answer["children"]
        ]

    def posting(self, row: Any, board: Board) -> Posting | None:
        """A comment; None where it was deleted or mentions no interns."""
        text = fields.markup(row, "text")
        if not INTERNS.search(TAG.sub(" ", text)):
            return None
        headline = html.unescape(" ".join(TAG.sub(" ", text.partition("<p>")[0]).split()))[: fields.MAX_LINE]
        company, *parts = [part.strip() for part in headline.split("|")]
        words = {word.lower() for part in parts for word in re.findall(r"[\w-]+", part)}
        link = LINK.search(text)
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=f"https://news.ycombinator.com/item?id={fields.ref(row, 'id')}",
            title=next((part for part in parts if INTERNS.search(part)), " | ".join(parts) or headline),
            company=company if parts else f"{fields.line(row, 'author')} on Hacker News",
            description=text,
            locations=fields.places(*(part for part in parts if PLACE.fullmatch(part) and not ROLE.search(part))),
            workplace=next((place for word, place in WORKPLACES.items() if word in words), None),
            posted=fields.moment(row, "created_at"),
            apply_url=html.unescape(link[1]) if link else None,
        )


def without_addresses(comment: Any) -> str | None:
    """The text of a comment, its e-mail addresses taken out before anything is kept of it."""
    text = fields.text(comment, "text")
    return EMAIL.sub("[e-mail address: see the post]", text) if text else None
