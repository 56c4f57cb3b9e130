"""Noting on the day who is there and who is not, and who came without being on the list."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.kernel.clock import local_date
from meedoen.kernel.dutch import datetime_words, time_words
from meedoen.meetings.attending import places
from meedoen.meetings.attending.models import Attendee, Party
from meedoen.meetings.attending.rules import State, Way, ways_of
from meedoen.meetings.hosting import rules
from meedoen.meetings.hosting.models import Hosted, Presence
from meedoen.meetings.hosting.rules import Made, Seen
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Form
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

from .errors import CannotDo


@transaction.atomic
def mark(attendee: Attendee, seen: Seen, *, was: Seen, by: Person, now: datetime) -> Presence:
    """Note that somebody is there, or did not come, or take that back. Twice is once.

    ``was`` is how it stood on the page of who presses: where another host noted something else meanwhile, that stays.
    Raises ``CannotDo``.
    """
    meeting = attendee.meeting
    _must_be_the_day(meeting, now=now)
    if seen == Seen.ABSENT and not rules.may_be_absent(starts_at=meeting.starts_at, now=now):
        raise CannotDo(_("De bijeenkomst is nog niet begonnen. Wie er nog niet is, kan nog komen."))
    attendee = Attendee.objects.select_for_update(of=("self",)).select_related("person").get(pk=attendee.pk)
    name = attendee.called or _("iemand")
    if attendee.cancelled_at:
        raise CannotDo(_("%(name)s meldde zich intussen af. Er is niets veranderd.") % {"name": name})
    presence, _is_new = Presence.objects.get_or_create(attendee=attendee, defaults={"at": now, "by": by})
    if presence.seen == seen:
        return presence
    if presence.seen != was:
        raise CannotDo(_meanwhile(name, presence, now))
    presence.seen, presence.at, presence.by = seen, now, by
    presence.save(update_fields=["seen", "at", "by"])
    return presence


@transaction.atomic
def add_at_the_door(
    meeting: Meeting, *, name: str, way: Way, municipality: Municipality | None, once: str, by: Person, now: datetime
) -> Attendee:
    """Put somebody on the list who is there without having signed up; they get no mail. Twice is once.

    Who stands in the room has a chair or not, whatever was counted before: nobody is refused here. Their place counts,
    so that none that is gone is offered to who waits. Raises ``CannotDo``.
    """
    meeting = places.locked(meeting)
    if found := Attendee.objects.filter(meeting=meeting, hosted__once=once).first():
        return found
    _must_be_the_day(meeting, now=now)
    if way not in ways_of(Form(meeting.form)):
        raise CannotDo(_("Zo kan niemand aan deze bijeenkomst meedoen. Kies een andere manier."))
    party = Party.objects.create(meeting=meeting, state=State.PLACED, made_at=now)
    attendee = Attendee.objects.create(
        party=party, meeting=meeting, name=name, way=way, confirmed_at=now, told=meeting.sequence, informed_at=now
    )
    Hosted.objects.create(attendee=attendee, made=Made.DOOR, once=once, municipality=municipality, at=now, by=by)
    Presence.objects.create(attendee=attendee, seen=Seen.HERE, at=now, by=by)
    return attendee


def _must_be_the_day(meeting: Meeting, *, now: datetime) -> None:
    is_off = bool(meeting.cancelled_at or meeting.withdrawn_at)
    if not rules.may_note(starts_at=meeting.starts_at, ends_at=meeting.ends_at, is_off=is_off, now=now):
        raise CannotDo(_("Je houdt bij wie er is vanaf een dag voor de bijeenkomst, tot een maand erna."))


def _meanwhile(name: str, presence: Presence, now: datetime) -> str:
    """What another host noted, and when."""
    said = {
        Seen.HERE: _("Iemand anders zette %(name)s %(when)s op: is er. Dat blijft zo."),
        Seen.ABSENT: _("Iemand anders zette %(name)s %(when)s op: kwam niet. Dat blijft zo."),
        Seen.UNKNOWN: _("Iemand anders haalde %(when)s weg wat er bij %(name)s stond. Kies het opnieuw."),
    }
    is_today = local_date(presence.at) == local_date(now)
    when = (
        _("om %(time)s") % {"time": time_words(presence.at)}
        if is_today
        else _("op %(when)s") % {"when": datetime_words(presence.at)}
    )
    return said[Seen(presence.seen)] % {"name": name, "when": when}
