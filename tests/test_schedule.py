"""The units that run it every morning say what this machine understands."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.checked_yaml import Source
from pipeline.cli import main
from pipeline.commands.schedule import cron, github, minute, systemd, windows

WORDS = [sys.executable, "-m", "pipeline.cli", "run", "--data", "/home/me/100% mine/da\"ta's $HOME"]


def test_the_line_for_cron_keeps_its_words() -> None:
    line = cron(WORDS).splitlines()[1]
    minute, hour, day, month, weekday, command = line.split(" ", 5)
    assert 0 <= int(minute) < 60 and 0 <= int(hour) < 24 and (day, month, weekday) == ("*", "*", "*")
    assert "%" not in command.replace(r"\%", "")  # cron reads a bare % as the end of the line
    assert shlex.split(command.replace(r"\%", "%"))[-len(WORDS) :] == WORDS


def test_cron_starts_no_second_run_behind_a_slow_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", {"flock": "/usr/bin/flock"}.get)
    words = ["reachlist", "run", "--data", str(tmp_path / "data not there yet")]
    assert f"/usr/bin/flock --nonblock {shlex.quote(str(tmp_path))} reachlist run" in cron(words)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "flock" not in cron(words).splitlines()[1]


@pytest.mark.skipif(not shutil.which("flock"), reason="needs flock")
def test_the_line_of_cron_runs_and_is_alone(tmp_path: Path) -> None:
    line = cron([sys.executable, "-c", "print('ran')", "--data", str(tmp_path)]).splitlines()[1].split(" ", 5)[5]
    run = [shutil.which("sh") or "sh", "-c", line]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "ran\n"
    with subprocess.Popen(["flock", str(tmp_path), "cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin and other.stdout
        other.stdin.write(b"held")
        other.stdin.flush()
        assert other.stdout.read(4) == b"held"
        assert subprocess.run(run, capture_output=True, text=True, check=False).stdout == ""
        other.stdin.close()


def test_each_machine_and_folder_has_a_minute_of_its_own() -> None:
    minutes = {minute(["reachlist", "run", "--data", f"/home/student{number}/data"]) for number in range(200)}
    assert len(minutes) > 30 and max(minutes) < 60
    assert minute(WORDS) == minute(WORDS)


def test_the_workflow_is_yaml_that_keeps_the_store_between_runs(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.yml"
    path.write_text(github(WORDS))
    source = Source(path)
    assert source.problems == []
    assert source.value["on"]["schedule"][0]["cron"].split()[2:] == ["*", "*", "*"]
    steps = source.value["jobs"]["run"]["steps"]
    assert [step["with"]["path"] for step in steps if "cache@" in step.get("uses", "")] == ["data"]
    assert any("reachlist run" in step.get("run", "") for step in steps)


def test_the_workflow_is_what_github_takes(tmp_path: Path) -> None:
    path = tmp_path / "reachlist.yml"
    path.write_text(github(WORDS))
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    path.write_text(github(WORDS).replace("runs-on", "runs-no"))
    assert subprocess.run(check, capture_output=True, text=True, check=False).returncode == 1


def test_the_line_for_windows_keeps_its_words() -> None:
    words = [r"C:\Program Files\reachlist.exe", "run", "--data", r"C:\My Data"]
    line = windows(words)
    assert line.startswith("schtasks /Create") and "/SC DAILY" in line
    task = line.split('/TR "')[1].removesuffix('"').replace(r"\"", '"')
    assert task == r'"C:\Program Files\reachlist.exe" run --data "C:\My Data"'


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


SHARED_STORE = "postgresql://ada@db.example/jobs"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("cron", f"--store {SHARED_STORE}"),
        ("systemd", f'"--store" "{SHARED_STORE}"'),
        ("windows", f"--store {SHARED_STORE}"),
        ("github", "REACHLIST_STORE: ${{ secrets.REACHLIST_STORE }}"),
    ],
)
def test_what_runs_daily_has_the_store_that_was_named(
    kind: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schedule", kind, "--store", SHARED_STORE, "--data", str(tmp_path)]) == 0
    shared = capsys.readouterr().out
    assert said in shared
    assert main(["schedule", kind, "--data", str(tmp_path)]) == 0
    assert "store" not in capsys.readouterr().out.lower().replace("restore", "").replace("keeps the store", "")
    (tmp_path / "reachlist.yml").write_text(shared)
    assert kind != "github" or Source(tmp_path / "reachlist.yml").problems == []


@pytest.mark.parametrize("url", ["postgresql://ada:hunter2@db.example/jobs", f"{SHARED_STORE}?password=hunter2"])
def test_no_unit_tells_a_password(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "cron", "--store", url, "--data", str(tmp_path)]) == 2
    told = "".join(capsys.readouterr())
    assert "hunter2" not in told and ".pgpass" in told
