"""Somebody with a browser: one request after another, each over a line of its own; presses again when the line is cut."""

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode

CUT = 0  # in the place of a status: the line was cut after the request was sent, before there was an answer
CLOSED = -1  # in the place of a status: nobody listens
NO_ANSWER = {CUT: "line cut", CLOSED: "nobody listens"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@dataclass
class Seen:
    """What everybody was answered, over all browsers."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def figures(self) -> dict[str, int]:
        """How often each status came, or none."""
        return {NO_ANSWER.get(status, str(status)): count for status, count in sorted(self.statuses.items())}


@dataclass
class Answer:
    """What came back."""

    status: int
    place: str = ""
    text: str = ""
    seconds: float = 0

    @property
    def heading(self) -> str:
        """What the page says it is."""
        found = HEADING.search(self.text)
        return unescape(" ".join(re.sub(r"<[^>]+>", "", found[1]).split())) if found else ""


@dataclass
class Browser:
    """``network`` is where its owner seems to sit; ``cookies`` their session, if they have one."""

    port: int
    seen: Seen
    network: str = "10.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 60
    stop: threading.Event = field(default_factory=threading.Event)

    def ask(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """One request; a POST where there are fields."""
        began = time.monotonic()
        answer = self._ask(path, fields)
        answer.seconds = time.monotonic() - began
        with self.seen.lock:
            self.seen.statuses[answer.status] += 1
            self.seen.seconds.append(answer.seconds)
        return answer

    def insist(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """As ``ask``, again and again while the line is cut or the site says that it is away; CUT when told to stop."""
        while not self.stop.is_set():
            answer = self.ask(path, fields)
            if answer.status not in (CUT, CLOSED, 502, 503):
                return answer
            self.stop.wait(0.05)
        return Answer(CUT)

    def press(self, page: str, path: str, **fields: str) -> Answer:
        """Send the form of a page that was read first, with its token where it has one."""
        read = self.insist(page)
        token = TOKEN.search(read.text)
        return self.insist(path, {**fields, **({"csrfmiddlewaretoken": token[1]} if token else {})})

    def _ask(self, path: str, fields: dict[str, str] | None) -> Answer:
        headers = {
            "Host": f"localhost:{self.port}", "Origin": f"http://localhost:{self.port}",
            "Sec-Fetch-Site": "same-origin", "X-Forwarded-For": self.network,
        }  # fmt: skip
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            body = urlencode(fields) if fields is not None else None
            line.request("GET" if body is None else "POST", path, body, headers)
            came = line.getresponse()
            text = came.read().decode(errors="replace")
        except ConnectionRefusedError:
            return Answer(CLOSED)
        except (OSError, HTTPException):
            return Answer(CUT)
        finally:
            line.close()
        self._keep(came)
        return Answer(came.status, came.headers.get("Location", ""), text)

    def _keep(self, came: HTTPResponse) -> None:
        for said in came.headers.get_all("Set-Cookie") or []:
            name, _, value = said.partition(";")[0].partition("=")
            if self.cookies:
                self.cookies[name] = value
