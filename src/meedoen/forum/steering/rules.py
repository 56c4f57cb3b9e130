"""What the team may do with a topic, what that changes, and when it can be undone. Pure: no database, no clock."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Protocol

from meedoen.forum.rules import Kind

MAX_REASON_LENGTH = 300  # characters: it stands in a line above the topic
MAX_SUMMARY_LENGTH = 600  # characters: what somebody reads first, so it has to be shorter than what it sums up
MAX_CHOSEN = 10_000  # contributions at once
MAX_PINNED = 5  # topics in a category; more would push down what is new


_RANGE = re.compile(r"(\d{1,7})(?:\s*(?:-|–|t/m|tot)\s*(\d{1,7}))?")


class Deed(StrEnum):
    """What can be done; stored in Dutch, since it stands in addresses."""

    CLOSE = "sluiten"
    REOPEN = "heropenen"
    PIN = "vastzetten"
    UNPIN = "losmaken"
    MOVE = "verplaatsen"
    RENAME = "hernoemen"
    ANNOUNCE = "mededeling"
    MERGE = "samenvoegen"
    SPLIT = "splitsen"
    SUMMARIZE = "samenvatting"


# Followers hear of these; the others change nothing of what they follow.
TOLD = frozenset({Deed.CLOSE, Deed.MOVE, Deed.MERGE})


class Topic(Protocol):
    """What a rule needs to know of a topic."""

    category: str
    title: str
    kind: str
    was_title: str
    is_shown: bool
    reply_count: int

    @property
    def is_closed(self) -> bool: ...
    @property
    def is_pinned(self) -> bool: ...


class Step(Protocol):
    """What a rule needs to know of a step."""

    before: Any
    after: Any

    @property
    def is_undone(self) -> bool: ...
    @property
    def is_undoing(self) -> bool: ...


def fields(deed: Deed) -> tuple[str, ...]:
    """What of a topic a deed changes."""
    return {
        Deed.CLOSE: ("is_closed",),
        Deed.REOPEN: ("is_closed",),
        Deed.PIN: ("is_pinned",),
        Deed.UNPIN: ("is_pinned",),
        Deed.MOVE: ("category",),
        Deed.RENAME: ("title",),
        Deed.ANNOUNCE: ("kind",),
        Deed.SUMMARIZE: ("summary",),
    }[deed]


def change(deed: Deed, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What a topic holds after a deed; ``wanted`` is what the form says beside the reason."""
    fixed: dict[Deed, dict[str, Any]] = {
        Deed.CLOSE: {"is_closed": True},
        Deed.REOPEN: {"is_closed": False},
        Deed.PIN: {"is_pinned": True},
        Deed.UNPIN: {"is_pinned": False},
        Deed.ANNOUNCE: {"kind": Kind.ANNOUNCEMENT.value},
    }
    return fixed.get(deed) or {name: wanted[name] for name in fields(deed)}


def may(deed: Deed, topic: Topic) -> bool:
    """Whether a deed would change something."""
    if deed in (Deed.CLOSE, Deed.REOPEN):
        return topic.is_closed == (deed == Deed.REOPEN)
    if deed in (Deed.PIN, Deed.UNPIN):
        return topic.is_pinned == (deed == Deed.UNPIN)
    if deed in (Deed.MERGE, Deed.SPLIT):
        return topic.is_shown and (deed == Deed.MERGE or topic.reply_count > 0)
    if deed == Deed.RENAME:
        return not topic.was_title  # its writer took it back, and may put it back as it was
    return deed != Deed.ANNOUNCE or topic.kind != Kind.ANNOUNCEMENT


def may_undo(step: Step, topic: Topic) -> bool:
    """What stands as the step left it can go back, once; a step back is undone by doing the deed again."""
    if step.is_undone or step.is_undoing or not step.after:
        return False
    if "batch" in step.after:
        return True  # whether all stands where it came is seen when it is done
    return all(getattr(topic, name) == value for name, value in step.after.items())


def numbers_in(text: str) -> set[int]:
    """The numbers that somebody typed, as ``3, 5-8 12``. Raises ``ValueError`` for anything else, or too many."""
    found: set[int] = set()
    for part in filter(None, (each.strip() for each in re.split(r"[,;]|\s+en\s+|(?<=\d)\s+(?=\d)", text))):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise ValueError(part)
        first, last = int(match[1]), int(match[2] or match[1])
        if not 0 < first <= last or last - first > MAX_CHOSEN or len(found) > MAX_CHOSEN:
            raise ValueError(part)
        found |= set(range(first, last + 1))
    return found
