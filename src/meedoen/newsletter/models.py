"""Letters, what they tell and in which order, the letter as it is mailed, and how each reader wants it.

Of what happened only the keys are kept: what stands on the site no more, stands in no letter of the archive either.
"""

import datetime
from typing import Self

from django.db import models
from django.db.models import Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.activity.models import Follow
from meedoen.kernel.dutch import date_words
from meedoen.kernel.identifiers import unguessable

from .rules import State, Why

AREA = "newsletter"


class LetterQuerySet(models.QuerySet["Letter"]):
    def public(self) -> Self:
        """Those on the site, the newest first."""
        return self.filter(state__in=[State.SENDING, State.SENT]).order_by("-day")

    def drafts(self) -> Self:
        """What is still made, the oldest first."""
        return self.filter(state=State.DRAFT).order_by("day")

    def due(self, now: datetime.datetime) -> Self:
        """Drafts that have to go now."""
        return self.drafts().filter(sends_at__lte=now, held_at__isnull=True)

    def told_until(self) -> datetime.datetime | None:
        """Up to when was told what happened; what no letter told yet comes after it. None as long as there is no letter."""
        last: datetime.datetime | None = self.public().aggregate(last=Max("until"))["last"]
        first: datetime.datetime | None = self.aggregate(first=Min("since"))["first"]
        return last or first


class Letter(models.Model):
    """The letter of a week: it tells what happened after ``since``, up to and with ``until``."""

    day = models.DateField(unique=True)  # on which it was meant to go; its name
    since = models.DateTimeField()
    until = models.DateTimeField()
    sends_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=[(state.value, state.value) for state in State], default=State.DRAFT.value
    )
    why = models.CharField(max_length=5, choices=[(why.value, why.value) for why in Why], blank=True)
    foreword = models.TextField(blank=True)  # by the team
    easy_foreword = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, blank=True)  # the team let it wait
    sent_at = models.DateTimeField(null=True, blank=True)  # when it came on the site and began to be mailed
    told_to = models.BigIntegerField(default=0)  # the last follow that has it
    mail_count = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)  # everybody has it

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="newsletter_state_is_known",
                condition=Q(state__in=[state.value for state in State]),
                violation_error_message="This state is not known.",
            ),
            models.CheckConstraint(
                name="newsletter_skipped_says_why",
                condition=Q(state="skipped", why__in=[why.value for why in Why]) | (~Q(state="skipped") & Q(why="")),
                violation_error_message="A letter that was skipped says why, and no other does.",
            ),
            models.CheckConstraint(
                name="newsletter_sent_has_time",
                condition=Q(state__in=["sending", "sent"], sent_at__isnull=False)
                | (~Q(state__in=["sending", "sent"]) & Q(sent_at__isnull=True)),
                violation_error_message="A letter on its way has the time at which it went, and no other has.",
            ),
        ]

    def __str__(self) -> str:
        return f"letter of {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("newsletter:letter", args=[self.day.isoformat()])

    @property
    def title(self) -> str:
        """``Nieuwsbrief van dinsdag 1 december 2026``: also the subject of its mails, by which an answer is placed."""
        return _("Nieuwsbrief van %(day)s") % {"day": date_words(self.day)}

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == State.DRAFT


class Entry(models.Model):
    """Something that happened, in a letter. ``source`` and ``key`` say what; its words come from there.

    ``number`` is given when the letter goes, and stays: readers answer by it.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="entries")
    source = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    is_out = models.BooleanField(default=False)  # the team took it out
    easy_words = models.TextField(blank=True)  # by the team
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(name="newsletter_told_once", fields=["letter", "source", "key"]),
            models.UniqueConstraint(name="newsletter_one_number_each", fields=["letter", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class Edition(models.Model):
    """A letter as it is mailed, for everybody the same but for the marks of what is each reader's own."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="editions")
    is_easy = models.BooleanField()
    mark = models.CharField(max_length=40, unique=True, default=unguessable)  # of these words and no others
    subject = models.CharField(max_length=150)
    text = models.TextField()
    html = models.TextField()
    own = models.JSONField()  # by name, the mark that stands for each address of a reader

    class Meta:
        constraints = [models.UniqueConstraint(name="newsletter_one_of_each", fields=["letter", "is_easy"])]

    def __str__(self) -> str:
        return f"edition {self.pk}"


class Choice(models.Model):
    """How a reader wants the letter. That they want it is a ``Follow``."""

    follow = models.OneToOneField(Follow, on_delete=models.CASCADE, related_name="letter_choice")
    is_easy = models.BooleanField(default=False)
    is_plain = models.BooleanField(default=False)  # without a part in HTML

    def __str__(self) -> str:
        return f"choice {self.pk}"
