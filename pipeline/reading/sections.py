"""Which part of a posting a sentence stands in.

The classes are required, preferred, duties, company, benefits, legal, logistics, process and other. A
heading rules until the next one that names a class; what is a heading, and of which class, headings.py says.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType

from pipeline.reading.headings import (
    DEMANDING,
    MOST,
    ORNAMENT,
    HeadingWords,
    asks,
    asks_alone,
    asks_for_something,
    classify,
    closes_item,
    is_heading_alone,
    leads_on,
    leads_to_demands,
    opens_demand,
    opens_item,
    qualified,
    stands_alone,
    unlisted,
    wishes_itself,
)
from pipeline.reading.inline_headings import (
    LINE_END,
    Part,
    about,
    body_start,
    head_start,
    names_both,
    opens_line,
    tells_of_employer,
    with_labels,
    without_item,
)
from pipeline.reading.scan import OF_EMPLOYER, Hit, Layers, Scanner, Sentence, View
from pipeline.text import Block, Document
from pipeline.text.sentences import sentences

HEADER = ("title", "location", "field")
DASHES = tuple("-–—")
ASIDE = "aside"  # the class of “Preferred majors”: a wish that rules its own sentence alone
NEUTRAL = "neutral"  # the class of “Skills”, “Experience”: what is above tells whether they are asked for
BACKGROUND = "background"  # the applicant's, and so neutral, or over prose that of the project
STAYS = -1
LONGEST_TITLE = 30  # characters of a heading that is no more than its title
ADORNED = 3  # characters behind a heading: a colon, or a sign that adorns it
PROSE = 80  # characters of a line that tells something
FLATTENED = 500  # characters: a paragraph this long may hold headings without a colon
ARTICLE = 9  # characters before a word that ends an item in which its article or “is” stands
BESIDE = 40  # characters from such a word on in which the years of the next item are named
LONGEST_DEMAND = 50  # characters of a line that demands and says nothing else
LONGEST_SENTENCE = 2_000  # characters

_NAME_END = re.compile(r"[a-z+#)] [A-Z][\w+#.]{0,15} $")  # a name at the end of an item: “skills in Python”
# What ends an item that lost its line break: “… is a plus Knowledge of …”, “… preferred 3+ years of …”
_ITEM_END = re.compile(
    r"\b(?:preferred|desired|desirable|required|field|discipline|degree) "
    r"(?=\d{1,2}[ +\-–\d]{0,6}(?:years|yrs|months)\b)"
    r"|(?<!\()\b(?:preferred|desired|desirable|beneficial|(?:is|are) required|an? (?:plus|asset|advantage|bonus)) "
    r"(?=[A-Z][a-z])"
)
_ITEM_ENDS = (  # one of them stands in whatever _ITEM_END finds, and they are found faster
    "preferred ", "desir", "required ", "beneficial ", "plus ", "asset ", "advantage ", "bonus ", "field ",
    "discipline ", "degree ",
)  # fmt: skip
_DEMAND = re.compile(
    r"[^.:;,!?]{2,30} (?:(?:is|are|ist|sind|est|sont|es|son) )?(?:required|mandatory|a must|erforderlich|zwingend"
    r"|requise?s?|obligatoires?|exigée?s?|obligatori[oa]s?|imprescindibles?)[.!]?"
)
_TO_YOU = re.compile(  # a paragraph that speaks of what is asked, below a list of benefits
    r"(?:and |but )?(?:you (?:do not|don't|must|need)|we (?:do not|don't) (?:care|mind|require|expect))\b",
    re.IGNORECASE,
)
_BEHIND_HEADING = re.compile(  # from the last character of a cue that may head something: a stop, or a colon ahead
    r"[.!?。！？；]|.(?:.?[.!?。！？；\n]|[^.;:!?,\n：]{0,28}[:：])"
)


def view(
    document: Document,
    scanner: Scanner,
    function_words: Mapping[str, frozenset[str]] = MappingProxyType({}),
    words: HeadingWords = HeadingWords({}),  # noqa: B008, it holds nothing
    employer: str = "",
) -> View:
    """The Document with its sentences, each with its section, beside the hits of the vocabulary."""
    layers = scanner.layers(document)
    return View(document, Sections(document, layers, words, employer), layers, function_words)


class Sections:
    """The sentences of a Document by line, each with its section; a line is cut when it is first asked for.

    Only lines in which a heading may stand are looked at before: they tell the section of those below.
    """

    __slots__ = ("_document", "_employer", "_item_ends", "_layers", "_sections", "_sentences", "_words")

    def __init__(self, document: Document, layers: Layers, words: HeadingWords, employer: str) -> None:
        self._document = document
        self._employer = employer
        self._item_ends = _item_ends(document.text)
        self._layers = layers
        self._words = words
        self._sections: list[str] = []  # of every line, at its start
        self._sentences: dict[int, list[Sentence]] = {}
        cues, headed = _by_line(document, layers)
        section = "other"
        wished: int | None = None  # the line of a heading of wishes, or STAYS below such a one with a neutral one
        for line, block in enumerate(document.blocks):
            if block.kind in HEADER:
                self._sections.append(block.kind)
                continue
            own = "other" if section in OF_EMPLOYER and _demands(document.text, block) else section
            if (
                section in DEMANDING
                and line not in headed
                and tells_of_employer(document.text, block, layers, employer)
            ):
                own = "company"
            self._sections.append(own)
            if own == section and (line in headed or _may_stand_alone(document.text, block)):
                cut = list(self._headed(line, section, cues.get(line, [])))
                said = next((part.section for part in reversed(cut) if part.section != ASIDE), section)
                if said == NEUTRAL and wished in (line - 1, STAYS):  # “Experience” under “Preferred qualifications”
                    wished = STAYS
                elif len(cut) == 1 and said == "preferred":
                    wished = line
                elif said != section:
                    wished = None
                meant = "preferred" if wished == STAYS else "required"
                named = {NEUTRAL: meant, ASIDE: "preferred"}
                self._sentences[line] = [_told(part, named.get(part.section, part.section)) for part in cut]
                if not _aside(document.text, section, cut):
                    section = named.get(said, said)

    def section(self, line: int) -> str | None:
        """The section of a line, None where it may have several."""
        if line in self._sentences:
            return None
        return "required" if self._sections[line] == MOST else self._sections[line]

    def of(self, line: int) -> list[Sentence]:
        """The sentences of a line."""
        found = self._sentences.get(line)
        if found is None:
            block, section = self._document.blocks[line], self._sections[line]
            found = [_told(Sentence(*span, block, "", line), section) for span in self._spans(line)]
            self._sentences[line] = found
        return found

    def _headed(self, line: int, section: str, cues: list[Hit]) -> Iterator[Sentence]:
        text, block = self._document.text, self._document.blocks[line]
        long = block.end - block.start >= FLATTENED
        flattened = long and block.kind == "paragraph"
        opens = partial(opens_item, text, self._layers)
        below = next(iter(self._document.blocks[line + 1 : line + 2]), None)
        if flattened:
            cues = sorted([*cues, *about(text, block.start, block.end, self._employer)])
        for start, end in self._spans(line):
            inside = cues[bisect_left(cues, (start,)) : bisect_left(cues, (end,))] if cues else []
            if inside and inside[-1].end > end:
                inside = [hit if hit.end <= end else hit._replace(end=end) for hit in inside]
            if flattened:
                inside = with_labels(text, start, end, inside, self._words)
            alone = (
                (stands_alone(text, start, end, block, below) or is_heading_alone(start, end, block, inside))
                and not closes_item(text, start, end, inside, self._layers)
                and not wishes_itself(text, start, end, inside, self._layers)
            )
            asked = asks(text, start, end) if flattened else asks_alone(text, start, end, block, inside)
            if alone or asked:
                known = classify(text, start, end, inside, self._words)
                if known == NEUTRAL and section == "preferred" and qualified(inside[0], start):
                    known = section
                led = leads_on(text, end)
                leads = led and block.kind != "bullet"
                cited = section == "references"  # a title of a paper, or a part of it
                if known is None and not cited and (leads or not asks_for_something(self._layers, start, end)):
                    demands = led and leads_to_demands(self._layers, start, end)
                    known = unlisted(text[start:end], section, self._words, demands)
                section = ("preferred" if known == ASIDE else known) or section
                yield Sentence(start, end, block, section, line)
                continue
            if not inside:
                yield Sentence(start, end, block, section, line)
                continue
            for first, last, name in _cut(Part(text, start, end, long, opens), block, inside, section):
                section = section if name == ASIDE else name
                yield Sentence(first, last, block, name, line)

    def _spans(self, line: int) -> list[tuple[int, int]]:
        """The sentences of a line, which no phrase crosses; an endless one is in pieces."""
        spans = self._stops(self._document.blocks[line])
        if len(spans) > 1:
            self._layers.part(line, [start for start, _ in spans])
        return spans

    def _stops(self, block: Block) -> list[tuple[int, int]]:
        """The sentences of a block, with the lines of a flattened paragraph."""
        text, long = self._document.text, block.end - block.start
        body = block.kind in ("paragraph", "bullet")
        spans = sentences(text, block.start, block.end) if body else [(block.start, block.end)]
        if long > LONGEST_SENTENCE:
            spans = [piece for span in spans for piece in _pieces(text, *span)]
        if not body:
            return spans
        begins = self._item_ends[bisect_right(self._item_ends, block.start) : bisect_right(self._item_ends, block.end)]
        if long >= FLATTENED:
            hits = self._layers.hits("line_start", block.start, block.end)
            begins = sorted({*begins, *(hit.start for hit in hits if _ends_line(text, block.start, hit))})
        return [piece for span in spans for piece in _lines(*span, begins)] if begins else spans


def _told(part: Sentence, section: str) -> Sentence:
    """The sentence in its section; a list of which an applicant has most is one of requirements."""
    if section == MOST:
        return part._replace(section="required", loose=True)
    return part if part.section == section else part._replace(section=section)


def _by_line(document: Document, layers: Layers) -> tuple[dict[int, list[Hit]], set[int]]:
    """The cues of each line, and the lines in which one may head something."""
    blocks, lines = document.blocks, layers.lines
    found: dict[int, list[Hit]] = {}
    headed = set()
    for cue in layers.hits("heading"):
        hit = without_item(document.text, cue)
        if document.text.startswith("(", hit.start - 1) and document.text.startswith(":", hit.end):
            continue  # “Java (preferred: Scala)”
        line = bisect_right(lines, hit.start) - 1
        if hit.concept == BACKGROUND:
            hit = hit._replace(concept="duties" if _tells(document, layers, blocks[line], line + 1) else NEUTRAL)
        before = found.setdefault(line, [])
        if before and hit.concept == "preferred" and names_both(document.text, before[-1], hit):
            before[-1] = before[-1]._replace(end=hit.end)
            continue
        before.append(hit)
        if line not in headed and _may_head(document.text, hit, blocks[line]):
            headed.add(line)
    return found, headed


def _tells(document: Document, layers: Layers, heading: Block, below: int) -> bool:
    """Whether the line below a heading tells something, where a list or a demand would ask for it."""
    if below >= len(document.blocks) or heading.end - heading.start > LONGEST_TITLE:
        return False
    block = document.blocks[below]
    text = document.text
    prose = block.kind == "paragraph" and block.end - block.start >= PROSE and text[block.end - 1] in ".!?"
    return prose and not text[block.start].isdigit() and not opens_demand(layers, block.start)


def _may_head(text: str, hit: Hit, block: Block) -> bool:
    """Whether a cue may head something: at a colon, at a sentence's end, in a flattened block, in another script."""
    if block.kind == "heading" or hit.end + ADORNED >= block.end or block.end - block.start >= FLATTENED:
        return True
    if not text[hit.start].isascii():
        return True
    if hit.start == block.start and (
        text[block.end - 1] == "?" or text[hit.end : hit.end + 2].lstrip()[:1] in DASHES or opens_line(text, hit)
    ):
        return True
    return _BEHIND_HEADING.match(text, hit.end - 1, block.end) is not None


def _aside(text: str, section: str, cut: list[Sentence]) -> bool:
    """Whether what a line ends in rules that line alone: a row of a table, “Bonus: Kafka” among requirements."""
    block, last = cut[-1].block, cut[-1]
    if len(cut) > 1 and text[block.start] == "|":  # a row of a table: “| Pay | 1,400 € |”
        return True
    if section != "required" or last.section != "preferred" or block.end - block.start >= FLATTENED:
        return False
    label = next(part for part in cut if part.section == "preferred")
    return label is not last and " " not in text[label.start : label.end].strip()


def _demands(text: str, block: Block) -> bool:
    """Whether a line is a demand and nothing else, whatever it stands below: “PhD required.” under the benefits."""
    if block.kind != "paragraph":
        return False
    if _TO_YOU.match(text, block.start, block.end):
        return True  # “You don't need a PhD, or to be on your way to one.”
    if block.end - block.start > LONGEST_DEMAND:
        return False
    return _DEMAND.fullmatch(text, block.start, block.end) is not None


def _may_stand_alone(text: str, block: Block) -> bool:
    """Whether a block may be a heading, or hold one, without any cue."""
    leads = leads_on(text, block.end)
    if block.kind != "paragraph":
        return block.kind == "heading" or (block.kind == "bullet" and leads)
    last = text[block.end - 1]
    return block.end - block.start >= FLATTENED or leads or last in ORNAMENT or last.isalnum()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, cut at spaces where it is longer than any sentence: what reads one may look at all of it."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _item_ends(text: str) -> list[int]:
    """Where something begins behind what ends an item."""
    begins = set()
    for word in _ITEM_ENDS:
        at = text.find(word)
        while at >= 0:
            if found := _ITEM_END.search(text, max(0, at - ARTICLE), at + BESIDE):
                begins.add(found.end())
            at = text.find(word, at + 1)
    return sorted(begins)


def _lines(start: int, end: int, begins: list[int]) -> Iterator[tuple[int, int]]:
    """The lines of a sentence, from where they begin."""
    for begin in begins[bisect_right(begins, start) : bisect_left(begins, end)]:
        yield start, begin - 1
        start = begin
    yield start, end


def _ends_line(text: str, start: int, hit: Hit) -> bool:
    before = max(start, hit.start - 30), hit.start
    return bool(LINE_END.search(text, *before) or (hit.concept == "sure" and _NAME_END.search(text, *before)))


def _cut(part: Part, block: Block, inside: list[Hit], section: str) -> Iterator[tuple[int, int, str]]:
    """The sentence in pieces, each with its section: a new one begins at every heading found inside."""
    text, at, end = part.text, part.start, part.end
    for hit in inside:
        if hit.start < at:
            continue
        apart = (hit.start == block.start and opens_line(text, hit)) or (hit.end >= end - 1 and end == block.end)
        rest = Part(text, at, end, part.flattened or apart, part.opens_item)
        body = body_start(rest, hit)
        if hit.concept == MOST and section in DEMANDING and not text[hit.end : end].strip(" ."):
            body = end  # “You will show most of the skills below.” under “Requirements”
        if body is None or (hit.concept == MOST and body < end and not part.flattened):
            continue
        head = head_start(rest, hit)
        if text[at:head].strip():
            yield at, head, section
        if not (hit.concept == NEUTRAL and section == "preferred" and qualified(hit, head)):
            section = hit.concept
        if body < end:
            yield head, body, section
            at = body
        else:
            at = head
    yield at, end, section
