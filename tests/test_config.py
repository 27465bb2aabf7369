"""Configuration: every setting is obeyed or refused, with its line and what was perhaps meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipeline import config, score
from pipeline.checked_yaml import Source
from pipeline.config import (
    ConfigError,
    EmployerFact,
    Platform,
    load_boards,
    load_employers,
    load_platforms,
    load_profile,
    load_vocabulary,
)
from pipeline.models import BANDS, Board, Pay, Profile, Skills, Student, Wants
from tests.conftest import ROOT

CRITERIA = [name for name, *_ in score.CRITERIA]
SKILLS = ["python", "pytorch", "c++"]
PLATFORMS = {name: Platform(name, "on", "documented") for name in ("greenhouse", "lever")}

Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str) -> Path:
        path = tmp_path / "file.yaml"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return path

    return write


def profile(path: Path) -> Profile:
    return load_profile(path, criteria=CRITERIA, skills=SKILLS)


def problems(load: Callable[[], object]) -> list[str]:
    """The faults without the folder they are in."""
    with pytest.raises(ConfigError) as caught:
        load()
    return [re.sub(r"^\S*/(?=[\w-]+\.yaml:)", "", problem) for problem in caught.value.problems]


# --- where a fault is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "student:\n  levle: bachelor\n  level: phd\n",
            ["file.yaml:2:3: unknown key 'levle'; did you mean 'level'?"],
        ),
        ("student: {level: phd}\nwnats: {}\n", ["file.yaml:2:1: unknown key 'wnats'; did you mean 'wants'?"]),
        ("student: {}\n", ["file.yaml:1:10: the key 'level' is missing"]),
        (
            "student: {level: bachelr}\n",
            ["file.yaml:1:18: \"bachelr\" is not one of bachelor, master, phd; did you mean 'bachelor'?"],
        ),
        (
            "student: {level: phd, gpa: high}\n",
            ['file.yaml:1:28: "high" is not a grade on the scale of 4 where 4 is best, or null on any other scale'],
        ),
        (
            "student: {level: phd, graduates: 2028}\n",
            ["file.yaml:1:34: 2028 is not a month to come, YYYY-MM such as 2028-06"],
        ),
        (
            "student: {level: phd}\nwants: {pay_min: {amount: 20, currency: XXX, period: hour}}\n",
            ['file.yaml:2:41: "XXX" is not a currency such as USD or EUR (ISO 4217)'],
        ),
        (
            "student: {level: phd}\nweights: {pay: 9, favourite: 3}\nwants: {favourite_employers: [Mottle]}\n",
            ["file.yaml:2:11: pay counts for nothing without wants.pay_min"],
        ),
        (
            "student: {level: phd, enrolled: no}\n",
            ['file.yaml:1:33: expected true or false, found "no"'],
        ),
        ("student: {level: phd}\nstudent: {level: phd}\n", ["file.yaml:2:1: duplicate key 'student'"]),
        ("student: {level: phd\nskills: {}\n", ["file.yaml:2:7: broken YAML: did not find expected ',' or '}'"]),
        ("student:\n\tlevel: phd\n", ["file.yaml:2:1: broken YAML: found character that cannot start any token"]),
        ("", ["file.yaml:1:1: expected a mapping (key: value), found nothing"]),
        ("- level\n", ["file.yaml:1:1: expected a mapping (key: value), found a list"]),
        ("student: {level: phd}\n# \x07\n", ["file.yaml:2:3: broken YAML: control characters are not allowed"]),
        ("student: {level: \udcff}\n", ["file.yaml:1:18: this is not UTF-8 text"]),
        (
            "student: &me {level: phd}\nwants: *me\n",
            ["file.yaml:1:10: this is used again by an alias (*name): write it out there"],
        ),
        (
            "student: {level: !env x}\n",
            ["file.yaml:1:18: the tag !env is not allowed here"],
        ),
    ],
)
def test_a_fault_is_told_with_its_place(written: Written, text: str, expected: list[str]) -> None:
    assert problems(lambda: profile(written(text))) == expected


def test_all_faults_of_a_file_are_told_at_once(written: Written) -> None:
    text = "student: {level: phd, gpa: 8.7, graduates: 2027-13}\nskills:\n  strong:\n  - pyton\n  - 7\n"
    assert problems(lambda: profile(written(text))) == [
        "file.yaml:1:28: 8.7 is not a grade on the scale of 4 where 4 is best, or null on any other scale",
        'file.yaml:1:44: "2027-13" is not a month to come, YYYY-MM such as 2028-06',
        "file.yaml:5:5: expected text, found 7; put it in quotes",
    ]


def test_all_faults_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "boards.yaml").write_text("grenhouse: {mottle: Mottle}\n")
    (tmp_path / "profile.yaml").write_text("student: {level: phd, age: 20}\n")
    found = problems(lambda: config.load(tmp_path, criteria=CRITERIA, skills=lambda vocabulary: SKILLS))
    assert found == [
        "boards.yaml:1:1: unknown platform 'grenhouse'; did you mean 'greenhouse'?",
        "profile.yaml:1:23: unknown key 'age'",
    ]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert problems(lambda: profile(tmp_path / "none.yaml")) == ["none.yaml:1:1: there is no such file"]


def test_a_byte_order_mark_is_no_fault(written: Written) -> None:
    assert profile(written("\ufeffstudent: {level: phd}\n")).student.level == "phd"


# --- the profile --------------------------------------------------------------------------------------


TODAY = date(2026, 11, 21)


def student(written: Written, words: str) -> Student:
    path = written(f"student: {{level: master, {words}}}\n")
    return load_profile(path, criteria=CRITERIA, skills=SKILLS, today=TODAY).student


@pytest.mark.parametrize("words", ["graduates: 2026-06", "enrolled: true, graduates: 2026-10"])
def test_who_is_enrolled_has_not_graduated_yet(written: Written, words: str) -> None:
    (told,) = problems(lambda: student(written, words))
    assert "is past: say `enrolled: false`, or when you finish what you study for now, such as 2027-06" in told


@pytest.mark.parametrize("words", ["graduates: 2026-11", "enrolled: false, graduates: 2026-06"])
def test_who_graduates_now_or_is_no_student_any_more_is_taken(written: Written, words: str) -> None:
    assert student(written, words).graduates in ("2026-11", "2026-06")


def test_every_key_of_the_profile_is_taken(written: Written) -> None:
    text = """
student: {level: master, enrolled: false, graduates: 2027-06, gpa: 3.5, publications: 2, years_experience: 1.5,
  may_work_in: [US, NO], citizen_of: [NO], clearance: true, languages: [en, no]}
skills: {strong: [Python], working: [c++], learning: [pytorch]}
wants: {roles: {core: 1, data: 0.5}, places: {remote: 1, Berlin: 0.9}, terms: [summer 2027, fall], unpaid: true,
  employer_sizes: {1-10: 1, 5000+: 0, unknown: 0.5}, avoid_employers: [Acme], favourite_employers: [Mottle],
  pay_min: {amount: 20, currency: EUR, period: hour}}
weights: {reach: 5}
"""
    assert profile(written(text)) == Profile(
        Student("master", False, "2027-06", 3.5, 2, 1.5, ("US", "NO"), ("NO",), True, ("en", "no")),
        Skills(("python",), ("c++",), ("pytorch",)),
        Wants(
            {"core": 1, "data": 0.5}, {"remote": 1, "Berlin": 0.9}, ("summer 2027", "fall"), True,
            {"1-10": 1, "5000+": 0, "unknown": 0.5}, ("Acme",), ("Mottle",), Pay(20, 20, "EUR", "hour"),
        ),
        {"reach": 5},
    )  # fmt: skip


def test_what_a_profile_does_not_say_has_its_default(written: Written) -> None:
    assert profile(written("student: {level: phd}\n")) == Profile(Student("phd"))


def test_the_schema_and_the_nouns_name_the_same_settings() -> None:
    schema = json.loads((ROOT / "pipeline/schemas/profile.json").read_text())["properties"]
    for part, noun in (("student", Student), ("skills", Skills), ("wants", Wants)):
        assert set(schema[part]["properties"]) == {field.name for field in fields(noun)}
    sizes = schema["wants"]["properties"]["employer_sizes"]["propertyNames"]["enum"]
    assert sizes == [*BANDS, "unknown"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weights: {reech: 1}", "file.yaml:2:11: unknown criterion 'reech'; did you mean 'reach'?"),
        ("weights: {reach: -1}", "file.yaml:2:18: -1 is too small: the least is 0"),
        ("skills: {strong: [pytoch]}", "file.yaml:2:19: no posting asks for a skill 'pytoch'; did you mean 'pytorch'?"),
        (
            "skills: {strong: [python], working: [Python]}",
            "file.yaml:2:38: 'Python' stands under strong already",
        ),
        ("wants: {roles: {cor: 1}}", "file.yaml:2:17: unknown key 'cor'; did you mean 'core'?"),
        ("wants: {terms: [autumn]}", 'file.yaml:2:17: "autumn" is not a season'),
        ("wants: {places: {remote: 2}}", "file.yaml:2:26: 2 is too large: the most is 1"),
        (
            "wants: {avoid_employers: [Acme], favourite_employers: [acme]}",
            "file.yaml:2:26: acme: both avoided and a favourite",
        ),
    ],
)
def test_a_setting_that_would_change_nothing_is_refused(written: Written, text: str, expected: str) -> None:
    (problem,) = problems(lambda: profile(written("student: {level: phd}\n" + text)))
    assert problem.startswith(expected)


@pytest.mark.parametrize("country", ["UK", "usa", "Germany"])
def test_a_country_is_a_code(written: Written, country: str) -> None:
    (problem,) = problems(lambda: profile(written(f"student: {{level: phd, may_work_in: [{country}]}}")))
    assert "country code of two capitals" in problem


def test_a_season_is_taken_with_and_without_a_capital(written: Written) -> None:
    read = profile(written("student: {level: phd}\nwants: {terms: [Summer 2027, Fall, winter]}"))
    assert read.wants.terms == ("summer 2027", "fall", "winter")


def test_weights_that_are_all_zero_rank_nothing(written: Written) -> None:
    asked = [name for name in CRITERIA if name not in ("pay", "term", "favourite")]  # the others are not asked here
    weights = ", ".join(f"{name}: 0" for name in asked)
    found = problems(lambda: profile(written(f"student: {{level: phd}}\nweights: {{{weights}}}")))
    assert found == ["file.yaml:2:10: every weight is 0: nothing would be ranked"]


def in_words(path: Path) -> Profile:
    """A profile by the shipped vocabulary."""
    known = ("python", "scikit-learn", "kubernetes")
    return load_profile(path, criteria=CRITERIA, skills=known, vocabulary=load_vocabulary(ROOT / "config/vocabulary"))


def test_another_spelling_of_a_skill_is_the_skill(written: Written) -> None:
    read = in_words(written("student: {level: phd}\nskills: {strong: [sklearn], learning: [K8s]}"))
    assert (read.skills.strong, read.skills.learning) == (("scikit-learn",), ("kubernetes",))
    twice = problems(lambda: in_words(written("student: {level: phd}\nskills: {strong: [sklearn, scikit-learn]}")))
    assert twice == ["file.yaml:2:28: 'scikit-learn' stands under strong already"]


def test_a_country_among_the_places_is_its_code(written: Written) -> None:
    read = in_words(
        written("student: {level: phd}\nwants: {places: {USA: 1, Germany: 0.9, FR: 0.8, TX: 0.7, Bern: 0.5}}")
    )
    assert read.wants.places == {"US": 1, "DE": 0.9, "FR": 0.8, "TX": 0.7, "Bern": 0.5}


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ("{ZZ: 1}", "ZZ is no code of a country or a state"),
        ('{"": 1}', "this may not be empty"),
        ("{US: 1, USA: 0.5}", "'USA' stands here twice: it is US"),
    ],
)
def test_a_place_that_would_match_nothing_is_refused(written: Written, places: str, told: str) -> None:
    (problem,) = problems(lambda: in_words(written(f"student: {{level: phd}}\nwants: {{places: {places}}}")))
    assert problem.endswith(told)


def test_the_students_profile_of_the_codebook_loads(shared: Path) -> None:
    student = load_profile(shared / "gold/student.yaml", criteria=CRITERIA, skills=())
    assert student.student.graduates == "2027-06" and student.wants.employer_sizes["5000+"] == 0.05


# --- boards -------------------------------------------------------------------------------------------


def test_any_word_can_be_a_slug_or_a_name(written: Written) -> None:
    text = """
greenhouse:
  mottle: Mottle
  "two words": 'It''s'
  three words: Drei Wörter
  42: "1910"
  1e3: "null"
  no: Yes
  true: 2026-01-01
  dotted.ai: {company: Dotted}
lever: {~: Tilde}
workday: {fen/Ext: {company: Fen, host: fen.wd5.myworkdayjobs.com, site: Ext, tenant: fen, search: ML}}
getro: {fen: {company: Fen Ventures, collection: 99}}
"""
    named = {name: Platform(name, "on", "documented") for name in ("greenhouse", "lever", "workday", "getro")}
    workday = (("host", "fen.wd5.myworkdayjobs.com"), ("search", "ML"), ("site", "Ext"), ("tenant", "fen"))
    assert load_boards(written(text), named) == (
        Board("greenhouse", "mottle", "Mottle"),
        Board("greenhouse", "two words", "It's"),
        Board("greenhouse", "three words", "Drei Wörter"),
        Board("greenhouse", "42", "1910"),
        Board("greenhouse", "1e3", "null"),
        Board("greenhouse", "no", "Yes"),
        Board("greenhouse", "true", "2026-01-01"),
        Board("greenhouse", "dotted.ai", "Dotted"),
        Board("lever", "~", "Tilde"),
        Board("workday", "fen/Ext", "Fen", workday),
        Board("getro", "fen", "Fen Ventures", (("collection", "99"),)),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grenhouse: {a: A}", "file.yaml:1:1: unknown platform 'grenhouse'; did you mean 'greenhouse'?"),
        ("greenhouse:\n  a: A\n  a: B\n", "file.yaml:3:3: duplicate key 'a'"),
        (
            "greenhouse:\n  a:\n",
            "file.yaml:2:5: nothing is not a company's name in words or quotes, or a mapping with `company`",
        ),
        ("greenhouse: [a, b]", "file.yaml:1:13: expected a mapping (key: value) or null, found a list"),
        ("greenhouse: {a: {}}", "file.yaml:1:17: the key 'company' is missing"),
        ("greenhouse: {a: ''}", "file.yaml:1:17: this may not be empty"),
        ("lever: {a: 5}", "file.yaml:1:12: 5 is not a company's name in words or quotes, or a mapping with `company`"),
        (
            "lever: {a: true}",
            "file.yaml:1:12: true is not a company's name in words or quotes, or a mapping with `company`",
        ),
        ("lever: {a: {company: 5}}", "file.yaml:1:22: expected text, found 5; put it in quotes"),
        ("lever: {'': A}", "file.yaml:1:9: '' is no board's name as its address has it"),
        ("lever: {' a': A}", "file.yaml:1:9: ' a' is no board's name as its address has it"),
        ("lever: {../a: A}", "file.yaml:1:9: '../a' is no board's name as its address has it"),
        ("lever: {a/./b: A}", "file.yaml:1:9: 'a/./b' is no board's name as its address has it"),
        ("lever: {a%2Fb: A}", "file.yaml:1:9: 'a%2Fb' is no board's name as its address has it"),
        ("lever: {a%00: A}", "file.yaml:1:9: 'a%00' is no board's name as its address has it"),
    ],
)
def test_a_fault_in_the_boards_is_told_with_its_place(written: Written, text: str, expected: str) -> None:
    assert problems(lambda: load_boards(written(text), PLATFORMS)) == [expected]


@pytest.mark.parametrize(
    ("platform", "said", "expected"),
    [
        ("greenhouse", "hots: x", "21: unknown key 'hots'; there are company"),
        ("greenhouse", "host: fen.example", "21: unknown key 'host'; there are company"),
        ("lever", "companny: A", "21: unknown key 'companny'; did you mean 'company'?"),
        ("workday", "serach: intern", "21: unknown key 'serach'; did you mean 'search'?"),
        ("careers", "sitmap: x", "21: unknown key 'sitmap'; did you mean 'sitemap'?"),
        ("careers", "host: 127.0.0.1", '27: "127.0.0.1" is not a host name such as careers.example.com'),
        ("careers", "host: www.fen.example/jobs", '27: "www.fen.example/jobs" is not a host name'),
        ("oracle", "site: 7", "27: expected text, found 7; put it in quotes"),
        ("oracle", "site: ''", "27: this may not be empty"),
        ("workday", "search: ~", "29: expected text, found nothing"),
        (
            "teamtailor",
            "feed: jobs.xml",
            '27: "jobs.xml" is not one of jobs.rss, jobs.json',
        ),
        ("hackernews", "feed: bogus", '27: "bogus" is not one of algolia, firebase'),
        ("ownplatform", "feed: x", "21: unknown key 'feed'; there are company"),
    ],
)
def test_what_a_board_may_say_is_what_its_platform_understands(
    written: Written, platform: str, said: str, expected: str
) -> None:
    text = f"{platform}:\n  fen: {{company: F, {said}}}\n"
    (problem,) = problems(lambda: load_boards(written(text)))
    assert problem.startswith(f"file.yaml:2:{expected}")


def test_the_boards_that_come_along_are_those_of_the_reference(shared: Path) -> None:
    """All 352, with names that are percent-encoded there written out; what else comes along stands elsewhere."""
    reference = Source(shared / "reference/companies.yaml", words=True).value["companies"]
    expected = {(one["platform"], unquote(one["slug"]), one["name"]) for one in reference}
    boards = load_boards(ROOT / "config/boards.yaml", load_platforms(ROOT / "config/platforms.yaml"))
    employers = {platform for platform, *_ in expected}
    assert {(b.platform, b.slug, b.company) for b in boards if b.platform in employers} == expected
    assert len(expected) == 352 and len(boards) == 386


# --- platforms, employers, vocabulary -----------------------------------------------------------------


def test_a_platform_is_read_whole(written: Written) -> None:
    text = """
adzuna: {policy: key, reason: needs a free key, hosts: [api.adzuna.com], paths: [/v1/], delay: 3.5,
  daily_budget: 250, page_size: 50, full_text: true, environment: [ADZUNA_KEY]}
lever: {policy: on, reason: documented}
"""
    assert load_platforms(written(text)) == {
        "adzuna": Platform(
            "adzuna", "key", "needs a free key", ("api.adzuna.com",), ("/v1/",), 3.5, 250, 50, True,
            ("ADZUNA_KEY",),
        ),
        "lever": Platform("lever", "on", "documented"),
    }  # fmt: skip


def test_a_platform_says_why(written: Written) -> None:
    assert problems(lambda: load_platforms(written("lever: {policy: on}"))) == [
        "file.yaml:1:8: the key 'reason' is missing"
    ]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("page_size: 7", "14: page_size of lever is 100, which its answers decide: no setting changes it"),
        ("full_text: false", "14: full_text of lever is true, which its answers decide: no setting changes it"),
        ("spider: lever", "3: unknown key 'spider'"),
        ('hosts: ["*"]', '11: "*" is not a host such as api.example.com'),
        ('hosts: [api.lever.co, "*.com"]', '25: "*.com" is not a host such as api.example.com'),
        ("hosts: [127.0.0.1]", '11: "127.0.0.1" is not a host such as api.example.com'),
        ("hosts: [api.lever.co:443]", '11: "api.lever.co:443" is not a host such as api.example.com'),
        ('hosts: ["*.linkedin.com"]', "11: linkedin.com is never asked (linkedin: its user agreement forbids"),
        ("hosts: [mine.example]", "11: mine.example is never asked (mine: my own)"),
    ],
)
def test_what_a_platform_may_not_say_is_refused_with_its_place(written: Written, entry: str, told: str) -> None:
    mine = "mine: {policy: denied, reason: my own, domains: [mine.example], hosts: [mine.example]}"
    text = f"lever:\n  policy: on\n  reason: documented\n  {entry}\n{mine}\n"
    (problem,) = problems(lambda: load_platforms(written(text)))
    assert problem.startswith(f"file.yaml:4:{told}")


def test_what_a_platform_says_of_its_answers_may_stand_as_it_came(written: Written) -> None:
    own = load_platforms(written("lever: {policy: on, reason: documented, page_size: 100, full_text: true}\n"))
    assert (own["lever"].page_size, own["lever"].full_text) == (100, True)


def test_an_employer_is_read_whole(written: Written) -> None:
    text = (
        '"3M": {size: 5000+, source: facts, website: https://3m.example, aliases: [Three M], agency: false,'
        " well_known: true, parent: null}\nNo Size: {source: a list}\n"
    )
    assert load_employers(written(text)) == (
        EmployerFact("3M", "facts", "5000+", "https://3m.example", ("Three M",), False, True, None),
        EmployerFact("No Size", "a list"),
    )


def test_a_size_is_a_band(written: Written) -> None:
    (problem,) = problems(lambda: load_employers(written("Acme: {size: 10, source: x}")))
    assert problem.startswith("file.yaml:1:14: 10 is not one of 1-10, 11-50")


def test_a_vocabulary_is_its_files(tmp_path: Path) -> None:
    (tmp_path / "skills.yaml").write_text("skill: {python: [python], go: [=Go]}\n")
    (tmp_path / "roles.yaml").write_text("internship: {no: [no]}\n")
    assert load_vocabulary(tmp_path) == {
        "roles": {"internship": {"no": ["no"]}},
        "skills": {"skill": {"python": ["python"], "go": ["=Go"]}},
    }


def test_a_vocabulary_with_faults_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("x: [1\n")
    (tmp_path / "b.yaml").write_text("skill: {}\nskill: {}\n")
    (tmp_path / "c.yaml").write_text("")
    assert problems(lambda: load_vocabulary(tmp_path)) == [
        "a.yaml:2:1: broken YAML: did not find expected ',' or ']'",
        "b.yaml:2:1: duplicate key 'skill'",
        "c.yaml:1:1: the file is empty",
    ]


@pytest.mark.parametrize(
    ("stem", "text", "expected"),
    [
        ("employers", "legal_form: [gmbh]", "1:1: unknown key 'legal_form'; did you mean 'legal_forms'?"),
        ("employers", "articles: [the, 1]", "1:17: expected text, found 1; put it in quotes"),
        ("employers", "size_by_platform: {lever: {size: 5000}}", "1:34: 5000 is not one of 1-10, 11-50"),
        ("employers", "size_by_text: [{size: 1-10, weight: 1, because: x, pattern: '('}]", '1:61: "(" is not'),
        ("same_job", "season: {fall: [autumn]}", "1:1: unknown key 'season'; did you mean 'seasons'?"),
        ("same_job", "seasons: {fall: autumn}", '1:17: expected a list, found "autumn"'),
        ("same_job", "levels: {phd: [no, 1]}", "1:20: expected text, found 1; put it in quotes"),
        ("job_links", "platforms: [{platform: x, hosts: [x], path: '('}]", '1:45: "(" is not'),
        ("job_links", "platforms: [{platform: x, hosts: [x], path: x}]", '1:45: "x" is not a regular expression with'),
        ("job_links", "platforms: [{platform: x, hosts: [x], parameter: x, tenent: true}]", "1:53: unknown key"),
        (
            "employers",
            "size_by_text: [{size: 1-10, weight: 1, because: x, between: [1, 5], pattern: five}]",
            '1:78: "five" is not a regular expression with the group `number`',
        ),
        ("neighbours", "neighbour: {cad: }", "1:18: nothing is not a list of phrases"),
        ("neighbours", "neighbours: {cad: [cad]}", "1:1: unknown key 'neighbours'; did you mean 'neighbour'?"),
        ("courses", "course: {statistics: []}", "1:22: this may not be empty"),
    ],
)  # fmt: skip
def test_a_word_list_of_another_shape_is_refused(tmp_path: Path, stem: str, text: str, expected: str) -> None:
    (tmp_path / f"{stem}.yaml").write_text(text, encoding="utf-8")
    found = problems(lambda: load_vocabulary(tmp_path))
    assert any(problem.startswith(f"{stem}.yaml:{expected}") for problem in found), found


def test_a_file_missing_in_a_folder_is_the_one_that_came_along(tmp_path: Path) -> None:
    own = tmp_path / "boards.yaml"
    own.write_text("greenhouse: {mottle: Mottle}\n")
    assert config.find(tmp_path, "boards.yaml") == own
    assert config.find(tmp_path, "platforms.yaml") == ROOT / "config/platforms.yaml"


# --- what is denied -----------------------------------------------------------------------------------


def test_what_came_denied_stays_denied_whatever_a_file_of_ones_own_says(written: Written) -> None:
    own = load_platforms(written("greenhouse: {policy: 'on', reason: documented}\n"))
    assert (config.denied("uk.linkedin.com", own) or own["greenhouse"]).name == "linkedin"
    opened = written("linkedin: {policy: 'on', reason: because I say so, hosts: [www.linkedin.com], paths: [/]}\n")
    (problem,) = problems(lambda: load_platforms(opened))
    assert problem.startswith("file.yaml:1:20: linkedin is never visited: its user agreement forbids")


def test_a_board_at_a_denied_domain_is_a_fault_with_its_line_and_reason(written: Written) -> None:
    platforms = load_platforms(ROOT / "config/platforms.yaml")
    boards = written("careers:\n  mottle:\n    company: Mottle\n    host: uk.linkedin.com\n")
    (problem,) = problems(lambda: load_boards(boards, platforms))
    assert problem.startswith("file.yaml:4:11: uk.linkedin.com is never asked (linkedin: its user agreement forbids")
