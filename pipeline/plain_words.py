"""Words without case, accents and markup: what titles, places and texts of postings are compared in."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping

ACCENTS = re.compile("[\u0300-\u036f]")
OTHER_BLANKS = "\n\t\r\f\v\xa0\u2009\u202f\u3000\u200b"
TAGS = re.compile(r"<[^>]+>")


def plain(text: str) -> str:
    """Lower case, no accents, no markup."""
    if "<" in text or "&" in text:
        text = html.unescape(TAGS.sub(" ", text))
    if text.isascii():
        return text.lower()
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())


def one_line(text: str) -> str:
    """The text with one blank between words. Most have little else: quicker than a split."""
    for blank in OTHER_BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()


def spoken(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Every form of a table `{name: forms}` -> its name, the name itself too; all in plain words."""
    return {plain(str(form)): str(name) for name, forms in table.items() for form in (name, *forms)}
