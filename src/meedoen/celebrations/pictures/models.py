"""Pictures of a celebration."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.conversation.attachments.rules import KEEP_REMOVED
from meedoen.files.kept import KeptFile, fitting_description, known_type
from meedoen.people.models import Person


class PictureQuerySet(models.QuerySet["Picture"]):
    def present(self) -> Self:
        """What was not taken away, in the order in which it was added."""
        return self.filter(removed_at__isnull=True).order_by("pk")

    def shown(self) -> Self:
        """What stands on the page: there, and with word of what is on it."""
        return self.present().exclude(described="")

    def past_end(self, now: datetime) -> Self:
        """What has to be erased: of nothing any more, or taken away long ago."""
        return self.filter(Q(celebration__isnull=True) | Q(removed_at__lte=now - KEEP_REMOVED))


class Picture(KeptFile):
    """A picture of a celebration; its file outlives the celebration until the worker erased it."""

    celebration = models.ForeignKey(
        "celebrations.Celebration", null=True, blank=True, on_delete=models.SET_NULL, related_name="pictures"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="celebrations_picture_once", fields=["celebration", "digest"]),
            known_type("celebrations_picture_type_is_known"),
            fitting_description("celebrations_picture_description_fits"),
        ]
