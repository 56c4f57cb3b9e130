"""Putting mail in the outbox: one, many, and copies whose words stand elsewhere; each once by its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from meedoen.kernel import prepared
from meedoen.mail import envelope, references, rendering, rules
from meedoen.mail.models import OutgoingMail, OutgoingMailQuerySet

from .lining import put_all_in_line, put_in_line
from .passing import as_sent, is_to_leave


@dataclass(frozen=True)
class Letter:
    """A mail of many, as ``send`` takes one."""

    template: str
    to: str
    context: Mapping[str, object]
    key: str
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Copy:
    """A mail of very many, of which the words stand once elsewhere: ``words`` says with whom, and by what they are found.

    ``name`` is what logs call it. ``is_plain``: without a part in HTML.
    """

    name: str
    to: str
    subject: str
    words: references.Reference
    key: str
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_plain: bool = False


@transaction.atomic
def send(
    template: str,
    *,
    to: str,
    context: Mapping[str, object],
    key: str,
    now: datetime,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
    is_urgent: bool = False,
    calendar: str = "",
) -> OutgoingMail:
    """Decide to send a mail. It leaves after the surrounding transaction commits, or not at all.

    ``template`` is a name such as ``mail/test_mail.md``; ``key`` says what this mail is ("reply-12-to-5"): asked
    again with the same key, nothing happens and the first mail is returned; one that begins with ``rules.PASSING`` is
    erased once it left. ``headers`` come from
    ``rules.list_headers`` and ``rules.thread_headers``. ``calendar`` is iCalendar with its METHOD. A ``references.Reference`` in the context is looked up when
    the mail leaves, and is stored nowhere. Raises ``rules.Refused`` for an address, header or
    context that is not fit for a mail.
    """
    rendered = rendering.render(template, context)
    mail = OutgoingMail(
        key=key,
        message_id=envelope.new_message_id(),
        template=template,
        to=rules.checked_address(to),
        reply_to=rules.checked_address(reply_to) if reply_to else "",
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        references=rendered.references,
        headers=rules.checked_headers(headers or {}),
        calendar=calendar,
        is_urgent=is_urgent,
        created_at=now,
        due_at=now,
    )
    if known := prepared.one(_keyed, key=key):
        return known
    try:
        with transaction.atomic():
            as_sent(mail).save(force_insert=True)
    except IntegrityError:  # put there at the same moment
        return OutgoingMail.objects.get(key=key)
    if is_to_leave([mail], now=now):
        put_in_line(mail)
    return mail


def send_all(letters: Sequence[Letter], *, now: datetime) -> int:
    """Decide to send many mails, in a number of queries that their contents do not change; how many are new.

    As ``send``, each key once: what is in the outbox already stays as it is. They are written out before the
    transaction begins, so that what else wants to write does not wait for that.
    """
    known = _known([each.key for each in letters])
    return _put([_row_of(each, now=now) for each in letters if each.key not in known], now=now)


def send_copies(copies: Sequence[Copy], *, now: datetime) -> int:
    """As ``send_all``, of mails whose words stand elsewhere: a row holds only what is of its reader."""
    known = _known([each.key for each in copies])
    return _put([_row_of_copy(each, now=now) for each in copies if each.key not in known], now=now)


def _keyed(*, key: str) -> OutgoingMailQuerySet:
    return OutgoingMail.objects.filter(key=key)


def _row_of(letter: Letter, *, now: datetime) -> OutgoingMail:
    rendered = rendering.render(letter.template, letter.context)
    return OutgoingMail(
        key=letter.key,
        message_id=envelope.new_message_id(),
        template=letter.template,
        to=rules.checked_address(letter.to),
        reply_to=rules.checked_address(letter.reply_to) if letter.reply_to else "",
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        references=rendered.references,
        headers=rules.checked_headers(letter.headers),
        created_at=now,
        due_at=now,
    )


def _row_of_copy(copy: Copy, *, now: datetime) -> OutgoingMail:
    mark = references.new_mark()
    return OutgoingMail(
        key=copy.key,
        message_id=envelope.new_message_id(),
        template=copy.name,
        to=rules.checked_address(copy.to),
        reply_to=rules.checked_address(copy.reply_to) if copy.reply_to else "",
        subject=rules.subject_line(copy.subject),
        text=mark,
        html="" if copy.is_plain else mark,
        references={mark: {**copy.words.about, "kind": copy.words.kind}},
        headers=rules.checked_headers(copy.headers),
        created_at=now,
        due_at=now,
    )


def _known(keys: list[str]) -> set[str]:
    """Which of these are in the outbox already."""
    return set(OutgoingMail.objects.filter(key__in=keys).values_list("key", flat=True))


def _put(rows: list[OutgoingMail], *, now: datetime) -> int:
    """Put new mails in the outbox and in line; how many they are."""
    with transaction.atomic():
        OutgoingMail.objects.bulk_create([as_sent(row) for row in rows], ignore_conflicts=True)
        ours = OutgoingMail.objects.filter(message_id__in=[row.message_id for row in rows])
        ids = list(ours.order_by("pk").values_list("pk", flat=True))
        if is_to_leave(rows, now=now):
            put_all_in_line(ids)
    return len(ids)
