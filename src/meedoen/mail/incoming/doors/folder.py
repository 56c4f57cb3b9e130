"""A folder on a laptop: each ``.eml`` file that is put in it is a mail that comes in."""

from contextlib import suppress
from datetime import datetime
from email.utils import getaddresses
from pathlib import Path

import structlog
from django.conf import settings

from meedoen.mail.incoming import actions, proof, rules

DONE = "opgehaald"  # where a file goes once it was taken in
NOWHERE = "onbekend"  # a name of no meaning, for a mail that says nowhere which address of ours it is for
AT_ONCE = 50

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
    """Which addresses of ours a mail without an envelope is for; what the delivering server noted goes first."""
    head = proof.head_of(raw)
    for names in (("Delivered-To", "X-Original-To", "Envelope-To"), ("To", "Cc")):
        said = [str(value) for name in names for value in head.get_all(name, [])]
        found = [
            address
            for _name, address in getaddresses(said)
            if rules.parts_of(address)[2] == settings.MAIL_IN_DOMAIN.lower()
        ]
        if found:
            return list(dict.fromkeys(each.lower() for each in found))[: rules.MAX_RECIPIENTS]
    return [f"{NOWHERE}@{settings.MAIL_IN_DOMAIN}"]  # such as a copy that nobody sees: its sender is answered
