"""What people looked for and did not find: how often in a month, and nothing of who or when."""

from django.db import models

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
