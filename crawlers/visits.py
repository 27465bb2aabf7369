"""One visit to one board: its pages to the end, then the texts that the listing lacks.

Whatever goes wrong is this board's verdict, and only its. What may not enter: what an answer means (boards.py
and its leaves), what the pages prove (snapshots.py), politeness (the middlewares).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from crawlers.fields import Unreadable
from crawlers.revalidation import Revalidation
from crawlers.session import Session
from crawlers.snapshots import Visit
from crawlers.titles import may_be_internship
from crawlers.trouble import Refused, explain
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
        logger.debug("visit to %s broke", board.id, exc_info=True)
        return seen.failed(explain(error))


async def _walk(spider: BoardSpider, seen: Visit, session: Session) -> Snapshot:
    board = seen.board
    missing = [name for name in spider.options if not board.option(name)]
    if missing:
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
        response = await spider.download(request, form)
        seen.status = response.status
        if response.status in GONE and forms and not seen.pages:
            form, revalidation = forms.pop(0), None
            continue
        if revalidation.unchanged(response):
            return seen.unchanged()
        if response.status != 200:
            return seen.failed(f"answered {response.status}" if seen.pages else _refusal(response.status))
        page = seen.add(spider.parse(response.body, form, page))
    assert revalidation is not None
    if not seen.stopped and revalidation.same_bytes():
        return seen.unchanged()
    if spider.empty_is_unknown and not seen.listed:
        seen.unknown = not any(visit.verdict in LISTED for visit in session.store.history(board.id, 1))
    await _texts(spider, seen, session)
    session.validators[board.id] = revalidation.validators()  # kept where the store believes the listing
    return seen.snapshot()


async def _texts(spider: BoardSpider, seen: Visit, session: Session) -> None:
    """Fetch the texts the listing lacks: of titles that can be internships, where new or changed."""
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
    failures: list[str] = []
    for ref, request in lacking.items():
        posting = seen.postings[ref]
        if not may_be_internship(posting.title):
            continue
        try:
            response = await spider.download(request, seen.board)
            if response.status == 200:
                seen.postings[ref] = spider.complete(response.body, posting, seen.board)
            elif response.status in GONE and posting.description:  # it was there before
                seen.gone.append(ref)
                del seen.postings[ref]
            else:
                raise Unreadable(f"answered {response.status}")
        except Exception as error:  # the listing stands, whatever became of one text
            failures.append(ref)
            seen.stopped = f"no text of {', '.join(failures)}: {explain(error)}"
            if isinstance(error, Refused) or len(failures) == ENOUGH:
                return


def named(board: Board, url: str) -> str:
    """What validators are kept under: the board's own, as two platforms may share an address, and no keys in it."""
    return f"{board.id} {url.partition('?')[0]}"


def _same_listing(posting: Posting, before: Posting, fields: Sequence[str]) -> bool:
    """Whether the listing says of a posting what it said before; what it does not say cannot differ."""
    said = [name for name in fields if getattr(posting, name)]
    return all(getattr(posting, name) == getattr(before, name) for name in said)


def _refusal(status: int) -> str:
    return f"no such board ({status})" if status in GONE else f"answered {status}"
