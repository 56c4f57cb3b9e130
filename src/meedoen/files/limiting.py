"""A post with a file that may be too large: the file is let go, and what was typed beside it is kept."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .rules import MAX_BYTES, MAX_READ_BYTES


class _UpToLimit(FileUploadHandler):
    """Lets a file go as soon as more of it came than we take; the fields behind it are read all the same."""

    is_over = False
    _count = 0

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self._most = most

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._count = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._count += len(raw_data)
        if self._count > self._most:
            self.is_over = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing: the handlers behind this one keep the file."""


class Received:
    """What came with a request; made before anything of its post is read.

    ``most`` are the bytes that one file may have, ``most_read`` those of all that is sent. ``is_unread``: it is so large that nothing of it is read, so that what was typed in it is lost as well.
    """

    def __init__(self, request: HttpRequest, *, most: int = MAX_BYTES, most_read: int = MAX_READ_BYTES) -> None:
        self._limit = _UpToLimit(request, most)
        length = int(request.headers.get("Content-Length") or 0)
        self.is_unread = request.method == "POST" and length > most_read
        request.upload_handlers.insert(0, self._limit)

    @property
    def is_too_large(self) -> bool:
        """Whether a file in it was let go; known once the post was read."""
        return self._limit.is_over


def too_large_words(most: int = MAX_BYTES) -> str:
    """What to say of a file that is too large."""
    return _("Je bestand is te groot. Het mag %(limit)s MB zijn. Maak het kleiner, of kies een ander bestand.") % {
        "limit": most // 1024 // 1024
    }
