"""The mail backend for a laptop: each mail becomes a file, and nothing leaves the machine."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from meedoen.kernel import clock


class FileBackend(BaseEmailBackend):
    """Writes one ``.eml`` for each mail to ``settings.MAIL_DIR``; the names sort by time.

    A file appears whole or not at all, readable for its owner only: these are letters.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        directory = Path(settings.MAIL_DIR)
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{clock.now():%Y%m%d-%H%M%S%f}-{secrets.token_hex(8)}"
            draft = directory / f".{name}.draft"
            try:
                with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own class
                    file.flush()
                    os.fsync(file.fileno())
                draft.rename(directory / f"{name}.eml")
            finally:
                draft.unlink(missing_ok=True)
        return len(email_messages)
