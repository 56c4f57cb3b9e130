"""The deeds of the vault: say yes and take it back, put in, look, erase, and go on with another key."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.kernel.clock import local_date
from meedoen.mail.incoming import erasing
from meedoen.mail.incoming.models import Incoming
from meedoen.people.models import Person

from . import rules, sealing
from .models import Consent, Count, Key, Look, Sealed, SealedQuerySet, Waiting, Wording
from .rules import Ending, Purpose, Reason

COUNTED = "counted"  # in content: plain words such as "schrijftolk" that are added to the counts when it ends

log = structlog.get_logger(__name__)


class Refused(Exception):
    """The vault does not do this; the text is fit to show."""


class CannotRead(Refused):
    """The content is there and cannot be opened: the key is away, or somebody changed the row."""


@dataclass(frozen=True)
class Opened:
    """What several people keep here, by its row; and of how many rows it does not open."""

    contents: list[tuple[Sealed, dict[str, Any]]]
    unreadable: int


@transaction.atomic
def consent(
    person: Person,
    *,
    kind: str,
    words: str,
    now: datetime,
    subject: str = "",
    given_by: Person | None = None,
    until: datetime | None = None,
) -> Consent:
    """Write down that ``person`` said yes to ``words``, exactly as they stood on the page.

    ``given_by`` is who pressed the button for them; nobody: they did so themselves. Other words than before take
    the place of the earlier yes, which so ends; what was kept by it goes on under the new one.
    """
    wording, _new = Wording.objects.get_or_create(
        kind=kind, digest=sha256(words.encode()).hexdigest(), defaults={"words": words, "since": now}
    )
    earlier = Consent.objects.select_for_update().given(person, kind, subject).first()
    if earlier and earlier.wording_id == wording.pk:
        Consent.objects.filter(pk=earlier.pk).update(until=until)
        earlier.until = until
        return earlier
    if earlier:
        Consent.objects.filter(pk=earlier.pk).update(withdrawn_at=now)
    given = Consent.objects.create(
        person=person,
        kind=kind,
        subject=subject,
        wording=wording,
        given_at=now,
        given_by=given_by or person,
        until=until,
    )
    if earlier:
        Sealed.objects.kept().filter(consent=earlier).update(consent=given)
    return given


@transaction.atomic
def put(
    person: Person,
    *,
    purpose: Purpose,
    subject: str,
    title: str,
    content: Mapping[str, Any],
    agreed: Consent,
    until: datetime,
    now: datetime,
) -> Sealed:
    """Keep ``content`` for one purpose until an end date; what stood there for the same before is gone.

    ``content`` is what JSON can hold. Raises ``Refused`` without a consent of this person for this purpose and
    subject, for an end date that is past or more than ``rules.MAX_KEPT`` off, and while the vault has no key.
    """
    agreed = Consent.objects.select_for_update().get(pk=agreed.pk)
    if agreed.withdrawn_at or agreed.person_id != person.pk or agreed.kind != purpose.value:
        raise Refused(_("We bewaren dit alleen als je ons toestemming geeft."))
    if agreed.subject not in ("", subject, subject.partition("/")[0]):
        raise Refused(_("Je gaf toestemming voor iets anders. Geef eerst ook hiervoor toestemming."))
    if not rules.is_fit_end(until, now=now) or (agreed.until and until > agreed.until):
        raise Refused(_("We bewaren dit niet zo lang. Kies een eerdere datum."))
    sealed = Sealed.objects.select_for_update().of(person, purpose, subject).first() or Sealed(
        person=person, purpose=purpose.value, subject=subject, put_at=now
    )
    sealed.consent, sealed.title, sealed.until, sealed.put_at = agreed, title, until, now
    key = key_in_use(now)
    sealed.key_id, sealed.content = key.id, sealing.seal(content, key=key, bound_to=sealed.bound_to)
    sealed.save()
    return sealed


@transaction.atomic
def look(sealed: Sealed, *, reader: Person, purpose: Purpose, reason: Reason, now: datetime) -> dict[str, Any]:
    """What somebody keeps here, for who arranges it; that they looked is written down first, in the same transaction.

    Raises ``Refused`` for who is not of the team, another purpose than it was given for, a reason that does not go
    with it, and what has ended; ``CannotRead`` when it does not open.
    """
    sealed = _kept(sealed, now)
    _must_be_let_in(reader, purpose, reason, kept_for=Purpose(sealed.purpose))
    Look.objects.create(sealed=sealed, reader=reader, reason=reason.value, at=now)
    return _opened(sealed)


@transaction.atomic
def look_at_all(rows: SealedQuerySet, *, reader: Person, purpose: Purpose, reason: Reason, now: datetime) -> Opened:
    """What several keep here, as ``look`` does for one: each look is written down first. A fixed number of queries.

    What was erased or taken back meanwhile is left out. Raises ``Refused`` as ``look`` does.
    """
    _must_be_let_in(reader, purpose, reason)
    kept = list(_still(rows, purpose, now).select_for_update(of=("self",)))
    Look.objects.bulk_create(Look(sealed=sealed, reader=reader, reason=reason.value, at=now) for sealed in kept)
    return _all_opened(kept)


def open_to_count(rows: SealedQuerySet, *, reader: Person, purpose: Purpose, reason: Reason, now: datetime) -> Opened:
    """What several keep here, to make numbers of in which nobody is to be known; no look (ADR 38).

    Only numbers may leave the caller. Raises ``Refused`` as ``look`` does. One query.
    """
    _must_be_let_in(reader, purpose, reason)
    return _all_opened(list(_still(rows, purpose, now)))


@transaction.atomic
def tell(sealed: Sealed, *, purpose: Purpose, receiver: str, occasion: str, now: datetime) -> dict[str, Any]:
    """What somebody keeps here, for a mail that leaves now to ``receiver``, in words; the same mail counts once.

    Raises as ``look`` does.
    """
    sealed = _kept(sealed, now)
    if not rules.may_be_told(kept_for=Purpose(sealed.purpose), looks_for=purpose):
        raise Refused(_("Dit mag niet in een mail."))
    Look.objects.get_or_create(
        occasion=occasion, defaults={"sealed": sealed, "receiver": receiver, "reason": Reason.LETTER.value, "at": now}
    )
    return _opened(sealed)


def own(sealed: Sealed) -> dict[str, Any]:
    """What somebody keeps here, for themselves; no look. Raises ``CannotRead`` when it does not open."""
    return _opened(sealed)


@transaction.atomic
def withdraw(agreed: Consent, *, now: datetime) -> None:
    """Take a consent back: what was kept by it is erased at once, and that it was taken back stays. Twice is once."""
    agreed = Consent.objects.select_for_update().get(pk=agreed.pk)
    if agreed.withdrawn_at is None:
        Consent.objects.filter(pk=agreed.pk).update(withdrawn_at=now)
    _empty(Sealed.objects.filter(consent=agreed), Ending.WITHDRAWN, now)


@transaction.atomic
def erase(sealed: Sealed, *, now: datetime) -> None:
    """Erase one thing, because its person asks so. Twice is once."""
    _empty(Sealed.objects.filter(pk=sealed.pk), Ending.ASKED, now)


def erase_old(*, now: datetime) -> int:
    """Erase what is past its end date, having counted it; in the end also the traces. How much was erased."""
    erased = 0
    for pk in Sealed.objects.ended(now).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            for sealed in Sealed.objects.select_for_update().ended(now).filter(pk=pk):
                _count(sealed)
                erased += _empty(Sealed.objects.filter(pk=pk), Ending.ENDED, now)
    Waiting.objects.filter(until__lte=now).delete()
    Sealed.objects.traces_past_end(now).delete()
    Consent.objects.past_end(now).exclude(sealed__isnull=False).delete()
    Wording.objects.filter(consent__isnull=True, since__lte=now - rules.KEEP_TRACES).delete()
    return erased


def erase_unreadable(*, now: datetime) -> int:
    """Erase what no key opens any more, after a key was lost for good; how much that was. Raises ``NoKey`` without any."""
    known = [key.id for key in sealing.keyring()]
    erased = 0
    for pk in Sealed.objects.kept().order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            for sealed in Sealed.objects.select_for_update().kept().filter(pk=pk):
                if not _opens(sealed):
                    erased += _empty(Sealed.objects.filter(pk=pk), Ending.KEY_LOST, now)
    Waiting.objects.exclude(key__in=known).delete()
    erasing.erase_all(Incoming.objects.sealed_by_none_of(known), now)
    Key.objects.filter(sealed__isnull=True).exclude(pk__in=known).delete()
    return erased


def problems() -> Iterator[str]:
    """What is wrong with the vault's keys, in plain English for the administrator."""
    try:
        known = [key.id for key in sealing.keyring()]
    except sealing.NoKey as problem:
        yield (
            f"The vault has no key: {problem}. Nothing in it can be read or added."
            " Put back the key, or set MEEDOEN_VAULT_KEY or MEEDOEN_VAULT_KEY_FILE."
        )
        return
    lost = Sealed.objects.kept().exclude(key__in=known)
    if count := lost.count():
        names = ", ".join(sorted(set(lost.values_list("key_id", flat=True))))
        yield (
            f"{count} needs in the vault cannot be read: their key ({names}) is missing. Put the key back,"
            " from your copy or from another server that has it. Lost for good? 'meedoen vault-key forget' erases them and lets their people know it on their own page."
        )
    if count := Incoming.objects.sealed_by_none_of(known).count():
        yield f"{count} mails that came in cannot be opened: their key is missing. They wait until it is back."
    if newer := _used_after(known[0]):
        yield (
            f"Another server seals with the key {', '.join(newer)}, which is newer than the one that this server seals"
            f" with ({known[0]}). Copy the newest key file of the vault to each server."
        )
    if count := _sealed_late(known):
        yield (
            f"{count} needs were sealed with an older key after this server went on with {known[0]}: another server"
            " does not have it. Copy this server's key file of the vault to each server, and run"
            " 'meedoen vault-key reseal' here."
        )


def keys_elsewhere() -> list[str]:
    """The ids of keys that something is sealed with, or that are newer than ours, and that are not here. Raises ``NoKey``."""
    known = [key.id for key in sealing.keyring()]
    used = [Sealed.objects.kept().values_list("key_id", flat=True), Waiting.objects.values_list("key_id", flat=True)]
    mails = Incoming.objects.sealed_by_none_of(known).values_list("key_id", flat=True)
    found = {key_id for rows in (*used, mails) for key_id in rows.distinct()} | set(_used_after(known[0]))
    return sorted(found - set(known))


def _used_after(key_id: str) -> list[str]:
    """The ids of keys that came into use after this one; none while this one was never used."""
    since = Key.objects.filter(pk=key_id).values_list("since", flat=True)[:1]
    return sorted(Key.objects.filter(since__gt=since).values_list("pk", flat=True))


def _sealed_late(known: list[str]) -> int:
    """How much was sealed with an older key of ours after the newest one came into use."""
    since = Key.objects.filter(pk=known[0]).values_list("since", flat=True)[:1]
    return Sealed.objects.kept().filter(key__in=known[1:], put_at__gt=since).count()


def _kept(sealed: Sealed, now: datetime) -> Sealed:
    found = Sealed.objects.select_for_update().kept().filter(pk=sealed.pk, until__gt=now).first()
    if found is None or found.consent.withdrawn_at:
        raise Refused(_("Dit is gewist."))
    return found


def _must_be_let_in(reader: Person, purpose: Purpose, reason: Reason, *, kept_for: Purpose | None = None) -> None:
    is_team = reader.is_team and reader.erased_at is None
    if not rules.may_look(is_team=is_team, kept_for=kept_for or purpose, looks_for=purpose, reason=reason):
        raise Refused(_("Dit mag alleen iemand zien die het regelt."))


def _still(rows: SealedQuerySet, purpose: Purpose, now: datetime) -> SealedQuerySet:
    """Those of ``rows`` that are kept for this purpose, whose end did not come and whose consent stands."""
    return rows.kept().filter(purpose=purpose.value, until__gt=now, consent__withdrawn_at__isnull=True)


def _all_opened(kept: list[Sealed]) -> Opened:
    contents = []
    for sealed in kept:
        with suppress(CannotRead):
            contents.append((sealed, _opened(sealed)))
    return Opened(contents, len(kept) - len(contents))


def _opens(sealed: Sealed) -> bool:
    try:
        _opened(sealed)
    except CannotRead:
        return False
    return True


def _opened(sealed: Sealed) -> dict[str, Any]:
    return unsealed(sealed)


def unsealed(row: Sealed | Waiting) -> dict[str, Any]:
    """What a row holds. Raises ``CannotRead`` when it does not open."""
    try:
        return sealing.unseal(bytes(row.content), key_id=row.key_id or "", bound_to=row.bound_to)
    except sealing.NoKey as problem:
        raise CannotRead(_("Dit kunnen we nu niet lezen. De sleutel van de kluis ontbreekt.")) from problem
    except sealing.Broken as problem:
        log.error("vault.broken", row=str(row))
        raise CannotRead(_("Dit kunnen we niet lezen. Er is iets aan veranderd buiten ons om.")) from problem


def key_in_use(now: datetime) -> sealing.SealKey:
    """The newest key, held: until this transaction ends nobody throws it away."""
    for _attempt in range(2):  # it may be thrown away between the reading and the holding; then there is a newer one
        try:
            newest = sealing.keyring()[0]
        except sealing.NoKey as problem:
            log.error("vault.no_key")
            raise Refused(
                _("We kunnen dit nu niet veilig bewaren. Bel of mail ons, dan regelen we het samen.")
            ) from problem
        Key.objects.get_or_create(pk=newest.id, defaults={"since": now})
        if Key.objects.select_for_update().filter(pk=newest.id).exists():
            return newest
    raise Refused(_("We kunnen dit nu niet veilig bewaren. Probeer het over een minuut weer."))


def _empty(rows: Any, ending: Ending, now: datetime) -> int:
    emptied: int = rows.filter(erased_at__isnull=True).update(content=b"", key=None, erased_at=now, ending=ending.value)
    return emptied


def _count(sealed: Sealed) -> None:
    """Add to the counts of the year; what does not open is counted without its kinds."""
    year = local_date(sealed.put_at).year
    Count.objects.add(sealed.purpose, "", year=year)
    try:
        counted: Iterable[str] = _opened(sealed).get(COUNTED, ())
    except CannotRead:
        return
    for what in counted:
        Count.objects.add(sealed.purpose, what, year=year)
