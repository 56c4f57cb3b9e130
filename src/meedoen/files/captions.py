"""Captions as WebVTT: read line by line, and written again with nothing but when what is said."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .refusing import NotTaken
from .rules import MAX_CAPTIONS_BYTES

_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(.*))?")
_MARKED = re.compile(r"<(?!/?(?:b|i|u|v|c|ruby|rt|lang)\b)[^>]*>")  # the marks in captions that mean something stay
_LEFT_OUT = ("STYLE", "REGION", "NOTE")  # how it looks is of the reader; a note is of the maker


@dataclass(frozen=True, slots=True)
class Captions:
    """What is kept of them; ``seconds``: when the last words end."""

    content: bytes
    count: int
    seconds: int


def cleaned(content: bytes) -> Captions:
    """The captions in ``content``, WebVTT or SubRip. Raises ``NotTaken`` with the line on which something is wrong."""
    if len(content) > MAX_CAPTIONS_BYTES:
        raise NotTaken(_("Je bestand met ondertiteling is te groot. Het mag 1 MB zijn."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTaken(_("Dit bestand is geen tekst. Bewaar de ondertiteling als vtt, in UTF-8.")) from None
    if "-->" not in text:
        raise NotTaken(_("Dit is geen ondertiteling die we kennen. Kies een bestand dat eindigt op vtt of srt."))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    written, count, last = ["WEBVTT", ""], 0, 0.0
    for number, block in _blocks(lines):
        place = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
        if place is None or block[0].startswith(_LEFT_OUT):
            continue
        start, end = _times(block[place].strip(), number + place)
        words = [words for line in block[place + 1 :] if (words := _MARKED.sub("", line).replace("-->", "→")).strip()]
        if words:
            written += [f"{_written(start)} --> {_written(end)}", *words, ""]
            count, last = count + 1, max(last, end)
    if not count:
        raise NotTaken(_("In dit bestand met ondertiteling staan geen woorden."))
    return Captions("\n".join(written).encode(), count, round(last))


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """(number of the first line, lines) of each part between empty lines."""
    found: list[tuple[int, list[str]]] = []
    is_inside = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            if not is_inside:
                found.append((number, []))
            found[-1][1].append(line)
        is_inside = bool(line.strip())
    return found


def _times(words: str, number: int) -> tuple[float, float]:
    found = _TIMING.fullmatch(words)
    if found:
        start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:8])
        if start < end:
            return start, end
    raise NotTaken(
        _("In regel %(line)s van de ondertiteling klopt de tijd niet: %(words)s")
        % {"line": number, "words": words[:60]}
    )


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _written(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"
