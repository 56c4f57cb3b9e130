"""What the team decides of a proposal: introduce, put the words right, keep two together or apart."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo, ChangedMeanwhile
from meedoen.coupling.introducing import actions as introducing
from meedoen.coupling.introducing.rules import Reason, in_three
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rounds import reading, rules
from meedoen.coupling.rounds.models import Proposal, Tie
from meedoen.coupling.rounds.rules import ProposalState, TieKind, pair_of
from meedoen.coupling.rounds.weighing import Weighed
from meedoen.coupling.rules import Side
from meedoen.coupling.scoring.rules import Part, Weight
from meedoen.kernel.clock import local_date
from meedoen.people.models import Person

from .allowed import must_be_team


def introduce(
    proposal: Proposal, *, words: str, questions: Sequence[str], seen: str, by: Person, now: datetime.datetime
) -> Proposal:
    """Ask those whom it proposes whether they want to meet, with these words and questions. Twice is once.

    Raises ``ChangedMeanwhile`` when it does not stand as ``seen``, and ``CannotDo`` when they cannot be introduced now:
    somebody stopped, or a colleague was quicker.
    """
    must_be_team(by)
    with transaction.atomic():
        people = Person.objects.filter(pk__in=_people_of(proposal)).order_by("pk")
        list(people.select_for_update(of=("self",)))  # before the proposal, as when somebody leaves
        proposal = _locked(proposal)
        if proposal.state == ProposalState.INTRODUCED:
            return proposal
        _must_stand(proposal, seen)
        together = [each for each in (proposal.first, proposal.second, proposal.third) if each]
        if len(together) != proposal.count:
            raise CannotDo(_("Een van hen is er niet meer. Reken opnieuw: dan zoeken we een ander."))
        if Tie.objects.filter(kind=TieKind.BAN, one__in=together, other__in=together).exists():
            raise CannotDo(_("Een collega houdt deze twee uit elkaar. Maak ze eerst los."))
        proposal.words, proposal.questions = words.strip(), in_three(questions)
        proposal.coupling = introducing.introduce(
            together,
            reasons=_reasons_now(proposal, together, now),
            words=proposal.words,
            questions=proposal.questions,
            by=by,
            now=now,
        )
        _decide(proposal, ProposalState.INTRODUCED, by, now)
    return proposal


def reword(
    proposal: Proposal, *, words: str, questions: Sequence[str], seen: str, by: Person, now: datetime.datetime
) -> None:
    """Put the team's words and questions right. Raises ``ChangedMeanwhile`` and ``CannotDo``."""
    must_be_team(by)
    with transaction.atomic():
        proposal = _locked(proposal)
        _must_stand(proposal, seen)
        proposal.words, proposal.questions = words.strip(), in_three(questions)
        proposal.save(update_fields=["words", "questions"])


def keep_apart(proposal: Proposal, *, words: str, seen: str, by: Person, now: datetime.datetime) -> None:
    """Never these two, in this round and the next. Of a trio: who was proposed first. Raises as ``reword`` does."""
    must_be_team(by)
    with transaction.atomic():
        proposal = _locked(proposal)
        _must_stand(proposal, seen)
        if not (proposal.first_id and proposal.second_id):
            raise CannotDo(_("Een van hen is er niet meer."))
        _tie(proposal.first_id, proposal.second_id, TieKind.BAN, words=words, by=by, now=now)
        _decide(proposal, ProposalState.REFUSED, by, now)


@transaction.atomic
def keep_together(one: int, other: int, *, seen: str, by: Person, now: datetime.datetime) -> None:
    """These two in each round that comes. Raises ``CannotDo``, and ``ChangedMeanwhile`` as ``let_go`` does."""
    must_be_team(by)
    told = {each.pk: each for each in CouplingRequest.objects.standing().filter(pk__in=(one, other))}
    if len(told) != 2:
        raise CannotDo(_("Een van hen doet niet meer mee."))
    if all(each.side == Side.OFFER for each in told.values()):
        raise CannotDo(_("Een van de twee moet iets vragen."))
    _must_be_tied(one, other, seen)
    _tie(one, other, TieKind.PIN, words="", by=by, now=now)


@transaction.atomic
def let_go(one: int, other: int, *, seen: str, by: Person, now: datetime.datetime) -> None:
    """Neither together nor apart any more; where they were refused for that, they wait again. Twice is once.

    ``seen`` is the mark of the tie as somebody saw it, empty for none; raises ``ChangedMeanwhile`` when a colleague
    decided otherwise since.
    """
    must_be_team(by)
    low, high = pair_of(one, other)
    if not Tie.objects.filter(one=low, other=high).exists():
        return
    _must_be_tied(one, other, seen)
    Tie.objects.filter(one=low, other=high).delete()
    both = Q(first=low, second=high) | Q(first=high, second=low)
    Proposal.objects.filter(both, state=ProposalState.REFUSED).update(
        state=ProposalState.PROPOSED, decided_by=None, decided_at=None
    )


def _reasons_now(proposal: Proposal, together: Sequence[CouplingRequest], now: datetime.datetime) -> list[Reason]:
    """The reasons as they hold now: what was withdrawn or rewritten since the round is mailed to nobody."""
    factors = {part: Weight(proposal.round.factors.get(part.value, Weight.NORMAL)) for part in Part}
    weighed = Weighed(reading.network(now=now), factors, today=local_date(now))
    told = [weighed.network.told.get(each.pk) for each in together]
    said = weighed.said([each for each in told if each]) if all(told) else []
    return [Reason(each.text, each.url, quotes=each.part == Part.WORDS) for each in said if not each.is_doubt]


def _people_of(proposal: Proposal) -> list[int]:
    requests = CouplingRequest.objects.filter(pk__in=proposal.request_ids)
    return list(requests.order_by().values_list("person", flat=True))


def _must_stand(proposal: Proposal, seen: str) -> None:
    if not rules.may_decide(ProposalState(proposal.state)):
        raise CannotDo(_("Over dit voorstel besloot iemand al. Kijk hoe het nu staat."))
    if proposal.mark != seen:
        raise ChangedMeanwhile(_("Een collega veranderde dit intussen. Hieronder staat hoe het nu is."))


def _tie(one: int, other: int, kind: TieKind, *, words: str, by: Person, now: datetime.datetime) -> None:
    low, high = pair_of(one, other)
    Tie.objects.update_or_create(
        one_id=low, other_id=high, defaults={"kind": kind, "words": words, "by": by, "at": now}
    )


def _must_be_tied(one: int, other: int, seen: str) -> None:
    low, high = pair_of(one, other)
    tie = Tie.objects.select_for_update().filter(one=low, other=high).first()
    if (tie.mark if tie else "") != seen:
        raise ChangedMeanwhile(_("Een collega besliste intussen iets over deze twee. Hieronder staat hoe het nu is."))


def _decide(proposal: Proposal, state: ProposalState, by: Person, now: datetime.datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, now
    proposal.save(update_fields=["state", "decided_by", "decided_at", "coupling", "words", "questions"])


def _locked(proposal: Proposal) -> Proposal:
    """As it stands, while nobody else changes it."""
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    return Proposal.objects.whole().get(pk=proposal.pk)
