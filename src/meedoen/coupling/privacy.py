"""What is held of who asks or offers, and of who of the team did something with it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions, words
from .models import CouplingRequest, Move
from .rules import Side, State


def declare() -> None:
    """Make it known."""
    register(ASKED)


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
