"""Links of alerts and saved pages: tracking removed, wrappers opened, the job number read. Never fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from crawlers.fields import Unreadable, url

TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|gclid|fbclid|msclkid|igshid|trk\w*|tracking_?id|ref_?(id|src)?|src|source|gh_src"
    r"|lever-(source|origin)",
    re.IGNORECASE,
)
WRAPPED = ("url", "q", "u", "target", "redirect")  # parameters in which a wrapper carries the link itself
MOST_PACKED = 20_000  # bytes
WRAPPERS = re.compile(
    r"(www\.)?google\.[a-z.]+/url|cts\.indeed\.com/v\d/|[^/]*safelinks\.protection\.outlook\.com/|[^/]*/redirect", re.I
)
DEEPEST = 3  # wrappers within wrappers


@dataclass(frozen=True, slots=True)
class Site:
    """How a site that sends job alerts names a job, and in which order its mails say things."""

    name: str
    host: re.Pattern[str]
    job: re.Pattern[str]  # in path?query; the group `id`
    page: str | None  # the page a person opens, without tracking; None: the link as cleaned
    company_first: bool = False  # its cards name the employer above the title
    opaque: re.Pattern[str] | None = None  # host/path of its links that say nothing of where they lead


def _site(
    name: str, host: str, job: str, page: str | None, company_first: bool = False, *, opaque: str | None = None
) -> Site:
    rule, hidden = re.compile(rf"(?:[\w-]+\.)*{host}"), re.compile(opaque) if opaque else None
    return Site(name, rule, re.compile(job, re.IGNORECASE), page, company_first, hidden)


SITES = (
    _site("linkedin", r"linkedin\.com", r"/jobs/view/(?:[^/?]*-)?(?P<id>\d{6,})", "https://www.linkedin.com/jobs/view/{id}/"),
    _site("indeed", r"indeed\.(?:com|[a-z]{2}|co\.[a-z]{2})",
          r"[?&]v?jk=(?P<id>[0-9a-f]{8,})|/(?:pagead|rc)/clk.*?[?&]jrtk=(?P<key>[\w-]{8,})"
          r"|/(?:pagead|rc)/clk.*?[?&]ad=(?P<ad>[\w-]{6,})",
          "https://{host}/viewjob?jk={id}", opaque=r"(?:cts|engage)\."),
    _site("glassdoor", r"glassdoor\.(?:com|[a-z]{2}|co\.[a-z]{2})", r"[?&](?:jl|jobListingId)=(?P<id>\d{5,})",
          "https://{host}/job-listing/?jl={id}", True),
    _site("ziprecruiter", r"ziprecruiter\.(?:com|co\.uk)",
          r"[?&]jid=(?P<id>\w{8,})|/(?:ekm|km|jobs)/(?P<key>[\w-]{8,})", None),
    _site("handshake", r"joinhandshake\.com", r"/(?:jobs|job-search)/(?P<id>\d{4,})",
          "https://app.joinhandshake.com/jobs/{id}", True, opaque=r"(?:email|links?)\.\S*/c/"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """A cleaned link. `job`: the site's number of the job, where the link names one."""

    url: str
    site: Site | None = None
    job: str | None = None
    opaque: bool = False  # a link that may lead to a job, or to anything else that a mail links to


def link(text: str) -> Link:
    """The link without its wrappers and tracking. Raises Unreadable where it is no web address."""
    parts = urlsplit(_address(text))
    for _ in range(DEEPEST):
        if not WRAPPERS.match(f"{parts.hostname}{parts.path}"):
            break
        inner = parse_qs(parts.query)
        within = packed(parts.path) or next(
            (inner[name][0] for name in WRAPPED if inner.get(name, [""])[0].startswith("http")), None
        )
        if within is None:
            break
        parts = urlsplit(_address(within))
    host = (parts.hostname or "").lower()
    site = next((one for one in SITES if one.host.fullmatch(host)), None)
    query = urlencode([pair for pair in parse_qsl(parts.query) if not TRACKING.fullmatch(pair[0])], quote_via=quote)
    cleaned = urlunsplit((parts.scheme.lower(), host, parts.path, query, ""))
    named = site.job.search(f"{parts.path}?{parts.query}") if site else None
    if site and named:
        job = next(value for value in named.groups() if value)
        page = site.page if site.page and named.groupdict().get("id") else None
        return Link(page.format(id=job, host=host) if page else cleaned, site, job)
    if site and site.opaque and site.opaque.match(f"{host}{parts.path}") and parts.path.strip("/"):
        return Link(cleaned, site, hashlib.sha256(cleaned.encode()).hexdigest()[:20], opaque=True)
    return Link(cleaned, site)


def packed(path: str) -> str | None:
    """The address within a link of Indeed's mails: JSON, packed by gzip, in a segment of the path; else None."""
    token = next((part for part in path.split("/") if part.startswith("H4sI")), "")
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        said = json.loads(zlib.decompressobj(wbits=31).decompress(raw, MOST_PACKED)) if raw else {}
    except (ValueError, zlib.error, RecursionError):
        return None
    address = said.get("u") if isinstance(said, dict) else None
    return address if isinstance(address, str) and address.startswith("http") else None


def _address(text: str) -> str:
    found = url({"link": text}, "link") if isinstance(text, str) else None
    if found is None or not urlsplit(found).hostname:
        raise Unreadable("no link")
    return found
