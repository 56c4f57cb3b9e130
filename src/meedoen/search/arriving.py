"""What comes to readers without a change of any row, so that no trigger notes it: by time alone, or as a kind that is new."""

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


def note_unread() -> int:
    """Note all of each kind of which the index holds nothing yet, such as one that a new version brought; how many."""
    count = 0
    for source in sources():
        if not Entry.objects.of_kind(source.kind).exists():
            rows = [Change(kind=source.kind, key=key) for key in source.keys()]  # noqa: SIM118  not a dict
            count += len(Change.objects.bulk_create(rows, batch_size=500))
    return count
