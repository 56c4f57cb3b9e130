"""What can be followed, what happened to it, and who follows."""

from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from meedoen.kernel import prepared
from meedoen.kernel.clock import local_date
from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.keys import MomentKey
from meedoen.pages.listed import ListPage, above, below, list_page
from meedoen.people.models import Person

from . import rules
from .rules import Rhythm


class SubjectManager(models.Manager["Subject"]):
    def of(self, kind: str, key: str, *, title: str, url: str) -> "Subject":
        """The subject of something that can be followed, made when it is new; title and address follow the thing."""
        subject = prepared.one(_subject, kind=kind, key=key)
        if subject is None:
            subject, _is_new = self.get_or_create(kind=kind, key=key, defaults={"title": title, "url": url})
        if (subject.title, subject.url) != (title, url):
            subject.title, subject.url = title, url
            subject.save(update_fields=["title", "url"])
        return subject


def _subject(*, kind: str, key: str) -> "models.QuerySet[Subject]":
    return Subject.objects.filter(kind=kind, key=key)


class Subject(models.Model):
    """Something that can be followed, such as a conversation. What it is, only its own feature knows."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300)

    objects = SubjectManager()

    class Meta:
        constraints = [models.UniqueConstraint(name="activity_subject_once", fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class HappeningQuerySet(models.QuerySet["Happening"]):
    def followed_by(self, person: Person, *, now: datetime) -> Self:
        """What others did in what somebody follows, since they began to, and what can no longer be taken back."""
        follows = Follow.objects.alive().filter(
            person=person, subject__happenings=OuterRef("pk"), created_at__lt=OuterRef("at")
        )
        return self.filter(Exists(follows), at__lte=now - rules.TELL_AFTER).exclude(actor=person)

    def by_of_since(self, person: Person, subject: Subject, since: datetime) -> Self:
        """What somebody themselves let happen to a subject after ``since``."""
        return self.filter(actor=person, subjects=subject, at__gt=since)

    def new_since(self, looked_at: datetime | None) -> Self:
        """What came to stand there after somebody looked; all of it for who never did."""
        return self.filter(at__gt=looked_at - rules.TELL_AFTER) if looked_at else self

    def newest_first(self) -> Self:
        """In the order of the list."""
        return self.order_by("-at", "-pk")

    def oldest_first(self) -> Self:
        """In the opposite order."""
        return self.order_by("at", "pk")

    def older_than(self, key: MomentKey) -> Self:
        """What stands below ``key`` in the list."""
        return self.filter(below("at", key.at, key.id))

    def newer_than(self, key: MomentKey) -> Self:
        """What stands above ``key`` in the list."""
        return self.filter(above("at", key.at, key.id))

    def page(self, *, before: MomentKey | None = None, after: MomentKey | None = None) -> "ListPage[Happening]":
        """One page of these, the newest first."""
        return list_page(self, size=rules.PAGE_SIZE, before=before, after=after)


class Happening(models.Model):
    """Something that happened to one or more subjects; those who follow any are told once, if it still stands then.

    ``mark`` names the thing that came, such as ``contribution-12``: told once, and taken back by that name.
    """

    subjects = models.ManyToManyField(Subject, related_name="happenings")
    actor = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL)
    mark = models.CharField(max_length=60, unique=True)
    sentence = models.CharField(max_length=200)  # what happened, in words, without a name that its writer hides
    naming = models.CharField(max_length=400, blank=True)  # what happened, to who is named in it
    words = models.TextField(blank=True)  # the new text itself, so that a mail is complete
    url = models.CharField(max_length=300)
    at = models.DateTimeField(db_index=True)  # may be ahead, of what will stand there by itself

    objects = HappeningQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.mark

    @property
    def key(self) -> MomentKey:
        """Its place in a list."""
        return MomentKey(self.at, self.pk)

    @cached_property
    def subject_ids(self) -> list[int]:
        """The keys of what it happened to; of those that were read with it, where they were."""
        return [each.pk for each in self.subjects.all()]


class FollowQuerySet(models.QuerySet["Follow"]):
    def alive(self) -> "FollowQuerySet":
        """Those who want to hear, and may."""
        return self.exclude(rhythm=Rhythm.NEVER).filter(person__erased_at__isnull=True, person__banned_at__isnull=True)

    def due(self, rhythm: Rhythm, until: datetime, *, now: datetime) -> "FollowQuerySet":
        """Those to whom something happened up to ``until`` that they have to be told by mail, and may be today."""
        news = Happening.subjects.through.objects.filter(
            subject_id=OuterRef("subject_id"), happening__at__gt=OuterRef("told_until"), happening__at__lte=until
        )
        resting = Follower.objects.filter(person=OuterRef("person")).filter(
            Q(paused_until__gte=local_date(now)) | Q(waits_until__gt=now)
        )
        return self.alive().filter(Exists(news), ~Exists(resting), rhythm=rhythm, told_until__lt=until)

    def of(self, person: Person) -> "FollowQuerySet":
        """What somebody follows or followed, the newest first."""
        return self.filter(person=person).select_related("subject").order_by("-created_at", "-pk")


class Follow(models.Model):
    """That somebody asked to be told. Nobody follows anything unasked (EM4), but what is about themselves (ADR 23)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="follows")
    rhythm = models.CharField(max_length=10, choices=[(rhythm.value, rhythm.value) for rhythm in Rhythm])
    key = models.CharField(max_length=40, unique=True, default=unguessable)  # stands in each mail, to stop or change
    created_at = models.DateTimeField()
    told_until = models.DateTimeField()  # what happened up to here needs no telling any more
    was = models.CharField(max_length=10, blank=True)  # the rhythm before the last change, to undo it
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="activity_follow_once", fields=["person", "subject"]),
            models.CheckConstraint(
                name="activity_rhythm_is_known",
                condition=Q(rhythm__in=[rhythm.value for rhythm in Rhythm]),
                violation_error_message="This rhythm is not known.",
            ),
        ]
        indexes = [models.Index(name="activity_follow_due", fields=["rhythm", "told_until"])]

    def __str__(self) -> str:
        return f"follow {self.pk} ({self.rhythm})"


class FollowerManager(models.Manager["Follower"]):
    def of(self, person: Person) -> "Follower":
        """What somebody said about all of it, made when it is new."""
        return self.get_or_create(person=person)[0]

    def of_all(self, people: Collection[int]) -> "dict[int, Follower]":
        """The same of many, by the key of each person."""
        ours = self.filter(person__in=people)
        found = {each.person_id: each for each in ours}
        if missing := [Follower(person_id=each) for each in people if each not in found]:
            self.bulk_create(missing, ignore_conflicts=True)  # who is made elsewhere at the same moment stays
            found = {each.person_id: each for each in ours.all()}
        return found


class Follower(models.Model):
    """What somebody who follows said about all of it together, and when they looked at what is new."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="follower")
    key = models.CharField(max_length=40, unique=True, default=unguessable)  # stands in mails, to change or stop all
    paused_until = models.DateField(null=True, blank=True)  # the last day without mail
    waits_until = models.DateTimeField(null=True, blank=True)  # the day's share of notices is used up
    looked_at = models.DateTimeField(null=True, blank=True)  # when they last opened the list of what is new
    new_since = models.DateTimeField(null=True, blank=True)  # the look before that
    changed_at = models.DateTimeField(null=True, blank=True)  # when all was last changed at once

    objects = FollowerManager()

    def __str__(self) -> str:
        return f"follower {self.pk}"


class Told(models.Model):
    """That somebody was told of something, by mail or by seeing it in their list: so they are not told again."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="told")
    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="told")

    class Meta:
        constraints = [models.UniqueConstraint(name="activity_told_once", fields=["happening", "person"])]

    def __str__(self) -> str:
        return f"told {self.pk}"
