"""Ways to find the postings that are one job: ours, and the peers', each set up as its documentation would have it.

Every finder takes listings and gives the pairs of posting ids that it holds to be one job. Peers see the same fields:
employer, title, place, link and text. Their thresholds are the ones that did best on the planted twins.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from pipeline.config import find, load_vocabulary
from pipeline.employer_names import EmployerNames
from pipeline.job_urls import JobLinks
from pipeline.models import Listing, Opening
from pipeline.openings import merge

Pair = frozenset[str]
Finder = Callable[[Sequence[Listing]], set[Pair]]
VOCABULARY = load_vocabulary(find(Path(__file__).parent.parent / "config", "vocabulary"))
employer_key = EmployerNames(VOCABULARY["employers"])
ALIKE = 0.7  # rensa, datasketch
SURE = 0.1  # splink: from this probability its precision is above 0.99
COSINE = 0.8  # TF-IDF
TAG = re.compile(r"<[^>]+>")
WORD = re.compile(r"[a-z0-9]+")


def ours(listings: Sequence[Listing]) -> list[Opening]:
    """What is timed of ours: the openings."""
    return merge(listings, key=employer_key, vocabulary=VOCABULARY)


def pairs_of(openings: Iterable[Opening]) -> set[Pair]:
    """The pairs that stand in one opening."""
    return {
        frozenset((one.posting.id, other.posting.id))
        for opening in openings
        for one, other in combinations(opening.listings, 2)
    }


def words(text: str) -> list[str]:
    """Words in small letters, without markup."""
    return WORD.findall(TAG.sub(" ", text).lower())


def whole(listing: Listing) -> list[str]:
    """All the words of a posting."""
    posting = listing.posting
    return words(f"{posting.company} {posting.title} {posting.location} {posting.description}")


def by_rensa(listings: Sequence[Listing]) -> set[Pair]:
    """MinHash of shingles of three words, LSH, and the estimated similarity of the candidates."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415

    def sketched(shingles: list[str]) -> Any:
        sketch = RMinHash(num_perm=128, seed=1)
        sketch.update(shingles)
        return sketch

    return _met(listings, RMinHashLSH(threshold=ALIKE, num_perm=128, num_bands=16), sketched)


def by_datasketch(listings: Sequence[Listing]) -> set[Pair]:
    """The same in datasketch."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    def sketched(shingles: list[str]) -> Any:
        sketch = MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in shingles])
        return sketch

    return _met(listings, MinHashLSH(threshold=ALIKE, num_perm=128), sketched)


def _met(listings: Sequence[Listing], index: Any, sketched: Callable[[list[str]], Any]) -> set[Pair]:
    """The pairs that meet in an index of MinHashes and are alike."""
    sketches: list[Any] = []
    found: set[Pair] = set()
    for at, listing in enumerate(listings):
        text = whole(listing)
        sketch = sketched([" ".join(text[start : start + 3]) for start in range(len(text) - 2)])
        sketches.append(sketch)
        for other in index.query(sketch):
            if sketches[other].jaccard(sketch) >= ALIKE:
                found.add(frozenset((listing.posting.id, listings[other].posting.id)))
        index.insert(at, sketch)
    return found


def by_tfidf(listings: Sequence[Listing]) -> set[Pair]:
    """TF-IDF of the words, the cosine of all pairs."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    names = [listing.posting.id for listing in listings]
    vectors = TfidfVectorizer(analyzer=whole, sublinear_tf=True).fit_transform(listings)
    found: set[Pair] = set()
    for start in range(0, len(names), 500):  # rows at a time: all pairs would not fit
        alike = (vectors[start : start + 500] @ vectors.T).tocoo()
        found |= {
            frozenset((names[start + row], names[column]))
            for row, column, cosine in zip(alike.row, alike.col, alike.data, strict=True)
            if cosine >= COSINE and start + row < column
        }
    return found


def by_splink(listings: Sequence[Listing]) -> set[Pair]:
    """Splink on DuckDB: blocks of one employer or job id; title, place, id and shingles of the text compared."""
    import splink.comparison_library as compare  # noqa: PLC0415
    from pandas import DataFrame  # noqa: PLC0415
    from splink import Linker, SettingsCreator, block_on  # noqa: PLC0415
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415

    links = JobLinks(VOCABULARY["job_links"])
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("title", [0.96, 0.9]),
            compare.JaroWinklerAtThresholds("place", [0.9]),
            compare.ExactMatch("job"),
            compare.ArrayIntersectAtSizes("shingles", [25, 10]),
        ],
        blocking_rules_to_generate_predictions=[block_on("company"), block_on("job")],
    )
    table = DuckDBAPI().register(DataFrame([_row(listing, links) for listing in listings]))
    linker = Linker(table, settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("job"), block_on("company", "title", "place")], 0.8
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("company", "title", "place"))
    training.estimate_parameters_using_expectation_maximisation(block_on("job"))
    likely = linker.inference.predict(threshold_match_probability=SURE).as_pandas_dataframe()
    return set(map(frozenset, zip(likely.unique_id_l, likely.unique_id_r, strict=True)))


def _row(listing: Listing, links: JobLinks) -> dict[str, object]:
    """A posting as splink's table has it: names without legal form, the words of the place in order, a job id."""
    posting, text = listing.posting, words(listing.posting.description)
    key = links.key(posting.url)
    return {
        "unique_id": posting.id,
        "company": employer_key(posting.company),
        "title": " ".join(words(posting.title)),
        "place": " ".join(sorted(words(posting.location))),
        "job": f"{key.namespace} {key.id}" if key else None,
        "shingles": sorted({" ".join(text[at : at + 3]) for at in range(0, len(text) - 2, 4)}) or None,
    }
