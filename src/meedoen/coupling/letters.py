"""What is mailed to who asked or offered: that it came, and what the team did with it."""

import datetime

from meedoen.mail import actions as mail
from meedoen.mail.incoming import addresses
from meedoen.mail.references import Reference
from meedoen.mail.rendering import Written

from .hearing import KIND, LENGTH, MUNICIPALITY, WAYS
from .lines import rows
from .models import CouplingRequest
from .rules import Side

REQUEST = "coupling.request"  # the purpose of answers by mail; ``mailed`` handles them


def send(
    request: CouplingRequest,
    letter: str,
    *,
    key: str,
    now: datetime.datetime,
    words: str = "",
    is_of_caller: bool = False,
    unread: Reference | str = "",
) -> None:
    """Mail one of them, with the way to the page of who made it; ``words`` are those of the team, ``unread``
    what an answer by mail said beside."""
    if request.person.address is None:
        return
    reply_to = addresses.answer_to(REQUEST, owner=request.person_id, about=request.pk, now=now)
    context = {
        "may_reply": bool(reply_to),
        "is_offer": request.side == Side.OFFER,
        "is_of_caller": is_of_caller,
        "path": request.get_absolute_url(),
        "words": Written(words),
        "told": Written(request.text),
        "rows": rows(_in_lines(request)),
        "unread": unread,
    }
    mail.send(
        f"mail/coupling/{letter}.md",
        to=request.person.address.email,
        context=context,
        key=f"coupling-{request.pk}-{key}",
        now=now,
        reply_to=reply_to,
    )


def _in_lines(request: CouplingRequest) -> dict[str, object]:
    place = request.municipality_id
    return {KIND: request.kind, MUNICIPALITY: place, WAYS: request.ways, LENGTH: request.length}
