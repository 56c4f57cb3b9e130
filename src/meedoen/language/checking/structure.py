"""The checks on how a text is built: headings, links, tables, pictures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from meedoen.kernel.languages import LANGUAGES
from meedoen.kernel.markup import CALLOUTS
from meedoen.language.foreign import foreign_in

from .findings import Finding, Kind, quoted
from .tokens import ADDRESS, Line, dutch_words_of, links_in, number_of, texts_outside_links, words_of

LONG_WITHOUT_HEADING = 350  # words; more than three screens of a phone

_VAGUE = frozenset({
    "hier", "klik", "klik hier", "hier klikken", "lees meer", "lees verder", "lees hier verder", "lees hier meer",
    "meer", "meer lezen", "meer info", "meer informatie", "deze link", "link", "deze pagina", "deze website",
    "website", "site", "pdf", "download", "downloaden", "document", "bekijk", "bekijk hier", "verder", "ga verder",
    "zie hier", "via deze link", "dit",
})  # fmt: skip
_LIKE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:nl|com|org|eu|net)(?:/\S*)?", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"[\w\s().-]+\.(?:jpe?g|png|gif|webp|avif|heic|svg)|(?:img|dsc|image|foto)[\s_-]*\d+", re.IGNORECASE
)
_NAMED = re.compile(r"\[([^\[\]\n]{1,30})\](?:\n|$)")  # how a callout begins
_NO_DESCRIPTION = frozenset({"foto", "afbeelding", "plaatje", "image", "logo", "illustratie"})


def headings(tokens: Sequence[Token]) -> Iterator[Finding]:
    above = 0  # the level of the heading before; the first may have any, the page brings it to its own
    for token, inside in pairwise(tokens):
        if token.type != "heading_open":
            continue
        text = words_of(inside.children or ()).strip()
        level = int(token.tag[1])
        if not text:
            yield Finding(Kind.HEADING_EMPTY, line=number_of(token))
        elif above and level > above + 1:
            yield Finding(Kind.HEADING_SKIPS, quoted(text), number_of(token), "#" * (above + 1))
        above = level


def links(lines: Iterable[Line]) -> Iterator[Finding]:
    first_address: dict[str, str] = {}
    for line in lines:
        for href, text, is_auto in links_in(line.token):
            name = " ".join(text.split())
            plain = name.casefold().strip(" .:!?>»→")
            if not plain:
                yield Finding(Kind.LINK_EMPTY, quoted(href), line.number)
            elif not href.strip("#"):
                yield Finding(Kind.LINK_NOWHERE, quoted(name), line.number)
            elif plain in _VAGUE:
                yield Finding(Kind.LINK_VAGUE, quoted(name), line.number, quoted(href))
            elif (is_auto and not href.startswith("mailto:")) or _LIKE_ADDRESS.fullmatch(plain):
                yield Finding(Kind.LINK_BARE, quoted(name), line.number)
            elif first_address.setdefault(plain, href) != href:
                yield Finding(Kind.LINK_DOUBLE, quoted(name), line.number)


def tables(tokens: Sequence[Token]) -> Iterator[Finding]:
    """The first cell of the header may be empty: it stands above the names of the rows."""
    cells: list[str] = []
    line = 0
    for token, inside in pairwise(tokens):
        if token.type == "thead_open":
            cells, line = [], number_of(token)
        elif token.type == "th_open":
            cells.append(words_of(inside.children or ()).strip() if inside.type == "inline" else "")
        elif token.type == "thead_close" and not all(cells[1:] or cells):
            yield Finding(Kind.TABLE_WITHOUT_HEADER, quoted(" | ".join(filter(None, cells))), line)


def images(lines: Iterable[Line]) -> Iterator[Finding]:
    for line in lines:
        for child in line.token.children or ():
            if child.type != "image":
                continue
            text = words_of(child.children or ()).strip()
            if not text or text.casefold() in _NO_DESCRIPTION or _FILE_NAME.fullmatch(text):
                yield Finding(Kind.IMAGE_WITHOUT_DESCRIPTION, quoted(text or str(child.attrs["src"])), line.number)


def languages(lines: Iterable[Line]) -> Iterator[Finding]:
    """Pieces in another language that are not marked as such."""
    for line in lines:
        for piece in foreign_in(dutch_words_of(line.token.children or ())):
            yield Finding(Kind.FOREIGN, quoted(piece.text), line.number, str(LANGUAGES[piece.code]))


def callouts(tokens: Sequence[Token]) -> Iterator[Finding]:
    """Callouts with a name that is none, or with nothing but their name."""
    for number, token in enumerate(tokens):
        if token.type == "blockquote_open":
            first = tokens[number + 1 : number + 3]
            named = _NAMED.match(first[1].content) if first[0].type == "paragraph_open" else None
            if named:
                kinds = ", ".join(f"[{kind}]" for kind in CALLOUTS)
                yield Finding(Kind.CALLOUT_UNKNOWN, quoted(named[1]), number_of(token), kinds)
        elif token.type == "callout_open" and tokens[number + 4].type == "callout_close":
            yield Finding(Kind.CALLOUT_EMPTY, quoted(tokens[number + 2].content), number_of(token))


def lay_out(tokens: Sequence[Token], lines: Sequence[Line]) -> Iterator[Finding]:
    since_heading = told = 0
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            since_heading = told = 0
        elif token.type == "inline":
            since_heading += len(token.content.split())
            if since_heading > LONG_WITHOUT_HEADING and not told:
                told = 1
                yield Finding(Kind.FEW_HEADINGS, quoted(words_of(token.children or ())), number_of(token))
        if before.type == "paragraph_open" and before.level == 0 and _is_all_bold(token):
            text = words_of(token.children or ())
            yield Finding(Kind.HEADING_IN_BOLD, quoted(text), number_of(token))
    for line in lines:
        for text in texts_outside_links(line.token):
            for address in ADDRESS.findall(text):
                yield Finding(Kind.ADDRESS_IN_TEXT, quoted(address), line.number)


def _is_all_bold(token: Token) -> bool:
    children = [child for child in token.children or () if child.type != "text" or child.content.strip()]
    if len(children) < 3 or (children[0].type, children[-1].type) != ("strong_open", "strong_close"):
        return False
    one_only = sum(child.type == "strong_open" for child in children) == 1
    return one_only and not words_of(children).rstrip().endswith((".", "!", "?"))
