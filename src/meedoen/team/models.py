"""Which of the team is mailed when something waits, and until when each was told; which meeting celebrates what, what a coupling left."""

from django.db import models

from meedoen.celebrations.models import Celebration
from meedoen.coupling.models import Coupling
from meedoen.library.models import Work
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


class CouplingPractice(models.Model):
    """The draft of a practice example that was made of what came of a coupling; neither knows of the other."""

    coupling = models.OneToOneField(Coupling, on_delete=models.CASCADE, related_name="practice")
    work = models.OneToOneField(Work, on_delete=models.CASCADE, related_name="of_coupling")

    def __str__(self) -> str:
        return f"work {self.work_id} of coupling {self.coupling_id}"
