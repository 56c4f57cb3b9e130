"""What is held of somebody who changed an agenda: that they did, and for whom."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import AgendaChange, AgendaSource, AgendaTouch, InclusionAgenda


def declare() -> None:
    """Make it known."""
    register(CHANGES)


def _export(person: Person) -> list[dict[str, Any]]:
    changes = AgendaChange.objects.filter(by=person).select_related("agenda__municipality").order_by("pk")
    return [
        {
            "agenda": each.agenda.title,
            "op": each.at.isoformat(timespec="seconds"),
            "wat je veranderde": [field["field"] for field in each.fields],
        }
        for each in changes
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """What was changed stays: it is of the municipality. That this person did goes."""
    AgendaChange.objects.filter(by=person).update(by=None)


CHANGES = Holding(
    name=_("Wat je aan agenda’s van gemeenten veranderde"),
    tables=(InclusionAgenda, AgendaSource, AgendaTouch, AgendaChange),
    what=_("Wat je veranderde, en of je dat deed voor een gemeente of voor het team. Je naam staat er niet bij."),
    why=_("Zo kan iedereen zien wat er veranderde, en kan het worden teruggezet."),
    basis=_("De site wil laten zien wat klopt (gerechtvaardigd belang)."),
    until=_("Dat jij het deed, tot je vraagt om alles te wissen. Wat er staat, blijft."),
    export=_export,
    erase=_erase,
)
