"""One visit to one board: its pages to the end, then the texts that the listing lacks.

Whatever goes wrong is this board's verdict, and only its. What may not enter: what an answer means (boards.py
and its leaves), what the pages prove (snapshots.py), politeness (the middlewares).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zlib import crc32

from scrapy import Request

from crawlers.fields import Unreadable
from crawlers.revalidation import Revalidation
from crawlers.schema_org import NoJob
from crawlers.session import Session
from crawlers.snapshots import Visit
from crawlers.titles import may_be_internship
from crawlers.trouble import LeftAlone, Refused, SentOn, explain
from pipeline.models import Board, Posting, Snapshot, Verdict

if TYPE_CHECKING:
    from crawlers.boards import BoardSpider

GONE = {404, 410}
ENOUGH = 3  # texts of one board that could not be had
LISTED = {Verdict.SUSPECT, Verdict.COMPLETE, Verdict.UNCHANGED}

logger = logging.getLogger(__name__)


async def visit(spider: BoardSpider, board: Board, session: Session) -> Snapshot:
    """What one visit saw. The validators of a listing that was walked are left with the session."""
    seen = Visit(
        board, session.at, newest_only=spider.newest_only, most=spider.most, longest=spider.longest,
        paged=spider.page_size is not None,
    )  # fmt: skip
    try:
        return await _walk(spider, seen, session)
    except Exception as error:  # a broken board is an error of that board
        if isinstance(error, SentOn) and not seen.pages:
            seen.status = error.status or seen.status
        logger.debug("visit to %s broke", board.id, exc_info=True)
        if spider.proved_by_page:
            seen.believe_pages(tuple(seen.postings))
        return seen.failed(explain(error))


async def _walk(spider: BoardSpider, seen: Visit, session: Session) -> Snapshot:
    board = seen.board
    if missing := board.unsaid(spider.options):
        raise Unreadable(f"boards.yaml does not say its {', '.join(missing)}")
    page: Any = 0
    forms = spider.forms(board)
    form, revalidation = forms.pop(0), None
    while page is not None:
        request = spider.request(form, page)
        if revalidation is None:
            listing = named(board, request.url)
            revalidation = Revalidation(listing, session.store.validators(listing), whole=spider.whole)
        revalidation.ask(request)
        try:
            response = await spider.download(request, form)
            seen.status = response.status
            if response.status in GONE and forms and not seen.pages:
                form, revalidation = forms.pop(0), None
                continue
            if revalidation.unchanged(response):
                return seen.unchanged()
            if response.status != 200:
                raise Unreadable(f"answered {response.status}" if seen.pages else _refusal(response.status))
            page = seen.add(spider.parse(response.body, form, page))
        except Exception as error:
            others = spider.others(page)
            if others is None or isinstance(error, LeftAlone):
                raise
            seen.missed = seen.missed or f"{request.url.partition('?')[0]}: {explain(error)}"
            page = others or None
    assert revalidation is not None
    if not seen.stopped and revalidation.same_bytes():
        return seen.unchanged()
    if spider.empty_is_unknown and not seen.listed:
        seen.unknown = not any(visit.verdict in LISTED for visit in session.store.history(board.id, 1))
    await _texts(spider, seen, session)
    session.validators[board.id] = revalidation.validators()  # kept where the store believes the listing
    return seen.snapshot()


async def _texts(spider: BoardSpider, seen: Visit, session: Session) -> None:
    """Fetch the texts the listing lacks: of titles that can be internships, where new or changed.

    What a host answers of one text is that posting's matter alone; a host that gets no more requests, or ENOUGH texts
    that could not be had, end it, and the next visit takes them in another order.
    """
    lacking = {ref: asked for ref, p in seen.postings.items() if (asked := spider.detail_request(p, seen.board))}
    known = session.store.known(seen.board.id) if lacking else {}
    for ref in list(lacking):
        posting, before = seen.postings[ref], known.get(ref)
        if before is not None and before.description:
            same = _same_listing(posting, before, spider.listed)
            kept = replace(before, company=posting.company)
            seen.postings[ref] = kept if same else replace(posting, description=before.description)
            if same:
                del lacking[ref]
    wanted = [ref for ref in lacking if may_be_internship(seen.postings[ref].title)]
    tried = {ref for ref in wanted if spider.proved_by_page or (ref in known and not known[ref].description)}
    unread = _in_turn(wanted, tried, seen.at)
    failures: list[str] = []
    for ref in list(unread):
        try:
            await _text(spider, seen, ref, lacking[ref])
            unread.remove(ref)
        except Exception as error:  # the listing stands, whatever became of one text
            failures.append(ref)
            seen.stopped = f"no text of {', '.join(failures)}: {explain(error)}"
            if isinstance(error, LeftAlone) or len(failures) == ENOUGH:
                break
    if spider.proved_by_page:
        seen.believe_pages(unread)


async def _text(spider: BoardSpider, seen: Visit, ref: str, request: Request) -> None:
    """Fetch one text. Raises whatever kept it from being had, where that may pass."""
    posting = seen.postings[ref]
    there = bool(posting.description)  # it was there before
    try:
        response = await spider.download(request, seen.board)
        if response.status == 200:
            seen.postings[ref] = spider.complete(response.body, posting, seen.board)
        elif response.status in GONE and (there or spider.proved_by_page):
            seen.gone.append(ref)
            del seen.postings[ref]
        elif response.status in GONE:
            seen.without_text(ref, request.url, f"answered {response.status}", stays=True)
        else:
            raise Unreadable(f"answered {response.status}")
    except LeftAlone:
        raise
    except Refused as error:
        if isinstance(error, SentOn) and not spider.proved_by_page:
            raise
        seen.without_text(ref, request.url, str(error), stays=there or not spider.proved_by_page)
    except NoJob:
        if not spider.proved_by_page:
            raise
        seen.no_job = True
        seen.ignored += 1
        del seen.postings[ref]


def _in_turn(refs: Iterable[str], tried: Collection[str], at: str) -> list[str]:
    """Those that may have been tried before come last, in another order at every visit: none waits for ever."""
    return sorted(refs, key=lambda ref: crc32(f"{at} {ref}".encode()) if ref in tried else -1)


def named(board: Board, url: str) -> str:
    """What validators are kept under: the board's own, as two platforms may share an address, and no keys in it."""
    return f"{board.id} {url.partition('?')[0]}"


def _same_listing(posting: Posting, before: Posting, fields: Sequence[str]) -> bool:
    """Whether the listing says of a posting what it said before; what it does not say cannot differ."""
    said = [name for name in fields if getattr(posting, name)]
    return all(getattr(posting, name) == getattr(before, name) for name in said)


def _refusal(status: int) -> str:
    return f"no such board ({status})" if status in GONE else f"answered {status}"
