"""The addresses that our mails ask to be answered to: made, found, taken back."""

import base64
import secrets
from collections.abc import Iterable, Mapping, Sequence
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

    As ``answer_to``, in a number of queries that does not grow with them.
    """
    tokens: dict[str, str] = {}
    for part in in_parts(list(about)) if is_open() else ():
        found = _tokens(purpose, [(str(about[each]), each) for each in part], now=now)
        tokens.update({each: token for (_owner, each), token in found.items()})
    return tokens


def with_token(name: str, token: str) -> str:
    """``antwoord+TOKEN@…``."""
    return f"{name}+{token}@{settings.MAIL_IN_DOMAIN}"


def answers_to(purpose: str, owners: Mapping[str, str], *, now: datetime) -> dict[str, str]:
    """As ``answer_to`` for many: who answers, by what about, as the address for each."""
    tokens = tokens_for(purpose, owners, now=now)
    return {about: with_token(rules.ANSWER, token) for about, token in tokens.items()}


def answers_about(purpose: str, about: str, owners: Iterable[int], *, now: datetime) -> dict[int, str]:
    """As ``answer_to`` for many who answer about one thing: the address of each, by who they are."""
    answers: dict[int, str] = {}
    for part in in_parts(list(owners)) if is_open() else ():
        found = _tokens(purpose, [(str(owner), about) for owner in part], now=now)
        answers.update({int(owner): with_token(rules.ANSWER, token) for (owner, _about), token in found.items()})
    return answers


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


def _tokens(purpose: str, wanted: list[tuple[str, str]], *, now: datetime) -> dict[tuple[str, str], str]:
    """The token of each owner and thing. They are looked for by owner: an owner has few, a purpose has those of all."""
    ours = ReplyAddress.objects.alive().filter(purpose=purpose, owner__in={owner for owner, _about in wanted})
    things = {about for _owner, about in wanted}
    if len(things) == 1:
        ours = ours.filter(about__in=things)
    known = {(owner, about): token for owner, about, token in ours.values_list("owner", "about", "token")}
    missing = [
        ReplyAddress(purpose=purpose, owner=owner, about=about, token=_new_token(), made_at=now)
        for owner, about in wanted
        if (owner, about) not in known
    ]
    if missing:
        ReplyAddress.objects.bulk_create(missing, ignore_conflicts=True)  # another mail may ask a moment earlier
        known = {(owner, about): token for owner, about, token in ours.all().values_list("owner", "about", "token")}
    return {each: known[each] for each in wanted}


def _known(*, purpose: str, owner: str, about: str) -> ReplyAddressQuerySet:
    return ReplyAddress.objects.alive().filter(purpose=purpose, owner=owner, about=about)


def _of_token(*, token: str) -> ReplyAddressQuerySet:
    return ReplyAddress.objects.filter(token=token)


def _new_token() -> str:
    return base64.b32encode(secrets.token_bytes(16)).decode("ascii").rstrip("=").lower()
