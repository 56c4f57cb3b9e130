"""Successes that came on the site."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.celebrations import words
from meedoen.celebrations.actions import THREAD
from meedoen.celebrations.models import AREA, Celebration
from meedoen.conversation.models import Thread
from meedoen.search.sources import numbers

from .telling import Source, Told, whole_or_opening


def happened(since: datetime, until: datetime) -> list[str]:
    """What was placed; what was loaded when the site began came with it."""
    found = Celebration.objects.published().filter(published_at__gt=since, published_at__lte=until, loaded__isnull=True)
    return [str(pk) for pk in found.order_by("-published_at", "-pk").values_list("pk", flat=True)]


def told(keys: Sequence[str]) -> Mapping[str, Told]:
    """Their words; two queries."""
    rows = Celebration.objects.published().filter(pk__in=numbers(keys)).prefetch_related("municipalities")
    return {str(each.pk): _told(each) for each in rows}


def thread(key: str, now: datetime) -> Thread | None:
    """Where people congratulate."""
    found = Celebration.objects.published().filter(pk=key).first()
    if found is None:
        return None
    return Thread.objects.about(THREAD, str(found.pk), title=found.title, url=found.get_absolute_url(), now=now)


def _told(celebration: Celebration) -> Told:
    path = celebration.get_absolute_url()
    facts = [
        (_("Wat"), words.kind_of(celebration)),
        (_("Wanneer"), celebration.when),
        (_("Wie"), words.names_of(celebration)),
        (_("Waar"), celebration.place),
    ]
    return Told(
        title=celebration.title,
        path=path,
        words=whole_or_opening(celebration.text, ""),
        facts=tuple((label, value) for label, value in facts if value),
        ways=((_("Feliciteer ze op de site"), path),),
        is_written=True,
        is_example=celebration.is_example,
    )


SOURCE = Source(
    "celebrations",
    gettext_lazy("Successen om te vieren"),
    happened,
    told,
    AREA,
    lambda: reverse("celebrations:wall"),
    thread,
)
