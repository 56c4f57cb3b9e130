"""People who ask, answer and sign up through the site's own pages, and who send again what they are told was not kept."""

import itertools
import re
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html

AWAY = {"GET": "De site is even dicht", "POST": "Dit is misschien nog niet bewaard"}
AGAIN_SECONDS = 1  # between being told that it did not work, and trying again
THINK_SECONDS = 0.3  # between an act and the next
CODE_SECONDS = 90  # that somebody waits for the mail with their code
LONGEST_ANSWER = 100  # seconds
_counted = itertools.count()


@dataclass
class Kept:
    """An act that the site said it keeps: of which kind, the words or address by which it is found, and when."""

    kind: str
    mark: str
    at: float


@dataclass
class Answer:
    """What came back."""

    method: str
    status: int
    place: str
    text: str

    @property
    def page(self) -> html.HtmlElement:
        return html.fromstring(self.text or "<html></html>")


@dataclass
class Crowd:
    """Who writes, what they were told, and what they met."""

    port: int
    mail: Path  # the folder in which mails come
    mark: str
    stop: threading.Event = field(default_factory=threading.Event)
    kept: list[Kept] = field(default_factory=list)
    begun: list[Kept] = field(default_factory=list)  # all that was tried, kept or not
    late: list[str] = field(default_factory=list)  # addresses to which no code came in time
    faults: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    slowest: float = 0.0
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, seeded: dict) -> None:
        """Three kinds of people, as many of each as there are sessions for."""
        for number, cookies in enumerate(seeded["sessions"]):
            which = (self.ask_question, self.answer)[number % 2]
            self._begin(which, number, cookies, seeded)
        for number in range(len(seeded["sessions"]) // 2):
            self._begin(self.sign_up, number, {}, seeded)

    def _begin(self, which, *arguments) -> None:
        def go() -> None:
            number = 0
            while not self.stop.is_set():
                try:
                    which(number, *arguments)
                except Stopped:
                    return
                except Late as mail:
                    self.late.append(str(mail))
                except AssertionError as problem:
                    self.faults.append(str(problem))
                number += 1
                self.stop.wait(THINK_SECONDS)

        thread = threading.Thread(target=go, daemon=True)
        self.threads.append(thread)
        thread.start()

    def end(self, patience: float = LONGEST_ANSWER) -> None:
        """Let everybody finish what they are doing."""
        self.stop.set()
        until = time.monotonic() + patience
        for thread in self.threads:
            thread.join(max(0.1, until - time.monotonic()))
        assert not any(thread.is_alive() for thread in self.threads), "somebody still waits for an answer"

    # What they do

    def ask_question(self, nth: int, who: int, cookies: dict[str, str], seeded: dict) -> None:
        title = f"Vraag {nth} van {who} uit {self.mark}: hoe gaat dat bij jullie?"
        fields = {
            "kind": "vraag",
            "category": "vervoer",
            "title": title,
            "text": f"Ik vraag {nth} van {who} uit {self.mark}.",
        }
        self._place("topic", title, "/forum/vraag/", fields, cookies)

    def answer(self, nth: int, who: int, cookies: dict[str, str], seeded: dict) -> None:
        words = f"Antwoord {nth} van {who} uit {self.mark}: links naast de deur."
        self._place("reply", words, f"{seeded['topic']}reageren/", {"text": words}, cookies)

    def _place(self, kind: str, mark: str, path: str, fields: dict[str, str], cookies: dict[str, str]) -> None:
        """Write it, look it over, place it."""
        network = next(_counted)
        self.begun.append(Kept(kind, mark, time.monotonic()))
        check = self.send(path, fields, cookies, network, within="/bevestigen/")
        page = self.get(check, cookies, network)
        self.send(f"{check}plaatsen/", _token(page), cookies, network, within="/")
        self.kept.append(Kept(kind, mark, time.monotonic()))

    def sign_up(self, nth: int, who: int, _cookies: dict[str, str], seeded: dict) -> None:
        """As a guest, with the code from the mail."""
        network, email = next(_counted), f"gast-{self.mark}-{who}-{nth}@voorbeeld.example"
        self.begun.append(Kept("sign-up", email, time.monotonic()))
        fields = {"name": f"Gast {who} {nth}", "email": email, "together": "alleen", "way": "online"}
        act = self.send(f"{seeded['meeting']}aanmelden/", fields, {}, network, within="/bevestigen/")
        self.send(f"{act}versturen/", {}, {}, network, within="/bevestigen/")
        self.send(f"{act}code/", {"code": self.code_for(email)}, {}, network, within="/")
        self.kept.append(Kept("sign-up", email, time.monotonic()))

    def code_for(self, email: str) -> str:
        """The code in the mail to this address, once it is there."""
        until = time.monotonic() + CODE_SECONDS
        while time.monotonic() < until:
            for path in sorted(self.mail.glob("*.eml"), reverse=True)[:400]:
                head = path.read_bytes().partition(b"\r\n\r\n")[0].decode(errors="replace")
                if f"To: {email}" in head and (found := re.search(r"^Subject: (\d{6})", head, re.MULTILINE)):
                    return found[1]
            time.sleep(0.3)
        raise Late(email)

    # How they ask

    def get(self, path: str, cookies: dict[str, str], network: int) -> Answer:
        """The page, asked again while the database is away."""
        while True:
            answer = self.request("GET", path, cookies, network)
            if answer.status != 503:
                assert answer.status == 200, f"GET {_shape(path)}: {answer.status}"
                return answer
            self._wait(answer)

    def send(self, path: str, fields: dict[str, str], cookies: dict[str, str], network: int, *, within: str) -> str:
        """Send the form, and again from the page that gives it back; where it leads. Only a redirect says that it is kept."""
        address, again = path, fields
        while True:
            answer = self.request("POST", address, cookies, network, again)
            if answer.status == 302 and answer.place.startswith(within):
                return answer.place.partition("#")[0]
            assert answer.status == 503, f"POST {_shape(path)}: {answer.status} {_said(answer)}"
            self._wait(answer)
            forms = answer.page.xpath("//main//form[@method='post']")
            assert forms, f"POST {_shape(path)}: the page gives nothing back"
            address = forms[0].get("action")
            again = {each.get("name"): each.get("value") for each in forms[0].xpath(".//input[@type='hidden']")}
            assert (address, again) == (path, fields), f"POST {_shape(path)}: other words come back"

    def _wait(self, answer: Answer) -> None:
        """Read the page that says why; anything but the kind one is a fault."""
        heading = " ".join(answer.page.xpath("//h1//text()"))
        assert heading == AWAY[answer.method], f"a bare page: {answer.status} {heading or answer.text[:80]!r}"
        assert "Traceback" not in answer.text, "a trace"
        if self.stop.wait(AGAIN_SECONDS):
            raise Stopped

    def request(
        self, method: str, path: str, cookies: dict[str, str], network: int, fields: dict[str, str] | None = None
    ) -> Answer:
        """One request as a browser makes it, from a network of its own."""
        source = f"127.{2 + network // 60000 % 200}.{network // 250 % 240}.{1 + network % 250}"
        browser = HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_ANSWER, source_address=(source, 0))
        headers = {
            "Host": f"localhost:{self.port}",
            "Origin": f"http://localhost:{self.port}",
            "Sec-Fetch-Site": "same-origin",
        }
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        body = None
        if fields is not None:
            body, headers["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
        started = time.monotonic()
        try:
            browser.request(method, path, body, headers)
            answer = browser.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, HTTPException) as problem:
            raise AssertionError(f"{method} {_shape(path)}: {type(problem).__name__} {problem}") from problem
        finally:
            browser.close()
            self.slowest = max(self.slowest, time.monotonic() - started)
        for said in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = said.partition(";")[0].partition("=")
            if cookies and name in cookies:
                cookies[name] = value
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        if answer.status == 503:
            assert answer.headers.get("Retry-After"), "a 503 that does not say when to come back"
        return Answer(method, answer.status, urlsplit(urljoin(path, answer.headers.get("Location", ""))).path, text)

    def silence(self, since: float) -> float:
        """Seconds from ``since`` to the first act after it that was kept, leaving out those that were on their way."""
        moments = sorted(each.at for each in self.kept if each.at > since)
        gaps = [(later - earlier, later) for earlier, later in itertools.pairwise([since, *moments])]
        return max(gaps)[1] - since if gaps else float("inf")


class Stopped(Exception):
    """It is over while somebody waits to try again."""


class Late(Exception):
    """No code came in time, to the address in the text."""


def _token(answer: Answer) -> dict[str, str]:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
    return {"csrfmiddlewaretoken": found[1]} if found else {}


def _shape(path: str) -> str:
    """The address without its key."""
    return re.sub(r"/bevestigen/[^/]+/", "/bevestigen/…/", path)


def _said(answer: Answer) -> str:
    return " ".join(answer.page.xpath("//h1//text()") + answer.page.xpath("//*[contains(@class, 'error')]//text()"))[
        :300
    ]
