"""An XML answer becomes plain values; what attacks the parser, or is no feed, is refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.answers import xml_answer
from crawlers.fields import Unreadable

LAUGHS = b"""<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<feed><title>&c;</title></feed>"""


def test_elements_become_objects_lists_and_text() -> None:
    answer = xml_answer(
        b"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns:p="https://example.com/places"><!-- a note -->
        <item kind="x"><title>One &amp; <![CDATA[<b>two</b>]]></title><empty/><blank> </blank>
        <p:city>Bern</p:city></item>
        <item><title>first</title><title>second</title></item></feed>""",
        "feed",
        many=("item",),
    )
    assert answer == {
        "item": [{"title": "One & <b>two</b>", "empty": None, "blank": None, "p:city": "Bern"}, {"title": "first"}]
    }


def test_an_empty_feed_is_an_empty_object() -> None:
    assert xml_answer(b"<feed/>", "feed") == {}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "broken XML"),
        (b"<feed><item>", "broken XML"),
        (b"<feed>&nbsp;</feed>", "broken XML: Entity 'nbsp' not defined"),
        (b"\n<!DOCTYPE html><html><p>Hello<br></html>", "HTML where XML was due"),
        (b"<html><body/></html>", "expected <feed>, found <html>"),
        (LAUGHS, "declares a document type"),
        (b"<feed>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</feed>", "broken XML: Excessive depth"),
    ],
)
def test_what_is_no_feed_is_said_in_words(body: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        xml_answer(body, "feed")


def test_no_file_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret", encoding="utf-8")
    entity = f'<!DOCTYPE feed [<!ENTITY x SYSTEM "{secret.as_uri()}">]><feed>&x;</feed>'
    with pytest.raises(Unreadable, match="declares a document type"):
        xml_answer(entity.encode(), "feed")
