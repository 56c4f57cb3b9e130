"""A folder on a laptop: each ``.eml`` file that is put in it is a mail that comes in."""

from contextlib import suppress
from datetime import datetime
from email.message import Message
from email.utils import getaddresses
from pathlib import Path

import structlog
from django.conf import settings

from meedoen.mail import envelope
from meedoen.mail.incoming import actions, proof, routes, rules

DONE = "opgehaald"  # where a file goes once it was taken in
NOWHERE = "onbekend"  # a name of no meaning, for a mail that says nowhere which address of ours it is for
AT_ONCE = 50
NOTED = ("x-original-to", "envelope-to", "delivered-to")  # by Postfix, Exim and others; the surest first
HOPS = 2  # at the second "Received" the journey before the last hop begins

log = structlog.get_logger(__name__)


def take_in_all(*, now: datetime) -> int:
    """Take in what lies there; how many files that were. Quick when there is none."""
    folder = Path(settings.MAIL_IN_DIR) if settings.MAIL_IN_DIR else None
    if folder is None or not folder.is_dir():
        return 0
    files = sorted(path for path in folder.glob("*.eml") if path.is_file())[:AT_ONCE]
    for path in files:
        with suppress(FileNotFoundError):  # another worker was first
            _take_in(path, now)
    return len(files)


def _take_in(path: Path, now: datetime) -> None:
    if path.stat().st_size > settings.MAIL_IN_MAX_BYTES:
        log.warning("mail.incoming.too_large", file=path.name)
    else:
        raw = path.read_bytes()
        actions.take_in(raw, sender="", recipients=recipients_of(raw), door="folder", now=now)
    done = path.parent / DONE
    done.mkdir(exist_ok=True)
    path.rename(done / path.name)


def recipients_of(raw: bytes) -> list[str]:
    """Which addresses of ours a mail without an envelope is for.

    What the server that delivered it noted goes first: one address, of the last hop. What stands further down was
    noted on an earlier journey of the mail, or typed by its sender.
    """
    head = proof.head_of(raw)
    noted = _ours(_noted(head))
    known = [each for each in noted if routes.may_be_ours(each, sender=envelope.sender_address())]
    if known:
        return known[:1]
    # Such as the mailbox for all addresses: then what the mail itself says.
    found = _ours([str(value) for name in ("To", "Cc") for value in head.get_all(name, [])])
    return found[: rules.MAX_RECIPIENTS] or noted[:1] or [f"{NOWHERE}@{settings.MAIL_IN_DOMAIN}"]


def _noted(head: Message) -> list[str]:
    """The receivers that the last hop wrote above the mail, what it was sent to before whose mailbox that is.

    The last hop may be two programs of one house: a mail server, and one that lays the mail in the mailbox.
    """
    found: dict[str, str] = {}
    hops = 0
    for name, value in head.raw_items():
        hops += name.lower() == "received"
        if hops == HOPS:
            break
        if name.lower() in NOTED:
            found.setdefault(name.lower(), str(value))
    return [found[name] for name in NOTED if name in found]


def _ours(said: list[str]) -> list[str]:
    """The addresses in these headers that are of our domain, each once."""
    addresses = [address.lower() for _name, address in getaddresses(said)]
    return [each for each in dict.fromkeys(addresses) if rules.parts_of(each)[2] == settings.MAIL_IN_DOMAIN.lower()]
