"""Words of a posting as one printable line: for a terminal, and for formats that allow no control characters."""

import re

# Controls, direction overrides, and halves of surrogate pairs: none can be shown, some are not even valid text.
UNPRINTABLE = re.compile("[\\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
# C0, DEL, C1, soft hyphen, zero-width and bidi controls, line separators, lone surrogates, non-characters, tags
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def one_line(text: str) -> str:
    """`text` with every run of white space and unprintable characters as one space."""
    return UNPRINTABLE.sub(" ", text).strip()


def safe(text: object) -> str:
    """`text` as one line that does to a terminal nothing but stand there."""
    return _UNSAFE.sub("\ufffd", _SPACES.sub(" ", str(text))).strip()
