"""Topic: the countries that the location names.

Reads the layers `country` and, where none is named, `us_state`. A country that the text names elsewhere says
nothing about where the work is.
"""

from __future__ import annotations

from pipeline.reading.scan import View
from pipeline.reading.topic import Topic


def read(view: View) -> Topic:
    """`countries`: ISO 3166-1 codes, sorted."""
    places = [block for block in view.document.blocks[:2] if block.kind == "location"]  # below the title
    for layer in ("country", "us_state"):
        hits = (view.hits(layer, block.start, block.end) for block in places)
        if found := {hit.concept for inside in hits for hit in inside}:
            return Topic({"countries": tuple(sorted(found))})
    return Topic()
