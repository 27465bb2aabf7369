"""Topic: the countries that the location names."""

from __future__ import annotations

from pipeline.reading.located import countries
from pipeline.reading.scan import View
from pipeline.reading.topic import Topic


def read(view: View) -> Topic:
    """`countries`: ISO 3166-1 codes, sorted."""
    found = countries(view)
    return Topic({"countries": found}) if found else Topic()
