"""Every command that the README and the pages of docs/ show runs, in a copy of the project.

A fenced block marked `console` is a script: lines that start with `$ ` are commands, run one after the
other in one copy per page. A command may be followed by a comment `# exits N`; otherwise it must exit 0.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.commands.accepted import parser
from pipeline.score import CRITERIA
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXPECTED = re.compile(r"#\s*exits (\d+)\b")
NOT_RUN_HERE = tuple(f"make {name}" for name in ("test", "check", "soak", "bench", "engines", "gold", "screenshots"))
COMMANDS = tuple(
    name for action in parser()._actions if isinstance(action, argparse._SubParsersAction) for name in action.choices
)


def commands(page: Path) -> list[tuple[str, int]]:
    """The commands of a page with the exit code each must have."""
    found = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                expected = EXPECTED.search(line)
                found.append((line[2:].split("  #")[0].strip(), int(expected[1]) if expected else 0))
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project as after its set-up: its `.venv` leads to the environment that runs the tests."""
    target = tmp_path / "reachlist"
    leave = shutil.ignore_patterns(
        ".venv", ".git", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis", "*.db*", "demo"
    )
    shutil.copytree(ROOT, target, ignore=leave)
    (target / ".venv").mkdir()
    (target / ".venv" / "bin").symlink_to(Path(sys.executable).parent, target_is_directory=True)
    for stamp in (".run", ".test", ".dev"):
        (target / ".venv" / stamp).touch()
    return target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_runs(page: Path, copy: Path) -> None:
    """A reader who types what the page says gets what the page says."""
    shown = commands(page)
    if not shown:
        pytest.skip("the page shows no command")
    path = f"{copy / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    settings = os.environ | {"PATH": path, "PYTHONPATH": str(copy)}
    for shown_command, expected in shown:
        command = shown_command
        if command.startswith(NOT_RUN_HERE):  # would run this test again, or take minutes
            command = f"make --dry-run {command.removeprefix('make ')}"
        done = subprocess.run(
            command, shell=True, cwd=copy, env=settings, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == expected, f"{page.name}: {command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def test_every_command_of_reachlist_is_documented() -> None:
    """A command that no page mentions does not exist for its users."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = [name for name in COMMANDS if f"reachlist {name}" not in text]
    assert not missing


def test_every_make_target_of_the_pages_exists() -> None:
    """`make X` in a page is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))}
    assert named <= targets


def test_the_project_speaks_of_itself_alone() -> None:
    """No path of a machine, and no page that points outside the project."""
    for page in PAGES:
        assert not re.search(r"(?<![\w.])/(work|root|tmp|home)/", page.read_text(encoding="utf-8")), page


def test_the_page_on_reach_has_the_criteria_and_weights_of_the_code() -> None:
    """A weight that changed in the code changes on the page."""
    page = (ROOT / "docs" / "reach.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE)
    assert [(name, float(weight)) for name, weight in shown] == [(name, weight) for name, _, weight in CRITERIA]


def test_the_page_on_the_profile_has_every_setting() -> None:
    """A setting that no page names does not exist for its users."""
    page = (ROOT / "docs" / "profile.md").read_text(encoding="utf-8")
    schema = json.loads((ROOT / "pipeline" / "schemas" / "profile.json").read_text(encoding="utf-8"))
    settings = {name for part in schema["properties"].values() for name in part.get("properties", {})}
    assert {name for name in settings if f"`{name}`" not in page} == set()
