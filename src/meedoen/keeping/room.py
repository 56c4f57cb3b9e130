"""Whether a disk has room for what a backup, a try or a restore lays there, without taking what the site writes on.

A disk that is full stops every post and sign-up, so what would fill it is refused before it begins.
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from . import rules

MB = 1_000_000
OUR_MACHINE = ("", "localhost", "127.0.0.1", "::1")


class NoRoom(Exception):
    """The disk would be full, or nearly; the text says which, and how much is missing."""


def must_have(folder: Path, needed: int) -> None:
    """See to it that ``needed`` bytes can come in ``folder``, which is there. Raises ``NoRoom``."""
    free = shutil.disk_usage(folder).free
    if not rules.fits(needed, free=free):
        raise NoRoom(
            f"the disk of {folder} has {free // MB} MB free; this takes {needed // MB} MB, and"
            f" {rules.LEAVE_BYTES // MB} MB has to stay free for the site: make room, and try again"
        )


def for_backup(folder: Path, *, newest: Path | None) -> None:
    """See to it that a backup can be made in ``folder``, about as large as the last one. Raises ``NoRoom``."""
    size = database_bytes()
    copy = size if connection.vendor == "sqlite" else rules.dumped(size)
    before = newest.stat().st_size if newest else 0
    must_have(folder, copy + max(copy, rules.grown(before)))


def for_trying(path: Path) -> None:
    """See to it that the backup ``path`` can be put back beside the site. Raises ``NoRoom``."""
    needed = path.stat().st_size
    if connection.vendor == "postgresql":
        size = database_bytes()
        needed += max(size, rules.script_of(min(path.stat().st_size, rules.dumped(size))))
        needed += size if _is_here() else 0  # as a database, where its server may be on this disk
    must_have(settings.DATA, needed)


def database_bytes() -> int:
    """How large the database is."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def _is_here() -> bool:
    host = str(connection.settings_dict["HOST"])
    return host in OUR_MACHINE or host.startswith("/")
