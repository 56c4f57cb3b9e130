"""Which of the team is mailed when something waits, and until when each was told."""

from django.db import models

from meedoen.people.models import Person


class Briefing(models.Model):
    """That somebody of the team hears what waits for a decision; danger they always hear."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="briefing")
    is_wanted = models.BooleanField(default=True)
    told_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"briefing of {self.person_id}"
