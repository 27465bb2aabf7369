"""Every file of the vocabulary is understood or refused: a layer nobody reads, a shape no reader can use."""

from __future__ import annotations

import json
import re
import shutil
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from pipeline.checked_yaml import SCHEMAS
from pipeline.cli import main
from pipeline.config import ConfigError, load_vocabulary, not_held, not_read
from pipeline.employers import Employers
from pipeline.models import Listing, Posting
from pipeline.openings import merge
from pipeline.reading import NOT_READ, Reader, Vocabulary
from tests.conftest import ROOT

SHIPPED = ROOT / "config" / "vocabulary"
STEMS = sorted(path.stem for path in SHIPPED.glob("*.yaml"))
LAYERS = json.loads((SCHEMAS / "vocabulary.json").read_text(encoding="utf-8"))["properties"]
COMPILED: dict[str, bytes] = {}
FAULT = re.compile(r".+\.yaml:[0-9]+:[0-9]+: .+")


def problems(folder: Path, stem: str, text: str) -> list[str]:
    (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_vocabulary(folder)
    return [problem.rpartition("/")[2] for problem in caught.value.problems]


# --- what is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("publicaton: {own: [my paper]}", "1:1: unknown key 'publicaton'; did you mean 'publication'?"),
        ("note: mine", "1:1: unknown key 'note'"),
        ("publication:\n  recrod: [a paper]", "2:3: unknown key 'recrod'; did you mean 'record'?"),
        ("publication: {papers: [x]}", "1:15: unknown key 'papers'; there are record, own, named, bare"),
        ("country: {Germany: [germany]}", "1:11: unknown key 'Germany': expected a country by its code, such as DE"),
        ("skill_pair: {python: [x]}", "1:14: unknown key 'python': expected two skills: one + another"),
        ("skill: {'': [x]}", "1:9: unknown key '': expected a name"),
        ("publication: mine", '1:14: "mine" is not names with their phrases: {name: [one, another]}'),
        ("publication:", "1:13: nothing is not names with their phrases"),
        ("publication: {own: 5}", '1:20: "5" is not a list of phrases: [one, another], or such lists by language'),
        ("publication: {own: {en: 5}}", '1:25: "5" is not a list of phrases: [one, another]'),
        ("publication: {own: {en: {a: [b]}}}", "1:25: a mapping is not a list of phrases"),
        ("publication: {own: {english: [b]}}", "1:21: unknown key 'english': expected a language by its code"),
        ("publication:\n  own:\n    - a\n    -\n", "4:6: nothing is not a phrase"),
        ("publication: {own: [null]}", "1:21: nothing is not a phrase"),
        ("publication: {own: [a, {b: c}]}", "1:24: a mapping is not a phrase"),
        ("publication: {own: [a, [b]]}", "1:24: a list is not a phrase"),
        ("publication: {own: ['']}", '1:21: "" is not a phrase'),
        ("publication: {own: ['=', '( )']}", '1:21: "=" is not a phrase'),
        ("- publication", "1:1: expected a mapping (key: value), found a list"),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_and_what_to_write(tmp_path: Path, text: str, expected: str) -> None:
    found = problems(tmp_path, "mine", text)
    assert found[0].startswith(f"mine.yaml:{expected}"), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  pyton + sql: [x]", "4:3: no skill 'pyton' in any file; did you mean 'python'?"),
        ("  sql + zzz: [x]", "4:3: no skill 'zzz' in any file"),
        ("  sql + _go: [x]", "4:3: no skill '_go' in any file; did you mean 'go'?"),
        ("own_name:\n  pytorhc: [x]", "5:3: no skill 'pytorhc' in any file; did you mean 'pytorch'?"),
    ],
)  # fmt: skip
def test_pairs_and_own_names_are_of_skills_that_some_file_has(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "more.yaml").write_text("skill: {pytorch: [pytorch]}\nskill_other: {~go: [go], _go: [go]}\n")
    known = "skill: {python: [python], sql: [sql]}\nskill_pair:\n  python + go: [x]\n"
    assert problems(tmp_path, "mine", known + text) == [f"mine.yaml:{expected}"]


def test_pairs_and_own_names_are_not_judged_where_no_file_has_skills(tmp_path: Path) -> None:
    text = "skill_pair: {pyton + sqll: [x], _shield: [y]}\nown_name: {snowflaek: [z], _shield: [y]}\n"
    (tmp_path / "mine.yaml").write_text(text)
    load_vocabulary(tmp_path)
    (tmp_path / "skills.yaml").write_text("skill: {python: [python]}\n")
    with pytest.raises(ConfigError) as caught:
        load_vocabulary(tmp_path)
    assert len(caught.value.problems) == 3


def test_a_phrase_is_text_however_yaml_would_take_it(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("severity: {negated: {en: [no, on, yes, true, 007, 1.50, 'null']}}\n")
    assert load_vocabulary(tmp_path) == {
        "mine": {"severity": {"negated": {"en": ["no", "on", "yes", "true", "007", "1.50", "null"]}}}
    }


@pytest.mark.parametrize("command", [["check"], ["rank"], ["read", "posting.txt"], ["openings", "--from", "x.jsonl"]])
def test_every_command_that_reads_it_ends_with_the_fault(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("posting.txt").write_text("Python")
    Path("x.jsonl").write_text("")
    words = Path("config/vocabulary/publications.yaml")
    words.parent.mkdir(parents=True)
    words.write_text("note: mine\n")
    Path("data").mkdir()
    Path("data/shortlist.csv").write_text("mine")
    assert main([*command, "--config", "config", "--data", "data"]) == 2
    assert "publications.yaml:1:1: unknown key 'note'" in capsys.readouterr().err
    assert [path.name for path in Path("data").iterdir()] == ["shortlist.csv"]
    assert Path("data/shortlist.csv").read_text() == "mine"


# --- what `check` notes ---------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """One's own copy of the shipped vocabulary."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "config/vocabulary"))


def test_a_whole_vocabulary_lacks_nothing_in_whatever_files_it_stands(own: Path) -> None:
    assert not_held(load_vocabulary(own)) == not_read(own) == []
    (own / "publications.yaml").rename(own / "mine.yaml")
    assert not_held(load_vocabulary(own)) == not_read(own) == []


def test_what_is_asked_for_and_held_by_no_file_is_known(own: Path) -> None:
    (own / "publications.yaml").rename(own / "publications.yml")
    (own / "courses.yaml").unlink()
    (own / ".swap").touch()
    assert not_held(load_vocabulary(own)) == ["courses", "publication", "publication_else", "publication_not"]
    assert not_read(own) == [own / "publications.yml"]


def test_what_is_not_read_and_what_is_lacking_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = tmp_path / "vocabulary"
    words.mkdir()
    (words / "skills.yaml").write_text("skill: {python: [python]}\n")
    (words / "roles.yml").touch()
    profile = tmp_path / "profile.yaml"
    profile.write_text("student: {level: phd}\n")
    for _ in range(2):
        assert main(["check", "--config", str(tmp_path)]) == 0
        said = capsys.readouterr().err
        assert f"{words / 'roles.yml'}: nothing reads it; a word list's name ends in .yaml\n" in said
        assert "vocabulary: no file has words for alternatives, applying, " in said and " skill," not in said
    profile.write_text("student: {level: phd}\nskills: {strong: [pytorch]}\n")
    assert main(["check", "--config", str(tmp_path)]) == 2
    assert f"{words / 'roles.yml'}: nothing reads it" in capsys.readouterr().err


# --- the schema and the shipped files -------------------------------------------------------------------


def test_the_schema_names_what_the_shipped_files_hold() -> None:
    """A layer or a name that no shipped file holds is known to no reader, but for shields."""
    held = Vocabulary.of(load_vocabulary(SHIPPED)).layers
    assert sorted(LAYERS) == list(LAYERS) == sorted(held)
    for layer, rules in LAYERS.items():
        if names := rules["propertyNames"].get("then", {}).get("enum"):
            assert set(names) == {name for name in held[layer] if name[0] != "_"}, layer


def test_every_layer_is_asked_for_by_a_reader() -> None:
    readers = {*(ROOT / "pipeline/reading").glob("*.py")} - {ROOT / "pipeline/reading/layers.py"}
    code = "".join(path.read_text(encoding="utf-8") for path in readers)
    assert [layer for layer in LAYERS if f'"{layer}"' not in code] == []


def test_what_no_reader_reads_has_a_shape_of_its_own() -> None:
    assert {f"vocabulary-{stem}.json" for stem in NOT_READ} == {path.name for path in SCHEMAS.glob("vocabulary-*")}


# --- files broken at random -----------------------------------------------------------------------------

VALUES = (5, 0.5, True, None, "text", "", "=", "()", [], ["text"], [None], [["text"]], {}, {"en": ["text"]}, {"x": 5})
POSTINGS = [
    Posting(
        "greenhouse/mottle", str(number), f"https://boards.greenhouse.io/mottle/jobs/{number}",
        f"Machine Learning Intern, Summer 2027 ({number})", "Mottle GmbH",
        "Requirements:\nPursuing a PhD or a master's degree, graduating in May 2028.\nPython, PyTorch and SQL text."
        "\nPapers at NeurIPS are a plus. We sponsor no visas. Pay: $45 - 50 per hour. 12 weeks, 3 days in the office,"
        " from June 2027. Apply by March 1, 2027. Fluent German. 3 years of experience. GPA of 3.5. We are 40 people.",
        ("Austin, TX",),
    )
    for number in (101, 202)
]  # fmt: skip


class Breaker:
    """Breaks one thing of a file at random."""

    def __init__(self, seed: int, content: Any) -> None:
        self.random, self.content = Random(seed), deepcopy(content)

    def break_(self) -> Any:
        holder = self._holder()
        at = self.random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        match self.random.choice(("replace", "replace", "remove", "misspell")):
            case "replace":
                holder[at] = deepcopy(self.random.choice(VALUES))
            case "misspell" if isinstance(holder, dict):
                key = str(at)
                cut = self.random.randrange(len(key))
                holder[self.random.choice((key[:cut] + key[cut + 1 :], f"{key}x", f"_{key}", key[::-1]))] = holder.pop(
                    at
                )
            case _:
                del holder[at]
        return self.content

    def _holder(self) -> Any:
        """A mapping or a list of the file, one near the top as often as one far below."""
        holder = self.content
        while self.random.random() < 0.6:
            below = [
                one for one in (holder.values() if isinstance(holder, dict) else holder) if isinstance(one, dict | list)
            ]
            if not any(below):
                break
            holder = self.random.choice([one for one in below if one])
        return holder


@pytest.fixture(scope="module")
def contents() -> dict[str, Any]:
    return {stem: yaml.load((SHIPPED / f"{stem}.yaml").read_bytes(), yaml.BaseLoader) for stem in STEMS}


@pytest.mark.parametrize("stem", STEMS)
def test_a_broken_file_is_refused_with_its_place_or_can_be_used(
    stem: str, contents: dict[str, Any], tmp_path: Path
) -> None:
    for seed in range(6):
        _holds(stem, seed, contents[stem], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("stem", STEMS)
def test_many_broken_files_are_refused_with_their_places_or_can_be_used(
    stem: str, contents: dict[str, Any], tmp_path: Path
) -> None:
    for seed in range(6, 60):
        _holds(stem, seed, contents[stem], tmp_path)


def _holds(stem: str, seed: int, content: Any, folder: Path) -> None:
    broken = Breaker(seed, content).break_()
    (folder / f"{stem}.yaml").write_text(json.dumps(broken, ensure_ascii=False), encoding="utf-8")
    try:
        words = load_vocabulary(folder)
    except ConfigError as error:
        assert error.problems and all(map(FAULT.fullmatch, error.problems)), error.problems
        return
    _use(words)


def _use(words: dict[str, Any]) -> None:
    reader = Reader(words, COMPILED)
    readings = [reader.read(posting) for posting in POSTINGS]
    employers = Employers((), words.get("employers"), COMPILED)
    merge(map(Listing, POSTINGS), key=employers.key, vocabulary=words)
    employers.assess("Mottle GmbH", readings, 40, ["greenhouse", "lever"], POSTINGS)
