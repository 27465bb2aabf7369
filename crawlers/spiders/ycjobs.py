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

    Unverified against an answer: the links. A company without jobs has a page that links to the company alone.
    """

    name = "ycjobs"
    url = PAGE

    def decode(self, body: bytes) -> Any:
        """The links to companies and their jobs; other companies' may stand beside this one's."""
        return html_records(body, "a[href*='/companies/']", url="::attr(href)")

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """Those of the company's jobs, each once."""
        page = self.address(PAGE, board)
        links = dict.fromkeys(urljoin(page, link["url"] or "").partition("?")[0] for link in answer)
        own = urlsplit(page).path.removesuffix("/jobs")
        if not any(f"{urlsplit(link).path}/".startswith(f"{own}/") for link in links):
            raise Unreadable("no link to the company or its jobs: not its page at Y Combinator")
        return [{"url": link} for link in links if urlsplit(link).path.startswith(f"{own}/jobs/")]
