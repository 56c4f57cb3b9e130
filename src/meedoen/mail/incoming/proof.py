"""Whether a mail surely comes from the address in its From: what our own receiving server found out (RFC 8601)."""

import re
from collections.abc import Collection
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses

from . import rules

MAX_HEAD_BYTES = 256 * 1024
HOPS_LOOKED_AT = 2  # of who passed it on: our own servers, of which the inner one may name no network
_ADDRESS = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+")
_COMMENT = re.compile(r"\([^()]*\)")
_KEY = re.compile(r"\bheader\.b=\"[A-Za-z0-9+/=]*\"")  # a part of the signature, which OpenDKIM quotes
_LENIENT = re.compile(r"\b(?:s?p|policy)\s*=\s*none\b", re.IGNORECASE)
_UNCLEAR = frozenset('"()\\')  # what is left of somebody's own words in it, such as a quoted sender
_BARE = re.compile(rb"\r(?!\n)|\x00")  # ends no line for a mail server, and would for who reads it here
_RESULT = re.compile(r"^\s*(?P<method>[a-z0-9-]+)(?:/\d+)?\s*=\s*(?P<result>[a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"(?P<name>[a-z]+\.[a-z-]+)\s*=\s*\"?(?P<value>[^\s\";]+)", re.IGNORECASE)


def head_of(raw: bytes) -> Message:
    """The head of a mail, of which a sane part is read."""
    end = re.search(rb"\r?\n\r?\n", raw[:MAX_HEAD_BYTES])
    return BytesHeaderParser().parsebytes(_BARE.sub(b" ", raw[: end.end() if end else MAX_HEAD_BYTES]))


def author_of(head: Message) -> tuple[str, str]:
    """The address in its From, in lower case, and the name beside it. Both empty where that is none, or several."""
    said = [str(value) for value in head.get_all("From", [])]
    found = [(name, address) for name, address in getaddresses(said) if address]
    if len(said) != 1 or len(found) != 1 or not _ADDRESS.fullmatch(found[0][1]):
        return "", ""
    name, address = found[0]
    return address.strip().lower(), name


def is_proven(head: Message, author: str, *, trusted: Collection[str]) -> bool:
    """Whether a server that we trust says that the mail comes from the domain of ``author``.

    DMARC decides where it was looked at. Else a signature (DKIM) or sender (SPF) of the same domain does. Of each
    way the topmost result of a trusted name counts: a receiving server writes above all that came with the mail, and
    strips what bears its own name (RFC 8601 §5).
    """
    domain = author.rpartition("@")[2]
    results = _results(head, {name.strip().lower() for name in trusted if name.strip()})
    if not domain or not results:
        return False
    if "dmarc" in results and results["dmarc"][0] not in ("none", "temperror"):
        result, said = results["dmarc"]
        return result == "pass" and said.get("header.from", "").lower() == domain
    dkim, signed = results.get("dkim", ("", {}))
    spf, sent = results.get("spf", ("", {}))
    return (dkim == "pass" and _is_aligned(domain, signed.get("header.d", signed.get("header.i", "")))) or (
        spf == "pass" and _is_aligned(domain, sent.get("smtp.mailfrom", ""))
    )


def is_forged(head: Message, author: str, *, trusted: Collection[str]) -> bool:
    """Whether a server that we trust knows that the mail does not come from the domain of ``author``.

    That is a DMARC that failed. Not where the domain says that what fails may be real (``p=none``; ``sp`` of its parts): many
    mails of it are, passed on by a server that changed them.
    """
    domain = author.rpartition("@")[2]
    names = {name.strip().lower() for name in trusted if name.strip()}
    result, said = _results(head, names).get("dmarc", ("", {}))
    return (
        result == "fail"
        and bool(domain)
        and said.get("header.from", "").lower() == domain
        and not any(_LENIENT.search(value) for value in _said_by(head, names))
    )


def results_of(head: Message, *, trusted: Collection[str]) -> dict[str, str]:
    """For each way of looking what servers that we trust found: ``{"dkim": "pass"}``."""
    return {way: result for way, (result, _said) in _results(head, set(trusted)).items()}


def network_of(head: Message) -> str:
    """The network from which our own receiving server got it, as the topmost ``Received`` that names one says."""
    received = [str(value) for value in head.get_all("Received", [])]
    return next(filter(None, map(rules.network_in, received[:HOPS_LOOKED_AT])), "")


def _said_by(head: Message, trusted: set[str]) -> list[str]:
    """What servers that we trust found out, as it stands there."""
    said = [" ".join(str(value).split()) for value in head.get_all("Authentication-Results", [])]
    return [each for each in said if (_COMMENT.sub(" ", each).split(";")[0].split() or [""])[0].lower() in trusted]


def _results(head: Message, trusted: set[str]) -> dict[str, tuple[str, dict[str, str]]]:
    """For each way of looking its topmost result, with what was looked at; of the topmost signature that fits.

    Nothing at all where a trusted header holds quotes, brackets or backslashes that we do not know: the sender of a mail
    chooses some of its words, and could close what they stand in.
    """
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for said_in_it in _said_by(head, trusted):
        read = _KEY.sub(" ", _COMMENT.sub(" ", said_in_it))
        parts = read.split(";")
        if _UNCLEAR & set(read) or '"' in _KEY.sub(" ", said_in_it):
            return {}
        for part in parts[1:]:
            if result := _RESULT.match(part):
                said = {each["name"].lower(): each["value"] for each in _PROPERTY.finditer(part)}
                found.setdefault(result["method"].lower(), (result["result"].lower(), said))
    return found


def _is_aligned(domain: str, other: str) -> bool:
    """Whether both are of one organisation: the same, or ``domain`` a part of the other."""
    other = other.rpartition("@")[2].strip().lower().rstrip(".")
    return "." in other and (domain == other or domain.endswith(f".{other}"))
