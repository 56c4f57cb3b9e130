"""Bring a text to readers: now, or at a moment; and give it another address."""

import datetime
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.kernel.clock import local_date
from meedoen.kernel.database import AWAY
from meedoen.kernel.text import slug as slug_of
from meedoen.library import actions as library
from meedoen.library.desk import content as contents
from meedoen.library.desk import rules
from meedoen.library.desk.checking import Gap, gaps_of
from meedoen.library.models import Article, LoadedFile, OldAddress, Version, Work
from meedoen.library.rules import RESERVED
from meedoen.municipalities import beside
from meedoen.municipalities.actions import successor
from meedoen.municipalities.models import Municipality
from meedoen.pages.actions import changed
from meedoen.people.models import Person

from . import looking
from .writing import CannotDo, must_not_be_taken_back

MAX_SLUG = 80  # characters; an address is read aloud

log = structlog.get_logger("meedoen.library")


class HasGaps(CannotDo):
    """The text misses what a reader needs; ``gaps`` says what."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(_("Er mist nog iets. Vul dat eerst aan."))
        self.gaps = gaps


@transaction.atomic
def publish(
    work: Work, *, number: int, by: Person, now: datetime.datetime, sentence: str = "", easy_is_right: bool = False
) -> Article:
    """Let readers have the text as it was saved under ``number``.

    Raises ``HasGaps``, and ``CannotDo`` when somebody saved another text since.
    """
    work = _checked(work, number)
    return _bring(work, work.content, number, by=by, now=now, sentence=sentence, easy_is_right=easy_is_right)


@transaction.atomic
def plan(
    work: Work,
    *,
    number: int,
    at: datetime.datetime,
    by: Person,
    now: datetime.datetime,
    sentence: str = "",
    easy_is_right: bool = False,
) -> None:
    """Let readers have it at a later moment, as it was saved under ``number``. Raises as ``publish`` does."""
    work = _checked(work, number)
    work.publish_at = at
    work.plan = {
        "content": work.content,
        "number": number,
        "by": by.pk,
        "sentence": sentence,
        "easy_is_right": easy_is_right,
    }
    work.save(update_fields=["publish_at", "plan"])


@transaction.atomic
def stop_plan(work: Work) -> None:
    """Not at that moment after all; the text stays as it is."""
    Work.objects.filter(pk=work.pk).update(publish_at=None, plan={})


def publish_due(*, now: datetime.datetime) -> int:
    """Publish each text whose moment has come; how many that were. What goes wrong with one keeps no other back."""
    count = 0
    for pk in list(Work.objects.due(now).values_list("pk", flat=True)):
        try:
            count += _publish_one(pk, now)
        except AWAY:
            raise
        except Exception:
            log.exception("a text was not published", work=pk)
    return count


@transaction.atomic
def rename(work: Work, slug: str, *, now: datetime.datetime) -> None:
    """Give a published text another address; the one it had leads on. Raises ``CannotDo`` where that is taken."""
    if work.article is None:
        raise CannotDo(_("Deze tekst staat nog niet op de site. Hij heeft nog geen adres."))
    try:
        library.rename(work.article, slug=slug, now=now)
    except library.AddressTaken as taken:
        raise CannotDo(str(taken)) from taken


@transaction.atomic
def _publish_one(pk: int, now: datetime.datetime) -> int:
    work = Work.objects.select_for_update().get(pk=pk)
    if work.publish_at is None or work.publish_at > now:
        return 0  # somebody changed their mind a moment ago
    planned: Mapping[str, Any] = work.plan
    _bring(
        work,
        planned["content"],
        planned["number"],
        by=Person.objects.filter(pk=planned["by"], erased_at__isnull=True).first(),
        now=now,
        sentence=planned["sentence"],
        easy_is_right=planned["easy_is_right"],
    )
    return 1


def _checked(work: Work, number: int) -> Work:
    """The text as it stands, while nobody else changes it."""
    work = Work.objects.select_for_update().get(pk=work.pk)
    if work.number != number:
        raise CannotDo(_("Iemand bewaarde intussen een andere tekst. Kijk die eerst na."))
    must_not_be_taken_back(work)
    gaps = [gap for gap in gaps_of(work) if gap.blocks]
    if gaps:
        raise HasGaps(gaps)
    return work


def _bring(
    work: Work,
    content: Mapping[str, Any],
    number: int,
    *,
    by: Person | None,
    now: datetime.datetime,
    sentence: str,
    easy_is_right: bool,
) -> Article:
    content = _with_municipality(contents.whole(content), work.municipality)
    before = work.versions.public().first()
    article = work.article
    if article is None:
        article = Article(slug=_free_slug(content["title"]))
        contents.put(content, article, work.kind, now=now)
        library.publish(article, at=now, now=now)
    else:
        _change(article, content, work.kind, sentence, now)
    _keep(work, content, number, by=by, now=now, sentence=sentence)
    lags = rules.easy_lags(
        before.content if before else content, content, lagged=work.easy_lags_since is not None, is_right=easy_is_right
    )
    work.article, work.published_number, work.publish_at, work.plan = article, number, None, {}
    work.easy_lags_since = (work.easy_lags_since or now) if lags else None
    looking.tell_published(work, by=by, is_first=before is None, now=now)
    work.asked_at = work.asked_by = None
    work.save()
    changed(library.AREA, beside.AREA, now=now)
    return article


def _with_municipality(content: contents.Content, owner: Municipality | None) -> contents.Content:
    """A municipality's own text is about it, also when it went on in another since the text was begun."""
    present = owner if owner is None or owner.is_current else successor(owner)
    if present and present.code not in content["municipalities"]:
        return {**content, "municipalities": [*content["municipalities"], present.code]}
    return content


def _change(article: Article, content: Mapping[str, Any], kind: str, sentence: str, now: datetime.datetime) -> None:
    """A text that readers had: it keeps its day and its moment, and tells what changed."""
    LoadedFile.objects.filter(article=article).update(article=None)  # a file with starting content writes it no more
    withdrawal = getattr(article, "withdrawal", None)
    if withdrawal:
        article.published_at = withdrawal.was_published_at
        withdrawal.delete()
    article.updated_on, article.changes = local_date(now), sentence
    contents.put(content, article, kind, now=now)
    library.announce(article, now=now)


def _keep(
    work: Work, content: Mapping[str, Any], number: int, *, by: Person | None, now: datetime.datetime, sentence: str
) -> None:
    """What readers have now is a version for good; saves before it, that nobody but editors saw, go."""
    told = {"content": dict(content), "is_public": True, "sentence": sentence, "by": by, "at": now}
    Version.objects.update_or_create(work=work, number=number, defaults=told)
    work.versions.filter(is_public=False, number__lt=number).delete()


def _free_slug(title: str) -> str:
    """An address that no text has or had."""
    base = slug_of(title)[:MAX_SLUG].rstrip("-") or "tekst"
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(OldAddress.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{base}-{number}"
    return slug
