"""What is held of who was asked how a meeting was; of what they answered, nobody knows that it is theirs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import Asked


def declare() -> None:
    """Make it known."""
    register(EVALUATIONS)


def _export(person: Person) -> list[dict[str, Any]]:
    found = Asked.objects.filter(attendee__person=person).select_related("attendee__meeting").order_by("pk")
    return [{"gevraagd hoe het was": each.attendee.meeting.title} for each in found]


def _erase(person: Person, erasing: Erasing) -> None:
    Asked.objects.filter(attendee__person=person).delete()


EVALUATIONS = Holding(
    name=_("Of we je vroegen hoe een bijeenkomst was"),
    tables=(Asked,),
    what=_("Dat je een mail kreeg met de vraag hoe het was. Wat je antwoordde, kunnen we niet aan jou koppelen."),
    why=_("Zo krijg je die vraag maar één keer."),
    basis=_("Het is nodig om bijeenkomsten beter te maken (gerechtvaardigd belang)."),
    until=_("Tot een jaar na de bijeenkomst."),
    export=_export,
    erase=_erase,
)
