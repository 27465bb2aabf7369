"""The text of a file that somebody else wrote, in whatever encoding."""

from __future__ import annotations

import codecs
import re

_MARKED = (  # the marks of UTF-32 begin like those of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_STRAY = re.compile("[\udc80-\udcff]")  # how `surrogateescape` keeps a byte that is no UTF-8


def text_of(raw: bytes) -> str:
    """By its byte-order mark, else UTF-8, in which a few stray bytes are Windows-1252 from mails and old pages.

    Where many are astray it is neither: each of them becomes U+FFFD.
    """
    for mark, encoding in _MARKED:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("utf-8-sig", "surrogateescape")
    few = len(_STRAY.findall(text)) * 10 <= len(text)
    return _STRAY.sub(lambda byte: _windows(byte[0]) if few else "\ufffd", text)


def _windows(stray: str) -> str:
    return bytes([ord(stray) & 0xFF]).decode("cp1252", "replace")
