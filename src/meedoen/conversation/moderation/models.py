"""The log: reports, what was decided on them or without them, and objections."""

from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import Person

from . import rules
from .rules import Concern, Deed, Found, Ground


class Decision(models.Model):
    """What was decided, about which words or which person, why and on what ground; never changed afterwards."""

    key = models.CharField(max_length=40, unique=True, default=unguessable)  # opens the page of whom it is about
    contribution = models.ForeignKey(
        "conversation.Contribution", null=True, blank=True, on_delete=models.CASCADE, related_name="decisions"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions_about"
    )  # whom it is about; nobody where it answers a report on a page of ours
    deed = models.CharField(max_length=10, choices=[(deed.value, deed.value) for deed in Deed])
    ground = models.CharField(max_length=20, choices=[(ground.value, ground.value) for ground in Ground], blank=True)
    reason = models.TextField(blank=True)
    found = models.CharField(
        max_length=10, choices=[(found.value, found.value) for found in Found], default=Found.TEAM.value
    )
    until = models.DateTimeField(null=True, blank=True)  # when a pause ends
    mark = models.CharField(max_length=16, blank=True)  # of the words that may stand, as they were
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )  # nobody: a count of reports did
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="conversation_restricting_has_reason",
                condition=~Q(deed__in=sorted(deed.value for deed in rules.RESTRICTING))
                | (~Q(reason="") & ~Q(ground="")),
                violation_error_message="What takes something from somebody rests on a rule and has a reason.",
            ),
            models.CheckConstraint(
                name="conversation_human_or_counted",
                condition=Q(decided_by__isnull=False) | Q(found=Found.COUNTED.value),
                violation_error_message="A decision is somebody's, or says that it was counted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed} on {self.decided_at:%Y-%m-%d}"

    @property
    def is_automatic(self) -> bool:
        """Whether no human took it."""
        return self.decided_by_id is None


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> Self:
        """What nobody decided yet, the oldest first."""
        return self.filter(decision=None).order_by("created_at", "pk")

    def confirmed(self) -> Self:
        """Of somebody whose address is proven."""
        return self.filter(confirmed_at__isnull=False)


class Report(models.Model):
    """What somebody says is wrong with a contribution or a page; stored at once, without knowing who they are."""

    key = models.CharField(max_length=40, unique=True, default=unguessable)  # opens the reporter's page of it
    fingerprint = models.CharField(max_length=64, unique=True)  # a keyed hash: the same words are kept once
    contribution = models.ForeignKey(
        "conversation.Contribution", null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300, blank=True)  # of a page of ours
    concern = models.CharField(max_length=20, choices=[(concern.value, concern.value) for concern in Concern])
    text = models.TextField(blank=True)
    network = models.CharField(max_length=64, blank=True)  # a keyed hash, to tell one sender from many
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.CASCADE, related_name="reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conversation_confirmed_by_somebody",
                condition=Q(confirmed_at__isnull=True) | Q(person__isnull=False),
                violation_error_message="Somebody confirmed it.",
            ),
        ]
        indexes = [
            models.Index(name="conversation_open_reports", fields=["created_at"], condition=Q(decision__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def is_urgent(self) -> bool:
        """Whether it speaks of danger or of the law."""
        return self.concern in rules.URGENT


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def made(self, decision: Decision, report: Report | None) -> Self:
        """The one of who reported, whatever was decided since; else the one of whom the decision is about."""
        return self.filter(report=report) if report else self.filter(decision=decision, report=None)

    def open(self) -> Self:
        """What nobody looked at again yet, the oldest first."""
        return self.filter(settled_at=None).order_by("created_at", "pk")


class Objection(models.Model):
    """That somebody does not agree with a decision: the person it is about, or who reported."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="objections")
    report = models.OneToOneField(
        Report, null=True, blank=True, on_delete=models.CASCADE, related_name="objection"
    )  # whose reporter objects; none: the person it is about does
    text = models.TextField()
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="objections_settled"
    )
    is_upheld = models.BooleanField(null=True, blank=True)  # whether the decision was turned round
    was_turned = models.BooleanField(default=False)  # what was decided still stood, and was undone
    reason = models.TextField(blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="conversation_one_objection_of_whom_it_is_about",
                fields=["decision"],
                condition=Q(report__isnull=True),
            ),
            models.CheckConstraint(
                name="conversation_settled_whole",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, is_upheld__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False, is_upheld__isnull=False),
                violation_error_message="An objection is open, or somebody settled it one way or the other.",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"

    @property
    def objector_id(self) -> int | None:
        """Who objects, as far as they are known."""
        return self.report.person_id if self.report else self.decision.person_id
