"""The notation of phrases: what is looked for, and what a slip in it costs."""

from __future__ import annotations

import pytest

from pipeline.reading.scan import Scanner


def found(phrase: str, text: str) -> list[str]:
    """The spans of `text` in which the phrase is found, leftmost and longest."""
    layers = Scanner({"layer": {"concept": [phrase]}}).scan(text)
    return [text[hit.start : hit.end] for hit in layers.hits("layer")]


@pytest.mark.parametrize(
    ("phrase", "text", "spans"),
    [
        (
            "machine learning",
            "Machine-learning and machine learning, not machinelearning",
            ["Machine-learning", "machine learning"],
        ),
        ("pursu*", "pursuing, pursue, but no lawsuit pursu", ["pursuing", "pursue", "pursu"]),
        ("(bs|ba) in", "a BS in maths or BA-in", ["BS in", "BA-in"]),
        (
            "currently [a] student",
            "currently student, currently a student",
            ["currently student", "currently a student"],
        ),
        (
            "[also] [very] welcome",
            "welcome, very welcome and also welcome",
            ["welcome", "very welcome", "also welcome"],
        ),
        ("require .. degree", "requires? we require a good degree", ["require a good degree"]),
        ("<n> employees", "1,200 employees and 50 employees", ["1,200 employees", "50 employees"]),
        ("=Go", "Go, go, Golang", ["Go"]),
        ("c++", "C++17 and c++", ["C++", "c++"]),
        ("r", "R, not RStudio or our", ["R"]),
        ("you'll", "you'll and youll and you’ll", ["you'll", "youll", "you’ll"]),
        ("实习", "人工智能实习生", ["实习"]),
        ("(约|近)<n>(人|名员工)", "公司现有约200人，近30名员工", ["约200人", "近30名员工"]),
        ("diplôme", "diplome ou diplôme", ["diplome", "diplôme"]),
        ("hugging face", "使用Hugging Face训练", ["Hugging Face"]),
    ],
)
def test_a_phrase_is_found_where_its_notation_says(phrase: str, text: str, spans: list[str]) -> None:
    """One row per sign of the notation; borders of words count, typography does not."""
    assert found(phrase, text) == spans


@pytest.mark.parametrize("phrase", ["(open", "close)", "[half", "a (b [c] d) e", "a )b( c"])
def test_brackets_that_do_not_close_are_characters(phrase: str) -> None:
    """A slip in a user's line must not stop the program; it finds just what is written."""
    assert found(phrase, f"so {phrase} it is") == [phrase]
