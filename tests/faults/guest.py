"""One guest who writes while something is wrong, and what they saw; and whether others could read meanwhile."""

import smtplib
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from statistics import median
from typing import Any

from tests.faults.browser import Answer, Browser, Seen
from tests.faults.site import DOMAIN, Site
from tests.faults.writers import ARTICLE

READ = ("/", "/nieuws/", "/forum/", "/gemeenten/", "/kennisbank/", ARTICLE)
PAUSE = 0.1


def react(site: Site, mark: str, *, more: str = "", timeout: float = 60) -> tuple[Answer, str]:
    """A guest sends a reaction; the answer and their words."""
    words = f"Bericht {mark}: kan de poort breder? Er staat een paal.\nIk kan er niet langs.{more}"
    form = {"text": words, "name": "Elif", "email": f"{mark.replace(' ', '-')}@voorbeeld.example", "website": ""}
    browser = Browser(site.port, Seen(), network=f"10.99.0.{hash(mark) % 250 + 1}", timeout=timeout)
    return browser.ask(f"{ARTICLE}reageren/", form), words


def saw(answer: Answer, words: str) -> dict[str, Any]:
    """What they read, and whether their words are on the page still."""
    return {
        "status": answer.status, "seconds": round(answer.seconds, 1), "heading": answer.heading,
        "words_on_page": words.splitlines()[1] in answer.text,
    }  # fmt: skip


def mails(site: Site, mark: str) -> str:
    """A mail server hands one in; what the site said."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "elif@mail.example", f"vraag@{DOMAIN}", "Een vraag"
    mail["Message-ID"] = f"<{mark.replace(' ', '-')}@mail.example>"
    mail.set_content(f"Wie weet raad? {mark}")
    try:
        with smtplib.LMTP("127.0.0.1", site.lmtp, timeout=60) as door:
            door.sendmail("elif@mail.example", [f"vraag@{DOMAIN}"], mail.as_bytes())
    except smtplib.SMTPResponseException as problem:
        return f"{problem.smtp_code} {str(problem.smtp_error, 'utf-8', 'replace')}"
    except (OSError, smtplib.SMTPException) as problem:
        return type(problem).__name__
    return "250"


@dataclass
class Readers:
    """Visitors who read one page after another until the block ends."""

    site: Site
    count: int = 2
    port: int = 0
    paths: tuple[str, ...] = READ
    seen: Seen = field(default_factory=Seen)
    stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Readers":
        self.threads = [
            threading.Thread(target=self._read, args=(number,), daemon=True) for number in range(self.count)
        ]
        for each in self.threads:
            each.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self.stop.set()
        for each in self.threads:
            each.join(90)

    def _read(self, number: int) -> None:
        browser = Browser(self.port or self.site.port, self.seen, network=f"10.77.0.{number + 1}")
        while not self.stop.is_set():
            for path in self.paths:
                browser.ask(path)
                if self.stop.wait(PAUSE):
                    return

    def figures(self) -> dict[str, Any]:
        """What they were answered, and how long they waited."""
        seconds = sorted(self.seen.seconds)
        return {
            "answers": self.seen.figures(), "median_ms": round(median(seconds) * 1000) if seconds else None,
            "p95_ms": round(seconds[int(len(seconds) * 0.95)] * 1000) if seconds else None,
            "slowest_ms": round(seconds[-1] * 1000) if seconds else None,
        }  # fmt: skip
