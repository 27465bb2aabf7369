"""Words of a posting as one printable line, for formats that allow no control characters: mail, calendar, feed."""

import re

# Controls, direction overrides, and halves of surrogate pairs: none can be shown, some are not even valid text.
UNPRINTABLE = re.compile("[\\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")


def one_line(text: str) -> str:
    """`text` with every run of white space and unprintable characters as one space."""
    return UNPRINTABLE.sub(" ", text).strip()
