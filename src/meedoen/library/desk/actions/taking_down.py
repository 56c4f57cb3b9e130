"""Take a text down, with a reason and the text to read instead; and put it back."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.library import actions as library
from meedoen.library.desk import rules
from meedoen.library.models import Article, LoadedFile, Withdrawal, Work
from meedoen.municipalities import beside
from meedoen.pages.actions import changed
from meedoen.people.models import Person

from .writing import CannotDo, must_not_be_taken_back


class LeadsRound(CannotDo):
    """Readers would be led in a circle."""


@transaction.atomic
def withdraw(work: Work, *, reason: str, to: Article | None, by: Person, now: datetime.datetime) -> Withdrawal:
    """Let nobody read it any more; who comes to its address reads why, or is led to ``to``.

    Raises ``LeadsRound``, and ``CannotDo`` when it is not on the site.
    """
    work = Work.objects.select_for_update().get(pk=work.pk)
    article = work.article
    if article is None or article.published_at is None:
        raise CannotDo(_("Deze tekst staat niet op de site."))
    if to:
        leads = dict(Withdrawal.objects.filter(to__isnull=False).values_list("article_id", "to_id"))
        if rules.leads_round(article.pk, to.pk, leads):
            raise LeadsRound(_("Dan komen lezers in een kring terecht. Kies een andere tekst."))
    made = Withdrawal.objects.create(
        article=article, reason=reason, to=to, by=by, at=now, was_published_at=article.published_at
    )
    LoadedFile.objects.filter(article=article).update(article=None)
    library.withdraw(article, now=now)
    work.publish_at, work.plan = None, {}
    work.save(update_fields=["publish_at", "plan"])
    return made


@transaction.atomic
def put_back(work: Work, *, now: datetime.datetime) -> None:
    """Let everybody read it again, under the day it had. Raises ``CannotDo`` when it was not taken down,
    and when who offered it took it back."""
    article = Article.objects.select_for_update().filter(work=work).first()
    withdrawal = Withdrawal.objects.filter(article=article).first() if article else None
    if article is None or withdrawal is None:
        raise CannotDo(_("Deze tekst is niet weggehaald."))
    must_not_be_taken_back(work)
    article.published_at = withdrawal.was_published_at
    article.save(update_fields=["published_at"])
    withdrawal.delete()
    library.announce(article, now=now)
    changed(library.AREA, beside.AREA, now=now)
