"""What runs by itself: telling the team what waits."""

from meedoen.kernel import clock

from . import actions


def brief() -> None:
    """Tell the team; quick when nothing waits."""
    actions.brief(now=clock.now())
