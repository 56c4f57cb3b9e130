"""A video as MP4: whether browsers can play it, how long it is, and without what it says of its maker.

Its pictures are not read. An MP4 is a row of boxes, each with its length and its kind (ISO/IEC 14496-12); where and
with what it was made stands in boxes of a few kinds, which become empty ones of the same length, so that nothing moves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from .refusing import NotTaken
from .rules import MAX_FILM_INDEX_BYTES

_PLAYED = frozenset({b"avc1", b"avc3", b"av01", b"vp09"})  # how pictures may be packed: what each browser plays
_APPLE = b"qt  "  # what begins so is a MOV, also when it is called MP4
_TELLS = frozenset({b"udta", b"meta", b"uuid"})
_PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_HEAD = 8  # bytes of a box before what is in it: its length and its kind
_MAX_BOXES = 10_000
_ZEROES = bytes(64 * 1024)


@dataclass(frozen=True, slots=True)
class Film:
    """How long it is and how large its pictures are, in seconds and pixels."""

    seconds: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    at: int  # where it begins, and where what is in it does
    inside: int
    end: int


def is_one(beginning: bytes) -> bool:
    """Whether it begins as an MP4 or a MOV does."""
    return beginning[4:8] == b"ftyp"


def cleaned(file: "File[bytes] | IO[bytes]") -> Film:
    """What is known of a video, after what it says of its maker was wiped out **in** ``file``. Raises ``NotTaken``."""
    size = file.seek(0, 2)
    boxes = list(_boxes(file, 0, size))
    kinds = [box.kind for box in boxes]
    if not boxes or kinds[0] != b"ftyp" or b"moov" not in kinds or b"mdat" not in kinds:
        raise _broken()
    if _read(file, boxes[0].inside, 4) == _APPLE:
        raise NotTaken(
            _("Dit is een MOV-video. Die kan niet iedereen afspelen. Bewaar hem als MP4 en kies hem opnieuw.")
        )
    index = boxes[kinds.index(b"moov")]
    if index.end - index.at > MAX_FILM_INDEX_BYTES:
        raise _broken()
    parts = [*boxes, *_below(file, index)]
    film = _told(file, parts)
    for box in parts:
        if box.kind in _TELLS:
            _empty(file, box)
    file.seek(0)
    return film


def _boxes(file: Any, start: int, end: int) -> Iterator[_Box]:
    """The boxes that stand side by side between two places."""
    at = start
    for _number in range(_MAX_BOXES):
        if at == end:
            return
        head = _read(file, at, _HEAD)
        length, inside = int.from_bytes(head[:4]), at + _HEAD
        if length == 1:  # its real length stands after its kind
            length, inside = int.from_bytes(_read(file, inside, 8)), inside + 8
        elif length == 0:  # up to the end
            length = end - at
        if length < inside - at or at + length > end:
            raise _broken()
        yield _Box(head[4:8], at, inside, at + length)
        at += length
    raise _broken()


def _below(file: Any, top: _Box) -> list[_Box]:
    found: list[_Box] = []
    waiting = [top]
    while waiting:
        parent = waiting.pop()
        for box in _boxes(file, parent.inside, parent.end):
            found.append(box)
            if box.kind in _PARENTS:
                waiting.append(box)
        if len(found) > _MAX_BOXES:
            raise _broken()
    return found


def _told(file: Any, parts: list[_Box]) -> Film:
    packings = {_read(file, box.inside + 12, 4) for box in parts if box.kind == b"stsd"}
    if not packings & _PLAYED:
        raise NotTaken(
            _(
                "Deze video kan niet iedereen afspelen. Bewaar hem als MP4 met H.264 en kies hem opnieuw. Op een iPhone heet dat ‘meest compatibel’."
            )
        )
    seconds = 0
    for box in parts:
        if box.kind == b"mvhd":
            is_long = _read(file, box.inside, 1) == b"\x01"
            scale = int.from_bytes(_read(file, box.inside + (20 if is_long else 12), 4))
            length = int.from_bytes(_read(file, box.inside + (24 if is_long else 16), 8 if is_long else 4))
            seconds = round(length / scale) if scale else 0
    sizes = [_read(file, box.end - 8, 8) for box in parts if box.kind == b"tkhd"]
    width, height = max(((int.from_bytes(each[:2]), int.from_bytes(each[4:6])) for each in sizes), default=(0, 0))
    if not width or not height:
        raise _broken()
    return Film(seconds, width, height)


def _empty(file: Any, box: _Box) -> None:
    file.seek(box.at + 4)
    file.write(b"free")
    file.seek(box.inside)
    left = box.end - box.inside
    while left:
        part = _ZEROES[:left]
        file.write(part)
        left -= len(part)


def _read(file: Any, at: int, count: int) -> bytes:
    file.seek(at)
    found: bytes = file.read(count)
    if len(found) != count:
        raise _broken()
    return found


def _broken() -> NotTaken:
    return NotTaken(
        _(
            "We kunnen deze video niet lezen. Misschien is het bestand stuk. Bewaar hem opnieuw als MP4 en kies hem nog eens."
        )
    )
