"""The words of a posting without markup, for who searches the store."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.bare_text import bare_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Two lines\n\n  as they came", "Two lines\n\n  as they came"),
        ("<p>You know <b>Py</b>thon.</p><p>Or R &amp; SQL.</p>", "You know Python.\nOr R & SQL."),
        ("<ul><li>one<li>two</ul>three<br>four", "one\ntwo\nthree\nfour"),
        ("<h3>Pay</h3>\n\n<div>30  EUR</div><style>p{}</style><script>x()</script>", "Pay\n30 EUR"),
        ("less < more &amp; more", "less < more & more"),
        ("<PRE>a</PRE><P CLASS='b'>c", "a\nc"),
        ("", ""),
    ],
)
def test_blocks_are_lines_and_markup_is_gone(source: str, text: str) -> None:
    assert bare_text(source) == text


@given(st.text())
def test_any_text_has_one(source: str) -> None:
    assert isinstance(bare_text(source), str)
