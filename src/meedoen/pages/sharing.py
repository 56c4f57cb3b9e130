"""Pages that one process made, for the others: kept in the memory that servers share, where there is one (ADR-0076).

What is found there was made by the same release with the same settings, and says what its areas say now: it lies there
with their numbers, and with the moments at which they were raised. It is compressed, since that costs more than to
find it.
"""

import datetime
import json
from dataclasses import dataclass
from typing import Any

import brotli
from django.utils.crypto import salted_hmac

from meedoen.shared import memory, release

from .kept import MIN_COMPRESSED_BYTES, KeptPage
from .models import stamps

LIFE_SECONDS = 3600  # also what was erased is gone by then
MAX_BYTES = 256 * 1024  # of a body; a larger one is on its way for longer than it is worth
HEAD_BYTES = 4  # that say how long the head is
Stamp = tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one page is shared, and as what its areas stand now."""

    key: str
    stamp: Stamp

    def page(self, now: datetime.datetime) -> KeptPage | None:
        """The page that another process put there, when it is still what its areas say."""
        found = memory.get(self.key)
        if found is None:
            return None
        page = _read(found, self.stamp)
        return page if page and page.is_current(_version(self.stamp), now) else None

    def keep(self, page: KeptPage, now: datetime.datetime) -> None:
        """Put ``page`` there, unless an area was raised between looking for its version and for the stamp: a replica
        may have shown what was before."""
        if page.version != _version(self.stamp) or not memory.answers():
            return
        left = LIFE_SECONDS if page.until is None else int((page.until - now).total_seconds())
        if left > 0 and len(page.body) <= MAX_BYTES:
            memory.put(self.key, _written(page, self.stamp), seconds=min(left, LIFE_SECONDS))


def place_of(key: Any, areas: tuple[str, ...]) -> Place | None:
    """Where the page with ``key`` is shared; None where servers share nothing now. One question to the database."""
    if not memory.may_answer():
        return None
    mark = salted_hmac("meedoen.pages.sharing", repr(key), algorithm="sha256").hexdigest()
    return Place(f"page:{release.mark()}:{mark}", stamps(areas) if areas else ())


def _written(page: KeptPage, stamp: Stamp) -> bytes:
    is_small = len(page.body) < MIN_COMPRESSED_BYTES
    head = json.dumps(
        {
            "stamp": stamp,
            "until": page.until.isoformat() if page.until else "",
            "type": page.content_type,
            "mark": page.mark,
            "headers": page.headers,
            "vary": page.vary,
            "encoding": "" if is_small else "br",
        }
    ).encode()
    return len(head).to_bytes(HEAD_BYTES, "big") + head + (page.body if is_small else page.compressed("br"))


def _read(found: bytes, stamp: Stamp) -> KeptPage | None:
    """The page, when its areas stood at ``stamp``. It was sealed by this release, so it is of the form above."""
    ends = HEAD_BYTES + int.from_bytes(found[:HEAD_BYTES], "big")
    head, body = json.loads(found[HEAD_BYTES:ends]), found[ends:]
    if head["stamp"] != [list(each) for each in stamp]:
        return None
    return KeptPage(
        version=_version(stamp),
        until=datetime.datetime.fromisoformat(head["until"]) if head["until"] else None,
        content_type=head["type"],
        mark=head["mark"],
        body=brotli.decompress(body) if head["encoding"] else body,
        headers=tuple((name, value) for name, value in head["headers"]),
        vary=head["vary"],
        _compressed={"br": body} if head["encoding"] else {},
    )


def _version(stamp: Stamp) -> tuple[tuple[str, int], ...]:
    """The same as ``versions`` gives."""
    return tuple((name, number) for name, number, _ in stamp)
