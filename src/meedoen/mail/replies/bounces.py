"""Reports about mail of ours that was not delivered: as RFC 3464 has them, and in words, as older servers write."""

import re
from email.parser import HeaderParser

from .mime import MAX_HEAD_BYTES, Part, header_text
from .reply import DeliveryReport
from .wording import BOUNCE_FAILED, BOUNCE_FULL, BOUNCE_LATE, BOUNCE_OF_MAIL, BOUNCE_UNKNOWN

MAX_RECIPIENTS = 100  # of one report; ours go to one
MAX_WORDS = 20_000  # characters of a report in words; the copy of our mail begins within them
_ADDRESS = re.compile(r"[^\s<>;,:\"'()\[\]]+@[^\s<>;,:\"'()\[\]]+")
_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_SMTP_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-#])")
_MESSAGE_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
_ID_LINE = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]+@[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_BLOCK = re.compile(r"\n[ \t]*\n")
_ROBOT = re.compile(r"(?:mailer-daemon|postmaster|mail delivery|bounces?\b)", re.IGNORECASE)
_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_SENT_TYPES = (
    "text/rfc822-headers",
    "message/rfc822",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
)
# Codes that say no more than "it failed"; what the other server said says more.
_VAGUE = ("", "5.0.0", "4.0.0", "5.5.0", "4.5.0")


def delivery_report(top: Part) -> DeliveryReport | None:
    """What a report says of the first recipient that failed, or else the first it names; None for no report."""
    status = next((part for part in top.walk() if part.content_type in _STATUS_TYPES), None)
    return _from_fields(top, status) if status else _from_words(top)


def _from_fields(top: Part, status: Part) -> DeliveryReport:
    told = []
    for block in _BLOCK.split(status.text[:MAX_HEAD_BYTES].replace("\r\n", "\n"))[:MAX_RECIPIENTS]:
        fields = {
            name.lower(): header_text(str(value))
            for name, value in HeaderParser().parsestr(block.strip("\n")).raw_items()
        }
        if "action" in fields or "final-recipient" in fields:
            told.append(fields)
    told.sort(key=lambda fields: _action(fields) != "failed")
    first = told[0] if told else {}
    original = _recipient(first.get("original-recipient", ""))
    recipient = _recipient(first.get("final-recipient", "")) or original
    code = _CODE.search(first.get("status", ""))
    return DeliveryReport(
        recipient=recipient,
        action=_action(first),
        status=_refined(code[0] if code else "", first.get("diagnostic-code", "")),
        original_id=_original_id(top),
        original_recipient=original if original != recipient else "",
    )


def _from_words(top: Part) -> DeliveryReport | None:
    """A report in plain words, with our mail below them: qmail, old Exim, gateways."""
    if not (top.header("Return-Path") == "<>" or _ROBOT.search(top.header("From"))):
        return None
    text = next((part.text for part in top.walk() if part.content_type == "text/plain"), "")[:MAX_WORDS]
    sent = BOUNCE_OF_MAIL.search(text)
    words = text[: sent.start()] if sent else text
    is_late = bool(BOUNCE_LATE.search(words))
    if not is_late and not BOUNCE_FAILED.search(words):
        return None
    recipient = _recipient(words)
    original_id = _original_id(top)
    if not original_id and (found := _ID_LINE.search(text)):
        original_id = found[1]
    return DeliveryReport(
        recipient=recipient,
        action="delayed" if is_late else "failed",
        status=_refined("4.0.0" if is_late else "", words),
        original_id=original_id or _answers(top),
    )


def _action(fields: dict[str, str]) -> str:
    return fields.get("action", "").partition("(")[0].strip().lower()


def _recipient(text: str) -> str:
    found = _ADDRESS.search(text)
    return found[0].strip(".").lower() if found else ""


def _refined(code: str, said: str) -> str:
    """The code that says most: the report's own, or that in the words of the server that refused."""
    if code not in _VAGUE:
        return code
    classes = {code[0]} if code else {"4", "5"}
    theirs = next((found for found in _CODE.findall(said) if found[0] in classes and found not in _VAGUE), "")
    if theirs:
        return theirs
    smtp = _SMTP_CODE.search(said)
    kind = code[:1] or (smtp[1][0] if smtp else "5")
    if BOUNCE_FULL.search(said):
        return f"{kind}.2.2"
    if BOUNCE_UNKNOWN.search(said):
        return f"{kind}.1.1"
    if said.strip() and smtp and smtp[1].startswith("55"):
        return f"{kind}.7.0" if smtp[1] in ("554", "552") or not code else code
    return code


def _original_id(top: Part) -> str:
    """The Message-ID of the mail that a report is about, from the part of it that came along, or else what it answers."""
    for part in top.walk():
        if part.content_type in _SENT_TYPES:
            head = HeaderParser().parsestr(part.text[:MAX_HEAD_BYTES].lstrip("\r\n"))
            if found := _MESSAGE_ID.search(str(head.get("Message-ID", ""))):
                return found[0]
    return _answers(top) if any(part.content_type in _STATUS_TYPES for part in top.walk()) else ""


def _answers(top: Part) -> str:
    """What a report says that it answers; Exchange does, and leaves our mail out."""
    for name in ("In-Reply-To", "References", "X-Failed-Message-ID"):
        if found := _MESSAGE_ID.search(top.header(name)):
            return found[0]
    return ""
