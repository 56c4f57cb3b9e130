"""A mail that we send to ourselves: whether it comes in, bears our signature, and what our receiving server says of it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from meedoen.mail import actions as mail
from meedoen.mail import envelope
from meedoen.mail.incoming import addresses, erasing, proof, routes, sealing
from meedoen.mail.incoming.models import Incoming, ReplyAddress
from meedoen.mail.incoming.routes import Came, Letter

from .models import Trial
from .rules import signature
from .rules.finding import Asker, Away, Finding, Kind

PURPOSE = "health.trial"
ABOUT = "site"  # of the one address that such mails go to
LOST_AFTER = timedelta(minutes=15)  # a server that greylists says "not now" for some minutes
TAKEN, NOT_OURS = "trial", "trial: none of ours"


def register() -> None:
    """Say what is done with mail to its address; at start-up."""
    routes.register(PURPOSE, _not_a_trial)


def may_send() -> bool:
    """Whether mail goes out and comes in here at all."""
    return bool(settings.EMAIL_HOST) and addresses.is_open()


@transaction.atomic
def send(*, now: datetime) -> bool:
    """Mail ourselves. False while the last one is on its way."""
    if not may_send() or Trial.objects.filter(came_at=None, asked_at__gt=now - LOST_AFTER).exists():
        return False
    to = addresses.answer_to(PURPOSE, owner=envelope.sender_address(), about=ABOUT, now=now)
    sent = mail.send("mail/health/trial.md", to=to, context={"sent_at": now}, key=f"trial-{now:%Y%m%d%H%M%S}", now=now, is_urgent=True)  # fmt: skip
    Trial.objects.create(asked_at=now, message_id=sent.message_id)
    return True


def take(letter: Letter, now: datetime) -> Came | None:
    """Note that it came in; None for any other mail. Its Message-ID cannot be guessed, so whoever brings it had it."""
    if not letter.message_id or letter.author != envelope.sender_address().lower():
        return None
    trial = Trial.objects.filter(message_id=letter.message_id, came_at=None).first()
    if trial is None:
        return None
    from .tasks import look_at_trial  # the task calls ``look``; this is the one step back to it

    trial.came_at, trial.mark = now, letter.mark
    trial.save(update_fields=["came_at", "mark"])
    look_at_trial.enqueue(trial.pk)
    return Came(TAKEN)


def look(trial_id: int, asker: Asker, *, now: datetime) -> list[Finding]:
    """Look at one that came in, note what was found, and erase it."""
    trial = Trial.objects.filter(pk=trial_id, done_at=None).exclude(mark="").first()
    row = Incoming.objects.filter(mark=trial.mark, erased_at=None).first() if trial else None
    if trial is None or row is None:
        return []
    raw = sealing.opened(row)
    try:
        found = signature.judge(raw, envelope.sender_domain(), asker)
    except Away as problem:
        found = [Finding(Kind.DNS_AWAY, {"name": str(problem)})]
    trusted = [name.strip().lower() for name in settings.MAIL_IN_TRUSTED if name.strip()]
    found += signature.judge_seen(proof.results_of(proof.head_of(raw), trusted=trusted), trusted)
    with transaction.atomic():
        trial.found = [{"kind": each.kind.value, "about": each.about, "line": each.line} for each in found]
        trial.done_at = now
        trial.save(update_fields=["found", "done_at"])
        erasing.erase(Incoming.objects.filter(pk=row.pk), now)
    return found


def _not_a_trial(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    return Came(NOT_OURS, erases=True)
