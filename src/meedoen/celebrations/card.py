"""The picture to share of a celebration: drawn by us, in the colours of the house, with the same words as the page."""

import io
import re
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import meedoen.ui
from meedoen.kernel.identifiers import content_mark

SIZE = (1200, 630)  # pixels; what sites that show a shared page ask for
MARGIN = 80
COLOURS = 64  # in the file: flat colours and soft letter edges need no more, and it stays light
LARGEST, SMALLEST = 76, 44  # pixels of the letters of the title
LINES = 4  # of the title; what is longer ends in dots
MEDIUM, BOLD = 500, 750  # weights
SMOOTH = 4  # times as large is the mark drawn
UI = Path(meedoen.ui.__file__).parent
FONT = UI / "static" / "ui" / "fonts" / "atkinson-hyperlegible-next.woff2"
PALETTE = UI / "styles" / "palettes" / "light.css"
_TOKEN = re.compile(r"--basis-color-([a-z0-9-]+): (#[0-9a-f]{6});")


def draw(*, names: str, title: str, what: str, site: str) -> bytes:
    """The picture as PNG: whose it is, what is celebrated, and the mark of the network."""
    paper = _colour("default-bg-document")
    ink, petrol = _colour("default-color-document"), _colour("action-1-inverse-bg-default")
    yellow = _colour("highlight-bg-active")
    image = Image.new("RGB", SIZE, paper)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 24), fill=yellow)
    width = SIZE[0] - 2 * MARGIN
    pen.text((MARGIN, 70), _fitted(names, _letters(44, BOLD), width), font=_letters(44, BOLD), fill=petrol)
    pen.text((MARGIN, 132), _fitted(what, _letters(32, MEDIUM), width), font=_letters(32, MEDIUM), fill=ink)
    size, lines = _set(title, width)
    top = 210
    for line in lines:
        pen.text((MARGIN, top), line, font=_letters(size, BOLD), fill=ink)
        top += round(size * 1.18)
    pen.rectangle((0, SIZE[1] - 110, *SIZE), fill=petrol)
    image.paste(_mark(72, petrol, yellow), (MARGIN, SIZE[1] - 91))
    words = _letters(36, BOLD)
    pen.text((MARGIN + 100, SIZE[1] - 78), _fitted(site, words, width - 100), font=words, fill="#ffffff")
    written = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(written, format="PNG", optimize=True)
    return written.getvalue()


def mark_of(*words: str) -> str:
    """What changes when the picture does: its words, its colours, or the code that draws."""
    return content_mark(*(each.encode() for each in words), PALETTE.read_bytes(), Path(__file__).read_bytes())


def _set(title: str, width: int) -> tuple[int, list[str]]:
    """The largest letters in which the title fits, with its lines."""
    for size in range(LARGEST, SMALLEST - 1, -4):
        lines = _lines(title, _letters(size, BOLD), width)
        if len(lines) * size * 1.18 <= SIZE[1] - 110 - 210 - 20 and len(lines) <= LINES:
            return size, lines
    font = _letters(SMALLEST, BOLD)
    lines = _lines(title, font, width)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], _fitted(" ".join(lines[LINES - 1 :]), font, width)]
    return SMALLEST, lines


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        tried = f"{lines[-1]} {word}".strip()
        if font.getlength(tried) <= width or not lines[-1]:
            lines[-1] = tried
        else:
            lines.append(word)
    return [_fitted(line, font, width) for line in lines]


def _fitted(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _mark(size: int, paper: str, yellow: str) -> Image.Image:
    """The network's mark, as in ui/mark.svg: an open ring with a sun at its opening; drawn large, so that it is smooth."""
    unit = size * SMOOTH / 40
    image = Image.new("RGB", (size * SMOOTH, size * SMOOTH), paper)
    pen = ImageDraw.Draw(image)
    pen.arc([each * unit for each in (5, 5, 35, 35)], start=-8, end=281, fill="#ffffff", width=round(6 * unit))
    pen.ellipse([each * unit for each in (27, 1, 39, 13)], fill=yellow)
    return image.resize((size, size), Image.Resampling.LANCZOS)


@cache
def _letters(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONT), size)
    font.set_variation_by_axes([weight])
    return font


@cache
def _palette() -> dict[str, str]:
    return dict(_TOKEN.findall(PALETTE.read_text(encoding="utf-8")))


def _colour(token: str) -> str:
    return _palette()[token]
