"""What a posting is for: an internship or not, how near its work is to machine learning, one opening or a pool.

The title decides where it tells; what the body speaks of decides where it does not, or where it speaks
loudly against the title. Reads the layers `internship`, `internship_body`, `internship_other`, `role_title`,
`role_body`, `pool`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from pipeline.models import Claim
from pipeline.reading.scan import Hit, View
from pipeline.reading.topic import Topic

SILENT = ("location", "field", "legal", "benefits", "process", "references")  # sections that say nothing of the work
COMPANY = 0.3  # what the company does counts less than what the intern does
GUIDED = 70  # characters before interns in which one is told to guide them
_INTERNS = re.compile(r"\binterns\b|praktikant|werkstud|becari|实习生")
_PARTED = re.compile(r"[.;:]")  # from what is said before
_PARTED_CHINESE = re.compile("[,，;；。]|.{13}")
_HAD = re.compile("有(?![意时])[^，。；;,\n能可愿长]{0,14}\\Z")  # “有大厂实习者优先”, not “有意长期实习者优先”
_HAD_BEHIND = re.compile("(?:者|的|的同学|的候选人)?(?:会|将|可|更|是|为|则)?(?:优先|加分|佳|更佳|优)")
_BESIDE_OTHER = re.compile("(?:[或和及与、/]|或者|以及)[^，。；;,\n]{0,12}(?:经验|经历|背景)")  # “实习及项目开发经历”
BARS = ("", "|", "·", "•")  # what parts a line of short words, and its ends
BESIDE = 4  # characters beside such a word in which the bar stands
OFFICE = 0.5  # and what most jobs in an office do says little of the work
MUCH = 8  # mentions from which a body speaks loudly
BRIEF = 400  # bytes (a Chinese word has as many as an English one) up to which a body says once what it means
NAMED = ("named", "trained", "lent")  # what names models
ALSO = {  # what a word shows as well
    "ai": "adjacent", "science": "data", "labels": "adjacent", "lent": "adjacent", "named": "core", "trained": "core",
    "subject": "core",
}  # fmt: skip


class Evidence(NamedTuple):
    """Mentions in a body, weighed, of each kind of work."""

    core: float
    trained: float  # of core: models that the intern trains
    lent: float  # and those of others, beside which one works
    touched: float  # models named among the duties, or in a brief body
    brief: bool
    reports: float  # on data
    office: float  # what any job in an office may do
    science: float  # statistics, data science: for models as well as for reports
    software: float
    autonomy: float  # software that is near models


def read(view: View) -> Topic:
    """internship, ml_role, pool; each with the words that decided it."""
    topic = Topic()
    title = next((block.end for block in view.document.blocks[:1] if block.kind == "title"), 0)
    for key, (value, hit) in (
        ("internship", _internship(view, title)),
        ("ml_role", _role(view, title)),
        ("pool", _pool(view, title)),
    ):
        topic.values[key] = value
        if hit:
            topic.claims.append(Claim(key, value, view.quote(hit.start, hit.end)))
    return topic


def _internship(view: View, title: int) -> tuple[bool, Hit | None]:
    header = view.hits("internship", 0, title)
    for block in view.document.blocks:
        if block.kind == "field":
            header = header + view.hits("internship", block.start, block.end)
    said = [hit for hit in view.hits("internship_body", title) if not _is_another(view, hit)]
    said = [hit for hit in said if hit.concept != "alone" or _stands_alone(view, hit)]
    employed = any(hit.concept == "employed" for hit in said)
    said = [hit for hit in said if hit.concept != "employed"]
    header = [hit for hit in header if hit.concept != "helper" or not employed]
    for hit in (
        *(hit for hit in header if hit.concept in ("yes", "helper")),
        *(hit for hit in said if hit.concept == "offered"),
    ):
        return True, hit
    for hit in header:
        if hit.concept == "no":
            return False, hit
    return (True, said[0]) if said else (False, None)


def _is_another(view: View, hit: Hit) -> bool:
    """Whether the words are of interns whom one guides, or of an internship one has had.

    “Mentor junior colleagues as well as engineering interns”, “Praxiserfahrung durch Praktika”, “有大厂实习者优先”.
    """
    first = max(view.sentence(hit.start).start, hit.start - GUIDED)
    kinds = {"had", "guided"} if _INTERNS.search(view.folded, hit.start, hit.end) else {"had"}
    for cue in view.hits("internship_other", first, hit.start):
        parted = _PARTED_CHINESE if view.is_wide(cue.start) else _PARTED
        if cue.concept in kinds and not parted.search(view.folded, cue.end, hit.start):
            return True
    return view.is_wide(hit.start) and _is_past_in_chinese(view, first, hit)


def _is_past_in_chinese(view: View, first: int, hit: Hit) -> bool:
    if _BESIDE_OTHER.match(view.folded, hit.end):
        return True
    had = _HAD.search(view.folded, first, hit.start)
    return had is not None and _HAD_BEHIND.match(view.folded, hit.end) is not None


def _stands_alone(view: View, hit: Hit) -> bool:
    """“Internship | 3 months | Remote”: a line, or a part of one between bars, that says nothing else."""
    line = view.sentence(hit.start).block
    before = view.folded[max(line.start, hit.start - BESIDE) : hit.start].rstrip()
    behind = view.folded[hit.end : min(line.end, hit.end + BESIDE)].lstrip()
    return before[-1:] in BARS and behind[:1] in BARS


def _pool(view: View, title: int) -> tuple[bool, Hit | None]:
    for hit in view.hits("pool"):
        if hit.concept == "body" or hit.start < title:
            return True, hit
    return False, None


def _role(view: View, title: int) -> tuple[str, Hit | None]:
    hits = view.hits("role_title", 0, title)
    role = _judge({hit.concept for hit in hits}, _evidence(view, title))
    shown = [*hits, *view.hits("role_body", title)]
    return role, next((hit for hit in shown if ALSO.get(hit.concept, hit.concept) == role), None)


def _evidence(view: View, title: int) -> Evidence:
    """How often the body speaks of models, of reports on data, of statistics and of software."""
    count: Counter[str] = Counter()
    brief, touched = len(view.document.body.encode(errors="replace")) <= BRIEF, 0
    for hit in view.hits("role_body", title):
        section = view.section(hit.start)
        if section not in SILENT:
            count[hit.concept] += COMPANY if section == "company" else 1  # type: ignore[assignment]
            touched += hit.concept in NAMED and (section == "duties" or (brief and section == "other"))
    core = sum(count[concept] for concept in (*NAMED, "core"))
    kinds = count["science"], count["software"], count["autonomy"]
    return Evidence(
        core, count["trained"], count["lent"], touched, brief, count["data"], OFFICE * count["office"], *kinds
    )


def _judge(title: set[str], body: Evidence) -> str:
    """The codebook's role from what the title names and how much the body speaks of each kind of work."""
    core, software, reports = body.core, body.software + body.autonomy, body.reports + body.office
    data = reports + body.science
    if "subject" in title:  # “Werkstudent KI”, but “Vertrieb KI-Software”
        title = title | {"ai" if "none" in title else "core"}
    if "labels" in title or ("beside" in title and (core >= 2 or title & {"core", "ai", "adjacent"})):
        return "adjacent"
    if "core" in title:
        if title & {"data", "science"} and data >= max(MUCH, 1.5 * core):
            return "data"
        return "adjacent" if software >= max(3 * MUCH, 5 * core) else "core"
    if "science" in title and "data" not in title:
        return "core" if core >= max(MUCH / 2, 2 * reports, body.science / 2) else "data"
    if title & {"data", "science"}:
        if software >= MUCH * max(data, 1) and core <= 1:
            return "none"  # “Data Plane Engineer”
        least = MUCH / 2 if "ai" in title else MUCH  # “Data & AI” leaves it to the body
        return "core" if core >= least and core > data else "data"
    if title & {"ai", "adjacent"}:
        least, share = (3, 0.4) if "ai" in title else (MUCH / 2, 0.8)
        least = 2 if "ai" in title and not (software or reports) else least  # nothing else is spoken of
        least = 1 if body.brief and body.trained else least
        if core >= (MUCH if "none" in title else least) and core >= max(data, share * software):
            return "core"
        if "none" in title or ("ai" not in title and core + body.autonomy < 1 and data < 3 and software >= 2):
            return "none"  # robots, and no word on what they learn
        return "data" if data >= 3 and data > software and data >= 2 * core else "adjacent"
    if "none" in title:
        return "none"
    return _untitled(body, data, software)


def _untitled(body: Evidence, data: float, software: float) -> str:
    """The role where the title names none."""
    own = body.core - body.lent
    if own >= (1 if body.brief and body.trained else 3) and own > data and own >= software:
        return "core"
    least = 3 if body.brief else 0.75 * MUCH
    if data >= least and data > software and data >= 3 * body.core and body.reports + body.science >= 3:
        return "data"
    near = body.touched + software + (body.lent if body.brief else 0)
    if body.touched and near >= (2 if body.brief else MUCH / 2):
        return "adjacent"
    return "adjacent" if body.core >= 2 and MUCH / 2 <= software <= MUCH * body.core else "none"
