"""The deeds: ask somebody to help, say yes, act along, change, end."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel.clock import local_date
from meedoen.mail import actions as mail
from meedoen.pages.actions import changed
from meedoen.people import actions as people
from meedoen.people import floods
from meedoen.people.models import AREA, PendingAct, Person

from . import rules
from .models import Bond, DoneAlong
from .rules import What

DAY = timedelta(days=1)
ALONG = "people.along"  # the kind of act with which a supporter says yes
BOND = "along"  # what an act carries that is done along


class Refused(Exception):
    """It cannot be done; the text is fit to show."""


@transaction.atomic
def ask(helped: Person, *, name: str, email: str, ends_on: date, is_shown: bool, network: str, now: datetime) -> Bond:
    """Ask somebody by mail to help; nothing happens until they type the code. Raises ``Refused``."""
    if not rules.fits(ends_on, today=local_date(now)):
        raise Refused(_("Kies een dag tussen vandaag en twee jaar verder."))
    if helped.address and helped.address.email == email:
        raise Refused(_("Dit is je eigen adres. Wie je helpt, heeft een eigen adres nodig."))
    if floods.count("helpers", str(helped.pk), per=DAY, now=now) > rules.MAX_INVITES_PER_DAY:
        raise Refused(_("Je vroeg vandaag al veel mensen. Morgen kan het weer."))
    bond = Bond.objects.create(helped=helped, name=name, email=email, ends_on=ends_on, is_shown=is_shown, asked_at=now)
    try:
        act = people.keep(ALONG, payload={"bond": bond.pk}, name=name, email=email, network=network, now=now)
        people.ask_code(act, now=now)
    except people.Refused as refused:
        raise Refused(str(refused)) from refused
    return bond


@transaction.atomic
def confirm(bond: Bond, helper: Person, *, now: datetime) -> Bond:
    """Let ``helper`` act along from now on, because they said yes; the helped person is told. Raises ``Refused``."""
    bond = _locked(bond)
    today = local_date(now)
    if bond.ended_at or bond.helped.erased_at or bond.ends_on < today or bond.helper_id not in (None, helper.pk):
        raise Refused(_("Deze vraag geldt niet meer. Er is niets veranderd."))
    if helper.pk == bond.helped_id or helper.address_id == bond.helped.address_id:
        raise Refused(_("Je kunt niet met jezelf meedoen."))
    if bond.helper_id is None:
        bond.helper, bond.confirmed_at, bond.email, bond.name = helper, now, "", ""
        bond.save()
        _mail("along_confirmed", bond.helped, bond, key=f"along-{bond.pk}-confirmed", now=now, name=helper.name)
    return bond


@transaction.atomic
def end(bond: Bond, *, by: Person, now: datetime) -> None:
    """End it at once; the other one is told. Twice is once. Raises ``Refused``."""
    bond = _locked(bond)
    if by.pk not in (bond.helped_id, bond.helper_id):
        raise Refused(_("Dit is van iemand anders."))
    if bond.ended_at:
        return
    bond.ended_at, bond.ended_by = now, by
    bond.save()
    PendingAct.objects.filter(kind=ALONG, payload__bond=bond.pk).delete()
    PendingAct.objects.filter(payload__along=bond.pk).delete()
    other = bond.helper if by.pk == bond.helped_id else bond.helped
    if other:
        _mail("along_ended", other, bond, key=f"along-{bond.pk}-ended", now=now, name=by.name)


@transaction.atomic
def change(bond: Bond, *, by: Person, ends_on: date, is_shown: bool, now: datetime) -> None:
    """Choose another last day, or whether the helper stands beside the words. Raises ``Refused``."""
    bond = _locked(bond)
    today = local_date(now)
    if by.pk != bond.helped_id or not rules.holds(bond, today=today):
        raise Refused(_("Dit kun je niet meer veranderen. Het is gestopt."))
    if not rules.fits(ends_on, today=today):
        raise Refused(_("Kies een dag tussen vandaag en twee jaar verder."))
    if ends_on != bond.ends_on:
        bond.asked_again_at = None
    bond.ends_on, bond.is_shown = ends_on, is_shown
    bond.save()
    changed(AREA, now=now)


def for_whom(number: int | None, person: Person, *, now: datetime) -> tuple[Person, Bond | None]:
    """Whose deed it is that ``person`` does, and along which bond: their own where ``number`` is None.

    Raises ``Refused`` when ``person`` may not act along, or not any more.
    """
    if number is None:
        return person, None
    found = Bond.objects.holding(local_date(now)).filter(pk=number, helper=person, helped__erased_at=None)
    bond = found.select_related("helped__address", "helper").first()
    if bond is None:
        raise Refused(_("Je doet niet meer mee met iemand anders. Schrijf het opnieuw onder je eigen naam."))
    return bond.helped, bond


def note(bond: Bond, what: What, *, title: str, url: str, now: datetime, is_told: bool = False) -> None:
    """Write down what was done along, and mail it to whose deed it is, unless another mail told so."""
    done = DoneAlong.objects.create(bond=bond, what=what, title=title, url=url, at=now)
    if not is_told:
        _mail("along_done", bond.helped, bond, key=f"along-done-{done.pk}", now=now, name=bond.helper_name, title=title)


def look_after(*, now: datetime) -> None:
    """Ask again what ends soon; forget what ended long ago."""
    for bond in Bond.objects.to_ask_again(local_date(now)).select_related("helped__address", "helper"):
        with transaction.atomic():
            if Bond.objects.filter(pk=bond.pk, asked_again_at=None).update(asked_again_at=now):
                _mail(
                    "along_ends",
                    bond.helped,
                    bond,
                    key=f"along-{bond.pk}-ends-{bond.ends_on}",
                    now=now,
                    name=bond.helper_name,
                )
    Bond.objects.past_end(now).delete()


def _locked(bond: Bond) -> Bond:
    found = Bond.objects.select_for_update(of=("self",)).select_related("helped__address", "helper__address")
    return found.get(pk=bond.pk)


def _mail(letter: str, to: Person, bond: Bond, *, key: str, now: datetime, **facts: str) -> None:
    if to.address:
        path = reverse("people:helper", args=[bond.pk]) if to.pk == bond.helped_id else reverse("people:help")
        context = {**facts, "path": path, "until": bond.ends_on}
        mail.send(f"mail/people/{letter}.md", to=to.address.email, context=context, key=key, now=now)
