"""One edit of a profile in words, `skills.working += sql`, made on a copy: what would the list be then?

Works on the profile as read from YAML, before it is checked; the result is checked by pipeline/config.py
like any other profile, so a wrong edit gets the same message as a wrong file. Nothing is written.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

EDIT = re.compile(r"\s*(?P<path>[a-z_]+(?:\.[^=]+?)*)\s*(?P<sign>\+=|-=|=)\s*(?P<value>.*?)\s*$")


class EditError(ValueError):
    """The edit is not one; the message says how one is written."""


def edited(profile: Mapping[str, Any], edit: str) -> dict[str, Any]:
    """A copy of a profile (the mapping of its YAML) with one edit made.

    `path = value` sets, `path += value` adds to a list or a number, `path -= value` takes away. A value is
    written as in the file: a word, a number, true, false, null, or `[a, b]`. A skill added to one list leaves
    the others. Raises EditError.
    """
    found = EDIT.fullmatch(edit)
    if not found:
        raise EditError(f"{edit!r}: an edit is written `skills.working += sql` or `student.graduates = 2028-06`")
    value = _value(found["value"])
    changed = copy.deepcopy(dict(profile))
    *parents, name = found["path"].strip().split(".")
    place = changed
    for parent in parents:
        place = place.setdefault(parent, {})
        if not isinstance(place, dict):
            raise EditError(f"{found['path']}: {parent} holds no settings")
    if found["sign"] == "=":
        place[name] = value
    else:
        place[name] = _moved(found["path"], place.get(name), value, found["sign"])
    if parents == ["skills"] and found["sign"] == "+=":
        for other in place.keys() - {name}:
            place[other] = [skill for skill in place[other] if skill not in _list(value)]
    return changed


def _value(text: str) -> Any:
    """A value as written in the file, without nesting."""
    if text.startswith("[") != text.endswith("]"):
        raise EditError(f"{text!r}: a list is written [a, b]")
    if text.startswith("["):
        return [_value(part.strip()) for part in text[1:-1].split(",") if part.strip()]
    constants = {"true": True, "false": False, "null": None, "": None}
    if text in constants:
        return constants[text]
    number = re.fullmatch(r"-?\d+(\.\d+)?", text)
    return text.strip("\"'") if not number else float(text) if number[1] else int(text)


def _moved(path: str, current: Any, value: Any, sign: str) -> Any:
    """The value with something added or taken away."""
    if isinstance(current, int | float) and isinstance(value, int | float):
        return current + value if sign == "+=" else current - value
    if current is not None and not isinstance(current, list):
        raise EditError(f"{path} is no list and no number; set it with =")
    kept = [one for one in current or [] if one not in _list(value)]
    if sign == "-=" and len(kept) == len(current or []):
        raise EditError(f"{path} does not hold {value!r}")
    return kept + _list(value) if sign == "+=" else kept


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
