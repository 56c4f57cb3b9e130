"""Mails as programs really write them, and what somebody wrote in each; a third is held out from tuning."""

from zlib import crc32

from . import answered, around, found, last, later, lives, offices, travelled, webmail  # noqa: F401  each puts its own in a register
from .letters import LETTERS
from .mail import Said, Shape
from .programs import PROGRAMS
from .said import CLOSINGS, TEXTS

# How many pairs of words and closing each program gets; steps through both lists that share no factor with them.
DEALT = 3
_TEXT_STEP, _CLOSING_STEP = 11, 7


def _dealt() -> list[Shape]:
    texts, closings = list(TEXTS.items()), list(CLOSINGS.items())
    shapes = []
    for place, (program, write) in enumerate(PROGRAMS.items()):
        for turn in range(DEALT):
            number = place * DEALT + turn
            title, words = texts[number * _TEXT_STEP % len(texts)]
            closing_title, ((name, address), closing) = closings[number * _CLOSING_STEP % len(closings)]
            shape_name = f"{program} / {title} / {closing_title}"
            shapes.append(Shape(shape_name, write(Said(words, closing, name, address)), words))
    return shapes


SHAPES = [*_dealt(), *LETTERS]


def is_held_out(shape: Shape) -> bool:
    """A third, chosen by the name alone: never looked at while the reader is tuned."""
    return crc32(shape.name.encode()) % 3 == 0
