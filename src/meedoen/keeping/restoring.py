"""Putting a backup back: all of it is unpacked and looked through first, and only then anything is touched."""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import import_string

from meedoen.files.refusing import Away
from meedoen.mail import actions as mail
from meedoen.people.vault.actions import problems as problems_of_vault

from . import archive, bearing, erasures, locking, media, others, room, rules, scratch, snapshot

Tell = Callable[[str], None]

log = structlog.get_logger(__name__)

HALF = "half-restored"  # the file that stands in the data folder from the first deed to the last

HALF_WORDS = (
    "a backup was being put back here and that did not come to its end: run 'meedoen restore FILE --over'"
    f" (the file {HALF} in the data folder, or a mark in the database, says so)"
)

# The deeds of a restore, in their order, as they are told.
DATABASE, FILES, SETTINGS, MIGRATING, ERASING, PASSING = DEEDS = (
    "the database",
    "the files of people",
    "the settings",
    "bringing the database to this version",
    "erasing again who left after the backup was made",
    "taking as sent what was due before",
)


TOLD = (locking.Damaged, locking.NoKey, snapshot.CannotCopy, room.NoRoom, erasures.NoList, OSError, DatabaseError)


class CannotRestore(Exception):
    """Nothing was put back and nothing was touched; the text says why, in one line."""


class HalfRestored(Exception):
    """It stopped when something had been put back; the text says why, what stands there, what not, and what to do."""


@dataclass(frozen=True)
class Restored:
    """What stands there now."""

    manifest: archive.Manifest
    files: int
    missing: list[str]
    erased_again: int
    taken_as_sent: int  # mails that were to go by then, and most likely went before
    vault: list[str]  # what is wrong with its keys


@dataclass
class _Deeds:
    """How far it is."""

    done: list[str] = field(default_factory=list)
    busy: str = ""

    @contextmanager
    def doing(self, deed: str) -> Iterator[None]:
        self.busy = deed
        yield
        self.done.append(deed)
        self.busy = ""


def restore(
    path: Path,
    *,
    over: bool,
    anyway: bool = False,
    resend: bool = False,
    lists: Iterable[Path] = (),
    now: datetime,
    tell: Tell,
) -> Restored:
    """Put the backup ``path`` back; ``lists`` are files of erasures beside those in the usual places.

    Raises ``CannotRestore`` before anything is touched, ``HalfRestored`` after. ``over``: what stands there goes.
    ``anyway``: also when somebody has the database open, such as a pool of connections. ``resend``: mail that was due
    by now goes, also to who has it already.
    """
    deeds = _Deeds()
    was_half = _half().exists()  # of an earlier one: it stays until one comes to its end
    try:
        if not path.is_file():
            raise CannotRestore(f"{path} is not there")
        media.must_answer()
        settings.DATA.mkdir(parents=True, exist_ok=True)
        scratch.clear()
        if not over and (there := _what_is_there()):
            raise CannotRestore(f"this place is not empty ({there}): start with an empty one, or say --over to lose it")
        if over and not anyway and others.are_there():
            raise CannotRestore(others.WORDS_FOR_ANYWAY)
        room.must_have(settings.DATA, path.stat().st_size)  # nothing in it is packed
        with scratch.made("restore", settings.DATA) as place:
            manifest, contents = _unpack(path, place.path, tell)
            known = _known(path, lists, manifest, now, tell)
            return _put(
                place.path,
                manifest,
                contents,
                known,
                deeds,
                over=over,
                anyway=anyway,
                resend=resend,
                now=now,
                tell=tell,
            )
    except CannotRestore:
        raise
    except KeyboardInterrupt as problem:
        if deeds.done or deeds.busy:
            raise HalfRestored(_how_far(deeds, "it was interrupted")) from problem
        raise CannotRestore("it was interrupted") from problem
    except Exception as problem:
        why = f"{path.name}: {problem}" if isinstance(problem, locking.Damaged) else _in_words(problem)
        if deeds.done:
            raise HalfRestored(_how_far(deeds, why)) from problem
        if not was_half:
            _half().unlink(missing_ok=True)
        if isinstance(problem, TOLD):
            raise CannotRestore(why) from problem
        raise


def settings_file() -> Path:
    """Where the settings of the restored site are laid down."""
    return Path(settings.DATA / "restored.env")


def half_restored() -> bool:
    """Whether a restore began to change this place, or its database from another, and did not come to its end."""
    return _half().exists() or snapshot.mark() == HALF


def _half() -> Path:
    return Path(settings.DATA / HALF)


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
    if [name for name in manifest.migrations if name not in known and name.partition(".")[0] not in bearing.OPTIONAL]:
        raise locking.Damaged(
            f"it was made by a newer version of Meedoen (then {manifest.meedoen}): install that version first"
        )


def _known(
    path: Path, lists: Iterable[Path], manifest: archive.Manifest, now: datetime, tell: Tell
) -> list[erasures.Line]:
    """Who is known to have left. Raises ``NoList`` where a list that was named is none."""
    if now - datetime.fromisoformat(manifest.made_at) > rules.KEEP_ERASURES:
        tell(
            f"This backup is older than {rules.KEEP_ERASURES.days} days, and so long is known who left:"
            " who left before that comes back. Look for a newer one, or ask them."
        )
    usual = [place for place in [*erasures.places(), path.parent / erasures.FILE] if place.exists()]
    return erasures.known([*usual, *erasures.read_named(lists)])


def _put(
    staged: Path,
    manifest: archive.Manifest,
    contents: archive.Contents,
    known: list[erasures.Line],
    deeds: _Deeds,
    *,
    over: bool,
    anyway: bool,
    resend: bool,
    now: datetime,
    tell: Tell,
) -> Restored:
    _half().write_text(f"begun at {now.isoformat(timespec='seconds')}\n", encoding="ascii")
    tell("Putting back the database …")
    with deeds.doing(DATABASE):
        snapshot.put(staged / archive.DATABASE, over=over, mark=HALF, anyway=anyway)
    _compare(manifest)
    tell("Putting back the files of people …")
    with deeds.doing(FILES):
        if over:
            media.forget_all()
        files = media.put_all(staged / archive.MEDIA.rstrip("/"))
    with deeds.doing(SETTINGS):
        _put_settings(staged / archive.SETTINGS)
    tell("Bringing the database to this version …")
    with deeds.doing(MIGRATING):
        call_command("migrate", verbosity=0, interactive=False)
    with deeds.doing(ERASING):
        erased = erasures.apply_again(known, now=now)
    with deeds.doing(PASSING):
        taken = 0 if resend else _pass_by(now, tell)
    snapshot.unmark()
    _half().unlink()
    return Restored(manifest, files, contents.missing, erased, taken, list(problems_of_vault()))


def _compare(manifest: archive.Manifest) -> None:
    if (there := snapshot.counts(snapshot.ask_database)) != manifest.counts:
        other = sorted(name for name in there.keys() | manifest.counts if there.get(name) != manifest.counts.get(name))
        raise snapshot.CannotCopy(f"the database does not have the same rows in {', '.join(other)}")


def _pass_by(now: datetime, tell: Tell) -> int:
    """Take as sent what waited when the backup was made, and what became due since; how many mails that are.

    What is due is found by those who mail it, with nothing leaving. A fault of theirs keeps no site closed.
    """
    waiting = mail.take_waiting(now=now)
    with mail.taken_as_sent() as taken:
        for round_of in import_string(settings.TELLING):
            before = -1
            try:
                while taken.count > before:  # each does some at a time
                    before = taken.count
                    round_of()
            except Exception as problem:
                log.exception("keeping.passing_failed", round=round_of.__name__)
                tell(f"Some mail may go to people who have it already ({round_of.__name__}: {_in_words(problem)}).")
    return waiting + taken.count


def _put_settings(path: Path) -> None:
    """Lay the settings down for who runs the site; the secret is used at once where the environment has none."""
    if not path.exists():
        return
    target = settings_file()
    shutil.move(path, target)
    target.chmod(0o600)
    if os.environ.get("MEEDOEN_SECRET_KEY"):
        return
    laid_down = target.read_text(encoding="utf-8")
    if secret := _value_of("MEEDOEN_SECRET_KEY", laid_down):
        older = [each for each in _value_of("MEEDOEN_SECRET_KEY_FALLBACKS", laid_down).split(",") if each]
        file = settings.SECRET_KEY_FILE
        file.touch(mode=0o600)
        file.write_text("\n".join([secret, *older]), encoding="utf-8")


def _value_of(name: str, laid_down: str) -> str:
    found = re.search(rf'^{name}="(.*)"$', laid_down, re.MULTILINE)
    return re.sub(r"\\(.)", r"\1", found[1]) if found else ""


def _in_words(problem: Exception) -> str:
    if isinstance(problem, Away):
        return str(problem)
    if isinstance(problem, OSError):
        return f"{problem.filename or 'the disk'}: {problem.strerror or problem}"
    text = str(problem).strip()
    return text.splitlines()[0] if text else type(problem).__name__


def _how_far(deeds: _Deeds, why: str) -> str:
    left = [deed for deed in DEEDS if deed not in deeds.done and deed != deeds.busy]
    parts = [f"It stopped half-way: {why}.", f"Put back: {', '.join(deeds.done) or 'nothing for certain'}."]
    if deeds.busy:
        parts.append(f"Begun and not finished: {deeds.busy}.")
    if left:
        parts.append(f"Not yet: {', '.join(left)}.")
    if ERASING not in deeds.done:
        parts.append("Who left since stands in it again, so keep the site closed.")
    parts.append("Mend what is wrong, and run the same command again with --over.")
    return " ".join(parts)
