"""Who was erased, as marks, so that a backup made before does not bring them back; and what an older version bears."""

from django.db import models


class Erasure(models.Model):
    """That somebody was erased, and how. ``mark`` is found again only by who has the row of before (``erasures``)."""

    mark = models.CharField(max_length=64, unique=True)
    with_texts = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"erasure {self.pk}"


class Borne(models.Model):
    """A migration that the version before bears, as ``app.name``; for that version, which does not have it."""

    name = models.CharField(max_length=255, unique=True)

    def __str__(self) -> str:
        return self.name
