"""What runs by itself: asking again before the end, and the end dates."""

from meedoen.kernel import clock

from . import actions


def look_after_helping() -> None:
    """Ask again what ends soon, forget what ended long ago; quick when there is nothing."""
    actions.look_after(now=clock.now())
