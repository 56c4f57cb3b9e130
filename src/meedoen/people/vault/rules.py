"""What may be kept in the vault, for what, how long, and who may look. Pure: no database, no clock, no request."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_KEPT = timedelta(days=400)  # from now to an end date: a meeting is announced a year ahead, and has an aftermath
KEEP_TRACES = timedelta(days=365)  # how long is kept that something stood there, and who looked: time to complain
KEEP_WAITING = timedelta(days=2)  # what waits for a code: people read their mail within a day or two
KEEP_ON_ITS_WAY = timedelta(days=6)  # what waits for a mail server: a day longer than we try
KEEP_OLD_KEYS = timedelta(days=400)  # after the next one: as long as a backup may need it, and who still seals with it
MAX_CONTENT_BYTES = 20_000  # as JSON: needs are a page of text, not a file
PADDING_BYTES = 256  # lengths are rounded up to it: how long a text is tells something about it


class Purpose(StrEnum):
    """What something is kept for. Asked for one, it serves no other (AVG art. 5, 1b)."""

    MEETING = "meeting"
    COUPLING = "coupling"


class Reason(StrEnum):
    """Why somebody looks."""

    ARRANGE = "arrange"
    LETTER = "letter"  # told in a mail to who carries it out
    FOLLOW_UP = "follow_up"  # to ask whether it was as agreed


class Ending(StrEnum):
    """Why something is not there any more."""

    WITHDRAWN = "withdrawn"
    ASKED = "asked"
    ENDED = "ended"
    KEY_LOST = "key_lost"


PURPOSES: Mapping[Purpose, Promise] = {
    Purpose.MEETING: _("Zodat je goed kunt meedoen aan een bijeenkomst"),
    Purpose.COUPLING: _("Zodat je goed kunt meedoen aan een koppeling"),
}
REASONS: Mapping[Reason, Promise] = {
    Reason.ARRANGE: _("om het te regelen"),
    Reason.LETTER: _("om het door te geven aan wie helpt"),
    Reason.FOLLOW_UP: _("om te vragen of het goed ging"),
}
ENDINGS: Mapping[Ending, Promise] = {
    Ending.WITHDRAWN: _("Je trok je toestemming in. We hebben het gewist."),
    Ending.ASKED: _("Je liet het wissen."),
    Ending.ENDED: _("De tijd was voorbij. We hebben het gewist."),
    Ending.KEY_LOST: _("Wij konden het niet meer lezen. We hebben het gewist."),
}
ALLOWED: Mapping[Purpose, frozenset[Reason]] = {
    Purpose.MEETING: frozenset(Reason),
    Purpose.COUPLING: frozenset(Reason),  # told by mail to who meets them, with their own yes to that (ADR 47)
}


def may_look(*, is_team: bool, kept_for: Purpose, looks_for: Purpose, reason: Reason) -> bool:
    """Whether somebody may see what another keeps here: of the team, for what it was given for, with a fit reason."""
    return is_team and kept_for == looks_for and reason in ALLOWED[kept_for]


def may_be_told(*, kept_for: Purpose, looks_for: Purpose) -> bool:
    """Whether a mail may tell it to who carries it out."""
    return kept_for == looks_for and Reason.LETTER in ALLOWED[kept_for]


def is_fit_end(until: datetime, *, now: datetime) -> bool:
    """Whether something may be kept until then: there is an end, it is still to come, and not far off."""
    return now < until <= now + MAX_KEPT
