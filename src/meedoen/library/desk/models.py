"""The data of the desk: working copies, their versions, what is half typed, remarks, and what was taken down."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel.identifiers import unguessable
from meedoen.library.rules import Kind
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

from . import rules
from .rules import Editor, Stand


class WorkQuerySet(models.QuerySet["Work"]):
    def edited_by(self, editor: Editor) -> Self:
        """The texts that ``editor`` may write; the SQL twin of ``rules.may_edit``."""
        return self.all() if editor.is_team else self.filter(municipality__in=editor.municipalities)

    def kept(self) -> Self:
        """Those that nobody threw away, with what tells where they stand."""
        return self.filter(discarded_at__isnull=True).select_related("article__withdrawal", "municipality")

    def new(self) -> Self:
        """Those that never were on the site and wait for nobody."""
        return self._resting().filter(article__isnull=True)

    def changed(self) -> Self:
        """Those on the site of which something is not there yet."""
        return self._resting().filter(article__published_at__isnull=False).exclude(number=F("published_number"))

    def asked(self) -> Self:
        """Those that wait for the team, the longest first."""
        return self.kept().filter(asked_at__isnull=False, publish_at__isnull=True).order_by("asked_at", "pk")

    def planned(self) -> Self:
        """Those that will be published by themselves, the first one first."""
        return self.kept().filter(publish_at__isnull=False).order_by("publish_at", "pk")

    def due(self, now: datetime.datetime) -> Self:
        """Those whose moment has come."""
        return self.planned().filter(publish_at__lte=now)

    def lagging(self) -> Self:
        """Those whose version in easy language lags behind, the longest first."""
        found = self.kept().filter(easy_lags_since__isnull=False, article__published_at__isnull=False)
        return found.order_by("easy_lags_since", "pk")

    def past_end(self, now: datetime.datetime) -> Self:
        """Those thrown away long ago that never were on the site."""
        return self.filter(discarded_at__lte=now - rules.DISCARD_LIFE, article__isnull=True)

    def _resting(self) -> Self:
        return self.kept().filter(asked_at__isnull=True, publish_at__isnull=True).order_by("-changed_at", "-pk")


class Work(models.Model):
    """A text at the desk: what its editors saved last, beside what readers have of it.

    ``content`` is all that is told of a text (``desk.content``). ``number`` goes up at each save, ``published_number``
    is the one that readers have. ``plan`` holds what will be published at ``publish_at``: later saves do not go along.
    """

    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    article = models.OneToOneField(
        "library.Article", null=True, blank=True, on_delete=models.CASCADE, related_name="work"
    )
    title = models.CharField(max_length=120, blank=True)  # of the content, for lists
    content = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=0)
    published_number = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    plan = models.JSONField(default=dict)
    easy_lags_since = models.DateTimeField(null=True, blank=True)
    link_key = models.CharField(max_length=40, unique=True, null=True, blank=True)  # for who looks along
    link_until = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        app_label = "library"
        constraints = [
            models.CheckConstraint(
                name="library_work_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in Kind]),
                violation_error_message="This kind of text is not known.",
            ),
            models.CheckConstraint(
                name="library_work_published_is_not_ahead",
                condition=Q(published_number__lte=F("number")),
                violation_error_message="What is published was saved before.",
            ),
        ]
        indexes = [
            models.Index(name="library_work_changed", fields=["-changed_at", "-id"]),
            models.Index(name="library_work_due", fields=["publish_at"]),
        ]

    def __str__(self) -> str:
        return f"work {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("library:work", args=[self.pk])

    @property
    def name(self) -> str:
        """What it is called in lists."""
        return self.title or _("Nog zonder titel")

    @property
    def is_published(self) -> bool:
        """Whether readers have it now."""
        return bool(self.article and self.article.published_at)

    @property
    def is_withdrawn(self) -> bool:
        """Whether readers had it, and have it no more."""
        return bool(self.article and not self.article.published_at)

    @property
    def stand(self) -> Stand:
        """Where it stands."""
        return rules.stand_of(self)


class VersionQuerySet(models.QuerySet["Version"]):
    def public(self) -> Self:
        """Those that readers had."""
        return self.filter(is_public=True)


class Version(models.Model):
    """A text as it was saved: all of it, when and by whom; of what readers had also what changed. Gone with the text.

    Saves between two publications are kept until the next one; what readers had stays.
    """

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    is_public = models.BooleanField(default=False)
    sentence = models.CharField(max_length=rules.MAX_SENTENCE, blank=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        app_label = "library"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="library_version_once", fields=["work", "number"])]

    def __str__(self) -> str:
        return f"version {self.number} of work {self.work_id}"


class Typing(models.Model):
    """What somebody typed in a text and did not save yet, right or wrong; nobody else reads it.

    ``base`` is the number of the text that they began from, ``tab`` the open page that wrote it last.
    """

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="typings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True, default=unguessable)
    base = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    tab = models.CharField(max_length=40, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "library"
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"typing {self.pk}"


class Remark(models.Model):
    """What somebody says about a text while it is made; only its editors read it."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        app_label = "library"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"remark {self.pk}"


class Withdrawal(models.Model):
    """That a text was taken down: why, as readers see it, and which text to read instead."""

    article = models.OneToOneField("library.Article", on_delete=models.CASCADE, related_name="withdrawal")
    reason = models.CharField(max_length=rules.MAX_REASON)
    to = models.ForeignKey(
        "library.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="stands_in_for"
    )
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    was_published_at = models.DateTimeField()

    class Meta:
        app_label = "library"
        constraints = [
            models.CheckConstraint(
                name="library_withdrawal_leads_elsewhere",
                condition=Q(to__isnull=True) | ~Q(to=F("article")),
                violation_error_message="A text leads to another one.",
            )
        ]

    def __str__(self) -> str:
        return f"withdrawal of article {self.article_id}"
