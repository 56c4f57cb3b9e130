"""What time does: remind once, tell the team who is silent, ask again who said later, tell the others, see what bounced."""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from meedoen.coupling.introducing import letters, needs, rules
from meedoen.coupling.introducing.models import Coupling, CouplingMove, CouplingQuerySet, Party
from meedoen.coupling.introducing.rules import Answer, Mover, State
from meedoen.coupling.rules import State as Stand
from meedoen.kernel.clock import local_date

from .answering import ask
from .moving import held, move

AT_ONCE = 100  # couplings of each sort in one round; the next minute takes the next ones


def look_after(*, now: datetime.datetime) -> None:
    """All of it; quick when there is nothing."""
    Party.objects.filter(pk__in=list(Party.objects.lost().values_list("pk", flat=True)[:AT_ONCE])).update(
        unreachable_at=now
    )
    for deed, waiting in (
        (_stop, _stopped(now)),
        (_tell, Coupling.objects.filter(tell_at__lte=now)),
        (_ask_again, _later(now)),
        (_remind, Coupling.objects.filter(parties__in=Party.objects.to_remind(now))),
        (_be_silent, _silent(now)),
    ):
        _each(deed, waiting, now)


def _each(deed: Callable[[int, datetime.datetime], None], waiting: CouplingQuerySet, now: datetime.datetime) -> None:
    for number in list(waiting.order_by("pk").values_list("pk", flat=True).distinct()[:AT_ONCE]):
        with transaction.atomic():
            deed(number, now)


def _stopped(now: datetime.datetime) -> CouplingQuerySet:
    """Those of which somebody stopped what they asked or offered, once that is not taken back; or left."""
    gone = Party.objects.filter(coupling=OuterRef("pk")).filter(
        Q(request__state=Stand.WITHDRAWN, request__moved_at__lte=now - rules.UNDO) | Q(request=None) | Q(person=None)
    )
    return Coupling.objects.filter(Exists(gone), state__in=rules.OPEN - {State.DECLINED})


def _stop(number: int, now: datetime.datetime) -> None:
    coupling, _parties = held(number)
    if coupling.state in rules.OPEN - {State.DECLINED}:
        move(coupling, State.WITHDRAWN, mover=Mover.CLOCK, now=now)
        Coupling.objects.filter(pk=number).update(tell_at=now)  # the time to take it back is over


def _tell(number: int, now: datetime.datetime) -> None:
    coupling, parties = held(number)
    if coupling.tell_at is None or coupling.tell_at > now:
        return
    last = CouplingMove.objects.filter(coupling=number, mover=Mover.TEAM, became=coupling.state).last()
    said = last.words if last and coupling.state == State.CALLED_OFF else ""
    letters.stopped(coupling, parties, now=now, said=said)
    if coupling.state in rules.OVER:
        for party in parties:
            needs.let_go(party, now=now)
    coupling.tell_at = None
    coupling.save(update_fields=["tell_at"])


def _later(now: datetime.datetime) -> CouplingQuerySet:
    return Coupling.objects.filter(
        state=State.LATER, parties__answer=Answer.LATER, parties__later_on__lte=local_date(now)
    )


def _ask_again(number: int, now: datetime.datetime) -> None:
    """Ask who said later, on the day that they chose."""
    coupling, parties = held(number)
    due = [each for each in parties if each.later_on and each.later_on <= local_date(now)]
    if coupling.state != State.LATER or not due:
        return
    for party in due:
        party.answer, party.answered_at, party.later_on = Answer.NONE, None, None
        party.asked_at, party.reminded_at, party.turn = now, None, party.turn + 1
        party.save()
    to = rules.state_of([Answer(each.answer) for each in parties])
    if to == State.ASKED:
        move(coupling, to, mover=Mover.CLOCK, now=now)
    for party in due:
        ask(party, parties, now=now)


def _remind(number: int, now: datetime.datetime) -> None:
    coupling, parties = held(number)
    due = set(Party.objects.to_remind(now).filter(coupling=number).values_list("pk", flat=True))
    for party in parties:
        if party.pk in due:
            party.reminded_at = now
            party.save(update_fields=["reminded_at"])
            party.coupling = coupling
            ask(party, parties, now=now)


def _silent(now: datetime.datetime) -> CouplingQuerySet:
    silent = Party.objects.filter(coupling=OuterRef("pk"), answer="", reminded_at__lte=now - rules.SILENT_AFTER)
    return Coupling.objects.filter(Exists(silent), state=State.ASKED)


def _be_silent(number: int, now: datetime.datetime) -> None:
    coupling, _parties = held(number)
    if coupling.state == State.ASKED:
        move(coupling, State.SILENT, mover=Mover.CLOCK, now=now)
