"""What the team does with a coupling: call it off, go on after all, end it, note something, choose the questions."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import letters, reading, rules
from meedoen.coupling.introducing.models import Coupling, CouplingMove, FollowUp, Party
from meedoen.coupling.introducing.rules import Answer, Mover, State, Talked
from meedoen.people.models import Person

from .answering import ask
from .moving import held, introduce_each_other, move, must_have_place


@transaction.atomic
def call_off(coupling: Coupling, *, reason: str, by: Person, now: datetime.datetime) -> None:
    """Let them not meet; each is mailed why, after the time in which that is taken back. Raises ``CannotDo``."""
    coupling, _parties = held(coupling.pk)
    move(coupling, State.CALLED_OFF, mover=Mover.TEAM, by=by, words=reason, now=now)


@transaction.atomic
def reopen(coupling: Coupling, *, by: Person, now: datetime.datetime) -> None:
    """Let it go on where it stood. Who was mailed that it did not hears that it does; who was silent is asked anew; what
    somebody wrote beside their yes was read.

    Raises ``CannotDo``, also where an ask got another coupling or an offer is full by now.
    """
    coupling, parties = held(coupling.pk)
    was, is_told = State(coupling.state), coupling.tell_at is None
    if was in (State.ASKED, State.LATER) and _is_read(parties):
        _go_on(coupling, parties, by=by, now=now)
        return
    if was == State.ENDED:
        must_have_place(coupling)
        told = FollowUp.objects.filter(party__in=parties).exclude(talked="").values_list("talked", flat=True)
        move(coupling, rules.state_after([Talked(each) for each in told]), mover=Mover.TEAM, by=by, now=now)
        return
    if was not in rules.OVER | {State.SILENT}:
        raise CannotDo(_("Dit loopt al. Kijk hoe het nu staat."))
    if reading.is_stopped(parties):
        raise CannotDo(_("Iemand stopte. Die moet eerst de eigen vraag of het eigen aanbod weer terugzetten."))
    if was in rules.OVER:
        must_have_place(coupling)
    for party in parties:
        if party.answer == Answer.NO:
            party.answer, party.answered_at, party.reason, party.turn = Answer.NONE, None, "", party.turn + 1
        if party.answer == Answer.NONE:
            party.asked_at, party.reminded_at = now, None
        party.save()
    to = rules.state_of([Answer(each.answer) for each in parties])
    move(coupling, to, mover=Mover.TEAM, by=by, now=now)
    if was != State.SILENT and is_told:
        letters.again(coupling, parties, now=now)
    if was == State.SILENT or is_told:
        for party in parties:
            if party.answer == Answer.NONE:
                ask(party, parties, now=now)


def _is_read(parties: Sequence[Party]) -> bool:
    """Note that the team read what somebody wrote beside their yes; whether there was such."""
    read = [each for each in parties if each.is_read_first]
    for each in read:
        each.is_read_first = False
        each.save(update_fields=["is_read_first"])
    return bool(read)


def _go_on(coupling: Coupling, parties: list[Party], *, by: Person, now: datetime.datetime) -> None:
    """Let them meet, if all said yes; else it waits for who did not answer."""
    to = rules.state_of([Answer(each.answer) for each in parties])
    if to == State.INTRODUCED:
        if reading.is_stopped(parties):
            raise CannotDo(_("Iemand stopte. Die moet eerst de eigen vraag of het eigen aanbod weer terugzetten."))
        move(coupling, to, mover=Mover.TEAM, by=by, now=now)
        introduce_each_other(coupling, parties, now=now)
        return
    words = _("Gelezen wat bij het ja stond. Het mag doorgaan.")
    CouplingMove.objects.create(
        coupling=coupling, was=coupling.state, became=coupling.state, mover=Mover.TEAM, by=by, words=words, at=now
    )


@transaction.atomic
def end(coupling: Coupling, *, by: Person, now: datetime.datetime) -> None:
    """Look after it no more, once they met. Nobody is mailed. Raises ``CannotDo``."""
    coupling, _parties = held(coupling.pk)
    move(coupling, State.ENDED, mover=Mover.TEAM, by=by, now=now)


@transaction.atomic
def note(coupling: Coupling, words: str, *, rests: bool, by: Person, now: datetime.datetime) -> None:
    """Write something down for colleagues; ``rests``: it stands among what is quiet again only in two weeks."""
    coupling, _parties = held(coupling.pk)
    state = coupling.state
    CouplingMove.objects.create(
        coupling=coupling, was=state, became=state, mover=Mover.TEAM, by=by, words=words, at=now
    )
    if rests:
        coupling.rests_until = now + rules.ANSWERED_WITHIN
        coupling.save(update_fields=["rests_until"])


@transaction.atomic
def change_questions(coupling: Coupling, questions: Sequence[str], *, now: datetime.datetime) -> None:
    """Choose other questions to begin with, before they meet. Raises ``CannotDo``."""
    coupling, _parties = held(coupling.pk)
    if coupling.state not in rules.OPEN:
        raise CannotDo(_("De mail met deze vragen is al weg."))
    coupling.questions = rules.in_three(questions)
    coupling.save(update_fields=["questions"])
