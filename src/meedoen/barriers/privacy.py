"""What is held of who got stuck, and of who of the team answered."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions
from .models import Barrier, Step, StuckReport


def declare() -> None:
    """Make it known."""
    register(STUCK)


def _export(person: Person) -> list[dict[str, Any]]:
    told = StuckReport.objects.filter(person=person).select_related("barrier").order_by("pk")
    steps = Step.objects.filter(by=person).select_related("barrier").order_by("pk")
    answers = StuckReport.objects.filter(settled_by=person).order_by("pk")
    return [
        *(
            {
                "waar": each.where,
                "wat je deed": each.doing,
                "waarmee": each.using,
                "drempel": each.barrier.title if each.barrier else "",
                "ons antwoord": each.answer,
                "op": each.created_at.isoformat(timespec="seconds"),
            }
            for each in told
        ),
        *(
            {
                "drempel": each.barrier.title,
                "stap": each.state,
                "woorden": each.words,
                "op": each.at.isoformat(timespec="seconds"),
            }
            for each in steps
        ),
        *(
            {
                "je antwoord": each.answer,
                "op": each.settled_at.isoformat(timespec="seconds") if each.settled_at else "",
            }
            for each in answers
        ),
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Let nothing say who told it; the words go when the person takes their texts along. A barrier names nobody."""
    actions.forget_person(person, with_texts=erasing.with_texts)


STUCK = Holding(
    name=_("Waar je vastliep"),
    tables=(StuckReport, Barrier, Step),
    what=_("Waar je vastliep, wat je deed en waarmee, als je dat vertelde. Van het team: wie wat besloot."),
    why=_("Zo lossen we drempels op, en hoor je wat we deden."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot een jaar na ons antwoord, en zolang de drempel er nog is. Alleen het team leest het."),
    export=_export,
    erase=_erase,
)
