"""HTML or plain text as text with marks: where blocks, bullets, headings and bold begin and end.

The marks are characters for private use, taken out of what comes in first. What a line is, lines.py says.
"""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborHTMLParser

MARKS = BREAK, BULLET, HEADING, HEADING_END, BOLD, BOLD_END = tuple("\ue000\ue001\ue002\ue003\ue004\ue005")
_TAG = re.compile(
    r"</?(?:p|br|li|ul|ol|div|span|h[1-6]|strong|b|em|i|u|a|table|tr|td|section|article|body|html|font|pre)[\s/>]",
    re.IGNORECASE,
)
_ESCAPED_TAG = re.compile(r"&lt;/(?:p|li|ul|ol|div|h[1-6]|strong)&gt;", re.IGNORECASE)  # before a feed's own last line
_BLOCK_TAG = re.compile(r"<(?:p|br|li|div|h[1-6]|tr)[\s/>]", re.IGNORECASE)
_BLOCKS = (
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption figure footer form header"
    " main menu nav ol p pre section summary table tr ul"
)
_TAG_MARKS = {  # what stands in the place of a start tag and of an end tag
    **dict.fromkeys(_BLOCKS.split(), (BREAK, BREAK)),
    **dict.fromkeys(("br", "hr"), (BREAK, "")),
    "li": (BREAK + BULLET, BREAK),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), (BREAK + HEADING, HEADING_END + BREAK)),
    **dict.fromkeys(("strong", "b"), (BOLD, BOLD_END)),
    **dict.fromkeys(("td", "th"), (" ", " ")),
    **dict.fromkeys(("tbody", "thead", "tfoot"), ("", "")),
}
_BARE_TAGS = {  # without attributes, as most are
    tag: mark
    for name, (before, after) in _TAG_MARKS.items()
    for tag, mark in ((f"<{name}>", before), (f"</{name}>", after))
}
_MARKED_TAG = re.compile(rf"<(/?)({'|'.join(_TAG_MARKS)})(?=[\s/>])[^<>]{{0,200}}+>?+", re.IGNORECASE)
_NO_BREAK = re.compile(  # neither an empty line nor a heading or an item of Markdown stands behind it
    r"(?<!\n)\n(?![ \t]{0,8}(?:\n|#{1,6} |[-*+] |\d{1,2}[.)] ))"
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # a sign that Markdown is told to leave alone: “C\+\+”, “full\-time”
_MARKDOWN_BOLD = re.compile(r"(?:\*\*|__)(?=\S)([^*_\n]{1,160})(?:\*\*|__)")
_MARKDOWN_ITALIC = re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]{1,160})(?<!\s)_(?!\w)")


def marked(source: str) -> str:
    """A description with marks of its structure; HTML that was escaped twice is HTML, whatever a feed adds to it."""
    if "&lt;" in source and (not _TAG.search(source) or _ESCAPED_TAG.search(source)):
        source = html.unescape(source)
    text = _of_tree(source) if _TAG.search(source) else _without_comments(source)
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def with_bold(text: str) -> str:
    """The text with marks for the bold of Markdown, and without the signs of its italics."""
    if "**" in text or "__" in text:
        text = _MARKDOWN_BOLD.sub(rf"{BOLD}\1{BOLD_END}", text)
    return _MARKDOWN_ITALIC.sub(r"\1", text) if "_" in text else text


def unescaped(text: str) -> str:
    """The text without the backslashes with which Markdown escapes its signs."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def without_marks(text: str) -> str:
    for mark in MARKS:
        text = text.replace(mark, "")
    return text


def _without_comments(source: str) -> str:
    """Markdown without the comments of HTML, which nobody sees."""
    first, *others = source.split("<!--")
    return first + "".join(part.partition("-->")[2] if "-->" in part else f"<!--{part}" for part in others)


def _of_tree(source: str) -> str:
    """HTML as text with structure marks; of what is no layout, lexbor builds the tree as a browser would.

    Layout never reaches it: lexbor takes quadratic time for depth, and moves text out of tables.
    """
    tree = LexborHTMLParser(_MARKED_TAG.sub(_mark, source))
    body = tree.body
    if body is None:
        return ""
    tree.strip_tags(["script", "style", "noscript", "template", "iframe", "svg", "head"])
    text = body.text(deep=True)
    return _NO_BREAK.sub(" ", text) if _BLOCK_TAG.search(source) else text


def _mark(tag: re.Match[str]) -> str:
    """The mark of a tag; a tag that may not end where it seems to, in a quoted “>” or far behind, stays beside it."""
    found = _BARE_TAGS.get(tag[0])
    if found is not None:
        return found
    before, after = _TAG_MARKS[tag[2].lower()]
    whole = tag[0].endswith(">") and not tag[0].count('"') % 2 and not tag[0].count("'") % 2
    if tag[1]:
        return after if whole else tag[0] + after
    return before if whole else before + tag[0]
