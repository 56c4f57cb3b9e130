"""Rounds, what each proposed and why, as it stood then; and which two the team wants together or never."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from meedoen.coupling.introducing.models import Coupling
from meedoen.kernel.keys import MomentKey
from meedoen.people.models import Person

from . import rules
from .rules import ProposalState, TieKind


class RoundQuerySet(models.QuerySet["Round"]):
    def newest_first(self) -> Self:
        """The newest on top."""
        return self.order_by("-made_at", "-pk")

    def below(self, key: MomentKey) -> Self:
        """What stands below ``key`` in that order."""
        return self.filter(Q(made_at__lt=key.at) | Q(made_at=key.at, pk__lt=key.id))

    def past_end(self, now: datetime.datetime) -> Self:
        """What nobody has to explain any more."""
        return self.filter(made_at__lte=now - rules.KEEP)


class Round(models.Model):
    """One run over all that stood then.

    ``problem`` and ``outcome`` are what was solved and what came out, whole numbers and keys only, each with the SHA-256
    of its text: who solves the one again gets the other. ``factors`` is how heavy each part weighed.
    ``left`` are the asks without a partner, with why. ``figures`` is how the load is spread.
    """

    made_by: Any = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    after: Any = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    factors = models.JSONField()
    weights = models.JSONField()  # of the parts, as the code had them then
    problem = models.TextField(help_text="as matching.keeping writes it")
    problem_hash = models.CharField(max_length=64)
    outcome = models.TextField(help_text="as matching.keeping writes it")
    outcome_hash = models.CharField(max_length=64)
    served_count = models.PositiveIntegerField(help_text="asks that get somebody")
    is_best = models.BooleanField(help_text="whether no other outcome is better, proven")
    left = models.JSONField(default=list)
    figures = models.JSONField(default=dict)

    objects = RoundQuerySet.as_manager()

    class Meta:
        app_label = "coupling"
        indexes = [models.Index(fields=["-made_at", "-id"], name="coupling_rounds")]

    def __str__(self) -> str:
        return f"round {self.pk}"

    def get_absolute_url(self) -> str:
        """Where the team reviews it."""
        return reverse("team:round", args=[self.pk])

    @property
    def key(self) -> MomentKey:
        """Its place in the list."""
        return MomentKey(self.made_at, self.pk)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def whole(self) -> Self:
        """With what its page shows."""
        requests = ("first", "second", "third")
        joined = [f"{each}__{part}" for each in requests for part in ("person", "municipality")]
        found = self.select_related("round", "coupling", "decided_by", *joined)
        return found.defer("round__problem", "round__outcome")


class Proposal(models.Model):
    """Two or three whom a round would bring together.

    ``names``, ``points`` and ``sentences`` are as they stood then, and stay when who asked leaves. ``words`` and
    ``questions`` are the team's, for the mail.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="proposals")
    place = models.PositiveIntegerField(help_text="in the round, the best first")
    first = models.ForeignKey("coupling.CouplingRequest", null=True, on_delete=models.SET_NULL, related_name="+")
    second = models.ForeignKey("coupling.CouplingRequest", null=True, on_delete=models.SET_NULL, related_name="+")
    third: Any = models.ForeignKey(
        "coupling.CouplingRequest", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    count = models.PositiveSmallIntegerField(default=2, help_text="how many are brought together")
    score = models.PositiveIntegerField()
    points = models.JSONField(default=dict)
    sentences = models.JSONField(default=list)
    names = models.JSONField(default=list)
    candidates = models.JSONField(default=list, help_text="keys of who else fits who asks first, the best first")
    is_pinned = models.BooleanField(default=False)
    words = models.CharField(max_length=rules.MAX_WORDS_LENGTH, blank=True)
    questions = models.JSONField(default=list)
    state = models.CharField(
        max_length=10,
        choices=[(each.value, each.value) for each in ProposalState],
        default=ProposalState.PROPOSED.value,
    )
    decided_by: Any = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    coupling: Any = models.OneToOneField(
        Coupling, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal"
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        app_label = "coupling"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="coupling_proposal_place_once"),
            models.CheckConstraint(
                name="coupling_proposal_decided_at",
                condition=Q(state=ProposalState.PROPOSED.value) | Q(decided_at__isnull=False),
                violation_error_message="What was decided was decided at a moment.",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.place} of round {self.round_id}"

    def get_absolute_url(self) -> str:
        """Where the team decides on it."""
        return reverse("team:proposal", args=[self.round_id, self.place])

    @property
    def mark(self) -> str:
        """How it stands, in a word that a form carries."""
        return rules.mark_of(ProposalState(self.state), self.words, self.questions)

    @property
    def request_ids(self) -> list[int]:
        """The keys of those whose ask or offer is still there."""
        return [each for each in (self.first_id, self.second_id, self.third_id) if each is not None]


class Tie(models.Model):
    """That the team wants two together in each round, or in none; the lower key is ``one``. Gone when one of them is."""

    kind = models.CharField(max_length=3, choices=[(each.value, each.value) for each in TieKind])
    one = models.ForeignKey("coupling.CouplingRequest", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("coupling.CouplingRequest", on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)
    by: Any = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "coupling"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="coupling_tie_once"),
            models.CheckConstraint(
                name="coupling_tie_in_order",
                condition=Q(one__lt=F("other")),
                violation_error_message="The lower key comes first, and nobody is tied to themselves.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.one_id} {self.other_id}"

    @property
    def mark(self) -> str:
        """How it stands, in a word that a form carries."""
        return f"{self.kind}-{self.pk}-{self.at.timestamp():.0f}"

    @property
    def pair(self) -> tuple[int, int]:
        """Both keys."""
        return (self.one_id, self.other_id)
