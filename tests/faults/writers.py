"""People who write all the time, and what the site told each of them that it has."""

import itertools
import smtplib
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

from tests.faults.browser import Browser, Seen
from tests.faults.mailserver import MailServer
from tests.faults.site import DOMAIN, Site

ARTICLE = "/kennisbank/vragen-en-antwoorden-adviespunt/"
MEETING = "/bijeenkomsten/voorbeeld-praat-mee-over-wonen/aanmelden/"
CODE_SECONDS = 20  # that somebody waits for a code before they go and do something else
MAILS_PAUSE = 1  # seconds between two mails, each of which the worker answers
TRUSTED = "mx.voorbeeld.example"


@dataclass
class Told:
    """What the site said yes to, by the words or the address by which it can be found again."""

    placed: list[str] = field(default_factory=list)  # words that stand on the site
    kept: list[str] = field(default_factory=list)  # words that wait for their writer
    joined: list[str] = field(default_factory=list)  # addresses that a code was typed for
    coming: list[str] = field(default_factory=list)  # addresses of who comes to the meeting
    mailed: list[str] = field(default_factory=list)  # Message-IDs that were taken in
    gave_up: list[str] = field(default_factory=list)  # addresses to which no code came in time
    refused: list[str] = field(default_factory=list)  # answers that are neither yes nor a cut line
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, mark: str) -> None:
        """The site said so."""
        with self.lock:
            getattr(self, what).append(mark)

    def figures(self) -> dict[str, int]:
        """How many of each."""
        return {name: len(found) for name, found in vars(self).items() if isinstance(found, list)}


@dataclass
class Writers:
    """Members with a session, guests with a mailbox, and who mails; until told to stop."""

    site: Site
    mail: MailServer
    sessions: Sequence[dict[str, str]]
    told: Told = field(default_factory=Told)
    seen: Seen = field(default_factory=Seen)
    stop: threading.Event = field(default_factory=threading.Event)
    pause: float = 0.05  # seconds between two deeds of one person

    def start(self) -> list[threading.Thread]:
        deeds: list[tuple[Callable[[Browser, str], None], dict[str, str]]] = [
            *((self.react, dict(each)) for each in self.sessions),
            (self.ask, dict(self.sessions[0])), (self.join, {}), (self.join, {}), (self.come, {}), (self.send, {}),
        ]  # fmt: skip
        people = [
            threading.Thread(target=self._go_on, args=(number, deed, cookies), daemon=True)
            for number, (deed, cookies) in enumerate(deeds)
        ]
        for each in people:
            each.start()
        return people

    def _go_on(self, who: int, deed: Callable[[Browser, str], None], cookies: dict[str, str]) -> None:
        for number in itertools.count():
            if self.stop.is_set():
                return
            network = f"10.{who}.{number // 250}.{number % 250 + 1}"
            browser = Browser(self.site.port, self.seen, network=network, cookies=cookies, stop=self.stop)
            deed(browser, f"{deed.__name__} {who} {number}")
            self.stop.wait(self.pause)

    def react(self, browser: Browser, mark: str, **more: str) -> None:
        """A member reacts to a guide: write, look it over, place it."""
        words = f"Bericht {mark}, om te zien of het blijft."
        self._place(browser, ARTICLE, f"{ARTICLE}reageren/", words, text=words, **more)

    def ask(self, browser: Browser, mark: str) -> None:
        """A member begins a topic."""
        words = f"Vraag {mark}: wie weet of dit blijft staan?"
        form = {"kind": "vraag", "category": "informatie", "title": words, "text": words}
        self._place(browser, "/forum/vraag/", "/forum/vraag/", words, **form)

    def join(self, browser: Browser, mark: str) -> None:
        """Somebody without an account reacts, and types the code that comes by mail."""
        email = f"{mark.replace(' ', '-')}@voorbeeld.example"
        words = f"Bericht {mark} van een gast, om te zien of het blijft."
        who = {"name": f"Elif {mark}", "email": email, "website": ""}
        if act := self._keep(browser, ARTICLE, f"{ARTICLE}reageren/", words, text=words, **who):
            self._confirm(browser, act, email, placed=words)

    def come(self, browser: Browser, mark: str) -> None:
        """Somebody signs up for a meeting, and types the code that comes by mail."""
        email = f"{mark.replace(' ', '-')}@voorbeeld.example"
        form = {"way": "online", "together": "alleen", "companions": "0", "name": f"Ans {mark}", "website": ""}
        if act := self._keep(browser, MEETING, MEETING, "", email=email, **form):
            self._confirm(browser, act, email, coming=email)

    def send(self, _browser: Browser, mark: str) -> None:
        """Somebody mails a question; as a mail server does, again until it is taken."""
        mail = EmailMessage()
        author = f"{mark.replace(' ', '-')}@mail.example"
        mail["Authentication-Results"] = f"{TRUSTED}; dmarc=pass header.from=mail.example"
        mail["From"], mail["To"], mail["Subject"] = author, f"vraag@{DOMAIN}", f"Een vraag {mark}"
        mail["Message-ID"] = f"<{mark.replace(' ', '-')}@mail.example>"
        mail.set_content(f"Wie weet raad? Dit is {mark}, om te zien of het blijft.")
        self.stop.wait(MAILS_PAUSE)
        while not self.stop.is_set():
            with suppress(OSError, smtplib.SMTPException), smtplib.LMTP("127.0.0.1", self.site.lmtp) as door:
                door.sendmail(author, [f"vraag@{DOMAIN}"], mail.as_bytes())
                self.told.add("mailed", str(mail["Message-ID"]))
                return
            self.stop.wait(0.05)

    def _keep(self, browser: Browser, page: str, path: str, words: str, **fields: str) -> str:
        answer = browser.press(page, path, **fields)
        if answer.status == 302 and "/bevestigen/" in answer.place:
            if words:
                self.told.add("kept", words)
            return answer.place
        if answer.status:
            self.told.add("refused", f"{path}: {answer.status} {answer.heading}")
        return ""

    def _place(self, browser: Browser, page: str, path: str, words: str, **fields: str) -> None:
        if act := self._keep(browser, page, path, words, **fields):
            answer = browser.press(act, f"{act}plaatsen/")
            if answer.status == 302:
                self.told.add("placed", words)
            elif answer.status:
                self.told.add("refused", f"plaatsen: {answer.status} {answer.heading}")

    def _confirm(self, browser: Browser, act: str, email: str, **told: str) -> None:
        if browser.insist(f"{act}versturen/", {}).status not in (200, 302):
            return
        code = self.mail.code_for(email, seconds=CODE_SECONDS)
        if not code:
            self.told.add("gave_up", email)
            return
        answer = browser.insist(f"{act}code/", {"code": code})
        if answer.status == 302:
            self.told.add("joined", email)
            for what, mark in told.items():
                self.told.add(what, mark)
        elif answer.status:
            self.told.add("refused", f"code: {answer.status} {answer.heading}")
