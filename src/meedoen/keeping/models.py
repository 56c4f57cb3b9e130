"""Who was erased, as marks: so that a backup made before does not bring them back."""

from django.db import models


class Erasure(models.Model):
    """That somebody was erased, and how. ``mark`` is found again only by who has the row of before (``erasures``)."""

    mark = models.CharField(max_length=64, unique=True)
    with_texts = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"erasure {self.pk}"
