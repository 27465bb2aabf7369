"""Hits and sentences are found where they are asked for, and are the same as if all had been found at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.models import Posting
from pipeline.reading import Reader
from pipeline.reading.layers import EVERYWHERE, TOGETHER
from pipeline.reading.scan import Scanner

TEXTS = [
    case["text"] for case in yaml.safe_load((Path(__file__).parent / "readings" / "sections.yaml").read_text("utf-8"))
]
LAYERS = ("skill", "severity", "heading", "asks_skill", "field_of_study", "study", "pay")


def posting(text: str) -> Posting:
    return Posting("file/x", "1", "", "Machine Learning Intern – Zürich 机器学习", "", text, ("Zürich",))


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_asked_for_line_by_line_is_the_layer_of_the_whole_text(reader: Reader, layer: str) -> None:
    for text in TEXTS:
        document = reader.view(posting(text)).document
        by_line = reader.scanner.layers(document)
        found = [hit for block in document.blocks for hit in by_line.hits(layer, block.start, block.end)]
        assert found == reader.scanner.layers(document).hits(layer)


def test_a_sentence_asked_for_alone_is_the_one_among_all(reader: Reader) -> None:
    for text in TEXTS:
        for sentence in reader.view(posting(text)).sentences:
            view = reader.view(posting(text))
            assert view.sentence(sentence.start) == sentence
            assert view.section(sentence.start) == sentence.section


def test_the_sentences_above_and_below_are_its_neighbours(reader: Reader) -> None:
    view = reader.view(posting("You bring:\nPython. Also R.\nNice to have:\nSQL."))
    sentences = list(view.sentences)
    for number, sentence in enumerate(sentences):
        assert list(view.above(sentence)) == sentences[:number][::-1]
        assert list(view.below(sentence)) == sentences[number + 1 :]


def test_a_window_over_several_lines_holds_the_hits_of_each() -> None:
    layers = Scanner({"skill": {"python": ["python"], "r": ["=R"]}}).scan("Python and R\nR, r\npython")
    assert [hit.start for hit in layers.hits("skill", 3, 20)] == [11, 13, 18]
    assert layers.hits("skill", 20, 20) == []
    assert layers.hits("no such layer", 0, 20) == []


def test_a_layer_without_a_phrase_has_no_hits() -> None:
    layers = Scanner({"skill": {}, "heading": {"required": []}, "gpa": {"gpa": ["gpa"]}}).scan("GPA")
    assert [len(layers.hits(layer)) for layer in ("skill", "heading", "gpa")] == [0, 0, 1]


@pytest.mark.parametrize(
    ("phrases", "text", "spans"),
    [
        (
            ["full time", "part-time"],
            "full-time, full time, part-time, part time",
            ["full-time", "full time", "part-time"],
        ),
        (["=Go", "go to"], "Go, go, Go to, go-to", ["Go", "Go to", "go-to"]),
        (["a - b"], "a - b, a b, a   b", ["a - b"]),
        (["pre-train*", "pre train"], "pre-training, pre train, pre training", ["pre-training", "pre train"]),
        (["one two three four five six seven"], "one-two three four five six seven", []),
    ],
)
def test_spellings_of_one_wording_are_told_apart(phrases: list[str], text: str, spans: list[str]) -> None:
    hits = Scanner({"layer": {"concept": phrases}}).scan(text).hits("layer")
    assert [text[hit.start : hit.end] for hit in hits] == spans


def test_no_layer_is_named_twice_in_the_groups_and_each_exists(reader: Reader) -> None:
    named = [layer for group in (EVERYWHERE, *TOGETHER) for layer in group]
    assert len(named) == len(set(named))
    assert set(named) <= reader.scanner.names
