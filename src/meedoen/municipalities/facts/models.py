"""Facts as rows: what is said of a municipality, where that stands, and whether it contests it."""

import datetime
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.themes.models import Theme

from . import rules
from .rules import For, Kind

AREA = "facts"


class FactQuerySet(models.QuerySet["Fact"]):
    def told(self, now: datetime.datetime) -> Self:
        """What a source that everybody may read tells now, contested or not."""
        return self.filter(gone_at__isnull=True, holds_from__lte=now)

    def used(self, now: datetime.datetime) -> Self:
        """What may be used: told, and not withdrawn by its municipality."""
        return self.told(now).filter(withdrawn_at__isnull=True)

    def of(self, municipalities: Collection[int]) -> Self:
        """Those of these municipalities themselves; ``reading`` adds what came with those that went on in them."""
        return self.filter(municipality__in=municipalities)

    def in_order(self) -> Self:
        """By kind and source, what a source says in the order of the themes."""
        return self.order_by("kind", "title", "source", F_THEME, "pk")


F_THEME = models.F("theme__position").asc(nulls_first=True)


class Fact(models.Model):
    """That a municipality did something, in one sentence, as a source on this site tells it.

    ``source`` says which row of which feature tells it. A fact of which the source fell silent is gone at once. Where the
    municipality had withdrawn it a row without any words stays (``gone_at``): that still holds when the source comes back.
    """

    municipality = models.ForeignKey("municipalities.Municipality", on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    statement = models.CharField(max_length=rules.MAX_STATEMENT)
    since = models.CharField(max_length=10, blank=True, help_text="2021-05-04, 2021-05 or 2021")
    source = models.CharField(max_length=40, db_index=True)
    url = models.CharField(max_length=500, help_text="where it stands on this site")
    title = models.CharField(max_length=300, help_text="of what stands there")
    holds_from = models.DateTimeField(help_text="from when everybody may read its source")
    written_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_for = models.CharField(max_length=7, blank=True, choices=[(each.value, each.value) for each in For])
    why = models.CharField(max_length=rules.MAX_WHY, blank=True)
    corrected = models.CharField(max_length=rules.MAX_STATEMENT, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="fact_once_of_theme", fields=["source", "municipality", "kind", "theme"]),
            models.UniqueConstraint(
                name="fact_once", fields=["source", "municipality", "kind"], condition=Q(theme__isnull=True)
            ),
            models.CheckConstraint(
                name="fact_says_something",
                condition=Q(gone_at__isnull=True, kind__in=[kind.value for kind in Kind])
                & ~Q(statement="")
                & ~Q(url="")
                & ~Q(title="")
                | Q(gone_at__isnull=False, statement="", url="", title="", corrected="", why=""),
                violation_error_message="A fact says something, and where that stands; one that is gone says nothing.",
            ),
            models.CheckConstraint(
                name="fact_withdrawn_for_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_for="", why="")
                | Q(withdrawn_at__isnull=False, withdrawn_for__in=[each.value for each in For]),
                violation_error_message="What is withdrawn, is withdrawn for somebody.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.municipality_id} by {self.source}"

    @property
    def key(self) -> tuple[int, str, str]:
        """As that of ``rules.Told``."""
        return self.municipality_id, self.kind, self.theme_id or ""

    @property
    def words(self) -> str:
        """The sentence that is used: as the municipality corrected it, else as the source tells it."""
        return self.corrected or self.statement
