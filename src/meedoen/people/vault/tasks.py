"""What runs by itself: the end dates of what the vault keeps."""

from meedoen.kernel import clock

from . import actions


def empty_vault() -> None:
    """Erase what is past its end date; quick when there is nothing."""
    actions.erase_old(now=clock.now())
