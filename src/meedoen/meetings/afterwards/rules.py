"""What holds after a meeting. Pure: no database, no clock, no request."""

from enum import StrEnum


class Format(StrEnum):
    """What slides open in; stored as it is read, since a link says it before somebody presses it."""

    PDF = "PDF"
    POWERPOINT = "PowerPoint"
    OPEN_DOCUMENT = "ODP"
    WEB = "webpagina"
