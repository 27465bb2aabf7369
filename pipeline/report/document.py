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

# What could end a script element, open a comment in it, or is no valid text in UTF-8 or old JavaScript.
UNSAFE_IN_SCRIPT = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


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
    parts = {"policy": policy, "style": style, "script": script, "data": embedded(data)}
    template = _read("page.html")
    return re.sub(r"\{\{ (\w+) \}\}", lambda slot: parts[slot[1]], template).encode()


def embedded(data: Any) -> str:
    """`data` as JSON safe inside <script type="application/json">: `<`, `>`, `&` never occur in it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return UNSAFE_IN_SCRIPT.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(_read(name) for name in names)


def _read(name: str) -> str:
    # Line ends decide the hash: a checkout with CRLF must not differ from what the browser sees.
    return (files(__package__) / "page" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
