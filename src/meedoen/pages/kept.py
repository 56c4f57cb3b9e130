"""The kept bodies of visitors' pages: bounded in bytes, least recently asked go first, one store per process.
``sharing`` is where processes find what another of them made.

Nothing is ever purged: a body is kept with the version of its content, and one with another version is not served.
"""

import datetime
import gzip
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import brotli
from cachetools import LRUCache
from django.conf import settings

from meedoen.kernel.identifiers import content_mark

BROTLI_QUALITY = 6  # above it the time grows much faster than the page shrinks
GZIP_LEVEL = 6
MIN_COMPRESSED_BYTES = 500  # below it the headers weigh more than what is won
VARY = "Accept-Encoding, Cookie, HX-Request"  # by what a page differs under one address
OVERHEAD_BYTES = 1000  # what a kept page costs beside its bodies: key, object, headers

_REFUSED = re.compile(r"q=0(?:\.0{0,3})?", re.IGNORECASE)  # RFC 9110, 12.4.2: a weight of nothing is a no

# By the name in ``Accept-Encoding``, the smallest first.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it goes over the line, and what it is valid for; each compressed form is made when first asked for."""

    version: Any
    until: datetime.datetime | None
    content_type: str
    mark: str
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = ()  # beside the content type, what the view said of the body
    vary: str = VARY
    _compressed: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        body: bytes,
        content_type: str,
        *,
        version: Any = None,
        until: datetime.datetime | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        vary: str = VARY,
    ) -> "KeptPage":
        """The page, marked by its content."""
        return cls(
            version=version,
            until=until,
            content_type=content_type,
            mark=content_mark(body),
            body=body,
            headers=headers,
            vary=vary,
        )

    def is_current(self, version: Any, now: datetime.datetime) -> bool:
        """Whether the page still says what its content says at ``now``."""
        return self.version == version and (self.until is None or now < self.until)

    def encoded(self, accepted: str) -> tuple[str, bytes]:
        """The name of the smallest form that ``Accept-Encoding: accepted`` takes, and its bytes."""
        if len(self.body) < MIN_COMPRESSED_BYTES:
            return "", self.body
        offers = {
            name.strip(): not _REFUSED.fullmatch(parameters.replace(" ", ""))
            for name, _, parameters in (offer.partition(";") for offer in accepted.split(","))
        }
        for name in ENCODINGS:
            if offers.get(name):
                return name, self.compressed(name)
        return "", self.body

    def compressed(self, name: str) -> bytes:
        """The body in the form of that name."""
        if name not in self._compressed:
            self._compressed[name] = ENCODINGS[name](self.body)
        return self._compressed[name]

    @property
    def byte_count(self) -> int:
        """What it takes in memory at most, in bytes: with its compressed forms, which are never larger together."""
        return 2 * len(self.body) + OVERHEAD_BYTES


class Store:
    """The pages that this process keeps."""

    def __init__(self, max_bytes: int) -> None:
        self._lock = threading.Lock()
        self._pages: LRUCache[Any, KeptPage] = LRUCache(max_bytes, getsizeof=lambda page: page.byte_count)

    def get(self, key: Any) -> KeptPage | None:
        """The page kept under ``key``, of whatever version."""
        with self._lock:
            return self._pages.get(key)

    def keep(self, key: Any, page: KeptPage) -> None:
        """Keep ``page``, in the place of an older version. One too large for the store is not kept."""
        with self._lock:
            if page.byte_count <= self._pages.maxsize:
                self._pages[key] = page

    def clear(self) -> None:
        """Keep nothing; for measuring cold pages and for tests."""
        with self._lock:
            self._pages.clear()

    def __len__(self) -> int:
        return len(self._pages)


store = Store(settings.KEPT_PAGES_BYTES)
