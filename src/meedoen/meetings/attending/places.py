"""Who has places, who waits, and passing on what comes free. Every deed holds the meeting's row while it counts."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef

from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Form

from . import letters, rules
from .models import Attendee, Party
from .rules import Places, State, Way

MOMENT = timedelta(microseconds=1)  # the least that both databases tell apart
IN_LINE_AT_ONCE = 100  # of who waits, read at a time: the first few are nearly always enough


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held by this transaction: whoever else gives or takes places waits for us."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def limits(meeting: Meeting) -> dict[Way, int | None]:
    """How many places there are, by way; None is no limit."""
    known = {Way.ROOM: meeting.room_places, Way.ONLINE: meeting.online_places}
    return {way: known[way] for way in rules.ways_of(Form(meeting.form))}


def taken(meeting: Meeting, *, now: datetime) -> Places:
    """The places that are not free, held ones included; two queries."""
    known = Attendee.objects.filter(meeting=meeting)
    return known.holding(now).places() + known.changed_places(now)


def wanted(party: Party, *, now: datetime) -> Places:
    """The places that those who come together need, with what is held of who cancelled or changed just now."""
    found = Places()
    for each in party.attendees.all():
        if each.cancelled_at is None or (each.held_until and each.held_until > now):
            found[Way(each.way)] += rules.takes(Way(each.way), each.companions)
        found += each.changed_places(now)
    return found


def are_free(meeting: Meeting, need: Places, *, now: datetime) -> bool:
    """Whether these can be given now, without passing by who waits for the same."""
    known = limits(meeting)
    if all(known.get(way) is None for way in need):
        return True  # nobody waits for what has no end; thousands who come need not be counted
    if not rules.fits(need, taken(meeting, now=now), known):
        return False
    coming = Attendee.objects.coming().filter(party=OuterRef("pk"), way__in=list(need))
    return not Party.objects.filter(Exists(coming), meeting=meeting).in_line().exists()


def may_have(party: Party, meeting: Meeting, need: Places, *, now: datetime) -> bool:
    """Whether those who come together can have these in the place of what they have now, which is theirs already."""
    more = need - wanted(party, now=now)
    return not more or are_free(meeting, more, now=now)


def next_turn(meeting: Meeting, *, now: datetime) -> datetime:
    """The turn that puts somebody last in line; the meeting is held already.

    Of people who sign up at once, who came in first need not be who asked first: their turns follow how they came in.
    """
    last = Party.objects.filter(meeting=meeting, state=State.WAITING).aggregate(last=Max("queued_at"))["last"]
    return max(now, last + MOMENT) if last else now


def pass_on(meeting: Meeting, *, now: datetime) -> list[Party]:
    """Offer what is free to who waits, in order. The meeting is held already.

    Very near the meeting nobody can be asked any more: then they have their places at once, and are told so.
    """
    if meeting.starts_at is None or meeting.starts_at <= now or meeting.cancelled_at:
        return []
    by_number: dict[int, Party] = {}

    def in_line() -> Iterator[tuple[int, Places]]:
        for party in _in_line(meeting):
            by_number[party.pk] = party
            yield party.pk, wanted(party, now=now)

    until = rules.offered_until(now, starts_at=meeting.starts_at)
    found = [by_number[number] for number in rules.next_offered(in_line(), taken(meeting, now=now), limits(meeting))]
    for party in found:
        party.state, party.offered_until = (State.OFFERED, until) if until else (State.PLACED, None)
        party.offer_count += 1
        party.save(update_fields=["state", "offered_until", "offer_count"])
        for attendee in party.attendees.confirmed().select_related("person__address"):
            if until:
                letters.offered(attendee, meeting, party, now=now)
            else:
                letters.placed(attendee, meeting, now=now)
        if not until:
            party.attendees.update(informed_at=now)
    return found


def _in_line(meeting: Meeting) -> Iterator[Party]:
    """Those who wait, some at a time: with thousands in line the first decide."""
    last: Party | None = None
    while True:
        rows = Party.objects.filter(meeting=meeting).in_line().prefetch_related("attendees")
        if last is not None:
            rows = rows.filter(queued_at__gte=last.queued_at).exclude(queued_at=last.queued_at, pk__lte=last.pk)
        found = list(rows[:IN_LINE_AT_ONCE])
        yield from found
        if len(found) < IN_LINE_AT_ONCE:
            return
        last = found[-1]
