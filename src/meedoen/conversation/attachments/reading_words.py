"""The deed by which documents beside contributions can be found: read what they say."""

from django.db import transaction
from django.db.models import F

from meedoen.conversation.models import Attachment, AttachmentWords, Contribution
from meedoen.files.kept import read


def read_some(*, most: int) -> int:
    """Read what some documents say, and let their contributions be found by it; how many documents those were."""
    attachments = list(Attachment.objects.to_read()[:most])
    for attachment in attachments:
        words = read(attachment)
        with transaction.atomic():
            if Attachment.objects.select_for_update().filter(pk=attachment.pk).exists():
                AttachmentWords.objects.get_or_create(attachment=attachment, defaults={"words": words})
                beside = Contribution.objects.filter(pk=attachment.contribution_id or 0)
                beside.update(shown_files=F("shown_files"))  # search reads it anew
    return len(attachments)
