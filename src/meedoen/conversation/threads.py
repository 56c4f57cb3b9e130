"""The kinds of threads whose feature keeps count of them; features put theirs in at start-up.

What a thread is about, only its own feature knows. It hears here, in the same transaction, that something in it changed.
"""

from collections.abc import Callable
from datetime import datetime

from .models import Contribution, Thread

Changed = Callable[[Contribution, datetime], None]

_listeners: dict[str, Changed] = {}
_opened: set[str] = set()


def register(kind: str, changed: Changed, *, has_opening: bool = False) -> None:
    """Let ``changed`` be called after each change of a contribution in a thread of that kind.

    ``has_opening``: its first contribution is what all others speak about, and no talk among others.
    """
    if _listeners.get(kind, changed) != changed:
        raise ValueError(f"two features have threads called {kind}")
    _listeners[kind] = changed
    if has_opening:
        _opened.add(kind)


def is_opening(contribution: Contribution) -> bool:
    """Whether all others in its thread speak about this one."""
    return contribution.number == 1 and has_opening(contribution.thread)


def has_opening(thread: Thread) -> bool:
    """Whether the first contribution is what all others speak about."""
    return thread.kind in _opened


def tell(contribution: Contribution, now: datetime) -> None:
    """Tell the feature of this thread, if it wants to know."""
    changed = _listeners.get(contribution.thread.kind)
    if changed:
        changed(contribution, now)
