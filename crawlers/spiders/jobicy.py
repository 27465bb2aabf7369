"""Jobicy. https://jobicy.com/jobs-rss-feed: a few times a day, with credit."""

from typing import Any

from crawlers import fields
from crawlers.boards import BoardSpider, Record
from pipeline.models import Board, Posting


class Jobicy(BoardSpider):
    """The newest fifty remote jobs, which is the most it gives. Its older answers state pay by the year alone."""

    name = "jobicy"
    url = "https://jobicy.com/api/v2/remote-jobs?count=50"
    listing = ("jobs",)
    newest_only = True
    always = (("workplace", "remote"),)
    record = Record(
        ref="id", url="url", title="jobTitle", company="companyName", locations="jobGeo", employment="jobType",
        department="jobIndustry", pay=("salaryMin", "salaryMax", "salaryCurrency", "salaryPeriod"), posted="pubDate",
    )  # fmt: skip

    def posting(self, row: Any, board: Board) -> Posting:
        text = fields.markup(row, "jobDescription") or fields.markup(row, "jobExcerpt")
        yearly = [fields.numeral(row, "annualSalaryMin"), fields.numeral(row, "annualSalaryMax")]
        pay = fields.pay_range(yearly, fields.maybe(row, "salaryCurrency"), "year")
        return self.read(row, board, description=text, **({"pay": pay} if pay else {}))
