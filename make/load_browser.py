"""One visitor's browser, and the ledger in which is written what each answer took; ``load_visits`` has many of them."""

import asyncio
import contextlib
import ipaddress
import statistics
import time
from collections import Counter, defaultdict
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp
import load_mix

TIMEOUT_SECONDS = 30
CUT = 0  # in the place of a status, of what was still asked at the end


class NotHere(Exception):
    """This would put load on somebody else's machine."""


def only_here(url: str) -> str:
    """``url``, when it leads to this machine itself. Raises ``NotHere``."""
    host = urlsplit(url).hostname or ""
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return url
    raise NotHere(f"{host or url} is not an address of this machine: load goes to 127.0.0.1 only")


class Ledger:
    """What answers took in ms, by kind, of what was asked after ``since``; and what went wrong."""

    def __init__(self, since: float) -> None:
        self.since = since
        self.took: dict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()

    def note(self, kind: str, started: float, status: int, problem: str = "") -> None:
        """Write one answer down; ``started`` is on the clock of ``time.monotonic``."""
        if started < self.since:
            return
        self.took[kind].append((time.monotonic() - started) * 1000)
        self.statuses[str(status)] += 1
        if problem or status >= 400:
            self.wrong[f"{kind}: {problem or status}"] += 1

    def told(self) -> dict[str, Any]:
        """By kind: how many, and how long half and nineteen of twenty took at most."""
        kinds = {kind: hundredths(took) for kind, took in sorted(self.took.items())}
        pages = [ms for kind, took in self.took.items() if kind not in load_mix.NO_PAGES for ms in took]
        return {
            "kinds": kinds, "pages": hundredths(pages), "statuses": dict(self.statuses),
            "wrong": dict(self.wrong.most_common(12)), "errors": sum(self.wrong.values()),
        }  # fmt: skip


def hundredths(took: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(took, n=100) if len(took) > 1 else took * 99 or [0.0] * 99
    return {
        "count": len(took), "p50_ms": round(cuts[49], 1), "p95_ms": round(cuts[94], 1), "p99_ms": round(cuts[98], 1),
        "most_ms": round(max(took, default=0.0), 1),
    }  # fmt: skip


class Place(Protocol):
    """Where browsers go, as far as they have to know."""

    url: str
    host: str
    assets: list[str]
    tls: Any
    ledger: Ledger
    left: Any


class Browser:
    """One visitor's: an address, one connection, a cookie perhaps, and what it kept."""

    numbers = iter(range(1, 1 << 24))

    def __init__(self, country: Place, *, cookie: str = "", kept: dict[str, str] | None = None) -> None:
        number = next(Browser.numbers) * 7919 % ((1 << 24) - 512) + 256
        here = f"127.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        self.country, self.kept, self.is_new = country, kept if kept is not None else {}, kept is None
        self.headers = {"Host": country.host, "Accept-Encoding": "br, gzip", "Accept": "text/html"}
        if cookie:
            self.headers["Cookie"] = cookie
        connector = aiohttp.TCPConnector(
            limit=1, ssl=country.tls, local_addr=(here, 0), keepalive_timeout=load_mix.IDLE_SECONDS
        )
        self.session = aiohttp.ClientSession(
            connector=connector, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS), skip_auto_headers=("User-Agent",),
        )  # fmt: skip

    def __del__(self) -> None:
        """Who was inside at the end leaves without a word: aiohttp would warn of each."""
        if not self.session.closed and self.session.connector:
            self.session.connector._close()
            self.session.detach()

    async def get(self, kind: str, path: str) -> None:
        """Ask a page, by its mark where it is kept; a browser that is new here then asks what belongs to all pages."""
        headers = {"If-None-Match": self.kept[path]} if path in self.kept else {}
        answer = await self._ask(kind, "GET", path, headers)
        if answer and (mark := answer.headers.get("ETag")) and "Cookie" not in self.headers:
            self.kept[path] = mark
        if self.is_new:
            self.is_new = False
            for each in self.country.assets:
                await self._ask("static", "GET", each, {})

    async def post(self, kind: str, path: str, fields: dict[str, str]) -> str:
        """Send a form; where the site leads to."""
        headers = {"Origin": f"https://{self.country.host}", "Sec-Fetch-Site": "same-origin"}
        answer = await self._ask(kind, "POST", path, headers, fields)
        place = answer.headers.get("Location", "") if answer else ""
        if not place:
            self.country.ledger.wrong[f"{kind}: leads nowhere ({answer.status if answer else 'no answer'})"] += 1
        return place.partition("#")[0]

    async def _ask(
        self, kind: str, method: str, path: str, headers: dict[str, str], fields: dict[str, str] | None = None
    ) -> aiohttp.ClientResponse | None:
        started = time.monotonic()
        try:
            async with self.session.request(
                method, self.country.url + path, headers={**self.headers, **headers}, data=fields, allow_redirects=False
            ) as answer:
                await answer.read()
        except (TimeoutError, aiohttp.ClientError, OSError) as problem:
            self.country.ledger.note(kind, started, 0, type(problem).__name__)
            return None
        except asyncio.CancelledError:  # the end: it took at least so long
            self.country.ledger.note(kind, started, CUT)
            raise
        self.country.ledger.note(kind, started, answer.status)
        return answer

    async def leave(self) -> None:
        """Hold the connection for a while, as browsers do; what was kept is for who comes back."""
        if "Cookie" not in self.headers:
            self.country.left.append(self.kept)
        try:
            await asyncio.sleep(load_mix.IDLE_SECONDS)
        finally:
            await self.session.close()
