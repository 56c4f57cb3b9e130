"""One page of a thread as its template needs it; a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from meedoen.conversation import quotes, rules, threads
from meedoen.conversation.models import (
    Contribution,
    ContributionQuerySet,
    FormerPlace,
    Thanks,
    Thread,
    number_url,
    page_url,
)
from meedoen.conversation.news import NO_NEWS, News
from meedoen.kernel import prepared
from meedoen.people.standing.reading import with_standing

from .mentioned import Writer, mentioned_in, writers_of
from .shown import VISITOR, Reader, Shown, gap_of, shown_as


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One page of a thread, with what is needed to turn to the others."""

    contributions: list[Shown]
    count: int
    page: int
    page_count: int
    is_closed: bool
    url: str
    news: News = NO_NEWS
    opening: Shown | None = None  # what all others speak about, where that stands on this page
    rows: tuple[Contribution, ...] = ()  # what is shown, as it is stored, for what else the page says of it

    @property
    def writers(self) -> list[Writer]:
        """Who can be told of what is written below it."""
        return writers_of(self.rows)

    @property
    def news_url(self) -> str:
        """The address of the first contribution that is new; none when nothing is."""
        return number_url(self.url, self.news.first) if self.news.first else ""

    @property
    def previous_url(self) -> str:
        """The page before this one; none on the first."""
        return page_url(self.url, self.page - 1) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after this one; none on the last."""
        return page_url(self.url, self.page + 1) if self.page < self.page_count else ""

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """The pages that are named with their address, a gap without one between; none when there is one page."""
        if self.page_count == 1:
            return []
        named = rules.pages_named(self.page, self.page_count)
        return [(number, page_url(self.url, number) if number else "") for number in named]


NOTHING = ThreadPage([], count=0, page=1, page_count=1, is_closed=False, url="")


def thread_about(kind: str, key: str) -> Thread | None:
    """The thread about a thing, once somebody wrote in it."""
    return Thread.objects.filter(kind=kind, key=key).first()


def thread_page(thread: Thread | None, *, page: int | None, reader: Reader = VISITOR) -> ThreadPage:
    """A page of a thread; the last one when ``page`` lies beyond it. One query, and one where something was moved."""
    if thread is None:
        return NOTHING
    page_count = max(1, rules.page_of(thread.last_number))
    asked = min(page or 1, page_count)
    found = _load(thread, thread.contributions.standing().on_page(asked), reader)
    found.sort(key=lambda each: each.number or 0)  # SQL that puts so many columns in order takes longer to write
    shown = with_gaps(thread, _shown(found, reader), *rules.numbers_on(asked))
    opening = shown.pop(0) if threads.kind_of(thread).has_opening and shown and shown[0].number == 1 else None
    return ThreadPage(
        shown,
        count=thread.shown_count,
        page=asked,
        page_count=page_count,
        is_closed=thread.is_closed,
        url=thread.url,
        news=reader.news,
        opening=opening,
        rows=tuple(found),
    )


def show(thread: Thread, contributions: ContributionQuerySet, reader: Reader = VISITOR) -> list[Shown]:
    """Contributions of one thread as everybody may see them; one query.

    One more where they quote or name somebody.
    """
    return _shown(_load(thread, contributions, reader), reader)


def _load(thread: Thread, contributions: ContributionQuerySet, reader: Reader) -> list[Contribution]:
    """The contributions with the people behind them; one query."""
    found = with_standing(contributions.select_related("person__municipality", "reply_to", "bond__helper"))
    if reader.person:
        found = prepared.annotate(found, _thanked_by, person=reader.person.pk)
    for each in found:
        each.thread = thread  # known already: no query for each
    return list(found)


def _shown(found: list[Contribution], reader: Reader) -> list[Shown]:
    readable = [each for each in found if rules.may_be_read(each)]
    known = quotes.known(quotes.quoted_in(each.text for each in readable) | mentioned_in(readable))
    return [shown_as(each, reader, known) for each in found]


def _thanked_by(rows: QuerySet[Any], *, person: int) -> QuerySet[Any]:
    return rows.annotate(is_thanked=Exists(Thanks.objects.filter(contribution=OuterRef("pk"), person=person)))


def with_gaps(thread: Thread, shown: list[Shown], lowest: int, highest: int) -> list[Shown]:
    """What is shown with the gaps between these numbers of what was moved, in order; one query where there are any."""
    if not thread.has_gaps:
        return shown
    places = FormerPlace.objects.filter(thread=thread, number__range=(lowest, highest)).select_related("contribution")
    return sorted([*shown, *map(gap_of, places)], key=lambda each: each.number)
