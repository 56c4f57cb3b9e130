"""What is held of who offered a practice."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.library.models import PracticeOffer
from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .actions import forget_person
from .content import content_of


def declare() -> None:
    """Make it known."""
    register(OFFERED)


def _export(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "wat je vertelde": {name: value for name, value in content_of(each.answers).items() if value},
            "wie anderen kunnen vragen": each.answers.get("contact") or "",
            "dat mag op de site": bool(each.answers.get("shows_contact")),
            "stand": each.state.value,
            "wat het team vroeg": each.question,
            "waarom niet geplaatst": each.reason,
            "op": each.offered_at.isoformat(timespec="seconds"),
        }
        for each in PracticeOffer.objects.whole().filter(offered_by=person).order_by("pk")
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Erase what nobody saw; what stands on the site stays without them, unless they take their texts along."""
    forget_person(person, with_texts=erasing.with_texts, now=erasing.now)


OFFERED = Holding(
    name=_("Voorbeelden die je aanbood"),
    tables=(PracticeOffer,),
    what=_("Wat je vertelde over een voorbeeld, en wie anderen daarover kunnen vragen. Je naam staat er niet bij."),
    why=_("Zo kan het team er een tekst van maken, en jou iets vragen."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_(
        "Tot je vraagt om alles te wissen. Wat niet geplaatst is of wat je introk, wissen we na 30 dagen. "
        "Vroegen we iets en zei je niets, dan na een jaar."
    ),
    export=_export,
    erase=_erase,
)
