"""JSON, one value a line: what steers a terminal is written as an escape, so that a line can be printed anywhere."""

from __future__ import annotations

import json
import re
from typing import Any

# C1 and bidi controls, line separators, byte order marks, halves of surrogate pairs; json escapes the rest
_STEERS = re.compile("[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def json_line(value: Any) -> str:
    """`value` in JSON, without the end of the line; read back, it is the same to the character."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() else _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
