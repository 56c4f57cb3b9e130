"""The agendas of municipalities with their sources, the articles they touch, and each change made on the site."""

import datetime
from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import ListPage, list_page
from meedoen.people.models import Person
from meedoen.themes.models import Theme

from . import rules
from .rules import Stage

AREA = "agendas"  # the pages that show an agenda
THREAD = "agenda"  # the kind of the threads below agendas


class InclusionAgendaQuerySet(models.QuerySet["InclusionAgenda"]):
    def published(self, now: datetime.datetime) -> Self:
        """The agendas that everybody may read at ``now``."""
        return self.filter(published_at__lte=now)

    def at(self, municipalities: Collection[int]) -> Self:
        """The agendas made by any of these municipalities."""
        return self.filter(municipality__in=municipalities)

    def in_province(self, slug: str, former: Collection[int]) -> Self:
        """Those of the municipalities of a province; ``former`` are those that went on in one of them."""
        return self.filter(
            Q(municipality__is_current=True, municipality__province__slug=slug) | Q(municipality__in=former)
        )

    def in_stage(self, stage: str) -> Self:
        """Those that are so far."""
        return self.filter(stage=stage)

    def about(self, theme_id: str) -> Self:
        """Those on a theme."""
        return self.filter(themes=theme_id)

    def in_year(self, year: int) -> Self:
        """Those that are for a year or were adopted in it; the SQL twin of ``rules.years_of``."""
        runs = Q(year_from__lte=year) & (Q(year_to__gte=year) | Q(year_to__isnull=True, year_from=year))
        return self.filter(runs | Q(adopted_on__startswith=str(year)))

    def newest_first(self) -> Self:
        """In the order of the list, which is that of the alphabet."""
        return self.order_by("municipality__sort_name", "id")

    def oldest_first(self) -> Self:
        """In the opposite order."""
        return self.order_by("-municipality__sort_name", "-id")

    def older_than(self, key: rules.AgendaKey) -> Self:
        """What stands below ``key`` in the list."""
        return self.filter(Q(municipality__sort_name__gt=key.name) | Q(municipality__sort_name=key.name, id__gt=key.id))

    def newer_than(self, key: rules.AgendaKey) -> Self:
        """What stands above ``key`` in the list."""
        return self.filter(Q(municipality__sort_name__lt=key.name) | Q(municipality__sort_name=key.name, id__lt=key.id))

    def last_changed_first(self) -> Self:
        """In the order of the feed."""
        return self.order_by("-updated_at", "-id")

    def page(
        self, *, before: rules.AgendaKey | None = None, after: rules.AgendaKey | None = None
    ) -> "ListPage[InclusionAgenda]":
        """One page of these agendas."""
        return list_page(self, size=rules.PAGE_SIZE, before=before, after=after)

    def count_by_stage(self) -> dict[str, int]:
        """How many there are in each stage that has any."""
        return dict(self.order_by().values_list("stage").annotate(Count("id")))

    def count_by_theme(self) -> list[tuple[str, int]]:
        """(theme id, how many), in the order of the themes; only themes that have any."""
        rows = self.order_by().values_list("themes").annotate(Count("id")).order_by("themes__position")
        return [(theme, count) for theme, count in rows if theme is not None]

    def count_by_municipality(self) -> dict[int, int]:
        """How many there are of each municipality that has any."""
        return dict(self.order_by().values_list("municipality").annotate(Count("id")))

    def count_by_year(self) -> list[tuple[int, int]]:
        """(year, how many), the newest year first."""
        counted: dict[int, int] = {}
        rows = self.order_by().values_list("year_from", "year_to", "adopted_on").annotate(Count("id"))
        for year_from, year_to, adopted_on, count in rows:
            for year in rules.years_of(year_from, year_to, adopted_on):
                counted[year] = counted.get(year, 0) + count
        return sorted(counted.items(), reverse=True)

    def with_summary(self) -> Self:
        """The agendas with what a list shows of them."""
        return self.select_related("municipality__province").prefetch_related("themes")


class InclusionAgenda(models.Model):
    """A Local Inclusion Agenda, under whatever name: of which municipality, how far it is, what it is about.

    ``municipality`` is the one that made it, which may have gone on in another since: ``reading.present`` tells
    where it stands now. What nobody told is empty, and said so to readers.
    """

    slug = models.SlugField(max_length=rules.MAX_SLUG_LENGTH, unique=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="inclusion_agendas")
    name = models.CharField(max_length=rules.MAX_NAME_LENGTH, help_text="what the municipality calls it, no years")
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    stage = models.CharField(
        max_length=12, choices=[(stage.value, stage.value) for stage in Stage], default=Stage.UNKNOWN.value
    )
    stage_from = models.CharField(max_length=200, blank=True, help_text="how we know the stage, in words")
    stage_on = models.CharField(max_length=10, blank=True, help_text="when it stood so: 2022-04-07, 2022-04 or 2022")
    adopted_on = models.CharField(max_length=10, blank=True, help_text="2022-12-20, 2022-12 or 2022")
    adopted_by = models.CharField(max_length=100, blank=True)
    made_with = models.CharField(max_length=rules.MAX_WORDS_LENGTH, blank=True)
    summary = models.CharField(max_length=rules.MAX_WORDS_LENGTH, blank=True, help_text="what else is known of it")
    document_url = models.URLField(max_length=500, blank=True)
    page_url = models.URLField(max_length=500, blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="when somebody last saw that it is right")
    owner = models.CharField(max_length=100, blank=True, help_text="who keeps it right")
    is_example = models.BooleanField(default=False, help_text="invented, and marked so on the page")
    published_at = models.DateTimeField(null=True, blank=True, help_text="from when everybody may read it")
    updated_at = models.DateTimeField(help_text="when what readers see of it last changed")
    file_mark = models.CharField(
        max_length=16, blank=True, help_text="of its entry in the starting content; empty once changed on the site"
    )
    themes = models.ManyToManyField(Theme, related_name="inclusion_agendas", blank=True)

    objects = InclusionAgendaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name=""),
                name="library_agenda_has_a_name",
                violation_error_message="Een agenda heeft een adres en een naam.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]),
                name="library_agenda_stage_is_one_of_ours",
                violation_error_message="This stage is not known.",
            ),
            models.CheckConstraint(
                condition=Q(stage="niet-bekend") | ~Q(stage_from=""),
                name="library_agenda_stage_is_known_from_somewhere",
                violation_error_message="Zeg hoe we weten hoe ver de gemeente is.",
            ),
            models.CheckConstraint(
                condition=Q(year_to__isnull=True) | Q(year_from__isnull=False, year_to__gte=F("year_from")),
                name="library_agenda_ends_after_it_begins",
                violation_error_message="Het laatste jaar komt niet voor het eerste.",
            ),
        ]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="library_agenda_feed")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("library:agenda", args=[self.slug])

    @property
    def key(self) -> rules.AgendaKey:
        """Its place in the list."""
        return rules.AgendaKey(self.municipality.sort_name, self.id)

    @property
    def years(self) -> str:
        """``2023 tot en met 2026``, ``2020``, or empty where the years are not known."""
        if self.year_from and self.year_to and self.year_to != self.year_from:
            return _("%(first)s tot en met %(last)s") % {"first": self.year_from, "last": self.year_to}
        return str(self.year_from or "")

    @property
    def title(self) -> str:
        """``Noordenveld: Lokale Inclusie Agenda, 2023 tot en met 2026``."""
        said = f"{self.municipality.name}: {self.name}"
        return f"{said}, {self.years}" if self.years else said


class AgendaSource(models.Model):
    """Where what we know of an agenda was read."""

    agenda = models.ForeignKey(InclusionAgenda, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "position"], name="library_agenda_source_has_its_place"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(url=""), name="library_agenda_source_can_be_followed"),
        ]

    def __str__(self) -> str:
        return self.text


class AgendaTouch(models.Model):
    """That an agenda touches an article of the Convention."""

    agenda = models.ForeignKey(InclusionAgenda, on_delete=models.CASCADE, related_name="touches")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "number"], name="library_agenda_touches_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=rules.ARTICLES),
                name="library_agenda_article_is_one_of_fifty",
                violation_error_message="Het VN-verdrag Handicap heeft artikel 1 tot en met 50.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class AgendaChange(models.Model):
    """What somebody changed on the site, and for whom they did; ``fields`` has each value of before and after."""

    class By(models.TextChoices):
        TEAM = "team"
        CONTACT = "contact"

    agenda = models.ForeignKey(InclusionAgenda, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by: Any = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_whom = models.CharField(max_length=7, choices=By.choices)
    fields: Any = models.JSONField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_whom__in=["team", "contact"]),
                name="library_agenda_is_changed_by_team_or_contact",
                violation_error_message="An agenda is changed by the team or a contact.",
            )
        ]

    def __str__(self) -> str:
        return f"change {self.pk} of agenda {self.agenda_id}"
