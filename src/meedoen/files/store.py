"""Where files are kept: the storage of the settings, a folder or a place that speaks S3; nothing there is public."""

from collections.abc import Iterator

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

PIECE = 64 * 1024  # bytes of a large file that are in memory at a time


def keep(name: str, content: bytes) -> str:
    """Keep ``content`` under ``name``; the name under which it really is."""
    return default_storage.save(name, ContentFile(content))


def read(name: str) -> bytes:
    """What is kept under that name. Raises ``FileNotFoundError``."""
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def forget(*names: str) -> None:
    """Delete what is kept under these names; what is gone already is gone."""
    for name in filter(None, names):
        default_storage.delete(name)


def keep_file(name: str, file: "File[bytes]") -> str:
    """Keep what is in ``file``, however large, under ``name``; the name under which it really is."""
    return default_storage.save(name, file)


def part(name: str, first: int, last: int) -> Iterator[bytes]:
    """The bytes from ``first`` up to and with ``last``, piece by piece."""
    with default_storage.open(name) as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
