"""Threads, their contributions, and what those said before."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.kernel.identifiers import unguessable
from meedoen.people.along.models import Bond
from meedoen.people.models import Person

from . import rules
from .attachments.models import Attachment as Attachment
from .attachments.models import AttachmentWords as AttachmentWords
from .attachments.models import Offer as Offer
from .moderation.models import Decision as Decision
from .moderation.models import Objection as Objection
from .moderation.models import Report as Report
from .quiet.models import Quiet as Quiet
from .rules import State

AREA = "conversation"  # what pages that show a thread name as an area of their version; one for all threads


class ThreadManager(models.Manager["Thread"]):
    def about(self, kind: str, key: str, *, title: str, url: str, now: datetime) -> "Thread":
        """The thread of something, made at its first contribution; title and address follow the thing."""
        thread, _is_new = self.get_or_create(
            kind=kind, key=key, defaults={"title": title, "url": url, "created_at": now}
        )
        if (thread.title, thread.url) != (title, url):
            thread.title, thread.url = title, url
            thread.save(update_fields=["title", "url"])
        return thread


class Thread(models.Model):
    """A conversation about one thing, such as an article. What the thing is, only its own feature knows."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    is_closed = models.BooleanField(default=False)
    last_number = models.PositiveIntegerField(default=0)  # the highest that was given
    shown_count = models.PositiveIntegerField(default=0)  # contributions whose words everybody may read
    has_gaps = models.BooleanField(default=False)  # something of it stands elsewhere now
    moved_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_in"
    )  # all of it stands there now, and what is written here comes there

    objects = ThreadManager()

    class Meta:
        constraints = [models.UniqueConstraint(name="conversation_one_thread_each", fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def present(self) -> "Thread":
        """Itself, or where all of it stands now."""
        thread = self
        while thread.moved_to is not None:
            thread = thread.moved_to
        return thread


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def readable(self) -> Self:
        """Whose words everybody may read; the SQL twin of ``rules.may_be_read``."""
        return self.filter(state=State.SHOWN)

    def standing(self) -> Self:
        """What takes a place in its thread: words, or the gap that they left."""
        return self.filter(shown_at__isnull=False)

    def on_page(self, page: int) -> Self:
        """The contributions with a number of that page; who shows them puts these few in order."""
        return self.filter(number__range=rules.numbers_on(page))

    def talks(self) -> Self:
        """The contributions that others answered, each the beginning of a talk of its own, in order."""
        return self.filter(answer_count__gt=0).order_by("number")

    def that_helped(self) -> Self:
        """The readable ones that helped who began the thread, in the order in which they stand there."""
        return self.readable().filter(helped_at__isnull=False).order_by("number")

    def in_talk(self, beginning: "Contribution") -> Self:
        """A talk: what it begins with and every answer to that, also the answers to answers, in order."""
        return self.filter(Q(pk=beginning.pk) | Q(talk=beginning)).order_by("number")


class Contribution(models.Model):
    """What one person wrote in a thread, as they typed it. Its number is for ever; it gets one when first shown."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="contributions")
    number = models.PositiveIntegerField(null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions")
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies")
    talk = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="talk_answers")
    answer_count = models.PositiveIntegerField(default=0)  # words to be read in the talk that it begins
    helped_at = models.DateTimeField(null=True, blank=True)  # when who began the thread said that it helped
    thanks_count = models.PositiveIntegerField(default=0)  # people who said thank you
    shown_files = models.JSONField(default=list, blank=True)  # what a page needs of the files that go along
    bond = models.ForeignKey(Bond, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")  # done along
    hides_name = models.BooleanField(default=False)  # "naam bekend bij het team"
    mentioned = models.JSONField(default=list, blank=True)  # ``via`` of its mentions, to name them without a query more
    text = models.TextField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    was_state = models.CharField(max_length=10, blank=True)  # before its writer took it back
    retracted_at = models.DateTimeField(null=True, blank=True)  # when its writer did
    key = models.CharField(max_length=40, unique=True, default=unguessable)  # opens the writer's own page of it
    score = models.PositiveSmallIntegerField(default=0)  # how much it looked like a robot's, for the team
    waited = models.BooleanField(default=False)  # for the team to look first
    created_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True, blank=True)  # for the team; nothing while it waits for nobody
    shown_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)  # changed after the undo time

    objects = ContributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conversation_state_is_known",
                condition=Q(state__in=[state.value for state in State]),
                violation_error_message="This state is not known.",
            ),
            models.UniqueConstraint(name="conversation_number_once", fields=["thread", "number"]),
            models.CheckConstraint(
                name="conversation_shown_has_number",
                condition=Q(shown_at__isnull=True, number__isnull=True)
                | Q(shown_at__isnull=False, number__isnull=False),
                violation_error_message="A contribution has a number from the moment it was first shown.",
            ),
            models.CheckConstraint(
                name="conversation_shown_was_shown",
                condition=~Q(state="shown") | Q(shown_at__isnull=False),
                violation_error_message="What is shown has the time at which that began.",
            ),
            models.CheckConstraint(
                name="conversation_waits_for_the_team",
                condition=Q(state__in=["waiting", "hidden"], waits_since__isnull=False)
                | (~Q(state__in=["waiting", "hidden"]) & Q(waits_since__isnull=True)),
                violation_error_message="What waits for the team says since when, and nothing else does.",
            ),
        ]
        indexes = [
            models.Index(name="conversation_talks", fields=["thread", "number"], condition=Q(answer_count__gt=0)),
            models.Index(name="conversation_helped", fields=["thread", "number"], condition=Q(helped_at__isnull=False)),
            models.Index(name="conversation_waiting", fields=["waits_since"], condition=Q(waits_since__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk} ({self.state})"

    @property
    def judged(self) -> str:
        """All that it says as one text, to see whether it is still what somebody read: words, and what goes along."""
        return "\n".join([self.text, *(str(sorted(row.items())) for row in self.shown_files)])

    @property
    def anchor(self) -> str:
        """The id of its place on the page."""
        return rules.anchor_of(self.number or 0)

    @property
    def url(self) -> str:
        """Its lasting address: the right page of its thread, at the right place."""
        return number_url(self.thread.url, self.number or 1)


def number_url(thread_url: str, number: int) -> str:
    """The address of the contribution with that number, on its page of a thread."""
    return _page(thread_url, rules.page_of(number)) + f"#{rules.anchor_of(number)}"


def page_url(thread_url: str, page: int) -> str:
    """The address of a page of a thread, at its contributions."""
    return f"{_page(thread_url, page)}#reacties"


def _page(thread_url: str, page: int) -> str:
    return f"{thread_url}?pagina={page}" if page > 1 else thread_url


class FormerPlace(models.Model):
    """Where a contribution stood before the team moved it: its number there is given to no other."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="former_places")
    number = models.PositiveIntegerField(null=True, blank=True)  # none had it not been shown yet
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="former_places")
    became = models.PositiveIntegerField(null=True, blank=True)  # its number where it came
    batch = models.CharField(max_length=40)  # what was moved at once

    class Meta:
        constraints = [
            models.UniqueConstraint(name="conversation_former_number_once", fields=["thread", "number"]),
            models.UniqueConstraint(name="conversation_moved_once", fields=["batch", "contribution"]),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}, {self.number}"


class Revision(models.Model):
    """What a contribution said before it was changed."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField()
    until = models.DateTimeField()  # when other words took its place

    class Meta:
        ordering = ["until", "pk"]

    def __str__(self) -> str:
        return f"before {self.until:%Y-%m-%d}"


class Mention(models.Model):
    """That a contribution is for somebody who wrote in its thread; ``via`` is by what they were chosen.

    One row for each choice: who was chosen by their name and by what hides it, stands here twice, so that nobody
    sees that these are one.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="mentions")
    via = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="mentioned_by")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(name="conversation_mentioned_once", fields=["contribution", "via"])]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class ReadMark(models.Model):
    """How far somebody who is signed in read a thread; kept so that what is new to them can be told (FR4)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="read_marks")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="read_marks")
    until = models.PositiveIntegerField()  # the highest number that they had before them
    before = models.PositiveIntegerField()  # the same, when they began this look
    at = models.DateTimeField(db_index=True)  # of their last look

    class Meta:
        constraints = [models.UniqueConstraint(name="conversation_read_once", fields=["person", "thread"])]

    def __str__(self) -> str:
        return f"read until {self.until}"


class Thanks(models.Model):
    """That somebody said thank you for a contribution."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="thanks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="thanks")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="conversation_thanked_once", fields=["contribution", "person"])]

    def __str__(self) -> str:
        return f"thanks {self.pk}"
