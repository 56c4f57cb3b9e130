"""Those who made a celebration: asked by mail, shown after their own yes, gone when they say so."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meedoen.celebrations import rules
from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import Person
from meedoen.people.rules import MAX_EMAIL_LENGTH, MAX_NAME_LENGTH


class MakerQuerySet(models.QuerySet["Maker"]):
    def shown(self) -> Self:
        """Those whose name everybody may read, where the celebration can be read."""
        return self.filter(consented_at__isnull=False, withdrawn_at__isnull=True).order_by("consented_at", "pk")

    def past_end(self, now: datetime) -> Self:
        """Those to forget: who withdrew a while ago, and who never said yes."""
        return self.filter(
            Q(withdrawn_at__lte=now - rules.KEEP_NAME)
            | Q(consented_at__isnull=True, asked_at__lte=now - rules.KEEP_ASKED)
        )


class Maker(models.Model):
    """Somebody who made it. ``key`` stands in the mails to them; ``email`` is there until they said yes or no."""

    key = models.CharField(max_length=40, unique=True, default=unguessable)
    celebration = models.ForeignKey("celebrations.Celebration", on_delete=models.CASCADE, related_name="makers")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=MAX_NAME_LENGTH)
    role = models.CharField(max_length=rules.MAX_ROLE_LENGTH, blank=True)  # in their own words
    email = models.EmailField(max_length=MAX_EMAIL_LENGTH, blank=True)
    asked_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = MakerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="celebrations_maker_said_yes",
                condition=Q(consented_at__isnull=True) | Q(person__isnull=False, email=""),
                violation_error_message="Who said yes is a person, and their address stands with them alone.",
            ),
            models.UniqueConstraint(
                name="celebrations_maker_asked_once", fields=["celebration", "email"], condition=~Q(email="")
            ),
        ]

    def __str__(self) -> str:
        return f"maker {self.pk}"

    @property
    def is_shown(self) -> bool:
        """Whether they said yes, and did not take it back."""
        return self.consented_at is not None and self.withdrawn_at is None

    @property
    def url(self) -> str:
        """Their own page: what it is about, and the press that takes their name away."""
        return reverse("celebrations:named", args=[self.key])
