"""A posting's text as a Document: the layout that a reader sees, kept as spans of one text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from pipeline.models import Posting
from pipeline.text import Document, document, markup
from pipeline.text.characters import fold
from pipeline.text.lines import lines
from pipeline.text.sentences import sentences

DOCUMENTS = yaml.safe_load((Path(__file__).parent / "documents" / "blocks.yaml").read_text(encoding="utf-8"))
INTACT = frozenset({"JavaScript", "PyTorch", "TensorFlow", "GitHub", "LaTeX"})


def read(text: str) -> Document:
    return document(
        Posting(board="test/text", ref="1", url="", title="Intern", company="Example", description=text), INTACT
    )


@pytest.mark.parametrize("case", DOCUMENTS, ids=[case["name"] for case in DOCUMENTS])
def test_the_layout_of(case: dict[str, Any]):
    found = read(case["text"])
    blocks = [f"{block.kind}: {found.text[block.start : block.end]}" for block in found.blocks]
    assert blocks == ["title: Intern", *case["blocks"]]


def test_blocks_are_spans_in_order():
    found = read("<h3>Skills</h3><ul><li>Python</li><li>SQL</li></ul>")
    ends = [0, *(block.end for block in found.blocks)]
    assert all(block.start >= end for block, end in zip(found.blocks, ends, strict=False))
    assert found.body == "Skills\nPython\nSQL"


def test_layout_never_reaches_the_parser(monkeypatch: pytest.MonkeyPatch):
    parsed: list[str] = []
    monkeypatch.setattr(markup, "LexborHTMLParser", lambda source: parsed.append(source) or LexborHTMLParser(source))
    layout = "<ul class='wide'><li>" * 100 + "<table><tbody><tr><td><DIV>Python<br/></div><b>SQL</b></td></tr></table>"
    assert [line for _, line in lines(layout, INTACT)[0]] == ["Python", "SQL"]
    assert not re.search(r"<(?!/?(?:span|a|em|i|u)\b)", parsed[0])


def test_a_name_that_begins_small_with_a_capital_inside_is_no_lost_break():
    posting = Posting("a/b", "1", "", "Intern", "Example", "Requirements\n- Experience with fastText and SQL")
    assert document(posting, {"fastText"}).body == "Requirements\nExperience with fastText and SQL"


def test_a_sign_within_quotes_ends_no_tag():
    assert read("<p data-note='2 > 1'>Python</p><div title=\"R > S\">SQL</div>").body == "Python\nSQL"


def test_the_full_stop_of_a_german_day_ends_no_sentence():
    text = "Bewirb dich bis zum 15. April 2026. Wir freuen uns auf Version 2. April kommt 2026."
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [
        "Bewirb dich bis zum 15. April 2026.",
        "Wir freuen uns auf Version 2.",
        "April kommt 2026.",
    ]


def test_sentences_end_where_a_person_would_end_them():
    text = "You hold a B.S. or Ph.D., e.g. in physics. The team is in the U.S. We meet daily! 会 Python。好。"
    spans = [text[start:end] for start, end in sentences(text, 0, len(text))]
    assert spans == [
        "You hold a B.S. or Ph.D., e.g. in physics.",
        "The team is in the U.S.",
        "We meet daily!",
        "会 Python。",
        "好。",
    ]


def test_a_possessive_ends_its_sentence():
    text = "You study for a Master's. Ideally, you know Git."
    spans = [text[start:end] for start, end in sentences(text, 0, len(text))]
    assert spans == ["You study for a Master's.", "Ideally, you know Git."]


def test_folding_keeps_every_offset():
    text = "Équipe “d’été” – naïve café： 熟悉 Python，ß ﬁ 𝔸 İstanbul"
    assert len(fold(text)) == len(text)
    assert fold(text).startswith('Equipe "d\'ete" - naive cafe: ')
    assert len(fold(text).lower()) == len(text)
