"""What is mailed to who comes: each mail says how it stands, when and where, and leads to their own page."""

from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.kernel.clock import local_date
from meedoen.kernel.dutch import datetime_words
from meedoen.mail import actions as mail
from meedoen.mail.rendering import Own, Written
from meedoen.meetings import practical, words
from meedoen.meetings.models import Meeting

from . import answering, appointments, calls, rules
from .models import Attendee, Due, Party
from .rules import Reminder, State, Way


def placed(
    attendee: Attendee,
    meeting: Meeting,
    *,
    now: datetime,
    is_changed: bool = False,
    is_back: bool = False,
    helper: str = "",
    by_phone: bool = False,
    is_alone: bool = False,
    left_out: int = 0,
) -> None:
    """They have a place; with the appointment for their calendar, and until when who changed can go back.

    ``is_back``: they just did.

    ``left_out``: how many would have come along to help, and take no place online. ``helper``: who signed them up, along with them; ``by_phone``: they called, and we did it; ``is_alone``: it is known
    that nobody comes with them, and need not be asked.
    """
    _send(
        "placed",
        attendee,
        meeting,
        now=now,
        calendar=appointments.invitation(attendee, meeting, now=now),
        is_changed=is_changed,
        is_back=is_back,
        answers=answering.choices(attendee, meeting, is_back=is_back),
        held_until=datetime_words(attendee.former_until)
        if is_changed and not is_back and attendee.former_until
        else "",
        helper=helper,
        by_phone=by_phone,
        left_out=left_out,
        are_held=bool(attendee.former_companions),
        in_words=answering.with_helpers(left_out) if left_out else "",
        others=[] if is_alone else [each.called for each in _others(attendee) if each.called],
    )


def waiting(attendee: Attendee, meeting: Meeting, *, now: datetime, helper: str = "", by_phone: bool = False) -> None:
    """They wait for a place."""
    _send("waiting", attendee, meeting, now=now, helper=helper, by_phone=by_phone, is_duo=bool(_others(attendee)))


def offered(attendee: Attendee, meeting: Meeting, party: Party, *, now: datetime, by_phone: bool = False) -> None:
    """A place came free and is theirs to take, until a moment."""
    until = datetime_words(party.offered_until) if party.offered_until else ""
    # Anew for each offer, and for who took back that they cancelled one.
    mark = f"{party.offer_count}-{attendee.sequence}"
    _send(
        "offered", attendee, meeting, now=now, until=until, is_duo=bool(_others(attendee)), mark=mark, by_phone=by_phone
    )


def lapsed(attendee: Attendee, meeting: Meeting, party: Party, *, now: datetime, by_phone: bool = False) -> None:
    """They did not take the place in time."""
    _send("lapsed", attendee, meeting, now=now, count=party.offer_count, by_phone=by_phone)


def cancelled(attendee: Attendee, meeting: Meeting, *, now: datetime, by_phone: bool = False) -> None:
    """They do not come; with what takes it out of their calendar, and until when they can come back."""
    _send(
        "cancelled",
        attendee,
        meeting,
        now=now,
        calendar=appointments.cancellation(attendee, meeting, now=now),
        held_until=datetime_words(attendee.held_until) if attendee.held_until else "",
        turn_until=datetime_words(now + rules.CANCEL_UNDO) if attendee.party.state == State.WAITING else "",
        by_phone=by_phone,
    )


def own_link(attendee: Attendee, meeting: Meeting, *, now: datetime) -> None:
    """The way to their own page, since somebody called with their name and address; at most once a day."""
    _send("own_link", attendee, meeting, now=now, mark=f"{now:%Y%m%d}")


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


def partner_left(
    attendee: Attendee, meeting: Meeting, partner: Attendee, *, now: datetime, by_phone: bool = False
) -> None:
    """Who they come with does not come; they keep what they have. ``by_phone``: that one called, and we did it."""
    _send("partner", attendee, meeting, now=now, what="left", partner=partner, by_phone=by_phone)


def partner_returns(
    attendee: Attendee, meeting: Meeting, partner: Attendee, *, now: datetime, by_phone: bool = False
) -> None:
    """Who they come with cancelled, and comes after all."""
    _send("partner", attendee, meeting, now=now, what="returns", partner=partner, by_phone=by_phone)


def partner_silent(attendee: Attendee, meeting: Meeting, partner: Attendee, *, now: datetime) -> None:
    """Who they asked did not answer; they choose to come alone or with somebody else."""
    _send("partner", attendee, meeting, now=now, what="silent", partner=partner)


def needs_noted(attendee: Attendee, meeting: Meeting, *, now: datetime) -> None:
    """They asked for something; which, only their own page tells."""
    _send("needs", attendee, meeting, now=now, what="noted", mark=f"noted-{now:%Y%m%d%H%M%S}")


def needs_settled(attendee: Attendee, meeting: Meeting, *, now: datetime) -> None:
    """There is news of what they asked; which, only their own page tells."""
    _send("needs", attendee, meeting, now=now, what="settled", mark=f"settled-{now:%Y%m%d%H%M%S}")


def reminder(attendee: Attendee, due: Due, *, now: datetime, answer_to: str = "") -> mail.Letter | None:
    """All that they need when it is near, to be sent with those to others; None where no address is known any more.

    ``answer_to`` is where their answer goes; without, to who organises. What somebody needs is not named: of that their own page tells. Asks the database nothing.
    """
    meeting = due.meeting
    if not attendee.address or meeting.starts_at is None:
        return None
    is_room = attendee.way == Way.ROOM
    return mail.Letter(
        "mail/meetings/reminder.md",
        to=attendee.address,
        context={
            "title": meeting.title,
            "soon": _soon(due.kind, (local_date(meeting.starts_at) - local_date(now)).days),
            "when": words.when(meeting),
            "way": attendee.way,
            "companions": attendee.companions,
            "breaks": meeting.breaks,
            "facts": [
                f"{key} {value}" if key.endswith("?") else f"{key}: {value}"
                for key, value in (practical.in_the_room(meeting) if is_room else practical.online(meeting))
                if value
            ],
            "door_path": "" if is_room else Own(attendee.door_url),
            "opens": datetime_words(rules.opens_at(meeting.starts_at)),
            "by_phone": "" if is_room else meeting.join_by_phone,
            "arranged": words.arranged(meeting.provisions.all()),
            "programme": [practical.in_a_line(each) for each in meeting.programme.all()],
            "contact": words.contact(meeting),
            "path": Own(attendee.own_url),
            "public_path": meeting.get_absolute_url(),
            "answers": answering.choices(attendee, meeting),
        },
        key=reminder_key(attendee, due),
        reply_to=answer_to or meeting.contact_email,
    )


def reminder_key(attendee: Attendee, due: Due) -> str:
    """By which each has one for each day on which the meeting is."""
    day = local_date(due.meeting.starts_at).isoformat() if due.meeting.starts_at else ""
    return f"attendee-{attendee.pk}-reminder-{due.kind}-{day}"


def _soon(kind: Reminder, days: int) -> str:
    if kind == Reminder.HOUR:
        return _("Zo meteen")
    if days <= 1:
        return _("Morgen") if days else _("Vandaag")
    return (
        _("Over een week") if days == rules.REMINDED[Reminder.WEEK].days else _("Over %(days)s dagen") % {"days": days}
    )


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
    about = f"{partner.pk}-{partner.sequence}-{facts['what']}" if partner else mark or f"{count or attendee.sequence}"
    key = f"attendee-{attendee.pk}-{template}-{about}"
    if attendee.phone and not facts.get("by_phone"):  # who is on the line hears it now
        calls.note(attendee, template, key=key, now=now)
    if not attendee.address:
        return
    mail.send(
        f"mail/meetings/{template}.md",
        to=attendee.address,
        context={
            "title": meeting.title,
            "when": words.when(meeting),
            "where": words.where(meeting),
            "way": attendee.way,
            "companions": attendee.companions,
            "path": Own(attendee.own_url),
            "public_path": meeting.get_absolute_url(),
            "partner": partner.called if partner else "",
            "answers": answering.choices(attendee, meeting),
            **facts,
        },
        key=key,
        now=now,
        reply_to=answering.answer_to(attendee, meeting, now=now),
        calendar=calendar,
    )
