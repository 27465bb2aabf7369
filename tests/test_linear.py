"""No posting can make a regular expression slow: each one reads its text in a time that grows with its length.

The patterns of the vocabulary are matched by hyperscan, which is linear by construction. Every other one
over posting text is looked at here: nothing may be repeated without end except possessively and at the end
of its pattern, so that no match is ever given back or begun again inside itself.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import crawlers
import pipeline
import pipeline.reading
import pipeline.text

parser: Any = re._parser  # type: ignore[attr-defined]
FOREVER = parser.MAXREPEAT
REPEATS = {parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT}
CHARACTERS = [[kind] for kind in (parser.LITERAL, parser.NOT_LITERAL, parser.IN, parser.ANY)]  # one, never begun anew
LONGEST = 200  # times that anything may be repeated in a pattern with an end
STEPS = 2_000  # ways in which the bounded repeats of one pattern may share a text out, nested ones multiplied


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
