"""A JPEG or PNG that stands inside a document, without what its file says beside the picture; its points are not read."""

import io
import re

from PIL import ExifTags, Image

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_NEXT_MARKER = re.compile(
    rb"\xff[^\x00\xd0-\xd7\xff]"
)  # after which something else comes than points (ITU T.81, B.1.1)
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_KEPT_APPLICATIONS = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}  # needed to show it
_TELLS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def without_traces(content: bytes) -> bytes:
    """The same picture to look at, without maker, place, remarks, and what was put behind its end.

    Only which side is up stays. What is neither JPEG nor PNG comes back as it is. Raises ``ValueError`` for what is broken.
    """
    if content.startswith(_JPEG):
        return _bare_jpeg(content)
    return _bare_png(content) if content.startswith(_PNG) else content


def _bare_jpeg(content: bytes) -> bytes:
    kept, at = [_JPEG, _which_side_is_up(content)], len(_JPEG)
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise ValueError("no JPEG")
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == _END:
            break
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == _SCAN:
            found = _NEXT_MARKER.search(content, end)
            end = found.start() if found else len(content)
        if _is_needed(marker, content[at + 4 : at + 16]):
            kept.append(content[at:end])
        at = end
    return b"".join([*kept, bytes([0xFF, _END])])


def _is_needed(marker: int, beginning: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return marker in _KEPT_APPLICATIONS and beginning.startswith(_KEPT_APPLICATIONS[marker])
    return marker != _COMMENT


def _which_side_is_up(content: bytes) -> bytes:
    """A segment that says so and nothing else; none for what stands upright."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
            side = opened.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:
        return b""
    if side not in range(2, 9):
        return b""
    told = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"
    told += bytes([0, side, 0, 0]) + bytes(4)
    return b"\xff\xe1" + (len(told) + 2).to_bytes(2) + told


def _bare_png(content: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(content):
        end, kind = at + 12 + int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        if kind not in _TELLS:
            kept.append(content[at:end])
        at = end
        if kind == b"IEND":
            break
    return b"".join(kept)
