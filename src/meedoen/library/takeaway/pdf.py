"""A text as PDF, tagged after PDF/UA-1: for the printer and the archive, and in large print."""

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import typst

from meedoen.ui import printing
from meedoen.ui.printing import NOT_SHOWN

from .document import (
    Block,
    Callout,
    Document,
    Heading,
    Items,
    Paragraph,
    Picture,
    Quotation,
    Ruler,
    Run,
    Runs,
    Table,
    Verbatim,
    in_words,
    plain,
    runs_in,
    told,
    words_of,
)
from .drawn import content_of

HERE = Path(__file__).parent
TEMPLATE = HERE / "document.typ"
COLUMNS = {"normal": 4, "large": 2}  # of a table that fits on the page; a wider one is told row by row
LONG, LONG_IN_CELL = 40, 24  # letters of a word that may not fit on its line: it may break between its pieces
PIECE = 10  # letters; so much fits in the narrowest column
MAX_RUNS, MAX_LINKS = 8000, 2000  # pieces of text: more would take more than a few seconds, and is a book
MAX_PICTURES = 20  # each costs some 50 ms; those beyond are told in words
WIDE = 900  # pixels of a picture that takes the whole width of the page; a smaller one is not blown up
TALL = 1.2  # times as high as a page is wide inside its margins: with its caption it fits on one, in large print too
MAX_DEPTH = 6  # of lists and quotations in each other; deeper ones stand as deep as this
_WORDS = re.compile(r"\s+|\S+")
NOTE = "Op de plaats van □ staat een teken dat niet in een pdf past. Op de pagina zie je het wel."


def fits(document: Document) -> bool:
    """Whether a PDF of it can be made in a moment."""
    runs = list(runs_in(document.blocks))
    return len(runs) <= MAX_RUNS and sum(1 for run in runs if run.url) <= MAX_LINKS


def write(document: Document, *, large: bool = False) -> bytes:
    """The PDF; the same document gives the same bytes."""
    look = "large" if large else "normal"
    try:
        return _compiled(document, _data(document, look, printing.characters()[1]), look)
    except typst.TypstError:  # two scripts side by side may find no typeface that has both
        return _compiled(document, _data(document, look, printing.characters()[0]), look)


def _compiled(document: Document, data: str, look: str) -> bytes:
    compiler = typst.Compiler(
        TEMPLATE.read_bytes(),
        root=HERE,  # of which the template reads nothing
        font_paths=printing.fonts(),
        sys_inputs={"document": data, "look": look},
    )
    moment = datetime.datetime.fromisoformat(document.changed_on).replace(tzinfo=datetime.UTC)
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=moment))


def _data(document: Document, look: str, characters: frozenset[int]) -> str:
    """What the template shows, as JSON."""
    writer = _Writer(COLUMNS[look], characters)
    blocks = [each for block in document.blocks for each in writer.block(block, 0)]
    if writer.left_out:
        blocks += writer.block(Paragraph(plain(NOTE)), 0)
    said = {"title": document.title or document.site, "author": document.author, "summary": document.summary}
    return json.dumps({name: writer.clean(text) for name, text in said.items()} | {"blocks": blocks})


class _Writer:
    """A document as the template takes it; it remembers whether a character was left out."""

    def __init__(self, columns: int, characters: frozenset[int]) -> None:
        self.columns = columns
        self.characters = characters | {ord(NOT_SHOWN)}
        self.left_out = False
        self.pictures = 0

    def block(self, block: Block, depth: int) -> Iterator[dict[str, Any]]:
        match block:
            case Heading(level, runs):
                if self.clean(words_of(runs)).strip():  # a heading without words is refused
                    yield {"kind": "heading", "level": level, "runs": self.runs(runs)}
            case Paragraph(runs):
                yield {"kind": "paragraph", "runs": self.runs(runs)}
            case Items(items) if depth >= MAX_DEPTH:
                for item in items:
                    yield from self.blocks(item, depth)
            case Items(items, start):
                inside = [list(self.blocks(item, depth + 1)) for item in items]
                yield {"kind": "bullets", "items": inside} if start is None else {
                    "kind": "numbers", "items": inside, "start": start,
                }  # fmt: skip
            case Quotation(blocks) if depth >= MAX_DEPTH:
                yield from self.blocks(blocks, depth)
            case Quotation(blocks):
                yield {"kind": "quotation", "blocks": list(self.blocks(blocks, depth + 1))}
            case Callout(name, blocks) if depth >= MAX_DEPTH:
                yield from self.blocks((_named(name), *blocks), depth)
            case Callout(name, blocks, is_warning):
                stands = list(self.blocks((_named(name), *blocks), depth + 1))
                yield {"kind": "callout", "blocks": stands, "warning": is_warning}
            case Table(head) if len(head) > self.columns:
                yield from self.block(told(block), depth)
            case Table(head, rows):
                yield {
                    "kind": "table",
                    "head": [self.runs(cell, LONG_IN_CELL) for cell in head],
                    "cells": [self.runs(cell, LONG_IN_CELL) for row in rows for cell in row],
                }
            case Verbatim(text):
                yield {"kind": "verbatim", "lines": [self.pieces(line, LONG) for line in text.split("\n")]}
            case Ruler():
                yield {"kind": "ruler"}
            case Picture():
                yield from self.picture(block, depth)

    def blocks(self, blocks: tuple[Block, ...], depth: int) -> Iterator[dict[str, Any]]:
        for block in blocks:
            yield from self.block(block, depth)

    def picture(self, picture: Picture, depth: int) -> Iterator[dict[str, Any]]:
        """The picture with what is on it; in words where there are too many of them, or its file is gone."""
        content = content_of(picture) if self.pictures < MAX_PICTURES else None
        if content is None:
            yield from self.blocks(in_words(picture), depth)
            return
        self.pictures += 1
        yield {
            "kind": "picture",
            "bytes": list(content),
            "alt": self.clean(picture.alt),
            "caption": self.pieces(picture.caption, LONG) if picture.caption else [],
            "width": min(1.0, picture.width / WIDE, TALL * picture.width / picture.height),
        }

    def runs(self, runs: Runs, long: int = LONG) -> list[dict[str, Any]]:
        return [self.run(run, long) for run in runs]

    def run(self, run: Run, long: int) -> dict[str, Any]:
        if run.text == "\n":
            return {"kind": "break"}
        made: dict[str, Any] = {"kind": "words", "pieces": self.pieces(run.text, long)}
        looks = {"strong": run.is_strong, "emphasised": run.is_emphasised, "code": run.is_code}
        made |= {name: True for name, is_so in looks.items() if is_so}
        if run.language:
            made["language"] = run.language
        if run.url:
            made["url"] = self.clean(run.url)
        if run.address:
            made["address"] = self.pieces(run.address, long)
        return made

    def pieces(self, text: str, long: int) -> list[str]:
        """The text cut where a line may end inside a word; mostly in one piece."""
        pieces = [""]
        for word in _WORDS.findall(self.clean(text)):
            if len(word) <= long:
                pieces[-1] += word
            else:
                cut = [word[at : at + PIECE] for at in range(0, len(word), PIECE)]
                pieces[-1] += cut[0]
                pieces += cut[1:]
        return pieces

    def clean(self, text: str) -> str:
        """The text with a sign in the place of what no typeface has."""
        kept = printing.shown(text, self.characters)
        self.left_out = self.left_out or (kept != text and NOT_SHOWN in kept)
        return kept


def _named(name: str) -> Paragraph:
    """The kind of a callout, above what stands in it."""
    return Paragraph((Run(name, is_strong=True),))
