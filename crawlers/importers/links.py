"""Links of alerts and saved pages: tracking removed, wrappers opened, the job number read. Never fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from crawlers.fields import Unreadable, url

TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|gclid|fbclid|msclkid|igshid|trk\w*|tracking_?id|ref_?(id|src)?|src|source|gh_src"
    r"|lever-(source|origin)",
    re.IGNORECASE,
)
WRAPPED = ("url", "q", "u", "target", "redirect")  # parameters in which a wrapper carries the link itself
WRAPPERS = re.compile(r"(www\.)?google\.[a-z.]+/url|[^/]*safelinks\.protection\.outlook\.com/|[^/]*/redirect", re.I)
DEEPEST = 3  # wrappers within wrappers


@dataclass(frozen=True, slots=True)
class Site:
    """How a site that sends job alerts names a job, and in which order its mails say things."""

    name: str
    host: re.Pattern[str]
    job: re.Pattern[str]  # in path?query; the group `id`
    page: str | None  # the page a person opens, without tracking; None: the link as cleaned
    company_first: bool = False  # its cards name the employer above the title


def _site(name: str, host: str, job: str, page: str | None, company_first: bool = False) -> Site:
    rule = re.compile(rf"(?:[\w-]+\.)*{host}")
    return Site(name, rule, re.compile(job, re.IGNORECASE), page, company_first)


SITES = (
    _site("linkedin", r"linkedin\.com", r"/jobs/view/(?:[^/?]*-)?(?P<id>\d{6,})", "https://www.linkedin.com/jobs/view/{id}/"),
    _site("indeed", r"indeed\.(?:com|[a-z]{2}|co\.[a-z]{2})", r"[?&]v?jk=(?P<id>[0-9a-f]{8,})", "https://{host}/viewjob?jk={id}"),
    _site("glassdoor", r"glassdoor\.(?:com|[a-z]{2}|co\.[a-z]{2})", r"[?&](?:jl|jobListingId)=(?P<id>\d{5,})",
          "https://{host}/job-listing/?jl={id}", True),
    _site("ziprecruiter", r"ziprecruiter\.(?:com|co\.uk)",
          r"[?&]jid=(?P<id>\w{8,})|/(?:ekm|km|jobs)/(?P<key>[\w-]{8,})", None),
    _site("handshake", r"joinhandshake\.com", r"/(?:jobs|job-search)/(?P<id>\d{4,})",
          "https://app.joinhandshake.com/jobs/{id}", True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A cleaned link. `job`: the site's number of the job, where the link names one."""

    url: str
    site: Site | None = None
    job: str | None = None


def link(text: str) -> Link:
    """The link without its wrappers and tracking. Raises Unreadable where it is no web address."""
    parts = urlsplit(_address(text))
    for _ in range(DEEPEST):
        if not WRAPPERS.match(f"{parts.hostname}{parts.path}"):
            break
        inner = parse_qs(parts.query)
        within = next((inner[name][0] for name in WRAPPED if inner.get(name, [""])[0].startswith("http")), None)
        if within is None:
            break
        parts = urlsplit(_address(within))
    host = (parts.hostname or "").lower()
    site = next((one for one in SITES if one.host.fullmatch(host)), None)
    query = urlencode([pair for pair in parse_qsl(parts.query) if not TRACKING.fullmatch(pair[0])], quote_via=quote)
    cleaned = urlunsplit((parts.scheme.lower(), host, parts.path, query, ""))
    named = site.job.search(f"{parts.path}?{parts.query}") if site else None
    if not (site and named):
        return Link(cleaned, site)
    job = next(value for value in named.groups() if value)
    return Link(site.page.format(id=job, host=host) if site.page else cleaned, site, job)


def words(address: str) -> str | None:
    """The words of the last part of a path that has some: `/jobs/ml-intern-lyon` -> `ml intern lyon`."""
    for part in reversed(urlsplit(address).path.split("/")):
        found = re.findall(r"[^\W\d_]{2,}", unquote(part))
        if len(found) > 1 and not re.fullmatch(r"[0-9a-f-]{32,}", part):
            return " ".join(found)
    return None


def _address(text: str) -> str:
    found = url({"link": text}, "link") if isinstance(text, str) else None
    if found is None or not urlsplit(found).hostname:
        raise Unreadable("no link")
    return found
