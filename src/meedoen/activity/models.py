"""What can be followed, what happened to it, and who follows."""

from django.db import models
from django.db.models import Q

from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import Person

from .rules import Rhythm


class SubjectManager(models.Manager["Subject"]):
    def of(self, kind: str, key: str, *, title: str, url: str) -> "Subject":
        """The subject of something that can be followed, made when it is new; title and address follow the thing."""
        subject, _is_new = self.get_or_create(kind=kind, key=key, defaults={"title": title, "url": url})
        if (subject.title, subject.url) != (title, url):
            subject.title, subject.url = title, url
            subject.save(update_fields=["title", "url"])
        return subject


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


class Happening(models.Model):
    """Something that happened to a subject; those who follow it are told ten minutes later, if it still stands.

    ``mark`` names the thing that came, such as ``contribution-12``: told once, and taken back by that name.
    """

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="happenings")
    actor = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL)
    mark = models.CharField(max_length=60, unique=True)
    sentence = models.CharField(max_length=200)  # what happened, in words, without a name that its writer hides
    words = models.TextField(blank=True)  # the new text itself, so that a mail is complete
    url = models.CharField(max_length=300)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.mark


class FollowQuerySet(models.QuerySet["Follow"]):
    def alive(self) -> "FollowQuerySet":
        """Those who want to hear, and may."""
        return self.exclude(rhythm=Rhythm.NEVER).filter(person__erased_at__isnull=True, person__banned_at__isnull=True)

    def of(self, person: Person) -> "FollowQuerySet":
        """What somebody follows or followed, the newest first."""
        return self.filter(person=person).select_related("subject").order_by("-created_at", "-pk")


class Follow(models.Model):
    """That somebody asked to be told. Nobody follows anything unasked (EM4)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="follows")
    rhythm = models.CharField(max_length=10, choices=[(rhythm.value, rhythm.value) for rhythm in Rhythm])
    key = models.CharField(max_length=40, unique=True, default=unguessable)  # stands in each mail, to stop or change
    created_at = models.DateTimeField()
    told_until = models.DateTimeField()  # what happened up to here needs no telling any more

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
