"""What meetings hold of a person: who made one and changed it, and who can be asked about it."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import Change, Loaded, Meeting, OldAddress, ProgrammeItem, Provision, Series, Source
from .pages import tell_pages


def declare() -> None:
    """Make it known."""
    register(ORGANISED)


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _of(person: Person) -> Any:
    """Those that somebody made, or can be asked about by the mail address that we know of them."""
    email = person.address.email if person.address else ""
    named = Q(contact_email__iexact=email) | Q(answers_email__iexact=email) if email else Q(pk__in=[])
    return Meeting.objects.filter(Q(made_by=person) | named)


def _export(person: Person) -> list[dict[str, Any]]:
    changed = Change.objects.filter(by=person).select_related("meeting").order_by("at", "pk")
    return [
        {
            "bijeenkomst": each.title,
            "gemaakt op": _moment(each.made_at) if each.made_by_id == person.pk else "",
            "contact": ", ".join(part for part in (each.contact_name, each.contact_email, each.contact_phone) if part),
            "contact na afloop": ", ".join(part for part in (each.answers_name, each.answers_email) if part),
        }
        for each in _of(person).order_by("made_at", "pk")
    ] + [{"veranderd": each.meeting.title, "wat": each.words, "op": _moment(each.at)} for each in changed]


def _erase(person: Person, erasing: Erasing) -> None:
    """Erase who made it and who could be asked. The meeting stays: others come to it, or came."""
    email = person.address.email if person.address else ""
    if email:
        asked = Meeting.objects.filter(contact_email__iexact=email)
        asked.update(contact_name="", contact_email="", contact_phone="", changed_at=erasing.now)
        afterwards = Meeting.objects.filter(answers_email__iexact=email)
        afterwards.update(answers_name="", answers_email="", changed_at=erasing.now)
    Meeting.objects.filter(made_by=person).update(made_by=None)
    Change.objects.filter(by=person).update(by=None)
    tell_pages(now=erasing.now)


ORGANISED = Holding(
    name=_("Bijeenkomsten die je organiseerde"),
    tables=(Meeting, Series, ProgrammeItem, Provision, Change, Source, OldAddress, Loaded),
    what=_("Dat jij een bijeenkomst maakte of veranderde, en hoe mensen je kunnen bereiken met vragen."),
    why=_("Zo weten mensen bij wie ze terechtkunnen, en weet het team wie wat deed."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je vraagt om alles te wissen. De bijeenkomst zelf blijft op de site."),
    export=_export,
    erase=_erase,
)
