"""The deeds: ask who was there, take an answer, keep figures, forget."""

import hashlib
import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from meedoen.kernel.identifiers import unguessable
from meedoen.mail import actions as mail
from meedoen.meetings import words
from meedoen.meetings.attending import rules as attending
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.hosting.rules import Seen
from meedoen.meetings.models import Meeting
from meedoen.meetings.rounds import AT_ONCE, ROUNDS, in_rounds

from . import reading, rules
from .models import Asked, Evaluation, Figures, Ticket


class CannotAnswer(Exception):
    """The answer is not taken; the text is fit to show."""


def ask(*, now: datetime) -> int:
    """Ask who was there, as many as one minute takes; how many that were."""
    return in_rounds(lambda: _ask_some(now=now), at_once=AT_ONCE, rounds=ROUNDS)


@transaction.atomic
def answer(key: str, *, took_part: rules.TookPart, in_the_way: str, use: str, said: str, now: datetime) -> Meeting:
    """Keep what somebody says, and spend the ticket; nothing links the two. Raises ``CannotAnswer``."""
    of = Ticket.objects.filter(digest=digest_of(key)).values("meeting")
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk__in=of)  # ``mix`` writes its tickets anew
    ticket = Ticket.objects.get(digest=digest_of(key))
    if ticket.is_spent:
        raise CannotAnswer(_("Met deze link is al een antwoord gestuurd. Dank je wel!"))
    if not rules.takes_answers(meeting.ends_at, now):
        raise CannotAnswer(_("Antwoorden kan niet meer. Wil je toch iets zeggen? Mail of bel ons."))
    ticket.is_spent = True
    ticket.save(update_fields=["is_spent"])
    Evaluation.objects.create(meeting=meeting, took_part=took_part, in_the_way=in_the_way, use=use, words=said)
    return meeting


@transaction.atomic
def mix(*, now: datetime) -> int:
    """Write all answers and tickets of meetings with new answers anew, at once and in an order by chance; how many.

    Until then the database could say which ticket was spent in the transaction in which an answer came.
    """
    meetings = set(Evaluation.objects.filter(is_mixed=False).values_list("meeting", flat=True))
    for meeting in Meeting.objects.select_for_update(of=("self",)).filter(pk__in=meetings).order_by("pk"):
        tickets = list(Ticket.objects.filter(meeting=meeting).order_by("digest"))
        answers = list(Evaluation.objects.filter(meeting=meeting))
        Ticket.objects.filter(meeting=meeting).delete()
        Evaluation.objects.filter(meeting=meeting).delete()
        for each in answers:
            each.pk, each.is_mixed = uuid.uuid4(), True
        Ticket.objects.bulk_create(tickets)
        Evaluation.objects.bulk_create(sorted(answers, key=lambda answer: answer.pk))
    return len(meetings)


def digest_of(key: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def keep_figures(*, now: datetime) -> None:
    """Count who came to meetings of which that is to be forgotten, before it is."""
    old = Meeting.objects.filter(ends_at__lte=now - attending.KEEP_ATTENDEES, figures=None)
    for meeting in old.filter(Exists(Attendee.objects.placed().filter(meeting=OuterRef("pk")))):
        Figures.objects.create(meeting=meeting, **reading.came(meeting))


def erase_old(*, now: datetime) -> int:
    """Forget the words of answers of long ago, and tickets that are of no use any more; how many words that were."""
    Ticket.objects.filter(meeting__ends_at__lte=now - rules.KEEP_TICKETS).delete()
    return Evaluation.objects.with_old_words(now).update(in_the_way="", words="")


def _ask_some(*, now: datetime) -> int:
    """The same for the next of them, in a number of queries that does not grow with them.

    It holds nothing while it writes. Who stops halfway goes on: by the keys nobody has a mail twice, and a ticket of
    which no mail went is of no use to anybody.
    """
    ended = Meeting.objects.published(now).past(now).going_on().filter(ends_at__gt=now - rules.ASKED_WITHIN)
    due = [each.pk for each in ended if each.ends_at and rules.is_time_to_ask(each.ends_at, now)]
    if not due:
        return 0
    to_ask = Attendee.objects.placed().filter(meeting__in=due, asked_how_it_was=None, person__isnull=False)
    to_ask = to_ask.exclude(presence__seen=Seen.ABSENT)
    found = list(to_ask.select_related("meeting", "person__address").order_by("pk")[:AT_ONCE])
    keys = {each.pk: unguessable() for each in found if each.address}
    tickets = [Ticket(digest=digest_of(keys[each.pk]), meeting=each.meeting) for each in found if each.address]
    # In the order of what they are, which is by chance, so that no row stands beside another for a reason.
    Ticket.objects.bulk_create(sorted(tickets, key=lambda ticket: ticket.digest))
    mail.send_all([_letter(each, keys[each.pk]) for each in found if each.address], now=now)
    Asked.objects.bulk_create((Asked(attendee=each) for each in found), ignore_conflicts=True)
    return len(found)


def _letter(attendee: Attendee, key: str) -> mail.Letter:
    meeting = attendee.meeting
    return mail.Letter(
        "mail/meetings/evaluation.md",
        to=attendee.address,
        context={
            "title": meeting.title,
            "when": words.when(meeting),
            "path": reading.address_of(key),
            "contact": words.contact(meeting),
        },
        key=f"attendee-{attendee.pk}-evaluation",
        reply_to=meeting.contact_email,
    )
