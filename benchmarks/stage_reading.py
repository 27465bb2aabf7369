"""Reading: all fields with their quotes, beside matchers and extractors that give less.

spaCy's PhraseMatcher looks for the plain wordings of the same vocabulary and does nothing with them; “phrases
found” is the same step of ours.
jobsearch-pipeline (years, places, languages, technologies) runs with its own 48 terms and with our skills.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.measuring import ROOT, Corpus, Row, absent, agree, measured
from pipeline.config import load_vocabulary
from pipeline.listed_phrases import phrases
from pipeline.models import Posting
from pipeline.reading import NOT_READ
from pipeline.reading.patterns import Hit
from pipeline.reading.phrases import WORD, Wording, spellings, wordings
from pipeline.text import document
from pipeline.text.characters import fold

CHECKED = 100  # postings whose hits are compared with those of plain string search
LAYER = "skill_other"  # a large layer without expressions
SKILLS = "skill"  # is found together with all the layers readers start from
SPACY, THEIRS, OURS, JOBHUNT = 500, 500, 20, 500  # postings that are enough to time the slow ones
SIZES = (25, 50, 100, 200)  # thousand characters


def rows(corpus: Corpus) -> Iterator[Row]:
    """Ours over all postings, the others over some; then ours over ever longer texts."""
    reader = corpus.reader
    for posting in corpus.postings[:CHECKED]:
        view = reader.view(posting)
        agree("reading", [tuple(hit) for hit in view.hits(LAYER)], plain_search(view.text))

    def found(text: str) -> list[Hit]:
        return reader.scanner.scan(text).hits(SKILLS)

    slowest = 0.0

    def ours() -> None:
        nonlocal slowest
        slowest = 0.0
        for posting in corpus.postings:
            start = time.process_time()
            reader.read(posting)
            slowest = max(slowest, time.process_time() - start)

    seconds, _ = measured(ours)
    note = f"{len(corpus.postings) / seconds:,.0f} postings/s, the slowest {1000 * slowest:.0f} ms"
    yield Row("reading", "reachlist, all fields and quotes", seconds, len(corpus.postings), note)
    texts = [f"{posting.title}\n{document(posting).body}" for posting in corpus.postings]
    seconds, hits = measured(lambda: sum(len(found(text)) for text in texts))
    note = f"{hits / len(texts):.0f} skills a posting and all else readers start from, nothing read"
    yield Row("reading", "· phrases found", seconds, len(texts), note)
    yield absent("reading", "spaCy PhraseMatcher", "spacy") or _spacy(texts[:SPACY])
    yield absent("reading", "jobsearch-pipeline, 48 terms", "jobsearch") or _jobsearch(
        "jobsearch-pipeline, 48 terms", corpus.postings[:THEIRS], frozenset()
    )
    yield absent("reading", "jobsearch-pipeline, our skills", "jobsearch") or _jobsearch(
        f"jobsearch-pipeline, our {len(reader.skills):,} skills", corpus.postings[:OURS], reader.skills
    )
    yield absent("reading", "jobhunt-app", "jobhunt") or _jobhunt(texts[:JOBHUNT])
    yield from _growth(corpus, texts)


def plain_search(text: str) -> list[tuple[int, int, str]]:
    """The hits of LAYER by str.find: the slow reference."""
    folded = fold(text)
    lowered = folded.lower()
    found = []
    for concept, wording in _wordings(LAYER):
        needle = wording.text if wording.exact else wording.text.lower()
        hay = folded if wording.exact else lowered
        at = hay.find(needle)
        while at >= 0:
            if span := _bounded(folded, at, wording):
                found.append((span[0], -span[1], concept))
            at = hay.find(needle, at + 1)
    kept, behind = [], 0
    for start, minus_end, concept in sorted(found):
        if start >= behind:
            behind = -minus_end
            if not concept.startswith("_"):
                kept.append((start, behind, concept))
    return kept


def _bounded(text: str, start: int, wording: Wording) -> tuple[int, int] | None:
    end = start + len(wording.text)
    if start and text[start - 1] in WORD and text[start] in WORD:
        return None
    while wording.open_end and end < len(text) and text[end] in WORD:
        end += 1
    if end < len(text) and text[end] in WORD and text[end - 1] in WORD:
        return None
    return start, end


def _wordings(*wanted: str) -> Iterator[tuple[str, Wording]]:
    """(concept, wording) of the layers wanted, of all if none is named."""
    for stem, content in load_vocabulary(ROOT / "config" / "vocabulary").items():
        for layer, concepts in (content or {}).items() if stem not in NOT_READ else ():
            for concept, entry in concepts.items() if layer in wanted or not wanted else ():
                for phrase in phrases(entry):
                    for wording in wordings(str(phrase)) or ():
                        for text in spellings(wording):
                            yield str(concept), wording._replace(text=text)


def _spacy(texts: list[str]) -> Row:
    import spacy  # noqa: PLC0415 -- of the extra `bench`
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415

    language = spacy.blank("en")
    language.max_length = 10**8
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    plain_ones = {wording.text for _, wording in _wordings() if not wording.open_end}
    matcher.add("vocabulary", list(language.tokenizer.pipe(sorted(plain_ones))))
    seconds, hits = measured(lambda: sum(len(matcher(language.make_doc(text))) for text in texts), rounds=1)
    note = f"{len(plain_ones):,} wordings, {hits / len(texts):.0f} matches a posting, nothing read"
    return Row("reading", "spaCy PhraseMatcher", seconds, len(texts), note)


def _jobsearch(contender: str, postings: tuple[Posting, ...], terms: frozenset[str]) -> Row:
    from jobsearch.requirements import JobPosting, extract  # noqa: PLC0415 -- of the extra `bench`

    def run() -> None:
        for posting in postings:
            extract(JobPosting(posting.title, posting.company, posting.description, location=posting.location), terms)

    seconds, _ = measured(run, rounds=1)
    return Row("reading", contender, seconds, len(postings))


def _jobhunt(texts: list[str]) -> Row:
    from jobhunt.extract import extract  # noqa: PLC0415 -- of the extra `bench`

    seconds, _ = measured(lambda: [extract(text) for text in texts], rounds=1)
    return Row("reading", "jobhunt-app", seconds, len(texts))


def _growth(corpus: Corpus, texts: list[str]) -> Iterator[Row]:
    """Texts of real lines, ever longer: the cost of a thousand characters should stay."""
    for size in SIZES:
        long = Posting("file/x", "x", "", "Intern", "", "\n\n".join(texts)[: size * 1000])
        size_read = len(long.description) / 1000
        seconds, _ = measured(lambda posting=long: corpus.reader.read(posting))  # type: ignore[misc]
        note = f"{1000 * seconds:.0f} ms for one posting of {size_read:.0f},000 characters"
        yield Row("reading a thousand characters", f"of {size_read:.0f},000", seconds, round(size_read), note)
