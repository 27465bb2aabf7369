"""The floor: inflate, typed JSON, text, one scan for every phrase of our vocabulary, and an insert, by bare libraries.

Of ours is only the database of phrases, as the reader has it compiled. What the whole pipeline costs is told as a
multiple of this row.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict

from selectolax.lexbor import LexborHTMLParser

from benchmarks.measuring import Corpus, Row, absent, measured
from pipeline.commands.compiled import Compiled
from pipeline.reading.patterns import Patterns


def rows(corpus: Corpus) -> Iterator[Row]:
    """One row: the floor."""
    if missing := absent("floor", "bare libraries", "msgspec"):
        yield missing
        return
    import msgspec  # noqa: PLC0415 -- of the extra `bench`

    class Record(msgspec.Struct):
        """The columns of a posting."""

        board: str
        ref: str
        url: str
        title: str
        company: str
        description: str
        locations: tuple[str, ...] = ()
        posted: str | None = None

    packed = gzip.compress(b"\n".join(json.dumps(asdict(posting)).encode() for posting in corpus.postings))
    decoder = msgspec.json.Decoder(Record)
    phrases = sorted(corpus.reader.vocabulary.lines)
    scanner = Patterns(phrases, Compiled()).ends

    def run() -> int:
        found = 0

        def hit(*_: object) -> None:
            nonlocal found
            found += 1

        with sqlite3.connect(":memory:") as database:
            database.execute("CREATE TABLE posting (board, ref, url, title, company, text, PRIMARY KEY (board, ref))")
            for line in gzip.decompress(packed).split(b"\n"):
                record = decoder.decode(line)
                text = LexborHTMLParser(record.description).text(separator="\n")
                scanner.scan(text.lower().encode(), match_event_handler=hit)
                values = (record.board, record.ref, record.url, record.title, record.company, text)
                database.execute("INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?)", values)
        database.close()
        return found

    seconds, found = measured(run)
    yield Row("floor", "bare libraries", seconds, len(corpus.postings), f"{found:,} hits of {len(phrases):,} phrases")
