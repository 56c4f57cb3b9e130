"""The library's data: news articles with their sources, and the addresses that articles had before."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Count, Min, Q
from django.urls import reverse

from meedoen.kernel.dutch import partial_date_words
from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import ListPage, above, below, list_page
from meedoen.themes.models import Theme

from . import rules


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, now: datetime.datetime) -> Self:
        """The articles that everybody may read at ``now``; the SQL twin of ``rules.may_be_read``."""
        return self.filter(published_at__lte=now)

    def scheduled(self, now: datetime.datetime) -> Self:
        """The articles that time alone will bring to readers."""
        return self.filter(published_at__gt=now)

    def newest_first(self) -> Self:
        """In the order of the list."""
        return self.order_by("-dated_on", "-id")

    def oldest_first(self) -> Self:
        """In the opposite order of the list."""
        return self.order_by("dated_on", "id")

    def in_year(self, year: int) -> Self:
        """The articles that stand under ``year``."""
        return self.filter(dated_on__year=year)

    def about(self, theme_id: str) -> Self:
        """The articles on one theme."""
        return self.filter(themes=theme_id)

    def older_than(self, key: rules.ArticleKey) -> Self:
        """What stands below ``key`` in the list."""
        return self.filter(below("dated_on", key.dated_on, key.id))

    def newer_than(self, key: rules.ArticleKey) -> Self:
        """What stands above ``key`` in the list."""
        return self.filter(above("dated_on", key.dated_on, key.id))

    def count_by_year(self) -> list[tuple[int, int]]:
        """(year, how many articles), the newest year first; only years that have any."""
        rows = self.order_by().values_list("dated_on__year").annotate(Count("id")).order_by("-dated_on__year")
        return list(rows)

    def count_by_theme(self) -> list[tuple[str, int]]:
        """(theme id, how many articles), in the order of the themes; only themes that have any."""
        rows = self.order_by().values_list("themes").annotate(Count("id")).order_by("themes__position")
        return [(theme, count) for theme, count in rows if theme is not None]

    def next_publication(self, now: datetime.datetime) -> datetime.datetime | None:
        """When the next article comes to readers by itself; None when none is waiting."""
        moment: datetime.datetime | None = self.scheduled(now).aggregate(next=Min("published_at"))["next"]
        return moment

    def page(
        self, *, before: rules.ArticleKey | None = None, after: rules.ArticleKey | None = None
    ) -> "ListPage[Article]":
        """One page of these articles, newest first."""
        return list_page(self, size=rules.PAGE_SIZE, before=before, after=after)

    def with_themes(self) -> Self:
        """The articles with what their summary in a list shows."""
        return self.prefetch_related("themes")


class Article(models.Model):
    """A piece of news, with room for a second version in easy language on the same address.

    A look-back tells in ``happened`` what day, month or year it is about, stands in the list under the first day
    of that, and says on its page when it was written. Any other article stands under the day it was published.
    """

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    body = models.TextField(help_text="Markdown")
    easy_title = models.CharField(max_length=120, blank=True)
    easy_summary = models.CharField(max_length=300, blank=True)
    easy_body = models.TextField(blank=True, help_text="Markdown")
    dated_on = models.DateField(help_text="the day under which it stands in the list")
    happened = models.CharField(
        max_length=10, blank=True, help_text="of a look-back: 2020-08-31, 2020-08 or 2020, as far as known"
    )
    written_on = models.DateField()
    updated_on = models.DateField(null=True, blank=True, help_text="when its text last changed after publication")
    published_at = models.DateTimeField(null=True, blank=True, help_text="from when everybody may read it")
    is_example = models.BooleanField(default=False, help_text="invented, and marked so on the page")
    themes = models.ManyToManyField(Theme, related_name="articles", blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="articles", blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(title="") & ~Q(summary="") & ~Q(body=""),
                name="library_article_says_something",
                violation_error_message="Een artikel heeft een adres, een titel, een samenvatting en een tekst.",
            ),
            models.CheckConstraint(
                condition=Q(easy_title="", easy_summary="", easy_body="")
                | (~Q(easy_title="") & ~Q(easy_summary="") & ~Q(easy_body="")),
                name="library_article_easy_version_is_whole",
                violation_error_message="Een versie in makkelijke taal heeft een titel, een samenvatting en een tekst.",
            ),
        ]
        indexes = [
            models.Index(fields=["-dated_on", "-id"], name="library_article_list"),
            models.Index(fields=["published_at"], name="library_article_published"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:article", args=[self.slug])

    @property
    def key(self) -> rules.ArticleKey:
        """Its place in the list."""
        return rules.ArticleKey(self.dated_on, self.id)

    @property
    def when(self) -> str:
        """The day, month or year under which it stands in the list, as far as that is known."""
        return partial_date_words(self.happened or self.dated_on.isoformat())

    @property
    def has_easy_version(self) -> bool:
        """Whether it can be read in easy language too."""
        return bool(self.easy_body)


class Source(models.Model):
    """Where an article has its facts from: who says it and when, and where that can be read."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="library_source_has_its_place"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(url=""), name="library_source_can_be_followed"),
        ]

    def __str__(self) -> str:
        return self.text


class OldAddress(models.Model):
    """An address that an article had before; it leads to the article for as long as that exists."""

    slug = models.SlugField(max_length=100, primary_key=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.slug


class LoadedFile(models.Model):
    """A file of starting content that was loaded, so that it is not loaded twice.

    What was removed or rewritten on the site since stays so: such an article is no longer ``article`` here.
    """

    name = models.CharField(max_length=120, primary_key=True)
    mark = models.CharField(max_length=16, help_text="of what was in it")
    article = models.OneToOneField(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="file")

    def __str__(self) -> str:
        return self.name
