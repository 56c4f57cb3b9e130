"""A letter to those who come: write it, change it, send it once, and bring it to the outbox some hundreds at a time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.mail import actions as mail
from meedoen.mail.rendering import Written
from meedoen.meetings import words
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import KEEP_ATTENDEES
from meedoen.meetings.hosting import reading, rules
from meedoen.meetings.hosting.models import Circular
from meedoen.meetings.hosting.rules import To
from meedoen.meetings.models import Meeting
from meedoen.meetings.rounds import AT_ONCE, ROUNDS
from meedoen.people.models import Person

from .errors import CannotDo

DAY = timedelta(days=1)


@transaction.atomic
def write(meeting: Meeting, *, to: To, subject: str, text: str, once: str, by: Person, now: datetime) -> Circular:
    """Keep a letter, to be read again before it is sent. Twice is once."""
    circular, _is_new = Circular.objects.get_or_create(
        once=once,
        defaults={"meeting": meeting, "to": to, "subject": subject, "text": text, "by": by, "changed_at": now},
    )
    if circular.meeting_id != meeting.pk:
        raise CannotDo(_("Dit formulier hoort bij een andere bijeenkomst. Open het opnieuw."))
    return circular


@transaction.atomic
def change(circular: Circular, *, to: To, subject: str, text: str, by: Person, now: datetime) -> Circular:
    """Write it anew, as long as it was not sent. Raises ``CannotDo``."""
    circular = Circular.objects.select_for_update(of=("self",)).get(pk=circular.pk)
    if circular.sent_at:
        raise CannotDo(_("Dit bericht is intussen verstuurd. Je kunt het niet meer veranderen."))
    if (circular.to, circular.subject, circular.text) != (to, subject, text):
        circular.version += 1
    circular.to, circular.subject, circular.text, circular.by, circular.changed_at = to, subject, text, by, now
    circular.save()
    return circular


@transaction.atomic
def send(circular: Circular, *, seen: int, by: Person, now: datetime) -> Circular:
    """Decide that it goes to all who it is for now; it leaves by itself. Twice is once.

    ``seen`` is the version that the host read. Raises ``CannotDo`` when another host wrote it anew meanwhile, when
    there is nobody to send it to, when enough was sent today, and long after the meeting.
    """
    Meeting.objects.select_for_update(of=("self",)).get(pk=circular.meeting_id)  # two at once are counted as two
    circular = Circular.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=circular.pk)
    if circular.sent_at:
        return circular
    if circular.version != seen:
        raise CannotDo(_("Iemand veranderde dit bericht intussen. Lees het nog eens, en verstuur het dan."))
    if not rules.may_write(ends_at=circular.meeting.ends_at, now=now):
        raise CannotDo(
            _(
                "De bijeenkomst is te lang voorbij. Tot een maand erna kun je schrijven aan wie kwam. Er is niets verstuurd."
            )
        )
    if circular.meeting.circulars.filter(sent_at__gt=now - DAY).count() >= rules.MAX_CIRCULARS:
        raise CannotDo(
            _("In een dag gaan er hoogstens %(count)s berichten weg. Je bericht blijft bewaard. Verstuur het morgen.")
            % {"count": rules.MAX_CIRCULARS}
        )
    count = reading.receivers(circular.meeting, To(circular.to)).count()
    if not count:
        raise CannotDo(_("Er is niemand aan wie dit bericht gaat. Verander aan wie je schrijft."))
    circular.sent_at, circular.by, circular.receiver_count = now, by, count
    circular.save(update_fields=["sent_at", "by", "receiver_count"])
    return circular


@transaction.atomic
def throw_away(circular: Circular) -> None:
    """Forget a letter that was not sent. Twice is once. Raises ``CannotDo`` for what was sent: that is the record."""
    found = Circular.objects.select_for_update(of=("self",)).filter(pk=circular.pk).first()
    if found is None:
        return
    if found.sent_at:
        raise CannotDo(_("Dit bericht is intussen verstuurd. Je kunt het niet meer weggooien."))
    found.delete()


def tell(*, now: datetime) -> int:
    """Bring what is to be sent to the outbox, as much as one minute takes; how many mails that were."""
    count = 0
    for _round in range(ROUNDS):
        waiting = Circular.objects.filter(sent_at__isnull=False, done_at__isnull=True).order_by("sent_at", "pk")
        circular = waiting.select_related("meeting__place_municipality").first()
        if circular is None:
            break
        count += _tell_some(circular, now=now)
    return count


def erase_old(*, now: datetime) -> int:
    """Forget what was written to those who came long ago; how many letters that were."""
    return Circular.objects.filter(meeting__ends_at__lte=now - KEEP_ATTENDEES).delete()[0]


def _tell_some(circular: Circular, *, now: datetime) -> int:
    """Write the mails to the next of them. Who stops halfway goes on, and by the keys nobody has a mail twice."""
    waiting = reading.receivers(circular.meeting, To(circular.to)).filter(
        pk__gt=circular.told_to, confirmed_at__lte=circular.sent_at
    )
    found = list(waiting.select_related("person__address", "party").order_by("pk")[:AT_ONCE])
    mail.send_all([_letter(circular, each) for each in found], now=now)
    if found:
        circular.told_to = found[-1].pk
    if len(found) < AT_ONCE:
        circular.done_at = now
    circular.save(update_fields=["told_to", "done_at"])
    return len(found)


def _letter(circular: Circular, attendee: Attendee) -> mail.Letter:
    meeting = circular.meeting
    return mail.Letter(
        "mail/meetings/circular.md",
        to=attendee.address,
        context={
            "subject": circular.subject,
            "title": meeting.title,
            "text": Written(circular.text),
            "when": words.when(meeting),
            "where": words.where(meeting),
            "path": attendee.own_url,
            "public_path": meeting.get_absolute_url(),
            "contact": words.contact(meeting),
        },
        key=f"attendee-{attendee.pk}-circular-{circular.pk}",
        reply_to=meeting.contact_email,
    )
