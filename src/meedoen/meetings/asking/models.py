"""A question that somebody asks before a meeting."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import Person

from . import rules
from .rules import State


class QuestionQuerySet(models.QuerySet["Question"]):
    def standing(self) -> Self:
        """Those that were not taken back, in the order in which they were asked."""
        return self.exclude(state=State.WITHDRAWN).order_by("asked_at", "pk")

    def past_end(self, now: datetime.datetime) -> Self:
        """Those whose meeting is long over."""
        return self.filter(meeting__ends_at__lte=now - rules.KEEP)


class Question(models.Model):
    """Words for who leads a meeting. ``is_anonymous``: nobody at the meeting hears or reads who asked it.

    ``key`` opens the page of who asked it.
    """

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="questions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=rules.MAX_LENGTH)
    is_anonymous = models.BooleanField(default=False)
    state = models.CharField(
        max_length=9, choices=[(state.value, state.value) for state in State], default=State.OPEN.value
    )
    key = models.CharField(max_length=40, unique=True, default=unguessable)
    asked_at = models.DateTimeField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_question_state_is_known",
                condition=Q(state__in=[state.value for state in State]),
                violation_error_message="This state of a question is not known.",
            ),
            models.CheckConstraint(
                name="meetings_question_asks_something",
                condition=~Q(text=""),
                violation_error_message="A question has words.",
            ),
        ]
        indexes = [models.Index(name="meetings_question_in_order", fields=["meeting", "asked_at"])]

    def __str__(self) -> str:
        return f"question {self.pk} ({self.state})"

    def get_absolute_url(self) -> str:
        """The page of who asked it."""
        return reverse("meetings:own_question", args=[self.key])
