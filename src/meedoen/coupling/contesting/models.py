"""Who contested which fact, and when."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Subquery

from meedoen.municipalities.facts.rules import For
from meedoen.municipalities.models import Fact
from meedoen.people.models import Person

from .rules import Deed


class FactChangeQuerySet(models.QuerySet["FactChange"]):
    def last_withdrawals(self) -> Self:
        """Of each fact the last time that it was withdrawn: why it is stands in their words, and in nobody else's."""
        of_fact = FactChange.objects.filter(fact=OuterRef("fact"), deed=Deed.WITHDRAW).order_by("-at", "-pk")
        return self.filter(pk=Subquery(of_fact.values("pk")[:1]))


class FactChange(models.Model):
    """One deed about a fact; never changed, gone with the fact."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="+")
    deed = models.CharField(max_length=9, choices=[(deed.value, deed.value) for deed in Deed])
    by: Any = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    by_whom = models.CharField(max_length=7, choices=[(each.value, each.value) for each in For])
    at = models.DateTimeField()

    objects = FactChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.deed} of fact {self.fact_id}"
