"""The records of an HTML page become plain values."""

from __future__ import annotations

import pytest

from crawlers.answers import html_part, html_records

PAGE = b"""<ul><li class="job"><a href="/1">ML <b>Intern</b></a><i>Bern &amp; Basel</i></li>
<li class="job"><a>No address</a><li class="note">not a job</ul><div id="text"><p>Hello<p>you"""


def test_a_record_holds_what_its_selectors_find() -> None:
    records = html_records(PAGE, ".job", url="a::attr(href)", title="a", place="i")
    assert [{name: value and " ".join(value.split()) for name, value in record.items()} for record in records] == [
        {"url": "/1", "title": "ML Intern", "place": "Bern & Basel"},
        {"url": None, "title": "No address", "place": None},
    ]


def test_a_part_is_taken_as_it_stands() -> None:
    assert html_part(PAGE, "#text") == '<div id="text"><p>Hello</p><p>you</p></div>'
    assert html_part(PAGE, "#other") is None


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\xff\xfe", b"{}", b"<" * 5000, b"<div>" * 20_000])
def test_what_is_no_page_has_no_records(body: bytes) -> None:
    assert html_records(body, ".job", title="a") == []
