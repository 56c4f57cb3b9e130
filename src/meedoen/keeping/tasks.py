"""What runs by itself: the backup of each night, in a process of its own; and the list of erasures, kept up to date."""

import subprocess
import sys
import time

import structlog
from django.conf import settings
from django.utils import timezone

from meedoen.kernel import clock

from . import erasures, making, rules, scratch, strays

STRAYS_SECONDS = 24 * 3600  # looking through all files takes a while, and few are left behind
AGAIN_SECONDS = 3600  # after one that failed; it is tried all day

log = structlog.get_logger(__name__)

_running: "subprocess.Popen[bytes] | None" = None
_begun = 0.0
_looked = 0.0


def back_up() -> None:
    """Begin the backup of tonight when it is due; quick when it is not, and never waits for it."""
    global _running, _begun
    now = clock.now()
    if _running is not None:
        if (code := _running.poll()) is None:
            return
        if code:
            log.error("keeping.nightly_failed", code=code)
        _running = None
    newest = making.newest()
    made_at = rules.moment_of(newest.name) if newest else None
    if not rules.is_due(settings.BACKUP_AT, newest=made_at, local=timezone.localtime(now)):
        return
    if _begun and time.monotonic() - _begun < AGAIN_SECONDS:
        return
    _begun = time.monotonic()
    _running = subprocess.Popen(
        [sys.executable, "-m", "meedoen.config.cli", "backup", "--nightly"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def clear_left_behind() -> None:
    """What a backup, a try or a restore left in clear when it was killed."""
    scratch.clear()


def write_down_erasures() -> None:
    """What could not be written when somebody was erased."""
    erasures.write_down(now=clock.now())


def clear_strays() -> None:
    """Files that nobody can reach any more; once a day, so quick else."""
    global _looked
    if _looked and time.monotonic() - _looked < STRAYS_SECONDS:
        return
    _looked = time.monotonic()
    if count := strays.clear(now=clock.now()):
        log.info("keeping.strays", count=count)
