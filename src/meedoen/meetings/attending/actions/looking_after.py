"""What goes by itself: what was not answered or not held any longer goes on, changes are told, and old things go."""

from datetime import datetime

from django.db import transaction

from meedoen.mail.incoming import addresses
from meedoen.meetings.attending import answering, letters, needs, places, rules
from meedoen.meetings.attending.conditions import others
from meedoen.meetings.attending.models import NOTHING_FORMER, Attendee, Party
from meedoen.meetings.attending.rules import State
from meedoen.meetings.models import Meeting

from .standing import forget_asked

TOLD_AT_ONCE = 500  # in one round: the others follow in the next


def look_after(*, now: datetime) -> None:
    """Pass on what was not answered, not held any longer or not confirmed; quick when there is nothing."""
    for meeting in Meeting.objects.filter(parties__in=Party.objects.unanswered(now)).distinct():
        _lapse(meeting, now=now)
    for meeting in Meeting.objects.filter(attendees__in=Attendee.objects.silent(now)).distinct():
        _give_up_waiting(meeting, now=now)
    ended = Attendee.objects.to_release(now) | Attendee.objects.changed_for_good(now)
    for meeting in Meeting.objects.filter(attendees__in=ended).distinct():
        _release(meeting, now=now)


def tell(*, now: datetime) -> int:
    """Tell who comes what changed at their meeting, or that it is not held, some hundreds at a time; how many that were."""
    found = Attendee.objects.untold(now).select_related("meeting__place_municipality", "person__address", "party")
    rows = list(found.order_by("pk")[:TOLD_AT_ONCE])
    for attendee in rows:
        with transaction.atomic():
            sequence = attendee.meeting.sequence
            if Attendee.objects.filter(pk=attendee.pk, told=attendee.told).update(told=sequence, informed_at=now):
                letters.meeting_changed(attendee, attendee.meeting, now=now)
    return len(rows)


def erase_old(*, now: datetime) -> int:
    """Forget who came to meetings of long ago; how many that were."""
    past = Attendee.objects.past_end(now)
    addresses.forget(answering.COMING, [str(number) for number in past.values_list("pk", flat=True)])
    Party.objects.filter(meeting__ends_at__lte=now - rules.KEEP_ATTENDEES).delete()
    return Attendee.objects.past_end(now).delete()[0]


@transaction.atomic
def _lapse(meeting: Meeting, *, now: datetime) -> None:
    meeting = places.locked(meeting)
    for party in Party.objects.unanswered(now).filter(meeting=meeting):
        party.state, party.offered_until = State.LAPSED, None
        party.save(update_fields=["state", "offered_until"])
        party.attendees.update(**NOTHING_FORMER)
        for each in party.attendees.confirmed().select_related("person__address"):
            if meeting.cancelled_at is None:
                letters.lapsed(each, meeting, party, now=now)
    places.pass_on(meeting, now=now)


@transaction.atomic
def _give_up_waiting(meeting: Meeting, *, now: datetime) -> None:
    meeting = places.locked(meeting)
    for attendee in Attendee.objects.silent(now).filter(meeting=meeting).select_related("party"):
        attendee.cancelled_at = now
        if meeting.starts_at and attendee.party.state in rules.HOLDING:
            attendee.held_until = max(now, min(now + rules.CHOOSING, meeting.starts_at))
        for other in others(attendee):
            letters.partner_silent(other, meeting, attendee, now=now)
        attendee.name = attendee.email = ""
        attendee.save(update_fields=["cancelled_at", "held_until", "name", "email"])
    places.pass_on(meeting, now=now)


@transaction.atomic
def _release(meeting: Meeting, *, now: datetime) -> None:
    meeting = places.locked(meeting)
    for attendee in (
        Attendee.objects.to_release(now).filter(meeting=meeting).select_related("person", "meeting", "party")
    ):
        needs.let_go(attendee, now=now)
        if attendee.confirmed_at is None and attendee.email:  # said no when asked along, and did not take it back
            for other in others(attendee):
                letters.partner_left(other, meeting, attendee, now=now)
    Attendee.objects.to_release(now).filter(meeting=meeting).update(held_until=None)
    Attendee.objects.changed_for_good(now).filter(meeting=meeting).update(**NOTHING_FORMER)
    forget_asked(meeting)
    places.pass_on(meeting, now=now)
