"""When somebody looks: each night, and when the team asks for it; in a process of its own, so that no mail waits for it."""

import subprocess
import sys

from django_tasks import task

from meedoen.kernel import clock

from . import actions, trial
from .asking import DnsAsker

_running: "list[subprocess.Popen[bytes]]" = []


@task()
def look_at_mail(look_id: int) -> None:
    """Begin a look, and do not wait for it."""
    _running[:] = [each for each in _running if each.poll() is None]
    _running.append(
        subprocess.Popen(
            [sys.executable, "-m", "meedoen.config.cli", "manage", "look_at_mail", str(look_id)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    )


@task()
def look_at_trial(trial_id: int) -> None:
    """Look at a mail of ours that came back to us; some questions to name servers."""
    trial.look(trial_id, DnsAsker(), now=clock.now())


def look_each_night() -> None:
    """Ask for the look of tonight, and forget those of long ago. The worker calls this each minute."""
    now = clock.now()
    if actions.ask_each_night(now=now):
        actions.erase_old(now=now)
