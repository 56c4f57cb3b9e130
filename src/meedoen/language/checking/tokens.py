"""Markdown taken apart for the checks: pieces of text with the line they stand on, links, words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from meedoen.kernel.markup import whole, with_our_own
from meedoen.kernel.text import MAX_MARKDOWN_NESTING

MAX_READ = 100_000  # characters that are measured; a body is longer only by accident
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def parsed(body: str) -> list[Token]:
    """The tokens of a text, pictures and tables too."""
    return _parser().parse(body)


@dataclass(frozen=True)
class Line:
    """A piece of text as it is read: a paragraph, a heading, an item, a cell."""

    number: int
    token: Token

    @property
    def text(self) -> str:
        return words_of(self.token.children or ())


def lines_of(tokens: Sequence[Token]) -> Iterator[Line]:
    number = 0
    for token in tokens:
        number = number_of(token) or number  # a cell stands on the line of its row
        if token.type == "inline":
            yield Line(number, token)


def as_read(tokens: Sequence[Token]) -> str:
    """The words without the marks, each piece on a line of its own; not what is quoted, code or in another language."""
    quoted = 0
    read: list[str] = []
    for token in tokens:
        quoted += token.nesting if token.type.startswith("blockquote") else 0
        if token.type == "inline" and not quoted:
            read.append(" ".join(ADDRESS.sub(" ", dutch_words_of(token.children or ())).split()))
    return "\n".join(read)[:MAX_READ]


def links_in(token: Token) -> Iterator[tuple[str, str, bool]]:
    """(address, words, whether the address was typed between < and >) of each link."""
    inside: list[Token] | None = None
    href, is_auto = "", False
    for child in token.children or ():
        if child.type == "link_open":
            inside, href, is_auto = [], str(child.attrs.get("href", "")), child.markup == "autolink"
        elif child.type == "link_close" and inside is not None:
            yield href, words_of(inside), is_auto
            inside = None
        elif inside is not None:
            inside.append(child)


def texts_outside_links(token: Token) -> Iterator[str]:
    depth = 0
    for child in token.children or ():
        depth += child.nesting if child.type.startswith("link_") else 0
        if child.type == "text" and not depth:
            yield child.content


def words_of(children: Iterable[Token]) -> str:
    """What is read of them: words, the words of links, the descriptions of pictures."""
    return "".join(
        words_of(child.children or ())
        if child.type == "image"
        else " "
        if child.type in ("softbreak", "hardbreak")
        else child.content
        for child in children
    )


def dutch_words_of(children: Iterable[Token]) -> str:
    """What is read of them, without what is marked as another language."""
    depth = 0
    kept: list[Token] = []
    for child in children:
        depth += child.nesting if child.type.startswith("language_") else 0
        if not depth:
            kept.append(child)
    return words_of(kept)


def line_of(where: str, lines: Sequence[Line]) -> int:
    """The line on which words of the text begin; 0 when they were read from more than one."""
    sought = " ".join(where.split()).casefold()
    return next((line.number for line in lines if sought in " ".join(line.text.split()).casefold()), 0)


def number_of(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "maxNesting": MAX_MARKDOWN_NESTING}
    return whole(with_our_own(MarkdownIt("commonmark", options).enable("table")))
