"""The countries that the location names: a topic of its own, and what a bare sum's currency is taken from.

Reads the layers `country` and, where none is named, `us_state`. A country that the text names elsewhere says
nothing about where the work is.
"""

from __future__ import annotations

from pipeline.reading.scan import View


def countries(view: View) -> tuple[str, ...]:
    """ISO 3166-1 codes, sorted."""
    places = [block for block in view.document.blocks[:2] if block.kind == "location"]  # below the title
    for layer in ("country", "us_state"):
        hits = (view.hits(layer, block.start, block.end) for block in places)
        if found := {hit.concept for inside in hits for hit in inside}:
            return tuple(sorted(found))
    return ()
