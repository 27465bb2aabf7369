"""Jobs of companies that Y Combinator backs: the pages of its directory. https://www.ycombinator.com/companies"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawlers.answers import html_records
from crawlers.fields import Unreadable
from crawlers.job_pages import JobPages
from pipeline.models import Board

PAGE = "https://www.ycombinator.com/companies/{slug}/jobs"


class YCombinatorJobs(JobPages):
    """The links on a company's page of jobs; each job's own page states it as JSON-LD.

    Unverified against an answer: the links. A company without jobs has a page without such links.
    """

    name = "ycjobs"
    url = PAGE

    def decode(self, body: bytes) -> Any:
        """The links to jobs of this company; other companies' may stand beside them."""
        if b"ycombinator" not in body.lower():
            raise Unreadable("not a page of Y Combinator")
        return html_records(body, "a[href*='/jobs/']", url="::attr(href)")

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """Each address once."""
        page = self.address(PAGE, board)
        links = dict.fromkeys(urljoin(page, link["url"] or "").partition("?")[0] for link in answer)
        return [{"url": link} for link in links if urlsplit(link).path.startswith(f"{urlsplit(page).path}/")]
