"""What a link to a posting proves: the platform and the platform's own id of the job.

A link is read by the rules of config/vocabulary/job_links.yaml and never followed. Two links with one key are
one job; two keys of one namespace are two jobs, but on sites that list other people's jobs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
LOCALE = re.compile(r"^/(?:[a-z]{2}(?:[-_][a-z]{2})?|global/en|intl/[a-z]{2})(?=/)")
TAIL = re.compile(r"/(?:apply|apply-now|application|job|login|detail|details)?/*$")
# Segments of a path that are an id, surest first: whole, before a slug, or a slug that ends in one.
IDS = (
    re.compile(rf"(?P<id>{UUID}|[0-9a-f]{{24,}}|\d{{4,}}|[a-z]{{1,4}}[-_]?\d{{4,}})"),
    re.compile(r"(?P<id>(?=(?:[a-z]*\d){3})[a-z0-9]{6,})"),
    re.compile(rf"(?P<id>{UUID}|\d{{5,}}|[a-z]{{1,4}}-?\d{{5,}})-.*"),
    re.compile(r"(?P<id>\d{4})-[a-z].*"),
    re.compile(rf".*[-_](?P<id>{UUID}|\d{{6,}})"),
    re.compile(r"(?P<id>(?=(?:[^\d]*\d){3})[\w.,-]+)"),
)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
WORDS = re.compile(r"[a-z]+")


class JobKey(NamedTuple):
    """One job on one platform."""

    namespace: str
    id: str


class Rule(NamedTuple):
    """Where a platform's links carry its job id."""

    platform: str
    tenant: bool  # the first label of the host counts its own ids
    path: re.Pattern[str] | None
    parameter: str | None


class JobLinks:
    """The rules of job_links.yaml, ready to read links by."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._parameters: Mapping[str, str] = rules.get("parameters", {})
        self._job_parameters: tuple[str, ...] = tuple(rules.get("job_parameters", ()))
        self._lists = frozenset(rules.get("lists_of_others", ()))
        self._rules: dict[str, list[Rule]] = {}
        for entry in rules.get("platforms", ()):
            path = re.compile(entry["path"].replace("{uuid}", UUID)) if "path" in entry else None
            rule = Rule(entry["platform"], entry.get("tenant", False), path, entry.get("parameter"))
            for host in entry["hosts"]:
                self._rules.setdefault(host, []).append(rule)
        self._proofs: dict[str, bool] = {}

    def key(self, url: str | None) -> JobKey | None:
        """The job a link names, or None where it names none (a careers page, a search)."""
        host, path, query, fragment = split(url or "")
        if not host:
            return None
        parameters = dict(parse_qsl(query)) if query else {}
        if parameters:
            for parameter, platform in self._parameters.items():
                if value := parameters.get(parameter, "").strip():
                    return JobKey(platform, value.upper())
        if "%" in path:
            path = unquote(path)
        for rule in self._rules_of(host):
            if found := _by_rule(rule, host, path, parameters):
                return found
        for value in parameters.values():  # a link that leads to another one
            if value.startswith(("http://", "https://")) and (found := self.key(value)):
                return found
        return self._by_page(host, path, parameters) or (
            self._by_page(host, fragment.strip("!"), {}) if "/" in fragment else None
        )

    def proves_difference(self, key: JobKey) -> bool:
        """Whether another id of the namespace is another job; not so on sites that list other people's jobs."""
        proves = self._proofs.get(key.namespace)
        if proves is None:
            labels = key.namespace.split(".")
            proves = not any(".".join(labels[start:]) in self._lists for start in range(len(labels)))
            self._proofs[key.namespace] = proves
        return proves

    def _rules_of(self, host: str) -> list[Rule]:
        labels = host.rsplit(".", 3)
        short = ".".join(labels[-2:])
        return self._rules.get(short) or self._rules.get(".".join(labels[-3:])) or []

    def _by_page(self, host: str, path: str, parameters: Mapping[str, str]) -> JobKey | None:
        """Any other site: a parameter that names a job, else the segment of the path that is most like an id."""
        for name in self._job_parameters:
            value = parameters.get(name, "")
            if any(letter.isdigit() for letter in value):
                return JobKey(host, value)
        segments = TAIL.sub("", LOCALE.sub("", path)).strip("/").split("/")
        for rule in IDS:
            for segment in reversed(segments):
                found = rule.fullmatch(segment)
                if found and _is_id(found["id"]):
                    return JobKey(host, found["id"])
        return None


def _is_id(text: str) -> bool:
    """Whether digits that are no year are in it."""
    if text.isdigit():
        return not YEAR.fullmatch(text)
    return sum(letter.isdigit() for letter in YEAR.sub("", text)) >= 3


def _by_rule(rule: Rule, host: str, path: str, parameters: Mapping[str, str]) -> JobKey | None:
    found = rule.path.search(path) if rule.path else None
    if rule.path and not found:
        return None
    value = parameters.get(rule.parameter) if rule.parameter else found and found["id"]
    if not value:
        return None
    tenant = host.split(".", 1)[0] if rule.tenant else found and found.groupdict().get("tenant")
    return JobKey(f"{rule.platform}:{tenant}" if tenant else rule.platform, value.upper())


def split(url: str) -> tuple[str, str, str, str]:
    """Host without `www.`, path, query and fragment of a link, in small letters; all "" where it is none.

    What urllib.parse.urlsplit finds of http links, in a fifth of the time: there are links by the hundred thousand.
    """
    scheme, _, rest = url.strip().lower().partition("://")
    if scheme not in ("http", "https"):
        return "", "", "", ""
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    host = host.rpartition("@")[2].partition(":")[0]
    return host.removeprefix("www."), slash + path, query, fragment


def page(url: str | None) -> str:
    """Host and path of a link to one page of several words, without campaign parameters; "" for any other.

    The same page is evidence for one job and no proof: several jobs may share a page that tells of them all.
    """
    host, path, *_ = split(url or "")
    path = LOCALE.sub("", path).rstrip("/")
    return host + path if len(WORDS.findall(path.rsplit("/", 1)[-1])) >= 3 else ""
