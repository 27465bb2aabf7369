"""Where a posting names levels of study, and what each mention asks: a room shared by the readers of education.

A mention is one level or a list of alternatives (“BS, MS or PhD”), with the words around it that say whether
the level is being studied for, completed, or the least one. Reads the layers `degree`, `study` and, through
severity.py, `severity`. What follows for the applicant is education.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.models import LEVELS, Severity
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.severity import severity

NAMED = {
    "bachelor": ("bachelor",),
    "undergraduate": ("bachelor",),
    "class": ("bachelor",),
    "master": ("master",),
    "phd": ("phd",),
    "graduate": ("master", "phd"),
    "title_graduate": ("master", "phd"),
    "any": LEVELS,
    "school": LEVELS,
    "held": ("bachelor",),
}
GAP = 45  # characters between two levels of one list
BEFORE = 80  # characters in which a verb may stand before its level
AFTER = 30  # characters in which a noun may stand behind its level
CLOSE = 40  # characters in which “completed”, or somebody else, may stand before a level
ALTERNATIVE = 250  # characters behind a level in which “or equivalent experience” may follow its list of subjects
LEAD = 30  # characters between “or” and the level it leads to
YEARS = 75  # characters between a level and the years of experience asked beside it
REACH = 130  # characters of a sentence that may soften or demand a level
APPLICANT = ("required", "preferred", "title", "field")
ELSEWHERE = ("company", "benefits", "legal")
EITHER = {"or", "and/or", "oder", "ou", "o", "y/o", "或", "或者"}
PUNCTUATION = ",;(.:|"
WIDE = "\u2e80"  # from here on, scripts without spaces
_NAME = re.compile(r"(?:\A|[(:;,.] ?|Dr\. |by |and |with )[A-Z][\w'-]{1,14}+ (?:[A-Z]\.? )?+[A-Z][\w'-]{1,14}+, \Z")
_NAMED = re.compile(r" (?:students?|candidates?) [A-Z][a-z'-]{2,14}+ (?:[A-Z][a-z]|[a-z]{2,3} [A-Z])")
_WANTED = re.compile(
    r"\b(?:you|your|must|pursuing|enrolled|seeking|looking for|hiring|recruit\w{0,6}|open to|welcome|candidates?"
    r"|applicants?"
    r"|intern\w{0,5}|co-ops?|apply|eligible|designed|ideal|offer\w{0,4}|du|sie|dich|vous|tu|student\w{0,3} in"
    r"|requires?)\b|[\u4e00-\u9fff]"
)
_OR_WORD = re.compile(r"\bor\b|/|\band\b|,")
_OR_AT_END = re.compile(r"(?:/|\b(?:or|oder|ou)\b)[ ]?(?:(?:currently|actively|be|is|still|presently) )?+\Z")
_OR_BEFORE = re.compile(
    r"\b(?:or|oder|ou)\b[:,]?+(?: (?:a|an|the|your|be|have|hold|currently|current|recent|at|least|minimum|of|in|with"
    r"|ein|einen|un|une)\b|[ (]){0,6}+\Z"
)


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
    studying: bool = False  # only those who study for the level now
    ideal: bool = False  # “ideal candidates are …”
    year: bool = False  # a year of one's studies: “rising seniors”
    led: bool = False  # by a verb: “currently pursuing a …”
    either: bool = False  # an alternative to the mention before it: “a BS and five years, or an MS and two”

    @property
    def opens(self) -> tuple[str, ...]:
        """The levels whose students meet this bar."""
        if self.status == "pursuing":
            return self.levels
        least = LEVELS.index(self.levels[0])
        return LEVELS[least + (self.status == "completed") :] or LEVELS[-1:]


Scope = tuple[int, int]


def mentions(view: View) -> list[Mention]:
    """Every mention of levels that speaks of the applicant, in the order of the text."""
    found: list[Mention] = []
    for sentence, group, scope in _groups(view):
        mention = _mention(view, sentence, group, scope)
        if mention is not None:
            found.append(replace(mention, either=bool(found) and _either(view, found[-1], mention)))
    return found


def _either(view: View, last: Mention, mention: Mention) -> bool:
    """Whether two bars are alternatives: “or” leads to the second, or each names its own years of experience."""
    if mention.sentence.line - last.sentence.line > 1:
        return False
    if _OR_BEFORE.search(view.folded, max(last.end, mention.start - LEAD), mention.start):
        return True
    if mention.sentence.start != last.sentence.start and _OR_BEFORE.search(
        view.folded, max(last.end, last.sentence.end - 5), last.sentence.end
    ):
        return True
    return all(
        view.hits("years", max(part.sentence.start, part.start - YEARS), min(part.sentence.end, part.end + YEARS))
        for part in (last, mention)
    )


def strength(view: View, sentence: Sentence, start: int, end: int, scope: Scope) -> Severity:
    """The severity of what stands at `[start, end)`, from the words of its scope and no others."""
    return severity(view, sentence._replace(start=min(scope[0], start), end=max(scope[1], end)), start, end)


# --- lists of levels ----------------------------------------------------------------------------------


def _groups(view: View) -> Iterator[tuple[Sentence, list[Hit], Scope]]:
    """(sentence, hits of one list, the scope in which words may bear on it)."""
    by_sentence: dict[int, list[Hit]] = {}
    for hit in view.hits("degree"):
        sentence = view.sentence(hit.start)
        if _is_level(view, sentence, hit):
            by_sentence.setdefault(sentence.start, []).append(hit)
    for hits in by_sentence.values():
        sentence = view.sentence(hits[0].start)
        yield from _scoped(view, sentence, _lists(view, sentence, hits))


def _is_level(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether the words are a level here: “Graduate” in an intern's title only, “MS” not as the end of “ToF-MS”."""
    if hit.concept == "title_graduate":
        return sentence.section == "title" and bool(view.within("trainee", sentence))
    if hit.concept == "phd" and _is_name(view, sentence, hit):
        return False
    return not (hit.end - hit.start <= 3 and view.text[hit.start - 1 : hit.start] == "-")


def _is_name(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Ada Moser, PhD”, “and PhD student Ada Moser”: somebody's own degree."""
    if _NAMED.match(view.text, hit.end, min(sentence.end, hit.end + 60)):
        return True
    first = max(sentence.start, hit.start - 40)
    named = _NAME.search(view.text[first : hit.start])
    return named is not None and not view.hits("degree", first + named.start(), hit.start)


def _lists(view: View, sentence: Sentence, hits: list[Hit]) -> list[list[Hit]]:
    lists = [[hits[0]]]
    for hit in hits[1:]:
        if _apart(view, sentence, lists[-1][-1], hit):
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
    either = "/" in gap or not EITHER.isdisjoint(gap.split())
    if not either and any(cue.concept in ("pursuing", "completed") for cue in view.hits("study", last.end, hit.start)):
        return "and" in gap.split() or "," in gap
    behind = view.hits("severity", hit.end, min(sentence.end, hit.end + 16))
    return any(cue.concept == "softened" for cue in behind) and ("(" in gap or gap.strip() in (",", "-"))


def _scoped(view: View, sentence: Sentence, lists: list[list[Hit]]) -> Iterator[tuple[Sentence, list[Hit], Scope]]:
    cuts = [_cut(view, left[-1].end, right[0].start) for left, right in pairwise(lists)]
    for group, (first, last) in zip(lists, pairwise([sentence.start, *cuts, sentence.end]), strict=True):
        yield sentence, group, reach(view, group[0].start, group[-1].end, first, last)


def reach(view: View, start: int, end: int, first: int, last: int) -> Scope:
    """The words that may bear on `[start, end)` within `[first, last)`; a comma ends a clause of Chinese."""
    first, last = max(first, start - REACH), min(last, end + REACH)
    if view.text[start] >= WIDE:
        first = max(first, view.folded.rfind(",", first, start) + 1)
        comma = view.folded.find(",", end, last)
        last = comma if comma >= 0 else last
    return first, last


def _cut(view: View, start: int, end: int) -> int:
    """Where the words between two lists stop bearing on the first and begin to bear on the second."""
    text = view.folded
    cues = view.hits("severity", start, end)
    behind = cues[0].end if cues else start
    for at in range(behind, end):
        if text[at] in PUNCTUATION or text.startswith((" and ", " but "), at):
            return at
    return next((at for at in range(behind - 1, start - 1, -1) if text[at] in PUNCTUATION), end)


# --- one list -----------------------------------------------------------------------------------------


def _mention(view: View, sentence: Sentence, group: list[Hit], scope: Scope) -> Mention | None:
    start, end = group[0].start, group[-1].end
    cues = view.hits("study", scope[0], min(scope[1], end + REACH))
    near = [
        cue
        for cue in cues
        if cue.end > start - BEFORE and (cue.start < end + AFTER or _is_progress(view, sentence, cue))
    ]
    if _of_others(cues, sentence, start):
        return None
    studied = _studied(view, near, start, end)
    completed = [cue for cue in near if cue.concept == "completed" and start - CLOSE < cue.end <= start]
    if completed and any(
        "toward" in view.folded[cue.start : cue.end]
        and _OR_WORD.search(view.folded, completed[-1].end, cue.start) is None
        for cue in studied
        if completed[-1].end <= cue.start and cue.end <= start
    ):
        completed = []  # “completed two years toward a …”
    if (
        sentence.section in ELSEWHERE
        and not _begins(view, sentence, start, end)
        and not (
            (studied and _of_applicants(view, sentence)) or (completed and " you" in view.folded[start - CLOSE : start])
        )
    ):
        return None
    if sentence.section not in APPLICANT and not (studied or completed or _asked(view, sentence, near, start, end)):
        return None
    if any(hit.concept == "class" for hit in group) or _is_student(view, group):
        studied = studied or [group[0]]
    last = min(sentence.end, end + ALTERNATIVE)
    levels = {level for hit in group for level in NAMED[hit.concept]}
    before = view.folded[scope[0] : start]
    ideal = any(word in before for word in ("ideal candidate", "ideal intern", "ideal applicant"))
    lead = min([cue.start for cue in [*studied, *completed] if cue.end <= start] or [start])
    return Mention(
        start=lead if start - lead < 60 else start,
        end=end,
        levels=tuple(level for level in LEVELS if level in levels),
        status=_status(view, near, studied, completed, group),
        severity=Severity.PREFERRED if ideal or "ideal if" in before else strength(view, sentence, start, end, scope),
        sentence=sentence,
        phd=next(((hit.start, hit.end) for hit in group if hit.concept == "phd"), None),
        studying=any(cue.concept != "hired" for cue in studied)
        and group[0].concept != "held"
        and not completed
        and not _either_way(view, studied, group),
        recent=any(
            cue.concept in ("recent", "equivalent") for cue in view.hits("study", scope[0], max(scope[1], last))
        ),
        ideal=ideal,
        led=lead < start,
        year=all(hit.concept in ("class", "undergraduate") for hit in group) and group[0].concept == "class",
    )


def _either_way(view: View, studied: list[Hit], group: list[Hit]) -> bool:
    """“Master's (or in process)”, “a BS/pursuing a BS”: held or studied for."""
    for cue in studied:
        before = [hit for hit in group if hit.end <= cue.start]
        after = [hit for hit in group if hit.start >= cue.end]
        if before and after and before[-1].concept == after[0].concept:
            return _OR_AT_END.search(view.folded, before[-1].end, cue.start) is not None
    end = group[-1].end
    behind = [cue for cue in studied if cue.start >= end]
    return len(behind) == len(studied) > 0 and _OR_AT_END.search(view.folded, end, behind[0].start) is not None


def _status(view: View, near: list[Hit], studied: list[Hit], completed: list[Hit], group: list[Hit]) -> str:
    """How the level stands; both “completed or pursuing” is bare, as is a least level."""
    start, end = group[0].start, group[-1].end
    if group[0].concept == "held":
        return "completed"
    if group[0].concept == "school" or any(_least(cue, start, end) for cue in near):
        return "bare"
    if any(hit.concept == "class" for hit in group):  # a completed year of a level completes no level
        return "bare" if completed else "pursuing"
    if any(cue.concept == "year" and cue.end <= start for cue in near):
        return "pursuing"
    if completed and all(cue.concept != "pursuing" or start <= cue.start < end for cue in studied):
        return "completed"
    if studied and (completed or _either_way(view, studied, group)):
        return "bare"
    if any(cue.concept == "recent" and cue.end <= start and " or " in view.folded[cue.start : cue.end] for cue in near):
        return "bare"  # “achieved or working towards a …”
    if studied or view.sentence(start).section == "title":
        return "pursuing"
    return "bare"


def _least(cue: Hit, start: int, end: int) -> bool:
    """Whether the level is the least one: “at least a BS”, “BS or higher”."""
    if cue.concept == "least":
        return 0 <= start - cue.end <= 4
    return cue.concept == "higher" and cue.start >= end


def _of_others(cues: list[Hit], sentence: Sentence, start: int) -> bool:
    """Whether the level is named for its pay, or as somebody else's, or as what may follow."""
    if sentence.section != "required" and any(cue.concept == "excluded" for cue in cues):
        return True
    return any(cue.concept == "others" and start - CLOSE < cue.end <= start for cue in cues)


def _is_progress(view: View, sentence: Sentence, cue: Hit) -> bool:
    """“A BS in physics (optics preferred) in progress”: wherever it closes the line."""
    closes = cue.end <= sentence.end and not view.folded[cue.end : sentence.end].strip(" .,;)")
    return closes and view.folded.startswith("in pro", cue.start)


def _studied(view: View, near: list[Hit], start: int, end: int) -> list[Hit]:
    """The cues that say a level is being studied for: a verb before it, a noun behind it."""
    cues = [
        cue for cue in near if cue.concept == "pursuing" or (cue.concept in ("student", "hired") and cue.start >= start)
    ]
    return [cue for cue in cues if cue.start < end or not set(view.folded[end : cue.start]) & set(",;.:")]


def _begins(view: View, sentence: Sentence, start: int, end: int) -> bool:
    """“A Bachelor's or Master's in physics”: a line of requirements whose heading was lost."""
    return start - sentence.start <= 3 and view.folded.startswith(
        (" in ", " degree in ", "'s in ", "'s degree in "), end
    )


def _of_applicants(view: View, sentence: Sentence) -> bool:
    """Whether a sentence about the employer speaks of those whom it wants."""
    return _WANTED.search(view.folded, sentence.start, sentence.end) is not None


def _is_student(view: View, group: list[Hit]) -> bool:
    """“Undergraduate” is a student, save in “undergraduate degree” and “degree (undergraduate …)”."""
    around = view.folded[max(0, group[0].start - 12) : group[-1].end + 10]
    return any(hit.concept == "undergraduate" for hit in group) and "degree" not in around


def _asked(view: View, sentence: Sentence, near: list[Hit], start: int, end: int) -> bool:
    """Whether a bare level outside a list of requirements is asked of the applicant all the same."""
    if view.folded.startswith((" degree", "'s degree", " or ", " in "), end):
        return True
    if any(_least(cue, start, end) for cue in near):
        return True
    around = view.hits("severity", max(sentence.start, start - CLOSE), min(sentence.end, end + CLOSE))
    return any(cue.concept in ("demanded", "softened", "negated", "waived") for cue in around)
