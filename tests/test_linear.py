"""No posting can make a regular expression slow: each one reads its text in a time that grows with its length.

The patterns of the vocabulary are matched by hyperscan, which is linear by construction. Every other one
over posting text is looked at here: nothing may be repeated without end except possessively and at the end
of its pattern, so that no match is ever given back or begun again inside itself.

What is done with the matches grows with the length too: twice the text takes twice the calls, whatever it repeats.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import crawlers
import pipeline
import pipeline.reading
import pipeline.text
from pipeline.models import Posting
from pipeline.reading import Reader
from pipeline.reading.scan import Scanner, Sentence, View
from pipeline.text import Block, Document
from pipeline.text.lost_breaks import unflattened

parser: Any = re._parser  # type: ignore[attr-defined]
FOREVER = parser.MAXREPEAT
REPEATS = {parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT}
CHARACTERS = [[kind] for kind in (parser.LITERAL, parser.NOT_LITERAL, parser.IN, parser.ANY)]  # one, never begun anew
LONGEST = 200  # times that anything may be repeated in a pattern with an end
STEPS = 2_000  # ways in which the bounded repeats of one pattern may share a text out, nested ones multiplied
LENGTH = 10_000  # characters of a text that repeats one unit; compared with one twice as long
GROWTH = 2.2  # times the calls that twice the text may take
REPEATED = (
    "Requirements: Python and a PhD. ",
    "Requirements: Python and a PhD.\n",
    "熟悉Python，硕士及以上学历。",
    "You know Python. ",
    "3 to 6 months ",
    "http://a.b/c?d=e ",
    "Requirements:\n- Python\nNice to have:\n- R\n",
    "- Knowledge of SQL is a plus\n",
    "Python, ",
    "“Python” ",
    "licence, master, ",
    "Summer internship. Apply by May 1.\n",
    "Studies in computer science. ",
    "Canada: $5 per hour. ",
    "5000 pesos al mes. ",
    "You must know Docker and SQL is a plus, ",
    "Python\n\n-----\n",
    "• You know PythonRequirements are ",
)


def modules(*rooms: ModuleType) -> Iterator[ModuleType]:
    for room in rooms or (pipeline.text, pipeline.reading):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            yield importlib.import_module(found.name)


def patterns() -> Iterator[Any]:
    for module in modules():
        for name, value in vars(module).items():
            for number, compiled in enumerate(_compiled(value)):
                yield pytest.param(compiled, id=f"{module.__name__}.{name}[{number}]")


def _compiled(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _compiled(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _compiled(item)


def faults(expression: str, flags: int = 0) -> list[str]:
    """Why matching the expression could take more than linear time; empty where it cannot."""
    return [*_faults(parser.parse(expression, flags), last=True)]


def _faults(sequence: Any, *, last: bool, nested: int = 1) -> Iterator[str]:
    items = list(sequence)
    for index, item in enumerate(items):
        kind, argument = _possessive(item)
        rest = items[index + 1 :]
        ends = last and all(_may_be_empty(item) for item in rest)
        if kind in REPEATS:
            low, high, body = argument
            if high == FOREVER:
                if kind is not parser.POSSESSIVE_REPEAT:
                    yield f"repeats without end and may give back: {body}"
                if not ends:
                    yield f"repeats without end before something that may fail: {body}"
                if any(_unbounded(item) for item in body):
                    yield f"repeats without end what repeats without end: {body}"
                continue
            if high > LONGEST:
                yield f"repeats up to {high} times: {body}"
            ways = nested if kind is parser.POSSESSIVE_REPEAT else nested * (high - low + 1)
            if ways > STEPS:
                yield f"shares out in {ways} ways: {body}"
            yield from _faults(body, last=ends and high == 1, nested=ways)
        else:
            for part in _parts(kind, argument):
                yield from _faults(part, last=ends, nested=nested)


def _possessive(item: Any) -> Any:
    """The item; an atomic group of one repeat as the possessive repeat that it is."""
    kind, argument = item
    if kind is parser.ATOMIC_GROUP and len(argument) == 1 and argument[0][0] is parser.MAX_REPEAT:
        return parser.POSSESSIVE_REPEAT, argument[0][1]
    return item


def _parts(kind: Any, argument: Any) -> Iterator[Any]:
    if kind is parser.SUBPATTERN:
        yield argument[-1]
    elif kind is parser.BRANCH:
        yield from argument[1]
    elif kind in (parser.ASSERT, parser.ASSERT_NOT):
        yield argument[1]
    elif kind is parser.ATOMIC_GROUP:
        yield argument
    elif kind is parser.GROUPREF_EXISTS:
        yield from (part for part in argument[1:] if part)


def _may_be_empty(item: Any) -> bool:
    kind, argument = _possessive(item)
    if kind in REPEATS:
        return bool(argument[0] == 0)
    return kind is parser.SUBPATTERN and all(_may_be_empty(part) for part in argument[-1])


def misread_before_3_11_5(sequence: Any) -> bool:
    """Whether a group is repeated possessively, which Python 3.11.0 to 3.11.4 match wrongly (CPython gh-106052).

    An atomic group around the repeat says the same, and is matched rightly by all.
    """
    return any(
        (kind is parser.POSSESSIVE_REPEAT and [item[0] for item in argument[2]] not in CHARACTERS)
        or any(map(misread_before_3_11_5, [argument[2]] if kind in REPEATS else _parts(kind, argument)))
        for kind, argument in sequence
    )


def _unbounded(item: Any) -> bool:
    kind, argument = item
    if kind in REPEATS:
        return argument[1] == FOREVER or any(_unbounded(part) for part in argument[2])
    return any(_unbounded(inner) for part in _parts(kind, argument) for inner in part)


@pytest.mark.parametrize("compiled", list(patterns()))
def test_a_pattern_over_posting_text_is_linear(compiled: re.Pattern[str]):
    assert faults(compiled.pattern, compiled.flags & ~re.UNICODE) == []


def test_patterns_are_compiled_where_they_can_be_inspected():
    for module in modules():
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr not in ("compile", "escape"):
                    expression = node.args[0]
                    assert isinstance(expression, ast.Constant), f"{module.__name__}:{node.lineno}: name the pattern"
                    assert faults(expression.value) == [], f"{module.__name__}:{node.lineno}"


def test_every_python_reads_the_patterns_alike():
    found = [
        f"{module.__name__}.{name}: {compiled.pattern}"
        for module in modules(pipeline, crawlers)
        for name, value in vars(module).items()
        for compiled in _compiled(value)
        if isinstance(compiled.pattern, str) and misread_before_3_11_5(parser.parse(compiled.pattern))
    ]
    assert found == []


@pytest.mark.parametrize("misread", [r"(?:ab?c)*+", r"x(?:(?P<figure>\d)k?)?+", r"(?:(?:a|ab){2}+b)?"])
def test_a_group_repeated_possessively_is_found(misread: str):
    assert misread_before_3_11_5(parser.parse(misread))


@pytest.mark.parametrize("safe", [r"[a-z]{1,9}+\.?+", r"(?>(?:ab?c)*)", r"(?>ab?c|)"])
def test_single_characters_and_atomic_groups_are_read_alike(safe: str):
    assert not misread_before_3_11_5(parser.parse(safe))


@pytest.mark.parametrize(
    "slow", [r"(a+)+b", r"\s+$", r"\s++$", r".*x", r"(?:a|aa)+", r"[a-z]{1,500}", r"(?:a{0,90}b?){0,90}c"]
)
def test_slow_patterns_are_found(slow: str):
    assert faults(slow)


@pytest.mark.parametrize("linear", [r"\s++", r"\d{1,3}(?:,\d{3})?", r"(?>(?:[a-z]++)?)", r"a(?:b|c){0,4}d"])
def test_linear_patterns_pass(linear: str):
    assert not faults(linear)


def calls(reader: Reader, text: str) -> int:
    """How many functions are called to read a description; those written in C too."""
    counted = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    posting = Posting(board="t/t", ref="1", url="", title="Machine Learning Intern", company="", description=text)
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        reader.read(posting)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("unit", REPEATED)
def test_twice_the_text_takes_twice_the_calls(reader: Reader, unit: str):
    once, twice = (calls(reader, unit * (length // len(unit))) for length in (LENGTH, 2 * LENGTH))
    assert twice <= GROWTH * once


class Looked(list[Sentence]):
    """The sentences of a line, and how often one was looked at."""

    times = 0

    def __getitem__(self, index: Any) -> Any:
        self.times += 1
        return super().__getitem__(index)

    def __iter__(self) -> Iterator[Sentence]:
        for sentence in super().__iter__():
            self.times += 1
            yield sentence


class OneLine:
    """A line of many sentences."""

    def __init__(self, block: Block) -> None:
        self.sentences = Looked(Sentence(at, at + 1, block) for at in range(block.start, block.end, 2))

    def of(self, line: int) -> list[Sentence]:
        return self.sentences

    def section(self, line: int) -> str | None:
        return None


@pytest.mark.parametrize("at", [1, 5_000, 9_998])
def test_what_stands_beside_a_sentence_is_found_without_a_look_at_all_of_its_line(at: int):
    text = "a " * 10_000
    block = Block(0, len(text), "paragraph")
    line = OneLine(block)
    document = Document(text, (block,))
    view = View(document, line, Scanner({}).layers(document))
    sentence = line.sentences[at]
    line.sentences.times = 0
    assert next(view.above(sentence)).start == sentence.start - 2
    assert next(view.below(sentence)).start == sentence.start + 2
    assert line.sentences.times < 50
    assert len(list(view.above(sentence))) == at
    assert len(list(view.below(sentence))) == 9_999 - at


def test_a_word_without_an_end_is_looked_at_near_each_capital_alone():
    class Text(str):
        steps = 0

        def __getitem__(self, index: Any) -> str:
            Text.steps += 1
            return super().__getitem__(index)

    def steps(length: int) -> int:
        Text.steps = 0
        unflattened(Text("aBc" * length), frozenset())
        return Text.steps

    assert steps(2_000) <= GROWTH * steps(1_000)
