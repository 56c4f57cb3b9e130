"""Putting a backup back: all of it is unpacked and looked through first, and only then anything is touched."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from meedoen.people.vault.actions import problems as problems_of_vault

from . import archive, erasures, locking, media, snapshot

Tell = Callable[[str], None]


OPTIONAL = {"socialaccount"}  # an app that a setting puts in and takes out


class CannotRestore(Exception):
    """Nothing was put back and nothing was touched; the text says why, in one line."""


@dataclass(frozen=True)
class Restored:
    """What stands there now."""

    manifest: archive.Manifest
    files: int
    missing: list[str]
    erased_again: int
    vault: list[str]  # what is wrong with its keys


def restore(path: Path, *, over: bool, lists: Iterable[Path] = (), now: datetime, tell: Tell) -> Restored:
    """Put the backup ``path`` back; ``lists`` are files of erasures beside those in the usual places.

    Raises ``CannotRestore`` before anything is touched. ``over``: what stands there goes.
    """
    if not path.is_file():
        raise CannotRestore(f"{path} is not there")
    if not over and (there := _what_is_there()):
        raise CannotRestore(f"this place is not empty ({there}): start with an empty one, or say --over to lose it")
    settings.DATA.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=".restore-", dir=settings.DATA))
    try:
        manifest, contents = _unpack(path, staged, tell)
        known = erasures.known([*erasures.places(), path.parent / erasures.FILE, *lists])
        files = _put(staged, manifest, over=over, tell=tell)
        tell("Bringing the database to this version …")
        call_command("migrate", verbosity=0, interactive=False)
        erased = erasures.apply_again(known, now=now)
        return Restored(manifest, files, contents.missing, erased, list(problems_of_vault()))
    except locking.Damaged as problem:
        raise CannotRestore(f"{path.name}: {problem}") from problem
    except (locking.NoKey, snapshot.CannotCopy) as problem:
        raise CannotRestore(str(problem)) from problem
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def settings_file() -> Path:
    """Where the settings of the restored site are laid down."""
    return Path(settings.DATA / "restored.env")


def _what_is_there() -> str:
    if snapshot.tables():
        return "its database has tables"
    if name := next(media.names(), ""):
        return f"there are files of people, such as {name}"
    return ""


def _unpack(path: Path, staged: Path, tell: Tell) -> tuple[archive.Manifest, archive.Contents]:
    size, said = path.stat().st_size, 0

    def read(count: int) -> None:
        nonlocal said
        percent = count * 100 // max(size, 1)
        if percent >= said + 10:
            said = percent // 10 * 10
            tell(f"Read and looked through: {said}% of {size // 1024} kB.")

    found = archive.read_into(staged, path, accept=_accept, tell=read)
    snapshot.check(staged / archive.DATABASE)
    return found


def _accept(manifest: archive.Manifest) -> None:
    """Refuse what is not for here. Raises ``Damaged``."""
    if manifest.database != connection.vendor:
        raise locking.Damaged(
            f"its database is of {manifest.database}, and DATABASE_URL names {connection.vendor}: set it to such a one"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if [name for name in manifest.migrations if name not in known and name.partition(".")[0] not in OPTIONAL]:
        raise locking.Damaged(
            f"it was made by a newer version of Meedoen (then {manifest.meedoen}): install that version first"
        )


def _put(staged: Path, manifest: archive.Manifest, *, over: bool, tell: Tell) -> int:
    tell("Putting back the database …")
    snapshot.put(staged / archive.DATABASE, over=over)
    if (there := snapshot.counts(snapshot.ask_database)) != manifest.counts:
        other = sorted(name for name in there.keys() | manifest.counts if there.get(name) != manifest.counts.get(name))
        raise snapshot.CannotCopy(f"the database was put back and does not have the same rows in {', '.join(other)}")
    tell("Putting back the files of people …")
    if over:
        media.forget_all()
    files = media.put_all(staged / archive.MEDIA.rstrip("/"))
    _put_settings(staged / archive.SETTINGS)
    return files


def _put_settings(path: Path) -> None:
    """Lay the settings down for who runs the site; the secret is used at once where the environment has none."""
    if not path.exists():
        return
    target = settings_file()
    shutil.move(path, target)
    target.chmod(0o600)
    if os.environ.get("MEEDOEN_SECRET_KEY"):
        return
    if found := re.search(r'^MEEDOEN_SECRET_KEY="(.*)"$', target.read_text(encoding="utf-8"), re.MULTILINE):
        file = settings.SECRET_KEY_FILE
        file.touch(mode=0o600)
        file.write_text(re.sub(r"\\(.)", r"\1", found[1]), encoding="utf-8")
