"""What is held of somebody about the municipality they work for or speak for."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meedoen.pages.actions import changed
from meedoen.people.models import AREA, Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import showing
from .models import Contact, MailDomain, Mandate, MandateChange, Workplace
from .rules import Deed, State

ERASED = "gewist"  # stands where a reason was that spoke of somebody who asked to be erased


def declare() -> None:
    """Make it known."""
    register(STANDING)


def _export(person: Person) -> list[dict[str, Any]]:
    mandates = Mandate.objects.filter(person=person).select_related("municipality").prefetch_related("changes__by")
    return (
        [
            {
                "spreekt namens": each.municipality.name,
                "stand": each.state,
                "waarom je het vroeg": each.words,
                "wat er gebeurde": [
                    f"{change.deed}, {change.at.isoformat(timespec='seconds')}: {change.reason}"
                    for change in each.changes.all()
                ],
            }
            for each in mandates.order_by("pk")
        ]
        + [
            {"werkt bij": each.domain.municipality.name, "sinds": _moment(each.begun_at), "tot": _moment(each.ended_at)}
            for each in Workplace.objects.filter(person=person).select_related("domain__municipality").order_by("pk")
        ]
        + [
            {
                "contactpersoon van": each.municipality.name,
                "sinds": _moment(each.made_at),
                "tot": _moment(each.withdrawn_at),
                "waarom het stopte": each.reason,
            }
            for each in Contact.objects.filter(person=person).select_related("municipality").order_by("pk")
        ]
    )


def _erase(person: Person, erasing: Erasing) -> None:
    """End what holds, and take out the words; that somebody without a name spoke stays until its end date."""
    for mandate in Mandate.objects.open().filter(person=person):
        mandate.state, mandate.changed_at = State.ENDED, erasing.now
        mandate.save()
        MandateChange.objects.create(mandate=mandate, deed=Deed.WITHDRAW, by=person, at=erasing.now, reason=ERASED)
    Mandate.objects.filter(person=person).update(words="")
    about = MandateChange.objects.filter(Q(mandate__person=person) | Q(by=person))
    about.exclude(reason="").update(reason=ERASED)
    Workplace.objects.filter(person=person).delete()
    Contact.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=erasing.now, withdrawn_by=person)
    Contact.objects.filter(person=person).update(reason=ERASED)
    showing.tell(person.pk, erasing.now)
    changed(AREA, now=erasing.now)


def _moment(moment: Any) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


STANDING = Holding(
    name=_("Bij welke gemeente je hoort"),
    tables=(Mandate, MandateChange, Workplace, Contact, MailDomain),
    what=_("Bij welke gemeente je werkt, namens wie je spreekt, en wie dat goed vond. Alleen als je dat zelf koos."),
    why=_("Zo weten anderen namens wie iemand iets zegt."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Zolang jij het laat zien. Wie het gaf en wie het stopte, bewaren we nog 2 jaar."),
    export=_export,
    erase=_erase,
)
