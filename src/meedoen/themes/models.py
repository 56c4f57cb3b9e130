"""The themes as rows, so that news, facts and follows can point at them."""

from django.db import models
from django.db.models import Q

AREA = "themes"  # the pages that show what a theme is called


class Theme(models.Model):
    """What something is about: one of six life domains, or a theme that runs through all of them."""

    class Kind(models.TextChoices):
        LIFE_DOMAIN = "levensdomein"
        CROSS_CUTTING = "dwarsthema"

    id = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    label = models.CharField(max_length=80, unique=True)
    short = models.CharField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["levensdomein", "dwarsthema"]),
                name="themes_theme_kind_is_known",
                violation_error_message="A theme is a life domain or runs through all of them.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
