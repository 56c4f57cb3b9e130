"""Visit a site as a country does, and write down what each answer took; a program of its own, so that its computing is known.

    python make/load_visits.py PLAN OUT

PLAN (JSON) says where (``url``, on loopback only), for how long, how much of the national day (``load_mix``), and what
there is to visit. People arrive at random moments, whatever the site does: who is slow has a longer line, not fewer
visitors. Each has a browser with an address of its own, one connection over TLS, and what it kept: a page that it has is
asked for with its mark, a stylesheet not at all. Figures go to OUT as JSON, by kind of page.
"""

import asyncio
import json
import random
import resource
import ssl
import sys
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import load_mix
from load_browser import Browser, Ledger, NotHere, hundredths, only_here

CODE_SECONDS = 120  # longer does nobody wait for a mail
ASKED_BY_ONE = 50  # answers in a row, below what nginx lets one address ask at once
KEPT_BROWSERS = 3_000  # of which a returning visitor takes one
WORDS = "Bij ons hielp het om eerst te vragen wie er komt. Nummer {number} van vandaag. Zo ging het goed."


class Codes:
    """The codes that came by mail, read from what the mail server wrote down."""

    def __init__(self, file: Path) -> None:
        self.file, self.seen = file, dict[str, str]()

    async def read(self) -> None:
        with self.file.open(encoding="utf-8") as lines:
            while True:
                while line := lines.readline():
                    if not line.endswith("\n"):
                        lines.seek(lines.tell() - len(line))
                        break
                    mail = json.loads(line)
                    if mail["code"]:
                        self.seen[mail["to"]] = mail["code"]
                await asyncio.sleep(0.05)

    async def of(self, email: str) -> str:
        """The code that came to ``email``; empty when none comes."""
        until = time.monotonic() + CODE_SECONDS
        while email not in self.seen and time.monotonic() < until:
            await asyncio.sleep(0.05)
        return self.seen.pop(email, "")


class Country:
    """All who visit, and the plan by which they come."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.url, self.host, self.plan, self.places = only_here(plan["url"]), plan["host"], plan, plan["places"]
        self.assets: list[str] = plan["assets"]
        self.tls = ssl._create_unverified_context()  # the certificate was made for this run
        self.codes = Codes(Path(plan["mails"]))
        self.left: deque[dict[str, str]] = deque(maxlen=KEPT_BROWSERS)
        self.ledger = Ledger(time.monotonic() + plan["settle"])
        self.dice = random.Random(plan["seed"])
        self.begun: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.tasks: set[asyncio.Task[None]] = set()
        self.leaving: set[asyncio.Task[None]] = set()  # who only holds a connection
        self.weights = {
            kind: [1 / (place + 1) ** load_mix.POPULAR for place in range(len(paths))]
            for kind, paths in self.places.items()
        }

    def pick(self, kind: str) -> str:
        """One of the pages of a kind, the popular ones most often."""
        return self.dice.choices(self.places[kind], self.weights[kind])[0]

    async def think(self) -> None:
        mean = self.plan.get("think", load_mix.THINK_SECONDS)
        await asyncio.sleep(min(self.dice.expovariate(1 / mean), load_mix.MAX_THINK_SECONDS))

    async def arrive(self, what: str, an_hour: float, come: Callable[[], Awaitable[None]]) -> None:
        """Let so many come at random moments, until the time is over."""
        if not an_hour:
            return
        until = time.monotonic() + self.plan["seconds"]
        next_at = time.monotonic() + self.dice.expovariate(an_hour / 3600)
        while next_at < until:
            await asyncio.sleep(max(0.0, next_at - time.monotonic()))
            next_at += self.dice.expovariate(an_hour / 3600)
            self.begun[what] += 1
            task = asyncio.ensure_future(self._whole(what, come))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _whole(self, what: str, come: Callable[[], Awaitable[None]]) -> None:
        await come()
        self.done[what] += 1

    async def visit(self) -> None:
        """One visitor, by one of the journeys."""
        journey = self.dice.choices(load_mix.JOURNEYS, [each.share for each in load_mix.JOURNEYS])[0]
        comes_back = self.left and self.dice.random() < load_mix.RETURNING
        kept = dict(self.dice.choice(self.left)) if comes_back or (journey.is_signed_in and self.left) else None
        cookie = self.dice.choice(self.places["cookies"]) if journey.is_signed_in else ""
        browser = Browser(self, cookie=cookie, kept=kept)
        for number, kind in enumerate(journey.pages):
            if kind == "words":
                await asyncio.sleep(0.4)
            elif number:
                await self.think()
            await browser.get(kind, self.pick(kind))
        self._leave(browser)

    async def feed(self) -> None:
        """A program that reads along and has what was there."""
        kind = self.dice.choice(load_mix.FEED_KINDS)
        kept = dict(self.dice.choice(self.left)) if self.left else {}
        browser = Browser(self, kept=kept)
        path = self.pick(kind)
        await browser.get(kind, path)
        if self.left:
            self.dice.choice(self.left).update({path: mark for path, mark in browser.kept.items() if "/feeds/" in path})
        await browser.session.close()

    async def sign_up(self) -> None:
        """From the mail to the meeting, the form, the code, and the page that says it is done."""
        number, browser = self.begun["sign-up"], Browser(self)
        email, meeting = f"aanmelding-{self.plan['seed']}-{number}@voorbeeld.example", self.places["sign-up"][0]
        await browser.get("meeting, from the mail", meeting)
        await self.think()
        await browser.get("sign-up: form", f"{meeting}aanmelden/")
        await self.think()
        fields = {
            "name": f"Bezoeker {number}",
            "email": email,
            "way": "online",
            "together": "alleen",
            "companions": "0",
        }
        await self._confirm(browser, "sign-up", f"{meeting}aanmelden/", fields, email)

    async def post(self) -> None:
        """An answer in a topic, by who is signed in or by a guest with a code."""
        number, topic = self.begun["post"], self.pick("topic")
        words = {"text": WORDS.format(number=f"{self.plan['seed']}-{number}")}
        if self.dice.random() < load_mix.GUESTS:
            browser, email = Browser(self), f"gast-{self.plan['seed']}-{number}@voorbeeld.example"
            await browser.get("topic", topic)
            await self.think()
            fields = {**words, "name": f"Gast {number}", "email": email}
            await self._confirm(browser, "guest's post", f"{topic}reageren/", fields, email)
            return
        browser = Browser(self, cookie=self.dice.choice(self.places["cookies"]), kept={})
        await browser.get("topic, signed in", topic)
        await self.think()
        if act := await browser.post("member's post: keep", f"{topic}reageren/", words):
            await browser.get("member's post: check", act)
            await self.think()
            if place := await browser.post("member's post: place", f"{act}plaatsen/", {}):
                await browser.get("topic, signed in", place)
                self.done["posted"] += 1
        self._leave(browser)

    async def _confirm(self, browser: Browser, what: str, path: str, fields: dict[str, str], email: str) -> None:
        """Send what was filled in, look it over, ask a code, wait for it, and type it."""
        act = await browser.post(f"{what}: keep", path, fields)
        if act:
            await browser.get(f"{what}: check", act)
            await self.think()
            if page := await browser.post(f"{what}: ask a code", f"{act}versturen/", {}):
                asked = time.monotonic()
                await browser.get(f"{what}: check", page)
                code = await self.codes.of(email)
                self.ledger.note(load_mix.CODE, asked, 200, "" if code else "no mail came")
                await asyncio.sleep(3)  # to read it over
                if code and (place := await browser.post(f"{what}: type the code", f"{act}code/", {"code": code})):
                    await browser.get(f"{what}: done", place)
                    self.done[f"{what}, confirmed"] += 1
        self._leave(browser)

    def _leave(self, browser: Browser) -> None:
        task = asyncio.ensure_future(browser.leave())
        self.leaving.add(task)
        task.add_done_callback(self.leaving.discard)

    async def live(self) -> dict[str, Any]:
        """Come, for as long as the plan says; and wait for who is inside to be done."""
        reading = asyncio.ensure_future(self.codes.read())
        comers = {"visit": self.visit, "feed": self.feed, "post": self.post, "sign-up": self.sign_up}
        started, spent = time.monotonic(), time.process_time()
        late = asyncio.ensure_future(self._lateness())
        await asyncio.gather(
            *(self.arrive(what, self.plan["an_hour"].get(what, 0), come) for what, come in comers.items())
        )
        seconds, spent = time.monotonic() - started, time.process_time() - spent
        late.cancel()
        if self.tasks and self.plan["patience"]:
            await asyncio.wait(self.tasks, timeout=self.plan["patience"])
        inside = [*self.tasks, *self.leaving, reading]
        for task in inside:
            task.cancel()
        await asyncio.gather(*inside, return_exceptions=True)
        return {
            "seconds": round(seconds, 1), "cores": round(spent / seconds, 3), "begun": dict(self.begun), "done": dict(self.done),
            "late_ms": hundredths(self.late), "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            **self.ledger.told(),
        }  # fmt: skip

    async def _lateness(self) -> None:
        """How much later than it wanted this program itself gets its turn: no figure is better than this."""
        self.late: list[float] = []
        while True:
            wanted = time.monotonic() + 0.1
            await asyncio.sleep(0.1)
            self.late.append((time.monotonic() - wanted) * 1000)


async def one_kind(country: Country, kind: str, seconds: float) -> int:
    """Ask one kind of page, one after the other, by browsers that keep nothing; how many answers there were.

    Each asks some, and then it is another's turn: nginx lets one address wait that asks more than people do.
    """
    cookie = country.places["cookies"][0] if "signed in" in kind or kind == "mine" else ""
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until or count < country.plan["least"]:
        browser = Browser(country, cookie=cookie, kept={})
        for _ in range(ASKED_BY_ONE):
            browser.kept.clear()
            await browser.get(kind, country.places[kind][count % min(8, len(country.places[kind]))])
            count += 1
            if time.monotonic() >= until and count >= country.plan["least"]:
                break
        await browser.session.close()
    if country.ledger.wrong:
        raise SystemExit(f"{kind}: {dict(country.ledger.wrong)}")
    return count


async def main(plan: dict[str, Any]) -> dict[str, Any]:
    country = Country(plan)
    if kind := plan.get("kind"):
        return {"count": await one_kind(country, kind, plan["seconds"])}
    return await country.live()


if __name__ == "__main__":
    try:
        told = asyncio.run(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
    except NotHere as problem:
        raise SystemExit(str(problem)) from problem
    Path(sys.argv[2]).write_text(json.dumps(told), encoding="utf-8")
