"""From a board's HTML to lines of text, beside BeautifulSoup and JobSpy's Markdown step.

Ours gives more for it: headings, bullets and paragraphs told apart, lost line breaks put back, offsets kept.
The letters of ours and of BeautifulSoup are the same once wrong encodings are mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup

from benchmarks.measuring import Corpus, Row, absent, agree, measured
from pipeline.models import Posting
from pipeline.text import document
from pipeline.text.characters import clean
from pipeline.text.markup import marked as tags_to_marks
from pipeline.text.markup import with_bold

SOUP = 1_000  # postings that are enough to time the slow ones
DIFFERENT = 0.01  # share of postings whose letters may differ: what a broken tag hides is told differently


def rows(corpus: Corpus) -> Iterator[Row]:
    """Ours over all postings, the others over some."""
    some = [posting.description for posting in corpus.postings[:SOUP]]
    different = sum(
        _letters(document(posting).body) != _letters(clean(_soup(posting.description)))
        for posting in corpus.postings[:SOUP]
    )
    agree("text", different <= DIFFERENT * len(some), True)
    intact = corpus.reader.intact

    def ours() -> None:
        for posting in corpus.postings:
            document(posting, intact)

    seconds, _ = measured(ours)
    yield Row("text", "reachlist", seconds, len(corpus.postings), f"letters differ in {different} of {len(some)}")
    marked = [posting for posting in corpus.postings if "</" in posting.description]
    if marked:
        seconds, _ = measured(lambda: [document(posting, intact) for posting in marked])
        yield Row("text", "reachlist, HTML alone", seconds, len(marked))
        seconds, _ = measured(lambda: [with_bold(tags_to_marks(clean(posting.description))) for posting in marked])
        yield Row("text", "· tags to marks", seconds, len(marked), "all that the step to Markdown does")
    seconds, _ = measured(lambda: [_soup(source) for source in some], rounds=1)
    yield Row("text", "BeautifulSoup get_text (html.parser)", seconds, len(some))
    yield absent("text", "JobSpy HTML to Markdown", "jobspy") or _jobspy("JobSpy HTML to Markdown", corpus.postings)
    if marked and not absent("text", "", "jobspy"):
        yield _jobspy("JobSpy HTML to Markdown, HTML alone", marked)


def _soup(source: str) -> str:
    return BeautifulSoup(source if "<" in source else f"<!---->{source}", "html.parser").get_text("\n")


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def _jobspy(contender: str, postings: tuple[Posting, ...] | list[Posting]) -> Row:
    from jobspy.model import DescriptionFormat  # noqa: PLC0415 -- of the extra `bench`
    from jobspy.util import description_fields  # noqa: PLC0415

    some = [posting.description for posting in postings[:SOUP]]
    seconds, _ = measured(lambda: [description_fields(source, DescriptionFormat.MARKDOWN) for source in some], rounds=1)
    return Row("text", contender, seconds, len(some))
