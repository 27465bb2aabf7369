"""What the command line accepts: commands, options, their help. What a command does stands in its module."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from pipeline.commands.session import REFUSED
from pipeline.commands.shards import shard_of

FORMATS = ("csv", "jsonl", "md", "parquet", "table")  # of a list
HERE = "windows" if sys.platform == "win32" else "cron"  # what runs things daily on this machine
Add = Callable[..., argparse.ArgumentParser]  # (name, module:function, what it does, example)


class Parser(argparse.ArgumentParser):
    """Errors in one line, with the nearest word."""

    def error(self, message: str) -> NoReturn:
        from pipeline.checked_yaml import did_you_mean  # noqa: PLC0415

        hint = ""
        if choice := re.search(r"invalid choice: '?(.*?)'? \(choose from (.*)\)", message):
            words = re.findall(r"[\w-]+", choice[2])
            hint = did_you_mean(choice[1], words) or f"; there are {', '.join(words)}"
            message = f"{choice[1]!r} is not known here"
        elif unknown := re.search(r"unrecognized arguments: (\S+)", message):
            options = [option for action in self._actions for option in action.option_strings]
            hint = did_you_mean(unknown[1], options)
        sys.stderr.write(f"{self.prog}: {message}{hint} (see `{self.prog} --help`)\n")
        raise SystemExit(REFUSED)


def moment(text: str) -> datetime:
    """An ISO 8601 date or date-time; UTC where it names no zone."""
    try:
        when = datetime.fromisoformat(text)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 2026-11-21T08:00:00Z") from None
    if not 1970 <= when.year < 3000:
        raise argparse.ArgumentTypeError(f"{text!r} is no time of a crawl: from 1970 to 2999")
    return when


def _count(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, not {text!r}")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    try:
        return shard_of(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no shard such as 2/8") from None


def common_options() -> argparse.ArgumentParser:
    """The options of every command, accepted before and after its name."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("common options")
    group.add_argument("--data", type=Path, metavar="DIR", help="where the store and the lists are (data/)")
    group.add_argument("--store", metavar="URL", help="a shared store: postgresql://USER@HOST/DATABASE")
    group.add_argument("--config", type=Path, metavar="DIR", help="where the YAML files are (config/)")
    group.add_argument("--now", type=moment, metavar="TIMESTAMP", help="the clock, for runs that can be repeated")
    group.add_argument("--connect-to", metavar="HOST:PORT", help="send every request to this address over plain HTTP")
    group.add_argument("--delay-scale", type=float, metavar="X", help="multiply every politeness delay; loopback only")
    group.add_argument("--quiet", action="store_true", help="results and problems only")
    group.add_argument("--plain", action="store_true", help="no colours, no bars")
    return common


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    from pipeline import __version__  # noqa: PLC0415

    common = common_options()
    top = Parser(
        prog="reachlist",
        description="Finds machine-learning internships a student can really get, and says why.",
        epilog="Start with `reachlist demo`; then edit config/profile.yaml and `reachlist run`.",
        parents=[common],
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"reachlist {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)

    def add(name: str, command: str, what: str, example: str, to: Any = commands) -> argparse.ArgumentParser:
        made = to.add_parser(
            name, help=what, description=what.capitalize() + ".", epilog=f"example: {example}", parents=[common],
            allow_abbrev=False,
        )  # fmt: skip
        made.set_defaults(command=command)
        return made

    for part in (_crawling, _ranking, _advice, _directory, _upkeep):
        part(add)
    return top


def _crawling(add: Add) -> None:
    """The commands that visit boards."""
    run = add("run", "crawling:run", "crawl what is due, read, rank, write the list and the report", "reachlist run")
    _boards_chosen(run)
    run.add_argument(
        "--notify", action="store_true", help="tell what is new: to the addresses in REACHLIST_NOTIFY, or as digest.eml"
    )
    demo = add("demo", "crawling:demo", "the same on the sample world, without any network", "reachlist demo")
    demo.set_defaults(platform=None, board=None, notify=False, shard=None, replay=None)
    _boards_chosen(add("crawl", "crawling:crawl", "only the crawl", "reachlist crawl --platform lever"))


def _boards_chosen(made: argparse.ArgumentParser) -> None:
    made.add_argument("--platform", metavar="P", help="only boards of this platform")
    made.add_argument("--board", action="append", metavar="P/SLUG", help="only this board, due or not; repeatable")
    made.add_argument("--all", action="store_true", help="boards that are not due yet, too")
    made.add_argument(
        "--shard", type=_shard, metavar="I/N", help="only the boards of machine I of N: no host is met from two"
    )
    made.add_argument("--replay", type=Path, metavar="DIR", help="visit the recorded world in DIR")


def _ranking(add: Add) -> None:
    """The commands that read and rank what is there."""
    made = add("rank", "ranking:rank", "rank again what is stored, or the postings of a file", "reachlist rank --diff")
    made.add_argument(
        "--profile", type=Path, metavar="FILE", help="rank for this profile instead of config/profile.yaml"
    )
    made.add_argument(
        "--from", dest="source", metavar="FILE.jsonl", help="rank the postings of this file; - is standard input"
    )
    made.add_argument(
        "--format",
        choices=FORMATS,
        help="print the list like this and write no file",
    )
    made.add_argument("--to", type=Path, metavar="FILE", help="write it there: .csv, .jsonl, .md or .parquet says how")
    made.add_argument("--top", type=_count, metavar="N", help="only the first N rows")
    made.add_argument(
        "--diff", action="store_true", help="print which rows move against the last list and why; write no file"
    )

    made.add_argument(
        "--profiles", type=Path, metavar="DIR", help="a list for every profile of this folder, into lists/ of the data"
    )
    made.add_argument("--engine", choices=("local", "dask"), help="where the work is done: here, or on a Dask cluster")
    made.add_argument("--scheduler", metavar="ADDRESS", help="of the Dask cluster; this machine's cores if not given")

    made = add("show", "ranking:show", "one opening: score arithmetic, quotes, history, links", "reachlist show 1")
    made.add_argument("id", metavar="ID", help="the last column of the list, a posting's id, or a rank")

    made = add("read", "reading:read", "how a posting is read", "reachlist read posting.txt")
    made.add_argument(
        "--jsonl", action="store_true", help="JSON lines in (id, company, title, location, description), JSON lines out"
    )
    made.add_argument("source", nargs="?", default="-", metavar="FILE", help="a posting, or - for standard input")

    made = add(
        "openings",
        "ranking:openings",
        "which postings of a file are one job",
        "reachlist openings --from postings.jsonl",
    )
    made.add_argument("--from", dest="source", required=True, metavar="FILE.jsonl", help="- is standard input")


def _advice(add: Add) -> None:
    """The commands that tell the student what to do next."""
    made = add(
        "init",
        "folder:init",
        "a folder of your own: config/ to edit, data/ for the lists",
        "reachlist init internships",
    )
    made.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="this folder if not given; no file is replaced",
    )
    made = add("profile", "profile:init", "a first profile.yaml", "reachlist profile init --from-resume cv.pdf")
    made.add_argument("what", choices=("init",), metavar="init")
    made.add_argument("--from-resume", type=Path, metavar="F", help="a PDF, DOCX or text file")
    made.add_argument("--from-github", type=Path, metavar="DIR", help="a folder with your repositories")
    for name, what in (
        ("gaps", "what to learn or show: what would open or lift most openings of the list"),
        ("outreach", "small employers of your field that have no internship posted, and what to write"),
    ):
        add(name, f"advice:{name}", what, f"reachlist {name}").add_argument(
            "--top", type=_count, metavar="N", help="only the first N"
        )
    made = add(
        "whatif", "advice:whatif", "which rows an edit of the profile would move; writes nothing",
        'reachlist whatif "skills.working += sql"',
    )  # fmt: skip
    made.add_argument(
        "edit", nargs="+", metavar="EDIT", help="`skills.working += sql`, `student.graduates = 2028-06`, …; one or more"
    )
    made.add_argument("--top", type=_count, metavar="N", help="only the first N")


def _directory(add: Add) -> None:
    """The commands about boards and the configuration."""
    add("check", "upkeep:check", "validate every file of the configuration", "reachlist check")
    made = add("boards", "directory:listing", "the directory of boards", "reachlist boards health")
    kinds = made.add_subparsers(title="what", metavar="WHAT", parser_class=Parser)
    one = add("list", "directory:listing", "every board, and whether it is visited", "reachlist boards list", kinds)
    one.add_argument("--platforms", action="store_true", help="every platform instead: policy, boards, sample, why")
    add("health", "directory:health", "how the boards have fared", "reachlist boards health", kinds)
    one = add("find", "seeking:search", "boards of an employer", "reachlist boards find mistral", kinds)
    one.add_argument("name", metavar="NAME", help="sought in the directory, else on the platforms that allow it")
    one.add_argument("--offline", action="store_true", help="in the directory alone")
    one.add_argument("--replay", type=Path, metavar="DIR", help="ask the recorded world in DIR")
    one = add("add", "adding:add", "add the board at an address", "reachlist boards add jobs.lever.co/mottle", kinds)
    one.add_argument(
        "url", metavar="URL", help="of a board or of one of its postings, or a candidate's name; nothing is requested"
    )
    one.add_argument("--company", metavar="NAME", help="the employer, where its name is not the board's")
    made = add(
        "import", "importing:import_files", "what you hold: alerts, saved pages, exports, links; nothing is requested",
        "reachlist import alerts.mbox",
    )  # fmt: skip
    made.add_argument(
        "files", nargs="+", type=Path, metavar="FILE",
        help=".eml, .mbox, a Maildir, .html, .mhtml, .csv, .json, .jsonl, or .txt with a link per line",
    )  # fmt: skip


def _upkeep(add: Add) -> None:
    """The commands that keep it right from day to day."""
    made = add(
        "mark", "upkeep:mark", "note how an application stands", "reachlist mark 3 applied --note 'sent on Monday'"
    )
    made.add_argument("id", metavar="ID", help="the last column of the list, or a rank")
    made.add_argument("status", metavar="STATUS", help="applied, interviewing, rejected, hidden, …")
    made.add_argument("--note", help="a note in your own words")

    made = add("merge", "shards:merge", "join the stores of several machines", "reachlist merge one/ two/ --data all")
    made.add_argument("stores", nargs="+", metavar="STORE", help="a folder with a reachlist.db, its file, or a URL")
    made = add("status", "upkeep:status", "how fresh the list is, and what needs attention", "reachlist status")
    made.add_argument(
        "--period", type=_count, default=1, metavar="DAYS", help="how often it is run: a list twice as old is stale (1)"
    )
    add("doctor", "upkeep:doctor", "check the store, and repair or restore it", "reachlist doctor")
    made = add("schedule", "schedule:schedule", "print the unit that runs it daily", "reachlist schedule cron")
    made.add_argument("kind", nargs="?", choices=("cron", "systemd", "github", "windows"), default=HERE)
    made = add("replay", "upkeep:replay", "serve a recorded world on this machine", "reachlist replay data/sample")
    made.add_argument("world", type=Path, metavar="DIR")
    made.add_argument("--port", type=int, default=0, metavar="N", help="any free one if not given")
