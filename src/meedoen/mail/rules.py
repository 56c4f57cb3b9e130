"""How patient delivery is, what may stand in a header, how long a mail is kept. Pure: no database, no clock."""

import re
import smtplib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# Patience ---------------------------------------------------------------------------------------------------

# Waits after the first, second … failed try. Short first: most hitches (greylisting, a restart) pass in minutes.
FIRST_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
LATER_WAIT = timedelta(hours=1)  # often enough for a full mailbox that is emptied, rare enough not to be a nuisance
# A receiver that says "not now" for so long says no: RFC 5321 §4.5.4.1 asks for at least 4 to 5 days.
PATIENCE = timedelta(days=5)
# After somebody found our own mail server away, nobody else knocks for this long; a new code waits no longer.
SERVER_PAUSE = timedelta(minutes=1)
# Longer than the slowest honest delivery: some 12 exchanges of at most EMAIL_TIMEOUT (20 s) are 4 minutes.
LEASE = timedelta(minutes=10)
# How long a worker waits for a database that did not say whether a mail is its own: the claim has to last beyond it.
CLAIM_UNSURE = LEASE / 2
# A mail that was due so long ago and is still waiting has lost its task, or the worker is far behind.
TASK_LOST_AFTER = timedelta(minutes=10)
# A worker that ends while it has a mail was restarted, or fell over because of it. After so many in a row it is the mail.
MAX_LEFT = 5

# Keeping ----------------------------------------------------------------------------------------------------

# Address, subject and words stay for the question "which mail did you send me?" and are then erased.
KEEP_WORDS = timedelta(days=14)
# The empty row keeps its key, so that the same mail is not sent again; no sender repeats a key after a year.
KEEP_KEY = timedelta(days=400)
# A key that begins so is of a mail that is erased as soon as it left, or cannot: what it is about may not be kept.
PASSING = "passing-"

# Form -------------------------------------------------------------------------------------------------------

MAX_SUBJECT_LENGTH = 150  # characters; screen readers speak the whole of it, phones show some 40
MAX_HEADER_LENGTH = 900  # characters; RFC 5322 §2.1.1 allows a line of 998
MAX_REFERENCES = 12  # earlier mails named in a thread; the first and the newest tell all

# What a sending package may put in a mail's head. All else is ours.
OPEN_HEADERS = frozenset(
    {
        "Auto-Submitted",
        "In-Reply-To",
        "List-Archive",
        "List-Help",
        "List-Id",
        "List-Owner",
        "List-Post",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "References",
    }
)
_LIST_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


class Refused(ValueError):
    """This can never be a good mail: an address, header, template or fact is not fit for it."""


class Failure(StrEnum):
    """Whose trouble it is when a try fails."""

    SERVER_AWAY = "server away"  # our own server: the mail is fine, and waits as long as needed
    TEMPORARY = "temporary"  # the receiver says: not now
    PERMANENT = "permanent"  # the receiver says: never


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed tries; at least one."""
    return FIRST_WAITS[attempts - 1] if attempts <= len(FIRST_WAITS) else LATER_WAIT


def has_waited_enough(created_at: datetime, *, now: datetime) -> bool:
    """Whether a receiver that keeps saying "not now" has had its time."""
    return now - created_at >= PATIENCE


def ends_its_workers(left_count: int) -> bool:
    """Whether so many workers in a row ended with this mail in hand that it is put aside."""
    return left_count >= MAX_LEFT


def failure_of(error: Exception, *, connected: bool) -> Failure:
    """Whose trouble ``error`` is, given that the connection stood or not.

    What goes wrong before the server listens is the server's trouble, as is 421 ("closing"), a lost line, and a
    sender it does not want: none of these says anything about this mail. A "no" to the receiver or to the
    content does. What we cannot place is taken as temporary: tried again, given up in the end, never for ever.
    """
    if not connected:
        return Failure.SERVER_AWAY
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _reason in error.recipients.values()]
            return _failure_of_code(max(codes, default=0))
        case smtplib.SMTPSenderRefused():
            # 552: this mail is too large for the server. Any other: it does not know our address.
            return Failure.PERMANENT if error.smtp_code == 552 else Failure.SERVER_AWAY
        case smtplib.SMTPNotSupportedError():
            return Failure.PERMANENT  # an address in letters that this server cannot pass on
        case smtplib.SMTPResponseException():
            return _failure_of_code(error.smtp_code)
        case smtplib.SMTPServerDisconnected() | OSError():
            return Failure.SERVER_AWAY
    return Failure.TEMPORARY


def reason_of(error: Exception, *, may_quote: bool = True) -> str:
    """What the administrator reads about a failed try: the server's own words, or the error's name and words.

    Of a mail with facts that may stand in no row, only codes and names: a server may quote what it refuses.
    """
    answers: list[tuple[int, bytes | str]]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [*error.recipients.values()]
    elif isinstance(error, smtplib.SMTPResponseException):
        answers = [(error.smtp_code, error.smtp_error)]
    else:
        return one_line(f"{type(error).__name__}: {error}" if may_quote else type(error).__name__)[:500]
    words = "; ".join(
        f"{code} {reason.decode(errors='replace') if isinstance(reason, bytes) else reason}" if may_quote else str(code)
        for code, reason in answers
    )
    return one_line(words)[:500]


def checked_address(address: str) -> str:
    """``address`` without spaces around it. Raises ``Refused`` when it is none, or hides a second line."""
    address = address.strip(" ")
    try:
        validate_email(address)
    except ValidationError as problem:
        raise Refused("not an e-mail address") from problem
    return address


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """``headers``, each one open to senders and on one line of ASCII. Raises ``Refused`` otherwise."""
    for name, value in headers.items():
        if name not in OPEN_HEADERS:
            raise Refused(f"header {name!r} is not for senders to set")
        if not value or len(value) > MAX_HEADER_LENGTH or not value.isascii() or not value.isprintable():
            raise Refused(f"header {name!r} is empty, too long, or not one line of ASCII")
    if headers.get("Auto-Submitted", "auto-generated") not in ("auto-generated", "auto-replied"):
        raise Refused("Auto-Submitted says auto-generated or auto-replied (RFC 3834)")
    return dict(headers)


def list_headers(
    name: str, *, domain: str, unsubscribe_url: str, archive_url: str = "", unsubscribe_email: str = ""
) -> dict[str, str]:
    """The headers of a mail that somebody asked for and can stop (RFC 2369, 2919, 8058).

    ``name`` is short and lasting: ``artikel-12``. One click is only promised over https, as RFC 8058 demands.
    A mail to ``unsubscribe_email`` stops it too.
    """
    if not _LIST_NAME.fullmatch(name):
        raise Refused(f"not a list name: {name!r}")
    ways = [f"<{unsubscribe_url}>", *([f"<mailto:{unsubscribe_email}>"] if unsubscribe_email else [])]
    headers = {"List-Id": f"<{name}.{domain}>", "List-Unsubscribe": ", ".join(ways)}
    if unsubscribe_url.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if archive_url:
        headers["List-Archive"] = f"<{archive_url}>"
    return checked_headers(headers)


def thread_headers(earlier: Sequence[str]) -> dict[str, str]:
    """The headers that put a mail under ``earlier`` Message-IDs, oldest first; empty for none."""
    if not earlier:
        return {}
    named = [earlier[0], *earlier[1:][-(MAX_REFERENCES - 1) :]]
    return checked_headers({"In-Reply-To": earlier[-1], "References": " ".join(named)})


def subject_line(text: str) -> str:
    """``text`` as a subject: one line, cut at a word with an ellipsis when too long. Raises ``Refused`` if empty."""
    line = one_line(text)
    if not line:
        raise Refused("a mail needs a subject: a first line that starts with '# '")
    if len(line) <= MAX_SUBJECT_LENGTH:
        return line
    cut = line[: MAX_SUBJECT_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip() + "…"


def one_line(text: str) -> str:
    """``text`` on one line: line ends and tabs are spaces; what cannot be seen, or turns the reading, is gone."""
    return " ".join("".join(_visible(char) for char in text).split())


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    # Cc controls; Cf formats such as right-to-left overrides; Cs halves of letters; Zl, Zp line ends.
    return "" if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\u200d" else char


def _failure_of_code(code: int) -> Failure:
    if code == 421:
        return Failure.SERVER_AWAY
    return Failure.PERMANENT if code >= 500 else Failure.TEMPORARY
