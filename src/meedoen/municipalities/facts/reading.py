"""The facts that may be used, by municipality as it is now; and all that its own page tells of them."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping

from ..models import Succession
from .models import Fact


def of(
    municipalities: Collection[int], *, now: datetime.datetime, presents: Mapping[int, int] | None = None
) -> dict[int, list[Fact]]:
    """The facts that may be used, of each of these municipalities that has any; one query.

    What was told of a municipality that went on as a whole in another counts for that one; ``presents`` are these, as
    ``Succession.objects.presents()`` has them: without, that is one query more.
    """
    present = Succession.objects.presents() if presents is None else presents
    facts: dict[int, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.used(now).of(_with_former(municipalities, present)).in_order():
        facts[present.get(fact.municipality_id, fact.municipality_id)].append(fact)
    return dict(facts)


def next_change(now: datetime.datetime) -> datetime.datetime | None:
    """When time alone brings another fact."""
    later = Fact.objects.filter(gone_at__isnull=True, holds_from__gt=now).order_by("holds_from")
    return later.values_list("holds_from", flat=True).first()


def with_former(municipality: int) -> set[int]:
    """A municipality and all that went on in it as a whole; one query."""
    return _with_former({municipality}, Succession.objects.presents())


def _with_former(municipalities: Collection[int], presents: Mapping[int, int]) -> set[int]:
    return {*municipalities, *(old for old, new in presents.items() if new in municipalities)}
