"""What became of it: asked twice by mail, answered by a press, told in words by who likes; and the end by itself."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef

from meedoen.coupling.introducing import letters, needs, rules, sharing
from meedoen.coupling.introducing.models import Coupling, CouplingMove, CouplingPartyQuerySet, FollowUp, Party
from meedoen.coupling.introducing.rules import Milestone, Mover, State, Talked, Worth
from meedoen.mail.incoming import addresses

from .moving import held, move

FOLLOW_UP = "coupling.follow_up"  # the purpose of answers by mail; ``introducing.mailed`` handles them
AT_ONCE = 100  # people in one go; the next minute takes the next ones


@dataclass(frozen=True)
class Told:
    """What somebody tells of it in words."""

    worth: Worth | None = None
    words: str = ""
    residents: str = ""
    pitfalls: str = ""
    may_share: bool = False


def ask_what_became(*, now: datetime.datetime) -> None:
    """Ask who met two weeks and three months ago, each once, and end what met long ago; quick when there is nothing."""
    for milestone in Milestone:
        for number in list(_due(milestone, now).values_list("pk", flat=True)[:AT_ONCE]):
            with transaction.atomic():
                _ask(number, milestone, now)
    old = Coupling.objects.filter(state__in=rules.MEET, introduced_at__lte=now - rules.ENDS_AFTER).order_by("pk")
    reopened = CouplingMove.objects.filter(
        coupling=OuterRef("pk"), was=State.ENDED, mover=Mover.TEAM, at__gt=now - rules.REOPENED_FOR
    )
    old = old.exclude(Exists(reopened))
    for number in list(old.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            _end(number, now)


@transaction.atomic
def answer(asked: FollowUp, talked: Talked, *, now: datetime.datetime) -> None:
    """Say whether they spoke. Twice is once; another answer takes its place."""
    coupling, parties, asked = _held(asked)
    if asked.talked == talked:
        return
    asked.talked, asked.answered_at = talked, now
    asked.save(update_fields=["talked", "answered_at"])
    _stand(coupling, parties, asked.party, now)


@transaction.atomic
def take_answer_back(asked: FollowUp, *, now: datetime.datetime) -> None:
    """Take that back, and what was told beside it stays for when they answer anew. Twice is once."""
    coupling, parties, asked = _held(asked)
    asked.talked, asked.answered_at = "", None
    asked.save(update_fields=["talked", "answered_at"])
    _stand(coupling, parties, asked.party, now)


@transaction.atomic
def tell(asked: FollowUp, told: Told, *, now: datetime.datetime) -> None:
    """Keep what came of it, in words; told anew, it takes the place of what was told.

    A yes to an example is one for all that they told: taken back here, it is taken back of what they told earlier too.
    """
    _coupling, parties, asked = _held(asked)
    asked.worth = told.worth or ""
    asked.words, asked.residents, asked.pitfalls = told.words, told.residents, told.pitfalls
    asked.may_share = told.may_share
    is_taken_back = not told.may_share and may_share(asked.party)
    asked.save(update_fields=["worth", "words", "residents", "pitfalls", "may_share"])
    if is_taken_back:
        FollowUp.objects.filter(party=asked.party).update(may_share=False)
        sharing.tell(next(each for each in parties if each.pk == asked.party_id), now)


def may_share(party: Party) -> bool:
    """Whether they said that an example may be made of what they told, this time or earlier."""
    return FollowUp.objects.filter(party=party, may_share=True).exists()


@transaction.atomic
def tell_of_example(coupling: Coupling, *, now: datetime.datetime) -> None:
    """Mail each who told of it for an example that it is being written. Twice is once."""
    coupling, parties = held(coupling.pk)
    may = set(FollowUp.objects.filter(party__in=parties, may_share=True).values_list("party_id", flat=True))
    for party in parties:
        if party.pk in may:
            letters.example(party, parties, now=now)


def _due(milestone: Milestone, now: datetime.datetime) -> CouplingPartyQuerySet:
    """Those whom it is time to ask; who was away for the first question is asked the second alone."""
    asked = FollowUp.objects.filter(party=OuterRef("pk"), milestone=milestone)
    met = Party.objects.filter(coupling__state__in=rules.MEET, person__isnull=False).exclude(Exists(asked))
    met = met.filter(coupling__introduced_at__lte=now - rules.ASKED_AFTER[milestone])
    if milestone == Milestone.WEEKS:
        met = met.filter(coupling__introduced_at__gt=now - rules.ASKED_AFTER[Milestone.MONTHS])
    return met.order_by("pk")


def _ask(number: int, milestone: Milestone, now: datetime.datetime) -> None:
    coupling, parties = held(Party.objects.values_list("coupling_id", flat=True).get(pk=number))
    party = next(each for each in parties if each.pk == number)
    if coupling.state not in rules.MEET or party.person is None:
        return
    asked, is_new = FollowUp.objects.get_or_create(party=party, milestone=milestone, defaults={"asked_at": now})
    if is_new:
        reply_to = addresses.answer_to(FOLLOW_UP, owner=party.person_id, about=asked.pk, now=now)
        letters.follow_up(asked, parties, reply_to=reply_to, now=now)


def _end(number: int, now: datetime.datetime) -> None:
    coupling, parties = held(number)
    if coupling.state in rules.MEET:
        move(coupling, State.ENDED, mover=Mover.CLOCK, now=now)
        for party in parties:
            needs.let_go(party, now=now)


def _held(asked: FollowUp) -> tuple[Coupling, list[Party], FollowUp]:
    coupling, parties = held(asked.party.coupling_id)
    return coupling, parties, FollowUp.objects.select_related("party").get(pk=asked.pk)


def _stand(coupling: Coupling, parties: list[Party], party: Party, now: datetime.datetime) -> None:
    """Bring it where it stands by what all told; what ended stays so."""
    if coupling.state not in rules.MEET:
        return
    told = FollowUp.objects.filter(party__in=parties).values_list("talked", flat=True)
    to = rules.state_after([Talked(each) for each in told if each])
    move(coupling, to, mover=Mover.PARTY, party=party, now=now)
