"""Bringing a coupling elsewhere: held while it is done, allowed by the rules, and written down."""

import datetime

from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import letters, reading, rules
from meedoen.coupling.introducing.models import Coupling, CouplingMove, Party
from meedoen.coupling.introducing.rules import Mover, State
from meedoen.coupling.models import CouplingRequest
from meedoen.people.models import Person


def held(number: int) -> tuple[Coupling, list[Party]]:
    """A coupling and who is in it, as they stand, while nobody else changes it; inside a transaction."""
    coupling = Coupling.objects.select_for_update().get(pk=number)
    parties = list(Party.objects.whole().filter(coupling=number).order_by("pk"))
    for party in parties:
        party.coupling = coupling
    return coupling, parties


def move(
    coupling: Coupling,
    to: State,
    *,
    mover: Mover,
    now: datetime.datetime,
    party: Party | None = None,
    by: Person | None = None,
    words: str = "",
) -> bool:
    """Bring a held coupling elsewhere and write that down; whether it was not there already. Raises ``CannotDo``."""
    was = State(coupling.state)
    if was == to:
        return False
    if not rules.may_move(was, to, by=mover):
        raise CannotDo(_("Dit veranderde intussen. Kijk hoe het nu staat."))
    coupling.state, coupling.moved_at, coupling.rests_until = to, now, None
    coupling.tell_at = now + rules.UNDO if to in rules.TOLD else None
    if to == State.INTRODUCED and was in rules.OPEN:
        coupling.introduced_at = now
    coupling.save(update_fields=["state", "moved_at", "tell_at", "rests_until", "introduced_at"])
    CouplingMove.objects.create(
        coupling=coupling, was=was, became=to, mover=mover, party=party, by=by, words=words, at=now
    )
    return True


def introduce_each_other(coupling: Coupling, parties: list[Party], *, now: datetime.datetime) -> None:
    """Once all said yes: each hears how to reach the others (KO5)."""
    letters.introduced(coupling, parties, now=now)


def must_have_place(coupling: Coupling) -> None:
    """Whether its asks and offers have a place for it, held so that a colleague does not take it at this moment."""
    mine = coupling.parties.values("request")
    held_requests = list(CouplingRequest.objects.select_for_update().filter(pk__in=mine).order_by("pk"))
    running = reading.running_counts(held_requests)
    for each in held_requests:
        most = 1 if each.side == "ask" else each.at_most
        if most is not None and running.get(each.pk, 0) >= most:
            raise CannotDo(_("“%(title)s” doet intussen mee aan iets anders.") % {"title": each.title})
