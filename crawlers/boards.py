"""`BoardSpider`, the one base class of every platform.

A platform is a leaf of a few lines: its name, the address of a board's listing, where the rows are, and how
one row becomes a Posting. Paging, verdicts, counting, rejected records, details and revalidation are here.
What may not enter: field names of a platform (the leaf's), politeness (the middlewares'), scoring.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import quote, unquote

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers import fields
from crawlers.answers import json_answer
from crawlers.fields import Unreadable
from crawlers.revalidation import Revalidation
from crawlers.session import Session
from crawlers.snapshots import Page, Visit
from crawlers.titles import may_be_internship
from crawlers.trouble import Refused, explain
from pipeline.models import Board, Posting, Rejected, Snapshot, Verdict

AT_ONCE = 8  # boards of one platform in hand; requests to one host still go one by one
GONE = {404, 410}
ENOUGH = 3  # texts of one board that could not be had
EVIDENCE = 2_000  # characters
UNEXPECTED = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError)

logger = logging.getLogger(__name__)


class BoardSpider(scrapy.Spider):
    """Visits boards of one platform; yields one Snapshot per board.

    A leaf sets `name` (the key of config/platforms.yaml) and `url`, and defines `rows` and `posting`.
    Parsing needs an answer and nothing else: `parse(body, board, page)` is pure.
    """

    name = "board"
    url: ClassVar[str] = ""  # of the listing; may use {slug}, {page}, {offset}, {limit} and board options
    page_size: ClassVar[int | None] = None  # None: the whole listing is one answer
    first_page: ClassVar[int] = 0
    empty_is_unknown: ClassVar[bool] = False  # an unknown board answers 200 and an empty list
    options: ClassVar[tuple[str, ...]] = ()  # what a board needs beyond its slug, by name

    # --- what a leaf defines ------------------------------------------------------------------------------

    def decode(self, body: bytes) -> Any:
        """The answer as a value; JSON unless a leaf says otherwise."""
        return json_answer(body)

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The records of one page, in the board's order."""
        raise NotImplementedError

    def posting(self, row: Any, board: Board) -> Posting | None:
        """One record as a Posting; None: left out on purpose. Raises Unreadable."""
        raise NotImplementedError

    def total(self, answer: Any) -> int | None:
        """How many rows the whole listing has, where the board says so."""
        return None

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next page, None at the end; as it stands, a page shorter than `page_size` is the last."""
        return page + 1 if self.page_size and len(rows) >= self.page_size else None

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """The request for one page of a board's listing."""
        return scrapy.Request(self.address(self.url, board, page=page))

    def detail_request(self, posting: Posting, board: Board) -> scrapy.Request | None:
        """The request for the text of one posting, where the listing lacks it."""
        return None

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The posting, completed by the answer to `detail_request`. Raises Unreadable."""
        raise NotImplementedError

    def address(self, template: str, board: Board, *, page: Any = 0, **words: str) -> str:
        """`template` with the board's slug and options filled in, each percent-encoded."""
        slug = quote(unquote(board.slug), safe="")
        offset = page * self.page_size if isinstance(page, int) and self.page_size else 0
        number = page + self.first_page if isinstance(page, int) else page
        options = {name: quote(value, safe="") for name, value in (*board.options, *words.items())}
        return template.format(slug=slug, page=number, offset=offset, limit=self.page_size, **options)

    # --- reading an answer --------------------------------------------------------------------------------

    def parse(self, body: bytes, board: Board, page: Any = 0) -> Page:  # type: ignore[override]
        """One answer as a Page. Pure. Raises Unreadable where no listing can be read from it."""
        try:
            answer = self.decode(body)
            rows, total = self.rows(answer, board), self.total(answer)
            if not isinstance(rows, list | tuple):
                raise fields.wrong("listing", "a list", rows)
            if total is not None and (isinstance(total, bool) or not isinstance(total, int)):
                raise fields.wrong("total", "a whole number", total)
            following = self.following(answer, rows, page)
        except UNEXPECTED as error:
            raise Unreadable(_unexpected(error)) from error
        postings, rejected, ignored = [], [], 0
        for row in rows:
            try:
                posting = self.posting(row, board)
            except UNEXPECTED as error:
                rejected.append(Rejected(_unexpected(error), _evidence(row), self.ref(row)))
                continue
            if posting is None:
                ignored += 1
            else:
                postings.append(posting)
        return Page(tuple(postings), len(rows), ignored, tuple(rejected), total, following)

    def ref(self, row: Any) -> str | None:
        """The id of a record that could not be read, None where it has none; `id` unless a leaf says so."""
        try:
            return fields.ref(row, "id")
        except Unreadable:
            return None

    # --- the visit ----------------------------------------------------------------------------------------

    def __init__(
        self,
        board: str | None = None,
        company: str | None = None,
        boards: Sequence[Board] = (),
        session: Session | None = None,
        **options: str,
    ) -> None:
        """`scrapy crawl NAME -a board=SLUG [-a company=NAME] [-a OPTION=VALUE]`, or `boards` from a run."""
        super().__init__()
        self.boards = tuple(boards)
        self.session = session
        if board is not None:
            self.boards += (Board(self.name, board, company or board, tuple(sorted(options.items()))),)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *arguments: Any, **options: Any) -> BoardSpider:
        """As Scrapy makes it; without a run's session, one of its own from the settings."""
        spider = super().from_crawler(crawler, *arguments, **options)
        if spider.session is None:
            spider.session = Session.from_settings(crawler.settings)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """One Snapshot per board, as each visit ends."""
        session = self.session
        assert session is not None
        places = asyncio.Semaphore(AT_ONCE)

        async def visit(board: Board) -> Snapshot | None:
            async with places:
                return None if session.stopping else await self.visit(board)

        visits = [asyncio.ensure_future(visit(board)) for board in self.boards]
        for finished in asyncio.as_completed(visits):
            snapshot = await finished
            if snapshot is not None:
                self._keep(snapshot, session)
                yield snapshot

    def _keep(self, snapshot: Snapshot, session: Session) -> None:
        """Hand a Snapshot to the run; a store that cannot take it ends the crawl, whose caller hears why."""
        if session.broken is not None:
            return
        try:
            session.keep(snapshot)
        except Exception as error:
            session.broken, session.stopping = error, True

    async def visit(self, board: Board) -> Snapshot:
        """Walk one board's listing to its end; whatever goes wrong is this board's verdict, and only its."""
        assert self.session is not None
        visit = Visit(board, self.session.at)
        try:
            return await self._visit(visit, self.session)
        except Exception as error:  # a broken board is an error of that board
            logger.debug("visit to %s broke", board.id, exc_info=True)
            return visit.failed(explain(error))

    async def _visit(self, visit: Visit, session: Session) -> Snapshot:
        board, page = visit.board, 0
        missing = [name for name in self.options if not board.option(name)]
        if missing:
            raise Unreadable(f"boards.yaml does not say its {', '.join(missing)}")
        url = self.request(board, page).url
        revalidation = Revalidation(url, session.store.validators(url), whole=self.page_size is None)
        while True:
            request = self.request(board, page)
            revalidation.ask(request)
            response = await self.download(request, board)
            visit.status = response.status
            if revalidation.unchanged(response):
                return visit.unchanged()
            if response.status != 200:
                return visit.failed(_refusal(response.status))
            answer = self.parse(response.body, board, page)
            if not visit.add(answer):
                break
            page = answer.following
        if not visit.stopped and revalidation.same_bytes():
            return visit.unchanged()
        visit.unknown = self.empty_is_unknown and not visit.listed and not session.store.known(board.id)
        await self._complete(visit, session)
        snapshot = visit.snapshot()
        if snapshot.verdict is Verdict.COMPLETE:
            session.validators[board.id] = revalidation.validators()
        return snapshot

    async def _complete(self, visit: Visit, session: Session) -> None:
        """Fetch the texts the listing lacks: of titles that can be internships, where new or changed."""
        requests = {ref: self.detail_request(p, visit.board) for ref, p in visit.postings.items()}
        if not any(requests.values()):
            return
        known, failures = session.store.known(visit.board.id), list[str]()
        for ref, request in requests.items():
            posting, before = visit.postings[ref], known.get(ref)
            if before is not None and before.description:
                if _same_listing(posting, before):
                    visit.postings[ref] = before
                    continue
                visit.postings[ref] = replace(posting, description=before.description)
            if request is None or not may_be_internship(posting.title):
                continue
            try:
                await self._detail(visit, posting, request)
            except Exception as error:  # the listing stands, whatever became of one text
                failures.append(ref)
                visit.stopped = f"no text of {', '.join(failures)}: {explain(error)}"
                if isinstance(error, Refused) or len(failures) == ENOUGH:
                    break

    async def _detail(self, visit: Visit, posting: Posting, request: scrapy.Request) -> None:
        response = await self.download(request, visit.board)
        if response.status in GONE:
            visit.gone.append(posting.ref)
            del visit.postings[posting.ref]
        elif response.status == 200:
            visit.postings[posting.ref] = self._detailed(response.body, posting, visit.board)
        else:
            raise Unreadable(_refusal(response.status))

    def _detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        try:
            return self.detailed(body, posting, board)
        except UNEXPECTED as error:
            raise Unreadable(_unexpected(error)) from error

    async def download(self, request: scrapy.Request, board: Board) -> Response:
        """The answer to one request, through every middleware."""
        assert self.crawler.engine is not None
        request.meta["board"] = board
        return await self.crawler.engine.download_async(request)


def _same_listing(posting: Posting, before: Posting) -> bool:
    """Whether the listing says of a posting what it said before; what it does not say cannot differ."""
    names = ("title", "locations", "updated", "posted", "workplace", "employment", "department")
    said = [name for name in names if getattr(posting, name)]
    return all(getattr(posting, name) == getattr(before, name) for name in said)


def _refusal(status: int) -> str:
    return f"no such board ({status})" if status in GONE else f"answered {status}"


def _unexpected(error: Exception) -> str:
    return str(error) if isinstance(error, Unreadable) else f"not in the platform's shape: {error!r:.200}"


def _evidence(row: Any) -> str:
    try:
        return fields.clean(json.dumps(row, ensure_ascii=False, default=str))[:EVIDENCE]
    except (ValueError, RecursionError):
        return fields.clean(repr(row)[:EVIDENCE])
