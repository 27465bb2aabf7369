"""Every opening held against a profile again, beside the same scores row by row through pandas.

Openings, readings and employers are those of the corpus, each combined with others until there are 200,000.
The other rows are what a list costs besides: reasons with their quotes, and a line of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from benchmarks.measuring import ROOT, Corpus, Row, absent, agree, measured
from pipeline import config, score, shortlist
from pipeline.columns import Ranking, columns, rank
from pipeline.commands.stages import Stages
from pipeline.commands.work import Work
from pipeline.engines import Local
from pipeline.models import Employer, Listing, Opening, Profile, Reading

TODAY = date(2026, 11, 21)
READ = 2_000  # postings of the corpus that are enough
OPENINGS = 200_000
EXPLAINED = 20_000  # openings that are enough to time what makes a score for each

Judged = tuple[Opening, Reading, Employer]


def rows(corpus: Corpus) -> Iterator[Row]:
    """Ours for all openings; what is made for each row for some of them, ours and the peer's."""
    settings = config.load(
        ROOT / "config", criteria=[name for name, *_ in score.CRITERIA], skills=lambda words: corpus.reader.skills
    )
    profile = settings.profile
    work = Work(settings.vocabulary, settings.employers, TODAY, corpus.reader)
    every = list(islice(combined(judged(corpus, Stages(work, Local(work)))), OPENINGS))
    some = every[:: max(1, len(every) // EXPLAINED)]
    seconds, scored = measured(lambda: explained(some, profile), rounds=1)
    agreed = rank(columns(some), profile, TODAY)
    agree("score: totals", [round(total, 6) for total in agreed.total.tolist()], totals(scored))
    agree("score: order", [some[int(at)][0].id for at in agreed.order], [row.opening.id for row in score.order(scored)])
    made, table = measured(lambda: columns(every), rounds=1)
    ranked, _ = measured(lambda: rank(table, profile, TODAY), rounds=5)
    listed, _ = measured(lambda: shortlist.to_csv(shortlist.numbered(scored)), rounds=1)
    yield Row("score", "reachlist, all ranked again", ranked, len(every), f"{1000 * ranked:.0f} ms")
    yield Row("score", "· openings into columns, once", made, len(every))
    yield Row("score", "· a row with its reasons and quotes", seconds, len(some))
    yield Row("score", "· a row into a list as CSV", listed, len(some))
    yield absent("score", "pandas apply", "pandas") or applied(some, profile, agreed)


def judged(corpus: Corpus, stages: Stages) -> list[Judged]:
    """The first postings of the corpus as openings, whatever they are."""
    read = stages.read_given(map(Listing, corpus.postings[:READ]))
    return [(one.opening, one.reading, one.employer) for block in stages.judged(read) for one in block]


def combined(judged: Sequence[Judged]) -> Iterator[Judged]:
    """Without end: every opening with the readings and employers of others, under ids that ascend."""
    size, number = len(judged), 0
    while True:
        turn, at = divmod(number, size)
        opening, reading, employer = judged[at][0], judged[(at + turn) % size][1], judged[(at + 7 * turn) % size][2]
        yield replace(opening, id=f"{number:09}"), reading, employer
        number += 1


def explained(judged: Sequence[Judged], profile: Profile) -> list[shortlist.Row]:
    """A row with its score for each."""
    return [
        shortlist.Row(opening, reading, employer, score.score(opening, reading, employer, profile, TODAY))
        for opening, reading, employer in judged
    ]


def totals(scored: Sequence[shortlist.Row]) -> list[float]:
    """What the columns have to agree with."""
    return [round(row.score.total, 6) for row in scored]


def applied(judged: Sequence[Judged], profile: Profile, ours: Ranking) -> Row:
    """A frame of the same rows, and the score applied to each."""
    import pandas  # noqa: PLC0415

    frame = pandas.DataFrame(judged, columns=["opening", "reading", "employer"])

    def total(row: pandas.Series) -> float:
        return score.score(row.opening, row.reading, row.employer, profile, TODAY).total

    seconds, found = measured(lambda: frame.apply(total, axis=1), rounds=1)
    agree("score: pandas", [round(one, 6) for one in found], [round(one, 6) for one in ours.total.tolist()])
    return Row("score", "pandas apply", seconds, len(judged))
