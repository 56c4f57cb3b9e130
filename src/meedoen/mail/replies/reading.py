"""One raw mail, read: which body counts, what of it somebody wrote now, what came along."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from meedoen.kernel.text import fold

from . import bounces, machines, wording
from .charsets import cleaned
from .html import from_html
from .lines import Line, from_plain, joined, raw_text
from .mime import Part, parsed
from .quotes import Kind, Sorted, sort, turns
from .reply import Attachment, Reply
from .signatures import trim

MAX_BYTES = 60 * 1024 * 1024  # of a raw mail; servers take 50 MB, and what is cut off here is said
MAX_BODY_CHARS = 500_000  # of which a person writes the first few thousand
MAX_LINES = 10_000
MAX_CONTEXT_LINES = 12  # of what was answered, kept above an answer between the lines
MAX_ATTACHMENTS = 100
MAX_HEADING_LINES = 3  # over which the subject of a mail of ours is wrapped
MAX_PIXEL_BYTES = 200  # a picture this small shows nothing: it tells that somebody looked
_ARMOR = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.MULTILINE)
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = ("-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----")
_BESIDE_NAME = re.compile(r"\s[|/–-]\s|\s(?:via|namens)\s")  # what stands beside a name: "Teun | Wmo-raad"
_NAME = re.compile(r'^\s*"?([^"<]{1,200}?)"?\s*<')
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
    rest: str = ""  # beyond our limits, or the marks of a signature
    is_wrapped: bool = False
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class _Cut:
    """A body, cut."""

    text: str
    left_out: str
    sure: bool
    forwarded: bool
    around: str
    pictures: frozenset[str]  # the Content-IDs of pictures among the person's own words


def read(raw: bytes) -> Reply:
    """What ``raw`` says. Never fails: what cannot be read is left out and not sure."""
    top = parsed(raw[:MAX_BYTES])
    subject = top.header("Subject")
    parts = chosen(top)
    text = "\n".join(part.text for part in parts)
    sender = _sender(top.header("From"))
    encrypted = _is_encrypted(top, text)
    cut = _cut(_body(parts), sender=sender, subject=plain_subject(subject))
    if beyond := "\n".join(part.text[:MAX_BODY_CHARS] for part in top.walk() if _is_unread(part)):
        cut = replace(cut, left_out=f"{cut.left_out}\n{beyond}")
    if encrypted:
        cut = replace(cut, text="", left_out=text.strip())
    is_whole = len(raw) <= MAX_BYTES and not any(part.is_cut_short for part in top.walk())
    calendar = any(part.content_type == "text/calendar" for part in top.walk())
    forwarded = cut.forwarded or bool(wording.FORWARDED_SUBJECT.match(subject))
    return Reply(
        text=cut.text,
        subject=plain_subject(subject),
        subject_is_typed=bool(subject.strip()) and plain_subject(subject) == subject.strip(),
        sure=cut.sure and is_whole and bool(cut.text) and not (forwarded or encrypted or machines.seems_away(top)),
        left_out=cut.left_out,
        around="" if encrypted else cut.around,
        attachments=_attachments(top, parts, cut, sender),
        automatic=machines.is_automatic(top, cut.text),
        delivery_report=bounces.delivery_report(top),
        calendar=calendar,
        encrypted=encrypted,
        voice=any(part.content_type.startswith("audio/") for part in top.walk()),
        forwarded=forwarded,
    )


def _sender(said: str) -> str:
    """The name of who sent it, or what its address tells of that."""
    named = _NAME.match(said)
    if named:
        return _BESIDE_NAME.split(named[1])[0]
    return re.sub(r"[._+-]+|\d+", " ", said.partition("@")[0].strip("< "))


def plain_subject(subject: str) -> str:
    """A subject without what programs put before it: Re:, Antw:, FW:, [EXTERN]."""
    while found := wording.SUBJECT_PREFIX.match(subject):
        subject = subject[found.end() :]
    return subject.strip()


def _is_unread(part: Part) -> bool:
    """Whether this is what stands beyond the limits, in one piece."""
    return part.is_cut_short and not part.parts


def chosen(top: Part) -> list[Part]:
    """The parts that together are the body: of each choice the plain one, unless it says nothing."""
    found: list[Part] = []
    waiting = [top]
    while waiting:
        part = waiting.pop()
        if part.content_type == "multipart/alternative":
            waiting.extend(_alternative(part))
        elif part.parts:
            waiting.extend(reversed(part.parts))
        elif _is_unread(part):
            continue
        elif _is_text(part) or (part.content_type.startswith("multipart/") and part is top):
            found.append(part)
    if any(part.content_type == "text/html" and part.text.strip() for part in found) and not any(
        part.content_type != "text/html" and part.text.strip() for part in found
    ):
        return [part for part in found if part.content_type == "text/html"]
    return found


def _alternative(part: Part) -> list[Part]:
    plain = [inner for inner in part.parts if inner.content_type == "text/plain"]
    others = [
        inner
        for inner in part.parts
        if inner.content_type in ("text/html", "multipart/related", "multipart/mixed", "multipart/alternative")
    ]
    if plain and not (others and (_says_nothing(plain[0].text) or _is_of_word(others[-1]))):
        return plain[:1]
    return others[-1:] or plain[:1] or part.parts[:1]


def _says_nothing(text: str) -> bool:
    return not text.strip() or (len(text) < wording.MAX_LINE_LOOKED_AT and bool(wording.NO_HTML.search(text)))


def _is_of_word(part: Part) -> bool:
    """Whether Outlook's editor made this: its plain text has an empty line after each line, so that lists fall apart."""
    return part.content_type == "text/html" and "MsoNormal" in part.text


def _is_text(part: Part) -> bool:
    return (
        part.content_type in ("text/plain", "text/html", "text/enriched")
        and part.disposition != "attachment"
        and not (part.name and part.disposition != "inline")
    )


def _body(parts: Sequence[Part]) -> _Body:
    lines: list[Line] = []
    rest: list[str] = []
    room = MAX_BODY_CHARS
    is_whole = True
    for part in parts:
        text, armor = _without_armor(part.text)
        text, beyond = text[:room], text[room:]
        room -= len(text)
        rest += [beyond, armor]
        is_whole = is_whole and not beyond
        if lines:
            lines.append(Line("", ""))
        if part.content_type == "text/html":
            found, beyond = from_html(text, most=MAX_LINES)
            lines += found
            rest.append(beyond)
            is_whole = is_whole and not beyond
        else:
            is_flowed = part.parameter("format").lower() == "flowed"
            *texts, last = text.split("\n", MAX_LINES)
            if len(texts) < MAX_LINES:
                texts.append(last)
            else:
                rest.append(last)
                is_whole = False
            lines += from_plain(texts, is_flowed=is_flowed, deletes_space=part.parameter("delsp").lower() == "yes")
    is_whole = len(lines) <= MAX_LINES and is_whole
    rest.insert(0, raw_text(lines[MAX_LINES:]))
    is_wrapped = all(part.content_type != "text/html" for part in parts)
    return _Body(lines[:MAX_LINES], "\n".join(text for text in rest if text.strip()), is_wrapped, is_whole)


def _without_armor(text: str) -> tuple[str, str]:
    """``text`` without the marks of a signature in clear, and these."""
    if not text.lstrip().startswith(_SIGNED):
        return text, ""
    head, _, signed = text.partition("\n\n")
    begin, end = (signed.rfind(mark) for mark in _SIGNATURE)
    if begin < 0 or end < begin:
        return signed, head
    end += len(_SIGNATURE[1])
    return signed[:begin] + signed[end:], f"{head}\n{signed[begin:end]}"


def _cut(body: _Body, *, sender: str, subject: str = "") -> _Cut:
    """Part the person's words from all else, segment by segment between the quotes."""
    found = sort(body.lines)
    _leave_out_heading(found, subject)
    own, sure = _own(found, sender)
    sure = sure and found.sure
    between = turns(
        [kind if kind is not Kind.OWN or at in own else Kind.AROUND for at, kind in enumerate(found.kinds)], found.lines
    )
    starts = _starts_with_own(found, own)
    is_inline = between > 1 or (between == 1 and starts and not found.has_attribution)
    context = _context(found, own) if is_inline else set()
    text = _text(found.lines, own, context, is_wrapped=body.is_wrapped)
    out = [line for at, line in enumerate(found.lines) if at not in own and at not in context]
    left_out = "\n".join(part for part in (raw_text(out), body.rest) if part)
    around = raw_text(
        line
        for at, line in enumerate(found.lines)
        if found.kinds[at] is Kind.OWN and at not in own and at not in context
    )
    if not found.has_attribution and any(kind is Kind.QUOTED for kind in found.kinds) and starts and between:
        sure = False  # may be the person's own quotation
    if any(kind is Kind.BELOW for kind in found.kinds) and wording.ELSEWHERE.search(text):
        sure = False  # there may be answers among what was answered
    if any(wording.OURS.search(line[: wording.MAX_LINE_LOOKED_AT]) for line in text.splitlines()):
        sure = False
    pictures = frozenset(name for at in own for name in found.lines[at].pictures)
    return _Cut(text, left_out, sure and body.is_whole, found.forwarded, around, pictures)


def _leave_out_heading(found: Sorted, subject: str) -> None:
    """Where a mail of ours is quoted without marks, its subject stands above the line that says to write above it."""
    lines = found.lines
    below = next((at for at, line in enumerate(lines) if line.text.strip("#-–—* ") == wording.ABOVE_THIS_LINE), 0)
    end = below
    while end and lines[end - 1].is_blank:
        end -= 1
    for start in range(end - 1, max(end - 1 - MAX_HEADING_LINES, -1), -1):
        if fold(subject) and fold(" ".join(line.text for line in lines[start:end])) == fold(subject):
            found.kinds[start:end] = [found.kinds[below]] * (end - start)
            return


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
        while before >= 0 and found.lines[before].is_blank:
            before -= 1
        if found.lines[at].is_blank or before in own or before < 0:
            continue
        while (
            before >= 0
            and found.kinds[before] is Kind.QUOTED
            and not found.lines[before].is_blank
            and not wording.ATTRIBUTION.search(found.lines[before].text[: wording.MAX_LINE_LOOKED_AT])
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
        run.append(replace(line, text="> " * (line.depth - 1) + line.text) if quoting else line)
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


def _attachments(top: Part, parts: Sequence[Part], cut: _Cut, sender: str) -> tuple[Attachment, ...]:
    """What was sent along; without pictures of signatures and quotes, and without what counts who looks."""
    html = next(
        (part for part in top.walk() if part.content_type == "text/html" and part.disposition != "attachment"), None
    )
    shown: frozenset[str] = cut.pictures
    known: set[str] = set()
    if html is not None and any(part.content_id for part in top.walk()):
        lines, _ = from_html(html.text[:MAX_BODY_CHARS], most=MAX_LINES)
        known = {name for line in lines for name in line.pictures}
        shown = _cut(_Body(lines), sender=sender).pictures
    found: list[Attachment] = []
    for part in top.walk():
        if part.parts or part in parts or _is_unread(part) or part.content_type in _OF_MAIL_PROGRAMS | _ENCRYPTED:
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
