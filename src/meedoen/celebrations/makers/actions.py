"""The deeds: ask somebody whether their name may stand there, name them, take their name away, let them come back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.celebrations import rules
from meedoen.celebrations.actions import CannotDo, tell_pages
from meedoen.celebrations.models import Celebration, Maker
from meedoen.celebrations.rules import State
from meedoen.mail import actions as mail
from meedoen.people import actions as people
from meedoen.people.models import PendingAct, Person

DAY = timedelta(days=1)
NAMED = "celebrations.named"  # the kind of act with which somebody says yes


@transaction.atomic
def ask(celebration: Celebration, *, name: str, role: str, email: str, network: str, now: datetime) -> Maker:
    """Ask somebody by mail; nobody sees their name until they typed the code. Asked twice is once.

    Raises ``CannotDo``.
    """
    celebration = Celebration.objects.select_for_update().get(pk=celebration.pk)
    if celebration.makers.count() >= rules.MAX_MAKERS:
        raise CannotDo(_("Er passen %(count)s namen bij een succes.") % {"count": rules.MAX_MAKERS})
    known = celebration.makers.filter(email=email).first()
    if known or celebration.makers.shown().filter(person__address__email=email).exists():
        raise CannotDo(_("Dit e-mailadres vroeg je al."))
    maker = Maker.objects.create(celebration=celebration, name=name, role=role, email=email, asked_at=now)
    _send_code(maker, email=email, network=network, now=now)
    return maker


@transaction.atomic
def consent(maker: Maker, person: Person, *, name: str, role: str, now: datetime) -> None:
    """Let their name stand there, as they want to be called. Raises ``CannotDo`` when it is over."""
    maker = Maker.objects.select_for_update(of=("self",)).select_related("celebration").get(pk=maker.pk)
    if maker.celebration.state in (State.REFUSED, State.WITHDRAWN):
        raise CannotDo(_("Dit succes staat niet meer op de site. Er is niets veranderd."))
    if maker.person_id not in (None, person.pk):
        raise CannotDo(_("Deze vraag was voor iemand anders."))
    maker.name, maker.role, maker.person, maker.email = name, role, person, ""
    maker.consented_at, maker.withdrawn_at = now, None
    maker.save()
    if person.address:
        mail.send(
            "mail/celebrations/named_done.md",
            to=person.address.email,
            context={"title": maker.celebration.title, "path": maker.url},
            key=f"maker-{maker.pk}-{now:%Y%m%dT%H%M%S}",
            now=now,
        )
    tell_pages(now=now)


@transaction.atomic
def withdraw(maker: Maker, *, now: datetime) -> None:
    """Take a name away at once, or say no to the question. Twice is once."""
    if Maker.objects.filter(pk=maker.pk, withdrawn_at=None).update(withdrawn_at=now, email=""):
        PendingAct.objects.filter(kind=NAMED, payload__maker=maker.pk).delete()
        tell_pages(now=now)


@transaction.atomic
def come_back(maker: Maker, *, network: str, now: datetime) -> PendingAct:
    """Begin to let a name stand there again: a code goes to the one whose name it is. Raises ``CannotDo``."""
    person = maker.person
    if person is None or person.address is None:
        raise CannotDo(_("Je naam stond er niet. Vraag wie dit succes vertelde om je nog eens te vragen."))
    return _send_code(maker, email=person.address.email, network=network, now=now)


def erase_old(*, now: datetime) -> None:
    """Forget who withdrew, and who never said yes."""
    Maker.objects.past_end(now).delete()


def _send_code(maker: Maker, *, email: str, network: str, now: datetime) -> PendingAct:
    try:
        act = people.keep(
            NAMED,
            payload={"maker": maker.pk, "role": maker.role, "asked": now.isoformat()},
            name=maker.name,
            email=email,
            network=network,
            now=now,
            person=maker.person,
        )
        return people.ask_code(act, now=now)
    except people.Refused as refused:
        raise CannotDo(str(refused)) from refused
