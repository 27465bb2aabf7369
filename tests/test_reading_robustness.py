"""Whatever a board sends as a text, reading it gives a Reading: empty or partial with a reason, never an error.

Growth is asserted on counted work (calls made while reading), not on time.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.models import Posting, Reading
from pipeline.reading import Reader, from_json, to_json, to_row
from pipeline.text.lines import LONGEST

SENTENCE = "Python is required. The 12-week internship pays $30 per hour. "
NOISE = random.Random(7).randbytes(20_000)  # the same bytes in every run

STRANGE = {
    "nothing": "",
    "blanks": " \n\t\u00a0\u3000" * 500,
    "null characters": "\x00" * 1_000,
    "binary read as Latin-1": NOISE.decode("latin-1"),
    "binary read as UTF-8": NOISE.decode("utf-8", "replace"),
    "half of a character": "Python \ud83d intern \udc00 needed",
    "private marks of the reader": "\ue000\ue001\ue002Python\ue003\ue004\ue005 is required",
    "one endless word": "x" * 150_000,
    "one endless number": "9" * 150_000,
    "only brackets": "(" * 50_000 + "[" * 50_000,
    "only dashes": " - " * 30_000,
    "only bullets": "• " * 30_000,
    "only currencies": "$€£ " * 20_000,
    "only full stops": "." * 100_000,
    "combining characters": "P" + "\u0301" * 20_000 + "ython",
    "right to left": "דרוש סטודנט עם ניסיון ב Python " * 50 + "مطلوب طالب دراسات عليا " * 50,
    "reversed by a control character": "\u202enohtyP\u202c is required",
    "two encodings": "Université de Grenoble, FÃ©dÃ©ration, caf\u00e9 \ufffd\ufffd " * 40,
    "deep nesting": "<div>" * 20_000 + "Python" + "</div>" * 20_000,
    "deep lists": "<ul><li>" * 5_000 + "Python is required",
    "unclosed tags": "<p><b><i><a href='" * 2_000 + "Python",
    "tags that cross": "<b><p>Python</b> is <i>required</p></i>" * 500,
    "a huge attribute": f"<p title='{'x' * 200_000}'>Python is required.</p>",
    "a script": "<p>Python</p><script>while(1){}</script><style>p{}</style>",
    "a comment without end": "<p>Python is required.</p><!-- " + "x" * 50_000,
    "entities in entities": "&" + "amp;" * 20_000 + "lt;script&gt;",
    "broken entities": "&#99999999; &#xFFFFFF; &notanentity; & &# &#x;",
    "character data": "<![CDATA[" * 1_000 + "Python",
    "a table in a table": "<table><tr><td>" * 3_000 + "Python",
    "a printed list of what cannot be": "['Python is required', {['no key']: 1}, 'and SQL']",
    "a printed set of sets": "['Python is required', {{1}}, 'and SQL']",
    "a day that no month has": "Application deadline: June 31, 2027. Write to us the day before the deadline.",
}


def posting(text: str, title: str = "Machine Learning Intern") -> Posting:
    return Posting(board="test/robust", ref="1", url="", title=title, company="Example", description=text)


def assert_sound(reading: Reading, reader: Reader, source: Posting) -> None:
    text = reader.view(source).document.text
    for claim in reading.claims:
        assert text[claim.quote.start : claim.quote.end] == claim.quote.text
    assert to_json(from_json(to_json(reading))) == to_json(reading)
    assert to_row(reading)["levels_open"] is not None


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_a_strange_text_gives_a_reading(reader: Reader, text: str):
    source = posting(text)
    assert_sound(reader.read(source), reader, source)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_a_strange_title_gives_a_reading(reader: Reader, text: str):
    source = posting("Python is required.", title=text[:5_000])
    assert_sound(reader.read(source), reader, source)


@pytest.mark.parametrize("name", ["nothing", "blanks", "null characters"])
def test_an_empty_text_says_why_the_reading_is_empty(reader: Reader, name: str):
    reading = reader.read(posting(STRANGE[name]))
    assert reading.note == "empty"
    assert reading.skills_required == ()


@pytest.mark.parametrize("title", ["", "\u200b", "\x00"])
def test_a_posting_without_a_character_has_an_empty_reading(reader: Reader, title: str):
    source = posting("", title)
    assert_sound(reader.read(source), reader, source)
    assert reader.read(source) == Reading(note="empty")


def test_a_binary_text_says_so(reader: Reader):
    assert reader.read(posting(STRANGE["binary read as UTF-8"])).note == "binary or wrongly encoded"


def test_ten_megabytes_are_read_in_part_and_say_so(reader: Reader):
    source = posting(SENTENCE * (10_000_000 // len(SENTENCE)))
    reading = reader.read(source)
    assert reading.note == f"only the first {LONGEST:,} characters were read"
    assert ("python",) in reading.skills_required
    assert reading.duration_weeks is not None
    assert len(reader.view(source).document.text) <= LONGEST + 1_000


def test_what_was_cut_off_is_not_read(reader: Reader):
    assert reader.read(posting("x " * LONGEST + "Ph.D. required.")).phd is None


def test_a_right_to_left_text_keeps_its_words(reader: Reader):
    assert reader.read(posting(STRANGE["right to left"])).language in ("he", "ar")


def test_hidden_characters_hide_nothing(reader: Reader):
    assert ("python",) in reader.read(posting("Py\u200bthon is req\u00aduired.")).skills_required


def calls(work: Callable[[], Any]) -> int:
    """Calls made by Python code while the work is done: the same in every run and on every machine."""
    made = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made


GROWING = {
    "a requirement": SENTENCE,
    "a bullet": "<li>Experience with PyTorch, TensorFlow or JAX</li>",
    "skills without a stop": "Python, SQL, PyTorch or R, ",
    "degrees without a stop": "BS, MS or PhD in computer science, ",
    "money without a stop": "pay of $20 to $30 per hour, ",
    "times without a stop": "a 3 month internship, ",
    "dates without a stop": "from June 1 to August 14, 2026, ",
    "negations without a stop": "not required, must, preferred, ",
    "places without a stop": "remote or hybrid, in office 3 days a week, ",
    "headings": "<h3>Requirements</h3><p>Python</p><h3>Preferred</h3><p>Rust</p>",
    "bold text": "<b>Python</b> and <b>SQL</b>, ",
    "lost line breaks": "Know PythonKnow SQLBuild models",
    "wide characters": "熟悉 Python 和 PyTorch，硕士优先；",
    "accents": "Étudiant en école d'ingénieurs, durée 6 mois, ",
}


@pytest.mark.parametrize("unit", GROWING.values(), ids=GROWING.keys())
def test_four_times_the_text_is_no_more_than_five_times_the_work(reader: Reader, unit: str):
    short, long = (posting(unit * (size // len(unit))) for size in (15_000, 60_000))
    assert calls(lambda: reader.read(long)) < 5 * calls(lambda: reader.read(short))
