"""Doing for who calls what they would do themselves: sign up, come in another way, cancel and come after all.

The rules of places, of the line and of duos are those of ``attending.actions``. Who called is mailed each time.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending import places
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.hosting.models import Hosted, Step
from meedoen.meetings.hosting.rules import Did, Made
from meedoen.meetings.models import Meeting
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Address, Person

from .errors import CannotDo


@transaction.atomic
def sign_up(
    meeting: Meeting,
    *,
    name: str,
    email: str,
    coming: Coming,
    municipality: Municipality | None,
    once: str,
    by: Person,
    now: datetime,
) -> Attendee:
    """Sign up who calls; the mail with their own link goes to the address that they told. Twice is once.

    Nobody has proven that address: the link shows the sign-up and nothing else, and the mail says what to do for who
    did not call. Raises ``CannotDo``.
    """
    meeting = places.locked(meeting)
    if found := Attendee.objects.filter(meeting=meeting, hosted__once=once).first():
        return found
    person = Person.objects.known_as(name, address=Address.objects.of(email), now=now)
    if Attendee.objects.filter(meeting=meeting, person=person).coming().exists():
        raise CannotDo(_("%(name)s is al aangemeld met dit e-mailadres. Zoek de naam op in de lijst.") % {"name": name})
    try:
        attendee = attending.sign_up(meeting, person, coming, network=f"host {by.pk}", now=now, by_phone=True)
    except attending.CannotDo as problem:
        raise CannotDo(_say(problem)) from problem
    Hosted.objects.create(attendee=attendee, made=Made.PHONE, once=once, municipality=municipality, at=now, by=by)
    return attendee


def move(attendee: Attendee, *, way: Way, companions: int, by: Person, now: datetime) -> None:
    """Let who calls come in another way, or with another number who help. Raises ``CannotDo``."""
    _do(
        lambda found: attending.change(found, way=way, companions=companions, now=now),
        attendee,
        Did.CHANGED,
        by=by,
        now=now,
    )


def cancel(attendee: Attendee, *, by: Person, now: datetime) -> None:
    """Cancel for who calls; their place is held as if they did it themselves. Raises ``CannotDo``."""
    _do(lambda found: attending.cancel(found, now=now), attendee, Did.CANCELLED, by=by, now=now)


def bring_back(attendee: Attendee, *, by: Person, now: datetime) -> None:
    """Take back that somebody cancelled, as long as the place is held. Raises ``CannotDo``."""
    _do(lambda found: attending.come_after_all(found, now=now), attendee, Did.CAME_BACK, by=by, now=now)


@transaction.atomic
def _do(deed: Callable[[Attendee], Attendee], attendee: Attendee, did: Did, *, by: Person, now: datetime) -> None:
    """Carry it out, and note by whom where it changed anything."""
    meeting = places.locked(attendee.meeting)
    if meeting.cancelled_at or (meeting.ends_at and meeting.ends_at <= now):
        raise CannotDo(_("Deze bijeenkomst is voorbij, of gaat niet door. Er is niets veranderd."))
    before = Attendee.objects.get(pk=attendee.pk).sequence
    try:
        after = deed(attendee)
    except attending.CannotDo as problem:
        raise CannotDo(_say(problem)) from problem
    if after.sequence != before:
        Step.objects.create(attendee=attendee, did=did, at=now, by=by)


def _say(problem: attending.CannotDo) -> str:
    """What the deed says to who comes, to be passed on by the host."""
    return _("Dat kan nu niet. Zeg tegen wie belt: “%(words)s”") % {"words": problem}
