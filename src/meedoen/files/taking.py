"""Take in a file that somebody sent: find out what it is, make it safe, and leave out what it says of its maker."""

from dataclasses import dataclass
from typing import IO

from django.core.files.base import File
from django.utils.translation import gettext as _

from . import documents, packages, pictures
from .refusing import NotTaken
from .rules import MAX_BYTES, Type

BEGINNING = 64  # bytes that tell what a file says it is


@dataclass(frozen=True)
class Taken:
    """A file as it is kept: made anew by us.

    ``small`` is the picture as it stands in a page, with its sizes in pixels; a document has none.
    """

    type: Type
    content: bytes
    width: int = 0
    height: int = 0
    small: bytes = b""
    small_width: int = 0
    small_height: int = 0


def take(file: "File[bytes] | IO[bytes]", *, title: str = "") -> Taken:
    """What we keep of a file; ``title`` becomes the title inside a document, in place of what it said of its maker.

    What it is called plays no part: what stands in it does. Raises ``NotTaken`` with a sentence for the sender.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise NotTaken(
            _("Je bestand is te groot. Het mag %(limit)s MB zijn. Maak het kleiner, of kies een ander bestand.")
            % {"limit": MAX_BYTES // 1024 // 1024}
        )
    if not content:
        raise NotTaken(_("Je bestand is leeg. Kies een ander bestand."))
    if pictures.is_one(content):
        return Taken(**vars(pictures.remade(content)))
    if documents.is_pdf(content):
        return Taken(Type.PDF, documents.cleaned_pdf(content, title))
    if packages.is_one(content):
        kind, cleaned = packages.cleaned(content, title)
        return Taken(kind, cleaned)
    return Taken(Type.TXT, documents.cleaned_text(content))


def may_be_picture(file: "File[bytes] | IO[bytes]") -> bool:
    """Whether it begins as a picture does; the file stands at its beginning again."""
    beginning = file.read(BEGINNING)
    file.seek(0)
    return pictures.is_one(beginning)
