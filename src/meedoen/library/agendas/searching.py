"""What search finds of Local Inclusion Agendas."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from meedoen.conversation import threads
from meedoen.conversation.searching import KIND as CONTRIBUTION
from meedoen.conversation.searching import below, group_of
from meedoen.conversation.threads import About
from meedoen.kernel import clock
from meedoen.library.searching import worth_of
from meedoen.municipalities.models import Municipality, Succession
from meedoen.search.documents import Document
from meedoen.search.sources import Source, Through, Watch, also_watch, in_order, numbers
from meedoen.search.sources import register as register_source

from .models import AREA, THREAD, AgendaSource, InclusionAgenda, InclusionAgendaQuerySet
from .reading import STAGES
from .rules import Stage

KIND = "agenda"
# Of an agenda: all that readers see, but not the moment at which it last changed.
COLUMNS = (
    "slug", "municipality_id", "name", "year_from", "year_to", "stage", "stage_from", "adopted_by", "made_with",
    "summary", "checked_on", "is_example", "published_at",
)  # fmt: skip


def register() -> None:
    """Put it in; at start-up."""
    register_source(
        Source(
            KIND,
            _("Lokale Inclusie Agenda"),
            _("Lokale Inclusie Agenda’s"),
            documents=documents,
            public=public,
            keys=keys,
            areas=(AREA,),
            arrived=arrived,
            watches=(
                Watch(lambda: InclusionAgenda, columns=COLUMNS),
                Watch(lambda: InclusionAgenda.themes.through, key="inclusionagenda_id"),
                Watch(lambda: AgendaSource, key="agenda_id"),
                Watch(
                    lambda: Municipality,
                    columns=("name", "slug"),
                    through=Through(lambda: InclusionAgenda, "municipality_id"),
                ),
                Watch(
                    lambda: Succession,
                    key="old_id",
                    through=Through(lambda: InclusionAgenda, "municipality_id"),
                ),
            ),
        )
    )
    also_watch(
        CONTRIBUTION,
        *below(
            THREAD,
            Watch(lambda: InclusionAgenda, columns=("published_at", "municipality_id")),
            Watch(lambda: InclusionAgenda.themes.through, key="inclusionagenda_id"),
            Watch(
                lambda: Municipality,
                columns=("slug",),
                through=Through(lambda: InclusionAgenda, "municipality_id"),
            ),
            Watch(
                lambda: Succession,
                key="old_id",
                through=Through(lambda: InclusionAgenda, "municipality_id"),
            ),
        ),
    )


def found() -> InclusionAgendaQuerySet:
    """Those that everybody may read now."""
    return InclusionAgenda.objects.published(clock.now())


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
    """Those that can be read; five queries at most."""
    rows = found().filter(pk__in=numbers(keys)).select_related("municipality")
    agendas = list(rows.prefetch_related("themes", "sources"))
    slugs = _slugs(agendas)
    return [_document(each, slugs[each.pk]) for each in agendas]


def standing() -> Exists:
    """That the agenda below which a contribution stands can be read; the twin of ``reading.stands``."""
    return threads.among(found())


def about(keys: Sequence[str]) -> Mapping[str, About]:
    """The themes and municipalities of agendas; four queries at most."""
    rows = InclusionAgenda.objects.filter(pk__in=numbers(keys)).select_related("municipality")
    agendas = list(rows.prefetch_related("themes"))
    slugs = _slugs(agendas)
    return {str(each.pk): About(_themes(each), slugs[each.pk]) for each in agendas}


def _document(agenda: InclusionAgenda, slugs: tuple[str, ...]) -> Document:
    stage = str(STAGES[Stage(agenda.stage)]) if agenda.stage != Stage.UNKNOWN else ""
    said = (
        stage,
        agenda.stage_from,
        agenda.adopted_by,
        agenda.made_with,
        *(each.text for each in agenda.sources.all()),
    )
    return Document(
        key=str(agenda.pk),
        url=agenda.get_absolute_url(),
        title=agenda.title,
        summary=agenda.summary,
        body="\n".join(filter(None, said)),
        group=group_of(THREAD, agenda.pk),
        date=agenda.checked_on or clock.local_date(agenda.updated_at),
        place=agenda.municipality.name,
        themes=_themes(agenda),
        municipalities=slugs,
        worth=worth_of(is_example=agenda.is_example, checked_on=agenda.checked_on),
    )


def _themes(agenda: InclusionAgenda) -> tuple[str, ...]:
    return tuple(theme.pk for theme in agenda.themes.all())


def _slugs(agendas: Iterable[InclusionAgenda]) -> dict[int, tuple[str, ...]]:
    """Of each agenda the municipality that made it and the one in which that goes on; two queries at most."""
    present = Succession.objects.presents()
    now_at = {each.pk: present.get(each.municipality_id) for each in agendas}
    slugs = dict(Municipality.objects.filter(pk__in=filter(None, now_at.values())).order_by().values_list("pk", "slug"))
    return {
        each.pk: tuple(dict.fromkeys(filter(None, (each.municipality.slug, slugs.get(now_at[each.pk] or 0)))))
        for each in agendas
    }
