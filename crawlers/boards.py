"""`BoardSpider`, the one base class of every platform.

A platform is a leaf of a few lines: its name, the address of a board's listing, where the rows are, and which
field of a row is which of a Posting. Reading a page, counting and rejected records are here; what a field may
hold is in records.py, walking a board in visits.py.
What may not enter: field names of a platform (the leaf's), politeness (the middlewares'), scoring.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import quote, unquote

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawlers import fields, schema_org, visits
from crawlers import settings as rules
from crawlers.answers import json_answer
from crawlers.fields import Unreadable
from crawlers.records import Record
from crawlers.session import Session
from crawlers.snapshots import MAX_PAGES, Page
from pipeline.models import Board, EmployerFact, Posting, Rejected, Snapshot

AT_ONCE = 8  # boards of one platform in hand; requests to one host still go one by one
LISTED = ("title", "locations", "updated", "posted", "workplace", "employment", "department")
EVIDENCE = 2_000  # characters
EXPLAINED, NAMES = 200, 6  # characters of a reason, and names in what was found, that are told
ERRORS = ("error", "errors", "message", "detail", "title")  # where an error of a board says what it is
MAX_ROWS = 50_000  # of one answer; the longest lists have some 20,000
CARRIED = (  # how the settings begin that make a crawl polite and safe, and go with a spider into any project
    "DOWNLOAD", "CONCURRENT", "RETRY", "REDIRECT", "REFERER", "USER_AGENT", "DEFAULT_REQUEST",
    "TELNETCONSOLE", "REMOTE_CONTROL",
)  # fmt: skip
UNEXPECTED = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, RecursionError)


class BoardSpider(scrapy.Spider):
    """Visits boards of one platform; yields one Snapshot per board.

    A leaf sets `name` (the key of config/platforms.yaml), `url`, `listing` and `record`; where one field of a row is
    not one of a Posting, it defines `posting`. Parsing needs an answer and nothing else: `parse(body, board, page)`
    is pure.
    """

    name = "board"
    url: ClassVar[str] = ""  # of the listing; may use {slug}, {page}, {offset}, {limit} and board options
    page_size: ClassVar[int | None] = None  # None: the whole listing is one answer
    first_page: ClassVar[int] = 0
    pages: ClassVar[int | None] = None  # how many are asked at most, of a listing whose newest come first
    empty_is_unknown: ClassVar[bool] = False  # an unknown board answers 200 and an empty list
    newest_only: ClassVar[bool] = False  # a feed of what came last: what is absent may still be open
    most: ClassVar[int | None] = None  # rows that the platform lists of any board; what is beyond is not seen
    longest: ClassVar[int] = MAX_PAGES  # answers of one listing that are asked
    listing: ClassVar[tuple[str, ...]] = ()  # where the rows stand in an answer; (): the answer itself
    counted: ClassVar[tuple[str, ...]] = ()  # where an answer says how many rows the whole listing has
    record: ClassVar[Record] = Record(ref="id", title="title")  # where a row says what
    always: ClassVar[tuple[tuple[str, str], ...]] = ()  # what holds of every posting: (("workplace", "remote"),)
    page: ClassVar[str] = ""  # the address of a posting's page, where no field of a row holds it; {ref} too
    detail: ClassVar[str] = ""  # the address of a posting's own answer, where the listing lacks the text; {ref} too
    detailing: ClassVar[tuple[str, ...]] = ()  # where the posting stands in that answer
    detail_record: ClassVar[Record] = Record()  # where it says what the listing does not
    stated: ClassVar[bool] = False  # that answer is a page, which states the job for search engines (schema.org)
    proved_by_page: ClassVar[bool] = False  # a listing names addresses alone; what states no job there is none
    listed: ClassVar[tuple[str, ...]] = LISTED  # what a listing says of a posting beyond its ref and address
    options: ClassVar[tuple[str, ...]] = ()  # what a board needs beyond its slug, by name
    optional: ClassVar[tuple[str, ...]] = ()  # what a board may say, and nothing holds where it does not
    defaults: ClassVar[tuple[tuple[str, str], ...]] = ()  # what a board may say too, with what holds where it does not
    expected: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()  # paths of fields with few values, and all of them
    feeds: ClassVar[tuple[str, ...]] = ()  # words for the option `feed`, the next asked where the listing is not there

    # --- what a leaf defines ------------------------------------------------------------------------------

    def decode(self, body: bytes) -> Any:
        """The answer as a value; JSON unless a leaf says otherwise."""
        return json_answer(body)

    def rows(self, answer: Any, board: Board) -> Sequence[Any]:
        """The records of one page, in the board's order."""
        return _at(answer, self.listing)

    def posting(self, row: Any, board: Board) -> Posting | None:
        """One record as a Posting; None: left out on purpose. Raises Unreadable."""
        return self.read(row, board)

    def fact(self, row: Any, board: Board) -> EmployerFact | None:
        """What a record of a directory says of an employer; None: nothing. Raises Unreadable."""
        return None

    def read(self, row: Any, board: Board, **values: Any) -> Posting:
        """What `record` says of a row, and `values`, which count before it. Raises Unreadable."""
        said: dict[str, Any] = {"board": board.id, "company": board.company, "description": "", **dict(self.always)}
        said |= self.record.read(row) | values
        if "url" not in said:
            said["url"] = self.address(self.page, board, ref=said["ref"]) if self.page else None
        return Posting(**said)

    def total(self, answer: Any) -> int | None:
        """How many rows the whole listing has, where the board says so."""
        return fields.dig(answer, *self.counted) if self.counted else None

    def following(self, answer: Any, rows: Sequence[Any], page: Any) -> Any:
        """The next page, None at the end; as it stands, a page shorter than `page_size` is the last."""
        more = self.page_size and len(rows) >= self.page_size
        return page + 1 if more and (self.pages is None or page + 1 < self.pages) else None

    def others(self, page: Any) -> Any:
        """What is left to ask where `page` could not be had; None where the listing is nothing without it."""
        return None

    @property
    def whole(self) -> bool:
        """Whether a listing is one answer, so that it alone can prove that nothing changed."""
        return self.page_size is None and type(self).following is BoardSpider.following

    def headers(self) -> dict[str, str]:
        """What every request of the platform says of itself: its key."""
        return {}

    def request(self, board: Board, page: Any) -> scrapy.Request:
        """The request for one page of a board's listing."""
        return scrapy.Request(self.address(self.url, board, page=page), headers=self.headers())

    def detail_request(self, posting: Posting, board: Board) -> scrapy.Request | None:
        """The request for the text of one posting, where the listing lacks it."""
        if not self.detail:
            return None
        return scrapy.Request(self.address(self.detail, board, ref=posting.ref), headers=self.headers())

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The posting, and what the answer to `detail_request` says beyond it. Raises Unreadable."""
        if self.stated:
            return schema_org.completed(posting, body, board)
        return completed(posting, self.detail_record.read(self.detail_row(body)))

    def detail_row(self, body: bytes) -> Any:
        """The record in the answer to `detail_request`. Raises Unreadable."""
        answer = self.decode(body)
        try:
            return _at(answer, self.detailing)
        except UNEXPECTED as error:
            raise Unreadable(_unexpected(error, answer)) from error

    def address(self, template: str, board: Board, *, page: Any = 0, **words: str) -> str:
        """`template` with the board's slug and options filled in, each percent-encoded."""
        slug = quote(unquote(board.slug), safe="")
        offset = page * self.page_size if isinstance(page, int) and self.page_size else 0
        number = page + self.first_page if isinstance(page, int) else page
        options = {name: quote(value, safe="") for name, value in {**self.options_of(board), **words}.items()}
        return template.format(slug=slug, page=number, offset=offset, limit=self.page_size, **options)

    def options_of(self, board: Board) -> dict[str, str]:
        """The board's options, and the platform's defaults for what it does not say."""
        feed = {"feed": self.feeds[0]} if self.feeds else {}
        return dict(self.defaults) | feed | dict(board.options)

    def forms(self, board: Board) -> list[Board]:
        """The board by each of `feeds`, in their order; as it stands where it says its own."""
        if not self.feeds or board.option("feed"):
            return [board]
        return [replace(board, options=(*board.options, ("feed", feed))) for feed in self.feeds]

    # --- reading an answer --------------------------------------------------------------------------------

    def parse(self, body: bytes, board: Board, page: Any = 0) -> Page:  # type: ignore[override]
        """One answer as a Page. Pure. Raises Unreadable where no listing can be read from it."""
        answer: Any = None
        try:
            answer = self.decode(body)
            rows, total = self.rows(answer, board), self.total(answer)
            if not isinstance(rows, list | tuple):
                raise fields.wrong("listing", "a list", rows)
            if len(rows) > MAX_ROWS:
                raise Unreadable(f"{len(rows):,} rows in one answer, which no board has")
            if total is not None and (isinstance(total, bool) or not isinstance(total, int)):
                raise fields.wrong("total", "a whole number", total)
            following = self.following(answer, rows, page)
        except UNEXPECTED as error:
            raise Unreadable(_unexpected(error, answer) + _own_words(answer)) from error
        postings, facts, rejected, ignored = [], [], [], 0
        surprising: dict[str, Rejected] = {}
        for row in rows:
            try:
                posting, fact = self.posting(row, board), self.fact(row, board)
            except UNEXPECTED as error:
                rejected.append(Rejected(_unexpected(error, row), _evidence(row), self.ref(row)))
                continue
            if fact is not None:
                facts.append(fact)
            if fact is not None or posting is not None:
                for surprise in self.surprises(row):
                    surprising.setdefault(surprise, Rejected(surprise, _evidence(row), self.ref(row)))
            if posting is None:
                ignored += 1
            else:
                postings.append(_within_limits(posting))
        return Page(
            tuple(postings), len(rows), ignored, tuple(rejected), total, following, tuple(facts),
            surprising=tuple(surprising.values()),
        )  # fmt: skip

    def complete(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """`detailed`, where whatever is not in the platform's shape raises Unreadable. Pure."""
        try:
            return _within_limits(self.detailed(body, posting, board))
        except Unreadable:
            raise
        except UNEXPECTED as error:
            raise Unreadable(_unexpected(error)) from error

    def surprises(self, row: Any) -> Iterator[str]:
        """What a record that could be read says in words that its platform did not have: it stands without them."""
        for path, values in self.expected:
            said = fields.dig(row, *path.split("."))
            if said not in (None, "") and str(said) not in values:
                yield f"{path}: {said!r:.80} is none of {', '.join(values)}"

    def ref(self, row: Any) -> str | None:
        """The id of a record that could not be read, None where it has none."""
        try:
            return Record(ref=self.record.ref).read(row)["ref"]
        except (Unreadable, LookupError):
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
    def update_settings(cls, settings: BaseSettings) -> None:
        """The rules of crawlers/settings.py hold in whatever project lists the spider; its own middlewares stay."""
        for name, value in vars(rules).items():
            if not name.startswith(CARRIED):
                continue
            own = settings.getdict(name) | value if isinstance(value, dict) else value
            settings.set(name, own, priority="spider")
        super().update_settings(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *arguments: Any, **options: Any) -> BoardSpider:
        """As Scrapy makes it; without a run's session, one of its own from the settings."""
        spider = super().from_crawler(crawler, *arguments, **options)
        if spider.session is None:
            spider.session = Session.from_settings(crawler.settings)
            crawler.signals.connect(spider.session.store.close, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """One Snapshot per board, as each visit ends."""
        session = self.session
        assert session is not None
        if not self.boards:
            self.logger.warning("no board to visit: scrapy crawl %s -a board=SLUG", self.name)

        async def visited(board: Board) -> Snapshot | None:
            return None if session.stopping else await visits.visit(self, board, session)

        waiting = iter(self.boards)
        in_hand = {asyncio.ensure_future(visited(board)) for board in islice(waiting, AT_ONCE)}
        while in_hand:
            done, in_hand = await asyncio.wait(in_hand, return_when=asyncio.FIRST_COMPLETED)
            in_hand |= {asyncio.ensure_future(visited(board)) for board in islice(waiting, len(done))}
            while done:  # and no Snapshot is held once it is kept
                snapshot = done.pop().result()
                if snapshot is not None:
                    self._count(snapshot)
                    self._keep(snapshot, session)
                    yield snapshot

    def _count(self, snapshot: Snapshot) -> None:
        """What the visit came to, in Scrapy's stats."""
        stats = self.crawler.stats
        assert stats is not None
        for name, count in (
            ("boards/visited", 1), (f"boards/{snapshot.verdict}", 1), ("postings/read", len(snapshot.postings)),
            ("postings/ignored", snapshot.ignored), ("postings/rejected", len(snapshot.rejected)),
        ):  # fmt: skip
            stats.inc_value(name, count)

    def _keep(self, snapshot: Snapshot, session: Session) -> None:
        """Hand a Snapshot to the run; a store that cannot take it ends the crawl, whose caller hears why."""
        if session.broken is not None:
            return
        try:
            session.keep(snapshot)
        except Exception as error:
            session.broken, session.stopping = error, True

    async def download(self, request: scrapy.Request, board: Board) -> Response:
        """The answer to one request, through every middleware."""
        assert self.crawler.engine is not None
        request.meta["board"] = board
        return await self.crawler.engine.download_async(request)


def completed(posting: Posting, said: Mapping[str, Any]) -> Posting:
    """A posting with what is `said` of it where it says nothing itself."""
    return replace(posting, **{name: value for name, value in said.items() if value and not getattr(posting, name)})


def _at(answer: Any, path: Sequence[str]) -> Any:
    """What stands at `path`; a listing that is not there is no empty one. Raises LookupError."""
    for step in path:
        answer = answer[int(step)] if isinstance(answer, list) else answer[step]
    return answer


def _within_limits(posting: Posting) -> Posting:
    """However a leaf put it together: at most 200 KB of text and 200 places."""
    text, places = fields.cut(posting.description), posting.locations[: fields.MAX_PLACES]
    if text is posting.description and len(places) == len(posting.locations):
        return posting
    return replace(posting, description=text, locations=places)


def _unexpected(error: Exception, *found: Any) -> str:
    """What was wrong, in words: what was looked for, and in what it was not found."""
    if isinstance(error, Unreadable):
        return str(error)
    sought = f"no {error.args[0]!r}" if isinstance(error, KeyError) and error.args else "not what was looked for"
    names = [f" with {', '.join(list(one)[:NAMES])}" if isinstance(one, dict) and one else "" for one in found]
    within = "".join(f" in {fields.kind(one)}{with_}" for one, with_ in zip(found, names, strict=True))
    return f"not in the platform's shape: {sought}{within}"[:EXPLAINED]


def _own_words(answer: Any) -> str:
    """What an answer that is an error says for itself, as the end of a sentence; "" where it says nothing."""
    for said in (answer.get(name) for name in ERRORS) if isinstance(answer, dict) else ():
        first = said[0] if isinstance(said, list) and said else said
        if isinstance(first, str) and (line := fields.in_one_line(first)):
            return f"; it says “{line[:EXPLAINED]}”"
        if words := _own_words(first):
            return words
    return ""


def _evidence(row: Any) -> str:
    try:
        return fields.clean(json.dumps(row, ensure_ascii=False, default=str))[:EVIDENCE]
    except (ValueError, RecursionError):
        return fields.clean(repr(row)[:EVIDENCE])
