"""Raw mails as programs put them together: heads, parts, encodings, wrapping, marks of quoting."""

import base64
import html
import quopri
import textwrap
from dataclasses import dataclass, field
from email.header import Header

ADDRESS = "antwoord+k7Qm2x@meedoen.example"
# What was answered: a mail of ours. One paragraph a line.
ORIGINAL = (
    "Hallo,",
    "",
    "Carla reageerde op jouw vraag over drempels bij winkels: “Bij ons helpt een gesprek met de winkeliers, en een plank.”",
    "",
    "Lees alles op https://meedoen.example/forum/14/#bericht-3",
    "",
    "Je kunt op deze mail antwoorden. Dan staat je antwoord op het forum.",
    "",
    "Wil je dit niet meer volgen? Antwoord met: stop.",
)


@dataclass(frozen=True)
class Shape:
    """One mail of the corpus: how it came in, and what of it somebody wrote."""

    name: str
    raw: bytes
    text: str
    sure: bool = True
    subject: str = "Drempels bij winkels"


@dataclass(frozen=True)
class Said:
    """What somebody says in one mail."""

    text: str
    closing: str
    name: str
    address: str

    @property
    def whole(self) -> list[str]:
        """All that stands above the quote, one paragraph a line."""
        return self.text.split("\n") + (["", *self.closing.split("\n")] if self.closing else [])


@dataclass
class Leaf:
    """One part as it travels."""

    kind: str  # "plain", "html" or a whole content type
    content: str | bytes
    encoding: str = "quoted-printable"
    charset: str = "utf-8"
    label: str | None = None  # what the part says its charset is, where that is not true
    more: str = ""  # of the Content-Type
    head: list[str] = field(default_factory=list)

    def raw(self) -> str:
        kind = f"text/{self.kind}" if self.kind in ("plain", "html") else self.kind
        data = self.content if isinstance(self.content, bytes) else self.content.encode(self.charset)
        label = f"; charset={self.label or self.charset}" if kind.startswith("text/") and self.label != "" else ""
        if self.encoding == "base64":
            body = base64.encodebytes(data).decode().replace("\n", "\r\n")
        elif self.encoding == "quoted-printable":
            body = quopri.encodestring(data.replace(b"\r\n", b"\n")).decode("latin-1").replace("\n", "\r\n")
        else:
            body = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").decode("latin-1")
        head = [f"Content-Type: {kind}{label}{self.more}", f"Content-Transfer-Encoding: {self.encoding}", *self.head]
        return "\r\n".join([*head, "", body])


def many(kind: str, *parts: "Leaf | str", boundary: str, more: str = "") -> str:
    """A multipart; what is handed in as a string is one already."""
    raws = [part if isinstance(part, str) else part.raw() for part in parts]
    inner = "".join(f"--{boundary}\r\n{raw}\r\n" for raw in raws)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n\r\n{inner}--{boundary}--\r\n'


def letter(
    said: Said, body: "Leaf | str", *, subject: str = "Re: Drempels bij winkels", head: tuple[str, ...] = ()
) -> bytes:
    """A whole mail around ``body``."""
    raw = body if isinstance(body, str) else body.raw()
    name = said.name if said.name.isascii() else Header(said.name, "utf-8").encode()
    lines = [
        "Return-Path: <" + said.address + ">",
        f"From: {name} <{said.address}>",
        f"To: Meedoen <{ADDRESS}>",
        f"Subject: {subject}",
        "Date: Mon, 3 Nov 2025 11:40:03 +0100",
        "Message-ID: <4f1c.8821@post.example>",
        "In-Reply-To: <forum-14-3@meedoen.example>",
        *head,
        "MIME-Version: 1.0",
    ]
    return ("\r\n".join(lines) + "\r\n" + raw).encode("latin-1")


def wrapped(lines: list[str] | tuple[str, ...], width: int) -> list[str]:
    """Each line broken where ``width`` asks it, as programs without flow do."""
    broken: list[str] = []
    for line in lines:
        broken += (
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
            if line.strip()
            else [line]
        )
    return broken


def flowed(lines: list[str] | tuple[str, ...], width: int = 72) -> list[str]:
    """As RFC 3676 lets it flow: a space at the end says that the line goes on."""
    broken: list[str] = []
    for line in lines:
        if line in ("", "-- "):
            broken.append(line)
            continue
        pieces = textwrap.wrap(line, width - 1, break_long_words=False, break_on_hyphens=False)
        pieces = [f" {piece}" if piece.startswith((">", "From ", " ")) else piece for piece in pieces]
        broken += [f"{piece} " for piece in pieces[:-1]] + pieces[-1:]
    return broken


def quoted(lines: list[str] | tuple[str, ...], mark: str = "> ") -> list[str]:
    return [(mark + line).rstrip() if line else mark.rstrip() for line in lines]


def text(lines: list[str] | tuple[str, ...]) -> str:
    return "\n".join(lines) + "\n"


def escaped(line: str) -> str:
    """A line in HTML, its addresses made links as programs do."""
    safe = html.escape(line, quote=False)
    words = [
        f'<a href="{word}">{word}</a>' if word.startswith(("http://", "https://")) else word for word in safe.split(" ")
    ]
    return " ".join(words)


def divs(lines: list[str] | tuple[str, ...]) -> str:
    """A line in a ``<div>``, an empty one as ``<div><br></div>``: Gmail, Apple, Outlook on the web."""
    return "".join(f"<div>{escaped(line) or '<br>'}</div>" for line in lines)


def brs(lines: list[str] | tuple[str, ...]) -> str:
    return "<br>".join(escaped(line) for line in lines)


def paragraphs(lines: list[str] | tuple[str, ...], opening: str = '<p class="MsoNormal">') -> str:
    """A line in a ``<p>`` without space around it, an empty one as a hard space: Outlook's editor, which is Word."""
    return "".join(f"{opening}{escaped(line) or '<o:p>&nbsp;</o:p>'}<o:p></o:p></p>\r\n" for line in lines)


def page(inner: str, style: str = "") -> str:
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">{style}</head>'
    return f"{head}<body>{inner}</body></html>"
