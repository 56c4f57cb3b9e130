"""When mail is delivered and swept by itself; each task calls one action."""

from django_tasks import task

from meedoen.kernel import clock
from meedoen.mail import actions


@task(queue_name="mail")
def deliver_mail(mail_id: int) -> str:
    """Try to send one mail of the outbox."""
    return actions.deliver(mail_id, now=clock.now())


@task(queue_name="mail")
def deliver_mails(mail_ids: list[int]) -> list[str]:
    """Try to send some mails of the outbox, one after the other."""
    return list(actions.deliver_all(mail_ids))


def sweep_mail() -> None:
    """Bring back lost mail and erase old mail. The worker calls this each minute."""
    now = clock.now()
    actions.sweep(now=now)
    actions.erase_old(now=now)
