"""merge: the stores of several machines become one."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pipeline.commands.session import DONE, Session, UsageError


def merge(session: Session, arguments: Namespace) -> int:
    """Takes the shards' stores into this one; the list is made by `reachlist rank`, afterwards."""
    from pipeline.shard_stores import join  # noqa: PLC0415 -- `--help` must be quick

    places = list(dict.fromkeys(_where(name) for name in arguments.stores))
    own = session.server or str(session.store_path.resolve())
    if own in map(str, places):
        raise UsageError(f"{own} is the store that the others are joined into: leave it out")
    with session.lock(), session.store() as target:
        boards = join(target, places)
        target.renew_backup()
    stores = f"{len(places)} {'store' if len(places) == 1 else 'stores'}"
    session.terminal.say(f"{boards} boards of {stores}; `reachlist rank` makes the list of them")
    return DONE


def shard_of(text: str) -> tuple[int, int]:
    """`i/n` with 1 <= i <= n. Raises ValueError."""
    number, _, count = text.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise ValueError(text)
    return int(number), int(count)


def _where(name: str) -> Path | str:
    """A store's URL, its file, or the folder it is in."""
    if "://" in name:
        return name
    path = Path(name) / "reachlist.db" if Path(name).is_dir() else Path(name)
    if not path.is_file():
        raise UsageError(f"{name}: there is no store here (a folder with reachlist.db, its file, or a URL)")
    return path.resolve()
