"""An edit of the vocabulary re-reads what it can change, and nothing else: the rest would be read the same."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest

from pipeline.cli import main
from pipeline.config import load_vocabulary
from pipeline.models import Posting, Reading
from pipeline.reading import Edit, Reader, Vocabulary, to_json
from pipeline.reading.program import sources
from pipeline.reading.vocabulary import UNSCANNED
from pipeline.store import Store
from tests.conftest import ROOT, SHARED
from tests.test_imports import imported

Layers = dict[str, dict[str, list[str]]]
SHIPPED = Vocabulary.of(load_vocabulary(ROOT / "config" / "vocabulary"))
CORPUS = SHARED / "corpus" / "postings.jsonl.gz"
CLOCK = "2026-11-20T09:00:00Z"
WORD = re.compile(r"[^\W_][\w+#./'-]*")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demo: a store in which the sample world is read."""
    data = tmp_path_factory.mktemp("sample")
    main(["demo", "--data", str(data), "--plain", "--quiet", "--now", CLOCK])
    return data / "demo"


@pytest.fixture(scope="module")
def postings(sample: Path, long_form: bool) -> list[Posting]:
    """Those of the sample world and, where it is there, some of the corpus."""
    with Store(sample / "reachlist.db") as store:
        found = [listing.posting for listing in store.listings()]
    if CORPUS.is_file():
        with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for number, line in enumerate(lines) if number % (10 if long_form else 60) == 0]
        found += [
            Posting("corpus", row["id"], "", row["title"] or "", row["company"] or "", row["description"] or "")
            for row in rows
        ]
    return found


class Editor:
    """Edits a copy of the vocabulary at random, by words that stand in postings."""

    def __init__(self, seed: int, texts: list[str]) -> None:
        self.random = Random(seed)
        self.texts = texts
        self.layers: Layers = deepcopy({name: dict(layer) for name, layer in SHIPPED.layers.items()})

    def edit(self, times: int) -> Layers:
        for _ in range(times):
            self.random.choice((self.add, self.shield, self.take_out, self.move, self.drop, self.shuffle))()
        return self.layers

    def add(self) -> None:
        self._entry().append(self._phrase())

    def shield(self) -> None:
        layer = self._layer()
        layer.setdefault(f"_{self.random.choice(list(layer))}", []).append(self._phrase())

    def take_out(self) -> str | None:
        """One phrase that stands in a posting."""
        text = self.random.choice(self.texts).lower()
        standing = [
            (entry, phrase)
            for name in self._scanned()
            for entry in self.layers[name].values()
            for phrase in entry
            if phrase.lower() in text
        ]
        if not standing:
            return None
        entry, phrase = self.random.choice(standing)
        entry.remove(phrase)
        return phrase

    def move(self) -> None:
        phrase = self.take_out()
        if phrase:
            self._entry().append(phrase)

    def drop(self) -> None:
        """A concept becomes a shield, or the shield of another."""
        layer = self._layer()
        concept = self.random.choice(list(layer))
        layer[f"_{concept}"] = layer.pop(concept)

    def shuffle(self) -> None:
        layer = self._layer()
        entries = list(layer.items())
        self.random.shuffle(entries)
        layer.clear()
        layer.update(entries)
        self.random.shuffle(self._entry())

    def _scanned(self) -> list[str]:
        return [name for name in self.layers if name not in UNSCANNED]

    def _layer(self) -> dict[str, list[str]]:
        """One of those scanned for, as often a long one as any."""
        sizes = [sum(map(len, self.layers[name].values())) for name in self._scanned()]
        return self.layers[self.random.choices(self._scanned(), self.random.choice((sizes, None)))[0]]

    def _entry(self) -> list[str]:
        return self.random.choice(list(self._layer().values()))

    def _phrase(self) -> str:
        """Words of a posting in one of the notations."""
        words = WORD.findall(self.random.choice(self.texts)) or ["word"]
        at = self.random.randrange(len(words))
        one, two, three = (words * 3)[at : at + 3]
        return self.random.choice(
            (
                one, f"{one} {two}", f"{one} {two} {three}", f"={one}", f"{one[:4]}*", f"({one}|{two})",
                f"{one} [{two}] {three}", f"{one} .. {three}", f"<n> {two}", one.replace("'", " ").swapcase(),
            )
        )  # fmt: skip


def reader_of(layers: Layers, compiled: dict[str, bytes]) -> Reader:
    return Reader({"edited": layers}, compiled)


def body(reader: Reader, posting: Posting) -> str:
    return to_json(reader.read(posting))


@pytest.fixture(scope="module")
def compiled() -> dict[str, bytes]:
    return {}


@pytest.fixture(scope="module")
def full_reading(postings: list[Posting], compiled: dict[str, bytes]) -> list[str]:
    reader = reader_of(deepcopy(dict(SHIPPED.layers)), compiled)  # type: ignore[arg-type]
    return [body(reader, posting) for posting in postings]


@pytest.mark.parametrize("seed", range(8))
def test_what_an_edit_does_not_touch_is_read_the_same(
    seed: int, postings: list[Posting], full_reading: list[str], compiled: dict[str, bytes]
) -> None:
    _holds(seed, postings, full_reading, compiled)


@pytest.mark.slow
def test_what_many_edits_do_not_touch_is_read_the_same(
    postings: list[Posting], full_reading: list[str], compiled: dict[str, bytes]
) -> None:
    for seed in range(8, 150):
        _holds(seed, postings, full_reading, compiled)


def _holds(seed: int, postings: list[Posting], full_reading: list[str], compiled: dict[str, bytes]) -> None:
    editor = Editor(seed, [f"{one.title}\n{one.description}" for one in postings])
    after = reader_of(editor.edit(1 + seed % 7), compiled)
    edit = Edit(SHIPPED, after.vocabulary)
    for posting, before in zip(postings, full_reading, strict=True):
        assert edit.touches(posting) or body(after, posting) == before, f"seed {seed}"


# --- one edit, one posting ------------------------------------------------------------------------------


def posting(text: str, title: str = "Machine Learning Intern") -> Posting:
    return Posting("board/slug", "1", "", title, "Mottle", text)


def edited(change: Callable[[Layers], object]) -> Edit:
    """The shipped vocabulary and a changed copy of it."""
    layers: Layers = deepcopy(SHIPPED.layers)  # type: ignore[arg-type]
    change(layers)
    return Edit(SHIPPED, Vocabulary(layers))


def test_an_alias_touches_the_postings_it_stands_in(postings: list[Posting]) -> None:
    edit = edited(lambda layers: layers["skill"]["python"].append("archives"))
    touched = {one.id for one in postings if edit.touches(one)}
    named = {one.id for one in postings if re.search(r"\barchives\b", f"{one.title} {one.description}", re.IGNORECASE)}
    assert touched == named and 0 < len(named) < len(postings) / 5


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda layers: layers["skill"]["pytorch"].append("burn"), "We burn GPUs."),
        (lambda layers: layers["skill"]["python"].remove("python"), "You know Python."),
        (lambda layers: layers["skill"].pop("~~go"), "Experience with Go."),
        (lambda layers: layers["skill"].setdefault("_python", []).append("monty python"), "We watch Monty Python."),
        (lambda layers: layers["skill"]["_go"].remove("go to"), "The go-to team."),
        (lambda layers: layers["severity"]["demanded"].append("is a must have"), "Kafka is a must have"),
        (lambda layers: layers["skill"]["java"].append(layers["skill"]["python"].pop()), "It is Pythonic."),
        (lambda layers: layers.setdefault("skill_new", {}).update(word=["burn .. gpus"]), "We burn many of the GPUs."),
    ],
)
def test_a_posting_in_which_a_changed_phrase_stands_is_touched(change: Callable[[Layers], object], text: str) -> None:
    assert edited(change).touches(posting(text))
    assert not edited(change).touches(posting("You know Rust."))


def test_a_word_that_keeps_a_line_together_touches_the_lines_it_would_have_parted() -> None:
    glued = "You know Zig and ZuluSpark." + " You write code and you read code." * 9 + "Then more."
    edit = edited(lambda layers: layers["skill_other"].update(zulu=["=ZuluSpark engine"]))
    assert edit.touches(posting(glued)) and not edit.touches(posting(glued.replace("ZuluSpark", "Zulu")))


def test_order_says_nothing() -> None:
    layers = {
        name: dict(reversed(list(layer.items()))) for name, layer in SHIPPED.layers.items() if name not in UNSCANNED
    }
    again = Vocabulary(layers | {name: SHIPPED.unscanned(name) for name in UNSCANNED})
    assert again.version == SHIPPED.version and list(again.layers) != list(SHIPPED.layers)


@pytest.mark.parametrize("layer", UNSCANNED)
def test_what_is_known_word_by_word_touches_everything(layer: str) -> None:
    def more(layers: Layers) -> None:
        layers[layer]["new"] = ["word"]

    def reverse(layers: Layers) -> None:
        layers[layer] = dict(reversed(list(layers[layer].items())))

    for edit in (edited(more), edited(reverse)):
        assert edit.everywhere == (layer,) and edit.touches(posting("Nothing of it."))


def test_a_vocabulary_comes_back_from_json() -> None:
    again = Vocabulary.from_json(SHIPPED.to_json())
    assert again == SHIPPED and again.version == SHIPPED.version


def test_all_that_reads_a_posting_is_in_the_version() -> None:
    """Whatever of the pipeline a module of the reading room imports is one of its sources."""
    files = set(sources())
    for path in files:
        for name in imported(path):
            one = ROOT.joinpath(*name.split("."))
            assert not one.with_suffix(".py").is_file() or one.with_suffix(".py") in files, name


# --- from the command line ------------------------------------------------------------------------------


class Ranking:
    """A demo's data, ranked by a vocabulary that can be edited."""

    def __init__(self, sample: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.config, self._capsys = folder / "data", folder / "config", capsys
        shutil.copytree(sample, self.data)
        shutil.copytree(ROOT / "config" / "vocabulary", self.config / "vocabulary")
        self.rank()

    def rank(self) -> str:
        """What is said of the work."""
        assert main(["rank", "--data", str(self.data), "--config", str(self.config), "--now", CLOCK, "--plain"]) == 0
        return self._capsys.readouterr().err

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.config / "vocabulary" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def readings(self) -> list[tuple[str, str, int, str]]:
        with Store(self.data / "reachlist.db") as store:
            return store._rows("SELECT version, content, wanted, body FROM reading ORDER BY content")

    def forget_judgements(self) -> None:
        (self.data / ".judged").unlink()

    def forget_readings(self) -> None:
        with Store(self.data / "reachlist.db") as store:
            store.keep_readings_by("another", "{}")
        self.forget_judgements()


@pytest.fixture
def ranking(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ranking:
    return Ranking(sample, tmp_path, capsys)


def test_after_an_edit_the_store_holds_what_a_full_reading_would_have_put_there(ranking: Ranking) -> None:
    before = ranking.readings()
    ranking.replace("skills.yaml", "  pytorch: [", "  pytorch: [second course, ")
    told = ranking.rank()
    after = ranking.readings()
    assert re.search(r"^[1-9] of \d\d\d? postings are read again: the vocabulary changed$", told, re.MULTILINE)
    assert {row[0] for row in after}.isdisjoint(row[0] for row in before) and len({row[0] for row in after}) == 1
    assert [row[1] for row in after] == [row[1] for row in before]
    assert any(now[2:] != then[2:] for now, then in zip(after, before, strict=True))
    ranking.forget_readings()
    ranking.rank()
    assert ranking.readings() == after


def test_only_what_is_touched_is_read(ranking: Ranking, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Posting] = []
    really = Reader.read

    def noted(self: Reader, posting: Posting) -> Reading:
        read.append(posting)
        return really(self, posting)

    monkeypatch.setattr(Reader, "read", noted)
    ranking.replace("skills.yaml", "  pytorch: [", "  pytorch: [second course, ")
    ranking.rank()
    assert read and all("second course" in one.description for one in read)


def test_an_edit_that_no_phrase_tells_of_is_said_to_re_read_everything(ranking: Ranking) -> None:
    ranking.replace("heading_words.yaml", "  duties: {en: [", "  duties: {en: [cartography, ")
    assert re.search(r"^all \d+ postings are read again: heading_word changed$", ranking.rank(), re.MULTILINE)


def test_another_program_re_reads_everything(ranking: Ranking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.reading.program_version", lambda: "another")
    monkeypatch.setattr("pipeline.commands.remembered.Remembered.get", lambda *_: None)
    ranking.forget_judgements()
    assert re.search(r"^all \d+ postings are read again: the program changed$", ranking.rank(), re.MULTILINE)


def test_nothing_is_said_where_nothing_was_edited(ranking: Ranking) -> None:
    ranking.replace("skills.yaml", "  pytorch: [PyTorch, py torch", "  pytorch: [py torch, PyTorch")
    assert "read again" not in ranking.rank()
