"""The data: barriers with what was done about them, and what people told who got stuck."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from meedoen.kernel.identifiers import unguessable
from meedoen.kernel.keys import DayKey
from meedoen.pages.listed import ListPage, above, below, list_page
from meedoen.people.models import Person

from . import rules
from .rules import State

AREA = "barriers"


class BarrierQuerySet(models.QuerySet["Barrier"]):
    def open(self) -> Self:
        """What is not fixed yet, the oldest first."""
        return self.filter(state__in=rules.OPEN).order_by("found_on", "pk")

    def promised(self) -> Self:
        """What has a day, the soonest first."""
        return self.filter(state=State.PROMISED).order_by("promised_on", "pk")

    def overdue(self, today: datetime.date) -> Self:
        """What was promised for a day that went by; the SQL twin of ``rules.is_overdue``."""
        return self.promised().filter(promised_on__lt=today)

    def to_attach_to(self, today: datetime.date) -> Self:
        """What somebody can have run into lately: what is open, and what was fixed not long ago."""
        return self.filter(
            Q(state__in=rules.OPEN) | Q(state=State.FIXED, fixed_on__gte=today - rules.JUST_FIXED)
        ).order_by("title", "pk")

    def fixed(self) -> Self:
        """What was fixed."""
        return self.filter(state=State.FIXED)

    def newest_first(self) -> Self:
        """In the order of the list of what was fixed."""
        return self.order_by("-fixed_on", "-id")

    def oldest_first(self) -> Self:
        """In the opposite order."""
        return self.order_by("fixed_on", "id")

    def older_than(self, key: DayKey) -> Self:
        """What stands below ``key``."""
        return self.filter(below("fixed_on", key.dated_on, key.id))

    def newer_than(self, key: DayKey) -> Self:
        """What stands above ``key``."""
        return self.filter(above("fixed_on", key.dated_on, key.id))

    def page(self, *, before: DayKey | None = None, after: DayKey | None = None) -> "ListPage[Barrier]":
        """One page of what was fixed."""
        return list_page(self, size=rules.PAGE_SIZE, before=before, after=after)


class Barrier(models.Model):
    """Something on this site that keeps people from taking part, in the team's own words.

    ``pages`` are addresses without the name of the site; none: it is everywhere, or the text says where.
    ``changed`` says what was done, ``reason`` why it is no barrier.
    """

    title = models.CharField(max_length=rules.MAX_TITLE_LENGTH)
    text = models.CharField(max_length=rules.MAX_TEXT_LENGTH)
    criterion = models.CharField(max_length=7, blank=True, help_text="of WCAG 2.2, such as 1.4.3")
    pages = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State])
    found_on = models.DateField()
    promised_on = models.DateField(null=True, blank=True)
    fixed_on = models.DateField(null=True, blank=True)
    changed = models.CharField(max_length=rules.MAX_TEXT_LENGTH, blank=True)
    reason = models.CharField(max_length=rules.MAX_TEXT_LENGTH, blank=True)
    changed_at = models.DateTimeField()

    objects = BarrierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="barriers_state_is_known",
                condition=Q(state__in=[state.value for state in State]),
                violation_error_message="This state is not known.",
            ),
            models.CheckConstraint(
                name="barriers_promised_for_a_day",
                condition=~Q(state="promised") | Q(promised_on__isnull=False),
                violation_error_message="What is promised has a day.",
            ),
            models.CheckConstraint(
                name="barriers_fixed_whole",
                condition=~Q(state="fixed") | (Q(fixed_on__isnull=False) & ~Q(changed="")),
                violation_error_message="What is fixed has a day, and says what changed.",
            ),
            models.CheckConstraint(
                name="barriers_none_has_reason",
                condition=~Q(state="none") | ~Q(reason=""),
                violation_error_message="What is no barrier says why.",
            ),
        ]
        indexes = [models.Index(fields=["state", "-fixed_on", "-id"], name="barriers_list")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place on the public page, also when it is on a later page of what was fixed."""
        where = ""
        if self.state == State.FIXED and self.fixed_on:
            where = f"?tot={DayKey(self.fixed_on, self.pk + 1)}"
        return f"{reverse('barriers:list')}{where}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The name of its place on the public page."""
        return f"drempel-{self.pk}"

    @property
    def key(self) -> DayKey:
        """Its place in the list of what was fixed."""
        return DayKey(self.fixed_on or self.found_on, self.pk)


class Step(models.Model):
    """That somebody of the team brought a barrier somewhere; never changed, gone with it."""

    barrier = models.ForeignKey(Barrier, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State])
    on = models.DateField(null=True, blank=True)  # promised for, or fixed on
    words = models.CharField(max_length=rules.MAX_TEXT_LENGTH, blank=True)  # what changed, or why not
    by: Any = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"barrier {self.barrier_id}: {self.state}"


class StuckReportQuerySet(models.QuerySet["StuckReport"]):
    def waiting(self) -> Self:
        """What nobody answered yet, the oldest first."""
        return self.filter(settled_at=None).order_by("created_at", "pk")

    def to_tell(self) -> Self:
        """Those whose writer proved an address and did not stop the mail."""
        return self.filter(person__address__isnull=False, stopped_at=None).select_related("person__address", "barrier")


class StuckReport(models.Model):
    """What somebody told who got stuck; stored at once, without knowing who they are. Nobody but the team reads it."""

    key = models.CharField(max_length=40, unique=True, default=unguessable)  # opens the page of who sent it
    fingerprint = models.CharField(max_length=64, unique=True)  # a keyed hash: the same words are kept once
    path = models.CharField(max_length=rules.MAX_PATH_LENGTH, blank=True)
    place = models.CharField(max_length=rules.MAX_PLACE_LENGTH, blank=True)  # in their words, where no page is known
    doing = models.TextField()
    using = models.CharField(max_length=rules.MAX_USING_LENGTH, blank=True)
    created_at = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)  # no mail, or no more
    barrier = models.ForeignKey(Barrier, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    answer = models.CharField(max_length=rules.MAX_TEXT_LENGTH, blank=True)  # where no barrier was found in it
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = StuckReportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="barriers_waiting", fields=["created_at"], condition=Q(settled_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"stuck report {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of who sent it."""
        return reverse("barriers:own", args=[self.key])

    @property
    def where(self) -> str:
        """On which page, as far as told."""
        return self.path or self.place
