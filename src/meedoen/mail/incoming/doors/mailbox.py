"""Mail that is fetched from a mailbox over IMAP; it stays there until what it says is in the database, and then goes."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings

from meedoen.mail.incoming import actions

from .folder import NOWHERE, recipients_of

TIMEOUT = 20  # seconds
AT_ONCE = 100  # mails in one look; the next look takes the next ones
EVERY_SECONDS = 30.0  # between two looks

log = structlog.get_logger(__name__)


class CannotFetch(Exception):
    """The mailbox does not serve; the text says why, for the administrator."""


def is_set() -> bool:
    """Whether there is a mailbox to look into."""
    return bool(settings.IMAP_HOST)


def fetch(*, now: datetime) -> int:
    """Take in what was not seen yet; how many mails that were. Raises ``CannotFetch``.

    A mail is marked as seen, and erased there or moved, as is set, after the transaction that keeps it: whatever falls
    over in between, it is fetched again, and known. What is for no address, or too large, stays where a person finds it.
    """
    try:
        with _open() as box:
            return sum(_take_in(box, uid, now) for uid in _unseen(box))
    except (OSError, imaplib.IMAP4.error) as problem:
        raise CannotFetch(f"{type(problem).__name__}: {problem}"[:200]) from problem


@contextmanager
def _open() -> Iterator[imaplib.IMAP4]:
    box = _connected()
    try:
        box.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        answer, said = box.select(_quoted(settings.IMAP_FOLDER))
        if answer != "OK":
            raise imaplib.IMAP4.error(f"no folder {settings.IMAP_FOLDER}: {said!r}")
        yield box
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()


def _connected() -> imaplib.IMAP4:
    host, port = settings.IMAP_HOST, settings.IMAP_PORT
    if settings.IMAP_SECURITY == "tls":
        return imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)
    box = imaplib.IMAP4(host, port, timeout=TIMEOUT)
    if settings.IMAP_SECURITY == "starttls":
        box.starttls(ssl.create_default_context())
    return box


def _unseen(box: imaplib.IMAP4) -> list[str]:
    _answer, found = box.uid("SEARCH", "UNSEEN")
    return [uid.decode("ascii") for uid in (found[0] or b"").split()][:AT_ONCE]


def _take_in(box: imaplib.IMAP4, uid: str, now: datetime) -> int:
    raw = _raw(box, uid)
    recipients = recipients_of(raw) if raw is not None else []
    if raw is not None:
        actions.take_in(raw, sender="", recipients=recipients, door="imap", now=now)
    is_ours = any(not each.startswith(f"{NOWHERE}@") for each in recipients)
    goes = is_ours and settings.IMAP_DONE == "erase" and not settings.IMAP_DONE_FOLDER
    _done(box.uid("STORE", uid, "+FLAGS", r"(\Seen \Deleted)" if goes else r"(\Seen)"))
    if goes:
        _expunge(box, uid)
    elif is_ours and settings.IMAP_DONE_FOLDER:
        _move(box, uid, _quoted(settings.IMAP_DONE_FOLDER))
    return 1


def _raw(box: imaplib.IMAP4, uid: str) -> bytes | None:
    """The mail; None for one that is larger than we take, which is told and left where a person finds it."""
    told = _done(box.uid("FETCH", uid, "(RFC822.SIZE)"))
    size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(each for each in told if isinstance(each, bytes)))
    if size and int(size[1]) > settings.MAIL_IN_MAX_BYTES:
        log.warning("mail.incoming.too_large", bytes=int(size[1]))
        return None
    found = _done(box.uid("FETCH", uid, "(BODY.PEEK[])"))
    return next(bytes(each[1]) for each in found if isinstance(each, tuple))


def _done(answer: tuple[str, list[Any]]) -> list[Any]:
    """What a mailbox answered; raises when it could not: then the mail stays unseen, and is fetched the next time."""
    status, said = answer
    if status != "OK" or not said or said == [None]:
        raise imaplib.IMAP4.error(f"the mailbox says {status}")
    return said


def _move(box: imaplib.IMAP4, uid: str, folder: str) -> None:
    box.create(folder)  # says no where it is there
    if _can(box, b"MOVE"):
        box.uid("MOVE", uid, folder)
        return
    answer, _said = box.uid("COPY", uid, folder)
    if answer == "OK":
        box.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
        _expunge(box, uid)


def _expunge(box: imaplib.IMAP4, uid: str) -> None:
    """Have what is marked as deleted go: this mail alone, where the server can (RFC 4315)."""
    if _can(box, b"UIDPLUS"):
        box.uid("EXPUNGE", uid)
    else:
        box.expunge()


def _can(box: imaplib.IMAP4, what: bytes) -> bool:
    """Whether the server can do that: asked now, since it tells more to who signed in than imaplib remembers."""
    return what in b" ".join(each for each in _done(box.capability()) if isinstance(each, bytes)).upper().split()


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
