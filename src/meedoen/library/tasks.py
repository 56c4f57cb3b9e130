"""What runs by itself: publishing what was planned, and erasing what is past its end."""

from meedoen.kernel import clock

from .desk import actions


def publish_due() -> None:
    """Publish each text whose moment has come; quick when there is none."""
    actions.publish_due(now=clock.now())


def erase_old() -> None:
    """Erase what was thrown away or only typed, long ago."""
    actions.erase_old(now=clock.now())
