"""What degree a posting asks for: levels open, PhD, enrolment.

Reads the mentions of degrees.py and the layers `enrolment`, `invited`, `internship` and `internship_body`. Rulings:
codebook, “A degree bar”, “PhD”, `enrolled_required`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.models import LEVELS, Claim, Severity
from pipeline.reading.degrees import IDEAL, NAMED, Mention, is_visa, mentions, strength
from pipeline.reading.levels import FAVOURED, not_held, reach
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View
from pipeline.reading.sent_away import sent_away
from pipeline.reading.standing import of_others, of_past
from pipeline.reading.statements import ends
from pipeline.reading.topic import Topic
from pipeline.reading.wording import wording

_NEAR = re.compile(r"[^.;,:]{0,30}")  # between “work with” and recent graduates
_UNLESS = re.compile(r"\b(?:unless|except)\b[^.;]{0,40}\Z")
_OR = re.compile(r"\bor (?>be |are |is |currently |actively |presently |have |)\Z")
_WITH_DEGREE = re.compile(r"(?:获得|取得)[^\W\d]{0,4}学位的[^在;。]{0,12}\Z")  # “取得学位的本科、硕士或博士生”
LEAD = 24  # characters between “or” and the enrolment that it leads to
_PREFERRED = re.compile(FAVOURED)
_PLACEMENT = re.compile(r"\b(?:internship|co-op|placement|work term|course)s? \Z")  # “with one internship completed”
INSTEAD = 120  # characters behind an enrolment in which experience may be accepted instead
NOT_ASKED = ("preferred", *OF_EMPLOYER, "process")
HEADER = ("title", "field")


def read(view: View) -> Topic:
    """`degree_stated`, `levels_open`, `phd`, `enrolled_required`."""
    topic = Topic()
    named = mentions(view)
    required = _bars(named)
    preferred = [mention for mention in named if mention.severity is Severity.PREFERRED]
    if not required:
        required = [mention for mention in preferred if mention.ideal and mention.sentence.section == "required"]
    if not required and any(mention.too for mention in preferred) and not all(mention.too for mention in preferred):
        required = preferred  # “PhD students preferred, but Master's students may also apply”
    levels = levels_open(required, preferred)
    closed = _closed(view, required)
    levels = tuple(level for level in levels if level not in closed) or levels
    enrolled = _enrolment(view)
    stated = [(hit, asked) for hit, asked in enrolled if hit.concept not in ("working", "thesis")]
    if required or preferred or stated or closed:
        topic.values["degree_stated"] = True
    topic.values["levels_open"] = levels
    shown = required or preferred
    if shown:
        met = [mention for mention in shown if not set(levels).isdisjoint(mention.opens)] or shown
        first = min(met, key=lambda mention: (len(mention.opens), _is_title(mention)))
        quote = wording(view, first.start, first.end, first.severity)
        topic.claims.append(Claim("levels_open", levels, quote, first.severity))
    elif closed:
        hit = next(iter(closed.values()))
        topic.claims.append(Claim("levels_open", levels, view.quote(hit.start, hit.end), Severity.REQUIRED))
    elif stated:
        hit, asked = stated[0]
        topic.claims.append(Claim("levels_open", levels, view.quote(hit.start, hit.end), asked))
    _phd(view, topic, named, required, levels)
    _enrolled(view, topic, required, enrolled)
    return topic


def levels_open(required: list[Mention], preferred: list[Mention]) -> tuple[str, ...]:
    """The levels whose students meet every bar; what either of two contradicting bars opens.

    A year of studies (“rising seniors”) tells undergraduates apart and closes no other level that is named. A bare
    “PhD required” asks for the degree itself: it narrows what the rest opens, and adds nothing.
    """
    if not required:
        return LEVELS
    asked = [mention for mention in required if not mention.too] or required
    alternatives = _alternatives(asked)
    bars = [bar for bar in alternatives if not _is_demand(bar)]
    named = {level for mention in required if mention.status == "pursuing" for level in mention.levels}
    opens = [_opens(bar, named) for bar in bars]
    studied = [(levels, met) for bar, met in zip(bars, opens, strict=True) if (levels := _studied(bar))]
    met_by_all = set(LEVELS).intersection(*(met for _, met in studied))
    contradict = any(levels - met_by_all for levels, _ in studied)
    shared = set[str]() if contradict or not bars else set.intersection(*opens)
    opened = shared or (_either(opens, asked) if bars else set(LEVELS))
    if len(bars) < len(alternatives):
        opened = opened & {"phd"} or opened
    opened = opened.union(*(mention.levels for mention in required if mention.too))
    lowest = min(LEVELS.index(level) for level in opened)
    wished = {level for mention in preferred for level in mention.levels if LEVELS.index(level) > lowest}
    return tuple(level for level in LEVELS if level in opened | wished)


def _is_demand(bar: list[Mention]) -> bool:
    """“PhD required”: the degree itself."""
    return len(bar) == 1 and bar[0].levels == ("phd",) and bar[0].status != "pursuing"


def _opens(bar: list[Mention], named: set[str]) -> set[str]:
    """The levels that meet a bar; a year of studies closes none that is `named` as one studied for."""
    opened = set[str]().union(*(mention.opens for mention in _students(bar)))
    return opened | named if all(mention.year for mention in bar) else opened


def _studied(bar: list[Mention]) -> set[str]:
    """The levels that a bar names its students by, where it asks for nobody else: “pursuing a Bachelor's”."""
    told = all(mention.studying and not mention.year and mention.sentence.section != "title" for mention in bar)
    return {level for mention in bar for level in mention.levels} if told else set()


def _closed(view: View, required: list[Mention]) -> dict[str, Hit]:
    """The levels whose students are sent away, and asked for nowhere, each with the words that name it."""
    asked = {level for mention in required for level in mention.levels}
    named = view.hits("degree")
    away = [hit for hit in named if sent_away(view, view.sentence(hit.start), hit)]
    closed = {level: hit for hit in away for level in NAMED.get(hit.concept, ()) if level not in asked}
    for hit in named:
        if hit.concept in LEVELS and not_held(view, hit):  # who holds it already, or a higher one, is not meant
            closed |= dict.fromkeys(LEVELS[LEVELS.index(hit.concept) + 1 :], hit)
    return closed


def _either(bars: list[set[str]], required: list[Mention]) -> set[str]:
    """What either of contradicting bars opens; where the title names its level, that is whom it is for."""
    either = set.union(*bars)
    meant = {level for mention in required if mention.sentence.section == "title" for level in mention.opens}
    return either & meant or either


def _bars(named: list[Mention]) -> list[Mention]:
    """The mentions that ask; where some do outright, what is only told of the internship asks nothing."""
    demanded = any(mention.severity is Severity.REQUIRED for mention in named)
    wished = {mention.levels for mention in named if mention.severity is Severity.PREFERRED}
    return [
        mention
        for mention in named
        if mention.severity is Severity.REQUIRED
        or (mention.severity is Severity.MENTIONED and _is_told_of_applicant(mention, demanded, wished))
    ]


def _is_told_of_applicant(mention: Mention, demanded: bool, wished: set[tuple[str, ...]]) -> bool:
    """“PhD Intern” in the title, “Currently pursuing a PhD.” under no heading; not “an undergraduate intern will”."""
    if mention.sentence.section in HEADER:
        return True
    if demanded:
        return mention.sentence.section == "other" and mention.led
    return mention.levels not in wished or mention.led


def _alternatives(required: list[Mention]) -> list[list[Mention]]:
    """The bars, each with the mentions of which any one meets it."""
    bars: list[list[Mention]] = []
    for mention in required:
        if mention.either and bars:
            bars[-1].append(mention)
        else:
            bars.append([mention])
    return bars


def _students(bar: list[Mention]) -> list[Mention]:
    """The alternatives of a bar without those who have just graduated, where students are named beside them."""
    if any(mention.status == "pursuing" for mention in bar):
        return [mention for mention in bar if not (mention.recent and mention.status == "completed")]
    return bar


def _phd(view: View, topic: Topic, named: list[Mention], required: list[Mention], levels: tuple[str, ...]) -> None:
    spoken = [mention for mention in named if mention.phd]
    if not spoken:
        return
    asked = sorted((mention for mention in required if mention.phd), key=_is_title)
    wished = [mention for mention in spoken if mention.severity is Severity.PREFERRED]
    alone = [mention for mention in wished if mention.levels == ("phd",) or _is_above(mention, required)]
    bare = [mention for mention in asked if mention.levels == ("phd",)]  # beside a wish it makes it no weaker
    negated = [mention for mention in spoken if mention.severity is Severity.NEGATED]
    listed = [mention for mention in spoken if len(mention.levels) > 1]  # told of, among other levels
    if asked and levels == ("phd",):
        value, shown = "required", asked[0]
    elif asked and not alone and not (wished and bare):
        value, shown = "preferred" if _favoured(view, asked, required) else "accepted", asked[0]
    elif wished:
        shown = (alone or wished)[0]
        value = "accepted" if shown.too or "bachelor" in shown.levels else "preferred"
    elif negated:
        value, shown = "negated", negated[0]
    elif listed:
        value, shown = "accepted", listed[0]
    else:
        return
    topic.values["phd"] = value
    quote = wording(view, shown.start, shown.end, shown.severity)
    topic.claims.append(Claim("phd", value, quote, shown.severity))


def _is_above(wished: Mention, required: list[Mention]) -> bool:
    """“BSc, MSc or PhD students (MSc or PhD preferred)”: a wish for the upper ones of the levels that are named."""
    return not wished.too and any(
        mention.sentence is wished.sentence and LEVELS.index(mention.levels[0]) < LEVELS.index(wished.levels[0])
        for mention in required
    )


def _is_title(mention: Mention) -> bool:
    """Whether a level is named in the title, which says less than the body how it stands."""
    return mention.sentence.section == "title"


def _favoured(view: View, asked: list[Mention], required: list[Mention]) -> bool:
    """“A PhD (preferred) or a Master's”; a PhD, beside which lower levels may be considered too."""
    if any(mention.phd and _PREFERRED.match(view.folded, mention.phd[1]) for mention in asked):
        return True
    lower = [mention for mention in required if mention.phd is None]
    alone = all(mention.levels == ("phd",) for mention in asked)
    return alone and bool(lower) and all(mention.too for mention in lower)


def _enrolment(view: View) -> list[tuple[Hit, Severity]]:
    """Words that make the applicant a student, or ask for a degree of no named level."""
    found: list[tuple[Hit, Severity]] = []
    for hit in view.hits("enrolment"):
        sentence = view.sentence(hit.start)
        if sentence.section in ("benefits", "legal") and hit.concept != "firm":
            continue
        if _is_held_instead(view, sentence, hit):
            continue
        said = view.hits("level_said", sentence.start, hit.start)
        if any(is_visa(sentence, other) for other in said) or _is_of_others(view, sentence, hit):
            continue
        scope = reach(view, hit.start, hit.end, sentence.start, sentence.end)
        asked = strength(view, sentence, hit.start, hit.end, scope)
        if asked is not Severity.NEGATED and any(other.concept in IDEAL for other in said):
            asked = Severity.PREFERRED
        if asked is not Severity.NEGATED:
            found.append((hit, asked))
    return found


def _is_of_others(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“Our last intern was a student …”, “PhD students are not eligible”: none of those who may apply."""
    before = view.hits("study", sentence.start, hit.start)
    if of_past(view, before, hit.start):
        return True
    if of_others(view, [cue for cue in before if view.is_wide(cue.start)], sentence, hit.start):
        return True  # “现有在读博士生5人”
    return any(sent_away(view, sentence, level) for level in view.hits("degree", hit.start - LEAD, hit.end))


def _is_held_instead(view: View, sentence: Sentence, hit: Hit) -> bool:
    """“A Bachelor's degree or enrolled in one”, “dein Studium im Bereich … abgeschlossen”: no student is asked for."""
    if _OR.search(view.folded, max(sentence.start, hit.start - LEAD), hit.start):
        return bool(view.hits("degree", sentence.start, hit.start))
    if _WITH_DEGREE.search(view.folded, max(sentence.start, hit.start - LEAD), hit.start):
        return "在" not in view.folded[hit.start : hit.end]
    held = view.hits("study", max(sentence.start, hit.start - 2 * LEAD), hit.start)
    if any(view.folded.startswith("abgeschlossen", cue.start) for cue in held):
        return True
    done = view.named("study", hit.end, sentence.end, "completed")
    if not done or _PLACEMENT.search(view.folded, hit.end, done[0].start):
        return False
    return ends(view, done[0].end, sentence.end)


def _enrolled(view: View, topic: Topic, required: list[Mention], enrolled: list[tuple[Hit, Severity]]) -> None:
    claim = _student_asked(view, required, enrolled)
    if claim is None or any(mention.recent for mention in required):
        return
    if not any(hit.concept == "recent" and _welcomes(view, hit) for hit in view.hits("study")):
        topic.values["enrolled_required"] = True
        topic.claims.append(claim)


def _student_asked(view: View, required: list[Mention], enrolled: list[tuple[Hit, Severity]]) -> Claim | None:
    """The words that ask for a student."""
    graduates = _graduates(required)
    graduated = {mention.sentence.start for mention in graduates}
    for mention in required:
        if not mention.studying or mention.sentence.section == "title" or mention in graduates:
            continue
        if not _is_or_held(view, required, mention):
            return Claim("enrolled_required", True, view.quote(mention.start, mention.end), mention.severity)
    for hit, asked in enrolled:
        if view.sentence(hit.start).start in graduated:
            continue
        if not _of_student(view, hit) or asked is Severity.PREFERRED:
            continue
        behind = view.hits("study", hit.end, min(view.sentence(hit.start).end, hit.end + INSTEAD))
        if not any(cue.concept == "equivalent" for cue in behind):  # “… a degree, or equivalent practical experience”
            return Claim("enrolled_required", True, view.quote(hit.start, hit.end), asked)
    return None


def _of_student(view: View, hit: Hit) -> bool:
    """Whether the words make one a student: in the title a thesis does, of an internship the subject it asks for."""
    if hit.concept == "thesis":
        return view.sentence(hit.start).section == "title"
    if hit.concept == "course":
        return _is_internship(view)
    return hit.concept in ("asked", "firm", "working")


@lru_cache(maxsize=1)  # asked for each subject that is named
def _is_internship(view: View) -> bool:
    title = view.sentence(0).block.end
    held = (*view.hits("internship", 0, title), *view.hits("internship_body", title))
    return any(word.concept != "no" for word in held)


def _graduates(required: list[Mention]) -> set[Mention]:
    """The alternatives to a completed degree: “a BS student; completed BS; MS student”, any one of them."""
    return {
        mention
        for bar in _alternatives(required)
        if len(bar) > 1 and any(one.status == "completed" for one in bar)
        for mention in bar
    }


def _is_or_held(view: View, required: list[Mention], mention: Mention) -> bool:
    """“A Bachelor's degree (or currently enrolled in a BSc)”: who has the degree need not be a student."""
    if not _OR.search(view.folded, max(mention.sentence.start, mention.start - LEAD), mention.start):
        return False
    before = (bar for bar in required if bar.sentence is mention.sentence and bar.end <= mention.start)
    return any(bar.status == "bare" and not bar.studying and bar.levels != LEVELS for bar in before)


def _welcomes(view: View, recent: Hit) -> bool:
    """Whether those who have just graduated may apply too, rather than be told about elsewhere."""
    sentence = view.sentence(recent.start)
    if view.named("invited", recent.end + 1, sentence.end, "elsewhere", "apply"):
        return False
    beside = view.named("invited", sentence.start, recent.start, "beside")
    if any(_NEAR.fullmatch(view.folded, hit.end, recent.start) for hit in beside):
        return False
    if _UNLESS.search(view.folded[sentence.start : recent.start]):
        return False
    if sentence.section in ("required", "title") or "student" in view.folded[recent.start : recent.end]:
        return True
    if view.named("study", sentence.start, recent.start, "pursuing"):
        return True  # “currently pursuing or recently completed”, wherever it stands
    told = sentence.section in NOT_ASKED and sentence.section != "process"
    return not told and (bool(view.within("enrolment", sentence)) or bool(view.within("degree", sentence)))
