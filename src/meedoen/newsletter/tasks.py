"""What runs by itself each minute: bringing the letter to its readers, forgetting what is old. ``team`` lets it begin."""

from meedoen.kernel import clock

from .actions import sending, subscribing


def spread() -> None:
    """Bring the letter to who does not have it yet; quick when none is on its way."""
    sending.spread(now=clock.now())


def erase_old() -> None:
    """Forget what is past its end date."""
    now = clock.now()
    sending.erase_old(now=now)
    subscribing.forget_stopped(now=now)
