"""What the desk holds of a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import practices
from .models import Briefing, CouplingPractice


def declare() -> None:
    """Make it known."""
    register(BRIEFINGS)
    register(PRACTICES)


def _export(person: Person) -> list[dict[str, Any]]:
    return [{"krijgt mail als er iets wacht": each.is_wanted} for each in Briefing.objects.filter(person=person)]


def _erase(person: Person, erasing: Erasing) -> None:
    Briefing.objects.filter(person=person).delete()


BRIEFINGS = Holding(
    name=_("Mail aan het team"),
    tables=(Briefing,),
    what=_("Of je mail krijgt als er iets wacht op een besluit. Alleen als je bij het team hoort."),
    why=_("Zo blijft niets liggen."),
    basis=_("Het is nodig om de site veilig te houden (gerechtvaardigd belang)."),
    until=_("Tot je zegt dat we het moeten wissen."),
    export=_export,
    erase=_erase,
)


def _export_practices(person: Person) -> list[dict[str, Any]]:
    made = CouplingPractice.objects.filter(coupling__parties__person=person).select_related("work__article")
    return [
        {
            "voorbeeld over een koppeling van jou": "staat op de site" if each.work.is_published else "niet op de site",
            "op": each.work.begun_at.isoformat(timespec="seconds"),
        }
        for each in made.order_by("pk")
    ]


def _erase_practices(person: Person, erasing: Erasing) -> None:
    """What was not on the site yet goes, however they leave: nobody can ask them for a yes any more."""
    practices.forget_person(person)


PRACTICES = Holding(
    name=_("Voorbeelden over wat je met anderen leerde"),
    tables=(CouplingPractice,),
    what=_("Een tekst die het team maakt van wat je vertelde over een koppeling, als dat van jou mag."),
    why=_("Zo kunnen anderen ervan leren."),
    basis=_("Jij gaf toestemming. Die kun je intrekken."),
    until=_("Tot je vraagt om alles te wissen. Wat met jouw ja op de site kwam, blijft staan, zonder je naam."),
    export=_export_practices,
    erase=_erase_practices,
)
