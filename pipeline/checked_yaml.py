"""A YAML file as plain values that remember where they stood.

For config.py alone: it finds syntax errors, duplicate keys and breaches of a JSON Schema, and gives each
one its line and column. What the values mean is no business of this room.

YAML 1.2 rules: `true` and `false` are the only booleans, so a language `no` and a policy `on` stay words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

SCHEMAS = Path(__file__).parent / "schemas"

_PLAIN: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    # the core schema of YAML 1.2, https://yaml.org/spec/1.2.2/#103-core-schema
    (re.compile(r"null|Null|NULL|~|"), lambda _: None),
    (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda word: word.lower() == "true"),
    (re.compile(r"[-+]?[0-9]{1,18}"), int),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), float),
)

Path_ = Sequence[str | int]


class ConfigError(Exception):
    """One or more faults in configuration files, each `file:line:column: what, did you mean …`."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes; resolves no tag itself, so that the values below follow YAML 1.2."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


class Source:
    """One file: `value` is what it says (meaningless while there are `problems`)."""

    def __init__(self, path: Path, *, words: bool = False) -> None:
        """Reads `path`. With `words`, every scalar is text: `42` and `true` are names like any other."""
        self.path = path
        self._faults: list[tuple[int, int, str]] = []
        self._words = words
        self._node = self._compose()
        self._seen: set[int] = set()
        self.value: Any = self._construct(self._node) if self._node is not None else None

    def problem(self, where: Path_, text: str, *, key: bool = False) -> None:
        """Notes a fault at the value under `where`, or at its key."""
        self._note(self._mark(where, key), text)

    def check(self, schema: str) -> None:
        """Notes every breach of pipeline/schemas/<schema>.json."""
        if self.problems:
            return
        for error in _validator(schema).iter_errors(self.value):
            for where, text, key in _explained(error):
                self.problem(where, text, key=key)

    def refuse(self) -> None:
        """Raises ConfigError if anything is wrong."""
        if self.problems:
            raise ConfigError(self.problems)

    @property
    def problems(self) -> list[str]:
        """`file:line:column: what` of every fault, in the order of the file."""
        return [f"{self.path}:{line}:{column}: {text}" for line, column, text in sorted(self._faults)]

    def _note(self, mark: tuple[int, int], text: str) -> None:
        self._faults.append((*mark, text))

    def _compose(self) -> yaml.Node | None:
        try:
            text = self.path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            self._note((1, 1), "there is no such file")
            return None
        except OSError as error:
            self._note((1, 1), error.strerror or "cannot be read")
            return None
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            start = before.rfind(b"\n") + 1
            self._note((before.count(b"\n") + 1, error.start - start + 1), "this is not UTF-8 text")
            return None
        try:
            return yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            what = error.problem or error.context or "broken YAML"
            self._note((mark.line + 1, mark.column + 1) if mark else (1, 1), f"broken YAML: {what}")
        except yaml.reader.ReaderError as error:
            before_text = text[: error.position] if isinstance(error.position, int) else ""
            column = len(before_text) - before_text.rfind("\n")
            self._note((before_text.count("\n") + 1, column), f"broken YAML: {error.reason}")
        except RecursionError:
            self._note((1, 1), "broken YAML: nested too deeply")
        return None

    def _construct(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self._seen:
            self._note(_at(node), "this is used again by an alias (*name): write it out there")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self._construct(item) for item in node.value]
        values: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._note(_at(key), "a key must be text")
            elif key.value in values:
                self._note(_at(key), f"duplicate key {key.value!r}")
            else:
                values[key.value] = self._construct(value)
        return values

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag not in ("tag:yaml.org,2002:str", "!", "?"):
            self._note(_at(node), f"the tag {node.tag} is not allowed here")
        if node.style or (self._words and node.value not in ("", "~", "null")):  # quoted, or a name
            return node.value
        return next((read(node.value) for form, read in _PLAIN if form.fullmatch(node.value)), node.value)

    def _mark(self, where: Path_, key: bool) -> tuple[int, int]:
        """Line and column, from 1, of the deepest node that exists under `where`."""
        node, mark = self._node, (1, 1)
        if node is not None:
            mark = _at(node)
        for depth, step in enumerate(where):
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == step), None)
                if pair is None:
                    return mark
                mark = _at(pair[0] if key and depth == len(where) - 1 else pair[1])
                node = pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                mark = _at(node)
            else:
                return mark
        return mark


def did_you_mean(word: str, choices: Sequence[str]) -> str:
    """`; did you mean 'x'?` where one of the choices is close, else nothing."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 -- only a fault needs it, and start-up must be quick

    best = process.extractOne(str(word).lower(), {c: c.lower() for c in choices}, scorer=fuzz.ratio, score_cutoff=65)
    return f"; did you mean {best[2]!r}?" if best else ""


def _at(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


@cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 -- takes longer than `reachlist --help` may

    rules = json.loads((SCHEMAS / f"{schema}.json").read_text(encoding="utf-8"))
    return Draft202012Validator(rules, format_checker=Draft202012Validator.FORMAT_CHECKER)


_KINDS = {
    "object": "a mapping (key: value)",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"{json.dumps(value, ensure_ascii=False)}"


def _explained(error: Any) -> Iterator[tuple[list[str | int], str, bool]]:
    """(path, sentence, is it the key's fault) of one breach of a schema."""
    where, value, schema, rule = (
        list(error.absolute_path),
        error.instance,
        error.schema,
        error.validator_value,
    )
    if "propertyNames" in error.absolute_schema_path:
        known = schema.get("enum", [])
        there_are = f"; there are {', '.join(known)}" if known else f": expected {schema['description']}"
        yield [*where, value], f"unknown key {value!r}{did_you_mean(value, known) or there_are}", True
        return
    match error.validator:
        case "additionalProperties":
            known = list(schema.get("properties", {}))
            for key in value:
                if key not in known:
                    yield [*where, key], f"unknown key {key!r}{did_you_mean(key, known)}", True
        case "required":
            missing = next(key for key in rule if error.message.startswith(repr(key)))
            yield where, f"the key {missing!r} is missing", False
        case "type" if "description" not in schema:
            wanted = rule if isinstance(rule, list) else [rule]
            kinds = " or ".join(_KINDS[kind] for kind in wanted)
            quotes = "; put it in quotes" if "string" in wanted and isinstance(value, bool | int | float) else ""
            yield where, f"expected {kinds}, found {_kind(value)}{quotes}", False
        case "enum" if "description" not in schema:
            words = ["null" if choice is None else str(choice) for choice in rule]
            yield where, f"{_kind(value)} is not one of {', '.join(words)}{did_you_mean(value, words)}", False
        case "minimum" | "exclusiveMinimum":
            yield where, f"{value} is too small: the least is {rule}", False
        case "maximum" | "exclusiveMaximum" if "description" not in schema:
            yield where, f"{value} is too large: the most is {rule}", False
        case "minLength" | "minItems" | "minProperties":
            yield where, "this may not be empty", False
        case "uniqueItems":
            yield where, "the same entry stands here twice", False
        case _:
            yield (
                where,
                f"{_kind(value)} is not {schema.get('description', 'of the form expected here')}",
                False,
            )
