"""Moving contributions from one thread to another, and back; in few statements, however many there are.

Numbers are for ever: what comes gets new ones at the end, what goes leaves its own to nobody. Threads are locked in
one order, so that two who move never wait for each other, and who writes meanwhile waits and follows.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from meedoen.kernel.database import ROWS_AT_ONCE, in_parts
from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import PendingAct

from .actions import recount
from .models import Contribution, FormerPlace, Thread


def lock(*numbers: int) -> dict[int, Thread]:
    """These threads as they stand now, while nobody else changes them; by their id."""
    found = Thread.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    return {thread.pk: thread for thread in found}


@transaction.atomic
def move_all(source: Thread, target: Thread, *, now: datetime) -> str:
    """Bring all of ``source`` to the end of ``target``, in order; what waits goes along. Both are locked.

    From now on what is written in ``source`` comes in ``target``. The name of the batch takes it back.
    """
    batch = _move(source.contributions.all(), source, target)
    source.moved_to = target
    source.save(update_fields=["moved_to"])
    _move_drafts(source, target)
    _count(source, target, now=now)
    return batch


@transaction.atomic
def move_some(source: Thread, numbers: Collection[int], target: Thread, *, now: datetime) -> str:
    """Bring what stands in ``source`` at these numbers to the end of ``target``, in order. Both are locked."""
    batch = _move(source.contributions.filter(number__in=numbers), source, target)
    _count(source, target, now=now)
    return batch


@transaction.atomic
def move_back(batch: str, *, source: Thread, target: Thread, now: datetime) -> None:
    """Take back what a batch brought from ``source`` to ``target`` and still stands there; each to its own number.

    Both are locked. What was first shown in ``target`` gets a number at the end.
    """
    went = FormerPlace.objects.filter(batch=batch, thread=source, contribution__thread=target)
    shown_since = list(
        went.filter(number=None, contribution__number__isnull=False).values_list("contribution_id", flat=True)
    )
    returning = list(went.values_list("contribution_id", "contribution__number"))
    was = FormerPlace.objects.filter(batch=batch, contribution=OuterRef("pk")).values("number")[:1]
    apart = set(shown_since)
    for part in in_parts([pk for pk, _number in returning if pk not in apart]):
        Contribution.objects.filter(pk__in=part, thread=target).update(thread=source, number=Subquery(was))
    for contribution in Contribution.objects.filter(pk__in=shown_since).order_by("number"):
        contribution.thread = source
        source.last_number += 1
        contribution.number = source.last_number
        contribution.save(update_fields=["thread", "number"])
    _forget(FormerPlace.objects.filter(batch=batch, thread=source, contribution__thread=source))
    back = unguessable()
    FormerPlace.objects.bulk_create(
        [
            FormerPlace(thread=target, number=number, contribution_id=pk, batch=back)
            for pk, number in returning
            if number is not None
        ],
        batch_size=ROWS_AT_ONCE,
    )
    target.has_gaps = True
    source.has_gaps = FormerPlace.objects.filter(thread=source).exists()
    Thread.objects.filter(pk=target.pk).update(has_gaps=True)
    Thread.objects.filter(pk=source.pk).update(has_gaps=source.has_gaps, last_number=source.last_number)
    _count(source, target, now=now)


def stay_apart(source: Thread, target: Thread) -> None:
    """Let what is written in ``source`` stay there again."""
    source.moved_to = None
    source.save(update_fields=["moved_to"])
    _move_drafts(source, source, of=target)


def _forget(places: QuerySet[FormerPlace]) -> None:
    """Delete these."""
    for part in in_parts(list(places.values_list("pk", flat=True))):
        FormerPlace.objects.filter(pk__in=part).delete()


def _move(contributions: QuerySet[Contribution], source: Thread, target: Thread) -> str:
    batch, last = unguessable(), target.last_number
    places = []
    for pk, number in contributions.order_by(F("number").asc(nulls_last=True), "pk").values_list("pk", "number"):
        last += number is not None
        places.append(
            FormerPlace(
                thread=source,
                number=number,
                contribution_id=pk,
                became=last if number is not None else None,
                batch=batch,
            )
        )
    FormerPlace.objects.bulk_create(places, batch_size=ROWS_AT_ONCE)
    became = FormerPlace.objects.filter(batch=batch, contribution=OuterRef("pk")).values("became")[:1]
    for part in in_parts([place.contribution_id for place in places]):
        Contribution.objects.filter(pk__in=part, thread=source).update(thread=target, number=Subquery(became))
    source.has_gaps, target.last_number = True, last
    Thread.objects.filter(pk=source.pk).update(has_gaps=True)
    Thread.objects.filter(pk=target.pk).update(last_number=last)
    return batch


def _count(*threads: Thread, now: datetime) -> None:
    for thread in sorted(threads, key=lambda each: each.pk):
        recount(thread, now=now)
        thread.refresh_from_db(fields=["last_number", "shown_count"])


def _move_drafts(source: Thread, to: Thread, *, of: Thread | None = None) -> None:
    """Let what people are writing about ``source`` be found in the box of ``to``."""
    begins = f"{(of or source).kind}:{(of or source).key}"
    for act in PendingAct.objects.filter(payload__thread=source.pk).exclude(state=PendingAct.State.DONE):
        mark = act.payload.get("about", "")
        if mark == begins or mark.startswith(f"{begins}:"):
            act.payload["about"] = f"{to.kind}:{to.key}{mark.removeprefix(begins)}"
            act.save(update_fields=["payload"])
