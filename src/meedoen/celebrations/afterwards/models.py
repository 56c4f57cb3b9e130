"""The question what became of a celebration, and the answers."""

from datetime import datetime
from typing import Self

from django.db import models
from django.urls import reverse

from meedoen.celebrations import rules
from meedoen.kernel.identifiers import unguessable
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person


class QuestionQuerySet(models.QuerySet["Question"]):
    def to_remind(self, now: datetime) -> Self:
        """Those that are asked once more: silent, and not stopped."""
        return self.filter(
            asked_at__lte=now - rules.REMIND_AFTER,
            reminded_at__isnull=True,
            stopped_at__isnull=True,
            answered_at__isnull=True,
        )

    def past_end(self, now: datetime) -> Self:
        """Those whose link works no more."""
        return self.filter(asked_at__lte=now - rules.QUESTION_LIFE)


class Question(models.Model):
    """That somebody was asked what became of it; ``key`` stands in the mail. ``municipality``: asked as its contact."""

    key = models.CharField(max_length=40, unique=True, default=unguessable)
    celebration = models.ForeignKey("celebrations.Celebration", on_delete=models.CASCADE, related_name="questions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="celebrations_asked_once", fields=["celebration", "person"])]

    def __str__(self) -> str:
        return f"question {self.pk}"

    @property
    def url(self) -> str:
        """Where it is answered."""
        return reverse("celebrations:became", args=[self.key])


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def shown(self) -> Self:
        """Those that everybody may read, the oldest first."""
        return self.filter(removed_at__isnull=True).select_related("municipality").order_by("told_at", "pk")


class Outcome(models.Model):
    """What somebody told of what became of it. No name stands beside it; as whose contact they told it does."""

    celebration = models.ForeignKey("celebrations.Celebration", on_delete=models.CASCADE, related_name="outcomes")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    told_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)  # by who told it, who can put it back

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="celebrations_told_once", fields=["celebration", "person"])]

    def __str__(self) -> str:
        return f"outcome {self.pk}"
