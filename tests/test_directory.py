"""The directory of boards: an address becomes a line, and what stood there stays."""

from __future__ import annotations

import json
import re
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.board_addresses import shown
from pipeline.cli import main
from pipeline.commands.adding import with_line
from pipeline.commands.candidates import Candidates
from pipeline.commands.directory import sample
from pipeline.commands.seeking import slugs
from pipeline.commands.session import Session
from pipeline.config import denied, load_boards, load_platforms
from pipeline.models import Board, Candidate
from pipeline.store import Store
from tests.conftest import ROOT

PLATFORMS = load_platforms(ROOT / "config/platforms.yaml")


@pytest.mark.parametrize(
    ("address", "board"),
    [
        ("https://boards.greenhouse.io/mottle", "greenhouse/mottle"),
        ("https://job-boards.greenhouse.io/mottle/jobs/123?gh_src=x", "greenhouse/mottle"),
        ("boards.greenhouse.io/embed/job_board?for=mottle", "greenhouse/mottle"),
        ("https://boards-api.greenhouse.io/v1/boards/mottle/jobs", "greenhouse/mottle"),
        ("https://job-boards.eu.greenhouse.io/mottle/", "greenhouse-eu/mottle"),
        ("https://jobs.lever.co/Mottle-2/5b1e8a0c/apply", "lever/Mottle-2"),
        ("https://jobs.eu.lever.co/mottle", "lever-eu/mottle"),
        ("https://jobs.ashbyhq.com/Two%20Words/1234", "ashby/Two Words"),
        ("https://mottle.jobs.personio.de/job/1", "personio/mottle"),
        ("https://mottle.recruitee.com/o/intern", "recruitee/mottle"),
        ("https://mottle.teamtailor.com", "teamtailor/mottle"),
        ("https://apply.workable.com/mottle/j/ABC/", "workable/mottle"),
        ("https://ats.rippling.com/mottle/jobs", "rippling/mottle"),
        ("https://mottle.applytojob.com/apply", "jazzhr/mottle"),
        ("job-boards.eu.greenhouse.io/embed/job_app?for=mottle&token=1", "greenhouse-eu/mottle"),
        ("https://careers.mottle.co.uk/open?gh_jid=4100", "greenhouse/mottle"),
        ("https://www.mottle.example/jobs/1?ashby_jid=5b1e", "ashby/mottle"),
        ("https://careers.mottle.com/job/Bern-Intern/7?ats=successfactors", "successfactors/mottle"),
        ("https://mottle.wd5.myworkdayjobs.com/en-US/Students/job/Bern/ML-Intern_R7", "workday/mottle/Students"),
        ("https://mottle.wd5.myworkdayjobs.com/Students", "workday/mottle/Students"),
        ("https://mottle.wd5.myworkdayjobs.com/wday/cxs/mottle/Students/jobs", "workday/mottle/Students"),
        ("https://wd1.myworkdaysite.com/en-US/recruiting/mottle/Jobs/job/Bern/Intern_R7", "workday/mottle/Jobs"),
        (
            "https://abcd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/7/?utm_medium=x",
            "oracle/abcd/CX_1",
        ),
        ("https://mottle.fa.ocs.oraclecloud.com/hcmUI/CandidateExperience/fr/sites/CX", "oracle/mottle/CX"),
        ("https://careers-mottle.icims.com/jobs/7/intern/job?mode=view", "icims/careers-mottle"),
        ("https://mottle.eightfold.ai/careers/job/7?domain=mottle.com", "eightfold/mottle"),
        ("https://jobs.smartrecruiters.com/Mottle1/7440-intern", "smartrecruiters/Mottle1"),
        ("https://jobs.smartrecruiters.com/oneclick-ui/company/Mottle1/publication/7", "smartrecruiters/Mottle1"),
        ("https://mottle.na.teamtailor.com/jobs/7-intern", "teamtailor/mottle.na"),
        ("https://ats.rippling.com/en-GB/mottle-careers/jobs/7", "rippling/mottle-careers"),
        ("https://mottle.breezy.hr/p/7-intern", "breezy/mottle"),
        ("https://mottle.bamboohr.com/jobs/view.php?id=7", "bamboohr/mottle"),
        ("https://mottle.pinpointhq.com/en/postings/7", "pinpoint/mottle"),
        ("https://jobs.gem.com/mottle/7", "gem/mottle"),
        ("https://www.ycombinator.com/companies/mottle/jobs/7-intern", "ycjobs/mottle"),
        ("https://www.amazon.jobs/en/jobs/7/intern", "amazon/all"),
        ("https://apply.careers.microsoft.com/careers/job/7", "microsoft/all"),
        ("https://github.com/SimplifyJobs/Summer2027-Internships", "simplify/SimplifyJobs/Summer2027-Internships"),
        ("https://apply.workable.com/j/ABC", None),
        ("https://www.recruitee.com/pricing", None),
        ("https://mottle.wd5.myworkdayjobs.com/", None),
        ("https://mottle.example/careers", None),
        ("https://boards.greenhouse.io/", None),
        ("https://jobs.lever.co.evil.example/mottle", None),
        ("not an address", None),
    ],
)
def test_an_address_names_its_board(address: str, board: str | None) -> None:
    found = shown(address, PLATFORMS)
    assert (found.board.id if found and found.board else None) == board


def test_an_address_says_what_its_platform_needs_beyond_a_name() -> None:
    addresses = (
        "https://mottle.wd5.myworkdayjobs.com/fr-CA/Students",
        "https://wd1.myworkdaysite.com/recruiting/mottle/Jobs",
        "https://mottle.eightfold.ai/careers?domain=mottle.com",
    )
    said = [found.board.options for address in addresses if (found := shown(address, PLATFORMS)) and found.board]
    assert said == [
        (("host", "mottle.wd5.myworkdayjobs.com"), ("site", "Students")),
        (("host", "wd1.myworkdaysite.com"), ("site", "Jobs"), ("tenant", "mottle")),
        (("domain", "mottle.com"),),
    ]


def test_the_platform_is_recognised_at_hundreds_of_real_addresses(shared: Path) -> None:
    """Printed: recognised and unknown, by platform."""
    addresses = sorted(set(real_addresses(shared / "listings")))
    recognised = Counter(found.platform.name if (found := shown(url, PLATFORMS)) else "unknown" for url in addresses)
    unknown = recognised.pop("unknown")
    print(f"\n{recognised.total()} of {len(addresses)} addresses recognised, {unknown} unknown")
    for platform, count in recognised.most_common():
        print(f"{platform:16} {count:5}")
    assert recognised.total() >= 1_600
    assert recognised["workday"] > 600 and recognised["greenhouse"] > 400 and recognised["icims"] > 60
    hosts = re.compile(
        r"(greenhouse\.io/(?!embed)|lever\.co|ashbyhq\.com|myworkday|icims|smartrecruiters|fa\.\w+\.oracle)"
    )
    assert not [url for url in addresses if hosts.search(url.partition("?")[0]) and not shown(url, PLATFORMS)]


def real_addresses(listings: Path) -> Iterator[str]:
    """The addresses of jobs in the lists beside the checkout."""
    for path in listings.glob("*.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        rows = content.values() if isinstance(content, dict) else content
        yield from (url for row in rows if (url := row.get("url") or "").startswith("http"))
    for path in listings.glob("*.md"):
        yield from re.findall(r'<a href="(https?://[^"]+)"><img', path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    ["# mine\nlever:\n  a: A # first\n", "greenhouse:\n  b: B", "", "lever: # more\n\n  a: A\ngreenhouse:\n  b: B\n"],
)
def test_a_line_is_added_and_the_rest_stays(tmp_path: Path, text: str) -> None:
    board = Board("lever", "odd: #1", "Mottle: “pumps” & co")
    path = tmp_path / "boards.yaml"
    path.write_text(with_line(text, board), encoding="utf-8")
    before = sum(word in text for word in ("a: A", "b: B"))
    boards = load_boards(path)
    assert board in boards and len(boards) == before + 1
    several = Board("workday", "two", "Two", (("host", "two.example"), ("site", "no: really")))
    path.write_text(with_line(path.read_text(encoding="utf-8"), several), encoding="utf-8")
    assert {board, several} <= {*load_boards(path)}
    assert all(line in path.read_text(encoding="utf-8") for line in text.splitlines())


def test_a_board_is_added_found_and_not_added_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "boards.yaml").write_text("# mine\nlever:\n  kestrel: Kestrel Grid\n")
    config = ["--config", str(tmp_path)]
    assert main(["boards", "add", "https://jobs.lever.co/mottle/1", "--company", "Mottle Ltd", *config]) == 0
    assert (tmp_path / "boards.yaml").read_text() == "# mine\nlever:\n  mottle: Mottle Ltd\n  kestrel: Kestrel Grid\n"
    assert "takes its real name" not in capsys.readouterr().err
    assert main(["boards", "add", "https://boards.greenhouse.io/fenrobotics", *config]) == 0
    said = capsys.readouterr()
    assert "added greenhouse/fenrobotics (fenrobotics)" in said.out and "takes its real name" in said.err
    assert "the first under `greenhouse:`" in said.err
    assert main(["boards", "find", "Mottle", "--offline", *config]) == 0
    assert main(["boards", "find", "motle", "--offline", *config]) == 1  # named like it: shown, and not taken for it
    assert "lever/mottle" in capsys.readouterr().out
    assert main(["boards", "add", "jobs.lever.co/mottle", *config]) == 0
    assert "already" in capsys.readouterr().out
    capsys.readouterr()
    assert main(["boards", "find", "nobody at all", "--offline", *config]) == 1


@pytest.mark.parametrize(
    ("text", "address", "said"),
    [
        ("lever: {a: A}\n", "jobs.lever.co/mottle", "is not written line by line"),
        ("lever:\n  a: A\n", "https://mottle.example", "is no board of a platform known here"),
        (
            "lever:\n  a: A\n",
            "https://mottle.example",
            "boards.greenhouse.io/NAME, jobs.lever.co/NAME, jobs.ashbyhq.com/",
        ),
        *(
            ("lever:\n  a: A\n", address, f"{address} is no board of a platform known here")
            for address in (
                "ftp://boards.greenhouse.io/mottle",
                "https://boards.greenhouse.io/../../etc",
                "https://boards.greenhouse.io/%252e%252e/jobs",
                "https://boards.greenhouse.io/embed/job_board?for=a/../b",
                "https://boards.greenhouse.io/%20",
                "https://jobs.ashbyhq.com/%00x",
                "https://jobs.ashbyhq.com/a%2Fb",
                "https://jobs.ashbyhq.com/a%5Cb",
                "https://mottle.wd5.myworkdayjobs.com/..",
            )
        ),
    ],
)
def test_what_cannot_be_added_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, address: str, said: str
) -> None:
    (tmp_path / "boards.yaml").write_text(text)
    assert main(["boards", "add", address, "--config", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["boards.yaml"]
    assert (tmp_path / "boards.yaml").read_text() == text


def test_a_board_is_added_where_a_link_leads(tmp_path: Path) -> None:
    """Who keeps the configuration elsewhere, and links it, finds the board there."""
    elsewhere, config = tmp_path / "kept.yaml", tmp_path / "config"
    elsewhere.write_text("lever:\n  kestrel: Kestrel Grid\n", encoding="utf-8")
    config.mkdir()
    (config / "boards.yaml").symlink_to(elsewhere)
    assert main(["boards", "add", "https://jobs.lever.co/mottle/1", "--config", str(config)]) == 0
    assert (config / "boards.yaml").is_symlink() and "mottle" in elsewhere.read_text(encoding="utf-8")
    assert [path.name for path in config.iterdir()] == ["boards.yaml"]


# --- platforms ----------------------------------------------------------------------------------------

SOURCES = """
    greenhouse greenhouse-eu lever lever-eu ashby smartrecruiters workable recruitee personio teamtailor bamboohr breezy
    pinpoint jazzhr rippling workday oracle icims eightfold successfactors gem getro hackernews remoteok remotive
    arbeitnow himalayas jobicy themuse workingnomads weworkremotely higheredjobs jobsacuk adzuna usajobs reed findwork
    amazon microsoft simplify speedyapply ycombinator ycjobs nsf careers linkedin indeed glassdoor handshake
    ziprecruiter wellfound google meta consider ventureloop foorilla
"""


def test_the_table_of_platforms_misses_no_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["boards", "list", "--platforms", "--plain"]) == 0
    rows = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line}
    boards = Counter(board.platform for board in load_boards(ROOT / "config/boards.yaml", PLATFORMS))
    for source in SOURCES.split():
        platform = PLATFORMS[source]
        name, policy, count = rows[source].split()[:3]
        assert (name, policy, count) == (source, platform.policy, str(boards[source]))
        assert platform.reason[:40] in rows[source]
        assert ("never read" in rows[source]) is (platform.policy == "denied")


@pytest.mark.parametrize("source", [name for name in SOURCES.split() if PLATFORMS[name].policy != "denied"])
def test_every_source_that_may_be_read_has_its_sample(source: str) -> None:
    assert sample(source, PLATFORMS[source]).startswith(source.removesuffix("-eu") + ".")


# --- what is denied -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "where"),
    [
        (["boards", "add", "https://www.linkedin.com/jobs/view/4100000001"], "err"),
        (["crawl", "--platform", "linkedin"], "err"),
        (["crawl", "--board", "linkedin/mottle"], "err"),
        (["import", "https://www.linkedin.com/jobs/view/4100000001"], "err"),
        (["boards", "find", "LinkedIn"], "out"),
    ],
)
def test_asking_for_a_denied_platform_prints_why_and_the_lawful_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], where: str
) -> None:
    assert main([*command, "--data", str(tmp_path)]) == (1 if where == "out" else 2)
    said = getattr(capsys.readouterr(), where)
    assert "linkedin is never visited" in said and "reachlist import" in said
    assert not list(tmp_path.glob("*.db"))


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://de.ziprecruiter.com/?ats=successfactors", "ziprecruiter"),
        ("https://m.wellfound.com/company/mottle?ats=careers", "wellfound"),
        ("https://www.google.com/search?q=jobs&ats=careers", "google"),
        ("https://careers.google.com/jobs", "google"),
        ("https://linkedin.com.?ats=careers", "linkedin"),
        ("https://WWW.LinkedIn.cn/jobs?ats=careers", "linkedin"),
        ("https://www.glassdoor.co.uk/Job/mottle", "glassdoor"),
        ("https://mottle.joinhandshake.co.uk", "handshake"),
    ],
)
def test_nothing_below_a_denied_domain_becomes_a_board(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, platform: str
) -> None:
    (tmp_path / "boards.yaml").write_text("lever:\n  a: A\n")
    assert main(["boards", "add", address, "--config", str(tmp_path)]) == 2
    assert f"{platform} is never visited: {PLATFORMS[platform].reason}" in capsys.readouterr().err
    assert (tmp_path / "boards.yaml").read_text() == "lever:\n  a: A\n"


@pytest.mark.parametrize("ats", ["linkedin", "greenhouse", "nobody"])
def test_only_a_platform_read_at_the_employers_own_host_is_added_by_its_name(ats: str) -> None:
    assert shown(f"https://mottle.example/jobs?ats={ats}", PLATFORMS) is None


@pytest.mark.parametrize("host", ["notlinkedin.com", "indeed.example.com", "google.breezy.hr", "jobs.example.com"])
def test_a_name_within_another_name_is_not_denied(host: str) -> None:
    assert denied(host, PLATFORMS) is None


def test_a_link_to_import_is_refused_with_the_way_to_have_its_board_visited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "https://jobs.lever.co/mottle/1", "--data", str(tmp_path)]) == 2
    assert "no link is followed" in (said := capsys.readouterr().err)
    assert "reachlist boards add https://jobs.lever.co/mottle/1" in said


# --- candidates, and boards that are sought -----------------------------------------------------------


def world(folder: Path, *answers: tuple[str, object]) -> list[str]:
    """A recorded world of JSON answers."""
    entries = []
    for number, (url, answer) in enumerate(answers):
        (folder / f"{number}.json").write_text(json.dumps(answer), encoding="utf-8")
        headers = {"content-type": "application/json"}
        entries.append({"url": url, "status": 200, "headers": headers, "body": f"{number}.json"})
    (folder / "world.json").write_text(json.dumps(entries), encoding="utf-8")
    return ["--replay", str(folder)]


def test_boards_behind_the_links_of_a_list_become_candidates_and_then_boards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"active": True, "is_visible": True, "date_posted": 1_793_000_000, "date_updated": 1_793_000_000}
    links = ("https://jobs.ashbyhq.com/Two%20Words/1", "https://mottle.wd5.myworkdayjobs.com/en-US/Students/job/X_1")
    rows = [row | {"id": str(n), "title": "ML Intern", "company_name": f"Employer {n}", "url": url}
            for n, url in enumerate(links)]  # fmt: skip
    listings = "https://raw.githubusercontent.com/SimplifyJobs/List/dev/.github/scripts/listings.json"
    (tmp_path / "boards.yaml").write_text("# mine\nsimplify:\n  SimplifyJobs/List: A list\n")
    replay = world(tmp_path, (listings, rows))
    place = ["--config", str(tmp_path), "--data", str(tmp_path), "--plain"]
    main(["crawl", *replay, *place])
    capsys.readouterr()
    assert main(["boards", *place]) == 0
    shown_rows = [
        line.split() for line in capsys.readouterr().out.splitlines() if "simplify/SimplifyJobs/List" in line
    ][1:]
    assert [(cells[0], cells[-1]) for cells in shown_rows] == [
        ("ashby/Two", "simplify/SimplifyJobs/List"),
        ("workday/mottle/Students", "simplify/SimplifyJobs/List"),
    ]
    assert main(["boards", "add", "workday/mottle/Students", *place]) == 0
    assert main(["boards", "add", "ashby/Two Words", *place]) == 0
    text = (tmp_path / "boards.yaml").read_text()
    assert (
        text.startswith("# mine\n") and "host: mottle.wd5.myworkdayjobs.com" in text and "Two Words: Employer 0" in text
    )
    capsys.readouterr()
    main(["boards", *place])
    assert "candidate" not in capsys.readouterr().out


HOSTED = [  # a line of boards.yaml under a name of one's own, an address of the same board, and one of another
    (
        "workday:\n  pumps: {company: Mottle, host: Mottle.wd5.myworkdayjobs.com, site: Students}\n",
        "https://mottle.wd5.myworkdayjobs.com/en-US/students/job/X_1",
        "https://mottle.wd5.myworkdayjobs.com/Experienced",
    ),
    (
        "workday:\n  pumps: {company: Mottle, host: wd1.myworkdaysite.com, tenant: mottle, site: Jobs}\n",
        "https://wd1.myworkdaysite.com/en-US/recruiting/mottle/Jobs/job/Bern/Intern_R7",
        "https://wd1.myworkdaysite.com/recruiting/fen/Jobs",
    ),
    (
        "oracle:\n  pumps: {company: Mottle, host: abcd.fa.us2.oraclecloud.com, site: CX_1}\n",
        "https://abcd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/7",
        "https://abcd.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_2/job/7",
    ),
    (
        "successfactors:\n  pumps: {company: Mottle, host: careers.mottle.com}\n",
        "https://careers.mottle.com/job/Bern-Intern/7?ats=successfactors",
        "https://jobs.fen.com/job/Bern-Intern/7?ats=successfactors",
    ),
    ("getro:\n  pumps: {company: Mottle, collection: 99}\n", "https://api.getro.com/api/v2/collections/99/x",
     "https://api.getro.com/api/v2/collections/98"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "same", "another"), HOSTED)
def test_a_board_is_known_by_what_a_visit_asks_whatever_it_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, same: str, another: str
) -> None:
    (tmp_path / "boards.yaml").write_text(line)
    place = ["--config", str(tmp_path), "--data", str(tmp_path), "--plain"]
    boards = load_boards(tmp_path / "boards.yaml", PLATFORMS)
    candidates = Candidates(PLATFORMS, boards, "2026-11-02T08:00:00+00:00")
    for url in (same, another):
        candidates.see(url, "simplify/SimplifyJobs/List", "Mottle")
    assert [one.url for one in candidates.found.values()] == [another]
    with Store(tmp_path / "reachlist.db") as store:  # remembered before the line was written
        unknown = Candidates(PLATFORMS, (), "2026-11-02T08:00:00+00:00")
        unknown.see(same, "simplify/SimplifyJobs/List", "Mottle")
        store.remember(unknown.found.values())
    assert main(["boards", *place]) == 0
    assert "candidate" not in capsys.readouterr().out
    assert main(["boards", "add", same, *place]) == 0
    assert "pumps is in the directory already: Mottle" in capsys.readouterr().out
    assert (tmp_path / "boards.yaml").read_text() == line


def test_a_candidate_of_a_shared_store_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "shared.db") as store:
        link = "https://mottle.wd5.myworkdayjobs.com/en-US/Students/job/X_1"
        store.remember([Candidate("workday/mottle/Students", "feed/x", link, "Mottle", "2026-11-02T08:00:00+00:00")])
    monkeypatch.setattr(Session, "store", lambda session: Store(tmp_path / "shared.db"))  # as on a server
    (tmp_path / "boards.yaml").write_text("lever: {kestrel: Kestrel}\n")
    place = ["--config", str(tmp_path), "--data", str(tmp_path / "here"), "--store", "postgresql://ada@db.example/jobs"]
    assert main(["boards", "add", "workday/mottle/Students", *place]) == 0
    assert "host: mottle.wd5.myworkdayjobs.com" in (tmp_path / "boards.yaml").read_text()


def test_an_employer_is_sought_on_the_platforms_and_its_board_must_name_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def job(company: str) -> dict[str, object]:
        url = "https://boards.greenhouse.io/x/jobs/1"
        return {"id": 1, "title": "Cook", "company_name": company, "absolute_url": url, "location": {"name": "Bern"}}

    api = "https://boards-api.greenhouse.io/v1/boards"
    replay = world(
        tmp_path,
        (f"{api}/fenrobotics/jobs", {"jobs": [job("Fen Robotics, Inc.")], "meta": {"total": 1}}),
        (f"{api}/fen-robotics/jobs", {"jobs": [job("Somebody Else")], "meta": {"total": 1}}),
    )
    (tmp_path / "boards.yaml").write_text("lever:\n  kestrel: Kestrel Grid\n")
    assert main(["boards", "find", "Fen Robotics", "--config", str(tmp_path), "--plain", *replay]) == 0
    said = capsys.readouterr().out
    assert re.search(r"greenhouse/fenrobotics +1 +names it", said)
    assert re.search(r"greenhouse/fen-robotics +1 +does not name", said)
    assert "boards add boards.greenhouse.io/fenrobotics --company 'Fen Robotics'" in said
    assert main(["boards", "find", "Nobody Anywhere", "--config", str(tmp_path), *replay]) == 1


def test_where_no_platform_answers_nobody_says_there_is_no_board(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as bound:  # nobody listens there
        bound.bind(("127.0.0.1", 0))
        nobody = ["--connect-to", f"127.0.0.1:{bound.getsockname()[1]}", "--config", str(tmp_path)]
        (tmp_path / "boards.yaml").write_text("lever:\n  kestrel: Kestrel Grid\n")
        assert main(["boards", "find", "Fen Robotics", *nobody]) == 3
    said = capsys.readouterr().err
    assert "boards could not be asked: " in said and "no board that names" not in said


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("Fen Robotics GmbH", ["fenrobotics", "fen-robotics"]),
        ("Ärzte & Söhne", ["arzteandsohne", "arzte-and-sohne"]),
        ("Kestrel", ["kestrel"]),
        ("零一", []),
    ],
)
def test_the_likely_names_of_a_board(name: str, likely: list[str]) -> None:
    assert slugs(name) == likely
