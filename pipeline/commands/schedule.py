"""schedule: the unit that runs it daily, printed for cron, systemd, GitHub Actions or Windows."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from zlib import crc32

from pipeline.commands.session import DONE, Session, UsageError

PASSWORD = re.compile(r"//[^/@]*:[^/@]+@|[?&]password=", re.IGNORECASE)
GITHUB_STORE = """
        env:
          REACHLIST_STORE: ${{ secrets.REACHLIST_STORE }}  # the URL, set under Settings, Secrets and variables"""
HOUR, JITTER = 7, 40  # o'clock; minutes, so that not everybody asks the same boards at the same time


def schedule(session: Session, arguments: Namespace) -> int:
    """Prints the unit; nothing is installed."""
    units = {"cron": cron, "systemd": systemd, "github": github, "windows": windows}
    print(units[arguments.kind](command(session)))
    return DONE


def minute(words: list[str]) -> int:
    """The minute after HOUR for this machine and folder: always the same here, another elsewhere."""
    return crc32(shlex.join(words).encode()) % JITTER


def command(session: Session) -> list[str]:
    """How this installation is run from anywhere. Raises UsageError for a shared store whose URL tells a password."""
    program = Path(sys.argv[0]).resolve()
    start = [str(program)] if program.name.startswith("reachlist") else [sys.executable, "-m", "pipeline.cli"]
    config = ["--config", str(session.config.resolve())] if session.config.is_dir() else []
    store = ["--store", session.server] if session.server else []
    if session.server and PASSWORD.search(session.server):
        raise UsageError(
            "a unit is no place for the password in the store's URL: put it into ~/.pgpass and leave it out here"
        )
    return [*start, "run", "--quiet", "--data", str(session.data.resolve()), *config, *store]


def cron(words: list[str]) -> str:
    """A line for `crontab -e`. flock, where there is one, keeps a second run from starting behind a slow one.

    The run's own lock would end it with 75 as well; the words that it prints then would be mailed every time.
    """
    flock, data = shutil.which("flock"), Path(words[words.index("--data") + 1])
    there = next(folder for folder in (data, *data.parents) if folder.is_dir())  # flock locks folders, too
    alone = [flock, "--nonblock", str(there)] if flock else []
    line = shlex.join([*alone, *words]).replace("%", r"\%")
    return f"""\
# crontab -e, then add (minute {minute(words)} is this machine's own, so that not everybody asks at once):
{minute(words)} {HOUR} * * * {line}"""


def windows(words: list[str]) -> str:
    """A line for the command prompt; the task scheduler runs one instance of a task at a time."""
    line = subprocess.list2cmdline(words).replace('"', r"\"")
    return f'schtasks /Create /TN Reachlist /SC DAILY /ST {HOUR:02}:{minute(words):02} /TR "{line}"'


def systemd(words: list[str]) -> str:
    """A service and a timer that catches up after the machine was off."""
    line = " ".join(
        '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$") + '"'
        for word in words
    )
    return f"""\
# ~/.config/systemd/user/reachlist.service
[Unit]
Description=Reachlist: today's reachable internships

[Service]
Type=oneshot
ExecStart={line}
# 1: some boards failed; 75: another run is at work
SuccessExitStatus=1 75
# NAME=value lines: REACHLIST_NOTIFY, keys of platforms; may be missing
EnvironmentFile=-%h/.config/reachlist.env

# ~/.config/systemd/user/reachlist.timer
[Unit]
Description=Reachlist every morning

[Timer]
OnCalendar=*-*-* {HOUR:02}:00:00
RandomizedDelaySec={JITTER}min
Persistent=true

[Install]
WantedBy=timers.target

# then: systemctl --user enable --now reachlist.timer"""


def github(words: list[str]) -> str:
    """A workflow that keeps the store between runs and offers the list for download; a shared one is a secret."""
    store = GITHUB_STORE if "--store" in words else ""
    return f"""\
# .github/workflows/reachlist.yml, in a private copy of the repository
name: reachlist
on:
  schedule:
    - cron: "{minute(words)} {HOUR} * * *"
  workflow_dispatch:
concurrency: reachlist
permissions:
  contents: read
jobs:
  run:
    runs-on: ubuntu-latest
    timeout-minutes: 120
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
          cache: pip
      - uses: actions/cache@v4
        with:
          path: data
          key: reachlist-${{{{ github.run_id }}}}
          restore-keys: reachlist-
      - run: pip install .
      - run: reachlist run --plain || test $? -eq 1{store}
      - uses: actions/upload-artifact@v4
        with:
          name: shortlist
          path: |
            data/shortlist.csv
            data/report.html"""
