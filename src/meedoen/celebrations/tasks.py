"""What runs by itself: asking what became of celebrations, and end dates."""

from meedoen.kernel import clock

from . import privacy
from .afterwards import actions as afterwards
from .makers import actions as makers
from .pictures import actions as pictures


def ask_what_became() -> None:
    """Ask by mail; quick when there is nothing to ask."""
    afterwards.ask(now=clock.now())


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    now = clock.now()
    makers.erase_old(now=now)
    afterwards.erase_old(now=now)
    privacy.erase_left(now=now)
    pictures.erase_old(now=now)
