"""Which sign-up an act by mail is about, and the place that its page leads back to."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.meetings.attending.models import Attendee
from meedoen.people import acts
from meedoen.people.models import PendingAct


def attendee_of(act: PendingAct) -> Attendee | None:
    """Who comes, with meeting, party and person; None when they are erased."""
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Attendee.objects.select_related("meeting", "person__address", "party").filter(pk=said["attendee"]).first()


def place_of(act: PendingAct) -> acts.Place:
    """The meeting, or all of them where the sign-up is gone."""
    attendee = attendee_of(act)
    if attendee is None:
        return acts.Place(_("Bijeenkomsten"), reverse("meetings:list"))
    return acts.Place(attendee.meeting.title, attendee.meeting.get_absolute_url())
