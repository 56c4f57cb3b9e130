"""Questions about couplings: may these be introduced, who is who by now, and how full an offer is."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from django.db.models import Count, Value
from django.utils.translation import gettext as _

from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Side
from meedoen.coupling.rules import State as Stand
from meedoen.kernel.clock import local_date
from meedoen.municipalities.models import Municipality, Succession
from meedoen.people.models import PendingAct
from meedoen.people.rules import CODE_LIFE, MAX_TRIES_PER_CODE

from . import rules
from .models import Coupling, Party

YES = "coupling.yes"  # the kind of act with which somebody says yes; ``introducing.acts`` registers it


def why_not(requests: Sequence[CouplingRequest], *, now: datetime.datetime) -> str:
    """Why these cannot be introduced to each other now, fit to show the team; empty when they can.

    Asked while nobody else writes it is certain; at another moment a colleague may be quicker.
    """
    if not rules.LEAST <= len({each.pk for each in requests}) == len(requests) <= rules.MOST:
        return _("Kies er twee of drie.")
    today = local_date(now)
    for each in requests:
        if each.state != Stand.STANDS:
            return _("“%(title)s” doet niet meer mee.") % {"title": each.title}
        if each.not_before and each.not_before > today:
            return _("“%(title)s” kan nog niet beginnen.") % {"title": each.title}
        if each.person.address_id is None:
            return _("Wie “%(title)s” stuurde, doet niet meer mee.") % {"title": each.title}
    running = running_counts(requests)
    for each in requests:
        count = running.get(each.pk, 0)
        if each.side == Side.ASK and count:
            return _("“%(title)s” doet al mee aan een koppeling. Misschien was een collega je net voor.") % {
                "title": each.title
            }
        if each.at_most is not None and count >= each.at_most:
            return _("“%(title)s” kan er nu niet meer bij hebben.") % {"title": each.title}
    places = places_of(each.municipality for each in requests)
    for one, other in combinations(requests, 2):
        if one.person_id == other.person_id:
            return _("Dit is twee keer dezelfde persoon.")
        at = {places[each.municipality_id] for each in (one, other) if each.municipality_id}
        if one.municipality_id and other.municipality_id and len(at) == 1:
            return _("Ze horen bij dezelfde gemeente.")
        if _met(one, other, now):
            return _("Deze twee zijn al eerder aan elkaar voorgesteld.")
    return ""


def running_counts(requests: Iterable[CouplingRequest]) -> dict[int, int]:
    """In how many couplings that run each of these takes part. One query."""
    found: dict[int, int] = {}
    parties = Party.objects.running().filter(request__in=[each.pk for each in requests])
    for request in parties.values_list("request_id", flat=True):
        found[request] = found.get(request, 0) + 1
    return found


def places_of(municipalities: Iterable[Municipality | None]) -> dict[int, Municipality]:
    """For each municipality, by its number, the one that it is today; one that went on in parts is itself.

    One query, and none where all of them exist.
    """
    asked = {each.pk: each for each in municipalities if each}
    if all(each.is_current for each in asked.values()):
        return asked
    steps: dict[int, list[Municipality]] = {}
    for step in Succession.objects.done().select_related("new"):
        steps.setdefault(step.old_id, []).append(step.new)
    return {number: _today(each, steps) for number, each in asked.items()}


def waiting(now: datetime.datetime) -> tuple[int, int]:
    """How many asks and offers stand, and how many couplings are quiet. One query."""
    counts = [
        found.order_by().values(what=Value(what)).annotate(count=Count("pk")).values_list("what", "count")
        for what, found in (("stand", CouplingRequest.objects.standing()), ("quiet", Coupling.objects.quiet(now)))
    ]
    found = dict(counts[0].union(counts[1], all=True))
    return found.get("stand", 0), found.get("quiet", 0)


def is_stopped(parties: Collection[Party]) -> bool:
    """Whether one of them stopped what they asked or offered, or left."""
    return any(each.person_id is None or each.request is None or _stopped(each.request) for each in parties)


def is_read_first(coupling: Coupling) -> bool:
    """Whether it waits until the team read what somebody wrote beside their yes."""
    is_open = coupling.state in (rules.State.ASKED, rules.State.LATER)
    return is_open and any(each.is_read_first for each in coupling.parties.all())


def may_go_on(coupling: Coupling) -> bool:
    """Whether the team can let it go on: it stopped, or waits for them."""
    return coupling.state in rules.OVER or is_read_first(coupling)


def code_of(party: Party, *, now: datetime.datetime) -> PendingAct | None:
    """The act of their yes, while the code that was mailed for it works."""
    acts = PendingAct.objects.alive(now).filter(
        kind=YES,
        state=PendingAct.State.SENT,
        payload__party=party.pk,
        payload__turn=party.turn,
        discarded_at=None,
        code_sent_at__gt=now - CODE_LIFE,
        wrong_count__lt=MAX_TRIES_PER_CODE,
    )
    return acts.order_by("-pk").first()


def _stopped(request: CouplingRequest) -> bool:
    return request.state == Stand.WITHDRAWN


def _today(municipality: Municipality, steps: dict[int, list[Municipality]]) -> Municipality:
    seen = {municipality.pk}
    while not municipality.is_current and len(steps.get(municipality.pk, ())) == 1:
        municipality = steps[municipality.pk][0]
        if municipality.pk in seen:  # a circle; the register refuses those
            break
        seen.add(municipality.pk)
    return municipality


def _met(one: CouplingRequest, other: CouplingRequest, now: datetime.datetime) -> bool:
    """Whether these two people were ever proposed to each other, or their municipalities not long ago.

    What went on in a municipality counts as that one.
    """
    there = Coupling.objects.exclude(state__in=rules.NOT_MET)
    if there.filter(parties__person=one.person_id).filter(parties__person=other.person_id).exists():
        return True
    if not (one.municipality_id and other.municipality_id):
        return False
    presents = Succession.objects.presents()
    mine, theirs = (
        {present, *(old for old, new in presents.items() if new == present)}
        for present in (presents.get(each, each) for each in (one.municipality_id, other.municipality_id))
    )
    lately = there.filter(made_at__gt=now - rules.FORGET_SAME).filter(parties__municipality__in=mine)
    return lately.filter(parties__municipality__in=theirs).exists()
