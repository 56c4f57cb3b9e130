"""The deeds: read anew what changed, and read all anew. One at a time does them, whoever asks."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import structlog
from django.db import transaction
from django.db.models import Count, Q

from meedoen.kernel import clock
from meedoen.kernel.database import AWAY, in_parts
from meedoen.pages.actions import changed

from . import rules
from .counting import count, count_when_needed
from .engines import engine
from .models import Change, Entry
from .sources import Source, sources
from .writing import forget, prepare, write

AREA = "search"  # the pages that show what was found
AT_ONCE = 25  # changes that are read together
READ_ANEW = 200  # documents that are read together when all are: what they share is written once

log = structlog.get_logger("meedoen.search")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far ``reindex`` is with one kind."""

    kind: str
    read: int
    forgotten: int


def catch_up(*, now: datetime.datetime) -> int:
    """Read all that waits; how many changes were looked at."""
    done = 0
    while step := renew(now=now):
        done += step
    return done


def read_unwatched() -> None:
    """Read what no trigger tells of, for it changes with the version of the site alone; quick when nothing did."""
    with engine().alone(wait=True):
        for source in sources():
            if source.ships or not source.watches:
                for keys in _in_groups(source.keys()):
                    _read(source, keys)
                _forget_what_is_gone(source)


def renew(*, now: datetime.datetime, most: int = AT_ONCE) -> int:
    """Read anew the oldest of what changed; how many changes were looked at. 0: there are none, or somebody else does it.

    What cannot be read is tried again later, at most ``rules.ATTEMPTS`` times; then it is told in the log, and what the
    index has of it goes: it may say what nobody says any more.
    """
    due = Change.objects.filter(Q(due_at__isnull=True) | Q(due_at__lte=now)).order_by("id")
    if not due.exists():
        return 0
    with engine().alone() as is_alone:
        if not is_alone:
            return 0
        waiting = list(due[:most])
        known = {source.kind: source for source in sources()}
        for kind in dict.fromkeys(change.kind for change in waiting):
            attempts = {change.key: change.attempts for change in waiting if change.kind == kind}
            if kind in known:
                for key in _read(known[kind], list(attempts)):
                    _put_off(known[kind], key, attempts[key] + 1, now)
        with transaction.atomic():
            Change.objects.filter(id__in=[change.id for change in waiting]).delete()
            changed(AREA, now=now)
        if not due.exists():
            count_when_needed(now=now)
    return len(waiting)


def _read(source: Source, keys: Sequence[str], *, is_anew: bool = False) -> list[str]:
    """Bring the index to what a source says of ``keys`` now; those that cannot be read, having told why."""
    try:
        write(prepare(source, keys, is_anew=is_anew))
    except AWAY:
        raise  # nothing is wrong with what was read; it waits as it did
    except Exception:
        if len(keys) > 1:
            return [each for key in keys for each in _read(source, [key], is_anew=is_anew)]
        log.exception("cannot be read for search", kind=source.kind, key=keys[0])
        return list(keys)
    return []


def _put_off(source: Source, key: str, attempts: int, now: datetime.datetime) -> None:
    """Try it again later; or give it up, and forget what it said before."""
    if attempts < rules.ATTEMPTS:
        Change.objects.create(kind=source.kind, key=key, attempts=attempts, due_at=now + rules.AGAIN_AFTER * attempts)
        return
    with transaction.atomic():
        forget(Entry.objects.of_kind(source.kind).filter(key=key).values_list("id", flat=True))


def reindex(*, is_anew: bool = False, tell: Callable[[Progress], object] = lambda progress: None) -> dict[str, int]:
    """Read all that is public, and forget the rest; how many documents there are of each kind.

    What did not change is left alone, unless ``is_anew``; what cannot be read is told in the log. The site goes on
    meanwhile, and it may be stopped and begun again. What was noted before is read by the end of it, and forgotten.
    """
    noted = list(Change.objects.values_list("kind", "key", "id"))
    unread: set[tuple[str, str]] = set()
    for source in sources():
        done = 0
        for keys in _in_groups(source.keys()):
            with engine().alone(wait=True):
                unread.update((source.kind, key) for key in _read(source, keys, is_anew=is_anew))
            done += len(keys)
            tell(Progress(source.kind, done, 0))
        with engine().alone(wait=True):
            gone = _forget_what_is_gone(source)
        tell(Progress(source.kind, done, gone))
    kinds = [source.kind for source in sources()]
    with engine().alone(wait=True):
        with transaction.atomic():
            forget(Entry.objects.exclude(kind__in=kinds).values_list("id", flat=True))
        for ids in in_parts([id for kind, key, id in noted if (kind, key) not in unread]):
            Change.objects.filter(id__in=ids).delete()
        count(now=clock.now())
        changed(AREA, now=clock.now())
    return dict(Entry.objects.order_by().values_list("kind").annotate(Count("pk")))


def _forget_what_is_gone(source: Source) -> int:
    """Take out what of a source is no longer public."""
    gone, last = 0, 0
    while True:
        rows = list(
            Entry.objects.of_kind(source.kind).filter(id__gt=last).order_by("id").values_list("id", "key")[:500]
        )
        if not rows:
            return gone
        public = set(source.public([key for _id, key in rows]))
        hidden = [number for number, key in rows if key not in public]
        if hidden:
            with transaction.atomic():
                gone += forget(hidden)
        last = rows[-1][0]


def _in_groups(keys: Iterable[str]) -> Iterable[list[str]]:
    part: list[str] = []
    for key in keys:
        part.append(key)
        if len(part) == READ_ANEW:
            yield part
            part = []
    if part:
        yield part
