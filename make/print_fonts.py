"""Write the typefaces of a PDF, and the list of characters that it can show, in ``ui/printing/fonts/`` anew.

    uv run --no-project --with fonttools==4.68.0 --with brotli --with typst==0.15.2 make/print_fonts.py

The site's typeface is one variable font in woff2, of which PDFs can use neither. It takes ``npm ci`` in ``design``.
Run it when typst is renewed too: it brings typefaces of its own, for other scripts (docs/adr/0032-take-away.md).
"""

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import typst  # type: ignore[import-not-found,unused-ignore]
from fontTools.merge import Merger  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-not-found]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-not-found]

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "design" / "node_modules" / "@fontsource-variable" / "atkinson-hyperlegible-next" / "files"
TARGET = ROOT / "src" / "meedoen" / "ui" / "printing" / "fonts"
SUBSETS = ("latin", "latin-ext")
FAMILY = "Atkinson Hyperlegible Next"
WEIGHTS = {"regular": 400, "bold": 700}
NAMES = {1: "{family}", 2: "{style}", 4: "{family} {style}", 6: "AtkinsonHyperlegibleNext-{style}"}  # by their number


def main() -> None:
    """Two files of one weight each; the characters of these, and below an empty line those of typst's own typefaces."""
    own: set[int] = set()
    for name, weight in WEIGHTS.items():
        font = in_weight(name, weight)
        font.save(TARGET / f"atkinson-hyperlegible-next-{name}.ttf")
        own |= set(font.getBestCmap())
    others = {number for font in inside_typst() for number in font.getBestCmap() or ()} - own
    parts = ["\n".join(f"{first:X} {last:X}" for first, last in ranges(numbers)) for numbers in (own, others)]
    (TARGET / "characters.txt").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def in_weight(name: str, weight: int) -> TTFont:
    """The typeface in one weight, its subsets put together."""
    parts = []
    for subset in SUBSETS:
        part = TTFont(SOURCES / f"atkinson-hyperlegible-next-{subset}-wght-normal.woff2", recalcTimestamp=False)
        part.flavor = None
        path = TARGET / f"{subset}.tmp"
        instantiateVariableFont(part, {"wght": weight}).save(path)
        parts.append(path)
    font = Merger().merge([str(path) for path in parts])
    for path in parts:
        path.unlink()
    is_bold = weight >= WEIGHTS["bold"]
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x61 | (0x20 if is_bold else 0x40)
    font["head"].macStyle = int(is_bold)
    for number, text in NAMES.items():
        font["name"].setName(text.format(family=FAMILY, style=name.capitalize()), number, 3, 1, 0x409)
    return font


def inside_typst() -> Iterator[TTFont]:
    """The typefaces that stand inside typst's own library."""
    (library,) = Path(typst.__file__).parent.glob("_typst*")
    content = library.read_bytes()
    for start in (b"\x00\x01\x00\x00\x00", b"OTTO\x00"):
        at = content.find(start)
        while at >= 0:
            try:
                font = TTFont(io.BytesIO(content[at : at + 4_000_000]), lazy=True)
                if font["name"].getDebugName(1):
                    yield font
            except (TTLibError, KeyError, AssertionError, ValueError, IndexError, OverflowError):
                pass  # bytes that only look like the beginning of one
            at = content.find(start, at + 1)


def ranges(numbers: set[int]) -> Iterator[tuple[int, int]]:
    """(first, last) of each row of numbers without a gap, for private use left out."""
    row: list[int] = []
    for number in sorted(number for number in numbers if unicodedata.category(chr(number)) != "Co"):
        if row and number != row[-1] + 1:
            yield row[0], row[-1]
            row = []
        row.append(number)
    yield row[0], row[-1]


main()
