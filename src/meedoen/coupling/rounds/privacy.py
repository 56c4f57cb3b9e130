"""What rounds hold of people: of who asked, words of theirs in a reason; of the team, who ran and decided what."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions, words
from .models import Proposal, Round, Tie
from .rules import ProposalState


def declare() -> None:
    """Make it known; before what they asked, which names the proposals that hold words of it."""
    register(ROUNDS)


def _of_coupling(proposal: Proposal) -> dict[str, Any]:
    """What they were told of it; who was only thought of is nobody's but the team's."""
    return {
        "voorstel": words.title_of(proposal),
        "waarom": [said["text"] for said in proposal.sentences if not said["is_doubt"]],
        "wat het team schreef": proposal.words,
    }


def _export(person: Person) -> list[dict[str, Any]]:
    own = Q(first__person=person) | Q(second__person=person) | Q(third__person=person)
    return [
        *(
            {
                **(_of_coupling(each) if each.state == ProposalState.INTRODUCED else {}),
                "stand": str(words.STATES[ProposalState(each.state)]),
                "op": each.round.made_at.isoformat(timespec="seconds"),
            }
            for each in Proposal.objects.filter(own).whole().order_by("pk")
        ),
        *(
            {"rekende een ronde": each.made_at.isoformat(timespec="seconds")}
            for each in Round.objects.filter(made_by=person).order_by("pk")
        ),
        *(
            {"besliste over een voorstel": words.title_of(each), "op": each.decided_at.isoformat(timespec="seconds")}
            for each in Proposal.objects.filter(decided_by=person, decided_at__isnull=False).order_by("pk")
            if each.decided_at
        ),
        *(
            {"besliste over twee": each.kind, "waarom": each.words, "op": each.at.isoformat(timespec="seconds")}
            for each in Tie.objects.filter(by=person).order_by("pk")
        ),
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Their words in reasons go, the municipality stays. Of the team: who did what."""
    actions.forget_person(person)


ROUNDS = Holding(
    name=_("Met wie je past om te koppelen"),
    tables=(Round, Proposal, Tie),
    what=_("Met wie je in een ronde bij elkaar kwam en waarom. Van het team: wie rekende en wie besloot."),
    why=_("Zo kan het team later uitleggen waarom het wie aan elkaar voorstelde."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Twee jaar na de ronde. Wis je wat je vroeg, dan gaan je woorden meteen weg. De gemeente blijft."),
    export=_export,
    erase=_erase,
)
