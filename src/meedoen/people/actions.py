"""The deeds of somebody not signed in: keep an act, change it, ask a code, confirm, throw away; and their end dates."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from meedoen.kernel.identifiers import unguessable
from meedoen.mail import actions as mail
from meedoen.mail.incoming import addresses, reports
from meedoen.mail.secret_words import secret

from . import acts, codes, floods, rules
from .models import Address, PendingAct, Person, Tally

BY_MAIL = "people.act"  # the purpose of answers to the mail with a code; ``mailed`` handles them
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Refused(Exception):
    """It cannot be done now; the text is fit to show, and nothing that was typed is lost."""


class WrongCode(Refused):
    """The code does not fit; another try may be left."""


class CodeEnded(WrongCode):
    """The code was typed after its life; a new one can be asked."""


@dataclass(frozen=True)
class Confirmed:
    """A done act; ``then`` is where its doer goes now, empty for who finds it done already."""

    act: PendingAct
    then: str


def keep(
    kind: str,
    *,
    payload: Mapping[str, Any],
    name: str,
    email: str,
    network: str,
    now: datetime,
    person: Person | None = None,
) -> PendingAct:
    """Keep what somebody wants to do, before anything is asked of them.

    The same words from the same network are kept once: a double click, a second tab or a reload finds the act
    that is there, also when it was done meanwhile. Raises ``Refused`` when a network keeps more than anybody types.
    """
    email = rules.normalised_email(email)
    fingerprint = _fingerprint(kind, payload, name, email, network)
    existing = PendingAct.objects.alive(now).filter(fingerprint=fingerprint).first()
    if existing:
        return put_back(existing, now=now)
    if floods.count("acts", network, per=HOUR, now=now) > rules.MAX_ACTS_PER_NETWORK_HOUR:
        raise Refused(
            _(
                "Vanaf jouw netwerk kwamen dit uur heel veel berichten. Wacht een uur. Of bel of mail ons, dan helpen we je."
            )
        )
    PendingAct.objects.past_end(now).filter(fingerprint=fingerprint).delete()
    try:
        with transaction.atomic():
            return PendingAct.objects.create(
                kind=kind,
                fingerprint=fingerprint,
                payload=dict(payload),
                name=name,
                email=email,
                person=person,
                created_at=now,
                changed_at=now,
                expires_at=now + rules.UNCONFIRMED_LIFE,
            )
    except IntegrityError:  # the other click was a moment earlier
        return PendingAct.objects.get(fingerprint=fingerprint)


@transaction.atomic
def change(act: PendingAct, *, payload: Mapping[str, Any], name: str, email: str, now: datetime) -> PendingAct:
    """Replace what was typed. Another e-mail address voids the code that was sent. A done act stays as it is."""
    act = PendingAct.objects.select_for_update().get(pk=act.pk)
    if act.state == PendingAct.State.DONE:
        return act
    email = rules.normalised_email(email)
    if email != act.email:
        act.state, act.code_hash, act.code_sent_at = PendingAct.State.DRAFT, "", None
    act.payload, act.name, act.email = dict(payload), name, email
    act.changed_at, act.expires_at = now, now + rules.UNCONFIRMED_LIFE
    act.fingerprint = unguessable()  # no longer what was first sent: that may be sent again as something new
    act.save()
    return act


@transaction.atomic
def ask_code(act: PendingAct, *, now: datetime, is_by_mail: bool = False) -> PendingAct:
    """Mail a code for ``act``. A second press within a minute sends nothing more, as long as the first code can work:
    ``code_sent_at`` of what is returned tells whether it was now.

    The mail holds nothing that was typed: else anybody could have us mail their words to a stranger. ``is_by_mail``:
    it began with a mail, so that answering is told first.

    Raises ``Refused`` when the address got as many codes as a day allows.
    """
    act = PendingAct.objects.select_for_update().get(pk=act.pk)
    if act.state == PendingAct.State.DONE or act.discarded_at or _was_just_sent(act, now):
        return act
    if codes.counted("codes", act.email, per=DAY, now=now) >= rules.MAX_CODE_MAILS_PER_DAY:
        raise Refused(
            _(
                "Naar dit e-mailadres gingen vandaag al veel codes. Morgen kan het weer. Je tekst is bewaard. Komt er geen mail aan? Bel of mail ons."
            )
        )
    codes.count("codes", act.email, per=DAY, now=now)
    code = codes.new_code()
    act.state, act.code_sent_at = PendingAct.State.SENT, now
    act.code_hash = codes.hashed(code, key=act.key)
    act.code_count += 1
    act.wrong_count = 0
    act.changed_at, act.expires_at = now, now + rules.UNCONFIRMED_LIFE
    kind = acts.kind_of(act)
    act.payload = {**act.payload, **kind.refresh(act)}
    act.save()
    reply_to = addresses.answer_to(BY_MAIL, owner=act.email, about=act.key, now=now)
    mail.send(
        kind.letter,
        to=act.email,
        context={
            "place": kind.place(act).text,
            **kind.letter_facts(act),
            "code": secret(code),
            "path": reverse("people:act", args=[act.key]),
            "what": str(kind.heading),
            "about": acts.about(act),
            "until": now + rules.CODE_LIFE,
            "erased_on": act.expires_at,
            "may_reply": bool(reply_to),
            "is_by_mail": is_by_mail and bool(reply_to),
            "is_again": act.code_count > 1,
        },
        key=letter_key(act),
        now=now,
        reply_to=reply_to,
        is_urgent=True,
    )
    return act


def letter_key(act: PendingAct) -> str:
    """By which the outbox knows the mail with the newest code of ``act``."""
    return f"act-{act.pk}-code-{act.code_count}"


def confirm(act: PendingAct, *, typed: str, network: str, now: datetime, beside: str | None = None) -> Confirmed:
    """Do the act, once, because its code was typed; the address is proven by it.

    ``beside`` is what somebody who answers by mail wrote beside the code. Only a code that fits fills it in, and brings
    back what was thrown away. A second confirmation finds it done. Raises ``WrongCode`` or ``Refused``; a wrong try is counted all the same.
    """
    if codes.counted("wrong", network, per=HOUR, now=now) >= rules.MAX_TRIES_PER_NETWORK_HOUR:
        raise Refused(_("Er zijn te veel verkeerde codes getypt. Wacht een uur. Je tekst is bewaard."))
    problem = ""
    with transaction.atomic():
        acts.kind_of(act).hold(act)
        act = PendingAct.objects.select_for_update().get(pk=act.pk)
        if act.state == PendingAct.State.DONE:
            return Confirmed(act, "")
        problem = _problem(act, typed, now, may_be_discarded=beside is not None)
        if not problem:
            reports.revive(act.email, now=now)  # a code from a mail there was typed
            if beside is not None:
                _fill(act, beside)
            else:
                act.payload.pop(acts.BESIDE, None)
            done = _carry_out(act, act.person or _person_of(act, now), now)
            heard = acts.kind_of(act).heard
            if beside and heard:
                heard(done.act, beside, now)
            return done
        act.wrong_count += 1
        act.save(update_fields=["wrong_count"])
    codes.count("wrong", network, per=HOUR, now=now)
    raise CodeEnded(problem) if _has_ended(act, now) else WrongCode(problem)


@transaction.atomic
def carry_out(act: PendingAct, *, person: Person, now: datetime) -> Confirmed:
    """Do the act of somebody who is signed in, and so needs no code; once."""
    act = PendingAct.objects.select_for_update().get(pk=act.pk)
    if act.state == PendingAct.State.DONE:
        return Confirmed(act, "")
    if acts.kind_of(act).always_asks_code or act.person_id != person.pk:
        raise acts.CannotDo(_("Hiervoor is de code uit de mail nodig."))
    return _carry_out(act, person, now)


@transaction.atomic
def discard(act: PendingAct, *, now: datetime) -> PendingAct:
    """Throw away what was typed; it can be put back for an hour, and is erased then.

    A done act stays as it is: taking back what it did is another deed.
    """
    act = PendingAct.objects.select_for_update().get(pk=act.pk)
    if act.state != PendingAct.State.DONE and act.discarded_at is None:
        act.discarded_at, act.expires_at = now, now + rules.DISCARD_UNDO
        act.save()
    return act


@transaction.atomic
def put_back(act: PendingAct, *, now: datetime) -> PendingAct:
    """Take what was thrown away out of the bin again."""
    act = PendingAct.objects.select_for_update().get(pk=act.pk)
    if act.discarded_at is not None:
        act.discarded_at, act.expires_at = None, now + rules.UNCONFIRMED_LIFE
        act.save()
    return act


@transaction.atomic
def fill(act: PendingAct, beside: str, *, now: datetime) -> PendingAct:
    """Keep what somebody wrote beside a code that fitted, though the act could not be done yet."""
    act = PendingAct.objects.select_for_update().get(pk=act.pk)
    if act.state != PendingAct.State.DONE:
        act.expires_at = now + rules.UNCONFIRMED_LIFE
        _fill(act, beside)
        act.payload.pop(acts.BESIDE, None)  # it was told that this was not understood
        act.save()
    return act


@transaction.atomic
def keep_out(person: Person, *, until: datetime | None, now: datetime) -> None:
    """Let somebody write no more until then, or for good; whoever writes from their address waits for the team."""
    if until is None:
        person.banned_at = now
    else:
        person.paused_until = until
    person.save(update_fields=["banned_at", "paused_until"])
    Address.objects.filter(people=person).update(trusted_at=None)


def let_in(person: Person) -> None:
    """Let somebody write again."""
    person.banned_at = person.paused_until = None
    person.save(update_fields=["banned_at", "paused_until"])


def erase_old(*, now: datetime) -> int:
    """Erase acts and counts whose time is over, with the addresses for answers to them; how many acts that were."""
    Tally.objects.filter(window__lt=now - 2 * DAY).delete()
    past = PendingAct.objects.past_end(now)
    addresses.forget(BY_MAIL, list(past.values_list("key", flat=True)))
    return past.delete()[0]


def _was_just_sent(act: PendingAct, now: datetime) -> bool:
    can_work = bool(act.code_hash) and act.wrong_count < rules.MAX_TRIES_PER_CODE
    return can_work and act.code_sent_at is not None and now - act.code_sent_at < rules.CODE_PAUSE


def _fill(act: PendingAct, beside: str) -> None:
    act.discarded_at = None  # a no that was a slip
    if filled := acts.kind_of(act).filled:
        act.payload = {**act.payload, **filled(act, beside)}


def _problem(act: PendingAct, typed: str, now: datetime, *, may_be_discarded: bool) -> str:
    """Why ``typed`` does not confirm; empty when it does."""
    if act.discarded_at and not may_be_discarded:
        return _("Je gooide deze tekst weg. Haal hem eerst terug.")
    if not act.code_hash or act.code_sent_at is None:
        return _("Vraag eerst een code. Die krijg je per mail.")
    if _has_ended(act, now):
        return _("Deze code is verlopen. Vraag een nieuwe code. Je tekst staat er nog.")
    if act.wrong_count >= rules.MAX_TRIES_PER_CODE:
        return _("Er is te vaak een verkeerde code getypt. Vraag een nieuwe code. Je tekst staat er nog.")
    digits = len(rules.code_typed(typed))
    if digits != rules.CODE_DIGITS:
        return _("Typ de 6 cijfers uit de mail. Je typte er %(count)s.") % {"count": digits}
    if not codes.fits(typed, act.code_hash, key=act.key):
        return _("Deze code klopt niet. Kijk in de nieuwste mail en typ de 6 cijfers over.")
    return ""


def _has_ended(act: PendingAct, now: datetime) -> bool:
    return act.code_sent_at is not None and now - act.code_sent_at > rules.CODE_LIFE


def _person_of(act: PendingAct, now: datetime) -> Person:
    """The person behind the act's address, known by their name there; the address is proven now."""
    address = Address.objects.of(act.email)
    if address.verified_at is None:
        Address.objects.filter(pk=address.pk, verified_at=None).update(verified_at=now)
        address.verified_at = now  # the deed that follows may ask where the address belongs
    return Person.objects.known_as(act.name, address=address, now=now)


def _carry_out(act: PendingAct, person: Person, now: datetime) -> Confirmed:
    done = acts.kind_of(act).carry_out(act, person, now)
    act.state, act.person, act.done_at = PendingAct.State.DONE, person, now
    act.outcome, act.payload, act.code_hash = done.outcome, {}, ""
    act.expires_at = now + rules.DONE_LIFE
    if PendingAct.objects.filter(pk=act.pk).exists():  # an act that erases its doer erases itself
        act.save()
    return Confirmed(act, done.then)


def _fingerprint(kind: str, payload: Mapping[str, Any], name: str, email: str, network: str) -> str:
    said = json.dumps([kind, payload, name, email, network], sort_keys=True, ensure_ascii=False)
    return salted_hmac("meedoen.people.act", said, algorithm="sha256").hexdigest()
