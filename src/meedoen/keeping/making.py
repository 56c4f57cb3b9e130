"""Making a backup while the site is open: database first, then the files that it names; one locked file."""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from . import archive, erasures, locking, media, room, rules, scratch, snapshot

Tell = Callable[[str], None]

NEVER = {"MEEDOEN_VAULT_KEY", "MEEDOEN_BACKUP_KEY", "MEEDOEN_SUPERVISED"}  # what would open it, and no setting


class CannotBackUp(Exception):
    """No backup was made; the text says why, in one line."""


@dataclass(frozen=True)
class Made:
    """A backup that is there, whole."""

    path: Path
    rows: int
    files: int
    missing: list[str]


def back_up(*, now: datetime, tell: Tell) -> Made:
    """Make a backup in the folder for them. Raises ``CannotBackUp``, and then leaves nothing behind."""
    folder: Path = settings.BACKUPS
    path = folder / rules.name_of(now)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratch.clear()
        with _alone(folder):
            if locking.ready():
                tell(f"A key for the backups was made: {settings.BACKUP_KEY_FILE}. Keep a copy of it elsewhere.")
            room.for_backup(folder, newest=newest())
            erasures.write_down(now=now)
            with scratch.made("copy", folder) as place, snapshot.taken(place.path) as copy:
                return _write(path, place.path / path.name, copy, now, tell)
    except (locking.NoKey, snapshot.CannotCopy, room.NoRoom) as problem:
        raise CannotBackUp(str(problem)) from problem
    except OSError as problem:
        raise CannotBackUp(f"{problem.filename or path}: {problem.strerror or problem}") from problem


def thin(*, tell: Tell) -> list[Path]:
    """Delete the backups that the rule keeps no longer; which those were."""
    there = {moment: path for path in settings.BACKUPS.iterdir() if (moment := rules.moment_of(path.name))}
    gone = [there[moment] for moment in sorted(there.keys() - rules.kept(there))]
    for path in gone:
        path.unlink()
        tell(f"{path.name} is past its time and was deleted.")
    return gone


def newest() -> Path | None:
    """The newest backup that is here."""
    if not settings.BACKUPS.is_dir():
        return None
    found = [path for path in settings.BACKUPS.iterdir() if rules.moment_of(path.name)]
    return max(found, key=lambda path: path.name, default=None)


def locked_away() -> list[str]:
    """The names of the backups here that none of our keys opens, the oldest first. Raises ``locking.NoKey``."""
    there = sorted(path for path in settings.BACKUPS.iterdir() if rules.moment_of(path.name))
    return [path.name for path in there if locking.is_for_another_key(path)]


def _write(path: Path, draft: Path, copy: snapshot.Copy, now: datetime, tell: Tell) -> Made:
    counts = snapshot.counts(copy.ask)
    manifest = archive.Manifest(
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        meedoen=settings.VERSION,
        site=settings.BASE_URL,
        database=connection.vendor,
        migrations=[f"{app}.{name}" for app, name in copy.ask("SELECT app, name FROM django_migrations ORDER BY id")],
        counts=counts,
    )
    named, files = media.named_in(copy.ask), set()
    with archive.written(path, draft=draft) as writer:
        writer.paper(archive.MANIFEST, archive.paper_of(manifest))
        tell(f"The database: {sum(counts.values())} rows.")
        writer.file(archive.DATABASE, copy.file)
        writer.paper(archive.SETTINGS, settings_now().encode())
        for name in media.names():
            try:
                size = default_storage.size(name)
                with default_storage.open(name) as file:
                    writer.stream(f"{archive.MEDIA}{name}", file, size)
            except FileNotFoundError:
                continue  # erased meanwhile; said below when the database still names it
            files.add(name)
            if len(files) % 100 == 0:
                tell(f"{len(files)} files of people …")
        missing = sorted(named - files)
        writer.paper(archive.CONTENTS, archive.paper_of(archive.Contents(len(files), missing)))
    return Made(path, sum(counts.values()), len(files), missing)


def settings_now() -> str:
    """The settings as an environment file, without the keys of the vault and of the backups."""
    found = {
        name: value
        for name, value in os.environ.items()
        if (name.startswith("MEEDOEN_") or name in ("DATABASE_URL", "PORT")) and name not in NEVER
    }
    if settings.SECRET_IN_FILE or not found.get("MEEDOEN_SECRET_KEY"):  # with what it was before
        found["MEEDOEN_SECRET_KEY"] = settings.SECRET_KEY
        found["MEEDOEN_SECRET_KEY_FALLBACKS"] = ",".join(settings.SECRET_KEY_FALLBACKS)
    return "".join(f"{name}={_quoted(value)}\n" for name, value in sorted(found.items()))


def _quoted(value: str) -> str:
    """As systemd and shells both read it."""
    escaped = re.sub(r'(["\\$`])', r"\\\1", value.replace("\n", " "))
    return f'"{escaped}"'


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time."""
    with (folder / ".backup-lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise CannotBackUp("another backup is being made at this moment") from problem
        yield
