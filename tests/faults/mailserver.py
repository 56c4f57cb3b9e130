"""A mail server that takes everything and counts it; it can be taken away and come back."""

import re
import threading
import time
from collections import Counter
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller

CODE = re.compile(r"\b(\d{6})\b")


class MailServer:
    """``came`` counts the mails by Message-ID; ``codes`` has the newest code that somebody was mailed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.came: Counter[str] = Counter()
        self.codes: dict[str, str] = {}
        self.lock = threading.Lock()
        self.controller: Controller | None = None

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 aiosmtpd's name
        mail = message_from_bytes(envelope.content, policy=policy.default)
        code = CODE.search(str(mail["Subject"]))
        with self.lock:
            self.came[str(mail["Message-ID"])] += 1
            if code:
                self.codes[envelope.rcpt_tos[0].lower()] = code[1]
        return "250 OK"

    def code_for(self, email: str, *, seconds: float) -> str:
        """The code that was mailed there; empty where none comes in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with self.lock:
                if email in self.codes:
                    return self.codes.pop(email)
            time.sleep(0.05)
        return ""
