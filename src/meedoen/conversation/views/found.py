"""Finding the contribution that an address names, as far as everybody may read it."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from meedoen.conversation import threads
from meedoen.conversation.models import Contribution
from meedoen.pages.missing import Missing


def readable(contribution_id: int) -> Contribution:
    """The contribution whose words can be read, in a thread that can. Raises ``Http404`` or ``Missing``."""
    found = Contribution.objects.readable().select_related("thread", "person__municipality", "reply_to", "bond__helper")
    return in_sight(get_object_or_404(found, pk=contribution_id))


def in_sight(contribution: Contribution) -> Contribution:
    """It, unless what it was said about is out of sight: then nothing of it is shown. Raises ``Missing``."""
    if not threads.stands(contribution.thread):
        raise Missing(_("Dit bericht is er niet, of het staat nu niet op de site."))
    return contribution
