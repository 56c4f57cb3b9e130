"""What runs by itself: passing on places, telling what changed, reminders, how it was, and end dates."""

from django_tasks import task

from meedoen.kernel import clock

from .afterwards import thanking
from .asking import actions as asking
from .attending import actions as attending
from .attending import reminding
from .evaluating import actions as evaluating
from .hosting import actions as hosting

LAST = -50  # priority of a task that waits for all others; mails have 0 and more


def pass_on_places() -> None:
    """Pass on what was not answered, not confirmed or not held any longer; quick when there is nothing."""
    attending.look_after(now=clock.now())


def tell_who_comes() -> None:
    """Tell who comes what changed; quick when there is nothing."""
    attending.tell(now=clock.now())


def remind_who_comes() -> None:
    """Remind who comes when it is near; quick when there is nothing. After what changed was told."""
    if reminding.remind(now=clock.now()) == reminding.IN_A_ROW:
        remind_others.enqueue()


@task(priority=LAST)
def remind_others() -> None:
    """Go on where the last stopped, once what it wrote is on its way; what somebody waits for goes between."""
    remind_who_comes()


def send_circulars() -> None:
    """Bring letters of hosts to the outbox; quick when there is nothing."""
    hosting.tell(now=clock.now())


def ask_how_it_was() -> None:
    """Ask who was there how it was, and mix what they answered; quick when there is nothing."""
    now = clock.now()
    evaluating.ask(now=now)
    evaluating.mix(now=now)


def thank_who_came() -> None:
    """Thank who had a place when the report is there; quick when there is nothing."""
    thanking.thank(now=clock.now())


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    now = clock.now()
    evaluating.keep_figures(now=now)
    evaluating.erase_old(now=now)
    attending.erase_old(now=now)
    asking.erase_old(now=now)
    hosting.erase_old(now=now)
