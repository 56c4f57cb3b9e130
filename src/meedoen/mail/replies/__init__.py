"""What somebody wrote in a mail: their own words without quotes, signature and disclaimer, and what else it is.

Pure: no models, no settings, no clock. ``read`` takes a raw mail and answers a ``Reply``; it never fails and its work
is bounded. Nothing is lost: every line of the body stands in ``text`` or in ``left_out``
(docs/adr/0053-what-somebody-wrote.md).
"""

from .commands import Word, first_word, only_word
from .reading import read
from .reply import Attachment, DeliveryReport, Missing, Reply
from .wording import ABOVE_THIS_LINE

__all__ = [
    "ABOVE_THIS_LINE",
    "Attachment",
    "DeliveryReport",
    "Missing",
    "Reply",
    "Word",
    "first_word",
    "only_word",
    "read",
]
