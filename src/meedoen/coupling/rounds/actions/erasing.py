"""What goes: rounds past their end, and the words of who asked."""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rounds.models import Proposal, Round, Tie
from meedoen.coupling.scoring.rules import Part
from meedoen.people.models import Person


def erase_old(*, now: datetime.datetime) -> None:
    """Erase rounds that nobody has to explain any more; of asks that go now, their words. The couplings stay."""
    Round.objects.past_end(now).delete()
    _forget_words(CouplingRequest.objects.ended(now))


@transaction.atomic
def forget_person(person: Person) -> None:
    """Of who asked: the words of theirs that reasons name. Of the team: who ran and decided what."""
    _forget_words(CouplingRequest.objects.filter(person=person))
    Round.objects.filter(made_by=person).update(made_by=None)
    Proposal.objects.filter(decided_by=person).update(decided_by=None)
    Tie.objects.filter(by=person).update(by=None)


def _forget_words(requests: QuerySet[CouplingRequest]) -> None:
    for each in Proposal.objects.filter(Q(first__in=requests) | Q(second__in=requests) | Q(third__in=requests)):
        each.sentences = [said for said in each.sentences if said["part"] != Part.WORDS]
        each.words, each.questions = "", []
        each.save(update_fields=["sentences", "words", "questions"])
