"""The files of inserts. What is said of them stands in the text's own content, and so in each of its versions."""

from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.files.kept import KeptFile, KeptWords
from meedoen.files.rules import Film, Type
from meedoen.files.words import READ

TYPES = [each.value for each in (*Type, *Film)]


class InsertFileQuerySet(models.QuerySet["InsertFile"]):
    def to_read(self) -> Self:
        """Those that belong to a text and of which nobody read yet what they say, the oldest first."""
        return self.filter(work__isnull=False, said__isnull=True, type__in=READ).order_by("pk")

    def of_no_text(self) -> Self:
        """Those whose text was erased."""
        return self.filter(work__isnull=True)


class InsertFile(KeptFile):
    """A file in a text, made anew from what was sent; it never changes. ``removed_at``: since when its text, as it
    was saved last, names it no more. A version that names it keeps it.
    """

    type = models.CharField(max_length=5, choices=[(each, each) for each in TYPES])
    work = models.ForeignKey("library.Work", null=True, blank=True, on_delete=models.SET_NULL, related_name="files")
    widths = models.JSONField(default=list)  # pixels, of the renditions of a picture

    objects = InsertFileQuerySet.as_manager()

    class Meta:
        app_label = "library"
        constraints = [
            models.UniqueConstraint(name="library_insert_file_once", fields=["work", "digest"]),
            models.CheckConstraint(
                name="library_insert_file_type_is_known",
                condition=Q(type__in=TYPES),
                violation_error_message="This kind of file is not known.",
            ),
        ]

    @property
    def names(self) -> list[str]:
        """Under which all that belongs to it is kept."""
        return [self.name, self.small_name, *(self.rendition(width) for width in self.widths)]

    def rendition(self, width: int) -> str:
        """Under which the picture is kept in that width."""
        return f"{self.key[:2]}/{self.key}-{width}.webp"


class InsertWords(KeptWords):
    """What a document or the captions of a video say."""

    file = models.OneToOneField("library.InsertFile", on_delete=models.CASCADE, related_name="said")

    class Meta:
        app_label = "library"
