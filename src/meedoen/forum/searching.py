"""What search finds of the forum: each topic by its title, what it comes down to, and what it began with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from meedoen.conversation.models import AREA, Contribution
from meedoen.conversation.searching import KIND as CONTRIBUTION
from meedoen.conversation.searching import documents_beside, group_of, words_of
from meedoen.conversation.threads import About
from meedoen.kernel import clock
from meedoen.municipalities.models import Municipality
from meedoen.search.documents import Document
from meedoen.search.sources import Source, Through, Watch, also_watch, in_order, numbers
from meedoen.search.sources import register as register_source
from meedoen.themes.records import THEMES

from .models import THREAD, Topic

KIND = "topic"
# Of a topic: all that changes what is read of it. What lists count of it does not.
COLUMNS = (
    "thread_id", "title", "slug", "category", "kind", "municipality_id", "begun_at", "is_shown", "is_answered", "summary",
)  # fmt: skip
_THEMES = frozenset(theme.id for theme in THEMES)


def register() -> None:
    """Put it in; at start-up."""
    register_source(
        Source(
            KIND,
            _("Onderwerp op het forum"),
            _("Onderwerpen op het forum"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(AREA,),
            watches=(
                Watch(lambda: Topic, columns=COLUMNS),
                Watch(
                    lambda: Contribution,
                    key="thread_id",
                    columns=("text", "state", "number", "thread_id", "shown_files"),
                    where="{row}.number = 1",
                    through=Through(lambda: Topic, "thread_id"),
                ),
                Watch(
                    lambda: Municipality,
                    columns=("name", "slug"),
                    through=Through(lambda: Topic, "municipality_id"),
                ),
            ),
        )
    )
    also_watch(
        CONTRIBUTION,
        Watch(
            lambda: Topic,
            key="thread_id",
            columns=("category", "municipality_id"),
            through=Through(lambda: Contribution, "thread_id"),
        ),
        Watch(
            lambda: Municipality,
            columns=("slug",),
            through=Through(
                lambda: Topic, "municipality_id", "thread_id", then=Through(lambda: Contribution, "thread_id")
            ),
        ),
    )


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those that can be read now; one query."""
    return map(str, Topic.objects.readable().filter(pk__in=numbers(keys)).values_list("pk", flat=True))


def keys() -> Iterator[str]:
    """All that can be read."""
    return in_order(Topic.objects.readable())


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those that can be read; three queries."""
    topics = list(Topic.objects.readable().filter(pk__in=numbers(keys)).select_related("municipality", "thread"))
    first = Contribution.objects.readable().filter(thread__in=[each.thread_id for each in topics], number=1)
    openings = {each.thread_id: each for each in first}
    said = documents_beside(openings.values())
    return [_document(each, openings.get(each.thread_id), said) for each in topics]


def standing() -> Exists:
    """That the topic of a contribution can be read; the twin of ``reading.stands``."""
    return Exists(Topic.objects.readable().filter(thread=OuterRef("thread")))


def about(keys: Sequence[str]) -> Mapping[str, About]:
    """The themes and municipalities of topics; one query."""
    rows = Topic.objects.filter(pk__in=numbers(keys)).select_related("municipality")
    return {str(each.pk): About(_themes(each), _municipalities(each)) for each in rows}


def _document(topic: Topic, opening: Contribution | None, said: Mapping[int, list[str]]) -> Document:
    return Document(
        key=str(topic.pk),
        url=topic.get_absolute_url(),
        title=topic.title,
        summary=topic.summary,
        body=words_of(opening, said.get(opening.pk, ())) if opening else "",
        group=group_of(THREAD, topic.pk),
        date=clock.local_date(topic.begun_at),
        place=topic.municipality.name if topic.municipality else "",
        themes=_themes(topic),
        municipalities=_municipalities(topic),
        worth=1 if topic.is_answered else 0,
    )


def _themes(topic: Topic) -> tuple[str, ...]:
    return (topic.category,) if topic.category in _THEMES else ()


def _municipalities(topic: Topic) -> tuple[str, ...]:
    return (topic.municipality.slug,) if topic.municipality else ()
