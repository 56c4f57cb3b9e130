"""When mail that came in is handled and swept by itself; each calls one action, and the worker calls each."""

from meedoen.kernel import clock

from . import actions, reports, sealing
from .doors import folder


def handle_mail() -> bool:
    """Handle some mails that are due; whether there may be more. The worker calls this between a few tasks."""
    return actions.handle_due(now=clock.now()) > 0


def sweep_incoming() -> None:
    """Bring back lost mail and erase old mail. The worker calls this each minute."""
    now = clock.now()
    actions.sweep(now=now)
    sealing.close_old(now=now)
    actions.erase_old(now=now)
    reports.erase_old(now=now)


def look_in_folder() -> None:
    """Take in the mails that lie in the folder on a laptop. The worker calls this each second."""
    folder.take_in_all(now=clock.now())
