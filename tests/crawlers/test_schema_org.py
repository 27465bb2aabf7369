"""What a page states for search engines is read from it, and completes what a listing left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawlers.fields import Unreadable
from crawlers.schema_org import completed, job_postings, posting
from pipeline.models import Board, Pay, Posting

BOARD = Board("example", "acme", "Acme")
JOB: dict[str, Any] = {
    "@type": "JobPosting", "title": "R&amp;D Intern", "description": "<p>Python.</p>", "datePosted": "2026-11-02",
    "validThrough": "2026-12-31T23:59", "employmentType": ["INTERN", "PART_TIME"],
    "hiringOrganization": {"name": "Acme Labs"},
    "jobLocation": [
        {"address": {"addressLocality": "Bern", "addressRegion": "UNAVAILABLE", "addressCountry": {"name": "CH"}}},
        {"address": "Basel"},
    ],
    "baseSalary": {"currency": "CHF", "value": {"minValue": "25", "maxValue": 30, "unitText": "HOUR"}},
}  # fmt: skip


def page(*scripts: Any) -> bytes:
    """A page with these scripts in it; text stands as it is."""
    texts = [script if isinstance(script, str) else json.dumps(script) for script in scripts]
    return "".join(f'<script type="application/ld+json">{text}</script>' for text in texts).encode()


def test_a_job_posting_becomes_a_posting() -> None:
    (job,) = job_postings(page(JOB))
    assert posting(job, BOARD, "7", "https://acme.example/7") == Posting(
        "example/acme", "7", "https://acme.example/7", "R&D Intern", "Acme Labs", "<p>Python.</p>",
        ("Bern, CH", "Basel"), employment="INTERN, PART_TIME", pay=Pay(25, 30, "CHF", "hour"), posted="2026-11-02",
        deadline="2026-12-31",
    )  # fmt: skip


@pytest.mark.parametrize(
    "scripts",
    [
        [[{"@type": "Organization"}, JOB]],
        [{"@graph": [{"@type": "WebPage"}, JOB]}],
        [JOB | {"@type": ["JobPosting", "Thing"]}],
        ["{broken", JOB],
        [json.dumps(JOB).replace("Python.", "Python.\n\tAnd tabs.")],
    ],
)
def test_it_is_found_wherever_pages_put_it(scripts: list[Any]) -> None:
    (job,) = job_postings(page(*scripts))
    assert job["title"] == "R&amp;D Intern"


def test_a_listing_keeps_its_own_words_and_takes_the_rest() -> None:
    listed = Posting("example/acme", "7", "https://acme.example/7", "ML Intern", "Acme", "", ("Bern HQ",))
    whole = completed(listed, page(JOB), BOARD)
    assert (whole.title, whole.locations, whole.company) == ("ML Intern", ("Bern HQ",), "Acme")
    assert (whole.description, whole.posted) == ("<p>Python.</p>", "2026-11-02")


def test_text_written_as_entities_is_decoded() -> None:
    assert (
        posting(JOB | {"description": "&lt;p&gt;x &amp;lt; y&lt;/p&gt;"}, BOARD, "7", "u").description
        == "<p>x &lt; y</p>"
    )


def test_who_works_remotely_is_placed_where_they_may_live() -> None:
    job = {"title": "Intern", "jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": {"name": "Canada"}}
    remote = posting(job, BOARD, "7", "u")
    assert (remote.workplace, remote.locations) == ("remote", ("Canada",))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no schema.org JobPosting"),
        (b"<p>Just a moment</p>", "no schema.org JobPosting"),
        (page({"@type": "Organization"}), "no schema.org JobPosting"),
        (page("{broken"), "JSON-LD of the page: not JSON"),
        (page("[" * 100 + "]" * 100), "nested deeper"),
    ],
)
def test_a_page_without_one_is_refused_with_the_reason(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        job_postings(body)
