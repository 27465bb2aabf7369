"""listings.json of SimplifyJobs, and of vanshb03, which began as its copy. https://github.com/SimplifyJobs"""

import html
from collections import Counter
from collections.abc import Sequence
from typing import Any

from crawlers import fields
from crawlers.github_lists import ListSpider, untracked
from crawlers.records import Record, words
from pipeline.models import Board, Posting

FACTS = {
    "Sponsorship": "sponsorship",
    "Category": "category",
    "Season": "season",
    "Terms": "terms",
    "Degrees": "degrees",
}
SPONSORSHIP = ("Other", "Offers Sponsorship", "Does Not Offer Sponsorship", "U.S. Citizenship is Required")


class Simplify(ListSpider):
    """Links to employers' own pages, and what is known of each; the texts are there.

    The repository is named anew every season; both keep the file on the same branch.
    """

    name = "simplify"
    defaults = (("branch", "dev"),)
    file = ".github/scripts/listings.json"

    record = Record(
        ref="id", title="title", company="company_name", locations="locations", posted="date_posted",
        updated="date_updated",
    )  # fmt: skip
    expected = (("sponsorship", SPONSORSHIP),)

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The entries; an id that was copied by hand names none of them, their links do."""
        if not isinstance(answer, list):
            raise fields.wrong("listing", "a list", answer)
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
        known = {name: words(row, key) for name, key in FACTS.items()}
        facts = (
            f"<p>{name}: {html.escape(said, quote=False)}</p>"
            for name, said in known.items()
            if said not in (None, "Other")
        )
        return self.read(row, board, url=untracked(fields.url(row, "url")), description="".join(facts))
