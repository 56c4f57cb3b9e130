"""What contacts said to proposals, and how it stands with the mail about them."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from meedoen.kernel.identifiers import unguessable
from meedoen.municipalities.facts.rules import Kind
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

from . import rules
from .rules import Said


class GrowthQuerySet(models.QuerySet["Growth"]):
    def old(self, now: datetime.datetime) -> Self:
        """Those said long ago."""
        return self.filter(at__lte=now - rules.KEEP_ANSWER)


class Growth(models.Model):
    """What was said, for a municipality, to the proposal to tell others about what one source tells of it.

    ``municipality`` is the one of which the source tells, which may have gone on in another since.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    source = models.CharField(max_length=40)
    said = models.CharField(max_length=3, choices=[(said.value, said.value) for said in Said])
    by: Any = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects = GrowthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="coupling_growth_once", fields=["source", "municipality", "kind"]),
            models.CheckConstraint(
                name="coupling_growth_is_known",
                condition=Q(said__in=[said.value for said in Said], kind__in=[kind.value for kind in Kind]),
                violation_error_message="This answer or kind is not known.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.said} to {self.source}"


class GrowingMail(models.Model):
    """How it stands with the mail to a municipality; ``key`` stands in the address where it is stopped."""

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, unique=True, default=unguessable)
    mailed_at = models.DateTimeField(null=True, blank=True)
    is_off = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"growing mail of {self.municipality_id}"
