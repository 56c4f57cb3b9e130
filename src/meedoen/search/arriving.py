"""What time alone brought to readers: no row changed, so no trigger noted it."""

import datetime

from .models import Change, Entry
from .sources import sources

LOOKS_BACK = datetime.timedelta(days=1)  # a worker that stood still longer has `meedoen reindex`


def note(*, now: datetime.datetime) -> int:
    """Note what everybody may read since lately and is not in the index yet; how many that were."""
    missing: list[Change] = []
    for source in sources():
        if source.arrived is None:
            continue
        keys = set(source.arrived(now - LOOKS_BACK))
        if keys:
            waiting = Change.objects.filter(kind=source.kind, key__in=keys).values_list("key", flat=True)
            there = Entry.objects.of_kind(source.kind).filter(key__in=keys).values_list("key", flat=True)
            missing += [Change(kind=source.kind, key=key) for key in sorted(keys.difference(waiting, there))]
    Change.objects.bulk_create(missing)
    return len(missing)
