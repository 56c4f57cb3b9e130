"""The times in which only the team writes; they stay, as the trace of who chose that and when."""

from datetime import date, datetime
from typing import Self

from django.db import models

from meedoen.kernel.clock import local_date
from meedoen.people.models import Person

MAX_NOTICE_LENGTH = 300  # characters: two or three sentences on top of a box to write in


class QuietQuerySet(models.QuerySet["Quiet"]):
    def begun(self) -> Self:
        """What nobody ended yet; it may be past its last day."""
        return self.filter(ended_at__isnull=True)

    def on(self, day: date) -> Self:
        """What holds on that day, as long as nobody ends it."""
        return self.begun().filter(last_day__gte=day).order_by("-pk")

    def past(self, moment: datetime) -> Self:
        """What its date ended."""
        return self.begun().filter(last_day__lt=local_date(moment))


class Quiet(models.Model):
    """Some days on which only the team writes."""

    notice = models.CharField(max_length=MAX_NOTICE_LENGTH)  # why, for everybody to read
    last_day = models.DateField()  # in the Netherlands; from the next day on everybody writes again
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = QuietQuerySet.as_manager()

    def __str__(self) -> str:
        return f"quiet until {self.last_day}"
