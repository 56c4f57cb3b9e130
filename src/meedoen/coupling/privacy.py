"""What is held of who asks or offers, and of who of the team did something with it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions, words
from .contesting import actions as contesting
from .contesting.reading import DEEDS
from .contesting.rules import Deed
from .growing import actions as growing
from .growing.rules import Said
from .models import CouplingRequest, FactChange, GrowingMail, Growth, Move
from .rules import Side, State


def declare() -> None:
    """Make it known."""
    register(ASKED)
    register(CONTESTED)
    register(GROWN)


def _export(person: Person) -> list[dict[str, Any]]:
    made = CouplingRequest.objects.whole().filter(person=person).order_by("pk")
    entered = CouplingRequest.objects.filter(entered_by=person).order_by("pk")
    moves = Move.objects.filter(by=person)
    return [
        *(
            {
                "soort": str(words.NAMES[Side(each.side)]),
                "wat je schreef": each.text,
                **{row["key"]: row["value"] for row in words.facts(words.answers_of(each))},
                "stand": str(words.TEAM_STATES[State(each.state)]),
                "wat het team schreef": each.reason,
                "op": each.made_at.isoformat(timespec="seconds"),
            }
            for each in made
        ),
        *({"schreef je op voor een beller": each.made_at.isoformat(timespec="seconds")} for each in entered),
        *({"stap": each.became, "woorden": each.words, "op": each.at.isoformat(timespec="seconds")} for each in moves),
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Erase what they asked and offered: nobody but the team read it. Of the team: who did what."""
    actions.forget_person(person)


ASKED = Holding(
    name=_("Wat je vraagt en aanbiedt om te koppelen"),
    tables=(CouplingRequest, Move),
    what=_("Wat je wilt leren of kunt delen, voor wie en hoe. Van het team: wie wat opschreef en besloot."),
    why=_("Zo zoekt het team wie bij je past."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot een jaar nadat je stopte of het team klaar was. Het team leest het, en aan wie we je voorstellen."),
    export=_export,
    erase=_erase,
)


def _export_contested(person: Person) -> list[dict[str, Any]]:
    changes = FactChange.objects.filter(by=person).select_related("fact__municipality").order_by("at", "pk")
    in_their_words = set(FactChange.objects.filter(by=person).last_withdrawals().values_list("pk", flat=True))
    return [
        {
            "feit": each.fact.words,
            "gemeente": each.fact.municipality.name,
            "wat je deed": str(DEEDS[Deed(each.deed)]),
            "waarom": each.fact.why if each.pk in in_their_words else "",
            "op": each.at.isoformat(timespec="seconds"),
        }
        for each in changes
    ]


def _erase_contested(person: Person, erasing: Erasing) -> None:
    """What was decided stays: it is of the municipality. That this person did, and why in their words, goes."""
    contesting.forget_person(person)


CONTESTED = Holding(
    name=_("Wat je aan feiten over gemeenten veranderde"),
    tables=(FactChange,),
    what=_("Welke zin je verbeterde, introk of terugzette, en waarom als je dat schreef."),
    why=_("Zo weten de contactpersonen van een gemeente en het team wie wat deed."),
    basis=_("De site wil laten zien wat klopt (gerechtvaardigd belang)."),
    until=_("Tot het feit van de site is, of tot je vraagt om alles te wissen. Wat er staat, blijft."),
    export=_export_contested,
    erase=_erase_contested,
)


def _export_grown(person: Person) -> list[dict[str, Any]]:
    said = Growth.objects.filter(by=person).select_related("municipality").order_by("at", "pk")
    return [
        {
            "gemeente": each.municipality.name,
            "over": each.source,
            "wat je zei": "ja" if each.said == Said.YES else "nee",
            "op": each.at.isoformat(timespec="seconds"),
        }
        for each in said
    ]


def _erase_grown(person: Person, erasing: Erasing) -> None:
    """What was said stays: it is of the municipality. That this person did goes."""
    growing.forget_person(person)


GROWN = Holding(
    name=_("Wat je zei op een voorstel om iets aan te bieden"),
    tables=(Growth, GrowingMail),
    what=_("Of je gemeente anderen wil vertellen over iets wat ze deelde, en of we haar daarover mailen."),
    why=_("Zo vragen we hetzelfde niet twee keer."),
    basis=_("De site wil laten zien wat klopt (gerechtvaardigd belang)."),
    until=_("Tot een jaar nadat wat jullie deelden van de site is. Of tot je vraagt om alles te wissen."),
    export=_export_grown,
    erase=_erase_grown,
)
