"""``send_test_mail ADDRESS``: proves that mail gets out, and says what the mail server answered if not."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meedoen.kernel import clock
from meedoen.kernel.identifiers import unguessable
from meedoen.mail import actions, rules
from meedoen.mail.models import OutgoingMail

PATIENCE = 60  # seconds to wait when the worker was quicker than this command


class Command(BaseCommand):
    """Send a test mail and wait for the answer of the mail server."""

    help = "Send a test mail to ADDRESS through the outbox and say how it went."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")

    def handle(self, *, address: str, **_options: Any) -> None:
        now = clock.now()
        key = f"test-{unguessable()}"
        try:
            mail = actions.send(
                "mail/test_mail.md", to=address, context={"sent_at": now}, key=key, now=now, is_urgent=True
            )
        except rules.Refused as problem:
            raise CommandError(f"{address!r}: {problem}.") from problem
        if actions.deliver(mail.pk, now=now) is actions.Outcome.NOT_OURS:
            self._wait_for_worker(mail)
        mail.refresh_from_db()
        if mail.state != OutgoingMail.State.SENT:
            raise CommandError(
                f"Not sent: {mail.last_error or 'the mail server was found away less than a minute ago'}. "
                f"Look at the MEEDOEN_SMTP_ settings (docs/settings.md)."
                + (" The mail stays in the outbox and is tried again." if mail.state == "waiting" else "")
            )
        place = f"as a file in {settings.MAIL_DIR}" if not settings.EMAIL_HOST else f"to {settings.EMAIL_HOST}"
        self.stdout.write(f"Sent {place}, Message-ID {mail.message_id}.")

    def _wait_for_worker(self, mail: OutgoingMail) -> None:
        for _second in range(PATIENCE):
            mail.refresh_from_db()
            if mail.state != OutgoingMail.State.SENDING:
                return
            time.sleep(1)
