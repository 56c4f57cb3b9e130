"""A round over many asks, worked out by the worker; the task calls one action."""

from collections.abc import Mapping

from django_tasks import task

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.scoring.rules import Part, Weight
from meedoen.kernel import clock
from meedoen.people.models import Person

from . import actions
from .models import Round


@task()
def work_out(factors: Mapping[str, int], by: int, after: int | None) -> dict[str, int | str]:
    """Run a round; its number, or why it cannot be, in words fit to show."""
    weights = {part: Weight(factors[part.value]) for part in Part}
    earlier = Round.objects.filter(pk=after).first() if after else None
    try:
        made = actions.run(weights, by=Person.objects.get(pk=by), now=clock.now(), after=earlier)
    except CannotDo as problem:
        return {"problem": str(problem)}
    return {"round": made.pk}
