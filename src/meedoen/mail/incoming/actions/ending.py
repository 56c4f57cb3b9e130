"""How mail ends: seen to by a person, or past its end date."""

from datetime import datetime

from django.db import transaction

from meedoen.kernel.clock import local_date
from meedoen.mail.incoming import erasing, rules
from meedoen.mail.incoming.models import Count, Incoming, ReplyAddress

SETTLED = "settled"  # the outcome of what a person of the team saw to


@transaction.atomic
def settle(mail: Incoming, *, now: datetime) -> bool:
    """Erase what was put aside, since somebody saw to it. False when it is not put aside any more."""
    is_ours = Incoming.objects.aside().filter(pk=mail.pk).update(state=Incoming.State.HANDLED, outcome=SETTLED)
    if is_ours:
        erasing.erase(Incoming.objects.filter(pk=mail.pk), now)
    return bool(is_ours)


@transaction.atomic
def erase_old(*, now: datetime) -> int:
    """Erase the words and addresses of mail past its end date, and in the end the rows; how many lost their words."""
    Count.objects.filter(day__lt=local_date(now - rules.KEEP_COUNTS)).delete()
    Incoming.objects.filter(erased_at__lte=now - rules.KEEP_MARK).delete()
    ReplyAddress.objects.filter(revoked_at__lte=now - rules.KEEP_REVOKED).delete()
    return erasing.erase(Incoming.objects.past_end(now=now), now)
