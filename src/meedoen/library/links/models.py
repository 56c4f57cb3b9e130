"""The links to pages of others that stand in our texts, and how each was found."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from . import rules
from .rules import Problem


class OutsideLinkQuerySet(models.QuerySet["OutsideLink"]):
    def to_ask(self, now: datetime.datetime) -> Self:
        """Those whose turn it is, who was never asked first."""
        dead = Q(failed_since__isnull=False, checked_at__lte=now - rules.ASK_DEAD_AGAIN)
        due = Q(checked_at=None) | Q(checked_at__lte=now - rules.ASK_AGAIN) | dead
        return self.filter(due, article__published_at__lte=now).order_by(
            models.F("checked_at").asc(nulls_first=True), "pk"
        )

    def dead(self) -> Self:
        """Those that failed each time, over longer than a weekend."""
        return self.filter(failed_since__isnull=False, checked_at__gte=models.F("failed_since") + rules.SURE)


class OutsideLink(models.Model):
    """An address of others in one text."""

    article = models.ForeignKey("library.Article", on_delete=models.CASCADE, related_name="outside_links")
    url = models.CharField(max_length=500)
    checked_at = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)
    failed_since = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Problem])

    objects = OutsideLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "url"], name="library_link_once_in_a_text"),
            models.CheckConstraint(
                condition=Q(problem="", failed_since__isnull=True) | (~Q(problem="") & Q(failed_since__isnull=False)),
                name="library_link_fails_with_a_reason",
                violation_error_message="A link that fails has a reason, and a moment since when.",
            ),
        ]
        indexes = [
            models.Index(fields=["checked_at"], name="library_link_checked"),
            models.Index(fields=["failed_since"], name="library_link_failed"),
            models.Index(fields=["worked_at"], name="library_link_worked"),
        ]

    def __str__(self) -> str:
        return self.url


class LinksRead(models.Model):
    """When the links of a text were last read."""

    article = models.OneToOneField(
        "library.Article", primary_key=True, on_delete=models.CASCADE, related_name="links_read"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="library_links_read")]

    def __str__(self) -> str:
        return f"links of {self.article_id}"
