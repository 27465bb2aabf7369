"""Decoding a board's answer: bytes -> JSON values, within limits; XML and HTML as the same kinds of values.

Raises `Unreadable` with a reason for a person. What may not enter: anything about one platform.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from lxml import etree
from parsel import Selector

from crawlers.fields import Unreadable

MAX_DEPTH = 64  # levels of lists and objects
MAX_DIGITS = 18  # of a whole number: what fits in 64 bits

_NOT_STRUCTURE = bytes(set(range(256)) - set(b'[]{}"'))
_BEGINS, _ENDS = (re.compile(tag, re.IGNORECASE) for tag in (rb"<(html|body)\b", rb"</(html|body)\s*>"))
_STRING = re.compile(rb'"[^"]*"')


def json_answer(body: bytes, *, strict: bool = True) -> Any:
    """The JSON value of an answer in UTF-8, with or without a byte order mark.

    Not `strict`: line breaks may stand in texts as they are, as in many a page's JSON-LD.
    """
    text = body.removeprefix(b"\xef\xbb\xbf")
    start = text.lstrip()[:1]
    if not start:
        raise Unreadable("an empty answer where JSON was due")
    if start == b"<":
        raise Unreadable("HTML where JSON was due")
    if depth(text) > MAX_DEPTH:
        raise Unreadable(f"JSON nested deeper than {MAX_DEPTH} levels")
    try:
        return json.loads(text.decode("utf-8"), parse_int=_whole_number, parse_constant=_no_number, strict=strict)
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8") from error
    except json.JSONDecodeError as error:
        ended = error.pos >= len(error.doc.rstrip()) - 1 or error.msg.startswith("Unterminated")
        whole = "the answer breaks off" if ended else "not JSON"
        raise Unreadable(f"{whole} at character {error.pos:,}: {error.msg}") from error
    except RecursionError as error:
        raise Unreadable("JSON nested too deeply") from error


def xml_answer(body: bytes, root: str, many: Collection[str] = ()) -> dict[str, Any]:
    """The content of an XML answer whose outermost element is `root`, as JSON values.

    An element with children is an object, one without is its text, an empty one None; the names in `many` are
    lists, of any other name the first counts. Names keep their prefix (`tt:city`), attributes are left out.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        document = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        page = re.match(rb"\s*<(!doctype )?html", body, re.IGNORECASE)
        raise Unreadable("HTML where XML was due" if page else f"broken XML: {' '.join(error.msg.split())}") from error
    if document.getroottree().docinfo.doctype:
        raise Unreadable("XML that declares a document type, which no feed needs")
    if _name(document) != root:
        raise Unreadable(f"expected <{root}>, found <{_name(document)}>")
    content = _content(document, many)
    return content if isinstance(content, dict) else {}


def html_records(body: bytes, record: str, **values: str) -> list[dict[str, str | None]]:
    """The records of an HTML page: what `record` selects, each with the text that the selectors of `values` find.

    Selectors are CSS, with `::attr(href)` for an attribute; None where nothing is found. Raises Unreadable for a page
    that breaks off, as its last records would seem closed.
    """
    if _BEGINS.search(body) and not _ENDS.search(body):
        raise Unreadable("the page breaks off")
    page = _page(body)
    return [{name: _first(found.css(css)) for name, css in values.items()} for found in page.css(record)]


def html_part(body: bytes, part: str) -> str | None:
    """The markup of the first element of an HTML page that `part`, in CSS, selects; None where there is none."""
    return _page(body).css(part).get()


def _page(body: bytes) -> Selector:
    return Selector(body.decode("utf-8", "replace") or "<html/>", type="html")


def _first(found: Any) -> str | None:
    if not found:
        return None
    return found[0].root if isinstance(found[0].root, str) else " ".join(found[0].css("*::text").getall())


def _name(element: Any) -> str:
    name = etree.QName(element).localname
    return f"{element.prefix}:{name}" if element.prefix else name


def _content(element: Any, many: Collection[str]) -> Any:
    """What is in an element; libxml2 refuses nesting deeper than 256."""
    children = list(element)
    if not children:
        return element.text if (element.text or "").strip() else None
    content: dict[str, Any] = {}
    for child in children:
        name, value = _name(child), _content(child, many)
        if name in many:
            content.setdefault(name, []).append(value)
        else:
            content.setdefault(name, value)
    return content


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
