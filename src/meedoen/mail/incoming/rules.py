"""What is taken in, how patient handling is, how often we answer, how long a mail is kept. Pure: no database, no clock."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from ipaddress import ip_address, ip_network

from meedoen.kernel.text import fold
from meedoen.mail.replies.names import NAME_LINKS

MAX_RECIPIENTS = 10  # of our addresses in one mail; people write to one
MAX_ATTEMPTS = 6  # a mail that fails so often fails for ever: a person has to look
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
SEALED_WAIT = timedelta(minutes=10)  # until a mail is opened again whose key is away: somebody puts that back
LEASE = timedelta(minutes=5)  # far longer than the slowest mail: reading one is bounded, and so is what it does
WRITING = timedelta(milliseconds=100)  # of computing in one transaction for several mails: so long others wait to write
WRITER_ERASED = "its writer was erased"  # the reason of what was not handled any more

MAX_TRIES = 3  # answers of one kind in a day, where somebody says something else each time: a program says the same
A_FEW_WORDS = 3  # of which a number or the subject can be all that is said; a program that answers says more
MAX_A_DAY = 60  # mails of one sender that are handled in a day: more writes no person, and a loop ends there
KEEP_RAW = timedelta(days=14)  # as the words of mail that goes out: for the question "did you get my mail?"
KEEP_ASIDE = timedelta(days=30)  # what a person has to look at
KEEP_MARK = timedelta(days=400)  # the empty row, so that a mail that is fetched again is known
KEEP_COUNTS = timedelta(days=2)
KEEP_REVOKED = timedelta(days=365)  # of an address for answers: so long, who mails it is told what became of it

FORGED = "forged"  # the outcome of a mail of which the receiving server knows that From is not true
ADDRESSES_SHOWN = 20  # addresses for answers on one page
UNDO_REVOKED = timedelta(hours=1)  # in which who revoked by mistake can take that back

SETBACK_DAYS = 3  # days on which mail to somebody could not be delivered "for now", before nothing more is sent
SETBACKS_WITHIN = timedelta(days=10)  # from the first of those days to the last
KEEP_SETBACKS = timedelta(days=14)
KEEP_RECOVERED = timedelta(days=60)  # for its owner to read that mail came back for a while

MAX_NAME_LENGTH = 60  # characters

ANSWER, STOP = "antwoord", "stop"  # addresses that go on with a token: antwoord+TOKEN@…
TOKEN_LENGTH = 26  # letters and digits: 128 bits, in base32, since mail servers may change capitals
_CODE = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_KEPT_FOR_ODD = "\ufffd"  # stands for a character that no text holds
_TOKEN = re.compile(r"[a-z2-7]{26}")
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")
_IN_BRACKETS = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\]")
_INSIDE = tuple(ip_network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
MOST_GIVEN_NAMES = 4  # with what stands between them and the last name
_BESIDE_NAME = re.compile(r"\s*[(\[|/]|\s[–-]\s|\s(?:via|namens)\s", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"(?:gemeente|provincie|stichting|vereniging|ministerie|waterschap|ggd|team|afdeling|dienst|raad|bureau|adviesraad|belangen\w*)\b",
    re.IGNORECASE,
)
# What tells two mails apart. What servers add on the way (Received, DKIM, spam scores) is left out.
_TELLING = (b"from", b"to", b"subject", b"date", b"message-id")


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed tries; at least one."""
    return WAITS[min(attempts, len(WAITS)) - 1]


def taken_together(due: Sequence[tuple[int, int, int]], *, bytes_at_once: int) -> list[int]:
    """Which of these due mails are taken in one go: of each its number, how often it was tried and its bytes.

    Those that come first and were never tried, as many as are not too large together. Else the first alone.
    """
    taken: list[int] = []
    size = 0
    for number, attempts, length in due:
        size += length
        if taken and (attempts or size > bytes_at_once):
            break
        taken.append(number)
        if attempts:
            break
    return taken


def codes_in(said: str) -> list[str]:
    """The codes of RFC 3463 in the words of a server."""
    return _CODE.findall(said[:1000])


def is_of_address(status: str) -> bool:
    """Whether it is the address that is wrong, and not this one mail (RFC 3463, and what Exchange makes of it).

    5.1 is the address, but 5.1.7 and 5.1.8 that of the sender; 5.2.1 a mailbox that is closed; 5.4.1, 5.4.4 and
    5.4.310 a domain that is not there, or a recipient that its gateway does not know. Without any code it is for good.
    """
    if status in ("", "5.0.0", "5.2.0", "5.2.1", "5.4.1", "5.4.4", "5.4.310"):
        return True
    return status.startswith("5.1.") and status not in ("5.1.7", "5.1.8")


def may_pass(status: str, *, is_late: bool) -> bool:
    """Whether it is about the mailbox now, and may be over tomorrow: a full one, a server that is away.

    What is only late may yet arrive; a full mailbox counts then already, since it stays full.
    """
    if status.startswith("4.2.") or status == "5.2.2":
        return True
    return not is_late and (status == "4.0.0" or status.startswith(("4.1.", "4.3.", "4.4.")))


def is_worn_out(days: Sequence[date]) -> bool:
    """Whether mail could not be delivered on so many days in a row of days that the next one will not be either."""
    ordered = sorted(set(days))
    return any(
        last - first <= SETBACKS_WITHIN for first, last in zip(ordered, ordered[SETBACK_DAYS - 1 :], strict=False)
    )


def parts_of(address: str) -> tuple[str, str, str]:
    """The name, the token and the domain of ``antwoord+TOKEN@domain``, in lower case; the token may be empty."""
    local, _at, domain = address.strip().strip("<>").lower().rpartition("@")
    name, _plus, token = local.partition("+")
    return name, token, domain


def kept_address(said: str) -> str:
    """An address as it is kept: in lower case, and fit for any database, whatever bytes somebody put in it."""
    return "".join(
        _KEPT_FOR_ODD if unicodedata.category(each) in ("Cc", "Cs") else each for each in said.strip().lower()
    )[:254]


def is_token(text: str) -> bool:
    """Whether this can be one of ours."""
    return bool(_TOKEN.fullmatch(text))


def network_in(received: str) -> str:
    """The network that handed a mail to the server that wrote this ``Received``: /24 or /64; empty where none stands there.

    The first address in brackets that is not of a house of its own (RFC 1918), as mail servers write who they talked to (RFC 5321 §4.4).
    """
    for said in _IN_BRACKETS.findall(received[:1_000]):
        try:
            address = ip_address(said)
        except ValueError:
            continue
        if not (
            address.is_loopback or any(address in network for network in _INSIDE if network.version == address.version)
        ):
            return str(ip_network((address, 24 if address.version == 4 else 64), strict=False))
    return ""


def digest(raw: bytes) -> str:
    """What a mail says, in 64 letters: the same however it travelled."""
    head, body = _halves(raw)
    said = hashlib.sha256(body.rstrip(b"\r\n").replace(b"\r\n", b"\n"))
    for line in sorted(_telling(head)):
        said.update(b"\n" + line)
    return said.hexdigest()


def message_id(text: str) -> str:
    """The Message-ID as it may stand in a header of ours; empty where it is none."""
    found = _MESSAGE_ID.search(text[:400])
    return found[0] if found else ""


def said_in(subject: str, text: str) -> str:
    """What a mail says, the same for each mail of a program that answers: without the numbers it counts by, and the subject
    that it takes from ours. Of a few words both count: a code that was mistyped, a name below an empty mail."""
    words = fold(text).split()
    if len(words) <= A_FEW_WORDS:
        return " ".join([*words, *fold(subject).split()])
    return " ".join(word for word in words if not any(char.isdecimal() for char in word))


def name_of(said: str, address: str) -> str:
    """What to call somebody who mails: as their mail says it, else the first part of their address."""
    whole = _turned(_BESIDE_NAME.split(said)[0].strip(' "')) or said
    name = " ".join("".join(char if char.isalnum() or char in " .'-" else " " for char in whole).split())
    if "@" not in said and any(char.isalpha() for char in name):
        return name[:MAX_NAME_LENGTH].strip()
    first = re.split(r"[._+-]", address.partition("@")[0])[0]
    return first.capitalize()[:MAX_NAME_LENGTH] if any(char.isalpha() for char in first) else ""


def _turned(name: str) -> str:
    """A name as it is said, also where it was written as in a list: *Bakker, Karin* and *Vries, Anna de*."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma:
        return name
    words, given = last.split(), first.split()
    is_one_name = sum(word.lower() not in NAME_LINKS for word in words) == 1
    is_given = 0 < len(given) <= MOST_GIVEN_NAMES and not _ORGANISATION.match(first) and "," not in first
    return f"{first} {last}" if is_one_name and is_given else last


def is_past(moment: datetime | None, keep: timedelta, *, now: datetime) -> bool:
    """Whether something of ``moment`` was kept as long as it may be."""
    return moment is not None and moment <= now - keep


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    found = re.search(rb"\r?\n\r?\n", raw)
    return (raw[: found.start()], raw[found.end() :]) if found else (raw, b"")


def _telling(head: bytes) -> list[bytes]:
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", head)
    lines = (line.partition(b":") for line in unfolded.splitlines())
    return [
        name.strip().lower() + b":" + b" ".join(value.split())
        for name, _colon, value in lines
        if name.strip().lower() in _TELLING
    ]
