"""The units that run it every morning say what this machine understands."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.checked_yaml import Source
from pipeline.commands.schedule import cron, github, systemd

WORDS = [sys.executable, "-m", "pipeline.cli", "run", "--data", "/home/me/100% mine/da\"ta's $HOME"]


def test_the_line_for_cron_keeps_its_words() -> None:
    line = cron(WORDS).splitlines()[1]
    minute, hour, day, month, weekday, command = line.split(" ", 5)
    assert 0 <= int(minute) < 60 and 0 <= int(hour) < 24 and (day, month, weekday) == ("*", "*", "*")
    assert "%" not in command.replace(r"\%", "")  # cron reads a bare % as the end of the line
    assert shlex.split(command.replace(r"\%", "%")) == WORDS


def test_the_workflow_is_yaml_that_keeps_the_store_between_runs(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.yml"
    path.write_text(github(WORDS))
    source = Source(path)
    assert source.problems == []
    assert source.value["on"]["schedule"][0]["cron"].split()[2:] == ["*", "*", "*"]
    steps = source.value["jobs"]["run"]["steps"]
    assert [step["with"]["path"] for step in steps if "cache@" in step.get("uses", "")] == ["data"]
    assert any("reachlist run" in step.get("run", "") for step in steps)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_understands_its_units(tmp_path: Path) -> None:
    text = systemd([sys.executable, "-m", "pipeline.cli", "run"])
    for name in ("service", "timer"):
        unit = text.split(f"reachlist.{name}\n")[1].split("\n# ")[0]
        (tmp_path / f"reachlist.{name}").write_text(unit)
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_systemd_gets_every_word_as_it_is() -> None:
    (line,) = (line for line in systemd(WORDS).splitlines() if line.startswith("ExecStart="))
    assert '"/home/me/100%% mine/da\\"ta\'s $$HOME"' in line
    assert "Persistent=true" in systemd(WORDS) and "RandomizedDelaySec=" in systemd(WORDS)
