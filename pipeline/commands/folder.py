"""init: a folder of the student's own, for those who installed the program instead of cloning it."""

from __future__ import annotations

from argparse import Namespace

from pipeline import whole_file
from pipeline.commands.session import DONE, Session, UsageError
from pipeline.config import shipped

OWN = ("profile.yaml", "boards.yaml")  # what a student edits; all else comes with the program and grows with it
IGNORED = "# what runs produce; the list and the notes in it are yours to keep\n*\n"


def init(session: Session, arguments: Namespace) -> int:
    """Makes config/ and data/ in a folder. What is there already stays as it is, now and at every upgrade."""
    folder, terminal = arguments.folder, session.terminal
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a folder")
    files = {f"config/{name}": shipped(f"config/{name}").read_bytes() for name in OWN}
    files["data/.gitignore"] = IGNORED.encode()
    for name, content in files.items():
        path = folder / name
        if path.exists():
            terminal.say(f"kept {path}")
        else:
            whole_file.write(path, content)
            terminal.say(f"made {path}")
    terminal.say(f"edit {folder / 'config/profile.yaml'}, then there: `reachlist check` and `reachlist run`")
    return DONE
