"""The library's data: news, guides, practice examples and tools with their sources, and earlier addresses."""

import datetime
from collections import Counter
from typing import Self

from django.db import models
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel.dutch import partial_date_words
from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import ListPage, above, below, list_page
from meedoen.themes.models import Theme
from meedoen.themes.records import THEMES

from . import rules
from .agendas.models import AgendaChange as AgendaChange  # Django finds the tables of a package where its models are
from .agendas.models import AgendaSource as AgendaSource
from .agendas.models import AgendaTouch as AgendaTouch
from .agendas.models import InclusionAgenda as InclusionAgenda
from .desk.models import Remark as Remark
from .desk.models import Typing as Typing
from .desk.models import Version as Version
from .desk.models import Withdrawal as Withdrawal
from .desk.models import Work as Work
from .inserts.models import InsertFile as InsertFile
from .inserts.models import InsertWords as InsertWords
from .links.models import LinksRead as LinksRead
from .links.models import OutsideLink as OutsideLink
from .offering.models import PracticeOffer as PracticeOffer
from .reuse.models import Reuse as Reuse


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, now: datetime.datetime) -> Self:
        """The articles that everybody may read at ``now``; the SQL twin of ``rules.may_be_read``."""
        return self.filter(published_at__lte=now)

    def scheduled(self, now: datetime.datetime) -> Self:
        """The articles that time alone will bring to readers."""
        return self.filter(published_at__gt=now)

    def news(self) -> Self:
        """The news alone."""
        return self.filter(kind=rules.Kind.NEWS)

    def shelved(self, kind: str = "") -> Self:
        """What stands in the knowledge base, or one kind of that."""
        return self.filter(kind=kind) if kind else self.filter(kind__in=rules.SHELVED)

    def touching(self, number: int) -> Self:
        """The articles that touch an article of the Convention."""
        return self.filter(touches__number=number)

    def from_municipality(self, slug: str) -> Self:
        """The articles about a municipality."""
        return self.filter(municipalities__slug=slug)

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
        counts: Counter[int] = Counter()  # by day in the database, which takes no row's date apart for it
        for day, count in self.order_by().values_list("dated_on").annotate(Count("id")):
            counts[day.year] += count
        return sorted(counts.items(), reverse=True)

    def count_by_theme(self) -> list[tuple[str, int]]:
        """(theme id, how many articles), in the order of the themes; only themes that have any."""
        counts = dict(self.order_by().values_list("themes").annotate(Count("id")))
        return [(theme.id, counts[theme.id]) for theme in THEMES if theme.id in counts]

    def count_by_kind(self) -> dict[str, int]:
        """How many there are of each kind that has any."""
        return dict(self.order_by().values_list("kind").annotate(Count("id")))

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
    """A text in the library, with room for a second version in easy language on the same address.

    A look-back tells in ``happened`` what day, month or year it is about, stands in the list under the first day
    of that, and says on its page when it was written. Any other article stands under the day it was published.
    """

    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.value) for kind in rules.Kind], default=rules.Kind.NEWS.value
    )
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
    owner = models.CharField(max_length=100, blank=True, help_text="who keeps it right")
    contact = models.CharField(max_length=200, blank=True, help_text="who to ask about it, in words")
    checked_on = models.DateField(null=True, blank=True, help_text="when somebody last saw that it is right")
    check_by = models.DateField(null=True, blank=True, help_text="by when somebody has to look again")
    changes = models.CharField(max_length=300, blank=True, help_text="what the last change was, in a sentence")
    url = models.URLField(max_length=500, blank=True, help_text="of what others made: where it stands")
    publisher = models.CharField(max_length=120, blank=True, help_text="of what others made: who did")
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of what others made: when")
    proposal = models.TextField(blank=True, help_text="a paragraph for a council proposal")
    inserts = models.JSONField(default=list, blank=True, help_text="pictures, documents and videos; see inserts.rules")
    alike = models.JSONField(
        null=True, editable=False, help_text="ids of texts that resemble it; null: not looked for yet"
    )
    helped_count = models.PositiveIntegerField(default=0)
    not_helped_count = models.PositiveIntegerField(default=0)
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
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in rules.Kind]),
                name="library_article_kind_is_known",
                violation_error_message="This kind of text is not known.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="praktijkvoorbeeld") | (~Q(contact="") & Q(checked_on__isnull=False)),
                name="library_practice_has_contact_and_date",
                violation_error_message="Een praktijkvoorbeeld zegt wie je kunt vragen, en wanneer het is nagekeken.",
            ),
        ]
        indexes = [
            models.Index(fields=["-dated_on", "-id"], name="library_article_list"),
            # The moment last, so that counting by kind or day reads the index alone.
            models.Index(fields=["kind", "-dated_on", "-id", "published_at"], name="library_article_of_kind"),
            models.Index(fields=["published_at"], name="library_article_published"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:article" if self.kind == rules.Kind.NEWS else "library:item", args=[self.slug])

    @property
    def key(self) -> rules.ArticleKey:
        """Its place in the list."""
        return rules.ArticleKey(self.dated_on, self.id)

    @property
    def when(self) -> str:
        """The day, month or year under which it stands in the list, as far as that is known."""
        return partial_date_words(self.happened or self.dated_on.isoformat())

    @property
    def url_words(self) -> str:
        """The words of the link to what others made."""
        if not self.publisher:
            return _("Ga naar %(title)s") % {"title": self.title}
        return _("Ga naar %(title)s (%(publisher)s)") % {"title": self.title, "publisher": self.publisher}

    @property
    def has_easy_version(self) -> bool:
        """Whether it can be read in easy language too."""
        return bool(self.easy_body)


class Practice(models.Model):
    """What else was asked about a practice, in fixed questions; what nobody told yet is empty (KB3)."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="practice")
    with_whom = models.TextField(blank=True)
    residents = models.TextField(blank=True)  # how they took part
    cost = models.TextField(blank=True)
    result = models.TextField(blank=True)
    pitfalls = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"practice of {self.article_id}"


class Touch(models.Model):
    """That a text touches an article of the Convention."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="touches")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="library_touched_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=50),
                name="library_convention_has_fifty_articles",
                violation_error_message="Het VN-verdrag Handicap heeft artikel 1 tot en met 50.",
            ),
        ]
        indexes = [models.Index(fields=["number"], name="library_touch_number")]

    def __str__(self) -> str:
        return str(self.number)


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
