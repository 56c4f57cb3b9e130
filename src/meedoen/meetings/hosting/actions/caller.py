"""Doing for who calls what they would do themselves: sign up, come in another way, cancel and come after all.

The rules of places, of the line and of duos are those of ``attending.actions``. Who called is mailed, but for who waits and
changes how they come: they hear it when there is a place.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending import calls, letters, places
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import State, Way
from meedoen.meetings.hosting.models import Hosted, Step
from meedoen.meetings.hosting.rules import Did, Made
from meedoen.meetings.models import Meeting
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Address, Person

from .errors import CannotDo


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
    did not call. Nor does the host learn whether it is of somebody who comes: such a one is mailed their own link, and
    the host reads the same as for who was asked along. Raises ``CannotDo``.
    """
    with transaction.atomic():
        found = _signed_up(
            meeting, name=name, email=email, coming=coming, municipality=municipality, once=once, by=by, now=now
        )
    if found is None:
        raise CannotDo(
            _(
                "Dit kunnen we aan de telefoon niet afmaken. Vraag wie belt in de mail te kijken, op het adres dat je opgaf. Daar staat een link om zelf verder te gaan."
            )
        )
    return found


def _signed_up(
    meeting: Meeting,
    *,
    name: str,
    email: str,
    coming: Coming,
    municipality: Municipality | None,
    once: str,
    by: Person,
    now: datetime,
) -> Attendee | None:
    """Who was signed up, by this host; None where somebody is on the list already who has to go on by themselves."""
    meeting = places.locked(meeting)
    if found := Attendee.objects.filter(meeting=meeting, hosted__once=once).first():
        return found
    address = Address.objects.of(email)
    person = Person.objects.told_as(name, address=address, now=now)
    if there := Attendee.objects.filter(meeting=meeting, person=person).coming().first():
        if Hosted.objects.filter(attendee=there, made=Made.PHONE, by=by).exists():
            return there
        letters.own_link(there, meeting, now=now)
        return None
    if Attendee.objects.filter(meeting=meeting, person=None, email=address.email).coming().exists():
        return None
    try:
        attendee = attending.sign_up(meeting, person, coming, network=f"host {by.pk}", now=now, by_phone=True)
    except attending.CannotDo as problem:
        raise CannotDo(said(problem)) from problem
    Hosted.objects.create(attendee=attendee, made=Made.PHONE, once=once, municipality=municipality, at=now, by=by)
    return attendee


def move(attendee: Attendee, *, way: Way, companions: int, by: Person, now: datetime) -> bool:
    """Let who calls come in another way, or with another number who help; whether they are mailed. Raises ``CannotDo``."""
    return _do(
        lambda found: attending.change(found, way=way, companions=companions, now=now, by_phone=True),
        attendee,
        Did.CHANGED,
        by=by,
        now=now,
    )


def cancel(attendee: Attendee, *, by: Person, now: datetime) -> bool:
    """Cancel for who calls, with their place held as if they did; whether they are mailed. Raises ``CannotDo``."""
    return _do(lambda found: attending.cancel(found, now=now, by_phone=True), attendee, Did.CANCELLED, by=by, now=now)


def bring_back(attendee: Attendee, *, by: Person, now: datetime) -> bool:
    """Take back that they cancelled, as long as the place is held; whether they are mailed. Raises ``CannotDo``."""
    return _do(
        lambda found: attending.come_after_all(found, now=now, by_phone=True), attendee, Did.CAME_BACK, by=by, now=now
    )


@transaction.atomic
def _do(deed: Callable[[Attendee], Attendee], attendee: Attendee, did: Did, *, by: Person, now: datetime) -> bool:
    """Carry it out, and note by whom where it changed anything; whether that was mailed."""
    meeting = places.locked(attendee.meeting)
    if meeting.cancelled_at or (meeting.ends_at and meeting.ends_at <= now):
        raise CannotDo(_("Deze bijeenkomst is voorbij, of gaat niet door. Er is niets veranderd."))
    before = Attendee.objects.get(pk=attendee.pk).sequence
    try:
        after = deed(attendee)
    except attending.CannotDo as problem:
        raise CannotDo(said(problem)) from problem
    if after.sequence == before:
        return False
    Step.objects.create(attendee=attendee, did=did, at=now, by=by)
    if after.phone:
        calls.forget_standing(after)
    after.party.refresh_from_db()
    is_told = did != Did.CHANGED or after.party.state == State.PLACED  # who waits is told when there is a place
    return bool(after.address and after.confirmed_at and is_told)


def said(problem: attending.CannotDo) -> str:
    """What the deed says to who comes, to be passed on by the host."""
    return _("Dat kan nu niet. Zeg tegen wie belt: “%(words)s”") % {"words": problem}
