"""What every table of kept files holds, whatever the files belong to; the tables themselves are of the features."""

import hashlib

from django.core.files.base import File
from django.db import models
from django.db.models import Q

from meedoen.kernel.identifiers import unguessable

from . import store
from .refusing import NotTaken
from .rules import MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH, PICTURES, Described, Type
from .taking import Taken
from .words import words_of


class KeptFile(models.Model):
    """A picture or document, made anew from what was sent. Its key is in its address, and never changes."""

    key = models.CharField(max_length=40, unique=True, default=unguessable)
    type = models.CharField(max_length=5, choices=[(each.value, each.value) for each in Type])
    name = models.CharField(max_length=100)  # under which it is kept
    byte_count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of what was sent: the same file is added once
    width = models.PositiveIntegerField(default=0)  # pixels; of a picture
    height = models.PositiveIntegerField(default=0)
    small_name = models.CharField(max_length=100, blank=True)  # of a picture, as it stands in a page
    small_width = models.PositiveIntegerField(default=0)
    small_height = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=MAX_TITLE_LENGTH, blank=True)  # of a document
    described = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Described])
    description = models.CharField(max_length=MAX_DESCRIPTION_LENGTH, blank=True)  # of what is on a picture
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)  # by its writer, who can put it back for a while

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"

    @property
    def is_picture(self) -> bool:
        """Whether it is there to look at; else it is a document to take along."""
        return self.type in PICTURES

    def hold(self, taken: Taken) -> None:
        """Know what it is, before it is kept."""
        self.type, self.byte_count = taken.type, len(taken.content)
        self.width, self.height = taken.width, taken.height
        self.small_width, self.small_height = taken.small_width, taken.small_height

    def keep(self, taken: Taken) -> None:
        """Put what is in it where files are kept; the row is not stored yet. Raises ``NotTaken``, and keeps nothing."""
        self.name = store.keep(f"{self.key[:2]}/{self.key}.{taken.type.value}", taken.content)
        if taken.small:
            try:
                self.small_name = store.keep(f"{self.key[:2]}/{self.key}-klein.{taken.type.value}", taken.small)
            except NotTaken:
                store.forget(self.name)
                raise


class KeptWords(models.Model):
    """What a file says, for search; read by the worker and gone with its file. No row: it was not read yet."""

    words = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"words of a file, {len(self.words)} letters"


def read(file: KeptFile) -> str:
    """What a kept file says; empty where it is gone. Slow: for the worker. Raises ``Away``."""
    try:
        return words_of(store.read(file.name), file.type)
    except FileNotFoundError:
        return ""


def known_type(name: str) -> models.CheckConstraint:
    """The constraint, under ``name``, that a table of files holds no other kind than we take."""
    return models.CheckConstraint(
        name=name,
        condition=Q(type__in=[each.value for each in Type]),
        violation_error_message="This kind of file is not known.",
    )


def fitting_description(name: str) -> models.CheckConstraint:
    """The constraint, under ``name``, that a picture that is described has a description, and no other."""
    return models.CheckConstraint(
        name=name,
        condition=Q(described="written") & ~Q(description="") | ~Q(described="written") & Q(description=""),
        violation_error_message="A picture that is described has a description, and no other has.",
    )


def digest_of(file: "File[bytes]") -> str:
    """By which the same file is known again; the file stands at its beginning after it."""
    digest = hashlib.sha256()
    for part in file.chunks():
        digest.update(part)
    file.seek(0)
    return digest.hexdigest()
