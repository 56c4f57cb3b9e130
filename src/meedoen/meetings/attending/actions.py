"""The deeds of who comes: sign up, ask the other of a duo, say yes, take an offer, change, cancel, and come after all."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.kernel import prepared
from meedoen.meetings.models import Meeting
from meedoen.people import actions as people
from meedoen.people import codes
from meedoen.people.models import Person
from meedoen.people.rules import normalised_email

from . import letters, needs, places, rules
from .conditions import CannotDo as CannotDo
from .conditions import Coming as Coming
from .conditions import closes_at, fresh, must_be_open, must_come, must_fit_the_form, others
from .models import Attendee, AttendeeQuerySet, Party
from .rules import Places, State, Way

DAY = timedelta(days=1)
TOLD_AT_ONCE = 500  # in one round: the others follow in the next
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
    if person.address and codes.count("sign-ups", person.address.email, per=DAY, now=now) > rules.MAX_SIGN_UPS_PER_DAY:
        raise CannotDo(
            _("Met dit e-mailadres zijn vandaag al veel mensen aangemeld. Bel of mail ons, dan helpen we je.")
        )
    if person.address and prepared.ask(_as_asked_along, meeting=meeting.pk, email=person.address.email):
        raise CannotDo(_("Iemand vroeg jou al mee. Gebruik de link in die mail. Dan komen jullie samen."))
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
    attendee = Attendee.objects.create(
        party=party,
        meeting=meeting,
        person=person,
        way=coming.way,
        companions=coming.companions,
        confirmed_at=now,
        told=meeting.sequence,
        informed_at=now,
    )
    if coming.partner_email:
        _invite(attendee, meeting, coming, network=network, now=now)
    is_alone = not coming.partner_email
    _tell_how_it_stands(attendee, meeting, now=now, helper=helper, by_phone=by_phone, is_alone=is_alone)
    return attendee


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
    need = there.places() + Places({Way(attendee.way): 1})
    if attendee.party.state in rules.HOLDING and not places.may_have(attendee.party, meeting, need, now=now):
        raise CannotDo(_("Er is geen plek meer voor iemand erbij. Jouw plek blijft van jou."))
    attendee.party.attendees.exclude(pk=attendee.pk).update(held_until=None)  # the place of who left is for the new one
    _forget_asked(meeting)
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
    _tell_how_it_stands(attendee, meeting, now=now)
    for other in others(attendee):
        letters.partner_comes(other, meeting, attendee, now=now)
    return attendee


@transaction.atomic
def change(attendee: Attendee, *, way: Way, companions: int, now: datetime, by_phone: bool = False) -> Attendee:
    """Attend in another way, or with another number who help. Raises ``CannotDo``; the place that one has stays then."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    must_come(attendee)
    if meeting.cancelled_at or meeting.ends_at is None or meeting.ends_at <= now:
        raise CannotDo(_("Deze bijeenkomst is voorbij, of gaat niet door."))
    must_fit_the_form(meeting, Coming(way, companions))
    if (way, companions) == (attendee.way, attendee.companions):
        return attendee
    need = places.wanted(attendee.party, now=now)
    need[Way(attendee.way)] -= rules.takes(Way(attendee.way), attendee.companions)
    need[way] += rules.takes(way, companions)
    if attendee.party.state in rules.HOLDING and not places.may_have(attendee.party, meeting, +need, now=now):
        raise CannotDo(
            _("Online is geen plek meer vrij. Je houdt de plek die je hebt.")
            if way == Way.ONLINE
            else _("In de zaal is geen plek meer vrij. Je houdt de plek die je hebt.")
        )
    attendee.way, attendee.companions, attendee.informed_at = way, companions, now
    attendee.sequence += 1
    attendee.save(update_fields=["way", "companions", "sequence", "informed_at"])
    if attendee.party.state == State.PLACED:
        letters.placed(attendee, meeting, now=now, is_changed=True, by_phone=by_phone)
    places.pass_on(meeting, now=now)
    return attendee


@transaction.atomic
def cancel(attendee: Attendee, *, now: datetime, by_phone: bool = False) -> Attendee:
    """Do not come after all. Who comes with them keeps their place; a given place is held for an hour. Twice is once."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    if attendee.cancelled_at:
        return attendee
    attendee.cancelled_at = now
    if meeting.starts_at and (attendee.party.state in rules.HOLDING or not attendee.confirmed_at):
        attendee.held_until = rules.held_until(now, starts_at=meeting.starts_at)
    attendee.sequence += 1
    attendee.save(update_fields=["cancelled_at", "held_until", "sequence"])
    if attendee.confirmed_at:
        letters.cancelled(attendee, meeting, now=now, by_phone=by_phone)
        for other in others(attendee):
            letters.partner_left(other, meeting, attendee, now=now, by_phone=by_phone)
    if attendee.held_until is None:
        needs.let_go(attendee, now=now)
        places.pass_on(meeting, now=now)
    return attendee


@transaction.atomic
def come_after_all(attendee: Attendee, *, now: datetime, by_phone: bool = False) -> Attendee:
    """Take back that one cancelled, as long as the place is held; who waited has their turn again. Raises ``CannotDo``."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    if attendee.cancelled_at is None:
        return attendee
    if not may_come_after_all(attendee, now=now) or meeting.cancelled_at:
        raise CannotDo(_("Je plek is niet meer voor je vastgehouden. Meld je opnieuw aan."))
    there = Attendee.objects.filter(meeting=meeting).coming()
    if there.filter(person=attendee.person).exists() if attendee.person else there.of_email(attendee.email).exists():
        raise CannotDo(_("Je meldde je intussen opnieuw aan."))
    if there.filter(party=attendee.party_id).count() >= rules.MAX_TOGETHER:
        raise CannotDo(_("De anderen komen intussen al met een hele groep. Meld je opnieuw aan."))
    attendee.cancelled_at = attendee.held_until = None
    attendee.informed_at = now
    attendee.sequence += 1
    attendee.save(update_fields=["cancelled_at", "held_until", "sequence", "informed_at"])
    places.pass_on(meeting, now=now)  # they may be first in line again
    attendee.party.refresh_from_db()
    if attendee.confirmed_at is None:
        return attendee  # asked along: they can say yes again
    _tell_how_it_stands(attendee, meeting, now=now, by_phone=by_phone)
    for other in others(attendee):
        letters.partner_returns(other, meeting, attendee, now=now, by_phone=by_phone)
    return attendee


def may_come_after_all(attendee: Attendee, *, now: datetime) -> bool:
    """Whether who cancelled can take that back with one press."""
    if attendee.cancelled_at is None or not (attendee.person_id or attendee.email):
        return False
    if attendee.party.state == State.WAITING and attendee.confirmed_at:
        return now < attendee.cancelled_at + rules.CANCEL_UNDO
    return attendee.held_until is not None and attendee.held_until > now


@transaction.atomic
def accept(attendee: Attendee, *, now: datetime) -> Attendee:
    """Take the places that were offered, for all who come together. Twice is once. Raises ``CannotDo``."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    must_come(attendee)
    party = attendee.party
    if party.state == State.PLACED:
        return attendee
    if (
        meeting.cancelled_at
        or party.state != State.OFFERED
        or party.offered_until is None
        or party.offered_until <= now
    ):
        raise CannotDo(_("De plek is naar de volgende gegaan. Je kunt je weer op de wachtlijst zetten."))
    party.state, party.offered_until = State.PLACED, None
    party.save(update_fields=["state", "offered_until"])
    for each in party.attendees.confirmed().select_related("person__address"):
        letters.placed(each, meeting, now=now)
    party.attendees.update(informed_at=now)
    return attendee


@transaction.atomic
def queue_again(attendee: Attendee, *, now: datetime) -> Attendee:
    """Wait again, behind all others, after an offer went by. Raises ``CannotDo``."""
    meeting = places.locked(attendee.meeting)
    attendee = fresh(attendee)
    must_come(attendee)
    party = attendee.party
    if party.state != State.LAPSED:
        return attendee
    must_be_open(meeting, now=now)
    party.state, party.queued_at = State.WAITING, places.next_turn(meeting, now=now)
    party.save(update_fields=["state", "queued_at"])
    places.pass_on(meeting, now=now)
    return attendee


def look_after(*, now: datetime) -> None:
    """Pass on what was not answered, not held any longer or not confirmed; quick when there is nothing."""
    for meeting in Meeting.objects.filter(parties__in=Party.objects.unanswered(now)).distinct():
        _lapse(meeting, now=now)
    for meeting in Meeting.objects.filter(attendees__in=Attendee.objects.silent(now)).distinct():
        _give_up_waiting(meeting, now=now)
    for meeting in Meeting.objects.filter(attendees__in=Attendee.objects.to_release(now)).distinct():
        _release(meeting, now=now)


def tell(*, now: datetime) -> int:
    """Tell who comes what changed at their meeting, or that it is not held, some hundreds at a time; how many that were."""
    found = Attendee.objects.untold(now).select_related("meeting__place_municipality", "person__address", "party")
    rows = list(found.order_by("pk")[:TOLD_AT_ONCE])
    for attendee in rows:
        with transaction.atomic():
            sequence = attendee.meeting.sequence
            if Attendee.objects.filter(pk=attendee.pk, told=attendee.told).update(told=sequence, informed_at=now):
                letters.meeting_changed(attendee, attendee.meeting, now=now)
    return len(rows)


def erase_old(*, now: datetime) -> int:
    """Forget who came to meetings of long ago; how many that were."""
    Party.objects.filter(meeting__ends_at__lte=now - rules.KEEP_ATTENDEES).delete()
    return Attendee.objects.past_end(now).delete()[0]


@transaction.atomic
def _lapse(meeting: Meeting, *, now: datetime) -> None:
    meeting = places.locked(meeting)
    for party in Party.objects.unanswered(now).filter(meeting=meeting):
        party.state, party.offered_until = State.LAPSED, None
        party.save(update_fields=["state", "offered_until"])
        for each in party.attendees.confirmed().select_related("person__address"):
            if meeting.cancelled_at is None:
                letters.lapsed(each, meeting, party, now=now)
    places.pass_on(meeting, now=now)


@transaction.atomic
def _give_up_waiting(meeting: Meeting, *, now: datetime) -> None:
    meeting = places.locked(meeting)
    for attendee in Attendee.objects.silent(now).filter(meeting=meeting).select_related("party"):
        attendee.cancelled_at = now
        if meeting.starts_at and attendee.party.state in rules.HOLDING:
            attendee.held_until = max(now, min(now + rules.CHOOSING, meeting.starts_at))
        for other in others(attendee):
            letters.partner_silent(other, meeting, attendee, now=now)
        attendee.name = attendee.email = ""
        attendee.save(update_fields=["cancelled_at", "held_until", "name", "email"])
    places.pass_on(meeting, now=now)


def _forget_asked(meeting: Meeting) -> None:
    """Forget the name and address of who was asked along and does not come: they never said that we may have them."""
    gone = Attendee.objects.filter(meeting=meeting, confirmed_at=None, cancelled_at__isnull=False, held_until=None)
    gone.update(name="", email="")


@transaction.atomic
def _release(meeting: Meeting, *, now: datetime) -> None:
    meeting = places.locked(meeting)
    for attendee in (
        Attendee.objects.to_release(now).filter(meeting=meeting).select_related("person", "meeting", "party")
    ):
        needs.let_go(attendee, now=now)
        if attendee.confirmed_at is None and attendee.email:  # said no when asked along, and did not take it back
            for other in others(attendee):
                letters.partner_left(other, meeting, attendee, now=now)
    Attendee.objects.to_release(now).filter(meeting=meeting).update(held_until=None)
    _forget_asked(meeting)
    places.pass_on(meeting, now=now)


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
            PARTNER, payload={"attendee": other.pk}, name=other.name, email=email, network=network, now=now
        )
        people.ask_code(act, now=now)
    except people.Refused as refused:
        raise CannotDo(str(refused)) from refused


def _tell_how_it_stands(
    attendee: Attendee,
    meeting: Meeting,
    *,
    now: datetime,
    helper: str = "",
    by_phone: bool = False,
    is_alone: bool = False,
) -> None:
    if attendee.party.state == State.PLACED:
        letters.placed(attendee, meeting, now=now, helper=helper, by_phone=by_phone, is_alone=is_alone)
    elif attendee.party.state == State.OFFERED:
        letters.offered(attendee, meeting, attendee.party, now=now, by_phone=by_phone)
    elif attendee.party.state == State.LAPSED:
        letters.lapsed(attendee, meeting, attendee.party, now=now, by_phone=by_phone)
    else:
        letters.waiting(attendee, meeting, now=now, helper=helper, by_phone=by_phone)


def forget(person: Person, *, now: datetime) -> None:
    """Let nobody know that somebody came, or would come; their places are free, and who came with them stays."""
    for attendee in Attendee.objects.filter(person=person).select_related("meeting", "party"):
        with transaction.atomic():
            meeting = places.locked(attendee.meeting)
            Attendee.objects.filter(pk=attendee.pk).update(
                person=None, name="", email="", companions=0, cancelled_at=attendee.cancelled_at or now, held_until=None
            )
            places.pass_on(meeting, now=now)
