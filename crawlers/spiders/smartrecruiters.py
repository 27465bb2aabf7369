"""SmartRecruiters Posting API. https://developers.smartrecruiters.com/docs/posting-api"""

from dataclasses import replace
from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting

SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartRecruiters(BoardSpider):
    """Documented for public reading, page by page; the texts are answers of their own.

    An unknown company answers like an empty one. Unverified: periods of pay other than `HOURLY`.
    """

    name = "smartrecruiters"
    url = "https://api.smartrecruiters.com/v1/companies/{slug}/postings?limit={limit}&offset={offset}"
    detail = "https://api.smartrecruiters.com/v1/companies/{slug}/postings/{ref}"
    page = "https://jobs.smartrecruiters.com/{slug}/{ref}"
    page_size = 100
    listing, counted = ("content",), ("totalFound",)
    empty_is_unknown = True
    record = Record(
        ref="id", title="name", department=("department.label", "function.label"), posted="releasedDate",
        language="language.code", requisition="refNumber",
    )  # fmt: skip
    detail_record = Record(
        apply_url="applyUrl",
        pay=("compensation.min", "compensation.max", "compensation.currency", "compensation.period"),
    )

    def posting(self, row: Any, board: Board) -> Posting:
        """A posting; the level says "Internship" where the type says "Full-time"."""
        at, intern = fields.dig(row, "location"), fields.maybe(row, "experienceLevel", "id") == "internship"
        place = fields.maybe(at, "fullLocation") or fields.place(at, "city", "region", "country")
        return self.read(
            row,
            board,
            locations=fields.places(place),
            workplace=next((mode for mode in ("hybrid", "remote") if fields.flag(at, mode)), None),
            employment=fields.maybe(row, "experienceLevel" if intern else "typeOfEmployment", "label"),
        )

    def detailed(self, body: bytes, posting: Posting, board: Board) -> Posting:
        """The sections of the advertisement beside the rest."""
        answer = self.detail_row(body)
        parts = [fields.dig(answer["jobAd"], "sections", name) for name in SECTIONS]
        texts = (fields.section(fields.maybe(part, "title"), fields.markup(part, "text")) for part in parts)
        return replace(super().detailed(body, posting, board), description=fields.together(*texts))
