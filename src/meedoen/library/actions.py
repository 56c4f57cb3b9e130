"""Deeds in the library: publish, withdraw and rename an article, load the starting content."""

import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from meedoen.activity import actions as activity
from meedoen.kernel.clock import local_date
from meedoen.municipalities import beside
from meedoen.municipalities.models import Municipality
from meedoen.pages.actions import changed
from meedoen.people import codes
from meedoen.themes.models import Theme

from . import facts, following, rules
from .models import Article, LoadedFile, OldAddress, Practice, Source, Touch
from .starting import StartingArticle, mark_of, read_article, starting_files

AREA = "news"
DAY = datetime.timedelta(days=1)


class AddressTaken(Exception):
    """Another article has, or had, this address; the text is fit to show to an editor."""


@transaction.atomic
def publish(article: Article, *, at: datetime.datetime, now: datetime.datetime) -> None:
    """Let everybody read ``article`` from ``at``, which may be later than ``now``."""
    article.published_at = at
    if not article.happened:
        article.dated_on = local_date(at)
    article.save(update_fields=["published_at", "dated_on"])
    activity.take_back(_mark(article))  # published anew, it is told by its new moment
    announce(article, now=now)
    changed(AREA, beside.AREA, now=now)


@transaction.atomic
def withdraw(article: Article, *, now: datetime.datetime) -> None:
    """Let nobody read ``article`` any more; who follows what it is about and was not told yet, is not told."""
    article.published_at = None
    article.save(update_fields=["published_at"])
    announce(article, now=now)
    changed(AREA, beside.AREA, now=now)


@transaction.atomic
def tell_helped(article: Article, helped: bool, *, network: str, now: datetime.datetime) -> None:
    """Count that a text helped, or not; once a day from one network, and nothing of who said so."""
    if codes.count("helped", f"{network} {article.pk}", per=DAY, now=now) > 1:
        return
    name = "helped_count" if helped else "not_helped_count"
    Article.objects.filter(pk=article.pk).update(**{name: F(name) + 1})


def announce(article: Article, *, now: datetime.datetime) -> None:
    """Let those who follow its themes and municipalities hear of it ten minutes after it is published, as it is then.

    Every deed that changes a published article calls it. What was published long ago is no news to anybody. What it
    tells of municipalities as facts changes along.
    """
    facts.tell_article(article, now=now)
    if article.published_at is None:
        activity.take_back(_mark(article))
        return
    if now - article.published_at > rules.IS_NEWS_FOR:
        return
    is_news = article.kind == rules.Kind.NEWS
    sentence = _("Nieuw bericht: %(title)s") if is_news else _("Nieuw in de kennisbank: %(title)s")
    sentence %= {"title": article.title}
    activity.record(
        *following.subjects_of(article),
        mark=_mark(article),
        sentence=sentence,
        words=article.summary,
        url=article.get_absolute_url(),
        actor=None,
        now=article.published_at,
    )
    activity.correct(_mark(article), sentence=sentence, words=article.summary)


@transaction.atomic
def rename(article: Article, *, slug: str, now: datetime.datetime) -> None:
    """Give ``article`` the address ``slug``; the one it had leads there from now on.

    Raises ``AddressTaken`` when another article has or had that address.
    """
    if slug == article.slug:
        return
    taken = Article.objects.filter(slug=slug) | Article.objects.filter(old_addresses__slug=slug).exclude(pk=article.pk)
    if taken.exists() or slug in rules.RESERVED:
        raise AddressTaken(_("Dit adres is al van een ander artikel. Kies een ander adres."))
    OldAddress.objects.filter(slug=slug).delete()
    OldAddress.objects.create(slug=article.slug, article=article)
    article.slug = slug
    article.save(update_fields=["slug"])
    facts.tell_article(article, now=now)
    changed(AREA, beside.AREA, now=now)


@transaction.atomic
def load_starting_content(*, now: datetime.datetime, examples: bool) -> int:
    """Put the starting content on the site; returns how many articles were written.

    Only files that are new or changed are read, so it may run at every start. An article that was removed, or
    whose tie to its file was cut, stays as it is. Without ``examples``, invented articles are left out.
    Raises ``LookupError`` when a file names a theme or a municipality that was not loaded before.
    """
    loaded = {file.name: file for file in LoadedFile.objects.select_related("article")}
    written = 0
    for path in starting_files():
        before = loaded.get(path.name)
        if before and (before.article is None or before.mark == mark_of(path)):
            continue
        article = read_article(path)
        if article.is_example and not examples:
            continue
        if before is None and Article.objects.filter(slug=article.slug).exists():
            continue  # written on the site under the same address; that one stays
        _write(path, article, before.article if before else None, now=now)
        written += 1
    if written:
        changed(AREA, beside.AREA, now=now)
    return written


def _mark(article: Article) -> str:
    return f"article-{article.pk}"


def _write(path: Path, file: StartingArticle, article: Article | None, *, now: datetime.datetime) -> None:
    if article is None:
        article = Article(slug=file.slug, published_at=now)
    else:
        article.updated_on = local_date(now)
    for name in [
        "title",
        "summary",
        "body",
        "easy_title",
        "easy_summary",
        "easy_body",
        "dated_on",
        "happened",
        "written_on",
        "is_example",
        "kind",
        "checked_on",
        "check_by",
        "owner",
        "contact",
        "url",
        "publisher",
        "year",
        "proposal",
    ]:
        setattr(article, name, getattr(file, name))
    article.save()
    themes = list(Theme.objects.filter(id__in=file.themes))
    if missing := set(file.themes) - {theme.id for theme in themes}:
        raise LookupError(f"{path.name}: no theme {', '.join(sorted(missing))}; load the themes first")
    article.themes.set(themes)
    municipalities = list(Municipality.objects.filter(code__in=file.municipalities))
    if missing := set(file.municipalities) - {municipality.code for municipality in municipalities}:
        raise LookupError(f"{path.name}: no municipality {', '.join(sorted(missing))}; load the register first")
    article.municipalities.set(municipalities)
    if file.kind == rules.Kind.PRACTICE:
        Practice.objects.update_or_create(article=article, defaults=dict(file.answers))
    article.touches.all().delete()
    Touch.objects.bulk_create(Touch(article=article, number=number) for number in file.convention)
    article.sources.all().delete()
    Source.objects.bulk_create(
        Source(article=article, position=position, text=text, url=url)
        for position, (text, url) in enumerate(file.sources)
    )
    LoadedFile.objects.update_or_create(name=path.name, defaults={"mark": mark_of(path), "article": article})
    facts.tell_article(article, now=now)
