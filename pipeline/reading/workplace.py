"""Topic: where the work of this position is done.

The board's own field first, then title and location, then what running text says of the position. Rulings
from the codebook: a choice is hybrid; temporarily remote is remote; an office named without a word on
presence says nothing.
"""

from __future__ import annotations

from pipeline.models import Claim
from pipeline.reading.scan import Hit, View
from pipeline.reading.topic import Topic

LABEL = 70  # characters of a line that only states facts
HEADER = ("title", "location")


def read(view: View) -> Topic:
    """`workplace`: remote, hybrid, onsite or None, with its quotes."""
    for hits in (_field(view), _stated(view)):
        if hits:
            value = _settle({hit.concept for hit in hits})
            chosen = [hit for hit in hits if hit.concept == value] or hits
            claims = [Claim("workplace", value, view.quote(hit.start, hit.end)) for hit in chosen]
            return Topic({"workplace": value}, claims)
    return Topic()


def _settle(said: set[str]) -> str:
    return said.pop() if len(said) == 1 else "hybrid"


def _field(view: View) -> list[Hit]:
    return [hit for hit in view.hits("workplace_word") if view.sentence(hit.start).section == "field"]


def _stated(view: View) -> list[Hit]:
    """What the header says with what the text says of the position; the header alone outweighs one “on site”."""
    words = view.hits("workplace_word")
    header = [hit for hit in words if view.sentence(hit.start).section in HEADER]
    body = [hit for hit in view.hits("workplace") if _of_position(view, hit)]
    body += [hit for hit in view.hits("choice") if _of_position(view, hit) and _is_offered(view, hit)]
    body += [hit for hit in words if hit not in header and _is_label(view, hit)]
    body += [hit for hit in view.hits("days") if view.within("office", view.sentence(hit.start))]
    if header and not any(hit.concept == "hybrid" for hit in body):
        return header
    return header + body


def _of_position(view: View, hit: Hit) -> bool:
    sentence = view.sentence(hit.start)
    if sentence.section in (*HEADER, "field"):
        return False
    return not view.within("workplace_other", sentence) or view.text[hit.start] == "#"


def _is_offered(view: View, hit: Hit) -> bool:
    """Whether a choice of places is one of this position, which the sentence names or is alone about."""
    sentence = view.sentence(hit.start)
    return sentence.end - sentence.start <= LABEL or bool(view.within("workplace", sentence))


def _is_label(view: View, hit: Hit) -> bool:
    """Whether the word is a value of its own: “Work mode: Hybrid”, “Boston, MA (Onsite)”."""
    sentence = view.sentence(hit.start)
    if sentence.end - sentence.start > LABEL or view.text[hit.start].islower() or sentence.section == "benefits":
        return False
    rest = view.text[hit.end : sentence.end].strip(" .)")
    return not rest or rest[0] in ":-–(,|"
