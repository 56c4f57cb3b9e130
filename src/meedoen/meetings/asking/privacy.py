"""What is held of who asked something before a meeting."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions
from .models import Question


def declare() -> None:
    """Make it known."""
    register(QUESTIONS)


def _export(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "bijeenkomst": each.meeting.title,
            "vraag": each.text,
            "zonder naam": each.is_anonymous,
            "stand": each.state,
            "gevraagd op": each.asked_at.isoformat(timespec="seconds"),
        }
        for each in Question.objects.filter(person=person).select_related("meeting").order_by("pk")
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    actions.forget(person)


QUESTIONS = Holding(
    name=_("Je vragen voor een bijeenkomst"),
    tables=(Question,),
    what=_("Wat je vooraf vroeg, en of je naam erbij mag. Zonder naam ziet ook wie de bijeenkomst leidt hem niet."),
    why=_("Zo kan wie de bijeenkomst leidt je vraag stellen of beantwoorden."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot een maand na de bijeenkomst."),
    export=_export,
    erase=_erase,
)
