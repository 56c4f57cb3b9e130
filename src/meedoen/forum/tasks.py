"""What runs by itself: forgetting topics of which nothing is left."""

from . import actions


def erase_empty() -> None:
    """Forget them; quick when there are none."""
    actions.erase_empty()
