"""Words that nobody may read in the outbox, such as a code: they lie there sealed, and are opened as the mail leaves."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime

from meedoen.kernel import sealing
from meedoen.kernel.identifiers import unguessable

from . import references

KIND = "mail.secret"  # of the references


def register() -> None:
    """Tell the outbox how these are looked up; at start-up."""
    references.register(KIND, _opened)


def secret(words: str) -> references.Reference:
    """A value for the context of a mail, also for its subject, that stands for ``words``."""
    place = unguessable()
    found = sealing.sealed(words.encode(), use=KIND, place=place)
    return references.Reference(KIND, {"place": place, "sealed": b64encode(found).decode()})


def _opened(about: Mapping[str, str], _occasion: str, _now: datetime) -> str:
    try:
        return sealing.opened(b64decode(about["sealed"]), use=KIND, place=about["place"], may_be_earlier=True).decode()
    except sealing.Foreign:
        raise references.NotNow("what is sealed in it was sealed with another secret of the site") from None
