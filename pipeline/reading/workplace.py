"""Topic: where the work of this position is done.

The board's own field first, then title and location, then what running text says of the position; what the
employer says of itself (“remote-first”, a perk) counts where nothing is said of the position. As the codebook
rules: who may choose works hybrid; who is remote for a while works remotely; the address of an office alone
says nothing.
"""

from __future__ import annotations

import re

from pipeline.models import Claim
from pipeline.reading.number_words import NUMBERS
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View
from pipeline.reading.stint import label
from pipeline.reading.topic import Topic

LABEL = 70  # characters of a line that only states facts
ATTRIBUTE = 45  # characters between the word and the position it is said of
LATER = 40  # characters between the word and when it will be so
NAMED = 30  # characters before a word in brackets in which the internship or its length is named
FACTS = 3  # parts of a line of facts, at least
_ADJECTIVES = re.compile(r"[ ,]{0,2}(?:(?!company|start-?up|organi|culture|but\b)[\w'/-]{1,16}[ ,]{1,2}){0,5}")
_IS = re.compile(r"\b(?:is|are|will be|must be|can be|ist|est|sera|es|sera)\b[^.;:()!?]{0,34}\Z")
_ARTICLE = re.compile(
    r"\b(?:an?|our|this|these|the|one|paid|unpaid|unser|ein|eine|un|une|una)[ (]{1,2}(?:[\w'-]{1,12}[ ,]{1,2}){0,2}\Z"
)
_WHOLLY = re.compile(r"(?<!or )(?<!/)(?<!/ )(?:\b100 ?%|\bfully|\bentirely|\bcompletely) \Z")
_VISITS = re.compile(  # “on-site at client premises …”
    r" (?:at|with|for|bei|beim|chez) (?:(?:an?|our|the|den|unseren|les|nos) )?(?:client|customer|kund)"
)
_MATTER = re.compile(r" (?!in\b|usa?\b|at\b|or\b)[a-z]{3}")
_NOT = re.compile(r"\b(?:not|no|non|kein|keine|nicht|pas|never)\b[\w ]{0,14}\Z")
_DENIED = re.compile(
    r"[ :?)\n-]{0,4}(?:leider )?"
    r"(?:no|non|nein|not (?:possible|available|offered|an option)|impossible|exclu)\b(?![ -]\w)"
)
_COMMA = re.compile("[，,；;]")
_WORK = re.compile(r"(?:[ -]work(?:ing)?)?[ .!]{0,2}")  # behind a word that is all of a line: “Onsite working”
_IN_TOWN = re.compile(r" in [A-Z][\w.'-]{1,20}(?:,? [A-Z][\w.'-]{0,20}){0,3}\.?")  # “On site in Leeds, UK”
_SITED = re.compile(r"\b(?:is|can be|may be|will be|must be|could be) (?:located|based|filled|performed) (?:in|at)\b")
_FACT = re.compile(r"[^,|·•]{1,24}")  # one of a line of them: “10 weeks, on-site, $28/h”
_COUNTED = re.compile(r"[^a-z\d]{0,2}\d")
HEADER = ("title", "location")
PLACES = ("office", "workplace_word")  # layers of where one works
ELSEWHERE = ("remote", "hybrid")


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
    header = [hit for hit in words if view.sentence(hit.start).section in HEADER and not _is_matter(view, hit)]
    if wholly := [hit for hit in header if hit.concept == "remote" and _WHOLLY.search(view.folded, 0, hit.start)]:
        return wholly
    body = [_answered(view, hit) for hit in view.hits("workplace") if _of_position(view, hit)]
    body += [hit for hit in view.hits("choice") if _of_position(view, hit) and _is_offered(view, hit)]
    body += [_answered(view, hit) for hit in words if hit not in header and _is_label(view, hit)]
    body += [hit for hit in words if hit not in header and _is_attribute(view, hit)]
    body += [
        hit for hit in view.hits("days") if _of_position(view, hit) and view.within("office", view.sentence(hit.start))
    ]
    worked = _days_worked(view) if any(hit.concept == "hybrid" for hit in body) else set()
    body = [hit._replace(concept="onsite") if worked and _is_every_day(view, hit, worked) else hit for hit in body]
    if header and not any(hit.concept == "hybrid" for hit in body):
        return header
    demanded = [] if header else [hit for hit in body if _is_demanded(view, hit)]
    if demanded:
        return demanded
    habits = [hit for hit in view.hits("workplace_habit") if _of_position(view, hit)]
    own = [hit for hit in body if view.section(hit.start) not in OF_EMPLOYER]
    own += [hit for hit in body if own and hit not in own and _of_this(view, hit)]
    return header + (own or body) or habits


def _of_this(view: View, hit: Hit) -> bool:
    """Whether the employer speaks of “this role” among what it says of itself."""
    named = view.within("position", view.sentence(hit.start))
    return any(view.folded.endswith("this ", 0, noun.start) for noun in named)


def _days_worked(view: View) -> set[str]:
    """How many days a week are worked at all, said without a word of where: “a job of 3 days a week”."""
    worked = set()
    for hit in view.hits("days"):
        sentence = view.sentence(hit.start)
        if view.within("position", sentence) and not any(view.within(layer, sentence) for layer in PLACES):
            worked.add(_days(view, hit))
    return worked


def _is_every_day(view: View, hit: Hit, worked: set[str]) -> bool:
    """Whether the days of a week on site are all that are worked."""
    sentence = view.sentence(hit.start)
    said = {_days(view, days) for days in view.within("days", sentence)}
    return bool(said) and said <= worked and not view.named("workplace_word", sentence.start, sentence.end, *ELSEWHERE)


def _days(view: View, hit: Hit) -> str:
    """The number that a count of days begins with."""
    word = view.folded[hit.start : hit.end].split()[0]
    return str(NUMBERS.get(word, word))


def _is_matter(view: View, hit: Hit) -> bool:
    """“Virtual Crowds Intern”: what the work is about, not where; “Virtual Intern” is where."""
    if not view.folded.startswith("virtual", hit.start) or hit.end - hit.start > len("virtual"):
        return False
    if view.sentence(hit.start).section != "title" or not _MATTER.match(view.folded, hit.end):
        return False
    return not (view.hits("trainee", hit.end, hit.end + 2) or view.hits("position", hit.end, hit.end + 2))


def _is_demanded(view: View, hit: Hit) -> bool:
    """“You must commit to a full-time onsite position”: what is demanded for it beats how the employer works."""
    sentence = view.sentence(hit.start)
    if hit.concept != "onsite" or not (view.within("must", sentence) and view.within("position", sentence)):
        return False
    said = {word.concept for layer in ("workplace_word", "workplace", "days") for word in view.within(layer, sentence)}
    return said == {"onsite"}


def _of_position(view: View, hit: Hit) -> bool:
    sentence = view.sentence(hit.start)
    if sentence.section in (*HEADER, "field"):
        return False
    if view.hits("workplace_later", max(sentence.start, hit.start - LATER), hit.start):
        return False
    in_office = hit.concept != "remote" and view.folded.endswith(" an office", hit.start, hit.end)
    if in_office:  # “ability to work in an office environment”
        return False
    if _VISITS.match(view.folded, hit.end) and view.within("workplace_visits", sentence):
        return False
    return not _of_other(view, hit, sentence) or view.text[hit.start] == "#"


def _of_other(view: View, hit: Hit, sentence: Sentence) -> bool:
    """Whether the sentence is about something else; not where only a clause apart is: “需坐班，由HR面试”."""
    if view.is_wide(hit.start):
        comma = _COMMA.search(view.text, hit.end, sentence.end)
        return bool(view.hits("workplace_other", sentence.start, comma.start() if comma else sentence.end))
    first = view.text.rfind(";", sentence.start, hit.start)
    last = view.text.find(";", hit.end, sentence.end)
    return bool(view.hits("workplace_other", max(first, sentence.start), sentence.end if last < 0 else last))


def _is_offered(view: View, hit: Hit) -> bool:
    """Whether a choice of places is one of this position, which the sentence names or is alone about."""
    sentence = view.sentence(hit.start)
    if _NOT.search(view.folded[sentence.start : hit.start]):
        return False
    if sentence.end - sentence.start <= LABEL or view.within("workplace", sentence):
        return True
    return sentence.section not in OF_EMPLOYER and bool(view.hits("position", sentence.start, hit.start))


def _answered(view: View, hit: Hit) -> Hit:
    """“Work remotely: No”, “Telework eligible: No” are on site."""
    return hit._replace(concept="onsite") if _DENIED.match(view.folded, hit.end) else hit


def _is_attribute(view: View, hit: Hit) -> bool:
    """Whether the word is said of the position: “a remote summer internship”, “the role is categorized as hybrid”."""
    sentence = view.sentence(hit.start)
    if sentence.section in ("company", "legal") or not _of_position(view, hit):
        return False
    said = view.within("workplace", sentence)
    if any(other.start <= hit.start < other.end and other.concept == "onsite" != hit.concept for other in said):
        return False  # “Remote work is not possible for this role” says its own
    first = max(sentence.start, hit.start - ATTRIBUTE)
    before = view.folded[first : hit.start]
    if _NOT.search(before) or any(told.concept != hit.concept for told in view.hits("workplace", hit.start, hit.end)):
        return False
    named = view.hits("position", first, hit.start)
    if named and _IS.search(view.folded[named[-1].end : hit.start]):
        return True
    ends = not view.text[hit.end : sentence.end].strip(" .*)")
    if hit.concept == "hybrid" and ends:  # “… can be based in A, B or remote”
        sited = _SITED.search(view.folded, sentence.start, hit.start)
        if sited and view.hits("position", sentence.start, sited.start()):
            return True
    behind = view.hits("position", hit.end, min(sentence.end, hit.end + ATTRIBUTE))
    return (
        bool(behind)
        and not _DENIED.match(view.folded, behind[0].end)  # “Remote job: No”
        and _ADJECTIVES.fullmatch(view.folded, hit.end, behind[0].start) is not None
        and (hit.start == sentence.start or _ARTICLE.search(before) is not None)
    )


def _is_label(view: View, hit: Hit) -> bool:
    """Whether the word is a value of its own: “Work mode: Hybrid”, “Boston, MA (Onsite)”."""
    sentence = view.sentence(hit.start)
    if view.is_wide(hit.start) and (sentence.section in ("duties", "company") or _of_other(view, hit, sentence)):
        return False  # “打通线上与线下”
    above = label(view, sentence)
    placed = "logistics" in (sentence.section, above and above.section)  # “Location: Boston, hybrid”
    if (
        hit.start == sentence.start
        and view.text.startswith(":", hit.end)
        and view.hits("office", hit.end, sentence.end)
    ):
        return sentence.section not in OF_EMPLOYER  # “Hybrid: two days a week are at home”
    if sentence.end - sentence.start > LABEL or (
        view.text[hit.start].islower() and not placed and not _is_bracketed(view, sentence, hit)
    ):
        return _is_fact(view, sentence, hit)
    if _NOT.search(view.folded, max(sentence.start, hit.start - ATTRIBUTE), hit.start):
        return False
    if hit.start == sentence.start and hit.concept != "hybrid":
        if _IN_TOWN.fullmatch(view.text, hit.end, sentence.end):
            return True
        if _WORK.fullmatch(view.folded, hit.end, sentence.end) and not _heads(view, sentence):
            return True
    if sentence.section == "benefits" and not view.text[sentence.start : hit.start].rstrip().endswith((":", "-")):
        return False
    listed = view.folded.count(",", sentence.start, hit.start) > 2
    if listed and not (placed and hit.concept == "hybrid"):  # the last of a list of something else than places
        return False
    if view.text[hit.start - 1] == "(" and view.text.startswith(")", hit.end):  # “Graz, Austria (Remote) 12 Weeks”
        return sentence.section != "process" and not _of_other(view, hit, sentence)
    rest = view.text[hit.end : sentence.end].strip(" .)+")
    return not rest or rest[0] in ":-–(,|;?" or (placed and hit.concept == "hybrid")


def _heads(view: View, sentence: Sentence) -> bool:
    """Whether it is a heading with text under it."""
    below = next(view.below(sentence), None) if sentence.block.kind == "heading" else None
    return below is not None and below.block.kind != "heading"


def _is_bracketed(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether it stands alone in brackets behind an internship or its length: “4 stages de 5 mois (hybride)”."""
    if view.text[hit.start - 1] != "(" or not view.text.startswith(")", hit.end):
        return False
    around = max(sentence.start, hit.start - NAMED), hit.start
    return bool(view.hits("span", *around) or view.hits("position", *around))


def _is_fact(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether it is one of a line of facts that begins with a number: “10 weeks, on-site, $28/h”."""
    if sentence.end - sentence.start > LABEL or not _COUNTED.match(view.folded, sentence.start):
        return False
    parts = list(_FACT.finditer(view.folded, sentence.start, sentence.end))
    alone = view.folded[hit.start : hit.end]
    return len(parts) >= FACTS and any(part.start() <= hit.start and part[0].strip(" .") == alone for part in parts)
