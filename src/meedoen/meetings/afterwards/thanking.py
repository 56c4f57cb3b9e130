"""Thanking who had a place, when the report comes on the page: some hundreds at a time, each of them once."""

from datetime import datetime

from meedoen.mail import actions as mail
from meedoen.meetings import words
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.models import Meeting, MeetingQuerySet
from meedoen.meetings.rounds import AT_ONCE, ROUNDS, in_rounds

from . import reading, rules


def thank(*, now: datetime) -> int:
    """Thank who is to be thanked, as many as one minute takes; how many that were."""
    return in_rounds(lambda: thank_some(now=now), at_once=AT_ONCE, rounds=ROUNDS)


def thank_some(*, now: datetime) -> int:
    """The same for the next of them, in a number of queries that does not grow with them; how many that were.

    It holds nothing while it writes: who stops halfway goes on, and by the keys nobody has a mail twice.
    """
    waiting = Attendee.objects.placed().filter(person__isnull=False, thanked_at=None, meeting__in=told(now))
    found = list(waiting.select_related("meeting", "person__address").order_by("pk")[:AT_ONCE])
    if not found:
        return 0
    written = [letter(each) for each in found]
    mail.send_all([each for each in written if each], now=now)
    Attendee.objects.filter(pk__in=[each.pk for each in found]).update(thanked_at=now)
    return len(found)


def told(now: datetime) -> MeetingQuerySet:
    """Meetings that were, of which readers have a report for some minutes, and not for long."""
    been = Meeting.objects.published(now).going_on().past(now).exclude(report="")
    return been.filter(reported_at__lte=now - rules.THANK_AFTER, reported_at__gt=now - rules.THANK_WITHIN)


def letter(attendee: Attendee) -> mail.Letter | None:
    """Thanks, with the way to the report; None where no address is known any more. Asks the database nothing."""
    if not attendee.address:
        return None
    meeting = attendee.meeting
    asked = reading.asked(meeting)
    return mail.Letter(
        "mail/meetings/thanks.md",
        to=attendee.address,
        context={
            "title": meeting.title,
            "when": words.when(meeting),
            "public_path": meeting.get_absolute_url(),
            "contact": ", ".join(filter(None, (asked.name, asked.phone, asked.email))),
        },
        key=f"attendee-{attendee.pk}-thanks",
        reply_to=asked.email,
    )
