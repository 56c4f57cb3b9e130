"""What runs by itself: passing on places, telling what changed, reminders, and end dates."""

from meedoen.kernel import clock

from .afterwards import thanking
from .asking import actions as asking
from .attending import actions as attending
from .attending import reminding


def pass_on_places() -> None:
    """Pass on what was not answered, not confirmed or not held any longer; quick when there is nothing."""
    attending.look_after(now=clock.now())


def tell_who_comes() -> None:
    """Tell who comes what changed; quick when there is nothing."""
    attending.tell(now=clock.now())


def remind_who_comes() -> None:
    """Remind who comes when it is near; quick when there is nothing. After what changed was told."""
    reminding.remind(now=clock.now())


def thank_who_came() -> None:
    """Thank who had a place when the report is there; quick when there is nothing."""
    thanking.thank(now=clock.now())


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    now = clock.now()
    attending.erase_old(now=now)
    asking.erase_old(now=now)
