"""What search finds of meetings: what is known of one, what is arranged at it, and what was said and decided."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from meedoen.conversation import threads
from meedoen.conversation.searching import KIND as CONTRIBUTION
from meedoen.conversation.searching import below, group_of
from meedoen.conversation.threads import About
from meedoen.kernel import clock
from meedoen.kernel.text import headings_and_words
from meedoen.municipalities.models import Municipality
from meedoen.search.documents import Document
from meedoen.search.sources import Source as Searched
from meedoen.search.sources import Through, Watch, also_watch, in_order, numbers
from meedoen.search.sources import register as register_source

from . import words
from .afterwards.talking import THREAD
from .models import AREA, Meeting, MeetingQuerySet, ProgrammeItem, Provision, Series, Source

KIND = "meeting"
# Of a meeting: all that everybody reads. How its places fill and what is kept of its versions does not count.
COLUMNS = (
    "slug", "series_id", "municipality_id", "organiser", "title", "summary", "body", "for_whom", "form", "starts_at",
    "place_name", "place_address", "place_municipality_id", "report", "decided", "slides_title", "transcript",
    "published_at", "cancelled_at", "withdrawn_at", "uncertain", "is_example",
)  # fmt: skip


def register() -> None:
    """Put it in; at start-up."""
    register_source(
        Searched(
            KIND,
            _("Bijeenkomst"),
            _("Bijeenkomsten"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(AREA,),
            arrived=arrived,
            watches=(
                Watch(lambda: Meeting, columns=COLUMNS),
                Watch(lambda: Meeting.themes.through, key="meeting_id"),
                Watch(lambda: ProgrammeItem, key="meeting_id"),
                Watch(lambda: Provision, key="meeting_id"),
                Watch(lambda: Source, key="meeting_id"),
                Watch(lambda: Series, columns=("title",), through=Through(lambda: Meeting, "series_id")),
                *(
                    Watch(lambda: Municipality, columns=("name", "slug"), through=Through(lambda: Meeting, column))
                    for column in ("municipality_id", "place_municipality_id")
                ),
            ),
        )
    )
    places = ("municipality_id", "place_municipality_id")
    also_watch(
        CONTRIBUTION,
        *below(
            THREAD,
            Watch(lambda: Meeting, columns=("published_at", "withdrawn_at", *places)),
            Watch(lambda: Meeting.themes.through, key="meeting_id"),
            *(
                Watch(lambda: Municipality, columns=("slug",), through=Through(lambda: Meeting, each))
                for each in places
            ),
        ),
    )


def found() -> MeetingQuerySet:
    """Those that everybody may read now."""
    return Meeting.objects.published(clock.now())


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those that can be read now; one query."""
    return map(str, found().filter(pk__in=numbers(keys)).values_list("pk", flat=True))


def keys() -> Iterator[str]:
    """All that can be read."""
    return in_order(found())


def arrived(since: datetime.datetime) -> Iterable[str]:
    """Those that came to readers since a moment."""
    return map(str, found().filter(published_at__gt=since).values_list("pk", flat=True))


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those that can be read; five queries."""
    rows = found().filter(pk__in=numbers(keys)).select_related("series", "municipality", "place_municipality")
    return [_document(each) for each in rows.prefetch_related("themes", "programme", "provisions", "sources")]


def standing() -> Exists:
    """That the meeting below which a contribution stands can be read; the twin of ``talking.stands``."""
    return threads.among(found())


def about(keys: Sequence[str]) -> Mapping[str, About]:
    """The themes and municipalities of meetings; two queries."""
    rows = Meeting.objects.filter(pk__in=numbers(keys)).select_related("municipality", "place_municipality")
    return {str(each.pk): About(_themes(each), _slugs(each)) for each in rows.prefetch_related("themes")}


def _document(meeting: Meeting) -> Document:
    parts = [headings_and_words(text) for text in (meeting.body, meeting.report, meeting.decided, meeting.transcript)]
    programme = list(meeting.programme.all())
    said = [
        meeting.for_whom,
        *(f"{each.title}. {each.speakers}" if each.speakers else each.title for each in programme),
        *(body for _headings, body in parts),
        meeting.slides_title,
        *words.arranged(meeting.provisions.all()),
        words.organiser(meeting),
        meeting.place_address,
        meeting.series.title if meeting.series else "",
        meeting.uncertain,
        *(each.text for each in meeting.sources.all()),
    ]
    return Document(
        key=str(meeting.pk),
        url=meeting.get_absolute_url(),
        title=meeting.title,
        summary=meeting.summary,
        headings="\n".join(headings for headings, _body in parts if headings),
        body="\n".join(filter(None, said)),
        group=group_of(THREAD, meeting.pk),
        date=clock.local_date(meeting.starts_at) if meeting.starts_at else None,
        place=words.where(meeting),
        themes=_themes(meeting),
        municipalities=_slugs(meeting),
        worth=-1 if meeting.cancelled_at or meeting.is_example else 1 if meeting.report else 0,
    )


def _themes(meeting: Meeting) -> tuple[str, ...]:
    return tuple(theme.pk for theme in meeting.themes.all())


def _slugs(meeting: Meeting) -> tuple[str, ...]:
    places = (meeting.municipality, meeting.place_municipality)
    return tuple(dict.fromkeys(each.slug for each in places if each))
