"""One raw mail, read: which body counts, what of it somebody wrote now, what came along."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr

from . import machines, wording
from .charsets import cleaned
from .html import from_html
from .lines import Line, from_plain, joined, raw_text
from .mime import Part, parsed
from .quotes import Kind, Sorted, sort, turns
from .reply import Attachment, Reply
from .signatures import trim

MAX_BYTES = 60 * 1024 * 1024  # of a raw mail; servers take 50 MB, and what is cut off here is said
MAX_BODY_CHARS = 1_000_000  # of which a person writes the first few thousand
MAX_LINES = 20_000
MAX_CONTEXT_LINES = 12  # of what was answered, kept above an answer between the lines
MAX_ATTACHMENTS = 100
MAX_PIXEL_BYTES = 200  # a picture this small shows nothing: it tells that somebody looked
_ARMOR = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.MULTILINE)
_SIGNED_ARMOR = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[\w-]+: .*\n)*\n?|^-----BEGIN PGP SIGNATURE-----(?:.|\n){0,4000}?^-----END PGP SIGNATURE-----\n?",
    re.MULTILINE,
)
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pgp-encrypted"})
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_OF_MAIL_PROGRAMS = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-keys",
     "message/delivery-status", "message/disposition-notification", "text/rfc822-headers", "application/pgp-encrypted"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Body:
    """What stands in a mail to be read."""

    lines: list[Line]
    rest: str = ""  # beyond our limits
    is_wrapped: bool = False


@dataclass(frozen=True, slots=True)
class _Cut:
    """A body, cut."""

    text: str
    left_out: str
    sure: bool
    forwarded: bool
    pictures: frozenset[str]  # the Content-IDs of pictures among the person's own words


def read(raw: bytes) -> Reply:
    """What ``raw`` says. Never fails: what cannot be read is left out and not sure."""
    top = parsed(raw[:MAX_BYTES])
    subject = top.header("Subject")
    chosen = _chosen(top)
    text = "\n".join(part.text for part in chosen)
    sender = parseaddr(top.header("From"))[0]
    encrypted = _is_encrypted(top, text)
    cut = _cut(_body(chosen), sender=sender)
    if encrypted:
        cut = replace(cut, text="", left_out=text.strip())
    is_whole = len(raw) <= MAX_BYTES and not any(part.is_cut_short for part in top.walk())
    calendar = any(part.content_type == "text/calendar" for part in top.walk())
    forwarded = cut.forwarded or bool(wording.FORWARDED_SUBJECT.match(subject))
    return Reply(
        text=cut.text,
        subject=plain_subject(subject),
        sure=cut.sure and is_whole and bool(cut.text) and not forwarded and not encrypted,
        left_out=cut.left_out,
        attachments=_attachments(top, chosen, cut, sender),
        automatic=machines.is_automatic(top),
        delivery_report=machines.delivery_report(top),
        calendar=calendar,
        encrypted=encrypted,
        voice=any(part.content_type.startswith("audio/") for part in top.walk()),
        forwarded=forwarded,
    )


def plain_subject(subject: str) -> str:
    """A subject without what programs put before it: Re:, Antw:, FW:, [EXTERN]."""
    while found := wording.SUBJECT_PREFIX.match(subject):
        subject = subject[found.end() :]
    return subject.strip()


def _chosen(top: Part) -> list[Part]:
    """The parts that together are the body: of each choice the plain one, unless it says nothing."""
    chosen: list[Part] = []
    waiting = [top]
    while waiting:
        part = waiting.pop()
        if part.content_type == "multipart/alternative":
            waiting.extend(_alternative(part))
        elif part.parts:
            waiting.extend(reversed(part.parts))
        elif _is_text(part) or (part.content_type.startswith("multipart/") and part is top):
            chosen.append(part)
    if any(part.content_type == "text/html" and part.text.strip() for part in chosen) and not any(
        part.content_type != "text/html" and part.text.strip() for part in chosen
    ):
        return [part for part in chosen if part.content_type == "text/html"]
    return chosen


def _alternative(part: Part) -> list[Part]:
    plain = [inner for inner in part.parts if inner.content_type == "text/plain"]
    others = [
        inner
        for inner in part.parts
        if inner.content_type in ("text/html", "multipart/related", "multipart/mixed", "multipart/alternative")
    ]
    if plain and not (others and _says_nothing(plain[0].text)):
        return plain[:1]
    return others[-1:] or plain[:1] or part.parts[:1]


def _says_nothing(text: str) -> bool:
    return not text.strip() or (len(text) < wording.MAX_LINE_LOOKED_AT and bool(wording.NO_HTML.search(text)))


def _is_text(part: Part) -> bool:
    return (
        part.content_type in ("text/plain", "text/html", "text/enriched")
        and part.disposition != "attachment"
        and not (part.name and part.disposition != "inline")
    )


def _body(chosen: Sequence[Part]) -> _Body:
    lines: list[Line] = []
    rest: list[str] = []
    room = MAX_BODY_CHARS
    for part in chosen:
        text = _SIGNED_ARMOR.sub("", part.text) if "-----BEGIN PGP SIGN" in part.text else part.text
        text, beyond = text[:room], text[room:]
        room -= len(text)
        rest.append(beyond)
        if lines:
            lines.append(Line("", ""))
        if part.content_type == "text/html":
            lines += from_html(text)
        else:
            is_flowed = part.parameter("format").lower() == "flowed"
            lines += from_plain(text, is_flowed=is_flowed, deletes_space=part.parameter("delsp").lower() == "yes")
    rest.insert(0, raw_text(lines[MAX_LINES:]))
    is_wrapped = all(part.content_type != "text/html" for part in chosen)
    return _Body(lines[:MAX_LINES], "\n".join(text for text in rest if text.strip()), is_wrapped)


def _cut(body: _Body, *, sender: str) -> _Cut:
    """Part the person's words from all else, segment by segment between the quotes."""
    found = sort(body.lines)
    own, sure = _own(found, sender)
    between = turns(
        [kind if kind is not Kind.OWN or at in own else Kind.AROUND for at, kind in enumerate(found.kinds)], found.lines
    )
    starts = _starts_with_own(found, own)
    is_inline = between > 1 or (between == 1 and starts and not found.has_attribution)
    context = _context(found, own) if is_inline else set()
    text = _text(found.lines, own, context, is_wrapped=body.is_wrapped)
    out = [line for at, line in enumerate(found.lines) if at not in own and at not in context]
    left_out = "\n".join(part for part in (raw_text(out), body.rest) if part)
    if not found.has_attribution and any(kind is Kind.QUOTED for kind in found.kinds) and starts and between:
        sure = False  # may be the person's own quotation
    if any(kind is Kind.BELOW for kind in found.kinds) and wording.ELSEWHERE.search(text):
        sure = False  # there may be answers among what was answered
    pictures = frozenset(name for at in own for name in found.lines[at].pictures)
    return _Cut(text, left_out, sure and not body.rest, found.forwarded, pictures)


def _own(found: Sorted, sender: str) -> tuple[set[int], bool]:
    own: set[int] = set()
    sure = True
    at = 0
    while at < len(found.lines):
        end = at
        while end < len(found.lines) and found.kinds[end] is Kind.OWN:
            end += 1
        if end > at:
            trimmed = trim(found.lines[at:end], sender=sender)
            own |= set(range(at, at + trimmed.end)) | {at + place for place in trimmed.also}
            sure = sure and trimmed.sure
        at = end + 1
    return {at for at in own if not wording.IMAGE_PLACE.match(found.lines[at].text)}, sure


def _starts_with_own(found: Sorted, own: set[int]) -> bool:
    for at, (kind, line) in enumerate(zip(found.kinds, found.lines, strict=True)):
        if at in own and not line.is_blank:
            return True
        if kind is Kind.QUOTED and not line.is_blank:
            return False
    return False


def _context(found: Sorted, own: set[int]) -> set[int]:
    """Of each quote right above own words, its last paragraph."""
    kept: set[int] = set()
    for at in sorted(own):
        before = at - 1
        while before >= 0 and before not in own and found.lines[before].is_blank:
            before -= 1
        if found.lines[at].is_blank or before in own or before < 0:
            continue
        while (
            before >= 0
            and found.kinds[before] is Kind.QUOTED
            and not found.lines[before].is_blank
            and at - before <= MAX_CONTEXT_LINES
        ):
            kept.add(before)
            before -= 1
    return kept


def _text(lines: Sequence[Line], own: set[int], context: set[int], *, is_wrapped: bool) -> str:
    pieces: list[str] = []
    run: list[Line] = []
    quoting = False

    def end_run() -> None:
        text = joined(run, is_wrapped=is_wrapped)
        if text:
            pieces.append("\n".join(f"> {line}".rstrip() for line in text.split("\n")) if quoting else text)
        run.clear()

    for at, line in enumerate(lines):
        if at not in own and at not in context:
            if run and not line.is_blank:
                run.append(Line("", ""))
            continue
        if (at in context) is not quoting:
            end_run()
            quoting = at in context
        run.append(line)
    end_run()
    return "\n\n".join(pieces)


def _is_encrypted(top: Part, text: str) -> bool:
    if _ARMOR.search(text):
        return True
    for part in top.walk():
        if part.content_type in _ENCRYPTED:
            return True
        if part.content_type in _SMIME and part.parameter("smime-type").lower() != "signed-data":
            return True
    return False


def _attachments(top: Part, chosen: Sequence[Part], cut: _Cut, sender: str) -> tuple[Attachment, ...]:
    """What was sent along; without pictures of signatures and quotes, and without what counts who looks."""
    html = next(
        (part for part in top.walk() if part.content_type == "text/html" and part.disposition != "attachment"), None
    )
    shown: frozenset[str] = cut.pictures
    known: set[str] = set()
    if html is not None and any(part.content_id for part in top.walk()):
        lines = from_html(html.text[:MAX_BODY_CHARS])[:MAX_LINES]
        known = {name for line in lines for name in line.pictures}
        shown = _cut(_Body(lines), sender=sender).pictures
    found: list[Attachment] = []
    for part in top.walk():
        if part.parts or part in chosen or part.content_type in _OF_MAIL_PROGRAMS | _ENCRYPTED:
            continue
        if part.disposition != "attachment" and (
            part.content_type in ("text/plain", "text/html", "text/calendar") and not part.name
        ):
            continue
        is_picture = part.content_type.startswith("image/")
        if is_picture and part.content_id in known and part.content_id not in shown:
            continue
        if is_picture and len(part.content) <= MAX_PIXEL_BYTES:
            continue
        if len(found) < MAX_ATTACHMENTS:
            found.append(Attachment(part.name or _name_for(part), part.content_type, part.content))
    return tuple(found)


def _name_for(part: Part) -> str:
    if part.content_type == "message/rfc822":
        subject = re.search(r"^subject:[ \t]*(.{1,80})", part.text[:20_000], re.IGNORECASE | re.MULTILINE)
        return f"{cleaned(subject[1]).strip() if subject else 'bericht'}.eml".replace("/", "-")
    return f"bijlage.{part.content_type.rpartition('/')[2][:10]}"
