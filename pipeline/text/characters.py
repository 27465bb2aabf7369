"""Characters: what no reader sees taken out, and the many forms of one sign made one."""

from __future__ import annotations

import re
import unicodedata

from pipeline.text.traditional import SIMPLIFIED

_MARKS = "\ue000-\ue005"  # private use: markup.py puts structure into a text with them

_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_UNWANTED = re.compile(  # control, zero-width and bidi characters: no reader sees them, no reader should
    rf"[{_CONTROLS}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb{_MARKS}]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x80-\x9f]")
_TWICE_ENCODED = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_GLUED_UNIT = re.compile(  # its first character is a digit, so that the rest of a text is skipped quickly
    r"\d(?<![\w/.]\d)\d?(?=(?:[Mm]onths?|[Ww]eeks?|[Yy]ears?|[Yy]rs?|mois|semaines?|Monaten?|Wochen|meses|semanas)\b)"
)
_PLAIN = bytes([*range(0x20, 0x7F), *b"\t\n"])
_MANY = 20  # kinds of characters to fold from which a table is quicker than one pass for each


def clean(text: str) -> str:
    """Without control, bidi and zero-width characters, lone surrogates, private marks; “6months” in two words."""
    text = _GLUED_UNIT.sub(r"\g<0> ", text)
    rare = beyond_ascii(text)
    if "\r" not in rare and not _UNWANTED.search(rare) and not _SURROGATE.search(rare):
        return text
    text = _SURROGATE.sub("\ufffd", text)
    if _CONTROL.search(text):  # UTF-8 taken for Latin-1 somewhere on the way: “Masterâ\x80\x99s”
        text = _TWICE_ENCODED.sub(lambda found: found[0].encode("latin-1").decode("utf-8", "replace"), text)
    return _UNWANTED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def fold(text: str) -> str:
    """Accents, typographic quotes, dashes and spaces as plain ASCII, Chinese simplified; the same length, case kept."""
    if text.isascii():
        return text
    wide = [sign for sign in set(beyond_ascii(text)) if sign in _FOLDED]
    if len(wide) > _MANY:
        return text.translate(_FOLD)
    for sign in wide:
        text = text.replace(sign, _FOLDED[sign])
    return text


def beyond_ascii(text: str) -> str:
    """The characters of the text that are no plain ASCII, one after the other: few, and found quickly."""
    return text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")


def _fold_table() -> dict[int, str]:
    table = {}
    for code in [*range(0xA0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii() and (base.isalnum() or base == " "):
            table[code] = base
    table |= dict.fromkeys(map(ord, "‘’‚‛′´ʼ"), "'") | dict.fromkeys(map(ord, "“”„‟″«»"), '"')
    table |= dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | dict.fromkeys(map(ord, "•·▪●◦‣∙"), "*")
    table |= {
        ord("ß"): "s",
        ord("ø"): "o",
        ord("Ø"): "O",
        ord("æ"): "a",
        ord("ł"): "l",
        ord("…"): ".",
        ord("："): ":",
    }
    table |= dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    table |= SIMPLIFIED
    table |= {ord("，"): ",", ord("（"): "(", ord("）"): ")", ord("／"): "/", ord("、"): ","}
    return table


_FOLD = _fold_table()
_FOLDED = {chr(code): plain for code, plain in _FOLD.items()}
