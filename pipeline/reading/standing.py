"""How a list of levels stands: studied for, completed, the least one, or somebody else's. See degrees.py.

Reads the layers `study`, through the cues it is given, `severity`, `invited`, `sent_away`, `part` and `wanted`.
"""

from __future__ import annotations

import re

from pipeline.reading.levels import EITHER, just_completed
from pipeline.reading.scan import Hit, Sentence, View

HELD = ("held", "promotable")  # levels that are completed by their names
AFTER = 30  # characters in which a noun may stand behind its level
CLOSE = 40  # characters in which “completed”, or somebody else, may stand before a level
LABELLED = 14  # characters between a label and its level: “Academic level: Graduate (Master's)”
FINAL = 100  # characters behind a level in which “fin d'études” may say that it is studied for
WELCOMED = 46  # characters between people and the words that welcome them
BESIDE = 12  # characters in which “our” may stand before its people
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OR_AT_END = re.compile(r"(?:/|\b(?:or|oder|ou)\b)[ ]?(?>(?:currently|actively|be|is|still|presently) |)\Z")
_TURNS = re.compile(r"\bbut\b|;|\byou\b|\bwe (?:are|also)\b|\b(?:mais|pero|vous|tu|eres|(?:re)?cherchons|buscamos)\b")
_NOT = re.compile(r"(?:(?:\bnot|n't)(?: yet| already)?|\bnicht|\bpas(?: encore)?|\bno) \Z|[未没]\Z")
_CLOSES = re.compile(  # behind “completed”
    r"[ ]?(?:[.;!)。；、]|,(?! (?:or|oder|ou|o)\b)|\n|\Z| (?:and|und|et|y)\b)"
    r"| (?:with)?in the (?:last|past)\b(?![^.;]{0,40} or\b)"
)
_BY_NOW = re.compile(  # “a BTech graduate in physics”, not “2027 BTech graduates”
    r"[ ]?(?:[.,;!)]|\n|\Z)| (?:in|of|from|with|who|and|or)\b(?! \d)"
)
_PARTS = re.compile(r"[.,;:!?()]|\b(?:or|oder|ou|o|and|und|et|y)\b")
_LEAST_YEAR = re.compile(r"\bat least(?: in)?(?: the| your)? \S{1,12}[ -](?:semester|year) of\b[^.;,]{0,20}\Z")
_FLOOR = re.compile(  # between “at a minimum” and its level
    r"[),]{0,2}"
    r"(?: (?:be|currently|actively|pursuing|enrolled|studying|working|towards?|in|for|an?|your|their|the"
    r"|en|une?|estar|cursando|estudiando|de|estudios|d'etudes?|requise?|requerid[oa])){0,6}(?: ?:)? ?"
)
_COMING = re.compile(r"\d (?:of )?\Z")  # a year: “2027 BTech graduates”
_FINAL = "fin d'etudes"  # “a Bac+5, you seek an internship de fin d'études”: wherever it stands
_ENDS_CLAUSE = re.compile("[，,；。：;:]")  # of Chinese
_GRADE = re.compile(r"\bgpa\b|\d\.\d")
_NOUN = r"(?: (?:students?|applicants?|candidates?|interns?))?"
_ONLY, _WELCOME = (re.compile(rf"{_NOUN} {word}\b") for word in ("only", "welcome"))  # behind people
_STOPS = frozenset(".;:()")
_PEOPLE = ("undergraduate", "class")  # what is studied for by its name
PLURALS = ("phds", "ph.d.s", "phd's", "masters", "bachelors")
_ON_THE_WAY = re.compile(r"toward|pursuit")
_OR_WORD = re.compile(r"\bor\b|/|\band\b|,")


def studied_for(view: View, near: list[Hit], start: int, end: int) -> list[Hit]:
    """The cues that say a level is being studied for: a verb before it, a noun behind it, “Open to: …”."""
    cues = [
        cue
        for cue in near
        if cue.concept == "pursuing"
        or (cue.concept in ("student", "hired") and cue.start >= start)
        or (cue.concept == "ongoing" and is_progress(view, cue))
        or (cue.concept == "label" and 0 < start - cue.end <= LABELLED)
    ]
    return [
        cue
        for cue in cues
        if cue.start < end
        or view.folded.startswith(_FINAL, cue.start)
        or is_progress(view, cue)
        or not set(view.folded[end : cue.start]) & set(",;.:")
    ]


def completed_before(view: View, near: list[Hit], studied: list[Hit], start: int) -> list[Hit]:
    """The cues that say a level is held; none in “completed two years toward a …”, “have not yet received a …”."""
    first = min([cue.start for cue in studied] or [start])
    completed = [
        cue
        for cue in near
        if (cue.concept == "completed" or (cue.end <= first and just_completed(view, cue)))
        and start - CLOSE < cue.end <= start
        and not _NOT.search(view.folded, max(0, cue.start - 12), cue.start)
    ]
    if completed and any(
        _ON_THE_WAY.search(view.folded, cue.start, cue.end)
        and _OR_WORD.search(view.folded, completed[-1].end, cue.start) is None
        for cue in studied
        if completed[-1].end <= cue.start and cue.end <= start
    ):
        return []
    return completed


def completed_behind(view: View, cues: list[Hit], group: list[Hit], last: int) -> list[Hit]:
    """The cues that close a clause and say so of the level before them: “dein Bachelorstudium abgeschlossen”."""
    end = group[-1].end
    if group[0].concept == "class" or any(cue.concept == "year" and cue.end <= group[0].start for cue in cues):
        return []  # “first year of a Master's completed”
    return _graduates(view, cues, group, last) or [
        cue
        for cue in cues
        if cue.concept == "completed"
        and cue.start >= end
        and _CLOSES.match(view.folded, cue.end, last)
        and not _PARTS.search(view.folded, end, cue.start)
        and not _NOT.search(view.folded, end, cue.start)
    ]


def _graduates(view: View, cues: list[Hit], group: list[Hit], last: int) -> list[Hit]:
    """The cue right behind a level that names those who hold it: “BTech/MSc graduates in physics”."""
    start, end = group[0].start, group[-1].end
    if _COMING.search(view.folded, max(0, start - BESIDE), start):
        return []
    if any(cue.concept in ("pursuing", "student") and start <= cue.start < end for cue in cues):
        return []  # “a BSc student or a BSc graduate”
    return [
        cue
        for cue in cues
        if cue.concept == "graduate" and cue.start == end + 1 and _BY_NOW.match(view.folded, cue.end, last)
    ]


def is_part(view: View, completed: list[Hit], start: int) -> bool:
    """“Completed two years of a Bachelor's”: a part of the level is completed, which closes none."""
    return bool(completed) and any(hit.end <= start for hit in view.hits("part", completed[-1].end, start))


def status_of(view: View, near: list[Hit], studied: list[Hit], completed: list[Hit], group: list[Hit]) -> str:
    """How the level stands; both “completed or pursuing” is bare, as is a least level."""
    start, end = group[0].start, group[-1].end
    if group[0].concept in HELD:
        return "completed"
    least = [cue for cue in near if _least(view, cue, start, end)]
    a_year = any(hit.concept == "class" for hit in group)
    if least and all(_is_held(cue, completed) for cue in least):
        return "pursuing" if a_year else "completed"  # “have completed at least a Bachelor's”
    if group[0].concept == "school" or least:
        return "bare"
    if a_year:  # a completed year of a level completes no level
        return "pursuing"
    if any(cue.concept == "year" and cue.end <= start for cue in near):
        return "bare" if _LEAST_YEAR.search(view.folded, max(0, start - 2 * CLOSE), start) else "pursuing"
    if completed and all(cue.concept != "pursuing" or _is_noun(view, cue, start, end) for cue in studied):
        return "completed"
    if studied and (completed or either_way(view, studied, group)):
        return "bare"
    if any(
        cue.concept == "recent"
        and (
            cue.end <= start
            or view.folded.startswith(
                ("in pro", "ongoing", "underway", "en cours", "achev", "termin", "obten"), cue.start
            )
        )
        and not EITHER.isdisjoint(view.folded[cue.start : cue.end].split()[1:])
        for cue in near
    ):
        return "bare"  # “achieved or working towards a …”, “a BS, in progress or completed”
    if studied or view.sentence(start).section == "title":
        return "pursuing"
    return "bare"


def _is_noun(view: View, cue: Hit, start: int, end: int) -> bool:
    """Whether the words of study belong to the level: “your Bachelorstudium”, “your Bachelor studies”."""
    return start <= cue.start < end or (cue.start >= end and view.folded.startswith("studies", cue.start))


def either_way(view: View, studied: list[Hit], group: list[Hit]) -> bool:
    """“Master's (or in process)”, “a BS/pursuing a BS”: held or studied for."""
    if any(cue.end <= group[0].start for cue in studied):  # “studying for an M1 or in the last year of an M2”
        return False
    for cue in studied:
        before = [hit for hit in group if hit.end <= cue.start]
        after = [hit for hit in group if hit.start >= cue.end]
        if before and after and before[-1].concept == after[0].concept:
            return _OR_AT_END.search(view.folded, before[-1].end, cue.start) is not None
    end = group[-1].end
    behind = [cue for cue in studied if cue.start >= end]
    return len(behind) == len(studied) > 0 and _OR_AT_END.search(view.folded, end, behind[0].start) is not None


def _is_held(least: Hit, completed: list[Hit]) -> bool:
    """Whether the least level is one that is completed: “have completed at least …”."""
    return any(0 <= least.start - cue.end <= 1 for cue in completed)


def _least(view: View, cue: Hit, start: int, end: int) -> bool:
    """Whether the level is the least one: “at least a BS”, “at a minimum, pursuing a BS”, “BS or higher”."""
    # the “or” may be a word of the level too: “Masters or higher”
    if cue.concept in ("higher", "floor") and cue.end > end:
        return not _GRADE.search(view.folded, end, cue.start)  # “a current senior with a 3.0 GPA or higher”
    if cue.end > start or cue.concept not in ("least", "floor"):
        return False
    return start - cue.end <= 4 or _FLOOR.fullmatch(view.folded, cue.end, start) is not None


def of_others(view: View, cues: list[Hit], sentence: Sentence, start: int) -> bool:
    """Whether the level is named for its pay, or as somebody else's, or as what may follow."""
    cues = [cue for cue in cues if not (view.is_wide(cue.start) and _ENDS_CLAUSE.search(view.text, cue.end, start))]
    if sentence.section != "required" and any(cue.concept == "excluded" for cue in cues):
        return True
    near = {"others": CLOSE, "ours": BESIDE}
    return any(start - near.get(cue.concept, 0) < cue.end <= start for cue in cues)


def of_past(view: View, cues: list[Hit], start: int) -> bool:
    """Whether words before, in the same clause, speak of those who were interns before, or of the team."""
    told = [cue for cue in cues if cue.concept == "past" and cue.end <= start]
    return bool(told) and _TURNS.search(view.folded, told[-1].end, start) is None


def is_progress(view: View, cue: Hit) -> bool:
    """“A BS in physics (optics preferred) in progress”: wherever it closes the line."""
    if cue.concept != "ongoing" and not view.folded.startswith("in pro", cue.start):
        return False
    end = view.sentence(cue.start).end
    return cue.end <= end and not view.folded[cue.end : end].strip(" .,;)")


def is_final(view: View, sentence: Sentence, cue: Hit, end: int) -> bool:
    """“A Bac+5, you seek an internship de fin d'études”: behind the level, in its sentence."""
    return end <= cue.start < min(sentence.end, end + FINAL) and view.folded.startswith(_FINAL, cue.start)


def begins(view: View, sentence: Sentence, start: int, end: int) -> bool:
    """“A Bachelor's or Master's in physics”: a line of requirements whose heading was lost."""
    return start - sentence.start <= 3 and view.folded.startswith(
        (" in ", " degree in ", "'s in ", "'s degree in "), end
    )


def of_applicants(view: View, sentence: Sentence) -> bool:
    """Whether a sentence about the employer speaks of those whom it wants."""
    return view.has("wanted", sentence) or _CHINESE.search(view.folded, sentence.start, sentence.end) is not None


def is_student(view: View, group: list[Hit]) -> bool:
    """“Undergraduate” is a student, save in “undergraduate degree” and “degree (undergraduate …)”."""
    around = view.folded[max(0, group[0].start - 12) : group[-1].end + 10]
    return any(hit.concept == "undergraduate" for hit in group) and "degree" not in around


def is_welcome(view: View, sentence: Sentence, end: int, *concepts: str) -> bool:
    """Whether the words behind people say that they are welcome (or whatever else of `invited`)."""
    if _WELCOME.match(view.folded, end):
        return True
    behind = view.named("invited", end, min(sentence.end, end + WELCOMED + 1), "welcome", *concepts)
    return any(_STOPS.isdisjoint(view.folded[end : hit.start]) for hit in behind)


def are_people(view: View, group: list[Hit]) -> bool:
    """Whether levels are named as those who study for them: “PhDs and Masters”, “undergraduates”, “硕士、博士”."""
    start, end = group[0].start, group[-1].end
    if (
        view.is_wide(start)
        or any(hit.concept in _PEOPLE for hit in group)
        or view.named("sent_away", start, end, "people")
    ):
        return True
    plurals = [hit for hit in group if view.folded[hit.start : hit.end] in PLURALS]
    return any(hit.concept == "phd" for hit in plurals) or len(plurals) > 1  # not “engineers are technical masters”


def is_invited(view: View, sentence: Sentence, group: list[Hit]) -> bool:
    """“Open to undergraduates”, “Masters and PhDs welcome”, “college seniors may apply”: no heading is needed."""
    start, end = group[0].start, group[-1].end
    if start == sentence.start and len(group) > 1 and view.folded.startswith(":", end) and are_people(view, group):
        return True  # “Undergrads, Master's, PhDs: …”
    if view.folded.startswith("class", start):
        return True  # “Class standing: Junior, Senior”
    led = view.named("invited", sentence.start, start, "invites")
    if not (
        _ONLY.match(view.folded, end)
        or any(not view.folded[hit.end : start].strip() for hit in led)
        or is_welcome(view, sentence, end, "may", "apply")
    ):
        return False
    noun = view.folded.startswith((" applicant", " candidate", " student", " intern"), end)
    return noun or are_people(view, group)


def asked(view: View, sentence: Sentence, near: list[Hit], start: int, end: int) -> bool:
    """Whether a bare level outside a list of requirements is asked of the applicant all the same."""
    if view.folded.startswith((" degree", "'s degree", " or ", " in "), end):
        return True
    if start == sentence.start and view.folded.startswith(" en ", end):
        return True  # “Master ou doctorat en physique”
    if any(_least(view, cue, start, end) or (cue.concept == "degree" and 0 <= start - cue.end <= 1) for cue in near):
        return True
    if view.hits("must", end, min(sentence.end, end + CLOSE)):
        return True  # “A doctorate is needed”
    around = view.hits("severity", max(sentence.start, start - CLOSE), min(sentence.end, end + CLOSE))
    return any(cue.concept in ("demanded", "softened", "negated", "waived", "denied") for cue in around)
