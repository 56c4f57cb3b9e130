"""Files made once for each content, and kept in this process as long as there is room.

A file is kept under a mark of all that it was made from, so what is served is never older than the text.
"""

import threading
from collections.abc import Callable

from cachetools import LRUCache

from meedoen.kernel.identifiers import content_mark

from . import epub, pdf, plain
from .document import Document
from .rules import KEPT_BYTES, Form

_WRITERS: dict[Form, Callable[[Document], bytes]] = {
    Form.PDF: pdf.write,
    Form.LARGE: lambda document: pdf.write(document, large=True),
    Form.EPUB: epub.write,
    Form.TEXT: plain.write,
}
_files: LRUCache[tuple[Form, str], bytes] = LRUCache(KEPT_BYTES, getsizeof=len)
_lock = threading.Lock()


def fits(document: Document, form: Form) -> bool:
    """Whether that file can be made; only a PDF can be too long."""
    return form not in (Form.PDF, Form.LARGE) or pdf.fits(document)


def made(document: Document, form: Form) -> bytes:
    """The file. Two who ask at once may both make it, which does no harm: it is the same."""
    key = (form, content_mark(repr(document).encode()))
    with _lock:
        kept = _files.get(key)
    if kept is not None:
        return kept
    content = _WRITERS[form](document)
    with _lock:
        if len(content) <= KEPT_BYTES:
            _files[key] = content
    return content
