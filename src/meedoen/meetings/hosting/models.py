"""The data: who was there, and who came on the list through a host."""

from django.db import models
from django.db.models import Q

from meedoen.meetings.attending.models import Attendee
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

from . import rules


class Presence(models.Model):
    """What a host noted of one who comes. Without a row nobody noted anything."""

    attendee = models.OneToOneField(Attendee, primary_key=True, on_delete=models.CASCADE, related_name="presence")
    seen = models.CharField(max_length=4, choices=[(each.value, each.value) for each in rules.Seen], blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_presence_is_known",
                condition=Q(seen__in=[each.value for each in rules.Seen]),
                violation_error_message="Somebody is there, is not, or nobody knows.",
            ),
        ]

    def __str__(self) -> str:
        return f"presence of attendee {self.attendee_id}"


class Hosted(models.Model):
    """By whom somebody came on the list who did not sign up here: at the door, or by telephone.

    ``once`` is a mark of the form that was sent: sent again, it is found. ``municipality`` is what was told then; the
    person's own page says nothing of it.
    """

    attendee = models.OneToOneField(Attendee, primary_key=True, on_delete=models.CASCADE, related_name="hosted")
    made = models.CharField(max_length=8, choices=[(each.value, each.value) for each in rules.Made])
    once = models.CharField(max_length=rules.MAX_ONCE_LENGTH, unique=True)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_hosted_is_known",
                condition=Q(made__in=[each.value for each in rules.Made]),
                violation_error_message="This way onto the list is not known.",
            ),
        ]

    def __str__(self) -> str:
        return f"attendee {self.attendee_id}, by a host"
