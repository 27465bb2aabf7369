"""Job-alert mails: .eml, .mbox and Maildir, by the standard library; no mailbox is logged in to.

LinkedIn, Indeed, Glassdoor, ZipRecruiter and Handshake by their links; Google alerts by whatever they link to.
"""

from __future__ import annotations

import mailbox
import re
from collections.abc import Callable, Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import IO, Any

from crawlers.fields import Unreadable
from crawlers.importers.building import Found
from crawlers.importers.cards import html_cards, soup, text_cards

MAX_MESSAGE = 8_000_000  # bytes of one mail that are read: its texts stand before its attachments
MAX_PARTS = 60
CONTAINER = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)

Complain = Callable[[str], None]


def message(path: Path, complain: Complain) -> Iterator[Found]:
    """The jobs of one mail. Raises Unreadable."""
    with path.open("rb") as file:
        yield from _jobs(file, complain)


def mailbox_file(path: Path, complain: Complain) -> Iterator[Found]:
    """The jobs of every mail of an mbox; one that cannot be read is told, one without a job counted."""
    yield from _each(mailbox.mbox(path, create=False), complain)


def folder(path: Path, complain: Complain) -> Iterator[Found]:
    """The jobs of every mail of a Maildir. Raises Unreadable where the folder is none."""
    if not ((path / "cur").is_dir() and (path / "new").is_dir()):
        raise Unreadable("a folder that is no Maildir: it has no cur/ and new/")
    yield from _each(mailbox.Maildir(path, create=False), complain)


def _each(box: mailbox.mbox | mailbox.Maildir, complain: Complain) -> Iterator[Found]:
    try:
        for number, key in enumerate(box.keys(), 1):
            try:
                file = box.get_file(key)
                try:
                    found = list(_jobs(file, complain))
                finally:
                    file.close()
                yield from found or [Found("", left_out="a mail in which no posting was found")]
            except Unreadable as error:
                complain(f"mail {number}: {error}")
    finally:
        box.close()


def _jobs(file: IO[bytes] | Any, complain: Complain) -> Iterator[Found]:
    raw = file.read(MAX_MESSAGE + 1)
    if len(raw) > MAX_MESSAGE:
        complain(f"a mail larger than {MAX_MESSAGE:,} bytes: only its beginning is read")
    if len(CONTAINER.findall(raw)) > MAX_PARTS:
        raise Unreadable(f"a mail of more than {MAX_PARTS} parts within parts: not read")
    try:
        mail = BytesParser(policy=policy.default).parsebytes(raw[:MAX_MESSAGE])
        google = any("googlealerts" in sender for sender in _senders(mail))
        markup, plain = _texts(mail, "html"), _texts(mail, "plain")
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"not a mail that can be read: {error}") from error
    source = "google-alerts" if google else "mail"
    found = [card for text in markup for card in html_cards(soup(text), source, everything=google)]
    yield from found or (card for text in plain for card in text_cards(text, source))


def _senders(mail: EmailMessage) -> Iterator[str]:
    """Who sent it, and who sent what is forwarded in it."""
    for part in mail.walk():
        yield str(part.get("from", "")).lower()


def _texts(mail: EmailMessage, kind: str) -> list[str]:
    """The texts of a kind that are no attachments, with U+FFFD for what their charset cannot say.

    Those of mails that are forwarded in it, too.
    """
    texts = []
    for part in mail.walk():
        if part.get_content_type() == f"text/{kind}" and part.get_content_disposition() != "attachment":
            content = part.get_payload(decode=True)
            if not isinstance(content, bytes):
                continue
            try:
                texts.append(content.decode(part.get_content_charset() or "utf-8", "replace"))
            except (LookupError, ValueError):
                texts.append(content.decode("utf-8", "replace"))
    return texts
