"""What other mail servers say became of mail of ours (RFC 3464); a report counts when it names a mail that we sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from meedoen.kernel import prepared
from meedoen.kernel.clock import local_date
from meedoen.mail.health.models import Recovered, Setback
from meedoen.mail.models import OutgoingMail
from meedoen.mail.replies import DeliveryReport

from . import rules
from .models import DeadAddress
from .routes import Came


@dataclass(frozen=True)
class Trouble:
    """Mail to somebody came back: since when, with which code, and whether it arrives again by now."""

    since: datetime
    status: str
    recovered_at: datetime | None = None


def take(report: DeliveryReport, *, now: datetime) -> Came:
    """Note a mail that came back for good, or once more; and pause its address when that is what is wrong.

    A Message-ID of ours cannot be guessed: who names one, and to whom it went, has the mail.
    """
    sent = OutgoingMail.objects.filter(message_id=report.original_id).first() if report.original_id else None
    if sent is None or not sent.to or sent.to.lower() not in (report.recipient, report.original_recipient):
        return Came("report of no mail of ours")
    if report.action not in ("failed", "delayed"):
        return Came(f"report: {report.action}"[:60])
    if report.is_permanent:
        reason = f"came back: {report.status or report.action}"
        OutgoingMail.objects.filter(pk=sent.pk, state=OutgoingMail.State.SENT).update(
            state=OutgoingMail.State.GIVEN_UP, given_up_at=now, sent_at=None, last_error=reason
        )
        if rules.is_of_address(report.status):
            _pause(sent.to, report.status, now)
            return Came("came back")
    if rules.may_pass(report.status, is_late=report.action == "delayed"):
        _set_back(sent.to, report.status, now)
    return Came("came back" if report.is_permanent else f"report: {report.action}"[:60])


def refused(email: str, said: str, *, now: datetime) -> None:
    """Note what our own server said of whom a mail was for. Only a code that says what it is counts.

    Without one it may be about us: a server that wants a password, or does not pass mail on.
    """
    code = next(iter(rules.codes_in(said)), "")
    if code.startswith("5.1.") and rules.is_of_address(code):
        _pause(email, code, now)
    elif code.startswith("4.2.") or code == "5.2.2":
        _set_back(email, code, now)


def is_dead(email: str) -> bool:
    """Whether mail there comes back."""
    return bool(prepared.ask(_dead, email=email.strip().lower()))


def dead_among(emails: Collection[str]) -> set[str]:
    """To which of these mail comes back."""
    asked = {email.strip().lower() for email in emails}
    dead = set(DeadAddress.objects.filter(email__in=asked).values_list("email", flat=True))
    return {email for email in emails if email.strip().lower() in dead}


def revive(email: str, *, now: datetime) -> None:
    """Mail there again: somebody read what we sent. That it was so is kept for a while, to tell its owner."""
    email = email.strip().lower()
    if prepared.ask(_setbacks, email=email):  # asked first: of most addresses nothing is known, and nothing is deleted
        Setback.objects.filter(email=email).delete()
    dead = prepared.one(_dead, email=email)
    if dead is None:
        return
    dead.delete()
    Recovered.objects.update_or_create(email=email, defaults={"since": dead.since, "status": dead.status, "at": now})


def trouble_with(email: str) -> Trouble | None:
    """What its owner has to know of an address; nothing where all is well, or they read it."""
    email = email.strip().lower()
    if dead := DeadAddress.objects.filter(email=email).first():
        return Trouble(dead.since, dead.status)
    passed = Recovered.objects.filter(email=email).first()
    return Trouble(passed.since, passed.status, passed.at) if passed else None


def seen(email: str) -> None:
    """Its owner read that mail came back for a while."""
    Recovered.objects.filter(email=email.strip().lower()).delete()


def forget(email: str) -> None:
    """Erase all that is known of an address."""
    for table in (DeadAddress, Recovered, Setback):
        table.objects.filter(email=email.strip().lower()).delete()


def erase_old(*, now: datetime) -> None:
    """Forget what came back once, and what passed."""
    Setback.objects.filter(day__lt=local_date(now - rules.KEEP_SETBACKS)).delete()
    Recovered.objects.filter(at__lt=now - rules.KEEP_RECOVERED).delete()


def _dead(*, email: str) -> QuerySet[DeadAddress]:
    return DeadAddress.objects.filter(email=email)


def _setbacks(*, email: str) -> QuerySet[Setback]:
    return Setback.objects.filter(email=email)[:1]


def _set_back(email: str, status: str, now: datetime) -> None:
    """Count a day on which mail could not be delivered; enough of them, and the address is paused."""
    email = email.lower()
    Setback.objects.get_or_create(email=email, day=local_date(now))
    days = Setback.objects.filter(email=email, day__gte=local_date(now - rules.KEEP_SETBACKS)).values_list(
        "day", flat=True
    )
    if rules.is_worn_out(list(days)):
        _pause(email, status, now)


def _pause(email: str, status: str, now: datetime) -> None:
    if email:
        DeadAddress.objects.get_or_create(email=email.lower(), defaults={"since": now, "status": status[:20]})
        Recovered.objects.filter(email=email.lower()).delete()
