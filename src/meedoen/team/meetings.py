"""A celebration that is announced becomes a meeting, so that people can sign up and say what they need."""

import datetime

from django.db import transaction

from meedoen.celebrations.models import Celebration
from meedoen.celebrations.rules import State
from meedoen.kernel import clock
from meedoen.kernel.text import plain_text
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.actions import begin
from meedoen.people.models import Person

from .models import CelebrationMeeting

SUMMARY = 200  # characters of what the celebration tells; the team writes on where it is cut


def may_become_meeting(celebration: Celebration, now: datetime.datetime) -> bool:
    """Whether it is on the site and still to come."""
    return celebration.state == State.PUBLISHED and celebration.dated_on > clock.local_date(now)


@transaction.atomic
def make_meeting(celebration: Celebration, *, by: Person, now: datetime.datetime) -> Meeting:
    """The draft of a meeting with what the celebration tells; the one that is there when it was made before."""
    celebration = Celebration.objects.select_for_update().get(pk=celebration.pk)
    made = CelebrationMeeting.objects.filter(celebration=celebration).select_related("meeting").first()
    if made:
        return made.meeting
    of = list(celebration.municipalities.all()[:2])
    place, online = celebration.place, celebration.online_url
    meeting = begin(
        "beide" if place and online else "locatie" if place else "online",
        title=celebration.title,
        municipality=of[0] if len(of) == 1 else None,
        by=by,
        now=now,
    )
    words = plain_text(celebration.text)
    meeting.summary = words if len(words) <= SUMMARY else words[:SUMMARY].rsplit(" ", 1)[0]
    meeting.body = celebration.text
    meeting.place_name = place
    meeting.join_url = online
    meeting.is_example = celebration.is_example
    meeting.save(update_fields=["summary", "body", "place_name", "join_url", "is_example"])
    CelebrationMeeting.objects.create(celebration=celebration, meeting=meeting)
    return meeting


def address_of(celebration: Celebration, now: datetime.datetime) -> str:
    """Where the meeting of a celebration can be read now; empty where it cannot. One query."""
    meeting = Meeting.objects.published(now).filter(celebrated__celebration=celebration).first()
    return meeting.get_absolute_url() if meeting else ""
