"""Who may work here: sponsorship, citizenship, clearance, spoken languages.

Reads the layers `sponsorship`, `refusal`, `sponsored_work`, `needed`, `citizenship`, `status_else`, `waived`,
`country`, `demand`, `must`, `spoken`, `speaking`.
Notices of equal opportunity, export rules and background checks ask nothing (codebook, “Being authorised to work”).
"""

from __future__ import annotations

import re

from pipeline.models import Claim, Quote, Severity
from pipeline.reading.clauses import clause
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View
from pipeline.reading.severity import severity
from pipeline.reading.topic import Topic

REFUSAL = 75  # characters between a sponsorship and what refuses or offers it
LISTED = 110  # characters behind a status in which its list of others may go on
NEEDED = 45  # characters before a sponsorship in which somebody is said to need it
_NONE = re.compile(  # “Clearance: none”, “Citizenship required? No”, “Minimum clearance required to start: N/A”
    r"(?:[ :\n(-]{0,4}(?:required|requirement|level|type)?[ :\n-]{0,4}"
    r"|(?>(?:[ ](?:level|type|requirements?|required|needed|to|at|start|date|for|this|the|role|position|job|must"
    r"|currently|possess|be|able|obtain|hold)){1,12})[ ]?[:?][ \n]{0,2})"
    r"(?:none|not (?:required|applicable|needed|necessary)|n/a|any|no(?: security)? clearance|no(?![ -]\w))\b"
)
_STATED = re.compile(
    r"(?>[ ](?:available|offered|provided|possible|eligible|supported)|)"
    r"(?>[ ](?:for|in) (?:this|the) (?:role|position|job)|)"
    r"(?:[ ]?[:\n?(-][ \n]?(?:(?P<offered>available|offered|provided)|none|not (?:available|offered))"
    r"|[ :\n?(-]{1,3}(?:(?P<yes>yes)|no|n/a|unfortunately,? not?"
    r"|not (?:yet|currently|at (?:this|the) (?:time|moment|present))))"
    r"(?=[\s.,;)!]|\Z)"
)
_OR = re.compile(r"\b(?:or|oder|ou|o)\b|\band those\b|\band anyone\b")
_EITHER = re.compile(r"(?<! and) o[ru]? ")
_BESIDE = re.compile(  # “citizens, residents and F-1 students”
    r"(?:\bor\b|\band\b|[,/&])(?!.{0,110}(?:\bnot?\b|n't\b))"
)
_REFUSED = re.compile(r"[^.;]{0,30}(?:\bnot\b|n't\b|\bcannot\b|\bineligible\b)")
_NO = re.compile(r"\bno (?:\S{1,20} ){0,2}\Z")
_REQUIREMENT = re.compile(r" (?:\S{1,20} ){0,2}(?:requirements?|restrictions?|conditions?)\b")
_TURNS = re.compile("[;:]| but ")  # ends what “you do not need” speaks of
_PRONOUN = re.compile(r"\b(?:one|it|that|this)(?: out)?\Z")
_QUESTION = re.compile(r"\b(?:are|do|have|can|will) you\b[^?]{0,200}\?")
REFUSES = ("refused", "withheld")  # the cues that say no
OFFERS = ("offered", "granted")  # and yes
CONDITION = 60  # characters between a status and what makes it a condition
NOTICE = 200  # characters in which a notice shows itself
NEAR = 30  # characters between a condition and the country it is of
ALONE = 90  # characters of a line that only names a status
STATED = ("required", "title", "field")  # sections in which a bare status is a condition
NO_LANGUAGE = (*OF_EMPLOYER, "title", "location")  # sections in which a language is no requirement


def read(view: View) -> Topic:
    """`sponsorship`, `citizenship_required`, `citizens_of`, `clearance_active`, `languages_required`."""
    topic = Topic()
    _sponsorship(view, topic)
    _citizenship(view, topic)
    _languages(view, topic)
    return topic


def _sponsorship(view: View, topic: Topic) -> None:
    """A refusal anywhere outweighs an offer, unless the offer only says that not every case is covered."""
    found: dict[str, Hit] = {}
    for hit in view.hits("sponsorship"):
        value = {"refused": "no", "offered": "yes"}.get(hit.concept) or _answer(view, view.sentence(hit.start), hit)
        if view.text[hit.start : hit.end] == "VISA" and not _is_tag(view, hit):
            value = _answer(view, view.sentence(hit.start), hit)
        if value:
            found.setdefault(value, hit)
    value = next((value for value in ("no", "yes") if value in found), None)
    if value:
        hit = found[value]
        topic.values["sponsorship"] = value
        start, end = _shown(view, view.sentence(hit.start), hit)
        topic.claims.append(Claim("sponsorship", value, view.quote(start, end)))


def _is_tag(view: View, hit: Hit) -> bool:
    """“Berlin | ONSITE | VISA”: one of a line of facts."""
    return bool({"|", ",", "/"} & set(view.text[hit.start - 2 : hit.start] + view.text[hit.end : hit.end + 2]))


def _answer(view: View, sentence: Sentence, hit: Hit) -> str | None:
    """What the words around a sponsorship say of it, or the answer behind its label."""
    question = view.folded.endswith("?", hit.end, sentence.end)
    needed = view.hits("needed", sentence.start, hit.start)  # a question of what the applicant needs
    at = sentence.end if question or hit.end > sentence.end - 3 else hit.end
    if not (question and needed) and (stated := _STATED.match(view.folded, at)):
        return "yes" if stated["yes"] or stated["offered"] else "no"
    near, until = clause(view, sentence, hit.start, hit.end)
    first, last = max(near, hit.start - REFUSAL), min(until, hit.end + REFUSAL)
    said = {cue.concept for cue in view.hits("refusal", first, last) if not _is_condition(view, cue, hit)}
    if view.hits("needed", max(near, hit.start - NEEDED), hit.start):  # “cannot consider those who need …”
        said |= {cue.concept for cue in view.hits("refusal", near, hit.start) if cue.concept == "refused"}
    if hit.concept == "help":
        return _help(view, sentence, hit, near)
    visa = bool(view.named("sponsorship", first, last, "visa"))
    plain = view.folded.startswith("sponsorship", hit.start)
    of_work = bool(view.hits("sponsored_work", first, last))
    named = bool(said & {"granted", "withheld"}) or _is_all(view, sentence, hit)
    if "asked" in said or not (visa or plain or named or of_work):
        return None
    if not said.isdisjoint(REFUSES):
        return "no"
    offered = "granted" in said or ("offered" in said and (visa or named))
    if "listed" in said and sentence.section == "benefits":
        offered = offered or not view.hits("needed", near, hit.start)
    return "yes" if offered and sentence.section != "legal" and not _is_company(view, hit) else None


def _is_all(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Will sponsor”: nobody and nothing else is said to be."""
    if view.folded[hit.end : sentence.end].strip(" .!,)") or not view.folded.endswith("sponsor", hit.start, hit.end):
        return False
    return any(cue.end >= hit.start - 1 for cue in view.hits("refusal", sentence.start, hit.start))


def _help(view: View, sentence: Sentence, hit: Hit, near: int) -> str | None:
    """“We help with work permits”, or do not; help with “one” is with what the sentence has named."""
    if _PRONOUN.search(view.folded, hit.start, hit.end):
        asked = _asked_before(view, sentence)
        if not view.hits("status_else", asked.start if asked else sentence.start, hit.start):
            return None
        if view.folded.startswith("we", hit.start):
            return "yes"  # “If you have no visa, we will take care of it.”
    said = {cue.concept for cue in view.hits("refusal", max(near, hit.start - REFUSAL), hit.start)}
    return None if "asked" in said else "no" if "refused" in said else "yes"


def _asked_before(view: View, sentence: Sentence) -> Sentence | None:
    """The question that a sentence answers: “Need a work permit? We take care of it.”"""
    above = next(view.above(sentence), None)
    return above if above and view.folded.endswith("?", above.start, above.end) else None


def _is_condition(view: View, cue: Hit, hit: Hit) -> bool:
    """“We offer a visa if you come from abroad”: a condition of an offer, not a question."""
    behind = cue.concept == "asked" and cue.start > hit.end and view.folded.startswith("if you", cue.start)
    return behind and any(near.concept in OFFERS for near in view.hits("refusal", hit.start - NEAR, hit.start))


def _is_company(view: View, hit: Hit) -> bool:
    """“help to defend Visa”: the company of that name."""
    return view.text[hit.start : hit.end] == "Visa" and view.folded[hit.start - 2 : hit.start].strip(" ").isalpha()


def _shown(view: View, sentence: Sentence, hit: Hit) -> tuple[int, int]:
    """The sponsorship with the word that refuses or offers it."""
    cues = view.hits("refusal", max(sentence.start, hit.start - REFUSAL), min(sentence.end, hit.end + REFUSAL))
    if hit.concept not in ("sponsor", "visa") or not cues:
        return hit.start, hit.end
    refused = [cue for cue in cues if cue.concept in REFUSES]
    nearest = min(refused or cues, key=lambda cue: max(hit.start - cue.end, cue.start - hit.end))
    return min(hit.start, nearest.start), max(hit.end, nearest.end)


def _citizenship(view: View, topic: Topic) -> None:
    named: set[str] = set()
    for hit in view.hits("citizenship"):
        condition = _condition(view, view.sentence(hit.start), hit)
        if condition is None:
            continue
        named |= _named(view, condition)
        if "citizenship_required" not in topic.values:
            topic.values["citizenship_required"] = True
            topic.claims.append(Claim("citizenship_required", True, condition, Severity.REQUIRED))
        active = hit.concept == "clearance" and _active(view, view.sentence(hit.start), hit)
        if active and "clearance_active" not in topic.values:
            topic.values["clearance_active"] = True
            topic.claims.append(Claim("clearance_active", True, condition, Severity.REQUIRED))
    if "citizenship_required" in topic.values:
        topic.values["citizens_of"] = tuple(sorted(named))


def _condition(view: View, sentence: Sentence, hit: Hit) -> Quote | None:
    """The words that make a status a condition of the job, or None."""
    around = view.hits("demand", max(sentence.start, hit.start - NOTICE), min(sentence.end, hit.end + NOTICE))
    if any(cue.concept == "notice" for cue in around) or _is_asked_about(view, sentence, hit):
        return None
    if _is_only_possible(view, sentence, hit, around) or _is_not_needed(view, sentence, hit):
        return None
    if hit.concept == "excluded":
        return view.quote(hit.start, hit.end)
    again = view.hits("citizenship", hit.start, hit.end + CONDITION)[-1]  # “a clearance, or ability to obtain one”
    first, last = max(sentence.start, hit.start - CONDITION), min(sentence.end, again.end + CONDITION)
    scope = sentence._replace(start=first, end=_item_end(view, hit, first, last), section="required")
    if severity(view, scope, hit.start, hit.end) in (Severity.NEGATED, Severity.PREFERRED):
        return None
    demands = ("demanded", "active_not") if hit.concept == "clearance" else ("demanded",)
    near = [cue for cue in around if cue.concept in demands and cue.end >= first and cue.start <= last]
    if near and _is_wished(view, sentence, hit):
        return None
    if near:
        nearest = min(near, key=lambda cue: max(hit.start - cue.end, cue.start - hit.end))
        return view.quote(min(hit.start, nearest.start), max(hit.end, nearest.end))
    if hit.concept == "national":
        led = view.hits("demand", max(sentence.block.start, sentence.start - NEAR), sentence.start)
        return view.quote(hit.start, hit.end) if any(cue.concept == "demanded" for cue in led) else None
    alone = sentence.section != "preferred" and sentence.end - sentence.start <= ALONE
    alone = alone and hit.start - sentence.start <= 8
    return view.quote(hit.start, hit.end) if sentence.section in STATED or alone else None


def _is_asked_about(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Are you a U.S. citizen?”: a question put to all applicants."""
    asked = _QUESTION.search(view.folded, sentence.start, sentence.end)
    return asked is not None and asked.start() < hit.start < asked.end()


def _is_only_possible(view: View, sentence: Sentence, hit: Hit, around: list[Hit]) -> bool:
    """“Some projects require a clearance”, “citizenship may be required”: and it is not demanded by other words."""
    for cue in around:
        if cue.concept == "may_need" and cue.start < hit.start and not view.hits("must", cue.end, hit.start):
            return True
        if cue.concept == "may_be_needed" and cue.start >= hit.end and not view.hits("must", hit.end, cue.start):
            return not _is_firm(view, sentence.start, hit)
    return False


def _is_wished(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Ability to obtain a clearance” as an item of a list of wishes; a citizen's status is no wish for its heading."""
    if sentence.section != "preferred" or sentence.block.kind != "bullet" or hit.concept != "clearance":
        return False
    if view.within("must", sentence) or view.hits("citizenship", sentence.start, hit.start):
        return False
    above = next(view.above(sentence), None)
    return above is None or not view.within("citizenship", above)  # “Security clearance:”


def _is_firm(view: View, first: int, hit: Hit) -> bool:
    """Whether a firm demand leads to the status: “must be a citizen”."""
    said = view.hits("must", first, hit.start)
    return bool(said) and not {",", ";"} & set(view.folded[said[-1].end : hit.start])


def _item_end(view: View, hit: Hit, first: int, last: int) -> int:
    """Where what is said of a status ends: “must be a citizen, cloud experience is a plus” at its comma."""
    comma = view.folded.find(",", hit.end, last) if _is_firm(view, first, hit) else -1
    return last if comma < 0 else comma


def _is_not_needed(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether the words around a status say that it is not needed, one of several, or what is not sponsored."""
    if _NONE.match(view.folded, hit.end) or (hit.end > sentence.end - 20 and _NONE.match(view.folded, sentence.end)):
        return True
    demanded = bool(view.named("demand", sentence.start, hit.start, "demanded"))
    for cue in view.hits("status_else", hit.end, min(sentence.end, hit.end + LISTED)):
        last = view.hits("citizenship", hit.start, cue.start)[-1].end  # “a citizen or national, a resident, or …”
        if (cue.concept == "welcome" and not demanded) or (
            cue.start - last <= CONDITION and _OR.search(view.folded, last, cue.start)
        ):
            return True
        if cue.concept == "holder" and _BESIDE.search(view.folded, hit.end, cue.start):
            return not _REFUSED.match(view.folded, cue.end, sentence.end)
    before = view.hits("status_else", max(sentence.start, hit.start - CONDITION), hit.start)
    if any(cue.concept == "work" and _EITHER.search(view.folded, cue.end, hit.start) for cue in before):
        return True  # “a work permit or the nationality of a member state”
    waived = view.hits("waived", max(sentence.start, hit.start - REFUSAL), hit.start)
    if waived and not _TURNS.search(view.folded, waived[-1].end, hit.start):
        return True
    if _NO.search(view.folded, sentence.start, hit.start) and _REQUIREMENT.match(view.folded, hit.end):
        return True
    named = view.text[hit.start : hit.end].lower()
    before = view.hits("sponsorship", max(sentence.start, hit.start - NOTICE), hit.start)
    return bool(before) and ("residency" in named or "green card" in named)


def _named(view: View, condition: Quote) -> set[str]:
    """The countries that a condition names, ISO 3166-1."""
    sentence = view.sentence(condition.start)
    first, last = max(sentence.start, condition.start - NEAR), min(sentence.end, condition.end + NEAR)
    return {hit.concept for hit in view.hits("country", first, last)}


def _active(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether the clearance is to be held on the first day, not obtained later."""
    cues = view.hits("demand", max(sentence.start, hit.start - CONDITION), min(sentence.end, hit.end + CONDITION))
    kinds = {cue.concept for cue in cues}
    return "active" in kinds and "active_not" not in kinds


def _languages(view: View, topic: Topic) -> None:
    found: dict[str, Claim] = {}
    for hit in view.hits("spoken"):
        sentence = view.sentence(hit.start)
        if sentence.section in NO_LANGUAGE or hit.concept in found:
            continue
        first, last = max(sentence.start, hit.start - 45), min(sentence.end, hit.end + 45)
        if not view.hits("speaking", first, last):
            continue
        strength = severity(view, sentence._replace(start=first, end=last), hit.start, hit.end)
        if strength is Severity.REQUIRED:
            found[hit.concept] = Claim("languages_required", hit.concept, view.quote(hit.start, hit.end), strength)
    if found:
        topic.values["languages_required"] = tuple(sorted(found))
        topic.claims.extend(found.values())
