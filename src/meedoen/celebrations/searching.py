"""What search finds of celebrations: what was celebrated, what is on its pictures, and what became of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Exists, Prefetch
from django.utils.translation import gettext_lazy as _

from meedoen.conversation import threads
from meedoen.conversation.searching import KIND as CONTRIBUTION
from meedoen.conversation.searching import below, group_of
from meedoen.conversation.threads import About
from meedoen.kernel.text import headings_and_words
from meedoen.municipalities.models import Municipality
from meedoen.search.documents import Document
from meedoen.search.sources import Source as Searched
from meedoen.search.sources import Through, Watch, also_watch, in_order, numbers
from meedoen.search.sources import register as register_source

from . import words
from .actions import THREAD
from .models import AREA, Celebration, CelebrationQuerySet, Outcome, Picture, Source
from .rules import UNKNOWN_DAY

KIND = "celebration"
COLUMNS = ("slug", "kind", "title", "text", "dated_on", "place", "uncertain", "state", "is_example")


def register() -> None:
    """Put it in; at start-up."""
    through = Celebration.municipalities.through
    register_source(
        Searched(
            KIND,
            _("Succes"),
            _("Successen"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(AREA,),
            watches=(
                Watch(lambda: Celebration, columns=COLUMNS),
                Watch(lambda: through, key="celebration_id"),
                Watch(lambda: Outcome, key="celebration_id", columns=("celebration_id", "text", "removed_at")),
                Watch(
                    lambda: Picture,
                    key="celebration_id",
                    columns=("celebration_id", "described", "description", "removed_at"),
                ),
                Watch(lambda: Source, key="celebration_id"),
                Watch(
                    lambda: Municipality,
                    columns=("name", "slug"),
                    through=Through(lambda: through, "municipality_id", "celebration_id"),
                ),
            ),
        )
    )
    also_watch(
        CONTRIBUTION,
        *below(
            THREAD,
            Watch(lambda: Celebration, columns=("state",)),
            Watch(lambda: through, key="celebration_id"),
            Watch(
                lambda: Municipality,
                columns=("slug",),
                through=Through(lambda: through, "municipality_id", "celebration_id"),
            ),
        ),
    )


def found() -> CelebrationQuerySet:
    """Those that everybody may read."""
    return Celebration.objects.published()


def public(keys: Sequence[str]) -> Iterable[str]:
    """Those that can be read now; one query."""
    return map(str, found().filter(pk__in=numbers(keys)).values_list("pk", flat=True))


def keys() -> Iterator[str]:
    """All that can be read."""
    return in_order(found())


def documents(keys: Sequence[str]) -> Iterable[Document]:
    """Those that can be read; five queries."""
    rows = (
        found()
        .filter(pk__in=numbers(keys))
        .prefetch_related(
            "municipalities",
            "sources",
            Prefetch("outcomes", Outcome.objects.shown(), to_attr="shown_outcomes"),
            Prefetch("pictures", Picture.objects.shown(), to_attr="shown_pictures"),
        )
    )
    return [_document(each) for each in rows]


def standing() -> Exists:
    """That the celebration below which a contribution stands can be read; the twin of ``reading.stands``."""
    return threads.among(found())


def about(keys: Sequence[str]) -> Mapping[str, About]:
    """The municipalities of celebrations; two queries."""
    rows = Celebration.objects.filter(pk__in=numbers(keys)).prefetch_related("municipalities")
    return {str(each.pk): About(municipalities=_slugs(each)) for each in rows}


def _document(celebration: Celebration) -> Document:
    """Nothing of who made it: their names stand on its page by their own yes, to be read there."""
    headings, body = headings_and_words(celebration.text)
    said = [
        body,
        *(each.description for each in celebration.shown_pictures),  # type: ignore[attr-defined]
        *(each.text for each in celebration.shown_outcomes),  # type: ignore[attr-defined]
        celebration.place,
        celebration.uncertain,
        *(each.text for each in celebration.sources.all()),
    ]
    return Document(
        key=str(celebration.pk),
        url=celebration.get_absolute_url(),
        title=celebration.title,
        summary=words.kind_of(celebration),
        headings=headings,
        body="\n".join(filter(None, said)),
        group=group_of(THREAD, celebration.pk),
        date=None if celebration.dated_on == UNKNOWN_DAY else celebration.dated_on,
        place=words.names_of(celebration),
        municipalities=_slugs(celebration),
        worth=-1 if celebration.is_example else 0,
    )


def _slugs(celebration: Celebration) -> tuple[str, ...]:
    return tuple(each.slug for each in celebration.municipalities.all())
