"""Skills: which are required, preferred or only mentioned, and which are alternatives of one another.

Reads the layers `skill` (codebook), `skill_pair` (two of those in one phrase), `skill_other` (beyond it),
`neighbour` (what only fills lists), `own_name` (employers that are skills too), `alternatives`, `asks_skill`,
`skill_noun`, `line_start`, `must` and the shared severity. An enumeration is a run of skills with nothing but
separators between them; what stands before, between and behind its members tells whether they are alternatives.
No list of skills in code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from pipeline.models import Claim, Severity
from pipeline.reading.headings import opens_demand
from pipeline.reading.scan import Hit, Sentence, View
from pipeline.reading.severity import DEMANDS, WISHES, severity_of_skill, tag
from pipeline.reading.studies import of_venues, studies
from pipeline.reading.topic import Topic

RANK = {Severity.REQUIRED: 0, Severity.PREFERRED: 1, Severity.MENTIONED: 2}
KEYS = {
    Severity.REQUIRED: "skills_required",
    Severity.PREFERRED: "skills_preferred",
    Severity.MENTIONED: "skills_mentioned",
}
RIGHT_BEFORE = 24  # characters from a demand to what it asks for
WIDEST = 40  # characters between two members of one enumeration
WIDEST_CHOICE = 60  # the same where a noun and “such as” stand between them
LONGEST_NOUN = 20  # characters
BRACKET = 40  # characters in which a bracket may close behind the last known member
LONGEST_CUE = 200  # characters of words that ask for a skill right behind them
MOST_ITEMS = 12  # lines of a choice
LONGEST_ITEM = 80  # characters of an item beside a name that is one
TAG = 3  # characters from a name to the word of demand that is its tag
NEAR = 32  # characters between a generic noun and what it is the noun of

_SLASH = re.compile(r" ?/ ?|\|| ?\((?:and ?/ ?)?or ")  # “X/Y”, “X (or Y)”: these two and no more
_OR = re.compile(
    r"(?: \((?:\w{4,9} )?prefer[a-z]{1,5}\))?"  # “Python (preferred) or R”
    r"[ ,)/]{0,9}+(?:and ?/ ?or|or ?/ ?and|y ?/ ?o|et ?/ ?ou|und ?/ ?oder|e ?/ ?ou?"
    r"|or|else|oder|ou|soit|o|u|或者?|bzw\.?)"
    r"[ (]{1,9}+(?:failing that |if not |else |alternatively )?"
    r"(?:in |with |even |other |plain |some |applied |mit |en |de )?"
    r"|[^\x00-\x7f。；和及与]{0,4}[ ,]{0,2}或者?"  # “时间序列预测或异常检测”
)
_OR_SUCH = re.compile(  # “Java or another typed language such as C#”
    r" or (?:another|any|an|a|some|other|similar)(?: [\w/-]{2,18}){1,5},?"
    r" (?:such as|like|e\.g\.,?|including|for example,?) "
)
_MORE = r" ?[\w+#./-]{2,20}+(?: [\w+#./-]{2,20}+){0,3}"
_OR_MORE = re.compile(rf"(?:,{_MORE}){{0,3}},? or{_MORE} ?(?:[.;)]|\Z)")  # “statistics, clustering, or curve fitting”
_LIST = re.compile(
    r"(?: ?\([^()]{0,25}\))?[ ,;)(&+|、和及与等]++"
    r"(?>(?:(?:and|und|et|y|e|in|as well as|with|sowie|plus|basic|advanced|the|le|la|les|el|los|las) )*)[(]?|-"
)
_AND = re.compile(r"[ ,](?:and|und|et|y|e|sowie|plus|with|as well as) (?!/)")
_SEPARATOR = re.compile(r" ?[,/&、] ?|(?<=[ ,/])(?:and|or|und|oder|et|ou|y|o)(?= )")
_HALVED = re.compile(
    r" ?[/,和与及] ?(?:(?:and|or|&) )?| (?:and/or|and|or|und|oder|et|y|o|&) "
)  # in the middle of “machine and deep learning”
_AND_NOUN = re.compile(r" (?:and|or|&|und|et) | ?/ ?")
_OWN = re.compile(r" (?:and|or|&|und|oder|et|ou|y|o) [a-z]{3,14} |(?:和|及|以及|与|或)[^a-z,;.、，；。]{1,6}")
_USED = r" (?:(?:\w{2,12}ly )?used (?:for|in|to|by)|for|that|which|in support of) (?:[\w,-]{2,14}+ )"
_PURPOSE = re.compile(rf"(?>{_USED}{{0,3}})")
_PURPOSE_OPENS = re.compile(  # “tools used for testing (…”, “un framework de deep learning (…”
    rf"(?>{_USED}{{1,5}})\(|(?> (?:de|para|pour) (?:[\w,-]{{2,16}}+ ){{1,3}})\("
)
_PURPOSES = re.compile(r" (?:and|or|&) [a-z]{3,14}(?= ?\()")  # “tools for data analysis and reporting (…”
_ITEM = r", (?!strong|good|solid|basic|and|or|with|using|we|you|as)[a-z-]{3,16}+(?: [a-z-]{3,16}+)?"
_ITEMS = re.compile(rf"(?>(?:{_ITEM}){{1,3}}), (?:and |or )?")
_LABEL = re.compile(r"(?: ?\([^()]{0,25}\))? ?:")
_PARTS = re.compile("[，；。]|(?<=[\u2e80-\uffff]),|,(?=[\u2e80-\uffff])")  # clauses of Chinese
_NAME = re.compile(r" ?(?:[A-Z0-9][\w+#'’-]{0,19}(?:\.\w{1,6})?(?: |$)){0,3}")  # a name that no list knows, or nothing
_UNKNOWN_FIRST = re.compile(  # “BI tools (Spotfire, Tableau)”
    r"\((?:[A-Z][\w+#.-]{1,19}(?: [A-Z][\w+#.-]{1,19})?, ?){1,3}"
)
_ANEW = re.compile("[，,。；;] ?[熟掌了精具有对能会并良扎懂且深优较使]")  # “C++、Java之一，熟悉算法和数据结构”
_OFFERS = re.compile(  # at the end of a line
    r"\b(?:one|two|three|some|any|several|many|either|multiple|a few|1|2|3)(?: \(\d\))?(?: or more)? of\b"
    r"[^.:;]{0,60}:\Z"
)
_ENUMERATOR = re.compile(r"[a-z]\) ")  # “(a) Python; (b) SQL; (c) Docker”
_ITEM_OPENS = re.compile(r"(?:\A|([,;:]))\W{0,3}\Z")
_GOES_ON = re.compile(r" ?[A-Z&+]|[-.'’°/\\]\w|\. [A-Z]")  # behind the first word of a name
_JOINS = tuple(".&'’-+°/\\<")  # right before its last one
_ITEM_ENDS = re.compile(r"\W{0,3}(?:\Z|([,;]))")
_OTHER = re.compile(
    r"\b(?:other|another|similar|equivalent|comparable|related) (?:[\w/-]{2,14}[ /])?$"
    r"|等(?:业界|目前|当前|各类|各种)?(?:主流|常用|常见|相关|开源|流行|热门|通用|典型|经典|成熟|新兴|先进|分布式)?的?$"
)
_OF_NAME = ("框架",)  # a name right before the words says whose they are: “PyTorch深度学习框架”


class Named(NamedTuple):
    """A skill at its place; `known`: one of the codebook's names; not `claimed`: it only fills a list."""

    start: int
    end: int
    name: str
    known: bool
    claimed: bool = True
    halved: bool = False  # the first half of a pair: its noun is the next one's


class Group(NamedTuple):
    """Skills any one of which would do, at one place of the text."""

    names: tuple[Named, ...]
    severity: Severity


def read(view: View) -> Topic:
    """skills_required as groups, skills_preferred and skills_mentioned as names; each at its strongest place."""
    groups = list(_groups(view))
    topic = Topic()
    taken: set[str] = set()
    for strength, key in KEYS.items():
        here = [group for group in groups if group.severity == strength]
        required = strength == Severity.REQUIRED
        found: dict[tuple[str, ...], None] = {}
        fresh: set[str] = set()
        for group in here:
            known = tuple(dict.fromkeys(skill.name for skill in group.names if skill.known))
            if required and known:
                found[known] = None
            for skill in group.names:
                if skill.name in taken or not skill.claimed:
                    continue
                fresh.add(skill.name)
                if skill.known and not required:
                    found[(skill.name,)] = None
                value = list(known) if required and skill.known else skill.name
                quote = view.quote(skill.start, skill.end)
                topic.claims.append(Claim(key if skill.known else "skills_other", value, quote, strength))
        taken |= fresh
        topic.values[key] = tuple(found) if required else tuple(name for (name,) in found)
    return topic


def _groups(view: View) -> Iterator[Group]:
    own = {hit.concept for hit in view.hits("own_name")}
    chosen: list[Named] = []  # of a choice whose items are lines
    choices = _choices(view)
    lead = None
    for sentence, named in _by_sentence(view):
        above = choices.get(sentence.line)
        if chosen and above != lead:
            yield Group(tuple(chosen), Severity.REQUIRED)
            chosen = []
        lead = above
        for enumeration in _enumerations(view, named):
            if len(enumeration) == 1 and enumeration[0].name in own and not _asked_for(view, sentence, enumeration[0]):
                continue
            for names in _alternatives(view, sentence, _specific(view, enumeration, named)):
                strength = severity_of_skill(view, sentence, names[0].start, names[-1].end)
                if lead is not None and strength is Severity.REQUIRED:
                    chosen += names
                elif strength in RANK:
                    yield Group(tuple(names), strength)
    if chosen:
        yield Group(tuple(chosen), Severity.REQUIRED)


def _choices(view: View) -> dict[int, int]:
    """The lines that are the items of a choice, “One or more of:”, each with the first of them."""
    blocks = view.document.blocks
    items: dict[int, int] = {}
    for first, (lead, following) in enumerate(pairwise(blocks), 1):
        if view.text[lead.end - 1] != ":" or not _OFFERS.search(view.folded, lead.start, lead.end):
            continue
        for line, block in enumerate(blocks[first : first + MOST_ITEMS], first):
            if (block.kind == "bullet") != (following.kind == "bullet") or opens_demand(view, block.start):
                break
            items[line] = first
            if view.text[block.end - 1] == ":":
                break
    return items


def _asked_for(view: View, sentence: Sentence, skill: Named) -> bool:
    """Whether a word of demand stands right before it: “experience with Snowflake”, not “Snowflake is growing”."""
    cues = view.hits("severity", sentence.start, skill.start)
    return any(cue.concept == "demanded" and skill.start - cue.end <= RIGHT_BEFORE for cue in cues)


def _by_sentence(view: View) -> Iterator[tuple[Sentence, list[Named]]]:
    """The skills of each sentence that names any; ambiguous words and fields of study left out."""
    named = list(_resolved(view))
    for sentence, group in groupby(named, key=lambda skill: view.sentence(skill.start)):
        members, fields = list(group), studies(view, sentence)
        if fields:
            members = [skill for skill in members if not any(a <= skill.start < b for a, b in fields)]
        if members and view.has("field_tail", sentence, "venue"):
            about = of_venues(view, sentence, [(skill.start, skill.end) for skill in members])
            members = [skill for skill in members if skill.start not in about]
        if any(skill.name[0] == "~" for skill in members):
            runs = list(_enumerations(view, members))
            members = [skill for skill in members if skill.name[0] != "~" or _supported(view, sentence, skill, runs)]
            members = [skill._replace(name=skill.name.lstrip("~")) for skill in members]
        if members:
            yield sentence, members


def _resolved(view: View) -> Iterator[Named]:
    """The hits of the layers of names in the order of the text; where they overlap the longer one stays."""
    at = -1
    found = [half for pair in view.hits("skill_pair") for half in _halves(view, pair)]
    found += [Named(*hit, known=True) for hit in view.hits("skill")]
    found += [Named(*hit, known=False) for hit in view.hits("skill_other")]
    found += [Named(*hit, known=False, claimed=False) for hit in view.hits("neighbour")]
    found.sort(key=lambda skill: (skill.start, -skill.end))
    for skill in found:
        if skill.start >= at:
            at = skill.end
            yield skill


def _halves(view: View, pair: Hit) -> Iterator[Named]:
    """The two skills of “machine and deep learning”."""
    first, second = pair.concept.split(" + ")
    middle = _HALVED.search(view.folded, pair.start, pair.end)
    if middle is not None:
        yield Named(pair.start, middle.start(), first, known=True, halved=True)
        yield Named(middle.end(), pair.end, second, known=True)


def _supported(view: View, sentence: Sentence, skill: Named, runs: list[list[Named]]) -> bool:
    """An ambiguous word (Go, R, Excel) is a skill beside a sure one, or beside words that ask for one.

    The noun of a skill is none of its own: “data mining algorithms”.
    """
    if _ENUMERATOR.match(view.text, skill.start):
        return False
    noun = view.text[skill.start].islower() and view.hits("skill_noun", skill.start, skill.end)
    if noun and any(left.end + 1 == skill.start for run in runs for left in run):
        return False
    name = skill.name.startswith("~~") and view.text[skill.start].isupper()
    whole = name and _is_whole(view, sentence, skill)
    first = max(sentence.block.start, skill.start - LONGEST_CUE)
    for cue in view.hits("asks_skill", first, min(sentence.end, skill.end + 3)):
        if cue.end <= skill.start <= cue.end + 2 and (cue.concept == "cue" or (whole and cue.concept == "before_name")):
            return True  # “experience in Go”, “pick up Go”
        if cue.concept == "behind" and 0 <= cue.start - skill.end <= 2:
            return True  # “Spark使用经验”
        if name and cue.concept != "before_name" and 0 <= cue.start - skill.end <= 1:
            return True  # “Spark jobs”, “R skills in …”
    if any(0 <= cue.start - skill.end <= 2 for cue in view.hits("skill_noun", skill.end, skill.end + 3)):
        return True
    for run in runs:
        if skill in run:
            sure = any(other.name[0] != "~" for other in run) or len(run) > 2
            if sure or (len(run) == 2 and all(view.text[other.start].isupper() for other in run)):
                return True
    if whole and (_is_tagged(view, sentence, skill) or _is_beside(view, sentence, skill)):
        return True
    return (name or sentence.section in (DEMANDS, WISHES)) and _is_item(view, sentence, skill)


def _is_whole(view: View, sentence: Sentence, skill: Named) -> bool:
    """Whether a name is no part of another: not “Spark Capital”, “R&D”, “U.S.C.”."""
    before = view.text[max(skill.start - 1, sentence.start) : skill.start]
    joined = before in _JOINS or (before.isascii() and before.isalnum())
    return not joined and not _GOES_ON.match(view.text, skill.end, sentence.end)


def _is_tagged(view: View, sentence: Sentence, skill: Named) -> bool:
    """Whether a word that tells how much it is asked for stands right behind: “R [nice to have]”, “Go – a must”."""
    cues = (cue for cue in view.within("severity", sentence) if cue.concept in ("softened", "closes"))
    return any(0 < cue.start - skill.end <= TAG for cue in (*cues, *view.within("must", sentence)))


def _is_beside(view: View, sentence: Sentence, skill: Named) -> bool:
    """Whether its sentence names a sure skill too, and does not begin with it: “The core is Rust, not Python”."""
    before = view.text[sentence.start : skill.start].rsplit(maxsplit=1)
    if not before or (len(before) > 1 and before[-1][0].isupper()):
        return False  # “Silver Spring”
    return any(hit.concept[0] != "~" for hit in view.within("skill", sentence))


def _is_item(view: View, sentence: Sentence, skill: Named) -> bool:
    """Whether a capitalised name is all of an item, among items that name other skills: “Go”, “R (preferred)”."""
    if not view.text[skill.start].isupper():
        return False
    opens = _ITEM_OPENS.search(view.folded[sentence.start : skill.start])
    if not opens:
        return False
    ends = _ITEM_ENDS.match(view.folded, skill.end, sentence.end)
    whole = ends and (opens[1] or not ends[1])  # “Agile, careful people” names no method
    if not whole and not _is_tagged(view, sentence, skill):
        return False
    alone = sentence.block.kind == "bullet" and not view.text[skill.end : sentence.end].strip(" .,;")
    if alone and opens.start() == 0 and skill.name.startswith("~~"):
        return True  # “- R”
    near = [sentence, *islice(view.above(sentence), 2), *islice(view.below(sentence), 2)]
    near = [item for item in near if item.block.kind == sentence.block.kind and item.end - item.start <= LONGEST_ITEM]
    others = (hit for item in near for hit in view.within("skill", item))
    return any(hit.concept.lstrip("~") != skill.name.lstrip("~") for hit in others)


def _enumerations(view: View, named: list[Named]) -> Iterator[list[Named]]:
    run: list[Named] = []
    for skill in named:
        if run and not _joint(view, run[-1], skill) and not _over_items(view, run, skill):
            yield run
            run = []
        run.append(skill)
    if run:
        yield run


def _joint(view: View, left: Named, right: Named) -> str | None:
    """What joins two members of an enumeration: “slash”, “or”, “list”; None where nothing does."""
    gap = view.folded[left.end : right.start]
    if len(gap) > WIDEST:
        return "or" if len(gap) <= WIDEST_CHOICE and _OR_SUCH.fullmatch(gap) else None
    known = _between(gap)
    return known or _over_names(view.text[left.end : right.start], left.name[0] == "~", right.name[0] == "~")


@lru_cache(maxsize=1024)  # a comma, mostly
def _between(gap: str) -> str | None:
    for name, pattern in (("slash", _SLASH), ("or", _OR), ("or", _OR_SUCH), ("list", _LIST)):
        if pattern.fullmatch(gap):
            return name
    return None


def _over_names(gap: str, left: bool, right: bool) -> str | None:
    """“Hive, Kudu, Impala and Spark” is one list, whether or not all of its names are known.

    `left`, `right`: that member is an ambiguous word, which is none where its name goes on: “Oracle Financials”.
    """
    pieces = _SEPARATOR.split(gap)
    if len(pieces) < 2 or not all(map(_NAME.fullmatch, pieces)):
        return None
    if (left and pieces[0].strip()) or (right and pieces[-1].strip()):
        return None
    return "or" if " or " in gap or " oder " in gap or " ou " in gap else "list"


def _over_items(view: View, run: list[Named], skill: Named) -> bool:
    """“including regression, scenario analysis, clustering, …”: what no list knows ends no list that was begun."""
    gap = view.folded[run[-1].end : skill.start]
    if len(gap) > WIDEST or not _ITEMS.fullmatch(gap):
        return False
    return _introduced(view, view.sentence(run[0].start), run)


def _alternatives(view: View, sentence: Sentence, run: list[Named]) -> Iterator[list[Named]]:
    """The groups of one enumeration: all of it if it is a choice, else its members, “X/Y” kept together."""
    if not run:
        return
    joints = [_joint(view, left, right) for left, right in pairwise(run)]
    if _introduced(view, sentence, run):
        inside = _in_bracket(view, sentence, run)
        if "or" in joints[: inside - 1]:
            choice, inner = next(_parted(view, run, joints))
            inside = len(choice) if "or" in inner else inside  # “either Java or C#, plus SQL”
        else:
            inside = min(inside, _listed(view, run))
        yield run[:inside]
        yield from _alternatives(view, sentence, run[inside:])
        return
    for part, inner in _parted(view, run, joints) if "or" in joints else [(run, joints)]:
        if "or" in inner:
            yield part
            continue
        group = [part[0]]
        for joint, skill in zip(inner, part[1:], strict=True):
            if joint != "slash":
                yield group
                group = []
            group.append(skill)
        yield group


def _parted(view: View, run: list[Named], joints: list[str | None]) -> Iterator[tuple[list[Named], list[str | None]]]:
    """An enumeration with “or” where an “and” parts it, “Python and PyTorch or TensorFlow”, each with its joints.

    So do a semicolon, a bracket that holds a choice, and what the choice is of: “Python; Java or Scala”,
    “Python (PyTorch or JAX)”, “unit testing in Java or C#”.
    """
    first, bracketed = 0, False
    for at, (left, right) in enumerate(pairwise(run)):
        if joints[at] == "or":
            continue
        gap = view.folded[left.end : right.start]
        opens = _opens_choice(view, run, joints, at)
        if opens or ";" in gap or gap == " in " or _AND.search(gap) or (bracketed and ")" in gap):
            yield run[first : at + 1], joints[first:at]
            first, bracketed = at + 1, opens
    yield run[first:], joints[first:]


def _opens_choice(view: View, run: list[Named], joints: list[str | None], at: int) -> bool:
    """Whether a bracket opens behind the member `at` that holds a choice of the members behind and is none itself."""
    gap = view.folded[run[at].end : run[at + 1].start]
    if "(" not in gap or ")" in gap:
        return False
    closing = view.folded.find(")", run[at + 1].end, run[-1].end + BRACKET)
    if closing < 0:
        return False
    inside = [joint for joint, skill in zip(joints[at + 1 :], run[at + 2 :], strict=True) if skill.start < closing]
    behind = joints[at + 1 + len(inside) :][:1]
    return "or" in inside and behind != ["or"]


def _introduced(view: View, sentence: Sentence, run: list[Named]) -> bool:
    """Whether “such as”, “one of …”, “frameworks (…” leads to the enumeration; “or similar”, “(… etc.)” ends it."""
    first, last = run[0].start, run[-1].end
    for cue in view.hits("alternatives", sentence.start, min(sentence.end, last + 3)):
        leads = cue.end <= first and not (view.is_wide(cue.start) and _ANEW.search(view.text, cue.end, first))
        if leads and cue.concept == "either" and first - cue.end <= WIDEST:
            return True
        if leads and cue.concept == "before" and view.folded.count(" ", cue.end, first) <= 4:
            between = view.folded[cue.end : first]
            if len(between) <= 40 and not any(sign in between for sign in ".;"):
                return True
        if cue.concept in ("behind", "either") and 0 <= cue.start - last <= 2:
            return True
    if len(run) > 1 and (more := _OR_MORE.match(view.folded, last, sentence.end)):
        others = view.hits("skill", last, more.end()) or view.hits("severity", last, more.end())
        return not others and not _AND.search(view.folded, first, last)
    opened = view.folded[max(first - 2, 0) : first].strip()
    if opened == "(" and "etc" in view.folded[last : view.folded.find(")", last, last + BRACKET)]:
        return True
    if opened in ("(", ":"):
        nouns = view.hits("skill_noun", max(sentence.start, first - BRACKET), first)
        return any(first - noun.end <= 3 or _PURPOSE_OPENS.fullmatch(view.folded, noun.end, first) for noun in nouns)
    return False


def _specific(view: View, run: list[Named], named: list[Named]) -> list[Named]:
    """The members that are no class of others; “ML/NLP libraries like …” is one class by two names."""
    kept: list[Named] = []
    last: Named | None = None  # the member behind, if it is the name of a class
    for skill in reversed(run):
        shared = last is not None and (skill.halved or _same_class(view, skill, last))
        last = skill if shared or _generic(view, skill, named) else None
        if last is None:
            kept.insert(0, skill)
    return kept


def _same_class(view: View, skill: Named, last: Named) -> bool:
    """Whether two names are one class: “ML/NLP libraries”, “Natural Language Processing (NLP) libraries”."""
    gap = view.folded[skill.end : last.start].strip()
    return gap == "/" or (gap == "(" and skill.name == last.name)


def _in_bracket(view: View, sentence: Sentence, run: list[Named]) -> int:
    """How many members stand in a bracket that opened before them with “e.g.” or behind a noun; else all of them."""
    first = run[0].start
    opens = view.folded.rfind("(", max(sentence.start, first - BRACKET), first)
    if opens < 0 or not (first - opens <= 2 or view.hits("alternatives", opens, first)):
        return len(run)
    if first - opens <= 2 and not any(opens - noun.end <= 1 for noun in view.hits("skill_noun", opens - 30, opens)):
        return len(run)
    depth = 0
    for at in range(opens, run[-1].start):
        depth += {"(": 1, ")": -1}.get(view.folded[at], 0)
        if not depth:
            inside = sum(skill.start < at for skill in run)
            return inside if inside and not _OR.match(view.folded, at + 1) else len(run)
    return len(run)


def _listed(view: View, run: list[Named]) -> int:
    """How many members stand before the first that is spoken of alone: “Java (must), C++ (plus)”, “Java, Go; C++ …”."""
    commas = False
    for at, (left, right) in enumerate(pairwise(run), 1):
        gap = view.folded[left.end : right.start]
        if (commas and ";" in gap) or ("(" in gap and tag(view, left.end)):
            return at
        commas = commas or "," in gap
    return len(run)


def _generic(view: View, skill: Named, named: Iterable[Named]) -> bool:
    """“machine learning frameworks such as PyTorch”: the generic noun and its adjective add nothing."""
    first, behind = skill.start, _noun_end(view, skill)
    if behind is None:
        noun = _served(view, skill)
        if noun is None:
            return False
        more = _PURPOSES.match(view.folded, skill.end)
        first, behind = noun.start, more.end() if more else skill.end
    else:
        behind = _past_nouns(view, behind)
    if _OTHER.search(view.folded, max(first - 30, 0), first):
        return any(
            other.known and 0 < first - other.end <= NEAR and not _PARTS.search(view.text, other.end, first)
            for other in named
        )
    if view.is_wide(first) and view.text.endswith(_OF_NAME, first, behind) and _adjoins(view, named, first):
        return True
    following = next((other.start for other in named if other.start >= behind and other.known), None)
    if following is None:
        return False
    if _LABEL.match(view.folded, behind) and skill.start - view.sentence(skill.start).start <= NEAR:
        return True  # “Cloud tools (preferred): you have worked with AWS”
    if following - behind > NEAR or _is_other_noun(view, behind, following):
        return False
    between = view.folded[behind:following].strip()
    if between in ("(", ":", "-", "as") or _UNKNOWN_FIRST.fullmatch(view.text[behind:following].strip()):
        return not (between[0] == "(" and _only_wished(view, following))
    cues = view.named("alternatives", behind, following, "before")
    return bool(cues) and view.folded[behind : cues[0].start] != " and "  # “SQL programming and one of Python or R”


def _adjoins(view: View, named: Iterable[Named], start: int) -> bool:
    """Whether a name ends right before what starts there."""
    return any(other.known and other.end <= start and not view.text[other.end : start].strip() for other in named)


def _is_other_noun(view: View, behind: int, following: int) -> bool:
    """Whether another noun leads to what follows: “the PyTorch framework and common tools (e.g. Git)”."""
    nouns = view.hits("skill_noun", behind, following)
    return any(
        noun.concept != "topic"
        and (
            _OWN.fullmatch(view.folded, behind, noun.start)
            or (noun.concept == "own" and view.folded[behind : noun.start] == " and ")
        )
        for noun in nouns
    )


def _only_wished(view: View, start: int) -> bool:
    """Whether a bracket that begins with the name only prefers it: “visualization tools (Tableau preferred)”."""
    closing = view.folded.find(")", start, start + BRACKET)
    return closing > 0 and bool(view.named("severity", start, closing, "softened"))


def _noun_end(view: View, skill: Named) -> int | None:
    """Where the generic noun ends that follows the skill (“ML libraries”) or is its last word (“BI tools”)."""
    of = next((skill.start - len(de) for de in (" de ", " d'") if view.folded.endswith(de, 0, skill.start)), None)
    if of and any(noun.end == of for noun in view.hits("skill_noun", of - LONGEST_NOUN, of)):
        return skill.end  # “un framework de deep learning”
    if view.folded.startswith(")", skill.end) and not view.folded.endswith("(", 0, skill.start):
        return None  # “(R, SAS) packages”
    for noun in view.hits("skill_noun", skill.start, skill.end + 3):
        if noun.start > skill.end and view.folded[skill.end] in ",;":
            return None  # “SQL; programming languages (Python or Java)”
        if noun.concept == "topic" or (noun.concept == "own" and view.folded.endswith(" language", 0, noun.end)):
            return None  # “the Python programming language (or Java)”
        if noun.end > skill.end or (noun.concept == "class" and noun.end == skill.end):
            return noun.end
    return None


def _past_nouns(view: View, behind: int) -> int:
    """Where the nouns end that share a name: “deep learning frameworks and libraries”."""
    joint = _AND_NOUN.match(view.folded, behind)
    if joint:
        for noun in view.hits("skill_noun", joint.end(), joint.end() + 1):
            if noun.concept != "topic" and not (noun.concept == "own" and joint[0] == " and "):
                return noun.end
    return behind


def _served(view: View, skill: Named) -> Hit | None:
    """The noun whose purpose the skill is: “languages used in data engineering”."""
    for noun in view.hits("skill_noun", skill.start - NEAR - LONGEST_NOUN, skill.start):
        if noun.concept in ("class", "tool", "own") and _PURPOSE.fullmatch(view.folded, noun.end, skill.start):
            return noun
    return None
