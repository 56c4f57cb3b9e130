"""Badges as PDF (PDF/UA-1), to print and cut out: eight on a page, in large type. A name, and where somebody is from."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

import typst

from meedoen.ui import printing

HERE = Path(__file__).parent
TEMPLATE = HERE / "badges.typ"
LONG = 14  # letters of a word that may not fit on its line: it may break between its pieces
PIECE = 7
_WORDS = re.compile(r"\s+|\S+")


def write(people: Sequence[tuple[str, str]], *, title: str, author: str, now: datetime) -> bytes:
    """The PDF with a badge for each (name, place)."""
    try:
        return _compiled(people, title, author, now, printing.characters()[1])
    except typst.TypstError:  # two scripts side by side may find no typeface that has both
        return _compiled(people, title, author, now, printing.characters()[0])


def _compiled(
    people: Sequence[tuple[str, str]], title: str, author: str, now: datetime, known: frozenset[int]
) -> bytes:
    data = {
        "title": printing.shown(title, known),
        "author": printing.shown(author, known),
        "people": [
            {"name": _pieces(name, known) or [printing.NOT_SHOWN], "place": _pieces(place, known)}
            for name, place in people
        ],
    }
    compiler = typst.Compiler(
        TEMPLATE.read_bytes(), root=HERE, font_paths=printing.fonts(), sys_inputs={"badges": json.dumps(data)}
    )
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=now.replace(microsecond=0)))


def _pieces(text: str, known: frozenset[int]) -> list[str]:
    """The text cut where a line may end inside a long word; mostly in one piece."""
    pieces: list[str] = []
    for word in _WORDS.findall(printing.shown(text, known).strip()):
        cut = [word] if len(word) <= LONG else [word[at : at + PIECE] for at in range(0, len(word), PIECE)]
        pieces[-1:] = [(pieces[-1] if pieces else "") + cut[0]]
        pieces += cut[1:]
    return pieces
