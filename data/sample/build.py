"""Build the sample world from source/*.md: one Markdown file per board, one `# Title` per posting.

    python data/sample/build.py [OUT_DIR]

Each file opens with YAML about the board: platform, slug, company, size; for a broken board its status, cut
or robots; for a known employer its facts. Each posting has a YAML block of what the board's own fields say,
then the text. `record` overrides raw fields of the answer, `without` removes some, `like` borrows another
posting's text; `opening` names a job that stands here more than once, and `expected` is how a careful reader
reads the posting (null: no reader gets to see it). The shapes are those of the platforms' real answers. The
same sources give the same bytes; tests/test_sample_world.py holds the committed files to that.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

import yaml
from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
MARKDOWN = MarkdownIt("commonmark", {"html": True})
JSON = "application/json; charset=utf-8"

# What a posting that says nothing on a point reads as; `expected` states the rest. Keys: the codebook's.
SAYS_NOTHING: dict[str, Any] = {
    "language": "en",
    "internship": True,
    "ml_role": "core",
    "levels_open": ["bachelor", "master", "phd"],
    "phd": None,
    "publications": None,
    "enrolled_required": False,
    "graduation": None,
    "gpa_min": None,
    "years_min": None,
    "skills_required": [],
    "sponsorship": None,
    "citizenship_required": False,
    "workplace": None,
    "pay": None,
    "unpaid": False,
    "duration_weeks": None,
    "term": None,
    "deadline": None,
    "headcount_stated": None,
}


@dataclass(frozen=True)
class Post:
    """One posting of a source file: its title, the board's fields, and its text as Markdown."""

    board: str  # platform/slug
    title: str
    fields: dict[str, Any]
    text: str

    @property
    def key(self) -> str:
        return f"{self.board}/{self.fields.get('key', self.title)}"

    @property
    def number(self) -> int:
        return 4_000_000 + int(hashlib.sha256(self.key.encode()).hexdigest(), 16) % 3_000_000

    @property
    def uuid(self) -> str:
        return str(uuid5(NAMESPACE_URL, self.key))

    @property
    def posted(self) -> datetime:
        day = datetime.combine(self.fields["posted"], datetime.min.time(), UTC)
        return day + timedelta(minutes=420 + self.number % 720)

    @property
    def locations(self) -> list[str]:
        places = self.fields.get("location", [])
        return [places] if isinstance(places, str) else places

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The text cut at its `## ` headings: (heading or "", HTML)."""
        first, *rest = re.split(r"^## (.+)$", self.text, flags=re.M)
        return [("", render(first)), *((head, render(body)) for head, body in zip(rest[::2], rest[1::2], strict=True))]


def render(markdown: str) -> str:
    return str(MARKDOWN.render(markdown)).strip()


def plain(markup: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", html.unescape(re.sub(r"<[^>]+>", "", markup))).strip()


# --- one function per platform: (slug, company, posts, records) -> (address, content type, body) --------


def greenhouse(post: Post, slug: str, company: str) -> dict[str, Any]:
    places, stamp = post.locations, (post.posted - timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%S-05:00")
    return {
        "absolute_url": f"https://job-boards.greenhouse.io/{slug}/jobs/{post.number}",
        "data_compliance": [{"type": "gdpr", "requires_consent": False, "retention_period": None}],
        "internal_job_id": post.number - 3_000_000,
        "location": {"name": "; ".join(places)},
        "metadata": None,
        "id": post.number,
        "updated_at": "2026-11-18T10:02:11-05:00",
        "requisition_id": f"R-{post.number % 9000 + 1000}",
        "title": post.title,
        "company_name": company,
        "first_published": stamp,
        "language": post.fields.get("language", "en"),
        "application_deadline": None,
        "content": html.escape(render(post.text)).replace("&#x27;", "&#39;"),
        "departments": [{"id": 1, "name": post.fields["team"], "parent_id": None, "child_ids": []}],
        "offices": [
            {"id": n, "name": place, "location": place, "parent_id": None, "child_ids": []}
            for n, place in enumerate(places, 1)
        ],
        "pay_input_ranges": [
            {
                "min_cents": round(pay["min"] * 100),
                "max_cents": round(pay["max"] * 100),
                "currency_type": pay["currency"],
                "title": {"hour": "Hourly rate", "month": "Monthly pay", "year": "Annual salary"}[pay["period"]],
                "blurb": None,
            }
            for pay in [post.fields["pay"]]
        ]
        if "pay" in post.fields
        else [],
    }


def lever(post: Post, slug: str, company: str) -> dict[str, Any]:
    host = "jobs.eu.lever.co" if post.board.startswith("lever-eu/") else "jobs.lever.co"
    (_, opening), *sections = post.sections
    lists = [(head, body) for head, body in sections if body.startswith("<ul>")]
    prose = "".join(f"<p><b>{html.escape(h)}</b></p>{body}" for h, body in sections if (h, body) not in lists)
    record: dict[str, Any] = {
        "id": post.uuid,
        "text": post.title,
        "categories": {
            "commitment": post.fields.get("commitment", "Full-time"),
            "department": post.fields.get("department", post.fields["team"]),
            "location": post.locations[0],
            "team": post.fields["team"],
            "allLocations": post.locations,
        },
        "country": post.fields.get("country"),
        "createdAt": round(post.posted.timestamp() * 1000),
        "opening": "",
        "openingPlain": "",
        "description": opening,
        "descriptionPlain": plain(opening),
        "descriptionBody": opening,
        "descriptionBodyPlain": plain(opening),
        "lists": [
            {"text": head, "content": body.removeprefix("<ul>").removesuffix("</ul>").strip()} for head, body in lists
        ],
        "additional": prose,
        "additionalPlain": plain(prose),
        "hostedUrl": f"https://{host}/{slug}/{post.uuid}",
        "applyUrl": f"https://{host}/{slug}/{post.uuid}/apply",
        "workplaceType": post.fields.get("workplace", "unspecified"),
    }
    if pay := post.fields.get("pay"):
        interval = {"hour": "per-hour-wage", "month": "per-month-salary", "year": "per-year-salary"}[pay["period"]]
        record["salaryRange"] = {key: pay[key] for key in ("currency", "min", "max")} | {"interval": interval}
    return record


def ashby(post: Post, slug: str, company: str) -> dict[str, Any]:
    body, link = render(post.text), f"https://jobs.ashbyhq.com/{quote(slug)}/{post.uuid}"
    workplace = post.fields.get("workplace")
    record: dict[str, Any] = {
        "id": post.uuid,
        "title": post.title,
        "department": post.fields.get("department", post.fields["team"]),
        "team": post.fields["team"],
        "employmentType": post.fields.get("employment", "FullTime"),
        "location": post.locations[0],
        "shouldDisplayCompensationOnJobPostings": "pay" in post.fields,
        "secondaryLocations": [{"location": p, "address": {"postalAddress": {}}} for p in post.locations[1:]],
        "publishedAt": post.posted.isoformat(timespec="milliseconds"),
        "isListed": True,
        "isRemote": None if workplace is None else workplace == "Remote",
        "workplaceType": workplace,
        "address": {"postalAddress": {"addressLocality": post.locations[0].split(",")[0]}},
        "jobUrl": link,
        "applyUrl": f"{link}/application",
        "descriptionHtml": body,
        "descriptionPlain": plain(body),
    }
    if pay := post.fields.get("pay"):
        component = {
            "compensationType": "Salary",
            "interval": f"1 {pay['period'].upper()}",
            "currencyCode": pay["currency"],
            "minValue": pay["min"],
            "maxValue": pay["max"],
        }
        record["compensation"] = {
            "compensationTierSummary": f"{pay['currency']} {pay['min']} – {pay['max']}",
            "compensationTiers": [],
            "summaryComponents": [component],
        }
    return record


def recruitee(post: Post, slug: str, company: str) -> dict[str, Any]:
    description, _, requirements = post.text.partition("\n***\n")
    workplace, stamp = post.fields.get("workplace"), post.posted.strftime("%Y-%m-%d %H:%M:%S UTC")
    link = f"https://{slug}.recruitee.com/o/{post.slug}"
    return {
        "id": post.number,
        "slug": post.slug,
        "title": post.title,
        "status": "published",
        "company_name": company,
        "department": post.fields["team"],
        "location": post.locations[0],
        "city": post.locations[0].split(",")[0],
        "country_code": post.fields.get("country"),
        "locations": [{"city": place.split(",")[0]} for place in post.locations],
        "remote": workplace == "remote",
        "hybrid": workplace == "hybrid",
        "on_site": workplace == "onsite",
        "employment_type_code": post.fields.get("employment", "fulltime_permanent"),
        "description": render(description),
        "requirements": render(requirements),
        "careers_url": link,
        "careers_apply_url": f"{link}/c/new",
        "salary": post.fields.get("pay"),
        "tags": [],
        "created_at": stamp,
        "published_at": stamp,
        "close_at": post.fields.get("closes"),
    }


def workable(post: Post, slug: str, company: str) -> dict[str, Any]:
    code = post.uuid.replace("-", "")[:10].upper()
    city, _, country = post.locations[0].partition(", ")
    return {
        "title": post.title,
        "shortcode": code,
        "code": "",
        "employment_type": post.fields.get("employment", "Full-time"),
        "telecommuting": post.fields.get("workplace") == "remote",
        "department": post.fields["team"],
        "url": f"https://apply.workable.com/j/{code}",
        "shortlink": f"https://apply.workable.com/j/{code}",
        "application_url": f"https://apply.workable.com/j/{code}/apply",
        "published_on": post.posted.date().isoformat(),
        "created_at": post.posted.date().isoformat(),
        "country": country,
        "city": city,
        "state": "",
        "locations": [{"country": country, "city": city, "region": None, "hidden": False}],
        "description": render(post.text),
    }


def personio(post: Post, slug: str, company: str) -> str:
    sections = "".join(
        f"<jobDescription><name>{escape(head)}</name><value><![CDATA[{body}]]></value></jobDescription>"
        for head, body in post.sections
        if body
    )
    return (
        f"<position><id>{post.number}</id><subcompany>{escape(company)}</subcompany>"
        f"<office>{escape(post.locations[0])}</office><department>{escape(post.fields['team'])}</department>"
        f"<recruitingCategory>Jobs</recruitingCategory><name>{escape(post.title)}</name>"
        f"<jobDescriptions>{sections}</jobDescriptions>"
        f"<employmentType>{post.fields.get('employment', 'permanent')}</employmentType>"
        f"<seniority>{post.fields.get('seniority', 'experienced')}</seniority><schedule>full-time</schedule>"
        f"<createdAt>{post.posted.isoformat()}</createdAt></position>\n"
    )


def teamtailor(post: Post, slug: str, company: str) -> str:
    places = "".join(
        f"<tt:location><tt:name>{escape(p)}</tt:name><tt:city>{escape(p.split(',')[0])}</tt:city></tt:location>"
        for p in post.locations
    )
    return (
        f"<item><title>{escape(post.title)}</title>"
        f"<link>https://{slug}.teamtailor.com/jobs/{post.number}-{post.slug}</link><guid>{post.uuid}</guid>"
        f"<pubDate>{post.posted:%a, %d %b %Y %H:%M:%S +0000}</pubDate>"
        f"<description>{escape(render(post.text))}</description>"
        f"<remoteStatus>{post.fields.get('workplace', 'none')}</remoteStatus>"
        f"<department>{escape(post.fields['team'])}</department><tt:locations>{places}</tt:locations></item>\n"
    )


def answer(platform: str, slug: str, company: str, records: list[Any]) -> tuple[str, str, str]:
    """Return the address, content type and body of one board's listing."""
    name = quote(slug)
    heading = '<?xml version="1.0" encoding="UTF-8"?>\n'
    match platform:
        case "greenhouse":
            data: Any = {"jobs": records, "meta": {"total": len(records)}}
            url = f"https://boards-api.greenhouse.io/v1/boards/{name}/jobs?content=true"
        case "lever" | "lever-eu":
            data, host = records, "api.eu.lever.co" if platform == "lever-eu" else "api.lever.co"
            url = f"https://{host}/v0/postings/{name}?mode=json&skip=0&limit=100"
        case "ashby":
            data = {"jobs": records, "apiVersion": "1"}
            url = f"https://api.ashbyhq.com/posting-api/job-board/{name}?includeCompensation=true"
        case "recruitee":
            data, url = {"offers": records}, f"https://{name}.recruitee.com/api/offers/"
        case "workable":
            data = {"name": company, "description": None, "jobs": records}
            url = f"https://apply.workable.com/api/v1/widget/accounts/{name}?details=true"
        case "personio":
            xml = f"{heading}<workzag-jobs>\n{''.join(records)}</workzag-jobs>\n"
            return f"https://{name}.jobs.personio.de/xml?language=en", "text/xml; charset=utf-8", xml
        case "teamtailor":
            xml = (
                f'{heading}<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel>'
                f"<title>{escape(company)}</title>\n{''.join(records)}</channel></rss>\n"
            )
            url = f"https://{name}.teamtailor.com/jobs.rss?offset=0&per_page=100"
            return url, "application/rss+xml; charset=utf-8", xml
        case _:
            raise ValueError(f"no answer shape for the platform {platform}")
    return url, JSON, json.dumps(data, ensure_ascii=False, indent=1) + "\n"


RECORDS: dict[str, Callable[[Post, str, str], Any]] = {
    "greenhouse": greenhouse,
    "lever": lever,
    "lever-eu": lever,
    "ashby": ashby,
    "recruitee": recruitee,
    "workable": workable,
    "personio": personio,
    "teamtailor": teamtailor,
}


# --- the source files, and what is written --------------------------------------------------------------


def read(path: Path) -> tuple[dict[str, Any], list[Post]]:
    """Return the board's YAML and its postings, in the order of the file."""
    _, front, content = path.read_text(encoding="utf-8").split("---\n", 2)
    board = yaml.safe_load(front)
    posts: list[Post] = []
    for chunk in re.split(r"^# ", content, flags=re.M)[1:]:
        title, _, rest = chunk.partition("\n")
        _, block, text = re.split(r"^```(?:yaml)?\n", rest, maxsplit=2, flags=re.M)
        fields = yaml.safe_load(block)
        if like := fields.get("like"):
            text = next(post.text for post in posts if post.title == like)
        name = f"{board['platform']}/{board['slug']}"
        posts.append(Post(name, fields.get("title", title.strip()), {"key": title.strip(), **fields}, text.strip()))
    return board, posts


def record(post: Post, board: dict[str, Any]) -> Any:
    """Return the posting as its platform would list it, with the source's own overrides."""
    made = RECORDS[board["platform"]](post, board["slug"], board["company"])
    if isinstance(made, str):
        return made
    made |= post.fields.get("record", {})
    return {key: value for key, value in made.items() if key not in post.fields.get("without", [])}


def reference(post: Post, platform: str) -> str:
    """Return the id by which the platform knows the posting."""
    if platform == "workable":
        return post.uuid.replace("-", "")[:10].upper()
    return post.uuid if platform in ("ashby", "lever", "lever-eu", "teamtailor") else str(post.number)


def described(what: str, content: Any) -> str:
    """Return a file of configuration as YAML, with a line that says where it comes from."""
    dumped = yaml.safe_dump(content, allow_unicode=True, sort_keys=True)
    return f"# The {what} of the sample world; built by build.py from source/*.md.\n{dumped}"


def build(source: Path, out: Path) -> None:
    """Write world.json, bodies/, config/ and truth.jsonl under `out`."""
    world, truth = [], []
    directory: dict[str, dict[str, str]] = {}
    facts: dict[str, dict[str, Any]] = {}
    (out / "bodies").mkdir(parents=True, exist_ok=True)
    (out / "config").mkdir(exist_ok=True)
    for path in sorted(source.glob("*.md")):
        board, posts = read(path)
        platform, slug, status = board["platform"], board["slug"], board.get("status", 200)
        directory.setdefault(platform, {})[slug] = board["company"]
        if employer := board.get("employer"):
            facts[board["company"]] = {"size": board["size"], "source": "sample world", **employer}
        url, kind, body = answer(platform, slug, board["company"], [record(post, board) for post in posts])
        if status != 200:
            kind, body = "text/html; charset=utf-8", board["body"]
        body = body[: round(len(body) * board.get("cut", 1))]
        file = f"bodies/{path.stem}.{'xml' if 'xml' in kind else 'html' if 'html' in kind else 'json'}"
        (out / file).write_text(body, encoding="utf-8", newline="\n")
        world.append({"url": url, "status": status, "headers": {"content-type": kind}, "body": file})
        if robots := board.get("robots"):
            file = f"bodies/{path.stem}-robots.txt"
            (out / file).write_text(robots, encoding="utf-8", newline="\n")
            address = "/".join(url.split("/")[:3]) + "/robots.txt"
            world.append({"url": address, "status": 200, "headers": {"content-type": "text/plain"}, "body": file})
        for post in posts:
            row = {"id": f"{platform}/{slug}/{reference(post, platform)}", "company": board["company"]}
            expected = post.fields.get("expected", {"internship": False})
            if expected is None:
                continue
            known = {**SAYS_NOTHING, "employer_size": board.get("size")} if "ml_role" in expected else {}
            same = {"opening": post.fields["opening"]} if "opening" in post.fields else {}
            truth.append({**row, "title": post.title, **same, **known, **expected})
    lines = [json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in truth]
    written = {
        "world.json": json.dumps(world, indent=1) + "\n",
        "truth.jsonl": "".join(lines),
        "config/boards.yaml": described("boards", directory),
        "config/employers.yaml": described("better-known employers", facts),
    }
    for name, text in written.items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(HERE / "source", Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
