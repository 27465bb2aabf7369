"""The wheel: it holds all the program needs, and works in an empty environment far from the clone."""

from __future__ import annotations

import ast
import csv
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

DATA = {"config": "pipeline/shipped/config", "data/sample": "pipeline/shipped/data/sample"}
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]


def test_every_package_is_listed() -> None:
    """The packages of pyproject.toml are those of the tree: none is left out of a wheel."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    found = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for top in ("crawlers", "pipeline")
        for file in (ROOT / top).rglob("__init__.py")
    }
    data = set(settings["package-dir"])
    assert set(settings["packages"]) - data == found
    assert all((ROOT / folder).is_dir() for folder in settings["package-dir"].values())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built without a network from a copy."""
    folder = tmp_path_factory.mktemp("wheel")
    leave = shutil.ignore_patterns("__pycache__", "demo", "*.db*")
    for name in ("crawlers", "pipeline", "config", "data/sample"):
        shutil.copytree(ROOT / name, folder / "source" / name, ignore=leave)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / "source")
    build = [*PIP, "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), "./source"]
    subprocess.run(build, cwd=folder, check=True, capture_output=True, timeout=300)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that has the wheel; what it depends on is lent by this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    paths = sysconfig.get_paths(vars={"base": str(home), "platbase": str(home)}, scheme="venv")
    Path(paths["purelib"], "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    install = [*PIP, "--python", str(programs / "python"), "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*install, "--force-reinstall"], check=True, capture_output=True, timeout=300)
    return programs


def alone() -> dict[str, str]:
    """The environment, without what would lead back to the clone."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def reachlist(programs: Path, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The installed program, run in a folder of its own without sight of the clone."""
    return subprocess.run(
        [programs / "reachlist", *words],
        cwd=folder, env=alone(), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_the_wheel_holds_every_file_of_the_defaults_and_the_sample_world(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in DATA.items():
        files = {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        missing = {name for name in files if f"{inside}/{name}" not in held and "__pycache__" not in name}
        assert not missing


def test_the_wheel_holds_every_file_the_code_reads(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    kinds = {".py", ".sql", ".json", ".js", ".css", ".html", ".yaml"}
    for top in ("crawlers", "pipeline"):
        files = {path.relative_to(ROOT).as_posix() for path in (ROOT / top).rglob("*") if path.suffix in kinds}
        assert not files - held


def test_the_demo_runs_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    done = reachlist(installed, "demo", "--plain", folder=tmp_path)
    assert done.returncode == 1, done.stderr  # some boards of the sample world are broken on purpose
    with (tmp_path / "data/demo/shortlist.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) > 40
    assert (tmp_path / "data/demo/report.html").stat().st_size > 50_000
    shown = subprocess.run(
        [installed / "python", "-c", "import pipeline, crawlers; print(pipeline.__file__, crawlers.__file__)"],
        cwd=tmp_path, env=alone(), capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert str(ROOT) not in shown


def test_a_folder_of_ones_own_is_made_checked_and_ranked(installed: Path, tmp_path: Path) -> None:
    assert reachlist(installed, "init", "mine", folder=tmp_path).returncode == 0
    mine = tmp_path / "mine"
    checked = reachlist(installed, "check", folder=mine)
    assert checked.returncode == 0, checked.stderr
    assert (mine / "config/profile.yaml").is_file()


POSIX_ONLY = {"fcntl", "grp", "posix", "pwd", "pty", "resource", "termios", "tty"}
POSIX_CALLS = {"fork", "getuid", "geteuid", "kill", "killpg", "mkfifo", "setsid", "SIGKILL", "SIGHUP", "symlink"}


def test_no_call_needs_posix() -> None:
    """What Linux and macOS alone have is nowhere in the program: locks, signals and files go by what all three have."""
    found = []
    for top in ("crawlers", "pipeline"):
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    names = {alias.name for alias in node.names} | {getattr(node, "module", None) or ""}
                    found += [f"{path.name}: {name}" for name in names & POSIX_ONLY]
                elif isinstance(node, ast.Attribute) and node.attr in POSIX_CALLS:
                    found.append(f"{path.name}:{node.lineno}: {node.attr}")
    assert found == []


def test_every_text_file_is_read_and_written_as_utf_8() -> None:
    """The default encoding is another on Windows."""
    found = []
    for top in ("crawlers", "pipeline"):
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    named = {keyword.arg for keyword in node.keywords}
                    if node.func.attr in ("read_text", "write_text") and "encoding" not in named:
                        found.append(f"{path.name}:{node.lineno}")
    assert found == []
