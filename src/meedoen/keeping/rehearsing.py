"""Trying a backup: put back beside the site, in processes of its own, looked through, and told to the team."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings

from meedoen.kernel.clock import local_date
from meedoen.mail import actions as mail
from meedoen.people.models import Person

from . import locking, making, room, scratch

REPORT = "report.json"
log = structlog.get_logger(__name__)

MAX_SECONDS = 4 * 3600  # a try that takes longer hangs


@dataclass(frozen=True)
class Report:
    """How trying a backup went; ``problems`` are lines for the administrator."""

    at: str
    backup: str
    seconds: int
    problems: list[str]


def rehearse(*, now: datetime) -> Report:
    """Try the newest backup, write down how it went, and tell the team where they should know."""
    started = time.monotonic()
    newest = making.newest()
    problems = [*_problems_of(newest), *_locked_away()] if newest else [f"There is no backup in {settings.BACKUPS}."]
    return write_down(newest.name if newest else "", problems, seconds=int(time.monotonic() - started), now=now)


def write_down(backup: str, problems: list[str], *, seconds: int = 0, now: datetime) -> Report:
    """Keep the report beside the backups and mail the team: each fault, the first time that all is well again, and
    once a month that it is.
    """
    before, report = last(), Report(now.isoformat(timespec="seconds"), backup, seconds, problems)
    path = _place()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{REPORT}-{os.getpid()}")
    draft.write_text(json.dumps(asdict(report), indent=1), encoding="utf-8")
    draft.replace(path)
    month = local_date(now).replace(day=1)
    is_news = before is None or before.problems or local_date(datetime.fromisoformat(before.at)) < month
    if problems or is_news:
        _tell_team(report, now)
    return report


def last() -> Report | None:
    """The newest report; None when nothing was tried yet."""
    try:
        return Report(**json.loads(_place().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _place() -> Path:
    return Path(settings.BACKUPS / REPORT)


def _problems_of(path: Path) -> list[str]:
    try:
        settings.DATA.mkdir(parents=True, exist_ok=True)
        scratch.clear()
        room.for_trying(path)
        with _beside() as (environment, held):
            for words in (["restore", str(path)], ["look_through"]):
                done = subprocess.run(
                    [sys.executable, "-m", "meedoen.config.cli", "manage", *words],
                    env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                    timeout=MAX_SECONDS, pass_fds=[held],
                )  # fmt: skip
                if done.returncode:
                    return _said(words[0], done.stderr)
    except (scratch.NoPlace, room.NoRoom) as problem:
        return [f"The backup was not tried: {problem}."]
    except subprocess.TimeoutExpired:
        return [f"Trying it took longer than {MAX_SECONDS // 3600} hours."]
    return []


def _locked_away() -> list[str]:
    """Of the backups that no key opens any more, which may be noticed only when one of them is needed."""
    try:
        names = making.locked_away()
    except locking.NoKey:
        return []  # the trial says so
    if not names:
        return []
    return [
        f"No key that is here opens {len(names)} of the backups, the newest of them {names[-1]}. Put the key that locked"
        f" them below the one in {settings.BACKUP_KEY_FILE}, or delete them when it is lost."
    ]


def _said(deed: str, errors: str) -> list[str]:
    """What a failed ``deed`` wrote in ``errors``, for people; of a fault in our code one line, the log has the rest."""
    lines = [line.removeprefix("CommandError: ") for line in errors.splitlines() if line.strip()]
    if any(line.startswith("Traceback ") for line in lines):
        log.error("keeping.rehearse.failed", deed=deed, errors=errors)
        return [f"'{deed}' failed: {lines[-1]}. The site's log has the rest."]
    return lines[-10:] or [f"'{deed}' failed and said nothing."]


@contextmanager
def _beside() -> Iterator[tuple[dict[str, str], int]]:
    """A place beside the site: a data folder and a database of its own, as an environment; gone at the end.

    With the open file that holds the folder, for who works in it.
    """
    with scratch.made("trying", settings.DATA) as place:
        folder = place.path
        with scratch.database(folder) as url:
            environment = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "meedoen.config.settings",
                "DATABASE_URL": url,
                "MEEDOEN_REPLICA_URL": "",  # that is one of the site's own database
                "MEEDOEN_DATA": str(folder),
                "MEEDOEN_BACKUPS": str(folder / "backups"),
                "MEEDOEN_SECRET_KEY": settings.SECRET_KEY,
                "MEEDOEN_VAULT_KEY_FILE": str(settings.VAULT_KEY_FILE),
                "MEEDOEN_BACKUP_KEY": settings.BACKUP_KEY,
                "MEEDOEN_BACKUP_KEY_FILE": str(settings.BACKUP_KEY_FILE),
                "MEEDOEN_SMTP_HOST": "",  # nothing leaves from there
                "MEEDOEN_S3_BUCKET": "",  # and the files of people are put in its own folder, never over the site's
            }
            yield environment, place.held


def _tell_team(report: Report, now: datetime) -> None:
    for person in Person.objects.team().select_related("address"):
        if person.address:
            mail.send(
                "mail/keeping/tried.md",
                to=person.address.email,
                context={"problems": report.problems, "backup": report.backup, "at": now},
                key=f"backup-{local_date(now)}-{'faults' if report.problems else 'well'}-to-{person.pk}",
                now=now,
            )
