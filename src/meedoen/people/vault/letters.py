"""Telling by mail what somebody needs: the mail holds a reference, and the words exist only while it leaves."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.kernel import dutch
from meedoen.mail import references

from . import actions, rules, waiting
from .models import Sealed
from .rules import Purpose

KIND = "vault"
WAITING = "vault.waiting"


def register() -> None:
    """Tell the outbox how these are looked up."""
    references.register(KIND, _words)
    references.register(WAITING, _waiting_words)


def mention(sealed: Sealed, *, purpose: Purpose, part: str, receiver: str) -> references.Reference:
    """A value for the context of a mail that stands for ``part`` of what somebody keeps here.

    ``receiver`` is who gets the mail, in words that its person will read beside the look: "de schrijftolk". Raises
    ``Refused`` where this purpose lets no mail tell it.
    """
    if not rules.may_be_told(kept_for=Purpose(sealed.purpose), looks_for=purpose):
        raise actions.Refused(_("Dit mag niet in een mail."))
    about = {"mark": sealed.mark, "purpose": purpose.value, "part": part, "receiver": receiver}
    return references.Reference(KIND, about)


def mention_waiting(mark: str, *, part: str) -> references.Reference:
    """A value for a mail to who wrote it, or to whom they wrote it: stands for ``part`` of what waits under ``mark``.

    A ``part`` such as ``lines.3`` is one of a list.
    """
    return references.Reference(WAITING, {"mark": mark, "part": part})


def _waiting_words(about: Mapping[str, str], occasion: str, now: datetime) -> str:
    """As ``_words``; no look is written down, since nobody reads it here."""
    try:
        content = waiting.held(about["mark"], now=now)
    except actions.CannotRead as problem:
        raise references.NotNow("the vault does not open") from problem
    except actions.Refused:
        return _("(dit is gewist)")
    part, _dot, number = about["part"].partition(".")
    said = content.get(part, "")
    if number:
        return str(said[int(number)])
    return dutch.join([str(each) for each in said]) if isinstance(said, list) else str(said)


def _words(about: Mapping[str, str], occasion: str, now: datetime) -> str:
    """The words at this moment; that they are gone, when they are."""
    sealed = Sealed.objects.filter(mark=about["mark"]).first()
    try:
        if sealed is None:
            raise actions.Refused
        content = actions.tell(
            sealed,
            purpose=Purpose(about["purpose"]),
            receiver=about["receiver"],
            occasion=f"{occasion}-{sealed.mark}",
            now=now,
        )
    except actions.CannotRead as problem:
        raise references.NotNow("the vault does not open") from problem
    except actions.Refused:
        return _("(dit is gewist)")
    said = content.get(about["part"], "")
    return dutch.join([str(each) for each in said]) if isinstance(said, list) else str(said)
