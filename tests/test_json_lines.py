"""A line of JSON does nothing to a terminal, and is read back as it was."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pipeline.json_lines import json_line
from tests.report.naughty import NAUGHTY

HOSTILE = (*NAUGHTY, "\x9b31m", "\x1b[2J", "\u202egnp.exe", "\ud800 half", "a\u2028b", "\ufeff=1", "\x00")


def test_nothing_in_it_steers_a_terminal() -> None:
    for words in HOSTILE:
        line = json_line({"title": words})
        assert not {c for c in line if ord(c) < 32 or 0x80 <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E}
        assert len(line.splitlines()) == 1
        assert line.encode()


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Z", "C"])) | st.sampled_from(HOSTILE))
def test_it_is_read_back_to_the_character(words: str) -> None:
    assert json.loads(json_line([words, {words: 10**400}])) == [words, {words: 10**400}]


def test_what_people_read_stays_readable() -> None:
    assert json_line("Zürich 机器学习 🤖") == '"Zürich 机器学习 🤖"'
