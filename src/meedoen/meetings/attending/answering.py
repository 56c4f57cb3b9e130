"""What a mail about coming asks to be answered with, and where that answer goes; ``mailed`` takes it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.mail.incoming import addresses
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Form

from . import rules
from .models import Attendee
from .rules import State, Way

COMING = "meetings.coming"  # the purpose of answers by who comes, about how they come
SIGN_UP = "meetings.sign_up"  # of answers by who may want to come, about a meeting or about all
ALL = "alle"  # what the answer to a list of meetings is about
NAME = "bijeenkomst"  # bijeenkomst@…
WORDS = {Way.ROOM: "zaal", Way.ONLINE: "online"}


def answer_to(attendee: Attendee, meeting: Meeting, *, now: datetime) -> str:
    """Where an answer of who comes goes; to who organises where no mail can come in."""
    if attendee.person_id is None:
        return meeting.contact_email
    found = addresses.answer_to(COMING, owner=attendee.person_id, about=attendee.pk, now=now)
    return found or meeting.contact_email


def answers_to(attendees: Iterable[Attendee], *, now: datetime) -> dict[str, str]:
    """The same for many, by the attendee's number, in a fixed number of queries; empty where no mail can come in."""
    owners = {str(each.pk): str(each.person_id) for each in attendees if each.person_id}
    return addresses.answers_to(COMING, owners, now=now)


def choices(attendee: Attendee, meeting: Meeting, *, is_back: bool = False) -> list[str]:
    """The words that can be answered with, each with what it does; empty where no mail can come in.

    Who is just back where they were reads nothing of going back.
    """
    if not addresses.is_open() or attendee.person_id is None or meeting.cancelled_at:
        return []
    if attendee.cancelled_at:
        is_held = attendee.held_until is not None or attendee.party.state == State.WAITING
        return [_("terug: je komt toch.")] if is_held else []
    if attendee.party.state == State.OFFERED:
        return [_("ja: je neemt de plek."), _("nee: je komt niet.")]
    again = [_("ja: je gaat weer op de wachtlijst.")] if attendee.party.state == State.LAPSED else []
    back = [_("terug: je gaat terug naar je oude plek.")] if attendee.former_until and not is_back else []
    return [
        *again,
        *back,
        _("afmelden: je komt niet."),
        *_other_way(attendee, meeting),
        _("nodig: je vertelt wat je nodig hebt om mee te doen."),
        _("met, en dan een naam en een e-mailadres: je vraagt iemand mee."),
    ]


def with_helpers(count: int) -> str:
    """How who went online without those who help them comes to the room with them, when their place is held no more."""
    if count == 1:
        return _("Wil je later toch naar de zaal, met een begeleider? Antwoord dan: zaal, met 1 begeleider.")
    return _("Wil je later toch naar de zaal, met begeleiders? Antwoord dan: zaal, met %(count)s begeleiders.") % {
        "count": count
    }


def _other_way(attendee: Attendee, meeting: Meeting) -> list[str]:
    said = {Way.ROOM: _("zaal: je komt naar de zaal."), Way.ONLINE: _("online: je doet online mee.")}
    return [said[way] for way in rules.ways_of(Form(meeting.form)) if way != attendee.way]
