"""Which texts of the library are alike: looked for by the worker when one comes or says something else, kept with each text."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from meedoen.conversation.searching import group_of
from meedoen.kernel import clock
from meedoen.pages.actions import changed
from meedoen.search.models import Change
from meedoen.search.similar import similar
from meedoen.search.sources import numbers
from meedoen.search.writing import when_gone

from .actions import AREA
from .inserts.rules import without_lines
from .models import Article
from .rules import KEPT_ALIKE, SOURCES, THREAD, Kind, kinds_beside


def register() -> None:
    """Hear which texts came, went or say something else; at start-up."""
    when_gone(forget)


def forget(kind: str, keys: Sequence[str]) -> None:
    """Let what was found for these texts be looked for again."""
    if kind in SOURCES.values():
        Article.objects.filter(pk__in=numbers(keys), alike__isnull=False).update(alike=None)


def relate(*, now: datetime.datetime, most: int) -> int:
    """Look for what is alike, for at most ``most`` texts that wait for it, the newest first; for how many.

    Those that are found look again, for the new one may be more alike than what they had. While the index is behind
    nothing is looked for: it would miss what comes.
    """
    waiting = Article.objects.published(now).filter(alike__isnull=True).newest_first()
    if not waiting.exists() or Change.objects.exists():
        return 0
    looked_for = {article.pk: _alike(article, now) for article in waiting[:most]}
    found = {number for numbers_found in looked_for.values() for number in numbers_found}
    others = Article.objects.published(now).filter(pk__in=found - looked_for.keys(), alike__isnull=False)
    for other in others:
        if any(other.pk in alike and number not in (other.alike or []) for number, alike in looked_for.items()):
            looked_for[other.pk] = _alike(other, now)
    with transaction.atomic():
        for number, alike in looked_for.items():
            Article.objects.filter(pk=number).update(alike=alike)
        changed(AREA, now=now)
    return len(looked_for)


def practices_like(title: str, text: str, *, now: datetime.datetime) -> list[Article]:
    """The practice examples that resemble a text, the most alike first, each with its municipalities."""
    found = similar(title, text, kinds=[SOURCES[Kind.PRACTICE]], most=KEPT_ALIKE, today=clock.local_date(now))
    keys = numbers([key for _kind, key, _group in found])
    articles = Article.objects.published(now).prefetch_related("municipalities").in_bulk(keys)
    return [articles[key] for key in keys if key in articles]


def _alike(article: Article, now: datetime.datetime) -> list[int]:
    """The texts that resemble this one, the most alike first."""
    found = similar(
        article.title,
        f"{article.summary}\n{without_lines(article.body)}",
        kinds=[SOURCES[kind] for kind in kinds_beside(Kind(article.kind))],
        most=KEPT_ALIKE,
        today=clock.local_date(now),
        but=group_of(THREAD, article.pk),
    )
    return numbers(key for _kind, key, _group in found)
