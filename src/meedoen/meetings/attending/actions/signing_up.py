"""Signing up, asking somebody along, and saying yes by who was asked."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.kernel import prepared
from meedoen.meetings.attending import letters, places, rules
from meedoen.meetings.attending.conditions import (
    CannotDo,
    Coming,
    closes_at,
    fresh,
    must_be_open,
    must_come,
    must_fit_the_form,
    others,
)
from meedoen.meetings.attending.models import NOTHING_FORMER, Attendee, AttendeeQuerySet, Party
from meedoen.meetings.attending.rules import Places, State, Way
from meedoen.meetings.models import Meeting
from meedoen.people import actions as people
from meedoen.people import floods
from meedoen.people.models import Person
from meedoen.people.rules import normalised_email

from .changing import may_come_after_all
from .standing import forget_asked, tell_how_it_stands

DAY = timedelta(days=1)
PARTNER = "meetings.partner"  # the kind of act with which the other of a duo says yes


@transaction.atomic
def sign_up(
    meeting: Meeting,
    person: Person,
    coming: Coming,
    *,
    network: str,
    now: datetime,
    helper: str = "",
    by_phone: bool = False,
) -> Attendee:
    """Sign somebody up, with the other of a duo where they come as one: a place each, or a turn in line for both.

    Who comes already finds what they have: a double click, a second tab and a second form are one sign-up. ``helper``:
    the name of who does this along with them, which their mail says. ``by_phone``: who calls can come until it begins,
    also after the sign-up closed; their mail says who did this. Raises ``CannotDo``.
    """
    meeting = places.locked(meeting)
    if found := prepared.ask(_as_person, meeting=meeting.pk, person=person.pk):
        return found[0]
    must_be_open(meeting, now=now, by_phone=by_phone)
    must_fit_the_form(meeting, coming)
    if person.address and floods.count("sign-ups", person.address.email, per=DAY, now=now) > rules.MAX_SIGN_UPS_PER_DAY:
        raise CannotDo(
            _("Met dit e-mailadres zijn vandaag al veel mensen aangemeld. Bel of mail ons, dan helpen we je.")
        )
    if person.address and prepared.ask(_as_asked_along, meeting=meeting.pk, email=person.address.email):
        raise CannotDo(_("Iemand vroeg jou al mee. Gebruik de link in die mail. Dan komen jullie samen."))
    attendee = _on_the_list(meeting, coming, person=person, now=now)
    if coming.partner_email:
        _invite(attendee, meeting, coming, network=network, now=now)
    is_alone = not coming.partner_email
    tell_how_it_stands(attendee, meeting, now=now, helper=helper, by_phone=by_phone, is_alone=is_alone)
    return attendee


@transaction.atomic
def sign_up_without_mail(meeting: Meeting, *, name: str, phone: str, coming: Coming, now: datetime) -> Attendee:
    """Sign up who calls and has no e-mail: of them we keep a name and a number. Twice is once. Raises ``CannotDo``.

    They come without another of a duo, who would be asked by mail; who helps them comes along.
    """
    meeting = places.locked(meeting)
    if found := Attendee.objects.filter(meeting=meeting, phone=phone, name=name).coming().first():
        return found
    must_be_open(meeting, now=now, by_phone=True)
    must_fit_the_form(meeting, coming)
    return _on_the_list(meeting, coming, name=name, phone=phone, now=now)


def _on_the_list(meeting: Meeting, coming: Coming, *, now: datetime, **who: Any) -> Attendee:
    """A place or a turn for them, and for the other of a duo; the meeting is held already."""
    need = Places({coming.way: rules.takes(coming.way, coming.companions)})
    if coming.partner_email:
        need[coming.way] += 1
    is_placed = places.are_free(meeting, need, now=now)
    party = Party.objects.create(
        meeting=meeting,
        state=State.PLACED if is_placed else State.WAITING,
        made_at=now,
        queued_at=None if is_placed else places.next_turn(meeting, now=now),
    )
    return Attendee.objects.create(
        party=party,
        meeting=meeting,
        way=coming.way,
        companions=coming.companions,
        confirmed_at=now,
        told=meeting.sequence,
        informed_at=now,
        **who,
    )


def _as_person(meeting: int, person: int) -> AttendeeQuerySet:
    return Attendee.objects.filter(meeting=meeting, person=person).coming()[:1]


def _as_asked_along(meeting: int, email: str) -> AttendeeQuerySet:
    return Attendee.objects.filter(meeting=meeting, person=None, email=email).coming()[:1]


@transaction.atomic
def invite(attendee: Attendee, *, name: str, email: str, network: str, now: datetime) -> None:
    """Ask somebody to come along as an equal: as the other of a duo, or in a small group. Raises ``CannotDo``."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    must_come(attendee)
    must_be_open(meeting, now=now)
    there = attendee.party.attendees.coming()
    if there.count() >= rules.MAX_TOGETHER:
        raise CannotDo(_("Jullie zijn al met %(count)s. Kom je met meer? Bel of mail ons.") % {"count": there.count()})
    need = there.places() + there.changed_places(now) + Places({Way(attendee.way): 1})
    if attendee.party.state in rules.HOLDING and not places.may_have(attendee.party, meeting, need, now=now):
        raise CannotDo(_("Er is geen plek meer voor iemand erbij. Jouw plek blijft van jou."))
    left = attendee.party.attendees.filter(cancelled_at__isnull=False)
    left.update(held_until=None, **NOTHING_FORMER)  # the place of who left is for the new one
    forget_asked(meeting)
    _invite(attendee, meeting, Coming(Way(attendee.way), 0, name, email), network=network, now=now)


@transaction.atomic
def say_yes(attendee: Attendee, person: Person, *, name: str, now: datetime) -> Attendee:
    """Come along, by who was asked and proved their address. Twice is once. Raises ``CannotDo``."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    if attendee.confirmed_at and attendee.person_id == person.pk and attendee.cancelled_at is None:
        return attendee
    if attendee.confirmed_at or (attendee.cancelled_at and not may_come_after_all(attendee, now=now)):
        raise CannotDo(_("Deze uitnodiging geldt niet meer. Meld je zelf aan, of vraag het wie je meevroeg."))
    if meeting.cancelled_at or (meeting.starts_at and meeting.starts_at <= now):
        raise CannotDo(_("Deze bijeenkomst is al begonnen, of gaat niet door."))
    if Attendee.objects.filter(meeting=meeting, person=person).coming().exclude(pk=attendee.pk).exists():
        raise CannotDo(_("Je bent zelf al aangemeld voor deze bijeenkomst."))
    attendee.person, attendee.name, attendee.email = person, "", ""
    attendee.confirmed_at, attendee.invited_until, attendee.told = now, None, meeting.sequence
    attendee.cancelled_at = attendee.held_until = None  # a code is typed by a person; a robot may have pressed No
    attendee.informed_at = now
    attendee.save()
    tell_how_it_stands(attendee, meeting, now=now)
    for other in others(attendee):
        letters.partner_comes(other, meeting, attendee, now=now)
    for gone in attendee.party.attendees.filter(
        cancelled_at__isnull=False, confirmed_at__isnull=False, person__isnull=False
    ):
        letters.partner_left(attendee, meeting, gone, now=now)  # when that was mailed, they had not said yes
    return attendee


def _invite(attendee: Attendee, meeting: Meeting, coming: Coming, *, network: str, now: datetime) -> None:
    """A place for who is asked along, and a mail to them with a code; the meeting is held already."""
    own = attendee.person.address.email if attendee.person and attendee.person.address else ""
    email = normalised_email(coming.partner_email)
    if email == own:
        raise CannotDo(_("Dit is je eigen e-mailadres. Vul het adres in van wie met je meekomt."))
    there = Attendee.objects.filter(meeting=meeting).coming()
    if there.of_email(email).exists():
        raise CannotDo(_("Wie je mee wilt nemen, is al aangemeld of gevraagd met dit e-mailadres."))
    other = Attendee.objects.create(
        party=attendee.party,
        meeting=meeting,
        name=coming.partner_name,
        email=email,
        way=coming.way,
        invited_until=rules.invited_until(now, closes_at=closes_at(meeting, now=now)),
    )
    try:
        act = people.keep(
            PARTNER,
            payload={"attendee": other.pk, "by": attendee.pk},
            name=other.name,
            email=email,
            network=network,
            now=now,
        )
        people.ask_code(act, now=now)
    except people.Refused as refused:
        raise CannotDo(str(refused)) from refused
