"""The kinds of threads whose feature keeps count of them; features put theirs in at start-up.

What a thread is about, only its own feature knows. It hears here, in the same transaction, that something in it changed.
"""

from collections.abc import Callable
from datetime import datetime

from .models import Contribution

Changed = Callable[[Contribution, datetime], None]

_listeners: dict[str, Changed] = {}


def register(kind: str, changed: Changed) -> None:
    """Let ``changed`` be called after each change of a contribution in a thread of that kind."""
    if _listeners.get(kind, changed) != changed:
        raise ValueError(f"two features have threads called {kind}")
    _listeners[kind] = changed


def tell(contribution: Contribution, now: datetime) -> None:
    """Tell the feature of this thread, if it wants to know."""
    changed = _listeners.get(contribution.thread.kind)
    if changed:
        changed(contribution, now)
