"""The version of each area of the site: a number that grows with every change of what its pages show."""

from collections.abc import Iterable

from django.db import models


class AreaQuerySet(models.QuerySet["Area"]):
    def versions(self, names: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """The areas' names and numbers, by name; an area that never changed is not in it. One indexed query."""
        return tuple(self.filter(name__in=names).order_by("name").values_list("name", "number"))


class Area(models.Model):
    """A part of the site's content that pages show, such as ``news``.

    ``number`` is raised in the transaction that changes the content, so whoever reads the number first and the
    content after it never keeps an old page under a new number.
    """

    name = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
