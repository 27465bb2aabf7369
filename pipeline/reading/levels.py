"""Levels of study named together: “BS, MS or PhD” is one list, “a BS; PhD preferred” is two.

Reads the layers `degree`, `study`, `level_said` and `severity`. What a list asks of the applicant is degrees.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.reading.clauses import clause
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.sent_away import not_alone, sent_away

GAP = 45  # characters between two levels of one list
CLOSE = 40  # characters in which a verb may stand before its level
REACH = 130  # characters of a sentence that may soften or demand a level
EITHER = {"or", "and/or", "oder", "ou", "o", "y/o", "或", "或者"}
AND = {"and", "und", "et", "y"}
_BETWEEN = (*(f" {word} " for word in AND), " who ")
_COMPLETING = ("finished", "completed", "obtained", "earned", "received")
PUNCTUATION = ",;(.:|"
_NAME = re.compile(
    r"(?:\A|[(:;,.] ?|Dr\. |by |and |with )[A-Z][\w'-]{1,14}+ (?>[A-Z]\.? |)[A-Z][\w'-]{1,14}+(?:, | \()\Z"
)
_OR_HIGHER = re.compile(r"[ ]?(?:or|and|and/or|/|\()[ ]?(?:ph\.?d|doctora)")  # “Graduate or PhD student”
_CONDITION = re.compile(r"(?: (?:students?|candidates?|applicants?|interns?|only)){0,2}\)[ ]?:")  # “(PhD students): …”
_BESIDE = re.compile(  # between two levels of a list: “licence, master”, “du premier ou du deuxième cycle”
    r"[ ,/()&:+或和及与-]{0,9}"
    r"(?:(?:ou|et|en|au|aux|a la|a|de|du|d'|la|le|une|un|o|u|y|y/o|una|el|niveau)(?: |(?<='))[ ,]{0,3}){0,9}"
)
_ENDS = re.compile(
    r"[ ]?(?:[,;./:)(&-]|[\u4e00-\u9fff]|\Z|\n)| (?:ou|et|en|au|o|u|y|y/o)\b"
)  # what may follow such a level
FAVOURED = r"(?>(?: \w{1,10}){0,2})[ ]?\([ ]?(?:\w{1,10} ){0,2}(?:prefer\w{0,6}|bevorzugt)[ ]?\)"  # behind a level
_PREFERRED = re.compile(  # “a Master's (preferred) or a Bachelor's”: alternatives all the same
    FAVOURED + r"(?:[ ]?[,/]|[ ]?(?:or|and|oder|und)\b)[^(;]{0,30}"
)
_WAIVED = re.compile(r"(?: degree)?(?: (?:is|are))?(?: not)? (?:needed|required|necessary|mandatory)[,:]")  # “no PhD …”
_FROM = re.compile(r"\b(?:from|at) (?:an? |any )?(?:fully )?(?:accredited |recogni[sz]ed )?\Z")
_STOPS = re.compile(r"(?<!\d)\. ")  # not “ab dem 5. Semester”
_NOT_HELD = re.compile(  # “noch keinen Masterabschluss”: who has none yet
    r"\bnoch (?:kein\w{0,2}|nicht uber ein\w{1,2}) (?:abgeschlossen\w{0,2} )?\Z"
)
_IN_YEAR = ("current", "incoming", "upcoming")
_YEAR = re.compile(  # behind “a current senior”: a student, and no engineer
    r"(?! ?[\w&])"
    r"| (?:in|at|with|who|by|as|and will|enrolled|standing|status|year|majoring|pursuing|graduating|student|college"
    r"|university|undergraduate)\b"
    r"|(?:/| or )(?:an? )?(?:rising )?(?:junior|senior|graduate|master)\w{0,2}"
    r"(?! (?:engineer|develop|scien|staff|data))"
)
_NAMED = re.compile(r" (?:students?|candidates?) [A-Z][a-z'-]{2,14}+ (?:[A-Z][a-z]|[a-z]{2,3} [A-Z])")

Scope = tuple[int, int]


def groups(view: View) -> Iterator[tuple[Sentence, list[Hit], Scope]]:
    """(sentence, hits of one list, the scope in which words may bear on it)."""
    by_sentence: dict[int, list[Hit]] = {}
    for hit in _sure(view, view.hits("degree")):
        sentence = view.sentence(hit.start)
        if _is_level(view, sentence, hit):
            by_sentence.setdefault(sentence.start, []).append(hit)
    for hits in by_sentence.values():
        sentence = view.sentence(hits[0].start)
        yield from _scoped(view, sentence, _lists(view, sentence, hits))


def _sure(view: View, hits: list[Hit]) -> list[Hit]:
    """The hits without those of `~level` that stand beside no other level: “licence” is one in “licence, master”."""
    if all(hit.concept[0] != "~" for hit in hits):
        return hits
    hits = list(hits)
    for ordered in (range(len(hits) - 1, -1, -1), range(len(hits))):
        before: Hit | None = None
        for at in ordered:
            hit = hits[at]
            if hit.concept[0] == "~" and before and before.concept[0] != "~" and _beside(view, *sorted((hit, before))):
                hits[at] = hit._replace(concept=hit.concept[1:])
            before = hits[at]
    return [hit for hit in hits if hit.concept[0] != "~"]


def _beside(view: View, left: Hit, right: Hit) -> bool:
    if right.concept[0] == "~" and not _ENDS.match(view.folded, right.end):
        return False  # “Master 2, maîtrise Python”
    return right.start - left.end <= GAP and _BESIDE.fullmatch(view.folded, left.end, right.start) is not None


def _is_level(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether the words are a level here: “Graduate” in an intern's title only, “MS” not as the end of “ToF-MS”."""
    if hit.concept == "title_graduate":
        if _OR_HIGHER.match(view.folded, hit.end):
            return True
        return sentence.section == "title" and bool(view.within("trainee", sentence))
    if hit.concept == "class" and view.folded.startswith(_IN_YEAR, hit.start) and view.folded[hit.end - 1] == "r":
        return _YEAR.match(view.folded, hit.end) is not None
    if hit.concept == "phd" and sentence.section != "title" and _is_name(view, sentence, hit):
        return False
    if _is_school(view, sentence, hit):
        return False
    if sent_away(view, sentence, hit) or not_alone(view, sentence, hit):
        return False
    if not_held(view, hit) or _CONDITION.match(view.folded, hit.end):
        return False
    return not (hit.end - hit.start <= 3 and view.text[hit.start - 1 : hit.start] == "-")


def _is_school(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“A Master's in physics from a four-year university”: where the level that is named is studied for."""
    if not view.folded.startswith(("4", "four"), hit.start) or not view.hits("degree", sentence.start, hit.start):
        return False
    return _FROM.search(view.folded, max(sentence.start, hit.start - CLOSE), hit.start) is not None


def _is_name(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Ada Moser, PhD”, “and PhD student Ada Moser”, “Ada Moser (PhD student)”: somebody's own degree."""
    if _NAMED.match(view.text, hit.end, min(sentence.end, hit.end + 60)):
        return True
    first = max(sentence.start, hit.start - 40)
    named = _NAME.search(view.text[first : hit.start])
    return named is not None and not view.hits("degree", first + named.start(), hit.start)


def not_held(view: View, hit: Hit) -> bool:
    """Whether applicants are those who do not hold this level yet: “noch keinen Masterabschluss”."""
    return _NOT_HELD.search(view.folded, max(0, hit.start - CLOSE), hit.start) is not None


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
    if len(gap) > GAP or ";" in gap or _STOPS.search(gap) or _WAIVED.match(gap):
        return True
    if _PREFERRED.fullmatch(gap):
        return False
    between = view.hits("severity", last.end, hit.start)
    if between and between[-1].concept == "softened" and view.folded[between[-1].end : hit.start].strip() == "(":
        return False  # “an advanced degree preferred (Master's, PhD)”
    if any(cue.concept in ("softened", "demanded", "waived", "denied") for cue in between):
        return True
    if clause(view, sentence, hit.start, hit.end)[0] > last.end:
        return True
    if _is_studied(view, sentence, last, hit) and any(
        just_completed(view, cue) for cue in view.hits("study", last.end, hit.start)
    ):
        return True  # “a Master's student, or have just finished your Bachelor's”
    if last.concept == "school" and " and " in gap:
        return True  # “high school diploma and pursuing a Bachelor's”
    if view.named("level_said", last.end, hit.start, "considers"):
        return True  # “Master's students, though we also take undergraduates”
    either = "/" in gap or not EITHER.isdisjoint(gap.split())
    verbs = (cue for cue in view.hits("study", last.end, hit.start) if not view.folded.startswith("student", cue.start))
    if not either and any(cue.concept in ("pursuing", "completed") for cue in verbs):
        return "," in gap or " who " in gap or not AND.isdisjoint(gap.split())
    behind = view.hits("severity", hit.end, min(sentence.end, hit.end + 16))
    parted = "(" in gap or gap.strip() in (",", "-") or "，" in view.text[last.end : hit.start]
    parted = parted and "、" not in view.text[last.end : hit.start]  # which lists, as “or” does
    return parted and any(
        cue.concept == "softened"
        and not view.folded.startswith((" in ", " within "), cue.end)
        and not view.named("invited", cue.start, cue.end, "welcome")
        and not ("(" in gap and ")" in view.folded[hit.end : cue.start])
        for cue in behind
    )  # “(MS, PhD), preferably in physics” wishes for the subject, “an advanced degree (MS/PhD) preferred” for both


def _is_studied(view: View, sentence: Sentence, last: Hit, hit: Hit) -> bool:
    """Whether words say that the first of two levels is studied for: a verb before it, a noun behind it."""
    return any(
        cue.concept == "pursuing" or (cue.concept in ("student", "hired") and cue.start >= last.end)
        for cue in view.hits("study", sentence.start, hit.start)
    )


def just_completed(view: View, cue: Hit) -> bool:
    """“Have just finished”, “recently obtained”: a verb of those who are students no more."""
    return cue.concept == "recent" and view.folded.endswith(_COMPLETING, cue.start, cue.end)


def _scoped(view: View, sentence: Sentence, lists: list[list[Hit]]) -> Iterator[tuple[Sentence, list[Hit], Scope]]:
    cuts = [_cut(view, left[-1].end, right[0].start) for left, right in pairwise(lists)]
    for group, (first, last) in zip(lists, pairwise([sentence.start, *cuts, sentence.end]), strict=True):
        yield sentence, group, reach(view, group[0].start, group[-1].end, first, last)


def reach(view: View, start: int, end: int, first: int, last: int) -> Scope:
    """The words that may bear on `[start, end)` within `[first, last)`; a comma ends a clause of Chinese."""
    first, last = max(first, start - REACH), min(last, end + REACH)
    if view.is_wide(start):
        first = max(first, view.folded.rfind(",", first, start) + 1)
        comma = view.folded.find(",", end, last)
        last = comma if comma >= 0 else last
    return first, last


def _cut(view: View, start: int, end: int) -> int:
    """Where the words between two lists stop bearing on the first and begin to bear on the second."""
    text = view.folded
    parted = clause(view, view.sentence(end), end, end)[0]
    if parted > start:
        return parted
    cues = view.hits("severity", start, end)
    if cues and cues[0].end > end:
        return cues[0].start  # “… but no PhD is required”
    behind = cues[0].end if cues else start
    for at in range(behind, end):
        if text[at] in PUNCTUATION or text.startswith(_BETWEEN, at):
            return at
    ended = [cue.start for cue in view.hits("study", behind, end) if just_completed(view, cue)]
    if ended:
        return ended[0]
    leads = [cue.start for cue in view.hits("study", behind, end) if cue.concept == "pursuing"]
    if leads and any(cue.concept == "demanded" for cue in cues):
        return leads[0]  # “a diploma required Currently pursuing a Bachelor's”, its break lost
    return next((at for at in range(behind - 1, start - 1, -1) if text[at] in PUNCTUATION), end)
