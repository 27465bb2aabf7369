"""What can go wrong on the way to an answer, and how it is told to a person in one line.

Refused (an IgnoreRequest): a rule of ours, or of the host, forbids the request; never retried. LeftAlone: the host
gets no more of them in this run. SentOn: the host answers with an address that may not be asked.
Everything else is Scrapy's own tree of download errors, or `fields.Unreadable` for an answer.
"""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)


class Refused(IgnoreRequest):
    """A request that may not be sent; the message says why."""


class LeftAlone(Refused):
    """A request to a host that gets no more in this run."""


class SentOn(Refused):
    """A redirect to where nothing is asked; `status` is the redirect's where it says that the board left its host."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


_IN_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (DownloadTimeoutError, "no whole answer in time"),
    (CannotResolveHostError, "the host's name is not known"),
    (DownloadConnectionRefusedError, "no connection"),
    (ResponseDataLossError, "the answer broke off"),
    (DownloadCancelledError, "the answer is too large"),
    (DownloadFailedError, "the connection broke"),
)


def explain(error: BaseException) -> str:
    """One line for a person."""
    if isinstance(error, IgnoreRequest) and not isinstance(error, Refused):  # Scrapy's words quote the address
        return "the answer is too large" if "DOWNLOAD_MAXSIZE" in str(error) else "redirected too often"
    words = next((words for kind, words in _IN_WORDS if isinstance(error, kind)), None)
    detail = " ".join(str(error).split())[:300]
    if words is None:
        return detail or type(error).__name__
    return f"{words}: {detail}" if detail else words
