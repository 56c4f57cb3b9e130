"""A row of the outbox as the message that goes over the line."""

import re
from collections.abc import Mapping
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from meedoen.kernel.identifiers import unguessable
from meedoen.mail.flowing import flowed
from meedoen.mail.models import OutgoingMail
from meedoen.mail.references import Words, filled


def sender_address() -> str:
    """The address that our mail comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def sender_domain() -> str:
    """The domain of that address."""
    return sender_address().rpartition("@")[2] or "localhost"


def new_message_id() -> str:
    """A Message-ID that nobody else has and nobody can guess."""
    return f"<{unguessable()}@{sender_domain()}>"


def message_of(mail: OutgoingMail, *, facts: Mapping[str, str | Words]) -> EmailMultiAlternatives:
    """``mail`` as a message: the same headers each time it is tried, so a second copy can be recognised.

    ``facts`` are what its references stand for; the row never holds them.
    """
    message = _Message(
        subject=filled(mail.subject, facts),
        body=filled(mail.text, facts),
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "Message-ID": mail.message_id,
            "Date": format_datetime(mail.created_at),
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday answers to a machine
            "X-Auto-Response-Suppress": "OOF, AutoReply",  # the same for Exchange, which many municipalities use
            **mail.headers,
        },
    )
    if mail.html:
        message.attach_alternative(filled(mail.html, facts, is_html=True), "text/html")
    if mail.calendar:
        message.attach_alternative(mail.calendar, f"text/calendar; method={_method_of(mail.calendar)}")
        message.attach("bijeenkomst.ics", mail.calendar, "application/ics")  # for programs that show no invitation
    return message


class _Message(EmailMultiAlternatives):
    """A message whose plain text is wrapped where it goes over the line."""

    def message(self, **more: Any) -> Any:
        whole, self.body = self.body, flowed(str(self.body))
        try:
            built = super().message(**more)
        finally:
            self.body = whole
        text = next(part for part in built.walk() if part.get_content_type() == "text/plain")
        text.set_param("format", "flowed")
        return built


def _method_of(calendar: str) -> str:
    """What a calendar is asked to do with it (RFC 5546)."""
    found = re.search(r"^METHOD:([A-Z]+)\r?$", calendar, re.MULTILINE)
    return found[1] if found else "PUBLISH"
