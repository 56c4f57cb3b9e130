"""What is held of who is introduced to others, and of who of the team did something with it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions, words
from .models import Coupling, CouplingMove, FollowUp, Party
from .rules import State


def declare() -> None:
    """Make it known."""
    register(INTRODUCED)


def _export(person: Person) -> list[dict[str, Any]]:
    mine = Party.objects.whole().filter(person=person).order_by("pk").prefetch_related("follow_ups")
    made = Coupling.objects.filter(made_by=person).order_by("pk")
    moves = CouplingMove.objects.filter(by=person)
    return [
        *(
            {
                "aan wie we je voorstelden": words.others(each, list(each.coupling.parties.whole().order_by("pk"))),
                "waarom": [each.coupling.words, *(reason["sentence"] for reason in each.coupling.reasons)],
                "je antwoord": words.answer_words(each),
                "waarom niet": each.reason,
                "hoe het staat": str(words.TEAM_STATES[State(each.coupling.state)]),
                "op": each.asked_at.isoformat(timespec="seconds"),
                "wat je erover vertelde": [
                    {"spraken jullie elkaar": told.talked, "wat het opleverde": told.worth, "woorden": told.words,
                     "hoe inwoners meededen": told.residents, "waar een ander op moet letten": told.pitfalls}
                    for told in each.follow_ups.all()
                ],
            }
            for each in mine
        ),
        *({"je stelde mensen aan elkaar voor": each.made_at.isoformat(timespec="seconds")} for each in made),
        *({"stap": each.became, "woorden": each.words, "op": each.at.isoformat(timespec="seconds")} for each in moves),
    ]  # fmt: skip


def _erase(person: Person, erasing: Erasing) -> None:
    """That they took part goes; that their municipality did stays. Of the team: who did what."""
    actions.forget_person(person)


INTRODUCED = Holding(
    name=_("Aan wie we je voorstelden"),
    tables=(Coupling, Party, CouplingMove, FollowUp),
    what=_(
        "Aan wie we je voorstelden en waarom, wat je daarop zei, en wat je later vertelde. Van het team: wie wat deed."
    ),
    why=_("Zo brengen we mensen bij elkaar, en weten we of het helpt."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot twee jaar nadat het klaar is. Dat jullie gemeenten elkaar spraken, blijft bewaard."),
    export=_export,
    erase=_erase,
)
