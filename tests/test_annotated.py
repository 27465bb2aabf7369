"""`reachlist read FILE` shows what was taken from where."""

from pipeline.models import Posting
from pipeline.reading import Reader
from pipeline.reading.annotated import annotated

TEXT = "<h3>Requirements</h3><ul><li>Python or R</li><li>Pursuing a PhD</li></ul><p>Pay: $30 per hour.</p>"
POSTING = Posting(board="test/read", ref="1", url="", title="ML Intern", company="Example", description=TEXT)


def lines(reader: Reader) -> list[str]:
    return annotated(reader.view(POSTING).document, reader.read(POSTING)).plain.splitlines()


def test_every_line_of_the_posting_is_shown_in_order(reader: Reader):
    own = [line for line in lines(reader) if not line.startswith("    ")]
    assert own == ["ML Intern", "Requirements", "• Python or R", "• Pursuing a PhD", "Pay: $30 per hour."]


def test_what_a_line_says_stands_under_it_with_its_words(reader: Reader):
    shown = lines(reader)
    after = shown[shown.index("• Python or R") + 1]
    assert after.strip().startswith("skills required: python or r")
    assert "“Python”" in after
    assert any(line.strip().startswith("phd: required  “") and "PhD" in line for line in shown)
    assert any(line.strip() == "pay: min 30, max 30, currency USD, period hour  “$30”" for line in shown)


def test_the_quoted_words_are_marked(reader: Reader):
    text = annotated(reader.view(POSTING).document, reader.read(POSTING))
    marked = {text.plain[span.start : span.end] for span in text.spans if span.style == "reverse"}
    assert {"Python", "$30"} <= marked


def test_a_partial_reading_says_why(reader: Reader):
    empty = Posting(board="test/read", ref="2", url="", title="ML Intern", company="Example", description="")
    assert annotated(reader.view(empty).document, reader.read(empty)).plain.endswith("(empty)\n")
