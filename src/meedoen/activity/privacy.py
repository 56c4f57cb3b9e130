"""What following holds of a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import Follow, Happening


def declare() -> None:
    """Make it known."""
    register(HAPPENINGS)
    register(FOLLOWS)


def _follows(person: Person) -> list[dict[str, Any]]:
    return [
        {"wat": each.subject.title, "hoe vaak": each.rhythm, "sinds": each.created_at.isoformat(timespec="seconds")}
        for each in Follow.objects.of(person)
    ]


def _erase_follows(person: Person, erasing: Erasing) -> None:
    Follow.objects.filter(person=person).delete()


def _erase_happenings(person: Person, erasing: Erasing) -> None:
    Happening.objects.filter(actor=person).delete()


FOLLOWS = Holding(
    name=_("Wat je volgt"),
    tables=(Follow,),
    what=_("Wat je volgt, en hoe vaak je daar mail over wilt."),
    why=_("Zo krijg je alleen mail waar je om vroeg."),
    basis=_("Je vroeg ons om je te mailen (toestemming)."),
    until=_("Tot je zegt dat we het moeten wissen."),
    export=_follows,
    erase=_erase_follows,
)
HAPPENINGS = Holding(
    name=_("Wat er gebeurde"),
    tables=(Happening,),
    what=_("Dat je iets schreef, en de tekst daarvan."),
    why=_("Zo kunnen we mail sturen aan wie het volgt."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("60 dagen."),
    export=lambda person: [
        {"wat": each.sentence, "tekst": each.words, "op": each.at.isoformat(timespec="seconds")}
        for each in Happening.objects.filter(actor=person)
    ],
    erase=_erase_happenings,
)
