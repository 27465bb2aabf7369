"""Hacker News, "Ask HN: Who is hiring?" (monthly). https://hn.algolia.com/api: the thread in one answer.

Where that is not there, or a board says `feed: firebase`: https://github.com/HackerNews/API, a request a comment.
"""

from collections.abc import Sequence
from typing import Any

import scrapy

from crawlers import fields
from crawlers.boards import BoardSpider
from crawlers.fields import Unreadable
from crawlers.hiring_posts import mentions_interns, read, without_addresses
from crawlers.records import Record
from pipeline.models import Board, Posting

FIRST = {
    "algolia": "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=5",
    "firebase": "https://hacker-news.firebaseio.com/v0/user/whoishiring.json",
}
ITEM = {
    "algolia": "https://hn.algolia.com/api/v1/items/{page}",
    "firebase": "https://hacker-news.firebaseio.com/v0/item/{page}.json",
}


class HackerNews(BoardSpider):
    """Comments of the newest thread that mention interns; no e-mail address is kept."""

    name = "hackernews"
    feeds = tuple(FIRST)
    newest_only = True
    longest = 1_500  # answers: by Firebase, one for each comment
    page = "https://news.ycombinator.com/item?id={ref}"
    record = Record(ref="id", posted="at")

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """First what the account asked last, then the items that `page` names, one by one."""
        feed = self.options_of(board)["feed"]
        return scrapy.Request(ITEM[feed].format(page=page[0]) if page else FIRST[feed])

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The ids still to be asked, None at the end; the account also asks who wants to be hired."""
        if fields.dig(answer, "submitted"):
            return tuple(answer["submitted"][:6])
        if fields.dig(answer, "hits") is not None:
            return None if rows else (_thread(answer["hits"], "objectID"),)
        if fields.dig(answer, "type") == "story" and "children" not in answer:
            if page[1:] and not _is_thread(answer):
                return page[1:]
            _thread([answer], "id")
            return tuple(answer.get("kids") or ()) or None
        if answer is None and not page:
            raise Unreadable("no such account")
        return (page[1:] if page else ()) or None

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """Comments on a thread itself, without the answers to them; accounts, stories and searches have none."""
        if answer is None or "submitted" in answer:
            return []
        if not answer.keys() & {"hits", "children", "type"}:
            raise Unreadable("neither a search, nor an account, nor an item")
        if "hits" in answer:
            comments = [hit for hit in answer["hits"] if hit.get("comment_text") is not None]
            return [_comment(hit, "objectID", "comment_text", "created_at") for hit in comments]
        if "children" in answer:
            return [_comment(child, "id", "text", "created_at") for child in answer["children"]]
        return [_comment(answer, "id", "text", "time")] if answer.get("type") == "comment" else []

    def posting(self, row: Any, board: Board) -> Posting | None:
        """A comment; None where it was deleted or mentions no interns."""
        text = fields.markup(row, "text")
        if not mentions_interns(text):
            return None
        return self.read(row, board, **read(text, fields.line(row, "author")))


def _comment(row: Any, ref: str, text: str, at: str) -> dict[str, Any]:
    author = row.get("author") or row.get("by")
    return {"id": row.get(ref), "author": author, "at": row.get(at), "text": without_addresses(row, text)}


def _is_thread(story: Any) -> bool:
    return "who is hiring" in (fields.maybe(story, "title") or "").lower()


def _thread(stories: Sequence[Any], ref: str) -> str:
    """The id of the newest thread of the right name."""
    found = next((story for story in stories if _is_thread(story)), None)
    if found is None:
        raise Unreadable("no thread of this name among the newest")
    return fields.ref(found, ref)
