"""When mail that came in is handled and swept by itself; each task calls one action."""

from django_tasks import task

from meedoen.kernel import clock

from . import actions, reports
from .doors import folder


@task(queue_name="mail")
def handle_mail(mail_id: int) -> str:
    """Do what one mail asks."""
    return actions.handle(mail_id, now=clock.now())


def sweep_incoming() -> None:
    """Bring back lost mail and erase old mail. The worker calls this each minute."""
    now = clock.now()
    actions.sweep(now=now)
    actions.erase_old(now=now)
    reports.erase_old(now=now)


def look_in_folder() -> None:
    """Take in the mails that lie in the folder on a laptop. The worker calls this each second."""
    folder.take_in_all(now=clock.now())
