"""What a link to a posting proves: the platform and the platform's own id of the job.

A link is read by rule and never followed. Two links with one key are one job; two keys of one namespace are
two jobs. Addresses and ids are those of each platform's public documentation and pages.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

# Job ids that employers' own pages carry as a parameter.
PARAMETERS = {"gh_jid": "greenhouse", "ashby_jid": "ashby", "lever_jid": "lever"}

# (namespace, host, path): the group `id` is the job; the group `tenant`, where there is one, is part of the
# namespace because the ids count anew for every employer.
RULES = tuple(
    (namespace, re.compile(rf"(?:[^/]*\.)?{host}$"), re.compile(path))
    for namespace, host, path in (
        ("greenhouse", r"(?:job-)?boards(?:-api)?(?:\.eu)?\.greenhouse\.io", r"/jobs/(?P<id>\d+)"),
        ("greenhouse", r"grnh\.se", r"/(?P<id>[0-9a-z]{8,})$"),
        ("lever", r"(?:jobs|api)(?:\.eu)?\.lever\.co", rf"/(?P<id>{UUID})"),
        ("ashby", r"(?:jobs\.ashbyhq\.com|api\.ashbyhq\.com)", rf"/(?P<id>{UUID})"),
        ("smartrecruiters", r"smartrecruiters\.com", rf"/(?:[^/]+/)*(?P<id>\d{{9,}}|{UUID})"),
        ("workday", r"(?P<tenant>[^./]+)\.wd\d+\.myworkdayjobs(?:-impl)?\.com",
         r"_(?P<id>(?=[^_/]*\d)[^_/]+?)(?:-\d{1,2})?(?:/apply.*)?$"),
        ("workable", r"workable\.com", r"/j/(?P<id>[0-9a-z]{8,})"),
        ("icims", r"(?P<tenant>[^/]+)\.icims\.com", r"/jobs/(?P<id>\d+)"),
        ("oracle", r"(?P<tenant>[^/]+)\.oraclecloud\.com", r"/(?:job|requisitions/preview)/(?P<id>[\w-]+)"),
        ("recruitee", r"(?P<tenant>[^./]+)\.recruitee\.com", r"/o/(?P<id>[^/]+)"),
        ("teamtailor", r"(?P<tenant>[^/]+)\.teamtailor\.com", r"/jobs/(?P<id>\d+)"),
        ("personio", r"(?P<tenant>[^./]+)\.jobs\.personio\.(?:de|com)", r"/job/(?P<id>\d+)"),
        ("bamboohr", r"(?P<tenant>[^./]+)\.bamboohr\.com", r"/(?:careers|jobs)/(?P<id>\d+)"),
        ("rippling", r"ats\.rippling\.com", rf"/jobs/(?P<id>{UUID})"),
        ("jobvite", r"jobs\.jobvite\.com", r"/job/(?P<id>[0-9a-z]+)"),
        ("breezy", r"(?P<tenant>[^./]+)\.breezy\.hr", r"/p/(?P<id>[0-9a-f]{8,})"),
        ("jazzhr", r"applytojob\.com", r"/apply/(?P<id>[0-9a-z]{8,})"),
        ("pinpoint", r"(?P<tenant>[^./]+)\.pinpointhq\.com", rf"/postings/(?P<id>{UUID})"),
        ("paylocity", r"recruiting\.paylocity\.com", r"/details/(?P<id>\d+)"),
        ("linkedin", r"linkedin\.com", r"/jobs/view/(?:[^/]*-)?(?P<id>\d{6,})"),
        ("amazon", r"amazon\.jobs", r"/jobs/(?P<id>\d+)"),
        ("microsoft", r"(?:jobs\.careers|apply\.careers)\.microsoft\.com", r"/job/(?P<id>\d+)"),
        ("usajobs", r"usajobs\.gov", r"/job/(?P<id>\d+)"),
    )
)  # fmt: skip
# Parameters that name the job on a page whose path does not.
JOB_PARAMETERS = (
    "pid", "jk", "jobid", "job_id", "jid", "requisitionid", "reqid", "req", "rid", "job", "position", "jobcode", "id",
)  # fmt: skip
# Sites that list other people's jobs: one id is one job, but two ids prove nothing.
LISTS = (
    "linkedin", "indeed.com", "glassdoor.com", "bit.ly",
    "remotejobs.org", "themuse.com", "arbeitnow.com", "jobicy.com", "remotive.com", "remoteok.com", "himalayas.app",
    "weworkremotely.com", "adzuna.com", "wellfound.com", "news.ycombinator.com", "joinhandshake.com", "dice.com",
    "ziprecruiter.com", "monster.com", "google.com", "lensa.com", "jobright.ai", "reed.co.uk",
)  # fmt: skip
LOCALE = re.compile(r"^/(?:[a-z]{2}(?:[-_][a-z]{2})?|global/en|intl/[a-z]{2})(?=/)")
TAIL = re.compile(r"/(?:apply|apply-now|application|job|login)?/*$")
NUMBER = re.compile(rf"(?P<id>{UUID}|\d{{4,}}|[a-z]{{1,4}}-?\d{{4,}})(?:-[a-z].*)?")
CODED = re.compile(r"(?=(?:[^\d]*\d){3})[\w.,-]+")


class JobKey(NamedTuple):
    """One job on one platform."""

    namespace: str
    id: str


@lru_cache(maxsize=1 << 16)
def job_key(url: str | None) -> JobKey | None:
    """The job a link names, or None where it names none (a careers page, a search)."""
    try:
        parts = urlsplit((url or "").strip().lower())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host:
        return None
    parameters = dict(parse_qsl(parts.query)) if parts.query else {}
    for parameter, namespace in PARAMETERS.items():
        if value := parameters.get(parameter):
            return JobKey(namespace, value.strip().upper())
    path = unquote(parts.path)
    if "greenhouse.io" in host and "/embed/" in path and parameters.get("token"):
        return JobKey("greenhouse", parameters["token"].upper())
    for namespace, host_rule, path_rule in RULES:
        at = host_rule.match(host)
        found = at and path_rule.search(path)
        if at and found:
            tenant = at.groupdict().get("tenant")
            return JobKey(f"{namespace}:{tenant}" if tenant else namespace, found["id"].upper())
    return _by_page(host, path, parameters)


def proves_difference(key: JobKey) -> bool:
    """Whether another id of the same namespace is another job; not so on sites that list other people's jobs."""
    return not _lists_others(key.namespace)


@lru_cache(maxsize=1 << 14)
def _lists_others(namespace: str) -> bool:
    return any(namespace == site or namespace.endswith("." + site) for site in LISTS)


def _by_page(host: str, path: str, parameters: dict[str, str]) -> JobKey | None:
    """Any other site: a parameter that names a job, else the last numbered segment of the path."""
    for name in JOB_PARAMETERS:
        if any(letter.isdigit() for letter in parameters.get(name, "")):
            return JobKey(host, parameters[name])
    segments = TAIL.sub("", LOCALE.sub("", path)).strip("/").split("/")
    for rule in (NUMBER, CODED):
        for segment in reversed(segments):
            if found := rule.fullmatch(segment):
                return JobKey(host, found.groupdict().get("id") or segment)
    return None
