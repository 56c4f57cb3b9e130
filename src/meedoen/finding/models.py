"""What people looked for and did not find, and up to where searches that are followed were looked through."""

from django.db import models

from meedoen.activity.models import Subject

from . import rules


class Missed(models.Model):
    """A question that found nothing, in small letters."""

    text = models.CharField(max_length=rules.MAX_MISSED)
    month = models.DateField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "missed"
        constraints = [models.UniqueConstraint(name="finding_missed_once_a_month", fields=["month", "text"])]

    def __str__(self) -> str:
        return f"{self.text} ({self.count})"


class Followed(models.Model):
    """A search that somebody follows, and the last entry of the index that it was looked for in."""

    subject = models.OneToOneField(Subject, on_delete=models.CASCADE, related_name="+")
    last_entry = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.subject} up to {self.last_entry}"
