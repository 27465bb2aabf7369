"""How strongly a posting asks for something: the one place where that is decided.

From, in this order: a negation in the same clause, a softener in the same clause or a heading of wishes,
words of mere interest, words of demand or a heading of requirements. What is only described is mentioned.
Reads the layers `severity`, `must`, `softener` and `skill`.
"""

from __future__ import annotations

import re

from pipeline.models import Severity
from pipeline.reading.clauses import clause, is_label
from pipeline.reading.echoes import is_applauded, is_condition, is_declined, is_wished_below, named_before
from pipeline.reading.scan import OF_EMPLOYER, Hit, Sentence, View
from pipeline.reading.statements import ends

WISHES = "preferred"
DEMANDS = "required"
DUTIES = "duties"
UNASKED = "unasked"  # “Not needed:”, “What we do not look for”
_MUST = re.compile(  # whatever stands above
    r"\b(?:candidates?|applicants?|interns?|students?|you) must (?:be|have)\b"
    r"|\b(?:essential|required|necessary|mandatory) that you\b"
)
NEAR = 80  # characters between a skill and the “is required” that speaks of it
_SAME = re.compile(r"[, ]{1,2}(?:as|so) (?:is|are) ")  # “Docker is a plus, as is Kafka”
_LIKEWISE = re.compile(r"\b(?:likewise|too|ditto)[ .!)]{0,3}\Z")  # “Docker is a plus, Kafka likewise”
MOST_AGAIN = 3  # sentences that say the same of another skill: “The same goes for R. Likewise SQL.”
_COMMA = re.compile(r", (?:and )?$")
_PREPOSITION_BEHIND = re.compile(r" (?:with|in|of|to|using) ")
_PREPOSITION = re.compile(r"\b(?:with|in|of|using)[ ,(]{1,3}\Z")  # “experience with, or willingness to learn, Tableau”
_BUT = re.compile(  # between a waiver and the wish that speaks on: “…, wird aber gern gesehen”, “… mais c'est un atout”
    r"[ ,]{1,2}(?:\w{2,8} ){0,1}(?:aber|jedoch|doch|but|mais|pero|aunque)"
    r"(?: (?:sehr|immer|durchaus|auch|dennoch|trotzdem|still|sera|serait|ce|se|lo))? (?:c')?"
)
# between a wish and its waiver: “we like to see some Kafka, but it isn't required”
_YET = re.compile(r"[ ,(](?:but|though|although|yet) (?:\w{2,8} ){0,1}\Z")
_OR_ANY = re.compile(r"[^.,;:]{1,80} or any \Z")  # “you don't need a degree of any kind, or any papers”
_CLAUSE_END = re.compile(r"(?: (?:sicher|gut|bereits|schon))?(?:,| und )")
_TAG = re.compile(r" ?[(\[]([^()\[\]]{2,24})[)\]]")
_PRAISED = re.compile(  # “Good SQL”, “Strong Python and SQL”
    r"(?:very )?(?:strong|solid|good|decent|excellent|sound|fluent|confident|proven)(?:,? (?:and|or)? ?"
    r"(?:strong|solid|good|practical|working))? (?:[\w+#./-]{1,16}(?:,? (?:and|or|&) |, |/)){0,3}"
)
_LEVEL = re.compile(
    r"(?: ?\(|: )(?:basic|intermediate|advanced|expert|fluent|proficient|confident)(?: level)?(?:[);,.]|\Z)"
)
_LISTED = re.compile(r"[.,;!)]|\Z| (?:and|or|&) | ?/|, ")
_NOUN = re.compile(
    r" (?:programming |coding )?(?:skills|proficiency|fluency|experience|knowledge|literacy)(?:[.,;!)]|\Z| and )"
)
_DURING = re.compile(r"(?:during|throughout|in) (?:the|this|your) \w{1,16},? ")
_GOES_ON = re.compile(r"\b(?:and|as well as|with|be|become)(?: an?| some)? \Z")
_WHEN = re.compile(r"[, ]{1,2}(?:wenn|falls|sofern) ")  # “von Vorteil, wenn Sie Docker kennen”
_OPENS = re.compile(  # a sentence of Chinese that asks in all of its clauses: “要求SQL熟，Excel…”
    r"(?:基本|岗位|主要|具体|硬性|申请人|申請人|应聘者|候选人|你|同学)?(?:要求|需要|须|須|必须|必須|希望你)(?!.{0,3}[:：])"
)
_OPENED = re.compile("[^，。；;,、:)]{0,3}[(:][^。；;)]{0,60}")  # behind a demand of Chinese: “项目经验：…”
_SENT = re.compile("发送|投递|提交|附上|注明|发至|发到")  # with an application: “请附上相关项目经历”
_DUTY_LINE = re.compile("(?:主要)?负责(?![过任人的，,、。])")  # a duty, under whatever heading: “负责数据的挖掘”
BOILERPLATE = (*OF_EMPLOYER, "process", "learning", "references", "title", "location", "field")


def severity(view: View, sentence: Sentence, start: int, end: int) -> Severity:
    """The severity of what stands at `[start, end)` of the sentence."""
    if sentence.section == UNASKED or is_declined(view, sentence):
        return Severity.NEGATED
    first, last = clause(view, sentence, start, end)
    if view.folded[first:start] == " not ":
        return Severity.NEGATED  # “Excel but not VBA”
    cues = view.hits("severity", first, last)
    for cue in cues:
        if cue.concept in _NEGATES and _negates(view, sentence, cue, start, end):
            wished = any(soft.concept == "softened" and _speaks_on(view, soft, end, cue) for soft in cues)
            return Severity.PREFERRED if wished else Severity.NEGATED  # “a plus, not a must”
    if sentence.section in BOILERPLATE:
        return Severity.MENTIONED
    if tagged := tag(view, end):
        return tagged
    for cue in cues:
        if cue.concept == "softened" and _softens(view, cue, (start, end), (first, last)):
            return Severity.PREFERRED
    section = "other" if _tells_on(view, sentence) else sentence.section
    strength = _asked(view, section, cues, start, (first, last, sentence.start))
    if strength is Severity.MENTIONED and _is_fragment(view, start, end, (first, last)):
        strength = Severity.REQUIRED
    if strength in (Severity.REQUIRED, Severity.MENTIONED) and is_applauded(view, sentence):
        return Severity.PREFERRED
    if strength is Severity.MENTIONED and is_condition(view, sentence) and not _is_of_interest(cues, start):
        return Severity.REQUIRED
    if strength is Severity.MENTIONED and is_wished_below(view, sentence):
        return Severity.PREFERRED
    wished = strength is Severity.REQUIRED and sentence.section == WISHES
    return Severity.PREFERRED if wished and not _MUST.search(view.folded, first, start) else strength


def tag(view: View, end: int) -> Severity | None:
    """What a bracket right behind says of one thing alone: “Excel (essential), Tableau (plus)”.

    A wish in a bracket may speak of alternatives, “Python (preferred) or R”: see `_softens_around`.
    """
    found = _TAG.match(view.folded, end)
    if found is None:
        return None
    firm = any(hit.end == found.end(1) for hit in view.hits("must", found.start(1), found.start(1) + 1))
    return Severity.REQUIRED if firm else Severity.PREFERRED if found[1] in ("plus", "nice") else None


def _is_fragment(view: View, start: int, end: int, around: tuple[int, int]) -> bool:
    """Whether a clause names what is asked for and says nothing of it: “Solid Python.”, “Python proficiency, …”."""
    first, last = around
    if _LEVEL.match(view.folded, end, last):
        return True  # “Python (advanced)”, “SQL: basic”
    if _PRAISED.fullmatch(view.folded, first, start):
        return _LISTED.match(view.folded, end, last) is not None
    return start == first and _NOUN.match(view.folded, end, last) is not None


def _speaks_on(view: View, soft: Hit, end: int, waiver: Hit) -> bool:
    """Whether a wish speaks of what is waived: “a plus, not a must”, “kein Muss, wird aber gern gesehen”."""
    if soft.start < waiver.start:
        return end <= soft.start or _YET.search(view.folded, end, waiver.start) is not None
    return _BUT.fullmatch(view.folded, max(waiver.end, end), soft.start) is not None


def severity_of_skill(view: View, sentence: Sentence, start: int, end: int) -> Severity:
    """The severity of a skill at `[start, end)`: of a list of which an applicant has most, skills are wished for."""
    for _ in range(MOST_AGAIN):
        named = named_before(view, sentence)
        if named is None:
            break
        sentence, start, end = named
    strength = severity(view, sentence, start, end)
    wished = sentence.loose and strength is Severity.REQUIRED
    return Severity.PREFERRED if wished and not _MUST.search(view.folded, sentence.start, start) else strength


def _asked(view: View, section: str, cues: list[Hit], start: int, around: tuple[int, int, int]) -> Severity:
    """Required or mentioned, from the nearest word before and from where the sentence stands.

    `around`: the clause, and where the sentence starts.
    """
    first, last, _ = around
    demands = section in (DEMANDS, WISHES) and not _DUTY_LINE.match(view.folded, around[2])
    nearest = None
    for cue in cues:
        if cue.start > start or cue.concept not in _DECIDES:
            continue
        taught = cue.concept == "demanded" and (
            (nearest == "gained" and not demands and _is_joined(view, cue, first))
            or (section == DUTIES and view.folded.startswith("exposure ", cue.start))
        )
        if nearest != "told" or cue.concept not in ("duty", "ours"):
            nearest = "gained" if taught else cue.concept
    if nearest in ("gained", "told", "interest") or (nearest in ("duty", "ours") and not demands):
        return Severity.MENTIONED
    for cue in cues:
        if cue.concept == "interest" and cue.start > start and not view.text[cue.start].isascii():
            return Severity.MENTIONED  # “对…感兴趣” frames its object
        if cue.concept == "closes" and section != DUTIES and _closes(cue, start, last):
            return Severity.REQUIRED
        if cue.concept == "had" and section != DUTIES and _is_had(view, cue, start, (first, last)):
            return Severity.REQUIRED
        if cue.concept == "employer" or (cue.concept == "ours" and _is_subject(view, cue, start, first, demands)):
            return Severity.MENTIONED
    if demands or nearest == "demanded" or (nearest is None and _OPENS.match(view.text, around[2])):
        return Severity.REQUIRED
    firm = view.hits("must", start, min(last, start + NEAR))
    if any(section != DUTIES or view.folded.startswith(("is ", "are "), hit.start) for hit in firm):
        return Severity.REQUIRED  # not “prepares the data required”
    return Severity.MENTIONED


def _is_of_interest(cues: list[Hit], start: int) -> bool:
    """Whether it is interest that is asked about: “Interested in working on NLP? Then get in touch.”"""
    return any(cue.concept == "interest" and cue.end <= start for cue in cues)


def _tells_on(view: View, sentence: Sentence) -> bool:
    """Whether a paragraph, begun as a list of demands, goes on to tell: “Required: SQL. You will use it daily …”."""
    if sentence.block.kind != "paragraph" or sentence.start == sentence.block.start:
        return False
    opens = _DURING.match(view.folded, sentence.start)
    at = opens.end() if opens else sentence.start
    return any(cue.concept in ("duty", "ours", "gained") for cue in view.hits("severity", at, at + 1))


def _is_joined(view: View, cue: Hit, first: int) -> bool:
    """Whether a demand goes on with what was begun: “gain an understanding of …, and experience with …”."""
    return _GOES_ON.search(view.text, max(first, cue.start - 20), cue.start) is not None


def _closes(cue: Hit, start: int, last: int) -> bool:
    """Whether a demand stands behind its object: “Java beherrschen Sie sicher”, “Python sollte sitzen”."""
    return start < cue.start <= min(last, start + NEAR)


def _is_had(view: View, cue: Hit, start: int, around: tuple[int, int]) -> bool:
    """Whether Chinese words say that one has it: “有Python经验”, “经验：Python”, and not “请附上…经历”."""
    first, last = around
    if _SENT.search(view.folded, first, last):
        return False
    if cue.end <= start:
        return _OPENED.fullmatch(view.folded, cue.end, start) is not None
    return _closes(cue, start, last)


def _is_subject(view: View, cue: Hit, start: int, first: int, demands: bool) -> bool:
    """Whether the clause speaks of the employer: “We use …”, or outside of requirements “With …, we build”."""
    if not view.folded[first : cue.start].strip():
        return True
    if demands or cue.start <= start or view.hits("must", start, cue.start):
        return False  # “SQL is required to succeed in this role”
    return "(" not in view.folded[start : cue.start]


_NEGATES = ("negated", "waived", "denied")
_DECIDES = ("gained", "told", "interest", "duty", "ours", "demanded")


def _negates(view: View, sentence: Sentence, cue: Hit, start: int, end: int) -> bool:
    """“Not looking for …” reaches forward over a few words, “… is not required” back."""
    if cue.start < start < cue.end or cue.start < end <= cue.end or (cue.start == start and cue.end >= end):
        return True  # “no need to have published papers”: the words of both run into each other
    if cue.end <= start and is_label(view, cue):
        return True
    bracket = _bracket(view, cue, sentence.start, sentence.end)
    if bracket and not bracket[0] <= start < bracket[1] and view.hits("skill", *bracket):
        return False  # “SQL (no prior Kafka knowledge required)”
    if cue.concept != "waived" and cue.end <= start:
        words = view.folded.count(" ", cue.end, start)
        return words <= 4 or (words <= 2 * 4 and _OR_ANY.match(view.folded, cue.end, start) is not None)
    if cue.concept == "denied" and not ends(view, cue.end, sentence.end):
        return False  # “SQL. No es necesario conocer Kafka”: said of what follows
    waives = cue.concept != "negated" or (
        not view.text[cue.start].isascii() and _ends_clause(view, cue)
    )  # “Java不要求”
    if not waives or cue.start < end or view.hits("must", end, cue.start):
        return False  # “Python is required, SQL is not required”: the second speaks of what stands behind the first
    return view.folded.count(" ", end, cue.start) <= 6


def _ends_clause(view: View, cue: Hit) -> bool:
    """Whether nothing follows a cue in its clause."""
    return not view.text[cue.end : cue.end + 1].strip(" ，；。;.,)）")


def _softens(view: View, cue: Hit, span: tuple[int, int], around: tuple[int, int]) -> bool:
    """A softener counts in its clause, on the side it speaks of, up to a word of firm demand between."""
    (start, end), (first, last) = span, around
    behind = cue.end <= start
    if view.hits("must", *((cue.end, start) if behind else (end, cue.start))):
        return False
    bracket = _bracket(view, cue, first, last)
    if bracket and not bracket[0] <= start < bracket[1]:
        own = not behind and not bracket[0] - 1 <= end <= bracket[0] and _TAG.match(view.folded, end)
        return not own and _softens_around(view, cue, bracket, behind, around)
    if not behind and view.folded[cue.end : cue.end + 2].strip().startswith(":"):
        return False  # it heads what follows
    side = next((hit.concept for hit in view.hits("softener", cue.start, cue.start + 1)), None)
    if behind:
        return side != "last" and _reaches(view, cue, side, start, around)
    if _is_class(view, end, cue):
        return False
    if _titled(view, cue) and cue.start > first and not ends(view, cue.end, last):
        return False
    alone = not _is_plural(view, cue)
    if any(
        _has_closed(view, hit) or (alone and _asks_anew(view, hit)) for hit in view.hits("severity", end, cue.start)
    ):
        return False
    return side not in ("before", "last") or ends(view, cue.end, last)


def _asks_anew(view: View, cue: Hit) -> bool:
    """Whether a demand begins another item behind a comma: “expertise in SQL, and familiarity with Kafka preferred”."""
    if cue.concept != "demanded" or not _COMMA.search(view.folded, cue.start - 6, cue.start):
        return False
    return _PREPOSITION_BEHIND.search(view.folded, cue.start, cue.end + 6) is not None


def _is_plural(view: View, cue: Hit) -> bool:
    """Whether a softener is said of several: “SQL, and familiarity with Kafka are a plus”."""
    return view.folded.startswith("are ", cue.start) or view.folded.endswith(" are ", 0, cue.start)


def _has_closed(view: View, cue: Hit) -> bool:
    """Whether a demand that stands behind its object ends its clause: “Python beherrschst du, …”."""
    return cue.concept == "closes" and _CLAUSE_END.match(view.folded, cue.end) is not None


def _reaches(view: View, cue: Hit, side: str | None, start: int, around: tuple[int, int]) -> bool:
    """Whether a softener reaches forward to the skill: “ideally Python”, “Desirable – Python, SQL”."""
    first, last = around
    demands = view.named("severity", cue.end, start, "demanded")
    if view.text[cue.start].islower() and any(_begins_line(view, cue, hit) for hit in demands):
        return False
    if not demands and _LIKEWISE.search(view.folded, start, last):
        return True
    if view.named("alternatives", cue.end, cue.end + 3, "before"):
        return True  # “Containers are a plus, for example Docker”
    if _SAME.match(view.folded, cue.end) or _opens(view, cue, first) or (side == "after" and _titled(view, cue)):
        return True
    if _PREPOSITION.search(view.folded, max(first, cue.start - 12), cue.start) or _WHEN.match(view.folded, cue.end):
        return True
    between = view.folded[cue.end : start]
    if between.lstrip().startswith("(") and ")" not in between:
        return True  # “Scripting is a plus (Python, Bash)”
    if side == "behind":
        return between.lstrip()[:3] in ("if ", "to ", "for")
    comma = between.find(",")
    if side == "after":
        return comma < 0
    again = any(hit.start > cue.end + comma for hit in demands)
    return comma <= 1 or not again  # “ideally in Python, with good SQL skills”


def _is_class(view: View, end: int, cue: Hit) -> bool:
    """Whether a class of tools is asked for, of which one is wished for: “visualization tools, Tableau preferred”."""
    nouns = view.hits("skill_noun", end, end + 2)
    if not nouns or not view.folded.startswith(",", nouns[0].end):
        return False
    return view.folded.count(",", nouns[0].end, cue.start) == 1 and bool(view.hits("skill", nouns[0].end, cue.start))


def _begins_line(view: View, soft: Hit, cue: Hit) -> bool:
    """Whether a demand begins an item that has lost its line break: “ideally with Kafka Strong skills in SQL”."""
    if not (view.text[cue.start].isupper() and view.text[cue.start - 2 : cue.start - 1].isalnum()):
        return False
    return any(view.hits(layer, soft.end, cue.start) for layer in ("skill", "skill_other"))


def _softens_around(view: View, cue: Hit, bracket: tuple[int, int], behind: bool, around: tuple[int, int]) -> bool:
    """“(preferred)” at an end of the clause or in its label; in “Python (preferred), R” one of them is still asked."""
    (opening, closing), (first, last) = bracket, around
    rest = view.folded[cue.end : closing - 1].strip(" .,!")
    if view.folded[opening + 1 : cue.start].strip() or (rest and not rest.startswith(("but ", "a "))):
        return False
    if behind:
        named = _PREPOSITION.search(view.folded, max(first, opening - 8), opening + 1) is not None
        return named or view.folded[closing : closing + 1] == ":" or not view.folded[first:opening].strip()
    return ends(view, closing, last)


def _bracket(view: View, cue: Hit, first: int, last: int) -> tuple[int, int] | None:
    """The brackets around a cue, if any."""
    opening = view.folded.rfind("(", first, cue.start)
    if opening < 0 or view.folded.find(")", opening, cue.start) >= 0:
        return None
    closing = view.folded.find(")", cue.end, max(last, cue.end + NEAR))  # it may end behind the clause
    return (opening, closing + 1) if closing >= 0 and "\n" not in view.text[cue.end : closing] else None


def _opens(view: View, cue: Hit, first: int) -> bool:
    """Whether the clause begins with the cue, or the cue with its colon heads what follows."""
    return not view.folded[first : cue.start].strip() or ":" in view.folded[cue.end : cue.end + 12]


def _titled(view: View, cue: Hit) -> bool:
    """“Desirable – …” inside a line: it speaks of what follows."""
    return view.text[cue.start].isupper() and view.text[cue.start - 1 : cue.start] in (" ", ",", ".", ")")
