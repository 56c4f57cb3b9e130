"""The end of what a coupling says of people: when somebody leaves, and by itself. The municipality stays."""

import datetime

from django.db import transaction

from meedoen.coupling.introducing.models import (
    Coupling,
    CouplingMove,
    CouplingPartyQuerySet,
    CouplingQuerySet,
    FollowUp,
    Party,
)
from meedoen.coupling.models import CouplingRequest
from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import Person


@transaction.atomic
def forget_person(person: Person) -> None:
    """Let nobody tell any more that this person took part, or did something for the team."""
    _empty(Party.objects.filter(person=person))
    Coupling.objects.filter(made_by=person).update(made_by=None)
    CouplingMove.objects.filter(by=person).update(by=None)


@transaction.atomic
def erase_old(*, now: datetime.datetime) -> None:
    """Forget who took part in what ended long ago, and all words; that two municipalities met stays."""
    _unquote(Coupling.objects.filter(parties__request__in=CouplingRequest.objects.ended(now)))
    old = list(Coupling.objects.past_end(now).values_list("pk", flat=True))
    if not old:
        return
    _empty(Party.objects.filter(coupling__in=old))
    CouplingMove.objects.filter(coupling__in=old).update(words="", by=None)
    Coupling.objects.filter(pk__in=old).update(words="", questions=[], reasons=[], made_by=None, is_emptied=True)


def _unquote(couplings: CouplingQuerySet) -> None:
    """Erase what names words of who leaves: of the team, of the questions, and of the reasons those that quote."""
    for coupling in couplings.distinct():
        coupling.words, coupling.questions = "", []
        coupling.reasons = [each for each in coupling.reasons if not each.get("quotes")]
        coupling.save(update_fields=["words", "questions", "reasons"])


def _empty(parties: CouplingPartyQuerySet) -> None:
    _unquote(Coupling.objects.filter(parties__in=parties))
    for party in parties:
        CouplingMove.objects.filter(party=party).update(words="")
        FollowUp.objects.filter(party=party).update(words="", residents="", pitfalls="", may_share=False)
        party.person = party.request = None
        party.reason, party.letter_key, party.secret = "", "", unguessable()
        party.save()
