"""The quote of a bar holds the words that say how strongly it is asked for."""

from __future__ import annotations

import pytest

from pipeline.models import Posting
from pipeline.reading import Reader


def quote(reader: Reader, key: str, text: str, title: str = "Machine Learning Intern") -> str | None:
    return reader.read(Posting("test/case", "1", "", title, "Example", text)).quote(key)


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("phd", "A PhD is not required.", "PhD is not required"),
        ("phd", "You do not need a PhD for this.", "do not need a PhD"),
        ("phd", "Eine Promotion ist keine Voraussetzung.", "Eine Promotion ist keine Voraussetzung"),
        ("phd", "Un doctorat n'est pas nécessaire.", "doctorat n'est pas nécessaire"),
        ("phd", "No hace falta un doctorado.", "No hace falta un doctorado"),
        ("phd", "不要求博士学位。", "不要求博士"),
        ("phd", "PhD (preferred)", "PhD (preferred)"),
        ("phd", "You study for a Master's. Ideally, you hold a PhD.", "Ideally, you hold a PhD"),
        ("phd", "You are pursuing a BS, MS or PhD.", "pursuing a BS, MS or PhD"),
        ("publications", "Publications at top venues are a plus.", "Publications at top venues are a plus"),
        ("publications", "No publications required.", "No publications required"),
        ("publications", "您最好发表过论文", "最好发表过"),
        ("levels_open", "Master's degree required.", "Master's degree required"),
    ],
)
def test_the_quote_of_a_bar_says_how_strong_it_is(reader: Reader, key: str, text: str, words: str) -> None:
    assert quote(reader, key, text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Nice to have\n- PhD\n- Go",  # the heading says it
        "Requirements\n- PhD student; Docker is a plus",  # said of something else
        "Requirements\n- PhD student (must have a laptop)",
    ],
)
def test_a_quote_takes_no_words_that_rule_something_else(reader: Reader, text: str) -> None:
    assert quote(reader, "phd", text) in ("PhD", "PhD student")


def test_a_body_is_quoted_before_its_title(reader: Reader) -> None:
    text = "Requirements\n- Must be currently enrolled in a PhD programme"
    assert quote(reader, "phd", text, "Research Intern (PhD)") == "Must be currently enrolled in a PhD"
