"""What is held of who comes to a meeting."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions
from .models import Attendee, Party


def declare() -> None:
    """Make it known."""
    register(ATTENDING)


def _export(person: Person) -> list[dict[str, Any]]:
    found = Attendee.objects.filter(person=person).select_related("meeting", "party").order_by("pk")
    return [
        {
            "bijeenkomst": each.meeting.title,
            "hoe": each.way,
            "mensen die je helpen": each.companions,
            "hoe je eerst meedeed": each.former_way,  # as long as you can go back to it
            "stand": each.party.state,
            "aangemeld op": each.confirmed_at.isoformat(timespec="seconds") if each.confirmed_at else "",
            "afgemeld op": each.cancelled_at.isoformat(timespec="seconds") if each.cancelled_at else "",
            "bedankt op": each.thanked_at.isoformat(timespec="seconds") if each.thanked_at else "",
        }
        for each in found
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Let go of the places that are to come; who they were with keeps theirs."""
    actions.forget(person, now=erasing.now)


ATTENDING = Holding(
    name=_("Je aanmeldingen voor bijeenkomsten"),
    tables=(Attendee, Party),
    what=_("Voor welke bijeenkomst je je aanmeldde, hoe je meedoet, met wie, en met hoeveel mensen die je helpen."),
    why=_("Zo is er plek voor je, en weet wie de bijeenkomst houdt wie er komt."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot een jaar na de bijeenkomst."),
    export=_export,
    erase=_erase,
)
