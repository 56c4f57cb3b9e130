"""What is mailed to who comes: each mail says how it stands, when and where, and leads to their own page."""

from datetime import datetime

from meedoen.kernel.dutch import datetime_words
from meedoen.mail import actions as mail
from meedoen.mail.rendering import Written
from meedoen.meetings import words
from meedoen.meetings.models import Meeting

from . import appointments
from .models import Attendee, Party
from .rules import State


def placed(attendee: Attendee, meeting: Meeting, *, now: datetime, is_changed: bool = False) -> None:
    """They have a place; with the appointment for their calendar."""
    _send(
        "placed",
        attendee,
        meeting,
        now=now,
        calendar=appointments.invitation(attendee, meeting, now=now),
        is_changed=is_changed,
        others=[each.called for each in _others(attendee) if each.called],
    )


def waiting(attendee: Attendee, meeting: Meeting, *, now: datetime) -> None:
    """They wait for a place."""
    _send("waiting", attendee, meeting, now=now, is_duo=bool(_others(attendee)))


def offered(attendee: Attendee, meeting: Meeting, party: Party, *, now: datetime) -> None:
    """A place came free and is theirs to take, until a moment."""
    until = datetime_words(party.offered_until) if party.offered_until else ""
    _send("offered", attendee, meeting, now=now, until=until, is_duo=bool(_others(attendee)), count=party.offer_count)


def lapsed(attendee: Attendee, meeting: Meeting, party: Party, *, now: datetime) -> None:
    """They did not take the place in time."""
    _send("lapsed", attendee, meeting, now=now, count=party.offer_count)


def cancelled(attendee: Attendee, meeting: Meeting, *, now: datetime) -> None:
    """They do not come; with what takes it out of their calendar, and until when they can come back."""
    _send(
        "cancelled",
        attendee,
        meeting,
        now=now,
        calendar=appointments.cancellation(attendee, meeting, now=now),
        held_until=datetime_words(attendee.held_until) if attendee.held_until else "",
    )


def meeting_changed(attendee: Attendee, meeting: Meeting, *, now: datetime) -> None:
    """Time, place or the way in is another, it is not held, or held after all; their calendar follows."""
    has_place = attendee.party.state == State.PLACED
    is_off = meeting.cancelled_at is not None
    make = appointments.cancellation if is_off else appointments.invitation
    change = meeting.changes.first()
    _send(
        "changed",
        attendee,
        meeting,
        now=now,
        calendar=make(attendee, meeting, now=now) if has_place else "",
        is_off=is_off,
        reason=Written(meeting.cancelled_reason),
        change=Written(change.words) if change else "",
        has_place=has_place,
        mark=f"meeting-{meeting.sequence}",
    )


def partner_comes(attendee: Attendee, meeting: Meeting, partner: Attendee, *, now: datetime) -> None:
    """Who they come with said yes."""
    _send("partner", attendee, meeting, now=now, what="comes", partner=partner)


def partner_left(attendee: Attendee, meeting: Meeting, partner: Attendee, *, now: datetime) -> None:
    """Who they come with does not come; they keep what they have."""
    _send("partner", attendee, meeting, now=now, what="left", partner=partner)


def partner_silent(attendee: Attendee, meeting: Meeting, partner: Attendee, *, now: datetime) -> None:
    """Who they asked did not answer; they choose to come alone or with somebody else."""
    _send("partner", attendee, meeting, now=now, what="silent", partner=partner)


def needs_noted(attendee: Attendee, meeting: Meeting, *, now: datetime) -> None:
    """They asked for something; which, only their own page tells."""
    _send("needs", attendee, meeting, now=now, what="noted", mark=f"noted-{now:%Y%m%d%H%M%S}")


def needs_settled(attendee: Attendee, meeting: Meeting, *, now: datetime) -> None:
    """There is news of what they asked; which, only their own page tells."""
    _send("needs", attendee, meeting, now=now, what="settled", mark=f"settled-{now:%Y%m%d%H%M%S}")


def _others(attendee: Attendee) -> list[Attendee]:
    return list(attendee.party.attendees.coming().exclude(pk=attendee.pk).select_related("person"))


def _send(
    template: str,
    attendee: Attendee,
    meeting: Meeting,
    *,
    now: datetime,
    calendar: str = "",
    partner: Attendee | None = None,
    count: int = 0,
    mark: str = "",
    **facts: object,
) -> None:
    if not attendee.address:
        return
    about = f"{partner.pk}-{partner.sequence}-{facts['what']}" if partner else mark or f"{count or attendee.sequence}"
    mail.send(
        f"mail/meetings/{template}.md",
        to=attendee.address,
        context={
            "title": meeting.title,
            "when": words.when(meeting),
            "where": words.where(meeting),
            "way": attendee.way,
            "companions": attendee.companions,
            "path": attendee.own_url,
            "public_path": meeting.get_absolute_url(),
            "partner": partner.called if partner else "",
            **facts,
        },
        key=f"attendee-{attendee.pk}-{template}-{about}",
        now=now,
        reply_to=meeting.contact_email,
        calendar=calendar,
    )
