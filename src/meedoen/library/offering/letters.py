"""What is mailed to who offered a practice: that it came, what the team asks, what was decided."""

import datetime
from typing import Any

from meedoen.library.models import PracticeOffer
from meedoen.mail import actions as mail
from meedoen.mail.rendering import Written


def send(offer: PracticeOffer, letter: str, *, key: str, now: datetime.datetime, words: str = "", **more: Any) -> None:
    """Mail one of them, with the way to the page of who offered it; ``words`` are those of the team."""
    if offer.offered_by.address is None:
        return
    context = {"title": offer.work.name, "path": offer.get_absolute_url(), "words": Written(words), **more}
    mail.send(
        f"mail/library/{letter}.md",
        to=offer.offered_by.address.email,
        context=context,
        key=f"practice-offer-{offer.pk}-{key}",
        now=now,
    )
