"""SmartRecruiters Posting API. https://developers.smartrecruiters.com/docs/posting-api"""

from dataclasses import replace
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider
from pipeline.models import Board, Posting

SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartRecruiters(BoardSpider):
    """Documented for public reading, page by page; the texts are answers of their own.

    An unknown company answers like an empty one. Unverified: periods of pay other than `HOURLY`.
    """

    name = "smartrecruiters"
    url = "https://api.smartrecruiters.com/v1/companies/{slug}/postings?limit={limit}&offset={offset}"
    detail = "https://api.smartrecruiters.com/v1/companies/{slug}/postings/{ref}"
    page_size = 100
    listing = ("content",)
    counted = ("totalFound",)
    empty_is_unknown = True

    def posting(self, row: Any, board: Board) -> Posting:
        """A posting; the level says "Internship" where the type says "Full-time"."""
        ref, at = fields.ref(row, "id"), fields.dig(row, "location")
        modes = [mode for mode in ("hybrid", "remote") if fields.flag(at, mode)]
        intern = fields.maybe(row, "experienceLevel", "id") == "internship"
        return Posting(
            board=board.id,
            ref=ref,
            url=self.address("https://jobs.smartrecruiters.com/{slug}/{ref}", board, ref=ref),
            title=fields.line(row, "name"),
            company=board.company,
            description="",
            locations=fields.places(fields.maybe(at, "fullLocation") or fields.place(at, "city", "region", "country")),
            workplace=next(iter(modes), None),
            employment=fields.maybe(row, "experienceLevel" if intern else "typeOfEmployment", "label"),
            department=fields.maybe(row, "department", "label") or fields.maybe(row, "function", "label"),
            posted=fields.moment(row, "releasedDate"),
            language=(fields.maybe(row, "language", "code") or "")[:2] or None,
            requisition=fields.maybe(row, "refNumber"),
        )

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The sections of the advertisement, and pay where it is said."""
        answer = self.decode(body)
        parts = [fields.dig(answer["jobAd"], "sections", name) for name in SECTIONS]
        return replace(
            posting,
            description=fields.together(
                *(fields.section(fields.maybe(p, "title"), fields.markup(p, "text")) for p in parts)
            ),
            pay=fields.pay(fields.dig(answer, "compensation"), "min", "max", "currency", "period"),
            apply_url=fields.maybe_url(answer, "applyUrl"),
        )
