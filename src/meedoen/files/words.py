"""What a document says, as plain text, for search: bounded in time, memory and length, whatever is in it.

Only of files that we made safe ourselves (``taking``). Takes up to ``MAX_SECONDS``, so never while a page waits for it.
"""

import html
import io
import logging
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

from .rules import MAX_WORDS, Film, Type

MAX_SECONDS = 20  # for one PDF
READ = (Type.PDF, Type.DOCX, Type.ODT, Type.PPTX, Type.XLSX, Type.TXT, Film.VTT)  # of which there are words to read
_PDF_READER = Path(__file__).with_name("pdf_words.py")
_MARK = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"(\d+)\.xml$")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# The parts that hold the text of each kind of package, and the elements that are its paragraphs there. What was deleted,
# remarks in the margin and notes of who speaks are not for readers.
_PARTS: dict[Type, tuple[re.Pattern[str], tuple[str, ...]]] = {
    Type.DOCX: (re.compile(r"^word/(?:document|footnotes|endnotes)\.xml$"), ("{*}p",)),
    Type.ODT: (re.compile(r"^content\.xml$"), ("{*}p", "{*}h")),
    Type.PPTX: (re.compile(r"^ppt/slides/slide\d+\.xml$"), ("{*}p",)),
    Type.XLSX: (re.compile(r"^xl/sharedStrings\.xml$"), ("{*}si",)),
}
_HIDDEN = frozenset({"annotation", "tracked-changes", "delText", "instrText", "rPh"})
_GAPS = frozenset({"tab", "br", "cr", "s", "line-break"})

log = logging.getLogger("meedoen.files")


def words_of(content: bytes, kind: str) -> str:
    """What is said in a file, at most ``MAX_WORDS`` letters; empty where nothing can be read, or not in time."""
    try:
        if kind == Type.PDF:
            return _tidy([_in_pdf(content)])
        if kind == Film.VTT:
            return _tidy(_in_captions(content.decode(errors="replace")))
        if kind == Type.TXT:
            return _tidy([content.decode(errors="replace")])
        if kind in READ:
            return _tidy(_in_package(content, Type(kind)))
    except (zipfile.BadZipFile, zlib.error, etree.LxmlError, OSError, ValueError, KeyError, RuntimeError, MemoryError):
        log.warning("a document could not be read", exc_info=True)
    return ""


def _in_pdf(content: bytes) -> str:
    """Read in a process of its own, without our settings: what goes wrong in it goes wrong there."""
    command = [sys.executable, "-I", str(_PDF_READER), str(MAX_WORDS), str(MAX_SECONDS)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=MAX_SECONDS, env={}, check=False)
    except subprocess.TimeoutExpired:
        log.warning("a PDF took too long to read")
        return ""
    if done.returncode:
        log.warning("a PDF could not be read: %s", done.returncode)
    return done.stdout.decode(errors="ignore")


def _in_captions(text: str) -> Iterator[str]:
    """What is said, once where it stays in sight."""
    last = ""
    for block in text.split("\n\n"):
        _when, arrow, said = block.partition("-->")
        words = html.unescape(_MARK.sub("", " ".join(said.splitlines()[1:]))) if arrow else ""
        if words != last:
            yield words
        last = words


def _in_package(content: bytes, kind: Type) -> Iterator[str]:
    """Its paragraphs, one by one, so that no more is unpacked than is kept."""
    which, tags = _PARTS[kind]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(filter(which.search, package.namelist()), key=_place):
            with package.open(name) as part:
                reader = etree.iterparse(part, events=("end",), tag=tags, resolve_entities=False, no_network=True)
                for _event, paragraph in reader:
                    yield "".join(_said(paragraph))
                    paragraph.clear()


def _place(name: str) -> tuple[str, int]:
    number = _NUMBER.search(name)
    return name[: number.start()] if number else name, int(number[1]) if number else 0


def _said(element: etree._Element) -> Iterator[str]:
    """The words of an element in their order, without what is not for readers."""
    yield element.text or ""
    for inside in element:
        name = etree.QName(inside).localname if isinstance(inside.tag, str) else ""
        if name in _GAPS:
            yield " "
        elif name and name not in _HIDDEN:
            yield from _said(inside)
        yield inside.tail or ""


def _tidy(parts: Iterable[str]) -> str:
    """A line for each part or line, without what is no text; cut where it gets too long."""
    lines: list[str] = []
    length = 0
    for part in parts:
        for line in part.splitlines():
            if words := " ".join(_NO_TEXT.sub(" ", line).split()):
                lines.append(words)
                length += len(words) + 1
        if length > MAX_WORDS:
            break
    return "\n".join(lines)[:MAX_WORDS].strip()
