"""Where a posting names levels of study, and what each mention asks: a room shared by the readers of education.

A mention is one level or a list of alternatives (“BS, MS or PhD”), with the words around it that say whether
the level is being studied for, completed, or the least one. What follows for the applicant is education.py's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.models import LEVELS, Severity
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.severity import severity

NAMED = {
    "bachelor": ("bachelor",),
    "master": ("master",),
    "phd": ("phd",),
    "graduate": ("master", "phd"),
    "title_graduate": ("master", "phd"),
    "any": LEVELS,
}
GAP = 45  # characters between two levels of one list
BEFORE = 80  # characters in which a verb may stand before its level
AFTER = 30  # characters in which a noun may stand behind its level
OTHERS = 35  # characters in which words before a level make it somebody else's
REACH = 130  # characters of a sentence that may soften or demand a level
APPLICANT = ("required", "preferred", "title", "field")
ELSEWHERE = ("benefits", "legal")
PUNCTUATION = ",;(.:|"


@dataclass(frozen=True, slots=True)
class Mention:
    """Levels named together at `text[start:end]`, and how they stand."""

    start: int
    end: int
    levels: tuple[str, ...]
    status: str  # pursuing, completed, bare
    severity: Severity
    sentence: Sentence
    phd: tuple[int, int] | None = None  # where a PhD is named in so many words
    recent: bool = False  # those who have just graduated, or have equivalent experience, are accepted too
    ideal: bool = False  # “ideal candidates are …”

    @property
    def opens(self) -> tuple[str, ...]:
        """The levels whose students meet this bar."""
        if self.status == "pursuing":
            return self.levels
        least = LEVELS.index(self.levels[0])
        return LEVELS[least + (self.status == "completed") :] or LEVELS[-1:]


def mentions(view: View) -> list[Mention]:
    """Every mention of levels that speaks of the applicant, in the order of the text."""
    found = []
    for sentence, group, edges in _groups(view):
        mention = _mention(view, sentence, group, edges)
        if mention is not None:
            found.append(mention)
    return found


def _groups(view: View) -> Iterator[tuple[Sentence, list[Hit], tuple[int, int]]]:
    """(sentence, hits of one list, the scope in which words may bear on it)."""
    hits = view.hits("degree")
    at = 0
    while at < len(hits):
        sentence = view.sentence(hits[at].start)
        inside = []
        while at < len(hits) and hits[at].start < max(sentence.end, sentence.start + 1):
            hit = hits[at]
            if hit.concept != "title_graduate" or sentence.section == "title":
                inside.append(hit)
            at += 1
        if inside:
            yield from _scoped(view, sentence, _lists(view, sentence, inside))


def _lists(view: View, sentence: Sentence, hits: list[Hit]) -> list[list[Hit]]:
    lists = [[hits[0]]]
    for hit in hits[1:]:
        last = lists[-1][-1]
        if _apart(view, sentence, last, hit):
            lists.append([hit])
        else:
            lists[-1].append(hit)
    return lists


def _apart(view: View, sentence: Sentence, last: Hit, hit: Hit) -> bool:
    """Whether two levels are two bars rather than one list of alternatives."""
    gap = view.folded[last.end : hit.start]
    if len(gap) > GAP or ";" in gap or ". " in gap:
        return True
    if any(cue.concept in ("softened", "demanded") for cue in view.hits("severity", last.end, hit.start)):
        return True
    words = gap.split()
    either = "or" in words or "/" in gap or "oder" in words or "ou" in words or "o" in words
    if not either and any(cue.concept in ("pursuing", "completed") for cue in view.hits("study", last.end, hit.start)):
        return "and" in words or "," in gap
    softened = [
        cue for cue in view.hits("severity", hit.end, min(sentence.end, hit.end + 16)) if cue.concept == "softened"
    ]
    if softened and ("(" in gap or gap.strip() in (",", "-")):
        return True
    return False


def _scoped(
    view: View, sentence: Sentence, lists: list[list[Hit]]
) -> Iterator[tuple[Sentence, list[Hit], tuple[int, int]]]:
    cuts = [sentence.start]
    for left, right in zip(lists, lists[1:], strict=False):
        cuts.append(_cut(view, left[-1].end, right[0].start))
    cuts.append(sentence.end)
    for index, group in enumerate(lists):
        first = max(cuts[index], group[0].start - REACH)
        last = min(cuts[index + 1], group[-1].end + REACH)
        yield sentence, group, (first, last)


def _cut(view: View, start: int, end: int) -> int:
    """Where the words between two lists stop bearing on the first and begin to bear on the second."""
    text = view.folded
    cues = view.hits("severity", start, end)
    behind = cues[0].end if cues else start
    for at in range(behind, end):
        if text[at] in PUNCTUATION or text.startswith((" and ", " but "), at):
            return at
    for at in range(behind - 1, start - 1, -1):
        if text[at] in PUNCTUATION:
            return at
    return end


def _mention(view: View, sentence: Sentence, group: list[Hit], scope: tuple[int, int]) -> Mention | None:
    start, end = group[0].start, group[-1].end
    cues = view.hits("study", scope[0], min(scope[1], end + REACH))
    near = [cue for cue in cues if cue.end > start - BEFORE and cue.start < end + AFTER]
    kinds = {cue.concept for cue in near}
    if "excluded" in kinds and sentence.section != "required":
        return None
    if any(cue.concept == "others" and cue.end > start - OTHERS and cue.end <= start for cue in near):
        return None
    pursuing = _pursuing(view, near, start, end)
    completed = [cue for cue in near if cue.concept == "completed" and cue.end <= start] + [
        cue for cue in near if cue.concept == "completed" and cue.start >= start
    ]
    if sentence.section in ELSEWHERE and not pursuing:
        return None
    if sentence.section not in APPLICANT and not (pursuing or completed or _asked(view, sentence, near, start, end)):
        return None
    levels = {level for hit in group for level in NAMED[hit.concept]}
    recent = any(cue.concept in ("recent", "equivalent") for cue in cues)
    if "least" in kinds or (pursuing and completed):
        status = "bare"
    elif pursuing or sentence.section == "title":
        status = "pursuing"
    else:
        status = "completed" if completed else "bare"
    strength = _severity(view, sentence, start, end, scope)
    named = next(((hit.start, hit.end) for hit in group if hit.concept == "phd"), None)
    lead = min([cue.start for cue in [*pursuing, *completed] if cue.end <= start] or [start])
    return Mention(
        start=lead if start - lead < 60 else start,
        end=end,
        levels=tuple(level for level in LEVELS if level in levels),
        status=status,
        severity=strength,
        sentence=sentence,
        phd=named,
        recent=recent or bool(pursuing and completed),
        ideal="ideal candidate" in view.folded[scope[0] : start],
    )


def _pursuing(view: View, near: list[Hit], start: int, end: int) -> list[Hit]:
    """The cues that say a level is being studied for: a verb before it, a noun behind it."""
    text = view.folded
    found = []
    for cue in near:
        behind = cue.start >= end and not set(text[end : cue.start]) & set(",;.:")
        inside = cue.start >= start and cue.end <= end
        if (cue.concept == "pursuing" and (cue.end <= start or behind or inside or cue.start < start)) or (
            cue.concept == "student" and (behind or inside or start <= cue.start)
        ):
            found.append(cue)
    return found


def _asked(view: View, sentence: Sentence, near: list[Hit], start: int, end: int) -> bool:
    """Whether a bare level outside a list of requirements is asked of the applicant all the same."""
    text = view.folded
    if text.startswith((" degree", "'s degree", " or ", " in "), end) or any(cue.concept == "least" for cue in near):
        return True
    return any(
        cue.concept in ("demanded", "softened")
        for cue in view.hits("severity", max(sentence.start, start - 40), min(sentence.end, end + 40))
    )


def _severity(view: View, sentence: Sentence, start: int, end: int, scope: tuple[int, int]) -> Severity:
    """The severity of the mention, from the words that bear on it and no others."""
    first, last = scope
    for cue in view.hits("severity", first, last):
        if cue.concept == "softened":
            before = view.folded[first : cue.start].rstrip()
            if cue.start >= end and before.endswith((",", "(", ";", "-")):
                last = min(last, cue.start)
            elif cue.end <= start and view.folded[cue.start : cue.end].endswith(("plus", "asset", "advantage")):
                first = max(first, cue.end)
    return severity(view, replace(sentence, start=min(first, start), end=max(last, end)), start, end)
