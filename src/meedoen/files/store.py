"""Where files are kept: the storage of the settings, a folder or a place that speaks S3; nothing there is public.

That place may be away (ADR-0066): reading raises ``Away``, keeping ``NotTaken``, and what was to go goes later.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django_tasks import task

from meedoen.kernel import clock

from .refusing import Away, NotTaken

PIECE = 64 * 1024  # bytes of a large file that are in memory at a time
AGAIN = timedelta(minutes=5)  # after which a deletion is tried anew

log = structlog.get_logger("meedoen.files")


def keep(name: str, content: bytes) -> str:
    """Keep ``content`` under ``name``; the name under which it really is. Raises ``NotTaken``."""
    return keep_file(name, ContentFile(content))


def keep_file(name: str, file: "File[bytes]") -> str:
    """Keep what is in ``file``, however large, under ``name``; the name under which it really is. Raises ``NotTaken``."""
    try:
        with _there():
            return default_storage.save(name, file)
    except Away as away:
        raise NotTaken(not_kept_words()) from away


def read(name: str) -> bytes:
    """What is kept under that name. Raises ``FileNotFoundError`` and ``Away``."""
    with _there(), default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def part(name: str, first: int, last: int) -> Iterator[bytes]:
    """The bytes from ``first`` up to and with ``last``, piece by piece.

    Raises ``FileNotFoundError`` and ``Away`` at once where the first piece is not to be had.
    """
    pieces = _pieces(name, first, last)
    with _there():
        beginning = list(itertools.islice(pieces, 1))
    return itertools.chain(beginning, pieces)


def forget(*names: str) -> None:
    """Delete what is kept under these names; what is gone already is gone. What cannot be reached now goes later."""
    left = []
    for name in filter(None, names):
        try:
            with _there():
                default_storage.delete(name)
        except FileNotFoundError:
            continue
        except Away:
            left.append(name)
    if left:
        forget_later.using(run_after=clock.now() + AGAIN).enqueue(left)


@task()
def forget_later(names: list[str]) -> None:
    """Delete what could not be reached; again and again, until it is gone."""
    forget(*names)


def not_kept_words() -> str:
    """What to say to who sent a file that cannot be kept now."""
    return _(
        "We kunnen je bestand nu niet bewaren. Dat ligt aan ons. Wat je typte, is er nog. Kies je bestand over een paar minuten opnieuw."
    )


def _pieces(name: str, first: int, last: int) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


@contextmanager
def _there() -> Iterator[None]:
    """Any fault of the place itself, a full disk too, becomes ``Away``."""
    try:
        yield
    except (FileNotFoundError, Away):
        raise
    except OSError as problem:
        log.exception("files cannot be reached")
        raise Away(str(problem)) from problem
