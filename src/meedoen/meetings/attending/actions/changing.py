"""Attending in another way, not coming, and coming after all; what is left is held an hour."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.meetings.attending import letters, needs, places, rules
from meedoen.meetings.attending.conditions import CannotDo, Coming, fresh, must_come, must_fit_the_form, others
from meedoen.meetings.attending.models import NOTHING_FORMER, Attendee
from meedoen.meetings.attending.rules import Places, State, Way
from meedoen.meetings.rules import Form
from meedoen.people.models import Person

from .standing import tell_how_it_stands


@transaction.atomic
def change(
    attendee: Attendee, *, way: Way, companions: int, now: datetime, by_phone: bool = False, left_out: int = 0
) -> Attendee:
    """Attend in another way, or with another number who help; what one leaves is held for an hour.

    ``left_out``: those who help that were named beside going online; the mail says how they get a place in the room.
    Going back is a change too, to what is held. Raises ``CannotDo``; the place that one has stays then.
    """
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    must_come(attendee)
    if meeting.cancelled_at or meeting.ends_at is None or meeting.ends_at <= now:
        raise CannotDo(_("Deze bijeenkomst is voorbij, of gaat niet door."))
    must_fit_the_form(meeting, Coming(way, companions))
    if (way, companions) == (attendee.way, attendee.companions):
        return attendee
    before, after = (Way(attendee.way), attendee.companions), (way, companions)
    is_back = bool(attendee.changed_places(now)) and after == (attendee.former_way, attendee.former_companions)
    left = rules.left_free(before, after)
    need = places.wanted(attendee.party, now=now)
    need.subtract(Places({before[0]: rules.takes(*before)}) + attendee.changed_places(now))
    need.update(Places({way: rules.takes(*after)}) + left)
    is_held = attendee.party.state in rules.HOLDING
    if is_held and not places.may_have(attendee.party, meeting, +need, now=now):
        raise CannotDo(
            _("Online is geen plek meer vrij. Je houdt de plek die je hebt.")
            if way == Way.ONLINE
            else _("In de zaal is geen plek meer vrij. Je houdt de plek die je hebt.")
        )
    until = rules.held_until(now, starts_at=meeting.starts_at) if meeting.starts_at else now
    if is_held and left and until > now:
        attendee.note_former(way=attendee.way, companions=attendee.companions, until=until)
    else:
        attendee.note_former()
    attendee.way, attendee.companions, attendee.informed_at = way, companions, now
    attendee.sequence += 1
    attendee.save(update_fields=["way", "companions", "sequence", "informed_at", *NOTHING_FORMER])
    if attendee.party.state == State.PLACED:
        left_out = (left_out or before[1]) if way == Way.ONLINE else 0
        letters.placed(
            attendee, meeting, now=now, is_changed=True, is_back=is_back, by_phone=by_phone, left_out=left_out
        )
    places.pass_on(meeting, now=now)
    return attendee


def may_change_back(attendee: Attendee, *, now: datetime) -> bool:
    """Whether who attends otherwise than before can take that back with one press."""
    meeting = attendee.meeting
    return (
        bool(attendee.changed_places(now))
        and attendee.party.state in rules.HOLDING
        and meeting.cancelled_at is None
        and attendee.former_way in rules.ways_of(Form(meeting.form))
    )


@transaction.atomic
def cancel(attendee: Attendee, *, now: datetime, by_phone: bool = False) -> Attendee:
    """Do not come after all. Who comes with them keeps their place; a given place is held for an hour. Twice is once."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    if attendee.cancelled_at:
        return attendee
    attendee.cancelled_at = now
    if meeting.starts_at and (attendee.party.state in rules.HOLDING or not attendee.confirmed_at):
        attendee.held_until = rules.held_until(now, starts_at=meeting.starts_at)
    attendee.sequence += 1
    attendee.save(update_fields=["cancelled_at", "held_until", "sequence"])
    if attendee.confirmed_at:
        letters.cancelled(attendee, meeting, now=now, by_phone=by_phone)
        for other in others(attendee):
            letters.partner_left(other, meeting, attendee, now=now, by_phone=by_phone)
    if attendee.held_until is None:
        needs.let_go(attendee, now=now)
        places.pass_on(meeting, now=now)
    return attendee


@transaction.atomic
def come_after_all(attendee: Attendee, *, now: datetime, by_phone: bool = False) -> Attendee:
    """Take back that one cancelled, as long as the place is held; who waited has their turn again. Raises ``CannotDo``."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    if attendee.cancelled_at is None:
        return attendee
    if not may_come_after_all(attendee, now=now) or meeting.cancelled_at:
        raise CannotDo(_("Je plek is niet meer voor je vastgehouden. Meld je opnieuw aan."))
    there = Attendee.objects.filter(meeting=meeting).coming()
    if there.same_as(attendee).exists():
        raise CannotDo(_("Je meldde je intussen opnieuw aan."))
    if there.filter(party=attendee.party_id).count() >= rules.MAX_TOGETHER:
        raise CannotDo(_("De anderen komen intussen al met een hele groep. Meld je opnieuw aan."))
    attendee.cancelled_at = attendee.held_until = None
    attendee.informed_at = now
    attendee.sequence += 1
    attendee.save(update_fields=["cancelled_at", "held_until", "sequence", "informed_at"])
    places.pass_on(meeting, now=now)  # they may be first in line again
    attendee.party.refresh_from_db()
    if attendee.confirmed_at is None:
        return attendee  # asked along: they can say yes again
    tell_how_it_stands(attendee, meeting, now=now, by_phone=by_phone)
    for other in others(attendee):
        letters.partner_returns(other, meeting, attendee, now=now, by_phone=by_phone)
    return attendee


def may_come_after_all(attendee: Attendee, *, now: datetime) -> bool:
    """Whether who cancelled can take that back with one press."""
    if attendee.cancelled_at is None or not (attendee.person_id or attendee.email or attendee.phone):
        return False
    if attendee.party.state == State.WAITING and attendee.confirmed_at:
        return now < attendee.cancelled_at + rules.CANCEL_UNDO
    return attendee.held_until is not None and attendee.held_until > now


def forget(person: Person, *, now: datetime) -> None:
    """Let nobody know that somebody came, or would come; their places are free, and who came with them stays."""
    for attendee in Attendee.objects.filter(person=person).select_related("meeting", "party"):
        with transaction.atomic():
            meeting = places.locked(attendee.meeting)
            Attendee.objects.filter(pk=attendee.pk).update(
                person=None,
                name="",
                email="",
                companions=0,
                cancelled_at=attendee.cancelled_at or now,
                held_until=None,
                **NOTHING_FORMER,
            )
            places.pass_on(meeting, now=now)
