"""Decoding a board's answer: bytes -> JSON, within limits.

Raises `Unreadable` with a reason for a person. What may not enter: anything about one platform.
"""

from __future__ import annotations

import json
import re
from typing import Any

from crawlers.fields import Unreadable

MAX_DEPTH = 64  # levels of lists and objects
MAX_DIGITS = 18  # of a whole number: what fits in 64 bits

_NOT_STRUCTURE = bytes(set(range(256)) - set(b'[]{}"'))
_STRING = re.compile(rb'"[^"]*"')


def json_answer(body: bytes) -> Any:
    """The JSON value of an answer in UTF-8, with or without a byte order mark."""
    text = body.removeprefix(b"\xef\xbb\xbf")
    start = text.lstrip()[:1]
    if not start:
        raise Unreadable("an empty answer where JSON was due")
    if start == b"<":
        raise Unreadable("HTML where JSON was due")
    if depth(text) > MAX_DEPTH:
        raise Unreadable(f"JSON nested deeper than {MAX_DEPTH} levels")
    try:
        return json.loads(text.decode("utf-8"), parse_int=_whole_number, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8") from error
    except json.JSONDecodeError as error:
        ended = error.pos >= len(error.doc.rstrip()) - 1 or error.msg.startswith("Unterminated")
        whole = "the answer breaks off" if ended else "not JSON"
        raise Unreadable(f"{whole} at character {error.pos:,}: {error.msg}") from error
    except RecursionError as error:
        raise Unreadable("JSON nested too deeply") from error


def depth(body: bytes) -> int:
    """How deep lists and objects are nested, without building them."""
    level = deepest = 0
    escaped_out = body.replace(rb"\\", b"").replace(rb"\"", b"")
    for mark in _STRING.sub(b"", escaped_out.translate(None, _NOT_STRUCTURE)):
        if mark in b"[{":
            level += 1
            deepest = max(deepest, level)
        elif mark in b"]}":
            level -= 1
    return deepest


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits


def _no_number(name: str) -> None:
    """NaN and Infinity are no values of JSON: read as nothing."""
