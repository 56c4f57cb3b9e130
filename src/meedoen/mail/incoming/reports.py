"""What other mail servers say became of mail of ours (RFC 3464); a report counts when it names a mail that we sent."""

from datetime import datetime

from meedoen.mail.models import OutgoingMail
from meedoen.mail.replies import DeliveryReport

from .models import DeadAddress
from .routes import Came


def take(report: DeliveryReport, *, now: datetime) -> Came:
    """Note a mail that came back for good, and that its address is dead.

    A Message-ID of ours cannot be guessed: who names one, and to whom it went, has the mail.
    """
    sent = OutgoingMail.objects.filter(message_id=report.original_id).first() if report.original_id else None
    if sent is None or sent.to.lower() != report.recipient.strip().lower():
        return Came("report of no mail of ours")
    if not report.is_permanent:
        return Came(f"report: {report.action}"[:60])
    reason = f"came back: {report.status or report.action}"
    OutgoingMail.objects.filter(pk=sent.pk, state=OutgoingMail.State.SENT).update(
        state=OutgoingMail.State.GIVEN_UP, given_up_at=now, sent_at=None, last_error=reason
    )
    if sent.to and is_of_address(report.status):
        DeadAddress.objects.get_or_create(email=sent.to.lower(), defaults={"since": now, "status": report.status})
    return Came("came back")


def is_of_address(status: str) -> bool:
    """Whether it is the address that is wrong, and not this one mail (RFC 3463: 5.1 address, 5.2 mailbox)."""
    return status.startswith(("5.1.", "5.2.")) or status in ("", "5.0.0")


def is_dead(email: str) -> bool:
    """Whether mail there comes back."""
    return DeadAddress.objects.filter(email=email.strip().lower()).exists()


def revive(email: str) -> None:
    """Mail there again: somebody read what we sent."""
    DeadAddress.objects.filter(email=email.strip().lower()).delete()
