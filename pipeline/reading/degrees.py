"""Where a posting names levels of study, and what each mention asks: a room shared by the readers of education.

A mention is one level or a list of alternatives (“BS, MS or PhD”), with the words around it that say whether
the level is being studied for, completed, or the least one. Reads the layers `degree`, `study`, `level_said` and,
through severity.py, `severity`. What follows for the applicant is education.py's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from pipeline.models import LEVELS, Severity
from pipeline.reading.levels import REACH, Scope, groups
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View
from pipeline.reading.severity import severity
from pipeline.reading.standing import (
    AFTER,
    CLOSE,
    HELD,
    are_people,
    asked,
    begins,
    completed_before,
    completed_behind,
    either_way,
    is_final,
    is_invited,
    is_part,
    is_progress,
    is_student,
    is_welcome,
    of_applicants,
    of_others,
    of_past,
    status_of,
    studied_for,
)

NAMED = {
    "bachelor": ("bachelor",),
    "undergraduate": ("bachelor",),
    "class": ("bachelor",),
    "master": ("master",),
    "phd": ("phd",),
    "graduate": ("master", "phd"),
    "title_graduate": ("master", "phd"),
    "any": LEVELS,
    "both": ("master", "phd"),
    "lower": ("bachelor", "master"),
    "each": LEVELS,
    "school": LEVELS,
    "held": ("bachelor",),
    "promotable": ("master",),
}
OF_PHD = ("phd", "both", "each")  # those that name a PhD
BEFORE = 80  # characters in which a verb may stand before its level
ALTERNATIVE = 250  # characters behind a level in which “or equivalent experience” may follow its list of subjects
LEAD = 30  # characters between “or” and the level it leads to
OR_REACH = 10  # characters before a line in which the “or” that leads to it stands
OPTION = 14  # characters of an option beside its level: “PhD or equivalent”
OPTIONS = 6  # lines of a list under “any of the following levels:”
OPTIONS_REACH = 320  # characters of a line in which those words may stand before a level
YEARS = 110  # characters between a level and the years of experience asked beside it
_OR_BEFORE = re.compile(
    r"\b(?:or|oder|ou)\b[:,]?+(?>(?: (?:a|an|the|your|be|have|hold|currently|current|recent|at|least|minimum|of|in|with"
    r"|ein|einen|un|une)\b|[ (]){0,6})\Z"
)
_OR_LINE = re.compile(r"\bor\b[ :;,.*-]{0,4}\n\Z")  # up to a line
_ONE_OF = re.compile(r"\b(?:any|one|either)(?: or more)? of (?:the following|these)\b[^:;.]{0,160}:")
_YEAR_OR = re.compile(
    r"\b(?:2nd|3rd|4th|second|third|fourth|final|last|penultimate)[ -]year(?: or (?:later|above|higher|beyond))?"
    r"(?: (?:undergraduate )?students?| undergraduates?)?,? or"
    r" (?:(?:in|an?|the|your|enrolled|are|currently|be|pursuing|doing|studying|completing|working"
    r"|on|towards?|for) ){0,4}\Z"
)
_RANGE = re.compile(r"(?:'?s)?(?: degrees?| level| students?)? (?:through|thru|(?:all the way |up )?to) (?:an? |the )?")
_EITHER = re.compile(r"[^;.:()]{0,40} or (?!ged\b)[^;.:,()]{0,50}")
_WITH = re.compile(r"[^.;:]{0,70}\bwith (?:an? |your |their |the )?")  # behind “graduating”
_GRADE = re.compile(
    r"prefer\w{1,4} [^,;.]{0,25}\b(?:gpa|grade point average)\b[^,;]{0,30}[,;] "
)  # wishes a grade alone
_THEN = re.compile(r"[^.;]{0,21}|[^.;,]{0,12} with [^.;,]{0,46}")  # between a level and “may be considered”
_WORDS = re.compile(r" (?:[\w'-]{1,20} ){0,4}")  # between “will consider” and a level
IDEAL = ("ideal", "ideal_if")
APPLICANT = ("required", "preferred", "unasked", "title", "field")


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
    too: bool = False  # “… may also be considered”: open beside what is asked for
    either: bool = False  # an alternative to the mention before it: “a BS and five years, or an MS and two”

    @property
    def opens(self) -> tuple[str, ...]:
        """The levels whose students meet this bar."""
        if self.status == "pursuing":
            return self.levels
        least = LEVELS.index(self.levels[0])
        return LEVELS[least + (self.status == "completed") :] or LEVELS[-1:]


def is_visa(sentence: Sentence, said: Hit) -> bool:
    """“F-1 students must …”: a bar of those alone."""
    return said.concept == "visa" and said.start == sentence.start


def mentions(view: View) -> list[Mention]:
    """Every mention of levels that speaks of the applicant, in the order of the text."""
    found: list[Mention] = []
    for sentence, group, scope in groups(view):
        mention = _mention(view, sentence, group, scope)
        if mention is not None:
            found.append(replace(mention, either=bool(found) and _either(view, found[-1], mention)))
    return found


def _either(view: View, last: Mention, mention: Mention) -> bool:
    """Whether two bars are alternatives: “or” leads to the second, or each names its own years of experience."""
    if or_between(view, last.sentence, mention.sentence) or _is_one_of(view, last, mention):
        return True
    if mention.sentence.line - last.sentence.line > 1:
        return False
    if _is_option(last) and _is_option(mention):
        return True
    if view.folded.startswith("or ", mention.start):
        return True  # “or recently completed a Bachelor's”
    if _OR_BEFORE.search(view.folded, max(last.end, mention.start - LEAD), mention.start):
        return True
    between = last.end, mention.start
    same = mention.sentence is last.sentence and not view.hits("severity", *between)
    if same and _EITHER.fullmatch(view.folded, *between):
        return True
    if mention.sentence.start != last.sentence.start and _OR_BEFORE.search(
        view.folded, max(last.end, last.sentence.end - 5), last.sentence.end
    ):
        return True
    return all(
        view.hits("years", max(part.sentence.start, part.start - YEARS), min(part.sentence.end, part.end + YEARS))
        for part in (last, mention)
    )


def _is_one_of(view: View, last: Mention, mention: Mention) -> bool:
    """Whether two lines are items of a list headed “any of the following levels:”, or stand behind such words."""
    apart = mention.sentence.line - last.sentence.line
    if not apart:
        first = max(last.sentence.block.start, last.start - OPTIONS_REACH)
        return _ONE_OF.search(view.folded, first, last.start) is not None
    if apart != 1:
        return False
    lines = (line for line in view.above(last.sentence) if line.line < last.sentence.line)
    for line in islice(lines, OPTIONS):
        if view.folded[line.end - 1] == ":":
            return _ONE_OF.search(view.folded, line.start, line.end) is not None
        if not view.within("degree", line):
            return False
    return False


def or_between(view: View, above: Sentence, below: Sentence) -> bool:
    """Whether the line before one ends in “or”, or is one, and the other stands above."""
    return above.end < below.start and _OR_LINE.search(view.folded, below.start - OR_REACH, below.start) is not None


def _is_option(mention: Mention) -> bool:
    """Whether a line names a level and no more, as the options of a form do."""
    sentence = mention.sentence
    if mention.status != "bare" or mention.severity is not Severity.REQUIRED:
        return False  # “Completed Master's degree” and “No PhD needed” are no options
    return sentence.end - sentence.start - (mention.end - mention.start) <= OPTION


def _is_welcome_too(view: View, said: list[Hit], start: int, end: int, *, below: bool) -> bool:
    """“Exceptional undergraduates may also be considered”, “(will consider Master's students)”."""
    behind = ("too", "apply_too") if below else ("too",)
    for hit in said:
        if hit.concept == "considers" and _WORDS.fullmatch(view.folded, hit.end, start):
            return True
        if hit.concept in behind and _THEN.fullmatch(view.folded, end, hit.start):
            return True
    return False


def _will_hold(view: View, sentence: Sentence, start: int) -> bool:
    """“Graduating in May 2027 with a …”: it is studied for."""
    if " with " not in view.folded[start - 12 : start]:
        return False
    graduates = view.named("graduation", sentence.start, start, "graduates")
    return any(_WITH.fullmatch(view.folded, hit.end, start) for hit in graduates)


def strength(view: View, sentence: Sentence, start: int, end: int, scope: Scope) -> Severity:
    """The severity of what stands at `[start, end)`, from the words of its scope and no others."""
    if grade := _GRADE.match(view.folded, min(scope[0], start), start):
        scope = grade.end(), scope[1]
    section = "other" if sentence.section == "title" else sentence.section  # “Research Intern (PhD preferred)”
    part = sentence._replace(start=min(scope[0], start), end=max(scope[1], end), section=section)
    return severity(view, part, start, end)


def _gaps(group: list[Hit]) -> list[tuple[int, int]]:
    return [(left.end, right.start) for left, right in pairwise(group)]


def _mention(view: View, sentence: Sentence, group: list[Hit], scope: Scope) -> Mention | None:
    start, end = group[0].start, group[-1].end
    cues = view.hits("study", scope[0], min(scope[1], end + REACH))
    near = [
        cue
        for cue in cues
        if cue.end > start - BEFORE
        and (cue.start < end + AFTER or is_progress(view, cue) or is_final(view, sentence, cue, end))
    ]
    said = view.hits("level_said", sentence.start, sentence.end)
    theirs = of_others(view, cues, sentence, start) or of_past(view, view.hits("study", sentence.start, start), start)
    unneeded = any(hit.concept == "unneeded" and hit.start >= end for hit in said)
    if theirs and not unneeded:
        return None
    levels = {level for hit in group for level in NAMED[hit.concept]}
    whether = any(cue.concept == "whether" and start - CLOSE < cue.end <= start for cue in cues)
    if whether and (len(levels) == 1 or "bachelor" not in levels):
        return None  # “whether you are a PhD student or work in industry”
    if any(is_visa(sentence, hit) for hit in said):
        return None
    if view.folded.startswith("if ", sentence.start) and view.named("invited", end, sentence.end, "elsewhere"):
        return None  # “If you are graduating from a PhD program, please visit …”
    studied = studied_for(view, near, start, end)
    completed = completed_before(view, near, studied, start) or completed_behind(view, cues, group, sentence.end)
    part = is_part(view, completed, start)
    if (
        sentence.section in OF_EMPLOYER
        and not begins(view, sentence, start, end)
        and not (
            (studied and of_applicants(view, sentence)) or (completed and " you" in view.folded[start - CLOSE : start])
        )
    ):
        return None
    spoken_of = studied or completed or asked(view, sentence, near, start, end) or is_invited(view, sentence, group)
    spoken_of = spoken_of or theirs or group[0].concept in HELD  # “abgeschlossenes Hochschulstudium”
    if sentence.section not in APPLICANT and not spoken_of:
        return None
    last = min(sentence.end, end + ALTERNATIVE)
    least = part and not studied
    if _YEAR_OR.search(view.folded, sentence.start, start):
        levels.add("bachelor")  # “in your third year, or in a Master's program”
    if any(
        cue.concept == "higher" and view.is_wide(cue.start) for gap in _gaps(group) for cue in view.hits("study", *gap)
    ):
        levels.update(LEVELS[min(map(LEVELS.index, levels)) :])  # “大三以上或硕士在读”
    if "bachelor" in levels and any(_RANGE.fullmatch(view.folded, *gap) for gap in _gaps(group)):
        levels.update(LEVELS[: max(map(LEVELS.index, levels))])
    if any(hit.concept == "class" for hit in group) or is_student(view, group):
        studied = studied or [group[0]]
    if _will_hold(view, sentence, start):
        studied = studied or [group[0]]
    if whether:
        studied, levels = [], {*levels, *LEVELS[: max(map(LEVELS.index, levels))]}
    asked_for = strength(view, sentence, start, end, scope)
    if unneeded and asked_for is not Severity.PREFERRED:
        asked_for = Severity.NEGATED  # “three of us have a PhD; you won't need one”
    too = _is_welcome_too(view, said, start, end, below="phd" not in levels)
    welcome = not too and is_welcome(view, sentence, end) and (studied or are_people(view, group))
    if asked_for is not Severity.NEGATED and (("bachelor" in levels and too) or (levels != {"phd"} and welcome)):
        too, asked_for = True, Severity.REQUIRED  # the least level of all that are welcome; another one closes no other
    elif welcome:
        too, asked_for = True, Severity.PREFERRED
    ideal = next((hit.concept for hit in said if hit.concept in IDEAL and scope[0] <= hit.start < start), None)
    lead = min([cue.start for cue in [*studied, *completed] if cue.end <= start] or [start])
    return Mention(
        start=lead if start - lead < 60 else start,
        end=end,
        levels=tuple(level for level in LEVELS if level in levels),
        status="bare" if least else status_of(view, near, studied, [] if part else completed, group),
        severity=Severity.PREFERRED if ideal else asked_for,
        sentence=sentence,
        phd=next(((hit.start, hit.end) for hit in group if hit.concept in OF_PHD), None),
        studying=not least
        and any(cue.concept not in ("hired", "label") for cue in studied)
        and group[0].concept not in HELD
        and (part or not completed)
        and not either_way(view, studied, group),
        recent=any(
            cue.concept in ("recent", "equivalent") for cue in view.hits("study", scope[0], max(scope[1], last))
        ),
        ideal=ideal == "ideal",
        led=lead < start,
        too=too,
        year=all(hit.concept in ("class", "undergraduate") for hit in group) and group[0].concept == "class",
    )
