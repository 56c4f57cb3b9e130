"""Local Inclusion Agendas that came on the site or changed there."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.models import Thread
from meedoen.kernel import clock
from meedoen.library.agendas.models import AREA, THREAD, InclusionAgenda
from meedoen.library.agendas.reading import STAGES
from meedoen.library.agendas.rules import Stage
from meedoen.search.sources import numbers

from .telling import Source, Told, fitting


def happened(since: datetime, until: datetime) -> list[str]:
    """What somebody told or changed on the site; what was loaded and is as it was is no news."""
    found = InclusionAgenda.objects.published(until).filter(updated_at__gt=since, updated_at__lte=until, file_mark="")
    return [str(pk) for pk in found.last_changed_first().values_list("pk", flat=True)]


def told(keys: Sequence[str]) -> Mapping[str, Told]:
    """Their words; one query."""
    rows = InclusionAgenda.objects.published(clock.now()).filter(pk__in=numbers(keys)).select_related("municipality")
    return {str(each.pk): _told(each) for each in rows}


def thread(key: str, now: datetime) -> Thread | None:
    """Where people talk about it."""
    found = InclusionAgenda.objects.published(now).select_related("municipality").filter(pk=key).first()
    if found is None:
        return None
    return Thread.objects.about(THREAD, str(found.pk), title=found.title, url=found.get_absolute_url(), now=now)


def _told(agenda: InclusionAgenda) -> Told:
    path = agenda.get_absolute_url()
    facts = [
        (_("Hoe ver is het?"), str(STAGES[Stage(agenda.stage)])),
        (_("Wie maakten hem?"), agenda.made_with),
        (_("Waar staat hij?"), agenda.document_url or agenda.page_url),
    ]
    return Told(
        title=agenda.title,
        path=path,
        words=fitting(agenda.summary),
        summary=agenda.summary,
        facts=tuple((label, value) for label, value in facts if value),
        ways=((_("Lees wat we weten van deze agenda"), path),),
        is_example=agenda.is_example,
    )


SOURCE = Source(
    "agendas",
    gettext_lazy("Lokale Inclusie Agenda’s"),
    happened,
    told,
    AREA,
    lambda: reverse("library:agendas"),
    thread,
)
