"""Files that no row tells of: left by a transaction that was undone, or by deleting that was cut short."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.apps import apps
from django.core.files.storage import default_storage

from meedoen.files import store
from meedoen.files.kept import KeptFile

from . import media

LEAVE = timedelta(days=2)  # longer than any transaction, and than all tries of a mail
AT_ONCE = 500  # names that the database is asked about at a time
# As files are kept: the key of their row, and behind it a size or an ending. Whatever else lies there is not ours.
_NAME = re.compile(r"(?P<begin>[\w-]{2})/(?P<key>(?P=begin)[\w-]{20})[.-][\w.-]+", re.ASCII)


def clear(*, now: datetime) -> int:
    """Delete files that nobody can reach any more; how many. One that came just now may get its row yet."""
    count, all_names = 0, media.names()
    while names := list(islice(all_names, AT_ONCE)):
        stray = [name for name in _unknown(names) if _is_old(name, now)]
        store.forget(*stray)
        count += len(stray)
    return count


def _unknown(names: list[str]) -> Iterator[str]:
    """Those of which no row has the key."""
    keys = {name: found["key"] for name in names if (found := _NAME.fullmatch(name))}
    known: set[str] = set()
    for model in apps.get_models():
        if issubclass(model, KeptFile):
            known.update(model._default_manager.filter(key__in=keys.values()).values_list("key", flat=True))
    return (name for name, key in keys.items() if key not in known)


def _is_old(name: str, now: datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) <= now - LEAVE
    except FileNotFoundError:
        return False
