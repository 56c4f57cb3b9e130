"""What runs by itself: forgetting who reported and who read what, when its time is over."""

from meedoen.kernel import clock

from . import news
from .moderation import actions


def erase_old() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    now = clock.now()
    actions.erase_old(now=now)
    news.erase_old(now=now)
