"""JSON, style and script become one self-contained page; nothing a posting says can become markup.

The page may run the script and use the style written here and nothing else: the policy names both by their
SHA-256, forbids every request, and turns the sinks that parse text (innerHTML and the like) off.
"""

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import Any

import msgspec

STYLES = ("base.css", "list.css", "charts.css")
SCRIPTS = (
    "element.js",
    "data.js",
    "score.js",
    "filters.js",
    "detail.js",
    "list.js",
    "charts.js",
    "plots.js",
    "panels.js",
    "views.js",
    "start.js",
)

UNSAFE_IN_SCRIPT = "<>&\u2028\u2029"  # could end the element, open a comment in it, or is no JavaScript of old


def document(data: dict[str, Any]) -> bytes:
    """The whole page as UTF-8, `data` inside it as JSON that no HTML parser can leave."""
    style = _joined(STYLES)
    script = _joined(SCRIPTS)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    parts = {b"policy": policy.encode(), b"style": style.encode(), b"script": script.encode(), b"data": embedded(data)}
    return re.sub(rb"\{\{ (\w+) \}\}", lambda slot: parts[slot[1]], _read("page.html").encode())


def embedded(data: Any) -> bytes:
    """`data` as JSON safe inside <script type="application/json">: `<`, `>`, `&` never occur in it."""
    try:
        content = msgspec.json.encode(data)
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can hold
        content = json.dumps(data, allow_nan=False).encode()
    for letter in UNSAFE_IN_SCRIPT:
        content = content.replace(letter.encode(), f"\\u{ord(letter):04x}".encode())
    return content


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(_read(name) for name in names)


def _read(name: str) -> str:
    # Line ends decide the hash: a checkout with CRLF must not differ from what the browser sees.
    return (files(__package__) / "page" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
