"""listings.json of SimplifyJobs, and of vanshb03, which began as its copy. https://github.com/SimplifyJobs"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.github_lists import ListSpider, untracked
from pipeline.models import Board, Posting

FACTS = {"Sponsorship": "sponsorship", "Category": "category", "Season": "season"}
LISTS = {"Terms": "terms", "Degrees": "degrees"}


class Simplify(ListSpider):
    """Links to employers' own pages, and what is known of each; the texts are there.

    The repository is named anew every season; both keep the file on the same branch.
    """

    name = "simplify"
    branch = "dev"
    file = ".github/scripts/listings.json"

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The entries; an id that was copied by hand names none of them, their links do."""
        often = Counter(str(row.get("id")) for row in answer if isinstance(row, dict))
        copied = {name for name, count in often.items() if count > 1}
        return [
            row | {"id": row.get("url")} if isinstance(row, dict) and str(row.get("id")) in copied else row
            for row in answer
        ]

    def posting(self, row: Any, board: Board) -> Posting | None:
        """An entry that is active and shown; its facts are the description, "Other" is none."""
        if not (fields.flag(row, "active") and fields.flag(row, "is_visible")):
            return None
        known = {name: fields.maybe(row, key) for name, key in FACTS.items()}
        known |= {name: ", ".join(fields.lines(row, key)) for name, key in LISTS.items()}
        facts = (
            f"{name}: {html.escape(said, quote=False)}" for name, said in known.items() if said and said != "Other"
        )
        return Posting(
            board=board.id,
            ref=fields.ref(row, "id"),
            url=untracked(fields.url(row, "url")),
            title=fields.line(row, "title"),
            company=fields.line(row, "company_name"),
            description="".join(f"<p>{fact}</p>" for fact in facts),
            locations=fields.lines(row, "locations"),
            posted=fields.epoch(row, "date_posted"),
            updated=fields.epoch(row, "date_updated"),
        )
