"""What runs by itself: telling who is due, and forgetting what is old."""

from meedoen.kernel import clock

from . import actions


def tell() -> None:
    """Tell who is due; quick when nothing happened."""
    now = clock.now()
    actions.tell(now=now)
    actions.erase_old(now=now)
