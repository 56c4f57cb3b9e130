"""What holds after a meeting. Pure: no database, no clock, no request."""

from datetime import timedelta
from enum import StrEnum

THANK_AFTER = timedelta(minutes=10)  # a slip in a report can be mended before it is mailed, as with texts (ADR 16)
THANK_WITHIN = timedelta(days=30)  # after that thanks read as a mistake; a worker that stood still does not send them


class Format(StrEnum):
    """What slides open in; stored as it is read, since a link says it before somebody presses it."""

    PDF = "PDF"
    POWERPOINT = "PowerPoint"
    OPEN_DOCUMENT = "ODP"
    WEB = "webpagina"
