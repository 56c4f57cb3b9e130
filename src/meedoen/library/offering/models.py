"""What somebody offered, beside the text at the desk that was begun from it."""

from typing import Any, Self

from django.db import models
from django.urls import reverse

from meedoen.kernel.identifiers import unguessable
from meedoen.people.models import Person

from . import rules
from .rules import State


class PracticeOfferQuerySet(models.QuerySet["PracticeOffer"]):
    def whole(self) -> Self:
        """With what tells where they stand."""
        return self.select_related("work__article__withdrawal", "offered_by__address")

    def unanswered(self, now: Any) -> Self:
        """Those never on the site of which the team asked something, long ago."""
        return self.filter(question_at__lte=now - rules.KEEP_UNANSWERED, work__article__isnull=True)

    def left(self, now: Any) -> Self:
        """Those that were on the site, and were taken back long ago."""
        return self.filter(withdrawn_at__lte=now - rules.KEEP_WITHDRAWN, work__article__isnull=False)


class PracticeOffer(models.Model):
    """A practice example as somebody offered it, on the way to readers as ``work``; gone with it.

    ``answers`` is what they answered last, as their form takes it: the team edits the work, and this stays as it was
    told. ``secret`` stands in the address of their own page. ``question`` is what the team asked, until they answer.
    """

    work = models.OneToOneField("library.Work", on_delete=models.CASCADE, related_name="offer")
    secret = models.CharField(max_length=40, unique=True, default=unguessable)
    answers = models.JSONField(default=dict)
    offered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    question = models.TextField(blank=True)
    question_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)  # why it was refused
    refused_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PracticeOfferQuerySet.as_manager()

    class Meta:
        app_label = "library"
        indexes = [models.Index(name="library_offer_question", fields=["question_at"])]

    def __str__(self) -> str:
        return f"practice offer {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of who offered it."""
        return reverse("library:own_offer", args=[self.secret])

    @property
    def title(self) -> str:
        """What who offered it called it."""
        return str(self.answers.get("title", ""))

    @property
    def state(self) -> State:
        """Where it stands."""
        return rules.state_of(self, self.work)

    @property
    def mark(self) -> str:
        """How it stands, in a word that a form carries."""
        return rules.mark_of(self.state, self.answers, self.changed_at)
