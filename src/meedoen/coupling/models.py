"""The data: asks and offers, and who brought them where."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.keys import MomentKey
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person
from meedoen.themes.models import Theme

from . import rules
from .contesting.models import FactChange as FactChange  # Django finds the tables of a package where its models are
from .growing.models import GrowingMail as GrowingMail
from .growing.models import Growth as Growth
from .introducing.models import Coupling as Coupling
from .introducing.models import CouplingMove as CouplingMove
from .introducing.models import FollowUp as FollowUp
from .introducing.models import Party as Party
from .rounds.models import Proposal as Proposal
from .rounds.models import Round as Round
from .rounds.models import Tie as Tie
from .rules import For, Length, Mover, Side, State

AREA = "coupling"


def _choices(kind: Any) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


class CouplingRequestQuerySet(models.QuerySet["CouplingRequest"]):
    def standing(self) -> Self:
        """What waits for somebody to learn from or with."""
        return self.filter(state=State.STANDS)

    def ended(self, now: Any) -> Self:
        """What was withdrawn or handled long ago."""
        return self.filter(state__in=rules.ENDED, moved_at__lte=now - rules.KEEP_ENDED)

    def whole(self) -> Self:
        """With what its pages show."""
        return self.select_related("person__address", "municipality").prefetch_related("themes")

    def oldest_first(self) -> Self:
        """In the order in which they came."""
        return self.order_by("made_at", "pk")

    def after(self, key: MomentKey) -> Self:
        """What stands below ``key`` in that order."""
        return self.filter(Q(made_at__gt=key.at) | Q(made_at=key.at, pk__gt=key.id))


class CouplingRequest(models.Model):
    """What somebody wants to learn (an ask) or can share (an offer). ``secret`` stands in the address of their page."""

    secret = models.CharField(max_length=40, unique=True, default=unguessable)
    side = models.CharField(max_length=5, choices=_choices(Side))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    themes = models.ManyToManyField(Theme, related_name="+", blank=True)
    kind = models.CharField(max_length=12, choices=_choices(For))
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ways = models.JSONField(default=list)
    length = models.CharField(max_length=6, choices=_choices(Length))
    not_before = models.DateField(null=True, blank=True)
    at_most = models.PositiveSmallIntegerField(null=True, blank=True)  # couplings at a time; of an offer
    state = models.CharField(max_length=9, choices=_choices(State), default=State.STANDS.value)
    moved_by = models.CharField(max_length=5, choices=_choices(Mover), default=Mover.OWNER.value)
    moved_at = models.DateTimeField()
    reason = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)  # why the team brought it there
    entered_by: Any = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_of_caller = models.BooleanField(default=False)  # told by telephone, and entered by the team
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = CouplingRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="coupling_state_is_known",
                condition=Q(state__in=[state.value for state in State], side__in=[side.value for side in Side]),
                violation_error_message="This state or side is not known.",
            ),
            models.CheckConstraint(
                name="coupling_has_municipality",
                condition=Q(kind=For.RESIDENT.value) | Q(municipality__isnull=False),
                violation_error_message="What is for a municipality or a duo says which municipality.",
            ),
            models.CheckConstraint(
                name="coupling_limit_of_offer",
                condition=Q(at_most__isnull=True)
                | Q(side=Side.OFFER.value, at_most__gte=1, at_most__lte=rules.MOST_AT_A_TIME),
                violation_error_message="Only an offer has a limit, and it is at least one.",
            ),
        ]
        indexes = [models.Index(fields=["state", "made_at", "id"], name="coupling_list")]

    def __str__(self) -> str:
        return f"{self.side} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of who made it."""
        return reverse("coupling:own", args=[self.secret])

    @property
    def key(self) -> MomentKey:
        """Its place in the team's list."""
        return MomentKey(self.made_at, self.pk)

    @property
    def mark(self) -> str:
        """How it stands, in a word that a form carries."""
        told = (self.text, self.kind, self.municipality_id, self.ways, self.length, self.not_before, self.at_most)
        return rules.mark_of(State(self.state), self.changed_at, "|".join(map(str, told)))

    @property
    def title(self) -> str:
        """Its first line without the full stop, cut off where it is long."""
        line = self.text.strip().split("\n")[0].strip().removesuffix(".")
        return line if len(line) <= 80 else f"{line[:79].rstrip()}…"


class Move(models.Model):
    """That somebody brought it from one state to another; never changed, gone with it."""

    request = models.ForeignKey(CouplingRequest, on_delete=models.CASCADE, related_name="moves")
    was = models.CharField(max_length=9, choices=_choices(State))
    became = models.CharField(max_length=9, choices=_choices(State))
    mover = models.CharField(max_length=5, choices=_choices(Mover))
    by: Any = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")  # of the team
    words = models.CharField(max_length=rules.MAX_REASON_LENGTH, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"coupling request {self.request_id}: {self.was} to {self.became}"
