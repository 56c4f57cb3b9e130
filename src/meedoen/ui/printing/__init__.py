"""What is printed: the typefaces of a PDF, and the characters that they have. Nothing of the machine's is used."""

import re
from functools import cache
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"  # made by make/print_fonts.py
NOT_SHOWN = "□"  # in the place of a character that no typeface of ours has, such as a small picture
_ROW = re.compile(f"{NOT_SHOWN}+")
_INSTEAD = dict.fromkeys("\u200b\u200c\u200d\ufe0e\ufe0f\ufeff\u00ad", "")  # signs that say how others look


@cache
def fonts() -> typst.Fonts:
    """Our own typefaces, and those inside typst for other scripts; so that it looks alike everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@cache
def characters() -> tuple[frozenset[int], frozenset[int]]:
    """The characters that our own typeface has, and those that any of them has."""
    own, others = (
        frozenset(
            number
            for first, last in (line.split() for line in part.splitlines())
            for number in range(int(first, 16), int(last, 16) + 1)
        )
        for part in (FONTS / "characters.txt").read_text(encoding="utf-8").split("\n\n")
    )
    unseen = frozenset(map(ord, _INSTEAD))
    return own - unseen, (own | others) - unseen


def shown(text: str, known: frozenset[int]) -> str:
    """The text with a sign in the place of what is not ``known``."""
    if all(ord(character) in known for character in text):
        return text
    kept = "".join(
        character if ord(character) in known else _INSTEAD.get(character, NOT_SHOWN)
        for character in text.replace("\t", "    ")
    )
    return _ROW.sub(NOT_SHOWN, kept)
