"""The command line: which command answers, and how an error ends it. What it accepts stands in commands/accepted.py.

The one place of `pipeline` that knows there is a crawl: it hands `crawlers` to the commands. Nothing is
imported before a command needs it, so that `reachlist --help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.commands.accepted import parser
from pipeline.commands.session import LOCKED, REFUSED, Crawlers, LockedError, Session, UsageError
from pipeline.terminal import Terminal

INTERRUPTED = 130  # as shells count SIGINT
COMMON = {
    "data": Path("data"), "config": Path("config"), "now": None, "connect_to": None, "delay_scale": None, "store": None,
    "quiet": False, "plain": False,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code (0, 1, 2, 3, 75; see docs/reliability.md)."""
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
    if hasattr(parsed, "replay"):  # it may visit boards
        _refuse_address(parsed)
    if parsed.config != COMMON["config"] and not parsed.config.is_dir():
        raise UsageError(f"--config {parsed.config}: there is no such directory")
    now = (parsed.now or datetime.now(UTC)).replace(microsecond=0)
    server = parsed.store or os.environ.get("REACHLIST_STORE") or None
    crawlers = Crawlers(_crawl, _why_not, _unsaid, _shard, _serve, _read)
    return Session(parsed.data, parsed.config, now, terminal, crawlers, server)


def _refuse_address(parsed: argparse.Namespace) -> None:
    """Raises UsageError for an address or a scale of delays that no crawl may have, whether or not a board is due."""
    served = parsed.replay is not None or parsed.command == "crawling:demo"
    if parsed.connect_to and served:
        raise UsageError("--connect-to and a replayed world both say where requests go: give one of them")
    if parsed.connect_to is not None or parsed.delay_scale is not None:
        from crawlers.replay import LOOPBACK  # noqa: PLC0415
        from crawlers.session import stand_in  # noqa: PLC0415

        with _wrong_use():
            stand_in(f"{LOOPBACK}:1" if served else parsed.connect_to, parsed.delay_scale)


@contextmanager
def _wrong_use() -> Iterator[None]:
    """What the crawlers refuse with a ValueError, an address, a delay scale or a world, is asked wrongly."""
    try:
        yield
    except ValueError as error:
        raise UsageError(str(error)) from error


def _crawl(*arguments: Any, **options: Any) -> Any:
    from crawlers.run import crawl  # noqa: PLC0415

    with _wrong_use():
        return crawl(*arguments, **options)


def _why_not(*arguments: Any) -> str | None:
    from crawlers.run import why_not  # noqa: PLC0415

    return why_not(*arguments)


def _unsaid(*arguments: Any) -> tuple[str, ...]:
    from crawlers.run import unsaid  # noqa: PLC0415

    return unsaid(*arguments)


def _shard(*arguments: Any) -> Any:
    from crawlers.shards import shard  # noqa: PLC0415

    return shard(*arguments)


def _read(*arguments: Any) -> Any:
    from crawlers.importers import read  # noqa: PLC0415

    return read(*arguments)


@contextmanager
def _serve(directory: Path, port: int = 0) -> Iterator[str]:
    from crawlers.replay import serve  # noqa: PLC0415

    with ExitStack() as stack:
        with _wrong_use():
            address = stack.enter_context(serve(directory, port))
        yield address


def _command(parsed: argparse.Namespace) -> Any:
    module, function = parsed.command.split(":")
    return getattr(import_module(f"pipeline.commands.{module}"), function)


if __name__ == "__main__":
    sys.exit(main())
