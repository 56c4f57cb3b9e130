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


class Step(models.Model):
    """What a host did with the sign-up of who called."""

    attendee = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="steps")
    did = models.CharField(max_length=9, choices=[(each.value, each.value) for each in rules.Did])
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_step_is_known",
                condition=Q(did__in=[each.value for each in rules.Did]),
                violation_error_message="This step is not known.",
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"


class Circular(models.Model):
    """A letter of a host to those who come: first a draft, then the record of what was sent, when, and to how many.

    ``told_to`` is the last of those who have it, in the order of their numbers; ``done_at`` when all have it.
    """

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="circulars")
    once = models.CharField(max_length=rules.MAX_ONCE_LENGTH, unique=True)
    to = models.CharField(max_length=10, choices=[(each.value, each.value) for each in rules.To])
    subject = models.CharField(max_length=rules.MAX_SUBJECT_LENGTH)
    text = models.TextField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField(null=True, blank=True)
    receiver_count = models.PositiveIntegerField(default=0)
    told_to = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_circular_to_is_known",
                condition=Q(to__in=[each.value for each in rules.To]),
                violation_error_message="These are not known.",
            ),
            models.CheckConstraint(
                name="meetings_circular_done_after_sending",
                condition=Q(done_at__isnull=True) | Q(sent_at__isnull=False),
                violation_error_message="What is done was sent.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                name="meetings_circular_to_send",
                condition=Q(sent_at__isnull=False, done_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"circular {self.pk}"


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
