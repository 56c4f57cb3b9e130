"""What is held of who told that a municipality uses something too."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.library.models import Reuse
from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .actions import forget_person


def declare() -> None:
    """Make it known."""
    register(REUSES)


def _export(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "tekst": each.article.title,
            "gemeente": each.municipality.name,
            "wat jullie anders deden": each.changed,
            "stand": each.state,
            "op": each.at.isoformat(timespec="seconds"),
        }
        for each in Reuse.objects.filter(person=person).select_related("article", "municipality").order_by("pk")
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Let nothing say who told it; that a municipality uses it stays, unless the person takes their texts along."""
    forget_person(person, with_texts=erasing.with_texts, now=erasing.now)


REUSES = Holding(
    name=_("Wat je vertelde over wat je gemeente gebruikt"),
    tables=(Reuse,),
    what=_("Welke gemeente een voorbeeld of handreiking ook gebruikt, en wat zij anders deed."),
    why=_("Zo zien anderen wie iets overnam, en wat dat leerde."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je het terugneemt. Of tot je vraagt om alles te wissen: dan staat je naam er niet meer bij."),
    export=_export,
    erase=_erase,
)
