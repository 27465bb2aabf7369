"""Which layers of the vocabulary are looked for together. A matter of speed alone: no reading depends on it."""

from __future__ import annotations

EVERYWHERE = frozenset({  # what readers start from, so the whole of every posting is searched for it
    "choice", "citizenship", "currency", "days", "deadline", "degree", "enrolment", "gpa", "graduation",
    "headcount", "internship_body", "month", "neighbour", "own_name", "pay_label", "period", "pool", "publication",
    "role_body", "season", "skill", "skill_other", "skill_pair", "span", "spoken", "sponsorship", "unpaid",
    "workplace", "workplace_habit", "workplace_word", "years",
})  # fmt: skip
TOGETHER = (  # what is asked of the same lines
    ("heading",),
    ("severity", "must", "softener", "skill_noun", "alternatives", "field_lead", "field_tail"),
    ("internship", "role_title"),
    ("publication_not", "publication_else"),
    ("refusal", "sponsored_work", "needed"),
    ("position", "workplace_later", "workplace_other", "workplace_visits"),
    ("demand", "status_else", "waived"),
    ("pay", "pay_else", "trainee"),
    ("stint", "starting", "ending", "finishing"),
    ("headcount_other", "headcount_self", "headcount_unit"),
    ("study", "level_said"),
)
