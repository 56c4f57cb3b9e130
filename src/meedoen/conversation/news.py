"""What is new in a thread: for who is signed in from their own record, for others from the date in a mail's link (FR4).

A look lasts half an hour: what was new when it began stays new, whatever page of the thread is opened or opened again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.db import connection
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Greatest

from meedoen.kernel import prepared
from meedoen.kernel.database import AWAY
from meedoen.people.models import Person

from .models import Contribution, ReadMark, Thread
from .rules import State

Rows = TypeVar("Rows", bound=QuerySet[Any])
ONE_LOOK = timedelta(minutes=30)
KEEP_MARKS = timedelta(days=365)

log = structlog.get_logger("meedoen.conversation")


@dataclass(frozen=True, slots=True)
class News:
    """What is new to a reader: how much, from which number on, and how to tell it of one contribution."""

    count: int
    first: int  # the number of the first; 0 when nothing is
    after: int | None = None  # all above this number is new
    since: datetime | None = None  # all that was shown later is new
    reader: int | None = None  # whose own words are never new to them
    is_reader_known: bool = False  # they were in this thread before

    def includes(self, contribution: Contribution) -> bool:
        """Whether somebody did not read this before."""
        if contribution.person_id == self.reader:
            return False
        if self.since:
            return contribution.shown_at is not None and contribution.shown_at > self.since
        return self.after is not None and (contribution.number or 0) > self.after


NO_NEWS = News(0, 0)


def with_news(rows: Rows, *, person: Person | None, since: datetime | None, now: datetime) -> Rows:
    """``rows`` with a ``thread`` that know along what is new in it, in the same query; ``news_of`` reads it.

    ``since`` comes from a link in a mail, and goes before the reader's own record.
    """
    given: dict[str, Any] = {"since": since} if since else {}
    if person:
        given |= {"person": person.pk, "look_began": now - ONE_LOOK}
    return prepared.annotate(rows, _news, **given) if given else rows


def _news(
    rows: QuerySet[Any],
    *,
    person: int | None = None,
    look_began: datetime | None = None,
    since: datetime | None = None,
) -> QuerySet[Any]:
    written = Contribution.objects.filter(thread=OuterRef("thread"), state=State.SHOWN).order_by()
    if person:
        mark = ReadMark.objects.filter(person=person, thread=OuterRef("thread"))
        after = Case(When(at__lt=look_began, then=F("until")), default=F("before"))
        rows = rows.annotate(news_after=Subquery(mark.values(number=after)[:1]))
    fresh = written.filter(shown_at__gt=since) if since else written.filter(number__gt=OuterRef("news_after"))
    if person:
        fresh = fresh.exclude(person=person)
    return rows.annotate(
        news_count=Subquery(fresh.values("thread").annotate(count=Count("pk")).values("count")),
        news_first=Subquery(fresh.order_by("number").values("number")[:1]),
    )


def news_of(row: Any, *, person: Person | None, since: datetime | None) -> News:
    """What is new in the thread of a row of ``with_news``."""
    known = vars(row)
    if "news_count" not in known:
        return NO_NEWS
    return News(
        count=known["news_count"] or 0,
        first=known["news_first"] or 0,
        after=None if since else known.get("news_after"),
        since=since,
        reader=person.pk if person else None,
        is_reader_known=known.get("news_after") is not None,
    )


def saw(person: Person, thread: Thread, until: int, *, news: News, now: datetime) -> None:
    """Note that somebody has the thread before them up to a number; one query. Two tabs are one reader.

    Who comes for the first time is told later of what came since, and not that all of it is new. While others hold the
    database nothing is noted: that keeps nobody from reading.
    """
    try:
        _mark(person, thread, until, news=news, now=now)
    except AWAY as error:
        if connection.in_atomic_block:
            raise  # nothing else in it would stand either
        log.warning("what somebody read is not noted", reason=type(error).__name__)


def _mark(person: Person, thread: Thread, until: int, *, news: News, now: datetime) -> None:
    marks = ReadMark.objects.filter(person=person, thread=thread)
    looked_before = When(at__lt=now - ONE_LOOK, then=F("until"))
    if news.is_reader_known:
        marks.update(before=Case(looked_before, default=F("before")), until=Greatest(F("until"), until), at=now)
    else:
        last = thread.last_number
        ReadMark.objects.bulk_create(
            [ReadMark(person=person, thread=thread, until=last, before=last, at=now)], ignore_conflicts=True
        )


def erase_old(*, now: datetime) -> int:
    """Forget how far people read where they were not for a year."""
    return ReadMark.objects.filter(at__lt=now - KEEP_MARKS).delete()[0]
