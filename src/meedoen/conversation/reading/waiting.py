"""How long the first contribution of somebody new waits for the team."""

import datetime

from meedoen.conversation import rules
from meedoen.conversation.models import Contribution


def usual_wait(now: datetime.datetime) -> datetime.timedelta | None:
    """How long first contributions waited lately: half of them shorter. None when too few did to say so (MO5)."""
    waits = sorted(
        each.shown_at - each.created_at
        for each in Contribution.objects.filter(shown_at__gt=now - rules.WAITS_LOOKED_AT, waited=True)
        if each.shown_at
    )
    return waits[len(waits) // 2] if len(waits) >= rules.WAITS_NEEDED else None
