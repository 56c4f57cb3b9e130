"""A text as plain text, for who reads with a braille display, an old reading machine, or wants to paste it."""

import textwrap
from collections.abc import Iterator

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
    Runs,
    Table,
    Verbatim,
    in_words,
    told,
)

WIDTH = 72  # characters; a longer word or address stays whole
STEP = 2  # characters that a list inside a list stands to the right
NEW_LINE = "\r\n"  # what every machine that reads plain text understands


def write(document: Document) -> bytes:
    """The text in UTF-8, with an empty line between paragraphs and two above a heading."""
    return NEW_LINE.join([*_lines(document.blocks, 0), ""]).encode()


def _lines(blocks: tuple[Block, ...], indent: int) -> Iterator[str]:
    """The lines of blocks below each other, all starting ``indent`` characters from the left."""
    for number, block in enumerate(blocks):
        if number:
            yield ""
            if isinstance(block, Heading):
                yield ""
        yield from _block(block, indent)


def _block(block: Block, indent: int) -> Iterator[str]:
    margin = " " * indent
    match block:
        case Heading(_, runs) | Paragraph(runs):
            yield from _wrapped(_words(runs), margin)
        case Items(items, start):
            for number, item in enumerate(items):
                mark = "- " if start is None else f"{start + number}. "
                first, *others = list(_lines(item, indent + (STEP if start is None else len(mark)))) or [""]
                yield f"{margin}{mark}{first.strip()}"
                yield from others
        case Quotation(inside):
            yield f"{margin}Citaat:"
            yield from _lines(inside, indent + STEP)
            yield f"{margin}Einde van het citaat."
        case Callout(name, inside):
            yield f"{margin}{name}:"
            yield from _lines(inside, indent + STEP)
            yield f"{margin}Einde van het kader."
        case Table():
            yield from _block(told(block), indent)
        case Verbatim(text):
            yield from (margin + line for line in text.split("\n"))
        case Ruler():
            yield f"{margin}* * *"
        case Picture():
            yield from _lines(in_words(block), indent)


def _words(runs: Runs) -> str:
    """The words, each link with its address."""
    return "".join(f"{run.text} ({run.address})" if run.address else run.text for run in runs)


def _wrapped(text: str, margin: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from textwrap.wrap(
            line,
            WIDTH,
            initial_indent=margin,
            subsequent_indent=margin,
            break_long_words=False,
            break_on_hyphens=False,
        )
