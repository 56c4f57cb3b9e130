"""The kept bodies of visitors' pages: bounded in bytes, least recently asked go first, one store per process.

Nothing is ever purged: a body is kept with the version of its content, and one with another version is not served.
"""

import datetime
import gzip
import threading
from dataclasses import dataclass, field
from typing import Any

import brotli
from cachetools import LRUCache
from django.conf import settings

from meedoen.kernel.identifiers import content_mark

BROTLI_QUALITY = 6  # above it the time grows much faster than the page shrinks
GZIP_LEVEL = 6
MIN_COMPRESSED_BYTES = 500  # below it the headers weigh more than what is won
OVERHEAD_BYTES = 1000  # what a kept page costs beside its bodies: key, object, headers


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it goes over the line: its body as it is, in gzip and in brotli, and what it is valid for."""

    version: Any
    until: datetime.datetime | None
    content_type: str
    mark: str
    body: bytes
    gzip: bytes | None = field(repr=False)
    brotli: bytes | None = field(repr=False)

    @classmethod
    def of(
        cls, body: bytes, content_type: str, *, version: Any = None, until: datetime.datetime | None = None
    ) -> "KeptPage":
        """The page with its compressed forms made."""
        large = len(body) >= MIN_COMPRESSED_BYTES
        return cls(
            version=version,
            until=until,
            content_type=content_type,
            mark=content_mark(body),
            body=body,
            gzip=gzip.compress(body, GZIP_LEVEL, mtime=0) if large else None,
            brotli=brotli.compress(body, quality=BROTLI_QUALITY) if large else None,
        )

    def is_current(self, version: Any, now: datetime.datetime) -> bool:
        """Whether the page still says what its content says at ``now``."""
        return self.version == version and (self.until is None or now < self.until)

    def encoded(self, accepted: str) -> tuple[str, bytes]:
        """The name of the smallest form that ``Accept-Encoding: accepted`` takes, and its bytes."""
        offers = {
            name.strip(): parameters.replace(" ", "") != "q=0"
            for name, _, parameters in (offer.partition(";") for offer in accepted.split(","))
        }
        if self.brotli is not None and offers.get("br"):
            return "br", self.brotli
        if self.gzip is not None and offers.get("gzip"):
            return "gzip", self.gzip
        return "", self.body

    @property
    def byte_count(self) -> int:
        """What it takes in memory, in bytes."""
        return len(self.body) + len(self.gzip or b"") + len(self.brotli or b"") + OVERHEAD_BYTES


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
