"""The command line: what it accepts, which command answers, and how an error ends it.

The one place of `pipeline` that knows there is a crawl: it hands `crawlers` to the commands. Nothing is
imported before a command needs it, so that `reachlist --help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from pipeline.commands.session import LOCKED, REFUSED, Crawlers, LockedError, Session, UsageError
from pipeline.terminal import Terminal

INTERRUPTED = 130  # as shells count SIGINT
COMMON = {
    "data": Path("data"), "config": Path("config"), "now": None, "connect_to": None, "delay_scale": None,
    "quiet": False, "plain": False, "replay": None,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code (0, 1, 2, 3, 75; see DESIGN in docs)."""
    parsed = parser().parse_args(arguments)
    for name, default in COMMON.items():
        if not hasattr(parsed, name):
            setattr(parsed, name, default)
    terminal = Terminal(plain=parsed.plain, quiet=parsed.quiet)
    terminal.take_logs()
    try:
        return _command(parsed)(session(parsed, terminal), parsed)
    except LockedError as error:
        terminal.warn(error)
        return LOCKED
    except UsageError as error:
        terminal.warn(f"reachlist: {error}")
        return REFUSED
    except BrokenPipeError:
        sys.stdout = None  # type: ignore[assignment]  # whoever read has gone: nothing is left to say
        return 0
    except KeyboardInterrupt:
        terminal.warn("interrupted")
        return INTERRUPTED
    except Exception as error:
        for line in _explained(error):
            terminal.warn(line)
        return REFUSED


def _explained(error: Exception) -> list[str]:
    """The lines for an error; with REACHLIST_TRACEBACK set, one that nobody foresaw is raised again."""
    from pipeline.checked_yaml import ConfigError  # noqa: PLC0415
    from pipeline.database import StoreError  # noqa: PLC0415

    if isinstance(error, ConfigError):
        return error.problems
    if isinstance(error, StoreError):
        return [f"reachlist: {error}"]
    if isinstance(error, OSError):
        return [f"reachlist: {f'{error.filename}: ' if error.filename else ''}{error.strerror or error}"]
    if os.environ.get("REACHLIST_TRACEBACK"):
        raise error
    what = f"{type(error).__name__}: {error}"
    return [f"reachlist: a fault of the program ({what}); REACHLIST_TRACEBACK=1 shows where, please report it"]


def session(parsed: argparse.Namespace, terminal: Terminal) -> Session:
    """The common options, checked. Raises UsageError."""
    if parsed.connect_to and parsed.replay:
        raise UsageError("--connect-to and --replay both say where requests go: give one of them")
    if parsed.config != COMMON["config"] and not parsed.config.is_dir():
        raise UsageError(f"--config {parsed.config}: there is no such directory")
    now = parsed.now or datetime.now(UTC)
    return Session(parsed.data, parsed.config, now.replace(microsecond=0), terminal, Crawlers(_crawl, _why_not, _serve))


def _crawl(*arguments: Any, **options: Any) -> Any:
    from crawlers.run import crawl  # noqa: PLC0415

    try:
        return crawl(*arguments, **options)
    except ValueError as error:  # a wrong address or delay scale
        raise UsageError(str(error)) from error


def _why_not(*arguments: Any) -> str | None:
    from crawlers.run import why_not  # noqa: PLC0415

    return why_not(*arguments)


def _serve(directory: Path, port: int = 0) -> AbstractContextManager[str]:
    from crawlers.replay import serve  # noqa: PLC0415

    return serve(directory, port)


def _command(parsed: argparse.Namespace) -> Any:
    module, function = parsed.command.split(":")
    return getattr(import_module(f"pipeline.commands.{module}"), function)


# --- what is accepted ---------------------------------------------------------------------------------


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
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 2026-11-21T08:00:00Z") from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def common_options() -> argparse.ArgumentParser:
    """The options of every command, accepted before and after its name."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("common options")
    group.add_argument("--data", type=Path, metavar="DIR", help="where the store and the lists are (data/)")
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

    def boards_chosen(made: argparse.ArgumentParser) -> None:
        made.add_argument("--platform", metavar="P", help="only boards of this platform")
        made.add_argument("--board", action="append", metavar="P/SLUG", help="only this board, due or not; repeatable")
        made.add_argument("--all", action="store_true", help="boards that are not due yet, too")
        made.add_argument(
            "--replay", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="visit the recorded world in DIR"
        )

    run = add("run", "crawling:run", "crawl what is due, read, rank, write the list and the report", "reachlist run")
    boards_chosen(run)
    run.add_argument(
        "--notify", action="store_true", help="tell what is new: to the addresses in REACHLIST_NOTIFY, or as digest.eml"
    )
    demo = add("demo", "crawling:demo", "the same on the sample world, without any network", "reachlist demo")
    demo.set_defaults(platform=None, board=None, notify=False)
    boards_chosen(add("crawl", "crawling:crawl", "only the crawl", "reachlist crawl --platform lever"))

    made = add("rank", "ranking:rank", "rank again what is stored, or the postings of a file", "reachlist rank --diff")
    made.add_argument(
        "--profile", type=Path, metavar="FILE", help="rank for this profile instead of config/profile.yaml"
    )
    made.add_argument(
        "--from", dest="source", metavar="FILE.jsonl", help="rank the postings of this file; - is standard input"
    )
    made.add_argument("--format", choices=("csv", "jsonl", "table"), help="print the list like this and write no file")
    made.add_argument("--top", type=int, metavar="N", help="only the first N rows")
    made.add_argument(
        "--diff", action="store_true", help="print which rows move against the last list and why; write no file"
    )

    made = add("show", "ranking:show", "one opening: score arithmetic, quotes, history, links", "reachlist show 1")
    made.add_argument("id", metavar="ID", help="the last column of the list, a posting's id, or a rank")

    _advice(add)

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

    add("check", "upkeep:check", "validate every file of the configuration", "reachlist check")

    made = add("boards", "directory:listing", "the directory of boards", "reachlist boards health")
    kinds = made.add_subparsers(title="what", metavar="WHAT", parser_class=Parser)
    add("list", "directory:listing", "every board, and whether it is visited", "reachlist boards list", kinds)
    add("health", "directory:health", "how the boards have fared", "reachlist boards health", kinds)

    made = add(
        "mark", "upkeep:mark", "note how an application stands", "reachlist mark 3 applied --note 'sent on Monday'"
    )
    made.add_argument("id", metavar="ID", help="the last column of the list, or a rank")
    made.add_argument("status", metavar="STATUS", help="applied, interviewing, rejected, hidden, …")
    made.add_argument("--note", help="a note in your own words")

    add("status", "upkeep:status", "how fresh the list is, and what needs attention", "reachlist status")
    add("doctor", "upkeep:doctor", "check the store, and repair or restore it", "reachlist doctor")
    made = add("schedule", "schedule:schedule", "print the unit that runs it daily", "reachlist schedule cron")
    made.add_argument("kind", nargs="?", choices=("cron", "systemd", "github"), default="cron")
    made = add("replay", "upkeep:replay", "serve a recorded world on this machine", "reachlist replay data/sample")
    made.add_argument("world", type=Path, metavar="DIR")
    made.add_argument("--port", type=int, default=0, metavar="N", help="any free one if not given")
    return top


def _advice(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands that tell the student what to do next."""
    for name, what in (
        ("gaps", "what to learn or show: what would open or lift most openings of the list"),
        ("outreach", "small employers of your field that have no internship posted, and what to write"),
    ):
        add(name, f"advice:{name}", what, f"reachlist {name}").add_argument(
            "--top", type=int, metavar="N", help="only the first N"
        )
    made = add(
        "whatif", "advice:whatif", "which rows an edit of the profile would move; writes nothing",
        'reachlist whatif "skills.working += sql"',
    )  # fmt: skip
    made.add_argument("edit", metavar="EDIT", help="`skills.working += sql`, `student.graduates = 2028-06`, …")
    made.add_argument("--top", type=int, metavar="N", help="only the first N")


if __name__ == "__main__":
    sys.exit(main())
