"""What following holds of a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import Follow, Follower, Happening, Told


def declare() -> None:
    """Make it known."""
    register(HAPPENINGS)
    register(FOLLOWS)
    register(LOOKS)


def _follows(person: Person) -> list[dict[str, Any]]:
    return [
        {"wat": each.subject.title, "hoe vaak": each.rhythm, "sinds": each.created_at.isoformat(timespec="seconds")}
        for each in Follow.objects.of(person)
    ] + [
        {"geen mail tot en met": day.isoformat()}
        for day in Follower.objects.filter(person=person).values_list("paused_until", flat=True)
        if day
    ]


def _looks(person: Person) -> list[dict[str, Any]]:
    looked_at = Follower.objects.filter(person=person, looked_at__isnull=False).values_list("looked_at", flat=True)
    told = (
        Told.objects.filter(person=person).order_by("happening__at", "pk").values_list("happening__sentence", flat=True)
    )
    return [
        *({"keek op": moment.isoformat(timespec="seconds")} for moment in looked_at if moment),
        *({"kreeg te lezen": sentence} for sentence in told),
    ]


def _erase_follows(person: Person, erasing: Erasing) -> None:
    for table in (Follow, Follower, Told):
        table.objects.filter(person=person).delete()


def _erase_happenings(person: Person, erasing: Erasing) -> None:
    Happening.objects.filter(actor=person).delete()


FOLLOWS = Holding(
    name=_("Wat je volgt"),
    tables=(Follow, Follower),
    what=_(
        "Wat je volgt, hoe vaak je daar mail over wilt, en of je even geen mail wilt. Ook of je mail wilt als iemand jou noemt."
    ),
    why=_("Zo krijg je alleen mail waar je om vroeg."),
    basis=_("Je vroeg ons om je te mailen (toestemming)."),
    until=_("Tot je zegt dat we het moeten wissen."),
    export=_follows,
    erase=_erase_follows,
)
LOOKS = Holding(
    name=_("Wat je al te lezen kreeg"),
    tables=(Told,),
    what=_("Wat we je mailden of lieten zien, en wanneer je voor het laatst keek wat er nieuw is."),
    why=_("Zo krijg je niets twee keer, en zie je wat er nieuw is."),
    basis=_("Je vroeg ons om je op de hoogte te houden (toestemming)."),
    until=_("60 dagen. Wanneer je keek, bewaren we tot je ons vraagt om alles te wissen."),
    export=_looks,
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
