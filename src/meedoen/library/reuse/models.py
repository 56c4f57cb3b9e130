"""That a municipality uses what another made."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meedoen.kernel.identifiers import unguessable
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

from .rules import MAX_CHANGED_LENGTH, State


class ReuseQuerySet(models.QuerySet["Reuse"]):
    def shown(self) -> Self:
        """What everybody may read."""
        return self.filter(state=State.SHOWN)

    def waiting(self) -> Self:
        """What the team has to look at, the oldest first."""
        return self.filter(state=State.WAITING).order_by("at", "pk")


class Reuse(models.Model):
    """A municipality uses a text of the library, as it is or changed; known from whom, it is a link in a chain."""

    article = models.ForeignKey("library.Article", on_delete=models.CASCADE, related_name="reuses")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="reuses")
    taken_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="passed_on")
    changed = models.CharField(max_length=MAX_CHANGED_LENGTH, blank=True)  # what it does another way
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="reuses")
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    was_state = models.CharField(max_length=10, blank=True)  # before it was withdrawn
    key = models.CharField(max_length=40, unique=True, default=unguessable)  # opens the page of who said it
    at = models.DateTimeField()

    objects = ReuseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="library_reuse_once", fields=["article", "municipality"]),
            models.CheckConstraint(
                name="library_reuse_state_is_known",
                condition=Q(state__in=[state.value for state in State]),
                violation_error_message="This state is not known.",
            ),
        ]
        indexes = [models.Index(name="library_reuse_waiting", fields=["at"], condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"reuse {self.pk} ({self.state})"

    def get_absolute_url(self) -> str:
        """The page of who said it."""
        return reverse("library:own_reuse", args=[self.key])
