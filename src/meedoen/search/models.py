"""The rows of the index: what was found in each document, which words it knows, and what waits to be read anew."""

from typing import Self

from django.db import models


class EntryQuerySet(models.QuerySet["Entry"]):
    def of_kind(self, kind: str) -> Self:
        """What one source put in."""
        return self.filter(kind=kind)


class Entry(models.Model):
    """A document as it stands in the index. The terms by which it is found stand with the engine of the database.

    ``profile`` is what of each term counts in it (``profiles``). ``mark`` changes when what it says does.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    group = models.CharField(max_length=130)
    url = models.TextField()
    title = models.CharField(max_length=400)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    headings = models.TextField(blank=True)
    date = models.DateField(null=True)
    place = models.TextField(blank=True)
    themes = models.TextField(blank=True)  # parted by spaces, as are the next
    municipalities = models.TextField(blank=True)
    has_easy = models.BooleanField(default=False)
    worth = models.SmallIntegerField(default=0)
    profile = models.BinaryField()
    mark = models.CharField(max_length=32)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(name="search_one_entry_each", fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Change(models.Model):
    """Something that came, went or changed and was not read anew yet. Triggers write it, with the change itself."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    attempts = models.PositiveSmallIntegerField(db_default=0)  # that went wrong
    due_at = models.DateTimeField(null=True)  # when it is tried again

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Word(models.Model):
    """A word as it is written in documents, by which misspelt and unfinished ones are known.

    ``sound`` is how it sounds (``language.analysis.spelling``); ``count`` in how many documents it stands.
    """

    word = models.CharField(max_length=60, primary_key=True)
    sound = models.CharField(max_length=60, db_index=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.word


class Term(models.Model):
    """In how many documents a term stood when they were last counted: how little it tells."""

    term = models.CharField(max_length=200, primary_key=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.term


class Counted(models.Model):
    """When the terms were last counted, and how many documents there were; one row."""

    at = models.DateTimeField()
    documents = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.documents} documents, {self.at}"
