"""The trace: each thing that the team did with a topic, and why."""

from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.people.models import Person

from . import rules
from .rules import Deed


class StepQuerySet(models.QuerySet["Step"]):
    def newest_first(self) -> Self:
        """In the order of the page."""
        return self.order_by("-at", "-pk")


class Step(models.Model):
    """One thing that was done with a topic. It stays; a step back is another one that names it."""

    topic = models.ForeignKey("forum.Topic", on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=12, choices=[(deed.value, deed.value) for deed in Deed])
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="steps")
    reason = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)
    before = models.JSONField(default=dict)  # of what it changed
    after = models.JSONField(default=dict)
    at = models.DateTimeField()
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="forum_step_has_reason",
                condition=~Q(reason="") | Q(undoes__isnull=False),
                violation_error_message="What is done with a topic has a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed} on {self.at:%Y-%m-%d}"

    @property
    def is_undone(self) -> bool:
        """Whether a later step took it back."""
        return hasattr(self, "undone_by")

    @property
    def is_undoing(self) -> bool:
        """Whether it takes back another."""
        return self.undoes_id is not None
