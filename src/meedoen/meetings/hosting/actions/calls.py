"""Who calls and has no e-mail: sign them up, note what they say to a place that came free, and that they were called."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending import calls, places
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee, Call
from meedoen.meetings.attending.rules import State
from meedoen.meetings.hosting.models import Hosted, Step
from meedoen.meetings.hosting.rules import Did, Made
from meedoen.meetings.models import Meeting
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

from .caller import said
from .errors import CannotDo


@transaction.atomic
def sign_up_without_mail(
    meeting: Meeting,
    *,
    name: str,
    phone: str,
    coming: Coming,
    municipality: Municipality | None,
    once: str,
    by: Person,
    now: datetime,
) -> Attendee:
    """Sign up who calls and has no e-mail; what others are mailed, they are called about. Twice is once.

    Raises ``CannotDo``.
    """
    meeting = places.locked(meeting)
    if found := Attendee.objects.filter(meeting=meeting, hosted__once=once).first():
        return found
    try:
        attendee = attending.sign_up_without_mail(meeting, name=name, phone=phone, coming=coming, now=now)
    except attending.CannotDo as problem:
        raise CannotDo(said(problem)) from problem
    Hosted.objects.get_or_create(
        attendee=attendee,
        defaults={"made": Made.PHONE, "once": once, "municipality": municipality, "at": now, "by": by},
    )
    return attendee


def accept(attendee: Attendee, *, by: Person, now: datetime) -> None:
    """Take the place that came free, for who has no e-mail and says yes. Twice is once. Raises ``CannotDo``."""
    _answer(lambda found: attending.accept(found, now=now, by_phone=True), attendee, Did.ACCEPTED, by=by, now=now)


def queue_again(attendee: Attendee, *, by: Person, now: datetime) -> None:
    """Let them wait again, after a place that they did not take in time. Twice is once. Raises ``CannotDo``."""
    _answer(lambda found: attending.queue_again(found, now=now, by_phone=True), attendee, Did.QUEUED, by=by, now=now)


@transaction.atomic
def _answer(deed: Callable[[Attendee], Attendee], attendee: Attendee, did: Did, *, by: Person, now: datetime) -> None:
    places.locked(attendee.meeting)
    before = Attendee.objects.select_related("party").get(pk=attendee.pk)
    try:
        after = deed(attendee)
    except attending.CannotDo as problem:
        raise CannotDo(said(problem)) from problem
    after.party.refresh_from_db()
    if State(after.party.state) != State(before.party.state):
        Step.objects.create(attendee=attendee, did=did, at=now, by=by)
        calls.forget_standing(attendee)


def called(attendee: Attendee, *, last: int, by: Person, now: datetime) -> int:
    """Note that they were told all up to ``last``; what came after that stays to be told. How much that was."""
    return Call.objects.filter(attendee=attendee, done_at__isnull=True, pk__lte=last).update(done_at=now, by=by)


@transaction.atomic
def not_called(attendee: Attendee) -> int:
    """Take back the last note that they were called. How much is to be told again."""
    done = Call.objects.filter(attendee=attendee, done_at__isnull=False)
    last = done.aggregate(last=Max("done_at"))["last"]
    return done.filter(done_at=last).update(done_at=None, by=None) if last else 0
