"""Topics: what a thread of the forum is about, with the counts that lists show."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.urls import reverse

from meedoen.activity.models import Follow
from meedoen.conversation.models import Contribution, Thread
from meedoen.kernel.keys import MomentKey
from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import ListPage, above, below, list_page
from meedoen.people.models import Person

from . import rules
from .asking.models import Asked as Asked
from .asking.models import Knowledge as Knowledge
from .rules import Kind, Order
from .steering.models import Step as Step

THREAD = "topic"  # the kind of a topic's thread
FOLLOWED = "thread"  # the kind of what is followed of it


class TopicQuerySet(models.QuerySet["Topic"]):
    def readable(self) -> Self:
        """The topics that stand in lists; the SQL twin of ``rules.may_be_read``."""
        return self.filter(is_shown=True)

    def in_category(self, category: str) -> Self:
        """The topics of one category."""
        return self.filter(category=category)

    def pinned(self) -> Self:
        """What the team put above the others of its category, the newest first."""
        return self.filter(pinned_at__isnull=False).order_by("-pinned_at", "-id")

    def listed(self, order: Order) -> Self:
        """All of them, or the questions that wait for something."""
        if order == Order.OPEN:
            return self.filter(kind=Kind.QUESTION, is_answered=False)
        if order == Order.SILENT:
            return self.filter(reply_count=0).exclude(kind=Kind.ANNOUNCEMENT)
        return self

    def unanswered_since(self, moment: datetime) -> Self:
        """Questions that wait since before ``moment`` and about which nobody was asked yet, the oldest first."""
        return self.filter(
            kind=Kind.QUESTION, reply_count=0, asked_at__isnull=True, last_at__lte=moment, thread__is_closed=False
        ).order_by("last_at", "pk")

    def waiting_after(self, key: MomentKey | None) -> Self:
        """Questions that nothing helped yet, the longest waiting first, from below ``key`` on."""
        rows = self.filter(kind=Kind.QUESTION, is_answered=False).order_by("begun_at", "id")
        return rows.filter(above("begun_at", key.at, key.id)) if key else rows

    def last_begun_first(self) -> Self:
        """In the order in which they came, whatever was said since."""
        return self.order_by("-id")

    def newest_first(self) -> Self:
        """In the order of the lists: what was said last stands above."""
        return self.order_by("-last_at", "-id")

    def oldest_first(self) -> Self:
        """In the opposite order."""
        return self.order_by("last_at", "id")

    def older_than(self, key: MomentKey) -> Self:
        """What stands below ``key``."""
        return self.filter(below("last_at", key.at, key.id))

    def newer_than(self, key: MomentKey) -> Self:
        """What stands above ``key``."""
        return self.filter(above("last_at", key.at, key.id))

    def page(self, *, before: MomentKey | None = None, after: MomentKey | None = None) -> "ListPage[Topic]":
        """One page of these topics, the newest first."""
        return list_page(self, size=rules.PAGE_SIZE, before=before, after=after)

    def of_municipality(self, municipality: Municipality) -> Self:
        """What people of one municipality began."""
        return self.filter(municipality=municipality)

    def with_words_of(self, person: Person) -> Self:
        """What somebody began or wrote in, whether it can be read or not."""
        written = Contribution.objects.filter(person=person, thread__kind=THREAD)
        return self.filter(thread__in=written.values("thread"))

    def followed_by(self, person: Person) -> Self:
        """What somebody follows."""
        follows = Follow.objects.alive().filter(person=person, subject__kind=FOLLOWED)
        keys = follows.annotate(number=Cast("subject__key", models.BigIntegerField())).values("number")
        return self.filter(thread__in=keys)


class Topic(models.Model):
    """What somebody asked or told in the forum. Its words are the first contribution of its thread."""

    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="topic")
    category = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    title = models.CharField(max_length=rules.MAX_TITLE_LENGTH)
    was_title = models.CharField(max_length=rules.MAX_TITLE_LENGTH, blank=True)  # while its writer took it back
    slug = models.CharField(max_length=80)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="topics")
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.SET_NULL, related_name="topics"
    )  # of who began it, when they did
    begun_at = models.DateTimeField()
    is_shown = models.BooleanField(default=False)  # it can be read, if need be without its first contribution
    reply_count = models.PositiveIntegerField(default=0)  # contributions that can be read, beside the first
    last_at = models.DateTimeField()  # when the newest of them was first shown
    is_answered = models.BooleanField(default=False)  # something helped who asked
    summary = models.TextField(blank=True)  # what it comes down to, by the team
    similar = models.JSONField(default=list)  # ids of topics that resemble it, the most alike first
    pinned_at = models.DateTimeField(null=True, blank=True)  # above the others of its category, since then
    asked_at = models.DateTimeField(null=True, blank=True)  # when others were asked to answer it
    last_step = models.ForeignKey(
        Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # what the team did last with it

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="forum_topic_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in Kind]),
                violation_error_message="This kind of topic is not known.",
            ),
        ]
        indexes = [
            models.Index(fields=["-last_at", "-id"], name="forum_newest", condition=Q(is_shown=True)),
            models.Index(fields=["category", "-last_at", "-id"], name="forum_category", condition=Q(is_shown=True)),
            models.Index(
                fields=["municipality", "-last_at", "-id"],
                name="forum_municipality",
                condition=Q(is_shown=True, municipality__isnull=False),
            ),
            models.Index(
                fields=["-last_at", "-id"],
                name="forum_silent",
                condition=Q(is_shown=True, reply_count=0) & ~Q(kind="mededeling"),
            ),
            models.Index(
                fields=["-last_at", "-id"],
                name="forum_open",
                condition=Q(is_shown=True, kind="vraag", is_answered=False),
            ),
            models.Index(
                fields=["begun_at", "id"],
                name="forum_waiting",
                condition=Q(is_shown=True, kind="vraag", is_answered=False),
            ),
            models.Index(
                fields=["last_at"],
                name="forum_unasked",
                condition=Q(is_shown=True, kind="vraag", reply_count=0, asked_at__isnull=True),
            ),
            models.Index(
                fields=["category", "-last_at", "-id"],
                name="forum_category_open",
                condition=Q(is_shown=True, kind="vraag", is_answered=False),
            ),
            models.Index(
                fields=["category", "-last_at", "-id"],
                name="forum_category_silent",
                condition=Q(is_shown=True, reply_count=0) & ~Q(kind="mededeling"),
            ),
            models.Index(fields=["category", "-id"], name="forum_category_begun", condition=Q(is_shown=True)),
            models.Index(
                fields=["category", "-pinned_at", "-id"], name="forum_pinned", condition=Q(pinned_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"topic {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.category, self.pk, self.slug])

    def steering_url(self, name: str, *more: Any) -> str:
        """The address of something that the team does with it, or of the trace of that."""
        return reverse(f"forum:{name}", args=[self.category, self.pk, self.slug, *more])

    @property
    def opening(self) -> Contribution | None:
        """What it began with, as far as that is still there."""
        return self.thread.contributions.order_by(F("number").asc(nulls_last=True), "pk").first()

    @property
    def is_closed(self) -> bool:
        """Whether nobody can answer any more."""
        return self.thread.is_closed

    @property
    def is_pinned(self) -> bool:
        """Whether it stands above the others of its category."""
        return self.pinned_at is not None

    @property
    def key(self) -> MomentKey:
        """Its place in the lists."""
        return MomentKey(self.last_at, self.pk)


class Shelf(models.Model):
    """What the forum's home tells of a category, counted when it changes and not when it is read."""

    category = models.CharField(max_length=40, unique=True)
    topic_count = models.PositiveIntegerField(default=0)
    open_count = models.PositiveIntegerField(default=0)  # questions that nothing helped yet
    last_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.category
