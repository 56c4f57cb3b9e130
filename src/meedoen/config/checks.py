"""What ``meedoen check`` says: in plain words, what is wrong with an installation and what to do about it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from meedoen.config import preparation
from meedoen.files.place import problems as problems_of_files
from meedoen.keeping import bearing, locking, making, rehearsing, restoring, snapshot
from meedoen.keeping import rules as keeping
from meedoen.kernel import clock
from meedoen.kernel.database import AWAY
from meedoen.mail.health import looking
from meedoen.mail.health import reading as health
from meedoen.mail.health.asking import DnsAsker
from meedoen.mail.health.rules.finding import Weight
from meedoen.mail.health.words import in_english, weight_of
from meedoen.mail.incoming.doors.delivery import problems as problems_of_mail_in
from meedoen.mail.incoming.models import Incoming
from meedoen.meetings.attending.rooms import problems as problems_of_rooms
from meedoen.pages.standing import problems as problems_of_replica
from meedoen.people.vault.actions import problems as problems_of_vault
from meedoen.people.vault.models import Key
from meedoen.shared.standing import problems as problems_of_memory
from meedoen.shared.standing import problems_on_the_way
from meedoen.ui import theme

MIN_FREE_MB = 500  # for a public site: room for a day of growth and a backup
MIN_SECRET_LENGTH = 40  # characters
MAX_CLOCK_DIFFERENCE = timedelta(minutes=1)  # codes and end dates bear that
KEEP_OF_BEFORE = timedelta(days=14)  # what a move left behind: long enough to see that all is well
LOOPBACK = ("127.0.0.1", "localhost", "::1")  # what is sent there does not leave the machine
POSTGRESQL_NEEDED = 150000  # version 15, as PostgreSQL counts

Problems = Iterator[str]


def report(*, deploy: bool) -> int:
    """Print each problem on a line of its own. Returns 0 when there is none, else 1."""
    found = list(dict.fromkeys(_told(ALWAYS + (PUBLIC if deploy else []))))
    for problem in found:
        print(f"- {problem}")
    with suppress(*AWAY):  # which is told already
        for note in notes():
            print(f"  Note: {note}")
    if found:
        print(f"\n{len(found)} thing{'s' if len(found) > 1 else ''} to mend.", file=sys.stderr)
        return 1
    print("All is well." if deploy else "All is well here. For a public site, ask 'meedoen check --deploy'.")
    return 0


def _told(checks: list[Callable[[], Problems]]) -> Problems:
    """What the checks find; that the database is away is told by each that asks it, and stops none of the others."""
    for check in checks:
        try:
            yield from check()
        except AWAY as error:
            yield f"The database does not answer: {preparation.in_plain_words(error)}."


def report_mail() -> int:
    """Look whether mail arrives, and print what is wrong, the worst first. Returns 0 when nothing is, else 1.

    What is only advice, or could not be seen, is a note.
    """
    now = clock.now()
    sent = health.sent_lately(now=now)
    found = health.in_order([*looking.look(DnsAsker(), now=now), *health.inside(sent, now=now)])
    told = [(weight_of(each.kind), in_english(each)) for each in found]
    wrong = [line for weight, line in told if weight <= Weight.RISK]
    for line in wrong:
        print(f"- {line}")
    for weight, line in told:
        if weight > Weight.RISK:
            print(f"  Note: {line}")
    if wrong:
        print(f"\n{len(wrong)} thing{'s' if len(wrong) > 1 else ''} to mend.", file=sys.stderr)
        return 1
    print("Mail is well, as far as can be seen from here." if settings.EMAIL_HOST else "Mail goes to files only.")
    return 0


def data_folder() -> Problems:
    """The data folder can be written, and has room."""
    if not os.access(settings.DATA, os.W_OK):
        yield f"The data folder {settings.DATA} cannot be written. Make it yours, or set MEEDOEN_DATA."
        return
    free = shutil.disk_usage(settings.DATA).free // 1024 // 1024
    if free < MIN_FREE_MB:
        yield f"Only {free} MB are free on the disk of {settings.DATA}; {MIN_FREE_MB} MB are wanted."


def database() -> Problems:
    """The database answers, is new enough and of this version."""
    try:
        executor = MigrationExecutor(connection)
    except Exception as error:
        yield f"The database does not answer: {preparation.in_plain_words(error)}."
        return
    if newer := bearing.problem():
        yield f"{newer[0].upper()}{newer[1:]}."
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield (
            f"The database waits for {len(waiting)} migrations (data folder: {settings.DATA})."
            " Run 'meedoen migrate', or set MEEDOEN_DATA to the folder you meant."
        )
    if connection.vendor == "postgresql" and connection.cursor().connection.info.server_version < POSTGRESQL_NEEDED:
        yield "PostgreSQL is older than version 15. Upgrade it."


def read_elsewhere() -> Problems:
    """The replica that visitors' pages are read from, where one is named, follows and keeps up."""
    yield from problems_of_replica()


def remembered_together() -> Problems:
    """The Valkey or Redis that servers share, where one is named, answers and is bounded."""
    yield from problems_of_memory()


def framework() -> Problems:
    """Django's own checks find nothing."""
    for message in run_checks():
        if message.level >= 30:  # warnings and errors
            yield f"Django says: {message.msg} ({message.id})"


def postbox() -> Problems:
    """The reading room for mail is never open on a server that others reach (decisions 16)."""
    if not settings.EMAIL_HOST and settings.HOST not in LOOPBACK:
        yield "Mail goes to files, though this server listens to the network. Set MEEDOEN_SMTP_HOST and the rest."


def organisation() -> Problems:
    """The statements name the real organisation (decisions 17)."""
    examples = {
        "MEEDOEN_ORGANISATION": settings.ORGANISATION == settings.EXAMPLE_ORGANISATION,
        "MEEDOEN_CONTROLLER": settings.CONTROLLER == settings.EXAMPLE_ORGANISATION,
        "MEEDOEN_HELP_PHONE": settings.HELP_PHONE.endswith("000 00 00"),
        "MEEDOEN_HELP_EMAIL": settings.HELP_EMAIL.endswith(".example"),
        "MEEDOEN_DSA_CONTACT": settings.DSA_CONTACT.endswith(".example"),
        "MEEDOEN_SECURITY_CONTACT": settings.SECURITY_CONTACT.endswith(".example"),
        "MEEDOEN_MAIL_FROM": ".example" in settings.DEFAULT_FROM_EMAIL,
    }
    for name, is_example in examples.items():
        if is_example:
            yield f"{name} is still an example. Set it: it stands on the site's statements."
    if not settings.STATEMENT_URL:
        yield (
            "MEEDOEN_STATEMENT_URL is not set. Enter the site in the register of accessibility statements,"
            " and set the address of its statement there."
        )


def house_style() -> Problems:
    """A theme that is named can be worn."""
    try:
        _theme()
    except theme.UnusableTheme as error:
        yield f"{str(error)[0].upper()}{str(error)[1:]}."


def vault() -> Problems:
    """What is sealed can be opened, and only by us."""
    if Key._meta.db_table not in connection.introspection.table_names():
        return  # the database's own check says so
    yield from problems_of_vault()
    if not settings.VAULT_KEY and settings.VAULT_KEY_FILE.exists() and settings.VAULT_KEY_FILE.stat().st_mode & 0o077:
        yield f"Others on this machine can read the vault's key. Run 'chmod 600 {settings.VAULT_KEY_FILE}'."


def rooms() -> Problems:
    """The server at which meetings online are held can be used."""
    yield from problems_of_rooms()


def files() -> Problems:
    """What people send can be kept and read, and only by us."""
    yield from problems_of_files()


def mail_in() -> Problems:
    """Mail that is asked for can come in, and none waits for somebody to look at it."""
    yield from problems_of_mail_in()
    if Incoming._meta.db_table not in connection.introspection.table_names():
        return  # the database's own check says so
    aside = Incoming.objects.aside().count()
    if aside:
        yield f"{aside} mails that came in were put aside, and nobody answers them. See /team/post/ on the site, or 'meedoen manage mail_aside'."


def backups() -> Problems:
    """The newest backup is of last night and could be put back; and one that was put back is there whole."""
    if restoring.half_restored():
        yield f"{restoring.HALF_WORDS[0].upper()}{restoring.HALF_WORDS[1:]}."
    report = rehearsing.last()
    if report and report.problems and not settings.BACKUP_ELSEWHERE:
        yield f"Trying the backups found: {' '.join(report.problems)} Mend it, and run 'meedoen rehearse'."
    newest = making.newest()
    if newest:
        try:
            locking.keyring()
        except locking.NoKey as problem:
            yield f"No backup in {settings.BACKUPS} opens, and the next is locked with a new key: {problem}."
    if settings.BACKUP_AT and keeping.is_stale(keeping.moment_of(newest.name) if newest else None, now=clock.now()):
        what = f"The newest backup is {newest.name}" if newest else f"There is no backup in {settings.BACKUPS}"
        yield f"{what}. Is the worker running? Make one with 'meedoen backup'."


def time() -> Problems:
    """The clock goes as those of others do."""
    if Key._meta.db_table not in connection.introspection.table_names():
        return  # the database's own check says so
    now = clock.now()
    newest = making.newest()
    known = [*MigrationRecorder.Migration.objects.order_by("-applied").values_list("applied", flat=True)[:1]]
    known += filter(None, [newest and keeping.moment_of(newest.name)])
    if connection.vendor == "postgresql":
        [(theirs,)] = snapshot.ask_database("SELECT clock_timestamp()")
        known.append(theirs)
        if abs(theirs - now) > MAX_CLOCK_DIFFERENCE:
            yield f"The clock of the database differs {abs(theirs - now)} from ours. Let both follow a time server."
            return
    if max(known, default=now) > now + MAX_CLOCK_DIFFERENCE:
        yield f"The clock says {now:%Y-%m-%d %H:%M} UTC and has been later before. Let it follow a time server."


def notes() -> Problems:
    """What is good to know, and no fault: who makes backups, how mail that comes in is proven, what of a theme is not worn."""
    if settings.BACKUP_ELSEWHERE:
        yield "Another server makes the backups (MEEDOEN_BACKUP_AT): ask 'meedoen check' there how they are."
    if (settings.MAIL_IN_LMTP or settings.IMAP_HOST) and not settings.MAIL_IN_TRUSTED:
        yield "MEEDOEN_MAIL_IN_TRUSTED is not set, so every mail that comes in is asked a code first."
    try:
        fit = _theme()
    except theme.UnusableTheme:
        return
    for token, reason in fit.left_out.items():
        yield f"The theme's {token} is not worn: {reason}."


def _theme() -> theme.Fit:
    return theme.fit(Path(settings.THEME)) if settings.THEME else theme.Fit()


def https() -> Problems:
    """The site is served over https, under names that it knows."""
    if not settings.HTTPS:
        yield "MEEDOEN_URL does not start with https://. Put the site behind TLS and set its address."
    if set(settings.ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"} or "*" in settings.ALLOWED_HOSTS:
        yield "MEEDOEN_HOSTS must name the site's own host names, and only those."


def secrets() -> Problems:
    """The secret lies apart from the data, is ours alone, and is long enough."""
    if settings.SECRET_IN_FILE:
        if settings.DATA in settings.SECRET_KEY_FILE.resolve().parents:
            yield (
                "The secret of the site lies in the data folder. Move it out of there, and set MEEDOEN_SECRET_KEY_FILE"
                " to its new place (or MEEDOEN_SECRET_KEY to the secret)."
            )
        if settings.SECRET_KEY_FILE.stat().st_mode & 0o077:
            yield f"Others on this machine can read the secret. Run 'chmod 600 {settings.SECRET_KEY_FILE}'."
    if len(settings.SECRET_KEY) < MIN_SECRET_LENGTH:
        yield f"MEEDOEN_SECRET_KEY is too short: use at least {MIN_SECRET_LENGTH} random characters."


def vault_key_apart() -> Problems:
    """Who copies the data folder does not also have the key of the vault in it."""
    if not settings.VAULT_KEY and settings.DATA in settings.VAULT_KEY_FILE.resolve().parents:
        yield (
            "The vault's key lies in the data folder, beside what it locks."
            " Move it, and set MEEDOEN_VAULT_KEY_FILE to its new place (or MEEDOEN_VAULT_KEY to the key)."
        )


def backups_apart() -> Problems:
    """A backup is made each night, and neither it nor its key goes with the disk that it is to save."""
    if settings.BACKUP_ELSEWHERE:
        return
    if not settings.BACKUP_AT:
        yield (
            "No backups are made. Set MEEDOEN_BACKUP_AT to a quiet time, such as 03:00,"
            " or to 'elsewhere' where another server makes them."
        )
    if settings.DATA in settings.BACKUPS.parents:
        yield (
            "The backups lie in the data folder and are lost with its disk."
            " Set MEEDOEN_BACKUPS to a folder on another disk, and let another machine fetch them."
        )
    if not settings.BACKUP_KEY and settings.DATA in settings.BACKUP_KEY_FILE.resolve().parents:
        yield (
            "The key of the backups lies in the data folder and is lost with it. Move it, keep a copy elsewhere,"
            " and set MEEDOEN_BACKUP_KEY_FILE to its new place (or MEEDOEN_BACKUP_KEY to the key)."
        )


def left_behind() -> Problems:
    """Nothing is kept where nobody erases in it any more."""
    in_use = Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
    for path in sorted(settings.DATA.glob("*.sqlite3")):
        if (in_use is None or path.resolve() != in_use.resolve()) and _is_of_before(path):
            yield (
                f"The database {path} is not used any more, and people who left still stand in it."
                f" Delete it: rm {path}*"
            )
    media = settings.DATA / "media"
    if settings.S3_BUCKET and media.is_dir() and _is_of_before(*media.glob("*")):
        yield (
            f"The files in {media} are not used any more, and what was erased is still there."
            f" Once all is in the bucket, delete them: rm -r {media}"
        )


def _is_of_before(*paths: Path) -> bool:
    """Whether these are there, and nothing was written in them for so long that nobody goes back to them."""
    newest = max((path.stat().st_mtime for path in paths), default=None)
    return newest is not None and newest < (clock.now() - KEEP_OF_BEFORE).timestamp()


def mail() -> Problems:
    """Mail leaves the machine."""
    if not settings.EMAIL_HOST:
        yield "MEEDOEN_SMTP_HOST is not set, so mail only goes to files. Set the mail server."
    elif settings.SMTP_SECURITY == "none" and settings.EMAIL_HOST not in LOOPBACK:
        yield "MEEDOEN_SMTP_SECURITY is none: mail travels readable. Use starttls or tls."


def files_travel_locked() -> Problems:
    """What people send is not readable on its way to the bucket."""
    if settings.S3_BUCKET and settings.S3_ENDPOINT.startswith("http://"):
        yield "MEEDOEN_S3_ENDPOINT starts with http://, so files and all about them travel readable. Use https://."


def memory_travels_locked() -> Problems:
    """What servers share is not readable on its way, and nobody else writes there."""
    yield from problems_on_the_way()


def modes() -> Problems:
    """Nothing for builders is on."""
    for name, on in {"MEEDOEN_DEBUG": settings.DEBUG, "MEEDOEN_BENCH": settings.BENCH}.items():
        if on:
            yield f"{name} is on. Turn it off: it is for building, not for visitors."


ALWAYS: list[Callable[[], Problems]] = [
    data_folder,
    database,
    read_elsewhere,
    remembered_together,
    framework,
    postbox,
    house_style,
    vault,
    rooms,
    files,
    mail_in,
    backups,
    time,
]
PUBLIC: list[Callable[[], Problems]] = [
    organisation,
    https,
    secrets,
    vault_key_apart,
    backups_apart,
    left_behind,
    mail,
    files_travel_locked,
    memory_travels_locked,
    modes,
]
