"""Which titles can be internships: decides what is worth a request of its own, and nothing else.

Wide on purpose: a false yes costs one request, a false no loses a posting's text.
"""

from __future__ import annotations

import re

_INTERNSHIP = re.compile(
    r"""\b(intern(ship)?s?|co-?op|placement|trainee(ship)?|apprentice\w*|stage|stagiaire|alternan\w+
    |praktik\w*|werkstudent\w*|studentische\w*|working\ student|student|thesis|abschlussarbeit\w*
    |masterarbeit\w*|bachelorarbeit\w*|diplomarbeit\w*|fellow(ship)?|residen(t|cy)|summer|undergraduate
    |graduate|pr[aá]ctic\w+|becari[oa]|pasant\w+|tirocin\w+|stag[ei]air\w*|est[aá]gi\w+|praktyk\w*|harjoittelija
    |praktikant\w*|university|campus|early\ career|PEY|off-?cycle)\b|インターン|实习|實習|인턴""",
    re.IGNORECASE | re.VERBOSE,
)


def may_be_internship(title: str) -> bool:
    """Whether a posting of this title can be an internship."""
    return _INTERNSHIP.search(title) is not None
