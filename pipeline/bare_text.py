"""The words of a description without markup: what the view `postings` shows to people and programs that search it.

Blocks are lines, and no more is known of the layout: how a posting is laid out for reading is pipeline.text's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

_BLOCK = re.compile(r"<(?=/?(?:p|br|li|ul|ol|div|h[1-6]|tr|table|section|article|hr|pre|dt|dd)[\s/>])", re.IGNORECASE)
_SILENT = ("script", "style", "template")
_OTHER_BLANKS = tuple(letter for letter in map(chr, range(0x3001)) if letter.isspace() and letter not in " \n")


def bare_text(source: str) -> str:
    """`source` as it stands where it is no HTML; else its words, a line for every block."""
    if "<" not in source and "&" not in source:
        return source
    tree = LexborHTMLParser(_BLOCK.sub("\n<", source))
    tree.strip_tags(list(_SILENT))
    return "\n".join(_lines(tree.body.text() if tree.body else ""))


def _lines(text: str) -> Iterable[str]:
    """Lines that hold words, with one blank between them. Most have little else: quicker than a split."""
    for blank in _OTHER_BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return filter(None, (line.strip(" ") for line in text.split("\n")))
