"""A file that programs and people read while runs go on: it is replaced as a whole, never seen half written."""

import os
from pathlib import Path
from stat import S_IMODE
from uuid import uuid4


def write(path: Path, content: bytes) -> None:
    """Put `content` in place of whatever `path` holds, or what it leads to if it is a link.

    Who may read it stays as it was; of a new file the umask decides. Raises OSError, with the old file left as it was.
    """
    path = path.resolve() if path.is_symlink() else path
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}{uuid4().hex[:8]}.new")
    try:
        with new.open("xb") as file:
            if path.exists():
                new.chmod(S_IMODE(path.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
