"""The least professional experience a posting requires, in years.

Reads the layers `years`, `years_of` and `experience`. Years of study, and the employer's own years, do not count.
"""

from __future__ import annotations

import re

from pipeline.models import Claim, Severity
from pipeline.reading.degrees import or_between
from pipeline.reading.number_words import NUMBERS
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.severity import severity
from pipeline.reading.stint import label
from pipeline.reading.topic import Topic

_BEFORE = re.compile(
    r"(?<![\d$€£])(?<!\d[.,])(?P<least>(?<![^ (\-–])\.\d|\d{1,2}(?:\.\d)?|one|two|three|four|five|six|seven|eight|ten"
    r"|half a|(?<=at least )a|(?<=minimum of )a|ein|eine|einem|zwei|drei|un|deux|trois|dos|tres)"
    r"(?:[ ]?[+]|[ ]?plus)?(?:[ ]?(?:-|to|or|–)[ ]?(?:\.\d|\d{1,2}(?:\.\d)?|one|two|three|four|five)[ ]?[+]?)?"
    r"(?: \(\d{1,2}\+?(?:[ ]?[-–][ ]?\d{1,2})?\)\+?)?(?:[ ]?or more)?[ \-]{0,2}\Z"
)
_BETWEEN = re.compile(r"\bbetween (?P<least>\d{1,2}|one|two|three|four|five) (?:and|&) (?:\d{1,2}|[a-z]{3,5})\+? \Z")
_CHINESE = re.compile(r"(?P<least>\d{1,2}|[一二两三四五六七八九十])(?:-\d{1,2})?\Z")
_WORKED = re.compile(r"'?s?'?[ ](?P<at>of [a-z(]|in [a-z][\w+#/-]{0,24}|as (?:an?|the)\b|with [a-z+#]{2,14})?")
_ANSWER = re.compile(  # behind “years”: “Minimum years of work experience: 2”
    r"'? of (?:(?:work|professional|relevant|related|industry)[ ]){0,2}experience(?: required| needed| \(minimum\))?"
    r"[ :\-–\n]{0,3}(?P<least>\d{1,2})\b"
)
_LEAST = re.compile(r"(?:min\.?|minimum|minimum of|at least|mindestens)?[ :]{0,3}")
_BESIDE = re.compile(r" ?(?:\(| [-–] |: ?|, )(?:min\.? |minimum |at least )?")  # “Python (2+ years)”, “SQL - two years”
_CLOSED = re.compile(r"[)., ]{0,3}(?:\Z|\n)")
_LADDER = re.compile(r"\b(?:with|and|plus|\+|&) (?:at least |a minimum of |minimum )?\Z")  # “BS and five years”
_ASIDE = re.compile(r"\((?:minimum|min\.|at least|minimum of|mindestens)[ ]?\Z")
_FORM = re.compile(r"\+? ?\((?:required|minimum)\)")  # of a job site's form: “Python: 1 year (Required)”
_OR = re.compile(r"\b(?:or|oder|ou)\b[^.;,A-Z]{0,14}\Z")
_OR_DEGREE = re.compile(r"\bor (?>an? |the |have |)(?=p|m|d|a)")
_OR_YEARS = re.compile(r"\A[^.;]{0,12}\bor (?:at least |a minimum of )?\Z")
_OR_HELD = re.compile(r"\bor (?>have |has |recently |already |you |a |)\Z")  # “studying, or graduated with a year of …”
_COMPLETED = re.compile(r"\bcomplet|\benrolled|\bfinish|\bwithin\b|\bpast\b|\blast\b|\blived\b|\bresid")
_WORDS = NUMBERS | {"a": 1, "half a": 0.5}
LEAD = 40  # characters before the number in which a line asks for it
OTHERS = 60  # characters before the number in which somebody else is named
BESIDE = 12  # characters in which “with an MS” names its degree
LEAST = 0.5  # years; a few weeks or months is a first acquaintance, no professional experience
MOST = 15  # years; more is the employer's own age
RESEARCH = 2  # years of research that a student may have done as one; more are a profession
FAR = 90  # characters between the number of years and the word “experience”
NOT_ASKED = ("company", "title", "location", "field")
LOST = ("benefits", "legal")  # where a requirement stands only if its heading was lost: a line that begins with it


def read(view: View) -> Topic:
    """`years_min`: the strictest number of years under the requirements."""
    topic = Topic()
    best: Claim | None = None
    said: Sentence | None = None
    for hit in view.hits("years"):
        sentence = view.sentence(hit.start)
        number = None if sentence.section in NOT_ASKED else _number(view, sentence, hit)
        if not number:
            best = best or _answered(view, hit)
            continue
        start, years = number
        if sentence.section in LOST and start - sentence.start > LEAD // 2:
            continue
        if years < LEAST:
            continue
        end = None if _is_question(view, sentence) else _end(view, sentence, start, hit)
        if end is None or _of_others(view, sentence, start) or _is_met_otherwise(view, sentence, (start, end), years):
            continue
        strength = severity(view, sentence._replace(end=min(sentence.end, end + 160)), start, end)
        if strength in (Severity.PREFERRED, Severity.NEGATED):
            continue
        claim = Claim("years_min", years, view.quote(start, end), strength)
        joined = said is sentence and _is_alternative(view, sentence, start)
        if best is not None and (joined or (said and _is_next_alternative(view, said, sentence))):
            said = sentence
            best = min(best, claim, key=lambda bar: bar.value)
        elif best is None or claim.value > best.value:
            best = claim
            said = sentence
    if best is not None and best.value:
        topic.values["years_min"] = best.value
        topic.claims.append(best)
    return topic


def _end(view: View, sentence: Sentence, start: int, hit: Hit) -> int | None:
    """The end of what makes the years those of work, None where nothing does."""
    end = _experience(view, sentence, start, hit) or _work(view, sentence, start, hit) or _form(view, start, hit)
    return end or _of_skill(view, sentence, start, hit) or _of_degree(view, sentence, start, hit)


def _is_question(view: View, sentence: Sentence) -> bool:
    """“Do you have two years of experience?” is put to all applicants, unless requirements are questions."""
    return sentence.section != "required" and view.folded.endswith("?", sentence.start, sentence.end)


def _answered(view: View, hit: Hit) -> Claim | None:
    """The bar of a form's line: “Minimum years of experience: 2”; under a heading of wishes none."""
    answer = _ANSWER.match(view.folded, hit.end)
    if not answer or view.section(hit.start) in (*NOT_ASKED, "preferred") or not 0 < int(answer["least"]) <= MOST:
        return None
    return Claim("years_min", float(answer["least"]), view.quote(hit.start, answer.end()), Severity.REQUIRED)


def _is_alternative(view: View, sentence: Sentence, start: int) -> bool:
    """“A BS and five years, or an MS and two”: the fewest years are enough."""
    spans = [span.end for span in view.hits("years", sentence.start, start)]
    if spans and view.hits("degree", spans[-1], start) and view.hits("degree", sentence.start, spans[-1]):
        return True
    return _OR.search(view.text[sentence.start : start]) is not None


def _is_next_alternative(view: View, said: Sentence, sentence: Sentence) -> bool:
    """“A BS and five years; or” with “An MS and two years” in the line below, or an “or” in a line between them."""
    return or_between(view, said, sentence) and bool(view.within("degree", said) and view.within("degree", sentence))


def _is_met_otherwise(view: View, sentence: Sentence, asked: tuple[int, int], years: float) -> bool:
    """“5 years of experience or a PhD”, “… coursework included”: a student may have them."""
    start, end = asked
    last = min(sentence.end, end + LEAD)
    said = {cue.concept for cue in view.hits("experience", start, last)}
    if "study" in said or ("research" in said and years <= RESEARCH):
        return True
    if _OR_DEGREE.search(view.folded, end, last):
        behind = view.hits("degree", end, last)
        return bool(behind) and not view.hits("years", behind[0].end, min(sentence.end, behind[0].end + FAR))
    if _beside_degree(view, end):
        return False  # “Four years with a BS, or two years with an MS”
    if _is_for_graduates(view, sentence, start):
        return True
    held = view.hits("degree", max(sentence.start, start - LEAD), start)
    return bool(held) and _OR_YEARS.search(view.folded[held[-1].end : start]) is not None


def _is_for_graduates(view: View, sentence: Sentence, start: int) -> bool:
    """“Pursuing a degree, or graduated with two years of experience”: students need none."""
    before = view.hits("study", sentence.start, start)
    for cue in reversed(before):
        if start - cue.end > LEAD:
            break
        held = cue.concept in ("completed", "graduate", "recent")
        if held and (
            view.folded.startswith("or ", cue.start) or _OR_HELD.search(view.folded, sentence.start, cue.start)
        ):
            return any(other.concept == "pursuing" and other.end <= cue.start for other in before)
    return False


def _work(view: View, sentence: Sentence, start: int, hit: Hit) -> int | None:
    """The end of “3+ years building models”, “2 years as an analyst”: work named without the word experience."""
    worked = _WORKED.match(view.folded, hit.end, sentence.end)
    opens = sentence.section == "required" and not _COMPLETED.search(view.folded, sentence.start, start)
    if not worked or not opens or start - sentence.start > LEAD:
        return None
    behind = view.hits("years_of", hit.end, min(sentence.end, hit.end + FAR))
    if any(cue.concept == "study" for cue in behind):
        return None
    if worked["at"]:
        return worked.end()
    return next((cue.end for cue in behind if cue.concept == "work" and cue.start == worked.end()), None)


def _of_skill(view: View, sentence: Sentence, start: int, hit: Hit) -> int | None:
    """The end of a requirement that names a skill and its years: “Python (2+ years)”."""
    skills = view.hits("skill", sentence.start, start)
    if sentence.section != "required" or not skills or view.within("degree", sentence):
        return None
    beside = _BESIDE.fullmatch(view.folded, skills[-1].end, start) and _CLOSED.match(view.folded, hit.end)
    return hit.end if beside and hit.concept == "year" else None


def _of_degree(view: View, sentence: Sentence, start: int, hit: Hit) -> int | None:
    """The end of one of several bars by degree: “An MS with one year or a BS with four years of experience”."""
    asked = sentence.section == "required" or view.has("experience", sentence, "professional")
    if not asked or _COMPLETED.search(view.folded, sentence.start, start):
        return None
    several = len(view.within("years", sentence)) > 1 and len(view.within("degree", sentence)) > 1
    near = max(sentence.start, start - LEAD)
    led = _LADDER.search(view.folded, near, start) and view.hits("degree", near, start)
    return hit.end if several and (led or _beside_degree(view, hit.end)) else None


def _beside_degree(view: View, at: int) -> bool:
    """Whether “with an MS” stands there."""
    return view.folded.startswith(" with ", at) and bool(view.hits("degree", at, at + BESIDE))


def _form(view: View, start: int, hit: Hit) -> int | None:
    """The end of a form's line that says itself that it is required: “relevant: 1 year (Required)”."""
    required = _FORM.match(view.folded, hit.end) if view.folded.startswith(":", start - 2) else None
    return required.end() if required else None


def _of_others(view: View, sentence: Sentence, start: int) -> bool:
    """Years of the team, the mentors or the employer, or those that other positions ask for."""
    if view.named("experience", sentence.start, start, "elsewhere"):
        return True
    first = max(sentence.start, start - OTHERS)
    return sentence.section != "required" and bool(view.named("years_of", first, start, "ours"))


def _number(view: View, sentence: Sentence, hit: Hit) -> tuple[int, float] | None:
    first = max(sentence.start, hit.start - 25)
    said = view.folded[first : hit.start]
    found = _BETWEEN.search(said) or _BEFORE.search(said) or _CHINESE.search(view.text[first : hit.start])
    if not found:
        return None
    at = first + found.start()
    if any(
        cue.concept == "not_least" and at - cue.end <= 2
        for cue in view.hits("experience", max(sentence.start, at - 16), at)
    ):
        return None
    word = found["least"]
    count = _WORDS[word] if word in _WORDS else float(word)
    years = count if hit.concept == "year" else round(count / 12, 2)
    return (at, years) if years <= MOST else None


def _experience(view: View, sentence: Sentence, start: int, hit: Hit) -> int | None:
    """The end of the word that makes the span one of experience, if there is one close by."""
    far = FAR if hit.concept == "year" else FAR // 4
    after = [
        cue
        for cue in view.hits("experience", hit.start, min(sentence.end, hit.end + far))
        if cue.concept in ("professional", "research")
    ]
    if after and not view.hits("years", hit.end, after[0].start) and "." not in view.text[hit.end : after[0].start]:
        return after[0].end
    aside = _ASIDE.search(view.folded, sentence.start, start) is not None  # “experience in … (minimum 1 year)”
    first = sentence.start if aside else max(sentence.start, start - 30)
    before = view.named("experience", first, start, "professional")
    opens = start - sentence.start <= 3 or _LEAST.fullmatch(view.folded, sentence.start, start)
    above = label(view, sentence) if opens else None
    if above and (sentence.end - hit.end <= 3 or above.block is sentence.block):
        before = [cue for cue in view.within("experience", above) if cue.concept == "professional"]
    return hit.end if before and ";" not in view.text[before[-1].end : start] else None
