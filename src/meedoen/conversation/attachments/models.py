"""Files beside a contribution, or beside what will become one; and descriptions that somebody offered for them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from meedoen.conversation.rules import State
from meedoen.files.kept import KeptFile, KeptWords, fitting_description, known_type
from meedoen.files.rules import PICTURES
from meedoen.files.words import READ
from meedoen.people.models import PendingAct, Person

from . import rules
from .rules import Described

# What a page shows of a file; see ``Attachment.row``.
SHOWN = ("key", "type", "byte_count", "title", "described", "description", "small_width", "small_height")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def present(self) -> Self:
        """What was not taken away, in the order in which it was added."""
        return self.filter(removed_at__isnull=True).order_by("pk")

    def of_nobody(self) -> Self:
        """What belongs to nothing any more: its act ran out, or its contribution was erased."""
        return self.filter(act__isnull=True, contribution__isnull=True)

    def to_describe(self) -> Self:
        """Pictures that everybody sees and of which somebody else may say what is on them; nobody did so yet."""
        shown = self.present().filter(described=Described.ASKED, contribution__state=State.SHOWN)
        return shown.filter(type__in=[each.value for each in PICTURES])

    def to_read(self) -> Self:
        """Documents beside what was sent of which nobody read yet what they say, the oldest first."""
        return self.present().filter(contribution__isnull=False, said__isnull=True, type__in=READ)

    def past_end(self, now: datetime) -> Self:
        """What has to be erased: of nobody, taken away long ago, or a picture of which long nobody said what is on it."""
        undescribed = Q(
            contribution__isnull=False,
            described=Described.NOT_YET,
            type__in=[each.value for each in PICTURES],
            created_at__lte=now - rules.KEEP_UNDESCRIBED,
        )
        of_nobody = Q(act__isnull=True, contribution__isnull=True)
        return self.filter(of_nobody | undescribed | Q(removed_at__lte=now - rules.KEEP_REMOVED))


class Attachment(KeptFile):
    """A picture or document, made anew from what was sent. Its key is in its address, and never changes."""

    act = models.ForeignKey(PendingAct, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments")
    contribution = models.ForeignKey(
        "conversation.Contribution", null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments"
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="conversation_file_added_once", fields=["act", "digest"]),
            known_type("conversation_file_type_is_known"),
            fitting_description("conversation_description_fits"),
        ]

    @property
    def is_complete(self) -> bool:
        """Whether it may be sent."""
        return rules.is_complete(self)

    @property
    def row(self) -> dict[str, str | int]:
        """What a page needs of it, as its contribution keeps it: no page asks a query for files."""
        return {name: getattr(self, name) for name in SHOWN}


class AttachmentWords(KeptWords):
    """What a document says."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="said")


class Offer(models.Model):
    """A description that somebody offered for a picture of somebody else; it waits for the team."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=rules.MAX_DESCRIPTION_LENGTH)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="conversation_one_offer_each", fields=["attachment", "person"])]

    def __str__(self) -> str:
        return f"offer {self.pk}"
