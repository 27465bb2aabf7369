"""Clauses of a sentence: how far a word that softens, demands or denies may reach.

Reads the layer `severity`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.statements import STOPS, statement_ends

_CLAUSE = re.compile(  # its first character is one of a few, so that the rest of a text is skipped quickly
    r"[;；，,bBhHaA—\s](?:(?<=\w—)(?=\w)|(?<=[;；，])|(?<=[\u2e80-\uffff],)|(?<=,)(?=[\u2e80-\uffff])"
    r"|(?<=\b[bB])(?i:ut)\b|(?<=\b[hH])(?i:owever)\b|(?<=\b[aA])(?i:lthough)\b|(?<=\s)[-–—]\s)"
)
_LABEL = re.compile(r" ?(?:[:–—]| - )")
_ALONE = re.compile(
    r"(?:考虑|录用|录取|选择|项|哦|啦|哈|喔|的|！|!){0,3}(?:[，；。;.)）]|\s|\Z)"
)  # behind a wish of Chinese
_CHINESE_STOP = re.compile("[；，,]")
_ARTICLE = r"(?:an?|eine?|une?|una) "
_OPENS = re.compile(rf"(?:this|that|it|which|these|those) (?:{_ARTICLE})?|{_ARTICLE}")  # “… – a must”, “… – this is …”
_EXAMPLES = re.compile(
    r" ?(?:or |also |e\.g\.|i\.e\.|such as|for example|including|especially|例如|比如|诸如|包括|如(?=[ A-Za-z]))"
)
_PARTING = ("- ", ";", "but", "however", "although")
_DASHES = ("-", "–", "—")
# Behind a comma of Chinese: the clause goes on.
_GOES_ON = ("特别", "尤其", "或者", "以及", "并且", "这是", "此为", "为硬性")
_IF = re.compile(
    r"(?:^|[，,；。：:;\s])(?:如果|若|假如|要是|倘若|如(?=有|能|你|您|熟|会|具|对))(?!有疑问|有问题)[^，；。：:;]{1,40}\Z"
)  # “如果…，更好”


def clause(view: View, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The part of the sentence around `[start, end)`, between semicolons, dashes, “but” and statements in a row."""
    first, last = sentence.start, sentence.end
    for cut, behind in _cuts(view.text, view.folded, sentence.start, sentence.end):
        if (
            _follows_label(view, cut)
            or _is_of_cue(view, cut)
            or _is_afterthought(view, cut, behind, sentence.end)
            or _goes_on(view, cut, behind)
        ):
            continue
        if behind <= start:
            first = behind
        elif cut >= end:
            last = cut
            break
    for cut, behind in statement_ends(view, first, last):
        if behind <= start:
            first = behind
        elif cut >= end:
            return first, cut
    return first, last


@lru_cache(maxsize=64)  # one sentence is asked about for each thing it names
def _cuts(text: str, folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where clauses of `text[start:end]` may be parted."""
    part, lowered = text[start:end], folded[start:end]
    parted = any(sign in lowered for sign in _PARTING) or "—" in part
    if not parted and (part.isascii() or not _CHINESE_STOP.search(part)):
        return []
    return [cut.span() for cut in _CLAUSE.finditer(text, start, end)]


def _follows_label(view: View, at: int) -> bool:
    """Whether a dash follows its label, “Desirable – …”, and so parts nothing."""
    if not view.text.startswith(_DASHES, at + 1):  # behind its space
        return False
    cues = [cue for cue in view.hits("severity", max(0, at - 24), at) if at - cue.end <= 1]
    return any((cue.concept == "softened" and _is_titled(view, cue)) or is_label(view, cue) for cue in cues)


def _is_titled(view: View, cue: Hit) -> bool:
    """Whether a word begins its sentence, or is written as if it did."""
    return view.text[cue.start].isupper() or cue.start == view.sentence(cue.start).start


def is_label(view: View, cue: Hit) -> bool:
    """“Not needed – a PhD”, “Not required: Java”: a label at the beginning of its line, unlike “No PhD needed – …”."""
    if (
        cue.concept != "waived"
        or cue.start != view.sentence(cue.start).start
        or view.folded.startswith("no ", cue.start)
    ):
        return False
    return _LABEL.match(view.folded, cue.end) is not None


def _is_afterthought(view: View, cut: int, behind: int, last: int) -> bool:
    """Whether nothing but a softener or a demand follows, “… – preferred; …”, “… - required”: nothing is parted."""
    opens = _OPENS.match(view.folded, behind)
    at = opens.end() if opens else behind
    for cue in view.hits("severity", cut, at + 1):
        if cue.concept != "softened" and not (cue.concept == "demanded" and view.hits("must", cue.start, cue.end)):
            continue
        more = (hit.end for hit in view.named("severity", cue.end, cue.end + 6, "softened") if hit.start >= cue.end)
        if not view.folded[next(more, cue.end) : last].partition(";")[0].strip(STOPS):
            return True  # “… – this is a plus, not a must”
    return False


def _is_of_cue(view: View, cut: int) -> bool:
    """Whether the cut stands in words that belong together: “Not necessary, but handy: …”."""
    return any(cue.start <= cut < cue.end for cue in view.hits("severity", max(0, cut - 30), cut + 1))


def _goes_on(view: View, cut: int, behind: int) -> bool:
    """Whether a comma of Chinese parts nothing: “…，特别是…”, between attributes of one noun: “…的，…的优先”, or
    before the wish that a condition leads to: “如果…，更好”. Nor does a semicolon before examples.
    """
    if _EXAMPLES.match(view.text, behind):
        return True
    if view.text[cut] not in "，,":
        return False
    if view.text.startswith(_GOES_ON, behind) or view.text[cut - 1] == "的":
        return True
    return _wishes_alone(view, behind) or _IF.search(view.text, max(0, cut - 50), cut) is not None


def _wishes_alone(view: View, behind: int) -> bool:
    """Whether a clause of Chinese is but a wish, “会优先考虑”, and so speaks of the clause before it."""
    wish = next((cue for cue in view.hits("severity", behind, behind + 4) if cue.concept == "softened"), None)
    return wish is not None and _ALONE.match(view.text, wish.end) is not None
