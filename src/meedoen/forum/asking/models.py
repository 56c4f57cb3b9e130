"""Who said that they know about a theme, and what they were asked."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from meedoen.kernel.identifiers import unguessable
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact, Mandate, Workplace

from . import rules
from .rules import Answer


class KnowledgeQuerySet(models.QuerySet["Knowledge"]):
    def may_be_asked(self, *, now: datetime) -> Self:
        """Those who may be asked now, with how often each was of late; they still stand for their municipality."""
        mandates = Mandate.objects.shown().filter(person=OuterRef("person"), municipality=OuterRef("municipality"))
        works = Workplace.objects.shown().filter(
            person=OuterRef("person"), domain__municipality=OuterRef("municipality")
        )
        contacts = Contact.objects.now().filter(person=OuterRef("person"), municipality=OuterRef("municipality"))
        lately = Asked.objects.filter(knowledge__person=OuterRef("person"), at__gt=now - rules.NOT_SOONER_THAN)
        return (
            self.filter(
                Q(rests_until__isnull=True) | Q(rests_until__lte=now),
                Exists(mandates) | Exists(works) | Exists(contacts),
                ~Exists(lately),
                stopped_at__isnull=True,
                person__address__isnull=False,
                person__erased_at__isnull=True,
                person__banned_at__isnull=True,
                municipality__is_current=True,
            )
            .annotate(asked_count=Count("asked", filter=Q(asked__at__gt=now - rules.LOAD_LOOKED_AT)))
            .select_related("person__address", "municipality")
            .order_by("said_at", "pk")
        )

    def alive(self) -> Self:
        """What somebody said and did not take back."""
        return self.filter(stopped_at__isnull=True)


class Knowledge(models.Model):
    """That somebody said that their municipality knows about a theme, and may be asked."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="knowledge")
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="knowledge")
    category = models.CharField(max_length=40)
    said_at = models.DateTimeField()
    rests_until = models.DateTimeField(null=True, blank=True)  # they said "not now"
    stopped_at = models.DateTimeField(null=True, blank=True)
    asked_count: int  # told by ``may_be_asked`` alone

    objects = KnowledgeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="forum_knows_once", fields=["person", "category"])]

    def __str__(self) -> str:
        return f"{self.category} at {self.municipality_id}"

    def resting(self, now: datetime) -> datetime | None:
        """Until when nobody asks them anything; none when they may be asked."""
        return self.rests_until if self.rests_until and self.rests_until > now else None


class Asked(models.Model):
    """That somebody was mailed a question, and what they said to that; its key stands in the mail."""

    topic = models.ForeignKey("forum.Topic", on_delete=models.CASCADE, related_name="asked")
    knowledge = models.ForeignKey(Knowledge, on_delete=models.CASCADE, related_name="asked")
    key = models.CharField(max_length=40, unique=True, default=unguessable)
    answer = models.CharField(
        max_length=8, choices=[(answer.value, answer.value) for answer in Answer], blank=True, default=""
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="forum_asked_once", fields=["topic", "knowledge"])]

    def __str__(self) -> str:
        return f"asked {self.pk}"
