"""Reminding who comes, before the start: when it is time, some hundreds at a time, each of each once."""

from collections.abc import Iterator
from datetime import datetime

from meedoen.mail import actions as mail
from meedoen.meetings.models import Meeting
from meedoen.meetings.rounds import AT_ONCE, ROUNDS, in_rounds
from meedoen.meetings.rules import Form

from . import answering, calls, letters, rules
from .models import Attendee, Due
from .rules import Reminder, Way

IN_A_ROW = ROUNDS * AT_ONCE
MEETINGS_AT_ONCE = 200  # asked about in one query; a database takes an end of conditions


def remind(*, now: datetime) -> int:
    """Remind who is to be reminded, at most ``IN_A_ROW``; how many that were."""
    return in_rounds(lambda: remind_some(now=now), at_once=AT_ONCE, rounds=ROUNDS)


def remind_some(*, now: datetime) -> int:
    """The same for the next of them, in a number of queries that does not grow with them; how many that were.

    Where a meeting was moved to another day, who was reminded of the first is reminded of the new one: the day is part
    of the key. Within a day, once. It holds nothing while it writes: who stops halfway goes on, and by the keys nobody
    has a mail twice.
    """
    due = list(_due(now))
    for begin in range(0, len(due), MEETINGS_AT_ONCE):
        dues = due[begin : begin + MEETINGS_AT_ONCE]
        waiting = Attendee.objects.to_remind(dues).select_related("person__address", "party")
        found = list(waiting.order_by("meeting__starts_at", "pk")[:AT_ONCE])
        if not found:
            continue
        by_meeting = {(each.meeting.pk, each.way): each for each in dues}
        answer_to = answering.answers_to(found, now=now)
        written = [
            letters.reminder(
                each, by_meeting[each.meeting_id, Way(each.way)], now=now, answer_to=answer_to.get(str(each.pk), "")
            )
            for each in found
        ]
        mail.send_all([each for each in written if each], now=now)
        to_call = [(each, by_meeting[each.meeting_id, Way(each.way)]) for each in found if each.phone]
        calls.remind_all(
            [(each, letters.reminder_key(each, due)) for each, due in to_call if due.kind == Reminder.DAY], now=now
        )
        Attendee.objects.filter(pk__in=[each.pk for each in found]).update(informed_at=now)
        return len(found)
    return 0


def _due(now: datetime) -> Iterator[Due]:
    """What it is time for, by meeting and way; with what a letter tells. Three queries."""
    coming = Meeting.objects.published(now).going_on().filter(is_time_known=True, starts_at__gt=now)
    near = coming.filter(starts_at__lte=now + rules.LOOKED_AHEAD).soonest_first()
    for meeting in near.select_related("place_municipality").prefetch_related("programme", "provisions"):
        for way in rules.ways_of(Form(meeting.form)):
            due = rules.due(way, starts_at=meeting.starts_at, now=now) if meeting.starts_at else None
            if due:
                yield Due(meeting, way, *due)
