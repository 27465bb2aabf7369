"""A posting with what was taken from where: its lines, the quoted words marked, and under each what they claim.

For people only; nothing is read here. `rich` is imported when it is needed, as starting must be quick.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.models import Claim, Reading
from pipeline.text import Block, Document

if TYPE_CHECKING:
    from rich.text import Text

STYLES = {"heading": "bold", "title": "bold", "location": "dim", "field": "dim"}
QUOTED, SAID = "reverse", "cyan"


def annotated(document: Document, reading: Reading) -> Text:
    """The lines of the document; under a line, one line for each thing it says: `key: value  “words”`."""
    from rich.text import Text  # noqa: PLC0415

    shown = Text()
    for block in document.blocks:
        claims = [claim for claim in reading.claims if block.start <= claim.quote.start < block.end]
        line = Text(("• " if block.kind == "bullet" else "") + document.text[block.start : block.end])
        line.stylize(STYLES.get(block.kind, ""))
        _mark(line, block, claims)
        shown.append_text(line).append("\n")
        for said in _said(claims):
            shown.append(f"    {said}\n", SAID)
    if reading.note:
        shown.append(f"({reading.note})\n", "yellow")
    return shown


def _mark(line: Text, block: Block, claims: Iterable[Claim]) -> None:
    shift = len(line) - (block.end - block.start) - block.start
    for claim in claims:
        line.stylize(QUOTED, claim.quote.start + shift, claim.quote.end + shift)


def _said(claims: list[Claim]) -> Iterable[str]:
    """One line for each key and value, with its words in the order of the text."""
    ordered = sorted(claims, key=lambda claim: (claim.topic, str(claim.value), claim.quote.start))
    for (topic, value), same in groupby(ordered, key=lambda claim: (claim.topic, _told(claim.value))):
        words = ", ".join(f"“{text}”" for text in dict.fromkeys(claim.quote.text for claim in same))
        yield f"{topic.replace('_', ' ')}: {value}  {words}"


def _told(value: Any) -> str:
    """A claim's value in a few words."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(part)}" for key, part in value.items() if part is not None)
    if isinstance(value, list | tuple):
        return " or ".join(_told(part) for part in value)
    if isinstance(value, float):
        return f"{value:,.2f}".removesuffix(".00")
    return "yes" if value is True else str(value)
