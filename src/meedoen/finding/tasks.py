"""What runs by itself: forgetting what was not found long ago."""

from meedoen.kernel import clock

from . import actions


def erase_old() -> None:
    """Quick when there is nothing."""
    actions.erase_old(today=clock.local_date(clock.now()))
