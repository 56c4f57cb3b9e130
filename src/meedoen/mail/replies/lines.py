"""A body as lines, each with how deep it is quoted; and lines as running text again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import unquote

MAX_WRAP_WIDTH = 80  # characters; programs that wrap do so at 65 to 79, and no line of theirs is longer
MIN_WRAP_WIDTH = 65  # a shorter line that ends early was ended by its writer

_QUOTED = re.compile(r"[ \t]?((?:>[ \t]?)+)")
_LIST_ITEM = re.compile(r"\s*(?:[-*•·–+]|\d{1,3}[.)]|[a-z][.)])\s")
_WRAPPED_LINK = re.compile(r"\s?<(https?://[^<>\s]+|mailto:[^<>\s]+|tel:[^<>\s]+)>")
_SAFE_LINK = re.compile(
    r"https://[\w.-]{1,60}\.safelinks\.protection\.outlook\.com/[^\s>?]{0,40}\?(?:[^\s>&]{0,40}&)?url=([^&\s>)]{1,2000})[^\s>)]{0,2000}"
)


class Mark(Enum):
    """What the HTML of a program says a line is."""

    NONE = auto()
    ATTRIBUTION = auto()
    SIGNATURE = auto()
    HEADER = auto()  # from here on all is what was answered
    HIDDEN = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a body."""

    text: str  # without the marks of quoting
    raw: str  # as it stood
    depth: int = 0  # how many times it was quoted
    mark: Mark = Mark.NONE
    pictures: tuple[str, ...] = ()  # the Content-IDs of pictures in it

    @property
    def is_blank(self) -> bool:
        return not self.text and not self.pictures


def from_plain(texts: Sequence[str], *, is_flowed: bool = False, deletes_space: bool = False) -> list[Line]:
    """The lines of a plain text that was split at its line ends; what RFC 3676 lets flow is one line again."""
    lines: list[Line] = []
    flows = False  # the last line goes on in the next
    for raw in texts:
        found = _QUOTED.match(raw)
        depth = found[1].count(">") if found else 0
        words = raw[found.end() :] if found else raw
        if is_flowed:
            words = words[1:] if not found and words.startswith(" ") else words
        goes_on = is_flowed and words.endswith(" ") and words != "-- "
        if flows and lines and lines[-1].depth == depth and words.rstrip(" ") != "--":
            last = lines.pop()
            joined = last.text + ("" if deletes_space else " ") + words.strip()
            lines.append(Line(joined.strip(), f"{last.raw}\n{raw}".rstrip(), depth))
        else:
            lines.append(Line(words.strip(), raw.rstrip(), depth))
        flows = goes_on
    return lines


def joined(lines: Sequence[Line], *, is_wrapped: bool) -> str:
    """``lines`` as running text: paragraphs with one empty line between them, and wrapped lines whole again."""
    texts = [line.text for line in lines]
    if is_wrapped:
        texts = _unwrapped(texts)
    text = "\n".join(_tidied(text) for text in texts)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def raw_text(lines: Iterable[Line]) -> str:
    """``lines`` as they stood, without empty lines around them."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.raw for line in lines)).strip("\n")


def _unwrapped(texts: Sequence[str]) -> list[str]:
    longest = max((len(text) for text in texts), default=0)
    if longest > MAX_WRAP_WIDTH:
        return list(texts)
    width = max(MIN_WRAP_WIDTH, longest)
    whole: list[str] = []
    last_length = 0
    for text in texts:
        first, _, _ = text.partition(" ")
        # The line before ended because this word did not fit on it any more.
        if (
            whole
            and last_length
            and text
            and last_length + 1 + len(first) > width
            and not (whole[-1].endswith(":") or _LIST_ITEM.match(text))
        ):
            whole[-1] = f"{whole[-1]} {text}"
        else:
            whole.append(text)
        last_length = len(text)
    return whole


def _tidied(text: str) -> str:
    """A line without what a program adds to links, and without the spaces that HTML leaves."""

    def link(found: re.Match[str]) -> str:
        words = found.string[: found.start()].split()
        told = words[-1].strip("(<>").rstrip("/") if words else ""
        address = found[1].partition(":")[2].strip("/")
        is_told = ("." in told or "@" in told) and address.endswith(told.partition("://")[2] or told)
        return "" if is_told else f" ({found[1]})"

    text = _SAFE_LINK.sub(lambda found: unquote(found[1]), text)
    return " ".join(_WRAPPED_LINK.sub(link, text).split())
