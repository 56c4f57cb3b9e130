"""The folder in which the file backend leaves its mail, read as a list of letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import islice
from pathlib import Path

MAX_SHOWN = 100  # letters in the list; older ones are found by searching
HEAD_BYTES = 16 * 1024  # enough for every head we write

_NAME = re.compile(r"\d{8}-\d{12}-[0-9a-f]{16}")
_LINK = re.compile(r"(https?://[^\s()<>]*[^\s()<>.,;:!?])")
_HIDDEN_HEADERS = ("Content-Type", "MIME-Version", "Content-Transfer-Encoding")


class NoSuchLetter(LookupError):
    """No letter has this name, or it is no name that we would give."""


@dataclass(frozen=True)
class Letter:
    """A line of the list."""

    name: str
    subject: str
    to: str
    written_at: datetime


@dataclass(frozen=True)
class OpenLetter:
    """A letter with all that is in it."""

    letter: Letter
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str

    @property
    def paragraphs(self) -> list[list[str]]:
        """The text in paragraphs, each parted so that every second piece is a web address."""
        return [_LINK.split(paragraph) for paragraph in self.text.strip().split("\n\n")]


def letters(folder: Path, *, search: str = "") -> list[Letter]:
    """The newest letters, newest first, at most ``MAX_SHOWN``; with ``search`` only those with it in receiver or subject."""
    wanted = search.strip().casefold()
    found = (letter for letter in _all(folder) if wanted in f"{letter.to}\n{letter.subject}".casefold())
    return list(islice(found, MAX_SHOWN))


def count(folder: Path) -> int:
    """How many letters there are."""
    return len(_names(folder))


def open_letter(folder: Path, name: str) -> OpenLetter:
    """The letter with this name. Raises ``NoSuchLetter``, also for a name that leads out of the folder."""
    if not _NAME.fullmatch(name):
        raise NoSuchLetter(name)
    try:
        content = (folder / f"{name}.eml").read_bytes()
    except OSError as problem:
        raise NoSuchLetter(name) from problem
    message = _parsed(content)
    return OpenLetter(
        letter=_letter(name, message),
        headers=tuple((key, str(value)) for key, value in message.items() if key not in _HIDDEN_HEADERS),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def remove_all(folder: Path) -> int:
    """Remove every letter and say how many went. Other files stay."""
    names = _names(folder)
    for name in names:
        (folder / f"{name}.eml").unlink(missing_ok=True)
    return len(names)


def _names(folder: Path) -> list[str]:
    return sorted((path.stem for path in folder.glob("*.eml") if _NAME.fullmatch(path.stem)), reverse=True)


def _all(folder: Path) -> Iterator[Letter]:
    for name in _names(folder):
        try:
            with (folder / f"{name}.eml").open("rb") as file:
                yield _letter(name, _parsed(file.read(HEAD_BYTES)))
        except FileNotFoundError:
            continue  # removed while we read


def _parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=default)


def _letter(name: str, message: EmailMessage) -> Letter:
    return Letter(
        name=name,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        written_at=datetime.strptime(name.rpartition("-")[0], "%Y%m%d-%H%M%S%f").replace(tzinfo=UTC),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""
