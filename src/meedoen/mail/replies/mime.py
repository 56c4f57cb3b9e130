"""A raw mail comes apart into its parts, in bounded work: no nesting, number or size brings it to its knees.

Ours, and not ``email.parser``: that one goes as deep as a mail asks, and looks at each line once for each level.
The headers of a part are read by the standard library.
"""

import binascii
import quopri
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import HeaderParser
from functools import cached_property

from .charsets import cleaned, decoded

MAX_NESTING = 20  # levels; a mail forwarded ten times has some twelve
MAX_PARTS = 500  # a mail with more is no letter; the rest of it counts as one
MAX_DASHED = 20_000  # lines that begin as a boundary does; tables and signatures have some, a patch some hundreds
MAX_HEAD_BYTES = 128 * 1024  # of one part; real ones have 4 to 20 kB, gateways add to them
MAX_HEADER_CHARS = 4_000  # of one value that we look at; lists of receivers are longer, and not looked at
MAX_NAME_CHARS = 120  # of a file

_END_OF_HEAD = re.compile(rb"\r?\n[ \t]*\r?\n|\r[ \t]*\r")
_END_OF_BOUNDARY = re.compile(rb"(--)?[ \t]*+(?:\r?\n|\r|\Z)")
_LEADING_BREAKS = re.compile(rb"(?:\r?\n)*")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_PATH = re.compile(r"^.*[/\\]")
_UNFIT_FOR_NAMES = re.compile(r"[\x00-\x1f\x7f<>:\"|?*]+")


@dataclass(eq=False)
class Part:
    """One part of a mail: its head, where its body lies in the raw mail, and the parts inside it."""

    raw: bytes
    head: Message
    start: int
    end: int
    parts: list["Part"]
    is_cut_short: bool = False  # there was more in it than we look at

    def header(self, name: str) -> str:
        """The decoded value of a header, in one line; empty where there is none."""
        for known, value in self.head.raw_items():
            if known.lower() == name.lower():
                return header_text(str(value))
        return ""

    @cached_property
    def _typed(self) -> Message:
        typed = Message()
        for name in ("Content-Type", "Content-Disposition"):
            for known, value in self.head.raw_items():
                if known.lower() == name.lower():
                    typed[name] = _unescaped(str(value)[:MAX_HEADER_CHARS])
                    break
        return typed

    @cached_property
    def content_type(self) -> str:
        return self._typed.get_content_type()

    @cached_property
    def disposition(self) -> str:
        return (self._typed.get_content_disposition() or "").lower()

    @property
    def content_id(self) -> str:
        return self.header("Content-ID").strip("<> ")

    def parameter(self, name: str) -> str:
        """A parameter of the Content-Type, such as its charset; empty where there is none."""
        return _parameter(self._typed, name, "Content-Type")

    @property
    def name(self) -> str:
        """The name of the file, without a path and fit to show; empty where it has none."""
        name = _parameter(self._typed, "filename", "Content-Disposition") or self.parameter("name")
        name = _UNFIT_FOR_NAMES.sub("", _PATH.sub("", header_text(name))).strip(". ")
        return name if len(name) <= MAX_NAME_CHARS else f"{name[: MAX_NAME_CHARS - 10]}…{name[-9:]}"

    @cached_property
    def content(self) -> bytes:
        """The body, decoded from how it travelled; as much of it as can be."""
        body = self.raw[self.start : self.end]
        encoding = self.header("Content-Transfer-Encoding").strip().lower()
        if encoding == "base64":
            return _from_base64(body)
        return quopri.decodestring(body) if encoding == "quoted-printable" else body

    @cached_property
    def text(self) -> str:
        return decoded(self.content, self.parameter("charset"))

    def walk(self) -> Iterator["Part"]:
        """This part and all inside it, in the order of the mail."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.parts))


def parsed(raw: bytes) -> Part:
    """The parts of ``raw``. Deeper or more than the limits stays in one piece, marked as cut short."""
    top = _part(raw, _after(_LEADING_BREAKS, raw), len(raw))
    dashed = _dashed(raw)
    count = 1
    waiting = [(top, 1)]
    while waiting:
        part, depth = waiting.pop(0)
        if not part.content_type.startswith("multipart/"):
            continue
        if depth >= MAX_NESTING:
            part.is_cut_short = True
            continue
        bounds = _bounds(part, dashed)
        part.is_cut_short |= len(dashed) >= MAX_DASHED
        if not bounds:  # no boundary in sight: all of it is text, and none of it a head
            part.parts.append(Part(raw, Message(), part.start, part.end, []))
        for start, end in bounds:
            if count >= MAX_PARTS:
                part.parts.append(Part(raw, Message(), start, part.end, [], is_cut_short=True))
                break
            count += 1
            inner = _part(raw, start, end)
            part.parts.append(inner)
            waiting.append((inner, depth + 1))
    return top


def header_text(value: str) -> str:
    """A header's value as people read it: decoded, in one line."""
    value = _unescaped(value[:MAX_HEADER_CHARS])
    if "=?" in value:
        try:
            pieces = decode_header(value.replace("\r", "").replace("\n", ""))
        except (HeaderParseError, binascii.Error, ValueError):
            pieces = [(value, None)]
        value = "".join(
            piece
            if isinstance(piece, str)
            else _unescaped(piece.decode("latin-1"))
            if label is None
            else decoded(piece, label)
            for piece, label in pieces
        )
    return " ".join(cleaned(value).split())


def _part(raw: bytes, start: int, end: int) -> Part:
    """One part, without what is inside it. A head that does not end is all there is."""
    empty = re.compile(rb"\r?\n").match(raw, start, end)
    if empty:  # no headers at all
        return Part(raw, Message(), empty.end(), end, [])
    found = _END_OF_HEAD.search(raw, start, min(end, start + MAX_HEAD_BYTES))
    stop, body = (found.start(), found.end()) if found else (min(end, start + MAX_HEAD_BYTES), end)
    if b":" not in raw[start:stop].split(b"\n", 1)[0]:  # no header, so it is the body already
        return Part(raw, Message(), start, end, [])
    head = HeaderParser().parsestr(raw[start:stop].decode("ascii", "surrogateescape"))
    return Part(raw, head, body, end, [], is_cut_short=not found and end > stop)


def _bounds(part: Part, dashed: list[int]) -> list[tuple[int, int]]:
    """Where the parts of a multipart begin and end. Without a last boundary, the last goes on to the end."""
    boundary = part.parameter("boundary").encode("utf-8", "replace")
    if not boundary:
        return []
    mark = b"--" + boundary
    bounds: list[tuple[int, int]] = []
    begun: int | None = None
    for before in _between(dashed, part):
        if not part.raw.startswith(mark, before, part.end):
            continue
        ending = _END_OF_BOUNDARY.match(part.raw, before + len(mark), part.end)
        if not ending:
            continue
        if begun is not None:
            bounds.append((begun, max(begun, _without_line_end(part.raw, before))))
        begun = None if ending[1] else ending.end()
        if len(bounds) > MAX_PARTS:
            break
    if begun is not None:
        bounds.append((begun, part.end))
    return bounds


def _dashed(raw: bytes) -> list[int]:
    """Where the lines begin that may be a boundary, found once for all levels."""
    found = [0] if raw.startswith(b"--") else []
    at = -1
    while len(found) < MAX_DASHED and (at := raw.find(b"\n--", at + 1)) >= 0:
        found.append(at + 1)
    return found


def _between(dashed: list[int], part: Part) -> list[int]:
    """Those in a part; its own first line is one too, whatever stands before it."""
    inside = dashed[bisect_left(dashed, part.start) : bisect_left(dashed, part.end)]
    return inside if inside[:1] == [part.start] else [part.start, *inside]


def _without_line_end(raw: bytes, end: int) -> int:
    """The line end before a boundary is part of the boundary."""
    for line_end in (b"\r\n", b"\n"):
        if raw[max(0, end - len(line_end)) : end] == line_end:
            return end - len(line_end)
    return end


def _parameter(typed: Message, name: str, header: str) -> str:
    try:
        value = typed.get_param(name, "", header)
        if isinstance(value, tuple):
            charset, _, encoded = value
            return decoded(encoded.encode("latin-1", "replace"), charset)
        return str(value)
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _from_base64(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        pass
    clean = _NOT_BASE64.sub(b"", body)
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def _unescaped(value: str) -> str:
    """Bytes beyond ASCII that stand bare in a header, read as what they most likely are."""
    if value.isascii():
        return value
    try:
        return decoded(value.encode("ascii", "surrogateescape"), None)
    except UnicodeEncodeError:
        try:
            return decoded(value.encode("latin-1"), None)
        except UnicodeEncodeError:
            return value


def _after(pattern: "re.Pattern[bytes]", raw: bytes) -> int:
    found = pattern.match(raw)
    return found.end() if found else 0
