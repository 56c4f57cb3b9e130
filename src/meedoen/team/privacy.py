"""What the desk holds of a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import Briefing


def declare() -> None:
    """Make it known."""
    register(BRIEFINGS)


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
