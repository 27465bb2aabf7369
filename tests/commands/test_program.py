"""What reaches the terminal, and the program as a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands.world import LINES, Command, World, lines
from tests.conftest import ROOT


def test_no_posting_can_speak_to_the_terminal(reachlist: Command) -> None:
    evil = "Machine Learning Intern \x1b]0;owned\x07\x1b[2J\x9b31m \u202egnp.exe\u2066 [red]\r\nfailed: everything"
    reachlist.world.boards = {"mottle": {"1": evil, "2": "Machine Learning Intern [/bold] :smile:"}, "odd [31m": 500}
    reachlist.run()
    said = reachlist.out + reachlist.err
    for words in (["show", "1"], ["rank"], ["boards", "health"], ["rank", "--diff"]):
        reachlist(*words)
        said += reachlist.out + reachlist.err
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
    assert "[/bold] :smile:" in said
    assert not re.search(r"^failed: everything", said, re.MULTILINE)


@pytest.mark.parametrize("form", ["csv", "jsonl", "md", "table"])
def test_no_form_of_the_list_speaks_to_a_screen(reachlist: Command, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    reachlist.world.boards = {"mottle": {"1": "Machine Learning Intern \x1b[2J\x9b31m \u202egnp.exe"}}
    reachlist.run()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert reachlist("rank", "--plain", "--format", form) == 0
    assert "Machine Learning Intern" in reachlist.out
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", reachlist.out)


def program(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | options.pop("env", {})
    command = [sys.executable, "-m", "pipeline.cli", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)


def test_help_imports_next_to_nothing() -> None:
    """Start-up must stay under 0.3 s: what takes long is imported by the command that needs it."""
    heavy = ("scrapy", "pandas", "jsonschema", "rich", "yaml", "hyperscan", "sqlite3", "rapidfuzz", "asyncio")
    script = "import sys; from pipeline import cli; cli.parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not set(heavy) & set(done.stdout.split())


def test_every_command_has_an_example() -> None:
    commands = re.findall(r"^    (\w+) ", program("--help").stdout, re.MULTILINE)
    assert len(commands) >= 14
    for command in commands:
        assert "example: reachlist" in program(command, "--help").stdout, command


def test_a_reader_that_leaves_early_is_no_fault(world: World, tmp_path: Path) -> None:
    world.write()
    source = lines(tmp_path / "in.jsonl", LINES * 500)
    words = f"{sys.executable} -m pipeline.cli read --jsonl {source} --config {world.folder / 'config'} | head -1"
    done = subprocess.run(words, shell=True, capture_output=True, text=True, cwd=ROOT, check=False)
    assert json.loads(done.stdout)["id"] == "x1" and done.stderr == ""
