"""Who helps whom until when, and what was done along."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.people.models import Person
from meedoen.people.rules import MAX_EMAIL_LENGTH, MAX_NAME_LENGTH, UNCONFIRMED_LIFE

from . import rules
from .rules import What


class BondQuerySet(models.QuerySet["Bond"]):
    def holding(self, today: date) -> Self:
        """Those that hold today; the SQL twin of ``rules.holds``."""
        return self.filter(helper__isnull=False, ended_at__isnull=True, ends_on__gte=today)

    def of(self, person: Person) -> Self:
        """Those in which somebody helps or is helped."""
        return self.filter(Q(helped=person) | Q(helper=person))

    def to_ask_again(self, today: date) -> Self:
        """Those that end soon, of which nobody was asked yet."""
        return self.holding(today).filter(ends_on__lte=today + rules.ASK_AGAIN, asked_again_at__isnull=True)

    def past_end(self, now: datetime) -> Self:
        """Those that nobody needs any more: never confirmed, or ended long ago."""
        limit = now - rules.HISTORY_LIFE
        return self.filter(
            Q(helper__isnull=True, asked_at__lte=now - UNCONFIRMED_LIFE)
            | Q(ended_at__lte=limit)
            | Q(ends_on__lte=limit.date())
        )


class Bond(models.Model):
    """That ``helper`` may act along with ``helped``. Until the helper says yes there is only an address."""

    helped = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="helpers")
    helper = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="helps")
    name = models.CharField(max_length=MAX_NAME_LENGTH, blank=True)  # of who is asked, until they say yes
    email = models.EmailField(max_length=MAX_EMAIL_LENGTH, blank=True)
    is_shown = models.BooleanField(default=False)  # "met hulp van" beside the words, as the helped person chose
    ends_on = models.DateField()
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = BondQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="along_confirmed_has_helper",
                condition=Q(helper__isnull=True, confirmed_at__isnull=True)
                | Q(helper__isnull=False, confirmed_at__isnull=False, email=""),
                violation_error_message="Who said yes is a person, and no address any more.",
            ),
            models.CheckConstraint(
                name="along_nobody_helps_themselves", condition=Q(helper__isnull=True) | ~Q(helper=models.F("helped"))
            ),
        ]

    def __str__(self) -> str:
        return f"bond {self.pk}"

    @property
    def helper_name(self) -> str:
        """The name of who helps, or of who is asked."""
        return self.helper.name if self.helper else self.name


class DoneAlong(models.Model):
    """One deed that was done along; the person whose deed it is sees it."""

    bond = models.ForeignKey(Bond, on_delete=models.CASCADE, related_name="deeds")
    what = models.CharField(max_length=6, choices=[(what.value, what.value) for what in What])
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} along {self.bond_id}"
