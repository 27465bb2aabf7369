"""What the lines of an alert are: buttons, ages and ratings, headings, pay, the end of a mail; and what is left.

Words only; which line belongs to which job is for cards.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 300  # characters of a line that are looked at
NOISE = re.compile(  # whole lines that are no part of a job: buttons, ages, ratings
    r"""((view|see|show)\ (job|all|more|details|posting|role)\b.*|learn\ more|read\ more|this\ is\ a\ bad\ match
    |((easy|quick|1-click|one-click)\ )?apply(\ (now|here|with.*))?|save(\ job)?|new!?|viewed
    |(job\ )?(ansehen|anzeigen)|mehr\ erfahren|jetzt\ bewerben|voir\ l['’]offre|postuler.*|en\ savoir\ plus
    |ver\ (empleo|oferta|vaga|vacante)|solicitar|inscribirse|candidatar.*|vedi\ offerta|candidati.*|bekijk\ vacature
    |查看职位|立即申请|easily\ apply|promoted|(this\ company\ is\ )?actively\ (recruiting|hiring)|fast\ growing
    |be\ an\ early\ applicant|top\ applicant|your\ profile\ matches.*|\d+\+?\ (school|company)?\ ?(alum|connection).*
    |\d+\+?\ (applicants?|people).*|(responsive|urgently|multiple)\ (employer|hiring|candidates).*
    |(posted\ )?(\d+\+?\ ?\w+\ ago|today|just\ now)|yesterday|just\ posted|\d{1,2}\+?\ ?[hdw]|[\d.,]+\ ?★?|\W+
    |employer\ est\.?|estimated\ pay|unsubscribe|flag\ as\ irrelevant|(job|salary|pay|anstellungsart)|job\ description
    |stellenbeschreibung)""",
    re.IGNORECASE | re.VERBOSE,
)
HEADER = re.compile(  # how an alert begins
    r"(your |ihre? |votre |tu |sua )?(job|stellen)[ -]?(alert|alarm|benachrichtigung)|.{0,40}\bnew jobs?\b"
    r"|jobs? (similar|based|in|for) |recommended |(hi|hello|hallo|bonjour|hola|dear) \S+.{0,40},?$|here are ",
    re.IGNORECASE,
)
FOOTER = re.compile(  # what a mail links to besides jobs
    r"unsubscribe|privacy|terms|settings|preferences|help cent|contact|©|\bview (all|more)|see (all|more)|manage"
    r"|datenschutz|impressum|abmelden|désabonner|confidentialité|desuscrib|privacidad|bad match|download|app store",
    re.IGNORECASE,
)
INLINE = re.compile(
    r"^\s*(view|see|show|apply|job ansehen|job anzeigen|voir|ver)\b[^:<(]{0,20}[:<(]?|check out the job at", re.I
)
SENTENCE = re.compile(
    r"job for an? (?P<title>.{3,120}?) at (?P<company>.{2,80}?) in (?P<location>.{2,80}?) (?:paying|would be)", re.I
)
BETWEEN = re.compile(r"\s+[·•|]\s+|\s+[–—-]\s+")  # what stands between employer and place
ENDS = re.compile(r"\s*[\d.,]+ ?★$|[\s·•|–—-]+$")  # ratings and separators
NO_PLACE = re.compile(  # parts of a card that are neither employer nor place
    r""".*[$€£¥₹]\ ?\d.*|.*\d\ ?[kK]?(/|\ per\ |\ an?\ )(hr|hour|yr|year|month|mo|week)\b.*
    |(full|part)[ -]?time
    |vollzeit|teilzeit|temps\ (plein|partiel)|internship|intern|contract
    |temporary|permanent|paid|unpaid|estimated.*|\(|\)""",
    re.IGNORECASE | re.VERBOSE,
)
ROLE = re.compile(
    r"\b(intern(ship)?|engineer|scientist|analyst|developer|research\w*|assistant|manager|trainee|praktik\w+|stage"
    r"|stagiaire|werkstudent\w*|student|thesis|fellow|associate|specialist|consultant|architect|lead)\b",
    re.IGNORECASE,
)


def said_in(lines: Iterable[str]) -> list[str]:
    """Employer, place and whatever follows, from the lines after a title."""
    parts = (ENDS.sub("", part).strip() for line in lines for part in BETWEEN.split(line[:LONGEST]))
    return [part for part in parts if part and not NO_PLACE.fullmatch(part) and not NOISE.fullmatch(part)]


def title_first(lines: list[str]) -> bool:
    """Whether the first of two lines is the title, where a site's mails have it either way."""
    return len(lines) > 1 and bool(ROLE.search(lines[0])) and not ROLE.search(lines[1])
