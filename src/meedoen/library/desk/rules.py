"""Who may do what at the desk, and what stands where. Pure: no database, no clock."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from meedoen.library.rules import Kind

MAX_BODY = 60_000  # characters: some forty pages, more is a book
MAX_ANSWER = 4_000  # characters of one fixed question
MAX_SENTENCE = 300  # characters of what changed, as ``Article.changes``
MAX_REMARK = 2_000  # characters
MAX_REASON = 300  # characters of why a text was taken down; readers see it
MAX_SOURCES = 40
MAX_MUNICIPALITIES = 40
MAX_LINKS_ON = 20  # texts that lead on to one another; more is a mistake

IS_BUSY_FOR = datetime.timedelta(minutes=30)  # so long after a key somebody is said to be writing
DRAFT_LIFE = datetime.timedelta(days=90)  # what somebody typed and never saved
DISCARD_LIFE = datetime.timedelta(days=30)  # a thrown away text can be brought back so long
LINK_LIFE = datetime.timedelta(days=30)  # of the link for somebody who looks along
LISTED = 20  # texts of one heading on the desk; the oldest come first, so the others follow
PAGE_SIZE = 30  # published texts on one page

THEIRS = (Kind.PRACTICE, Kind.NEWS, Kind.TOOL)  # what a municipality writes; guides are the network's own


class Stand(StrEnum):
    """Where a text stands, as people say it; the values are no words on a page."""

    NEW = "new"  # never published
    ASKED = "asked"  # waits for the team
    PLANNED = "planned"
    PUBLISHED = "published"
    CHANGED = "changed"  # published, and something is not on the site yet
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Editor:
    """Who is at the desk: the team, or a contact with the municipalities that they decide for, former ones included."""

    person_id: int
    is_team: bool
    municipalities: frozenset[int] = frozenset()

    @property
    def may_come_in(self) -> bool:
        """Whether there is a desk for them at all."""
        return self.is_team or bool(self.municipalities)


class Text(Protocol):
    """What a rule needs to know of a text at the desk."""

    municipality_id: int | None


class Standing(Protocol):
    """What tells where a text stands."""

    number: int
    published_number: int
    asked_at: datetime.datetime | None
    publish_at: datetime.datetime | None
    discarded_at: datetime.datetime | None

    @property
    def is_published(self) -> bool: ...

    @property
    def is_withdrawn(self) -> bool: ...


def may_edit(editor: Editor, text: Text) -> bool:
    """Whether ``editor`` may see and write a text; ``WorkQuerySet.edited_by`` is the same in SQL."""
    return editor.is_team or (text.municipality_id is not None and text.municipality_id in editor.municipalities)


def may_publish(editor: Editor) -> bool:
    """Whether somebody decides what readers get: publish, plan, rename, take down. That is the team."""
    return editor.is_team


def kinds_for(editor: Editor) -> tuple[Kind, ...]:
    """What somebody may begin."""
    return tuple(Kind) if editor.is_team else THEIRS if editor.may_come_in else ()


def stand_of(text: Standing) -> Stand:
    """Where a text stands."""
    if text.discarded_at:
        return Stand.DISCARDED
    if text.publish_at:
        return Stand.PLANNED
    if text.asked_at:
        return Stand.ASKED
    if text.is_withdrawn:
        return Stand.WITHDRAWN
    if text.is_published:
        return Stand.CHANGED if text.number != text.published_number else Stand.PUBLISHED
    return Stand.NEW


def leads_round(start: int, to: int, leads: Mapping[int, int]) -> bool:
    """Whether somebody who is led from text ``start`` to ``to``, and on, would come back or never arrive."""
    seen = {start}
    while to not in seen:
        if to not in leads:
            return False
        seen.add(to)
        to = leads[to]
    return True


def easy_lags(before: Mapping[str, object], after: Mapping[str, object], *, lagged: bool, is_right: bool) -> bool:
    """Whether the version in easy language tells something else than the original, after a change of either.

    ``is_right``: an editor says that it still tells the same.
    """
    if not after.get("easy_body") or is_right:
        return False
    if _differs(before, after, ("easy_title", "easy_summary", "easy_body")):
        return False
    return lagged or _differs(before, after, ("title", "summary", "body"))


def _differs(before: Mapping[str, object], after: Mapping[str, object], names: Collection[str]) -> bool:
    return any(before.get(name, "") != after.get(name, "") for name in names)
