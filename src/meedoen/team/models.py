"""Which of the team is mailed when something waits, and until when each was told; which meeting celebrates what."""

from django.db import models

from meedoen.celebrations.models import Celebration
from meedoen.meetings.models import Meeting
from meedoen.people.models import Person


class Briefing(models.Model):
    """That somebody of the team hears what waits for a decision; danger they always hear."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="briefing")
    is_wanted = models.BooleanField(default=True)
    told_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"briefing of {self.person_id}"


class CelebrationMeeting(models.Model):
    """The meeting at which a celebration is held; neither knows of the other."""

    celebration = models.OneToOneField(Celebration, on_delete=models.CASCADE, related_name="celebrated_at")
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="celebrated")

    def __str__(self) -> str:
        return f"celebration {self.celebration_id} at meeting {self.meeting_id}"
