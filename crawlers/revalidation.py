"""Has a board changed since the last whole listing? Asked with its validators, or seen by its bytes.

Validators are kept per board and address, and only with a `complete` verdict; the hash carries the program's
version, so that a listing is read anew by every new version.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version

from scrapy import Request
from scrapy.http import Response

from pipeline.store import Validators

VERSION = version("reachlist")


class Revalidation:
    """One visit's look at what was kept of the last one."""

    def __init__(self, listing: str, kept: Validators | None, *, whole: bool) -> None:
        """`whole`: the listing is one answer, so that this answer alone can prove it unchanged."""
        self._listing, self._whole = listing, whole
        ours = kept is not None and (kept.body_hash or "").startswith(f"{VERSION}:")
        self._kept = kept if ours else None
        self._asked = False
        self._digest = hashlib.sha256()
        self._etag: str | None = None
        self._last_modified: str | None = None

    def ask(self, request: Request) -> None:
        """Make the request conditional, where one answer proves the whole listing."""
        if self._kept is None or not self._whole or request.method != "GET":
            return
        self._asked = True
        if self._kept.etag:
            request.headers["If-None-Match"] = self._kept.etag
        if self._kept.last_modified:
            request.headers["If-Modified-Since"] = self._kept.last_modified

    def unchanged(self, response: Response) -> bool:
        """Take one answer; True where it proves that nothing changed."""
        if response.status == 304:
            return self._asked
        self._digest.update(response.body)
        self._etag = (response.headers.get("ETag") or b"").decode("latin-1") or None
        self._last_modified = (response.headers.get("Last-Modified") or b"").decode("latin-1") or None
        return self._whole and response.status == 200 and self.same_bytes()

    def same_bytes(self) -> bool:
        """Whether all answers so far are those of the last whole listing, byte for byte."""
        return self._kept is not None and self._kept.body_hash == self._hash()

    def validators(self) -> dict[str, Validators]:
        """What to keep for the next visit, by listing."""
        return {self._listing: Validators(self._etag, self._last_modified, self._hash())}

    def _hash(self) -> str:
        return f"{VERSION}:{self._digest.hexdigest()}"
