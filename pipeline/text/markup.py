"""HTML or plain text as text with marks: where blocks, bullets, headings and bold begin and end.

The marks are characters for private use, taken out of what comes in first. What a line is, lines.py says.
"""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

MARKS = BREAK, BULLET, HEADING, HEADING_END, BOLD, BOLD_END = tuple("\ue000\ue001\ue002\ue003\ue004\ue005")
_TAG = re.compile(
    r"</?(?:p|br|li|ul|ol|div|span|h[1-6]|strong|b|em|i|u|a|table|tr|td|section|article|body|html|font|pre)[\s/>]",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(r"<(?:p|br|li|div|h[1-6]|tr)[\s/>]", re.IGNORECASE)
_TAG_MARKS = {  # what is put before and behind an element
    **dict.fromkeys(
        (
            "p",
            "div",
            "tr",
            "ul",
            "ol",
            "section",
            "article",
            "header",
            "footer",
            "table",
            "dt",
            "dd",
            "blockquote",
            "pre",
        ),
        (BREAK, BREAK),
    ),
    **dict.fromkeys(("br", "hr"), (BREAK, "")),
    "li": (BREAK + BULLET, BREAK),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), (BREAK + HEADING, HEADING_END + BREAK)),
    **dict.fromkeys(("strong", "b"), (BOLD, BOLD_END)),
}
_MARKED_TAG = re.compile(rf"<(/?)({'|'.join(_TAG_MARKS)})(?=[\s/>])[^<>]{{0,200}}+>?+", re.IGNORECASE)
_TABLE = re.compile(r"<table[\s/>]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_MARKDOWN_BOLD = re.compile(r"(?:\*\*|__)(?=\S)([^*_\n]{1,160})(?:\*\*|__)")


def marked(source: str) -> str:
    """A description with marks of its structure; HTML that was escaped twice is HTML."""
    if "&lt;" in source and not _TAG.search(source):
        source = html.unescape(source)
    text = _of_tree(source) if _TAG.search(source) else source
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def with_bold(text: str) -> str:
    """The text with marks for the bold of Markdown."""
    return _MARKDOWN_BOLD.sub(rf"{BOLD}\1{BOLD_END}", text) if "**" in text or "__" in text else text


def without_marks(text: str) -> str:
    for mark in MARKS:
        text = text.replace(mark, "")
    return text


def _of_tree(source: str) -> str:
    """HTML as text with structure marks; lexbor builds the tree, as a browser would."""
    table = _TABLE.search(source) is not None  # text between the tags of a table would be moved out of it
    tree = LexborHTMLParser(source if table else _MARKED_TAG.sub(_with_mark, source))
    body = tree.body
    if body is None:
        return ""
    tree.strip_tags(["script", "style", "noscript", "template", "iframe", "svg", "head"])
    if table:
        _mark(body)
    text = body.text(deep=True)
    return text.replace("\n", " ") if _BLOCK_TAG.search(source) else text


def _with_mark(tag: re.Match[str]) -> str:
    before, after = _TAG_MARKS[tag[2].lower()]
    return tag[0] + after if tag[1] else before + tag[0]


def _mark(body: LexborNode) -> None:
    for name, (before, after) in _TAG_MARKS.items():
        for node in body.css(name):
            node.insert_before(before)
            if after:
                node.insert_after(after)
    for node in body.css("td,th"):
        node.insert_after(" ")
