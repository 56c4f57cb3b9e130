"""Couplings, who is in them, every move of one, and what they told of it later."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from meedoen.coupling.rules import For
from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.keys import MomentKey
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.models import Municipality
from meedoen.pages.listed import above, below
from meedoen.people.models import Person

from . import rules
from .rules import Answer, Milestone, Mover, State, Talked, Worth


def _choices(kind: Any) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


class CouplingQuerySet(models.QuerySet["Coupling"]):
    def running(self) -> Self:
        """Those that take a place of an offer, and all of an ask."""
        return self.filter(state__in=rules.RUNNING)

    def quiet(self, now: datetime.datetime) -> Self:
        """Those in which nothing happens that should: for the team to look after, but for those that it lets rest."""
        told = FollowUp.objects.filter(party__coupling=OuterRef("pk"))
        late = Q()
        for milestone in Milestone:
            of_milestone = told.filter(milestone=milestone)
            asked = of_milestone.filter(answered_at=None, asked_at__lte=now - rules.ANSWERED_WITHIN)
            late |= Q(Exists(asked), ~Exists(of_milestone.filter(answered_at__isnull=False)))
        parties = Party.objects.filter(coupling=OuterRef("pk"))
        lost, read_first = parties.filter(unreachable_at__isnull=False), parties.filter(is_read_first=True)
        return self.running().filter(
            Q(rests_until=None) | Q(rests_until__lte=now),
            Q(state=State.SILENT)
            | Exists(lost)
            | Exists(read_first)
            | Q(late | Q(Exists(told.filter(talked=Talked.NO))), state=State.INTRODUCED),
        )

    def newest_first(self) -> Self:
        """In the order in which they were made, the last one first."""
        return self.order_by("-made_at", "-pk")

    def after(self, key: MomentKey) -> Self:
        """Those below ``key`` in that order."""
        return self.filter(below("made_at", key.at, key.id))

    def longest_first(self) -> Self:
        """In the order in which something last happened in them, the longest ago first."""
        return self.order_by("moved_at", "pk")

    def moved_after(self, key: MomentKey) -> Self:
        """Those below ``key`` in that order."""
        return self.filter(above("moved_at", key.at, key.id))

    def whole(self) -> Self:
        """With who is in them."""
        parties = Party.objects.whole().order_by("pk")
        return self.select_related("made_by").prefetch_related(models.Prefetch("parties", parties))

    def past_end(self, now: datetime.datetime) -> Self:
        """Those that ended long ago, and still say of whom they were."""
        long_ago = self.filter(state__in=rules.OVER, moved_at__lte=now - rules.KEEP_ENDED)
        return long_ago.filter(is_emptied=False)


class Coupling(models.Model):
    """Two or three whom the team brings together. ``words`` are the team's own, why; ``reasons`` as they stood then.

    ``tell_at`` is when those who did not do it are mailed how it stands now; none: they were, or nothing is to be told.
    """

    made_by: Any = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    words = models.TextField(blank=True)
    reasons = models.JSONField(default=list, help_text="sentence and address of each reason")
    questions = models.JSONField(default=list, help_text="to begin with")
    state = models.CharField(max_length=10, choices=_choices(State), default=State.ASKED.value)
    moved_at = models.DateTimeField()
    tell_at = models.DateTimeField(null=True, blank=True)
    introduced_at = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    is_emptied = models.BooleanField(default=False, help_text="whether nobody can be told from it any more")

    objects = CouplingQuerySet.as_manager()

    class Meta:
        app_label = "coupling"
        constraints = [
            models.CheckConstraint(
                name="coupling_introduction_state_is_known",
                condition=Q(state__in=[state.value for state in State]),
                violation_error_message="This state is not known.",
            ),
            models.CheckConstraint(
                name="coupling_introduced_has_time",
                condition=~Q(state__in=["introduced", "talked", "ended"]) | Q(introduced_at__isnull=False),
                violation_error_message="Who met were introduced at a moment.",
            ),
        ]
        indexes = [models.Index(fields=["state", "moved_at"], name="coupling_by_state")]

    def __str__(self) -> str:
        return f"coupling {self.pk}"

    @property
    def key(self) -> MomentKey:
        """Its place in the team's list."""
        return MomentKey(self.made_at, self.pk)

    @property
    def moved_key(self) -> MomentKey:
        """Its place in the list of what is quiet."""
        return MomentKey(self.moved_at, self.pk)


class CouplingPartyQuerySet(models.QuerySet["Party"]):
    def whole(self) -> Self:
        """With what pages and mails tell of them."""
        return self.select_related("coupling", "person__address", "request", "municipality")

    def running(self) -> Self:
        """Those of couplings that run."""
        return self.filter(coupling__state__in=rules.RUNNING)

    def to_remind(self, now: datetime.datetime) -> Self:
        """Those who were asked and are silent, once."""
        silent = self.filter(coupling__state=State.ASKED, answer="", reminded_at=None, person__isnull=False)
        return silent.filter(asked_at__lte=now - rules.REMIND_AFTER)

    def lost(self) -> Self:
        """Those whose last mail did not arrive, and of whom we do not know it yet."""
        gone = OutgoingMail.objects.filter(key=OuterRef("letter_key"), state=OutgoingMail.State.GIVEN_UP)
        return self.running().filter(Exists(gone), unreachable_at=None).exclude(letter_key="")


class Party(models.Model):
    """One of those who are brought together. ``secret`` stands in the address of their page.

    ``kind`` is for whom it is, as it was when they were asked. ``turn`` goes up with each answer, so that each yes has a
    code of its own. ``is_read_first``: they wrote more beside their yes, maybe that something is not so; the team reads it
    and lets it go on before anybody hears how to reach them. ``letter_key`` is that of the last mail. When they leave, the municipality and the kind stay.
    """

    coupling = models.ForeignKey(Coupling, on_delete=models.CASCADE, related_name="parties")
    request = models.ForeignKey(
        "coupling.CouplingRequest", null=True, blank=True, on_delete=models.SET_NULL, related_name="parties"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=_choices(For))
    secret = models.CharField(max_length=40, unique=True, default=unguessable)
    answer = models.CharField(max_length=5, blank=True, choices=_choices(Answer))
    answered_at = models.DateTimeField(null=True, blank=True)
    later_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=rules.MAX_WORDS_LENGTH, blank=True)  # of a no; for the team only
    is_read_first = models.BooleanField(default=False, db_default=False)
    turn = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    letter_key = models.CharField(max_length=200, blank=True)
    unreachable_at = models.DateTimeField(null=True, blank=True)

    objects = CouplingPartyQuerySet.as_manager()

    class Meta:
        app_label = "coupling"
        constraints = [
            models.CheckConstraint(
                name="coupling_answer_is_known",
                condition=Q(answer__in=[answer.value for answer in Answer]),
                violation_error_message="This answer is not known.",
            ),
            models.CheckConstraint(
                name="coupling_answer_has_time",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                violation_error_message="An answer was given at a moment.",
            ),
            models.CheckConstraint(
                name="coupling_later_has_day",
                condition=Q(answer="later", later_on__isnull=False) | (~Q(answer="later") & Q(later_on__isnull=True)),
                violation_error_message="Later is on a day.",
            ),
            models.CheckConstraint(
                name="coupling_party_kind_is_known",
                condition=Q(kind__in=[each.value for each in For]),
                violation_error_message="For whom it is, is not known.",
            ),
            models.UniqueConstraint(fields=["coupling", "request"], name="coupling_party_once"),
        ]

    def __str__(self) -> str:
        return f"party {self.pk}"

    def get_absolute_url(self) -> str:
        """Their page."""
        return reverse("coupling:meet", args=[self.secret])

    @property
    def email(self) -> str:
        """Where they are mailed; empty for who left."""
        return self.person.address.email if self.person and self.person.address else ""


class CouplingMove(models.Model):
    """That a coupling went from one state to another, or stayed and the team noted something; never changed."""

    coupling = models.ForeignKey(Coupling, on_delete=models.CASCADE, related_name="moves")
    was = models.CharField(max_length=10, choices=_choices(State))
    became = models.CharField(max_length=10, choices=_choices(State))
    mover = models.CharField(max_length=5, choices=_choices(Mover))
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    by: Any = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=rules.MAX_WORDS_LENGTH, blank=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "coupling"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"coupling {self.coupling_id}: {self.was} to {self.became}"

    @property
    def is_note(self) -> bool:
        """Whether it went nowhere."""
        return self.was == self.became


class FollowUp(models.Model):
    """That one of them was asked what became of it, and what they said. ``may_share``: an example may be made of it."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="follow_ups")
    milestone = models.CharField(max_length=6, choices=_choices(Milestone))
    asked_at = models.DateTimeField()
    talked = models.CharField(max_length=8, blank=True, choices=_choices(Talked))
    worth = models.CharField(max_length=6, blank=True, choices=_choices(Worth))
    words = models.TextField(blank=True)
    residents = models.TextField(blank=True)
    pitfalls = models.TextField(blank=True)
    may_share = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coupling"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["party", "milestone"], name="coupling_follow_up_once"),
            models.CheckConstraint(
                name="coupling_follow_up_is_known",
                condition=Q(milestone__in=[each.value for each in Milestone])
                & Q(talked__in=["", *[each.value for each in Talked]])
                & Q(worth__in=["", *[each.value for each in Worth]]),
                violation_error_message="This milestone or answer is not known.",
            ),
            models.CheckConstraint(
                name="coupling_follow_up_has_time",
                condition=Q(talked="", answered_at__isnull=True) | (~Q(talked="") & Q(answered_at__isnull=False)),
                violation_error_message="An answer was given at a moment.",
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.pk}"
