"""The addresses that our mails ask to be answered to: made, found, taken back."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from meedoen.kernel import prepared
from meedoen.kernel.database import in_parts

from . import rules
from .models import ReplyAddress, ReplyAddressQuerySet


def is_open() -> bool:
    """Whether mail can come in, so that a mail of ours may ask for an answer."""
    return bool(settings.MAIL_IN_DOMAIN)


def named(name: str) -> str:
    """``vraag@…``; empty where no mail can come in."""
    return f"{name}@{settings.MAIL_IN_DOMAIN}" if is_open() else ""


def answer_to(purpose: str, *, owner: object, about: object, now: datetime, name: str = rules.ANSWER) -> str:
    """The address for answers of ``owner`` about something, the same each time; empty where no mail can come in."""
    if not is_open():
        return ""
    known = {"purpose": purpose, "owner": str(owner), "about": str(about)}
    found = prepared.one(_known, **known)
    if found is None:
        try:
            with transaction.atomic():
                found = ReplyAddress.objects.create(**known, token=_new_token(), made_at=now)
        except IntegrityError:  # another mail asked a moment earlier
            found = ReplyAddress.objects.alive().get(**known)
    return with_token(name, found.token)


def tokens_for(purpose: str, about: Mapping[str, object], *, now: datetime) -> dict[str, str]:
    """The tokens of many at once, by what they are about; ``about`` gives the owner of each. None where no mail comes in.

    As ``answer_to``, in a fixed number of queries; of one that is made at the same moment elsewhere there is one.
    """
    if not is_open():
        return {}
    ours = ReplyAddress.objects.alive().filter(purpose=purpose, about__in=list(about))
    known = dict(ours.values_list("about", "token"))
    missing = [
        ReplyAddress(purpose=purpose, owner=str(owner), about=each, token=_new_token(), made_at=now)
        for each, owner in about.items()
        if each not in known
    ]
    if missing:
        ReplyAddress.objects.bulk_create(missing, ignore_conflicts=True)
        known = dict(ours.all().values_list("about", "token"))
    return known


def with_token(name: str, token: str) -> str:
    """``antwoord+TOKEN@…``."""
    return f"{name}+{token}@{settings.MAIL_IN_DOMAIN}"


def answers_to(purpose: str, owners: Mapping[str, str], *, now: datetime) -> dict[str, str]:
    """As ``answer_to`` for many: who answers, by what about, as the address for each; queries do not grow with them."""
    if not is_open():
        return {}
    made = [
        ReplyAddress(purpose=purpose, owner=owner, about=about, token=_new_token(), made_at=now)
        for about, owner in owners.items()
    ]
    found = {}
    for part in in_parts(list(owners)):
        known = ReplyAddress.objects.alive().filter(purpose=purpose, about__in=part)
        there = set(known.values_list("owner", "about"))
        ReplyAddress.objects.bulk_create(
            [each for each in made if each.about in part and (each.owner, each.about) not in there],
            ignore_conflicts=True,  # another mail asked a moment earlier
        )
        found.update({each.about: each for each in known if owners[each.about] == each.owner})
    return {about: f"{rules.ANSWER}+{each.token}@{settings.MAIL_IN_DOMAIN}" for about, each in found.items()}


def found(token: str) -> ReplyAddress | None:
    """What a token leads to; nothing for one that was taken back or never was."""
    address = ever(token)
    return address if address and address.revoked_at is None else None


def ever(token: str) -> ReplyAddress | None:
    """What a token leads to, or did until its owner took that back."""
    return prepared.one(_of_token, token=token) if rules.is_token(token) else None


def revoke(*owners: object, only: int | None = None, now: datetime) -> int:
    """Let none of somebody's addresses lead anywhere any more, or not this one; the next mail brings new ones."""
    theirs = ReplyAddress.objects.alive().of(owners)
    return (theirs if only is None else theirs.filter(pk=only)).update(revoked_at=now)


def give_back(*owners: object, revoked_at: datetime, now: datetime) -> int:
    """Let what was revoked then lead somewhere again; how many. Not what a newer address came for, or too late."""
    if now - revoked_at > rules.UNDO_REVOKED:
        return 0
    gone = ReplyAddress.objects.of(owners).filter(revoked_at=revoked_at)
    newer = ReplyAddress.objects.alive().filter(
        purpose=OuterRef("purpose"), owner=OuterRef("owner"), about=OuterRef("about")
    )
    try:
        with transaction.atomic():
            return gone.filter(~Exists(newer)).update(revoked_at=None)
    except IntegrityError:  # a newer one came a moment ago
        return 0


def forget(purpose: str, about: Sequence[str]) -> None:
    """Erase the addresses for answers about things that are gone."""
    for part in in_parts(about):
        ReplyAddress.objects.filter(purpose=purpose, about__in=part).delete()


def _known(*, purpose: str, owner: str, about: str) -> ReplyAddressQuerySet:
    return ReplyAddress.objects.alive().filter(purpose=purpose, owner=owner, about=about)


def _of_token(*, token: str) -> ReplyAddressQuerySet:
    return ReplyAddress.objects.filter(token=token)


def _new_token() -> str:
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()
