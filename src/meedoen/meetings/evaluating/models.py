"""Who was asked how a meeting was, tickets to answer with, answers that nobody can be told from, and figures that stay.

An answer is linked to no ticket and no person, and holds no moment, as with a ballot. What the database itself knows, in
which order rows came and in which transaction, is mixed up by the worker within a minute (ADR 43).
"""

import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.meetings.attending.models import Attendee

from . import rules
from .rules import TookPart, Use


class Asked(models.Model):
    """That somebody was asked; not whether they answered."""

    attendee = models.OneToOneField(Attendee, on_delete=models.CASCADE, related_name="asked_how_it_was")

    def __str__(self) -> str:
        return f"asked {self.attendee_id}"


class Ticket(models.Model):
    """The right to answer once; only who has the mail knows the key of which this is the digest."""

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the key, in hexadecimal")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="tickets")
    is_spent = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"ticket of meeting {self.meeting_id}"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def with_old_words(self, now: datetime.datetime) -> Self:
        """Those whose words nobody needs any more."""
        old = self.filter(meeting__ends_at__lte=now - rules.KEEP_WORDS)
        return old.exclude(in_the_way="", words="")


class Evaluation(models.Model):
    """What somebody says of a meeting. In the order of their keys, which is no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="evaluations")
    took_part = models.CharField(max_length=5, choices=[(each.value, each.value) for each in TookPart])
    in_the_way = models.CharField(
        max_length=rules.MAX_WORDS, blank=True, help_text="what kept somebody from taking part"
    )
    use = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Use])
    words = models.CharField(max_length=rules.MAX_WORDS, blank=True)
    is_mixed = models.BooleanField(default=False, help_text="whether nothing tells any more when it came")

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="meetings_evaluation_is_known",
                condition=Q(took_part__in=list(TookPart), use__in=["", *Use]),
                violation_error_message="This answer is not known.",
            ),
        ]

    def __str__(self) -> str:
        return f"evaluation of meeting {self.meeting_id}"


class Figures(models.Model):
    """How many came to a meeting, kept when who came is forgotten."""

    meeting = models.OneToOneField("meetings.Meeting", on_delete=models.CASCADE, related_name="figures")
    room = models.PositiveIntegerField()
    online = models.PositiveIntegerField()
    helpers = models.PositiveIntegerField()
    in_duos = models.PositiveIntegerField(help_text="people who came with another as equals")
    municipalities = models.PositiveIntegerField(help_text="different ones of which somebody came")

    def __str__(self) -> str:
        return f"figures of meeting {self.meeting_id}"
