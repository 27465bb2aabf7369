"""The charset of a list that another program wrote, which says it by a byte order mark or not at all."""

from __future__ import annotations

import re
from contextlib import suppress

from w3lib.encoding import read_bom

from crawlers.fields import Unreadable

ASSUMED = "read as Windows-1252, as the file is not UTF-8"
# in no text of Windows-1252: words of another script, and letters and quotes that are UTF-8
NEVER = re.compile(rb"[\xa1-\xff]{4}|[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x80-\xbf]")


def decoded(content: bytes) -> tuple[str, str | None]:
    """The text, and what was assumed to read it: what is neither marked nor UTF-8 may be what Windows writes.

    Raises Unreadable where that cannot be, either.
    """
    encoding, mark = read_bom(content)
    try:
        return content.removeprefix(mark or b"").decode(encoding or "utf-8"), None
    except UnicodeDecodeError as error:
        if mark is None and not NEVER.search(content):
            with suppress(UnicodeDecodeError):
                return content.decode("cp1252"), ASSUMED
        line = error.object[: error.start].decode(error.encoding).count("\n") + 1
        raise Unreadable(f"line {line}: not {error.encoding.upper()}; save the file as UTF-8") from error
