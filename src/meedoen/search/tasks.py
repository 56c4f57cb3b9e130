"""What runs by itself: reading anew what changed, within a second or two of the change."""

from meedoen.kernel import clock

from . import actions, arriving

IN_A_ROW = 40  # times some changes, before other work has its turn


def catch_up() -> None:
    """Read what waits; quick when nothing does. After many changes the rest waits for the next look."""
    for _step in range(IN_A_ROW):
        if not actions.renew(now=clock.now()):
            return


def note_arrived() -> None:
    """Note what time alone brought to readers; quick when it brought nothing."""
    arriving.note(now=clock.now())
