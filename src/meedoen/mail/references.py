"""Facts that may stand in no row: a mail holds a mark in their place, and they are looked up when it leaves.

So are words that many mails share: they stand once with who made them, and not in each row.

Packages above tell how theirs are looked up, each under a name of its own, when the application starts.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import escape

from .rules import one_line

LEFT_OUT = "(…)"  # what stands in the place of such a fact wherever the mail is shown afterwards


class NotNow(Exception):
    """It cannot be looked up at this moment; the mail waits. The text is for the administrator and holds no fact."""


@dataclass(frozen=True)
class Reference:
    """A value for a template: who knows the fact, and by what they find it. Neither may tell the fact itself."""

    kind: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """All that a mail says, clean: it takes the place of its mark as it is."""

    text: str
    html: str


# The fact for what it is about, for one mail ("mail-12") that leaves at a moment. Raises ``NotNow``.
LookUp = Callable[[Mapping[str, str], str, datetime], str | Words]
# What becomes of the fact when the mail that held its mark is done with: whether it was sent, or given up.
Done = Callable[[Mapping[str, str], bool, datetime], None]
_known: dict[str, LookUp] = {}
_done: dict[str, Done] = {}


def register(kind: str, look_up: LookUp, *, done: Done | None = None) -> None:
    """Tell how references of a kind are looked up; at start-up. ``done`` is called in the transaction that closes a mail."""
    if _known.setdefault(kind, look_up) is not look_up:
        raise ValueError(f"two ways to look up {kind}")
    if done:
        _done[kind] = done


def new_mark() -> str:
    """What stands in a mail in the place of a fact: letters that no template and no person has typed."""
    return f"fact{secrets.token_hex(16)}"


def looked_up(references: Mapping[str, Mapping[str, str]], *, occasion: str, now: datetime) -> dict[str, str | Words]:
    """For each mark its fact, as it is now."""
    facts: dict[str, str | Words] = {}
    for mark, reference in references.items():
        about = dict(reference)
        kind = about.pop("kind")
        if kind not in _known:
            raise NotNow(f"nobody looks up {kind}")
        fact = _known[kind](about, occasion, now)
        facts[mark] = fact if isinstance(fact, Words) else one_line(fact)
    return facts


def done(references: Mapping[str, Mapping[str, str]], *, is_sent: bool, now: datetime) -> None:
    """Say to who knows these facts that the mail about them was sent, or given up."""
    for reference in references.values():
        about = dict(reference)
        if tell := _done.get(about.pop("kind")):
            tell(about, is_sent, now)


def filled(text: str, facts: Mapping[str, str | Words], *, is_html: bool = False) -> str:
    """``text`` with each mark replaced by its fact, letter by letter."""
    for mark, fact in facts.items():
        if isinstance(fact, Words):
            text = text.replace(mark, fact.html if is_html else fact.text)
        else:
            text = text.replace(mark, escape(fact) if is_html else fact)
    return text
