"""What runs by itself: telling who follows a search, forgetting what was not found long ago."""

from meedoen.kernel import clock

from . import actions, following


def erase_old() -> None:
    """Quick when there is nothing."""
    actions.erase_old(today=clock.local_date(clock.now()))


def tell() -> None:
    """Tell who follows a search what is new; quick when there is nothing."""
    following.tell(now=clock.now())
