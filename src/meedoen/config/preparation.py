"""Making a site ready to open: database, static files, starting content; quick when all of it is."""

import json
import re
import sqlite3
import sys
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from meedoen.keeping import bearing, restoring, scratch, snapshot
from meedoen.kernel import clock
from meedoen.kernel.identifiers import content_mark
from meedoen.people.vault.actions import problems as problems_of_vault
from meedoen.search.watching import watch_all
from meedoen.ui import theme

MANIFEST, STAMP = "staticfiles.json", ".gathered"
KEPT = {MANIFEST, STAMP}
# Larger databases are looked through quickly at a start: well takes 11 s of a processor for each GB, quickly one.
LOOKED_INTO_WELL_BYTES = 100_000_000


def prepare(*, examples: bool) -> int:
    """Bring database, static files and content to this version. Returns an exit code, having said what is wrong."""
    try:
        if told := _damage() or _in_the_way():
            print(f"meedoen: {told}", file=sys.stderr)
            return 1
        scratch.clear()
        migrate()
        put_on_theme()
        gather_static_files()
        load_content(examples=examples)
        for told in problems_of_vault():  # such as keys that did not come along to this machine
            print(f"meedoen: {told}", file=sys.stderr)
    except (OperationalError, sqlite3.OperationalError, OSError) as error:
        print(f"meedoen: {in_plain_words(error)}", file=sys.stderr)
        return 1
    except theme.UnusableTheme as error:
        print(f"meedoen: {error}", file=sys.stderr)
        return 1
    return 0


def keeps_from_starting() -> bool:
    """Whether something in the data keeps server and worker from starting, having said what.

    A database that does not answer does not: it is waited for.
    """
    try:
        told = _in_the_way()
    except (DatabaseError, sqlite3.Error):
        return False
    if told:
        print(f"meedoen: {told}", file=sys.stderr)
    return bool(told)


def _damage() -> str:
    """What is wrong with the files of the database, which somebody may have copied while the site wrote in them.

    Without this such a copy opens, and is missed only when somebody asks what is not in it.
    """
    path = Path(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not path.exists():
        return ""
    try:
        snapshot.check(path, quickly=path.stat().st_size > LOOKED_INTO_WELL_BYTES)
    except snapshot.CannotCopy as problem:
        return (
            f"the site in {path} does not open: {problem}. Were its files copied while the site ran?"
            " Put a backup in their place: 'meedoen restore FILE --over'"
        )
    return ""


def _in_the_way() -> str:
    return restoring.HALF_WORDS if restoring.half_restored() else bearing.problem()


def migrate() -> None:
    """Run the migrations that wait, if any; what search watches may be other tables without one."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    else:
        watch_all()


def put_on_theme() -> None:
    """Make a stylesheet of the house style that the settings name, of what in it can be read."""
    if settings.THEME:
        theme.write(Path(settings.THEME), settings.THEME_DIR / theme.STYLESHEET)


def gather_static_files() -> None:
    """Hash, compress and gather the static files when one of them is new."""
    stamp = settings.STATIC_ROOT / STAMP
    mark = _static_mark()
    if stamp.exists() and stamp.read_text(encoding="ascii") == mark:
        return
    before = _gathered()
    call_command("collectstatic", verbosity=0, interactive=False, stdout=StringIO())
    _forget(but=before | _gathered())  # pages that are open name the files of before
    stamp.write_text(mark, encoding="ascii")


def load_content(*, examples: bool) -> None:
    """Load what the network starts with: themes, the Convention, words, the register, the manifest, the library, celebrations, meetings; fill in the facts, and read all of it for search."""
    from meedoen.celebrations.starting import load_starting_celebrations
    from meedoen.coupling.examples import load as load_requests
    from meedoen.forum.examples import load as load_topics
    from meedoen.library.actions import load_starting_content
    from meedoen.library.agendas.actions import load_starting_agendas
    from meedoen.meetings.starting import load_starting_meetings
    from meedoen.municipalities.actions import load_register
    from meedoen.municipalities.facts.actions import fill as fill_facts
    from meedoen.search import arriving
    from meedoen.search.actions import catch_up, read_unwatched
    from meedoen.terms.actions import load_terms
    from meedoen.themes.actions import load_convention, load_themes

    now = clock.now()
    load_themes(now=now)
    load_convention(now=now)
    load_terms(now=now)
    load_register(now=now)
    load_starting_content(now=now, examples=examples)
    load_starting_agendas(now=now)
    load_starting_celebrations(now=now, examples=examples)
    load_starting_meetings(now=now, examples=examples)
    if examples:
        load_topics(now=now)
        load_requests(now=now)
    fill_facts(now=now)
    read_unwatched()
    catch_up(now=now)
    arriving.note_unread()  # on a site that was there before its index; the worker reads it


def in_plain_words(error: Exception) -> str:
    """One line that says what to do about a database or disk that does not serve."""
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if "disk is full" in text or "No space left" in text:
        return f"the disk of {settings.DATA} is full: make room and start again"
    if "Read-only file system" in text:
        return f"the disk of {settings.DATA} takes nothing: 'dmesg' says what is wrong with it; mend it and start again"
    if "readonly" in text or "unable to open" in text or "Permission denied" in text:
        return f"cannot write in {settings.DATA}: make it yours, or name another folder with MEEDOEN_DATA=/path"
    if "locked" in text:
        return "the database is in use by another program that does not let go: stop it and start again"
    if connection.vendor == "postgresql":
        return f"PostgreSQL does not serve ({text}): is it running, and is DATABASE_URL right?"
    return text


def _gathered() -> set[str]:
    """The names of the files that the manifest in the folder leads to."""
    try:
        paths = json.loads((settings.STATIC_ROOT / MANIFEST).read_text(encoding="utf-8"))["paths"]
    except (OSError, ValueError, KeyError):
        return set()
    return {*paths, *paths.values()}


def _forget(*, but: set[str]) -> None:
    """Delete what neither this version nor the one before names; compressed ones go with what they are of."""
    for path in sorted(settings.STATIC_ROOT.rglob("*")):
        name = path.relative_to(settings.STATIC_ROOT).as_posix()
        if path.is_file() and name not in KEPT and re.sub(r"\.(gz|br)$", "", name) not in but and name not in but:
            path.unlink(missing_ok=True)


def _static_mark() -> str:
    parts = [settings.VERSION.encode()]
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path))
            status = file.stat()
            parts.append(f"{path} {status.st_size} {status.st_mtime_ns}".encode())
    return content_mark(*sorted(parts))
