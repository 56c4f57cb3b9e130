"""Whether a round is worked out at once or by the worker, and how far the worker is."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Side
from meedoen.coupling.scoring.rules import Factors, Part
from meedoen.people.models import Person

from . import actions, rules
from .models import Round
from .tasks import work_out

BUSY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the newest round in the queue stands: it is worked out, is there, cannot be (``problem``), or went wrong."""

    is_busy: bool = False
    round: Round | None = None
    problem: str = ""
    went_wrong: bool = False


def begin(factors: Factors, *, by: Person, now: datetime.datetime, after: Round | None = None) -> Round | None:
    """Run a round at once, or none where it is large: then the worker does, and ``standing`` tells how far it is.

    While one is worked out another press queues nothing. Raises ``CannotDo`` as ``actions.run`` does.
    """
    asks = CouplingRequest.objects.standing().filter(side=Side.ASK)
    if asks.count() <= rules.ASKS_AT_ONCE:
        return actions.run(factors, by=by, now=now, after=after)
    actions.must_be_team(by)
    with transaction.atomic():
        team = Person.objects.filter(pk__in=Person.objects.team().values("pk")).order_by("pk")
        list(team.select_for_update(of=("self",)))  # a second press waits here, also a colleague's
        if not _queued(now).filter(status__in=BUSY).exists():
            work_out.enqueue({part.value: int(factors[part]) for part in Part}, by.pk, after.pk if after else None)
    return None


def standing(*, now: datetime.datetime) -> Standing:
    """Of the newest in the queue; two queries at most."""
    newest = _queued(now).order_by("-enqueued_at").first()
    if newest is None:
        return Standing()
    if newest.status in BUSY:
        return Standing(is_busy=True)
    if newest.status == TaskResultStatus.FAILED:
        return Standing(went_wrong=True)
    told = newest.return_value
    return Standing(round=Round.objects.filter(pk=told.get("round")).first(), problem=told.get("problem", ""))


def _queued(now: datetime.datetime) -> QuerySet[DBTaskResult]:
    """Those of the last hours; what a worker left lying before that is nobody's to wait for."""
    return DBTaskResult.objects.filter(task_path=work_out.module_path, enqueued_at__gt=now - rules.WAIT_FOR_WORKER)
