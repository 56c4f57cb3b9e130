"""A text between the page and a file: its headings, paragraphs, lists, tables, quotations and callouts, without any markup.

It is read from the clean HTML that the page shows, so that every file has the same words. Pure.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from lxml import html as parser  # type: ignore[import-untyped]

from meedoen.kernel.markup import CALLOUT

_SPACES = re.compile(r"[ \t\n\r\f]+")  # what a page shows as one space; others, as between a number and its unit, stay
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS: dict[str, Any] = {"strong": {"is_strong": True}, "em": {"is_emphasised": True}, "code": {"is_code": True}}
_WRITTEN_OUT = ("mailto:", "tel:")  # the address is what follows


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look the same; a line break is a run of its own, ``\\n``."""

    text: str
    url: str = ""
    is_strong: bool = False
    is_emphasised: bool = False
    is_code: bool = False
    language: str = ""  # where it is another than that of the document

    @property
    def address(self) -> str:
        """The address as people read it, where the words do not say it already."""
        shown = self.url
        for scheme in _WRITTEN_OUT:
            shown = shown.removeprefix(scheme)
        return "" if shown == self.text.strip() else shown


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the document is of level 1."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered from ``start`` or with dashes (``start`` is None)."""

    items: "tuple[tuple[Block, ...], ...]"
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Callout:
    """What stands apart from the text under the name of its kind, such as a tip."""

    name: str
    blocks: "tuple[Block, ...]"
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below a head; each row is as long as the head."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines that stand as they were typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """Where one subject ends and another begins."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture kept as ``file``, a JPEG or PNG of so many pixels; ``alt`` is empty where it is only decoration."""

    file: str
    alt: str
    caption: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something comes that is no words, by its name; ``with_places_filled`` puts it there."""

    name: str


Block = Heading | Paragraph | Items | Quotation | Callout | Table | Verbatim | Ruler | Picture | Place


@dataclass(frozen=True, slots=True)
class Document:
    """All that goes into a file; the same document gives the same file."""

    title: str
    summary: str
    author: str
    site: str
    url: str
    changed_on: str  # as an ISO date
    blocks: tuple[Block, ...]


def plain(text: str) -> Runs:
    """Words without anything to them."""
    return (Run(text),) if text else ()


def linked(text: str, url: str) -> Runs:
    """Words that lead somewhere."""
    return (Run(text, url=url),)


def words_of(runs: Runs) -> str:
    """The words of a piece of text, and nothing of what they look like."""
    return "".join(run.text for run in runs)


def in_words(picture: Picture) -> "tuple[Block, ...]":
    """A picture for where only words go along: what is on it, and what stands below it."""
    said = _("Beeld: %(text)s") % {"text": picture.alt} if picture.alt else ""
    return tuple(Paragraph(plain(words)) for words in (said, picture.caption) if words)


def with_places_filled(blocks: Iterable[Block], fill: Callable[[str], Iterable[Block]]) -> tuple[Block, ...]:
    """``blocks`` with what belongs there in each place, also in lists and quotations."""
    made: list[Block] = []
    for block in blocks:
        match block:
            case Place(name):
                made += fill(name)
            case Items(items, start):
                made.append(Items(tuple(with_places_filled(item, fill) for item in items), start))
            case Quotation(inside):
                made.append(Quotation(with_places_filled(inside, fill)))
            case Callout(_name, inside):
                made.append(replace(block, blocks=with_places_filled(inside, fill)))
            case _:
                made.append(block)
    return tuple(made)


def pictures_in(blocks: Iterable[Block]) -> Iterator[Picture]:
    """All pictures, in the order in which they are seen."""
    for block in blocks:
        match block:
            case Picture():
                yield block
            case Items(items):
                for item in items:
                    yield from pictures_in(item)
            case Quotation(inside) | Callout(_, inside):
                yield from pictures_in(inside)


def told(table: Table) -> Items:
    """The rows of a table one by one, each cell after the name of its column: for who hears it, or where it is too wide."""
    rows = []
    for row in table.rows:
        runs: list[Run] = []
        for name, cell in zip(table.head, row, strict=True):
            if cell:
                runs += [*(plain("\n") if runs else ()), *(plain(f"{words_of(name)}: ") if name else ()), *cell]
        rows.append((Paragraph(tuple(runs)),))
    return Items(tuple(rows))


def runs_in(blocks: Iterable[Block]) -> Iterator[Run]:
    """All pieces of text, in the order in which they are read."""
    for block in blocks:
        match block:
            case Heading(_, runs) | Paragraph(runs):
                yield from runs
            case Items(items):
                for item in items:
                    yield from runs_in(item)
            case Quotation(inside) | Callout(_, inside):
                yield from runs_in(inside)
            case Table(head, rows):
                for cell in (*head, *(cell for row in rows for cell in row)):
                    yield from cell or plain(" ")
            case Verbatim(text):
                yield from (Run(line, is_code=True) for line in text.split("\n"))
            case Picture(_file, alt, caption):
                yield from (*plain(alt), *plain(caption))


def blocks_of(html: str, *, base: str) -> tuple[Block, ...]:
    """What stands in ``html``, made by ``render_markdown``; addresses without a site are of the one at ``base``."""
    if not html.strip():
        return ()
    return tuple(_blocks(parser.fragment_fromstring(html, create_parent="div"), base))


def _blocks(parent: Any, base: str) -> Iterator[Block]:
    """The blocks inside an element, and the loose words between them as paragraphs."""
    loose: list[Run] = list(_text(parent.text, Run("")))
    for element in parent:
        block = _block(element, base)
        if block is None:
            loose += _inside(element, Run(""), base)
        else:
            yield from _paragraph(loose)
            loose = []
            if not isinstance(block, Heading | Paragraph) or block.runs:  # a heading without words leads nowhere
                yield block
        loose += _text(element.tail, Run(""))
    yield from _paragraph(loose)


def _block(element: Any, base: str) -> Block | None:
    """The element as a block; none where it stands between words."""
    match element.tag:
        case "p":
            return Paragraph(_trimmed(_inside(element, Run(""), base)))
        case "ul" | "ol":
            start = int(element.get("start", 1)) if element.tag == "ol" else None
            return Items(tuple(tuple(_blocks(item, base)) for item in element.iterchildren("li")), start)
        case "blockquote":
            return Quotation(tuple(_blocks(element, base)))
        case "div":
            return _callout(element, base)
        case "table":
            return _table(element, base)
        case "pre":
            return Verbatim(element.text_content().rstrip("\n"))
        case "hr":
            return Place(element.get("data-insert")) if element.get("data-insert") else Ruler()
        case tag if tag in _HEADINGS:
            return Heading(_HEADINGS[tag], _trimmed(_inside(element, Run(""), base)))
    return None


def _callout(element: Any, base: str) -> Callout:
    name, *blocks = _blocks(element, base)
    said = words_of(name.runs) if isinstance(name, Paragraph) else ""
    return Callout(said, tuple(blocks), is_warning=f"{CALLOUT}--warning" in element.get("class", "").split())


def _table(element: Any, base: str) -> Table:
    head, *rows = (
        tuple(_trimmed(_inside(cell, Run(""), base)) for cell in row.iterchildren("th", "td"))
        for row in element.iter("tr")
    )
    return Table(head, tuple((row + ((),) * len(head))[: len(head)] for row in rows))


def _inside(element: Any, look: Run, base: str) -> Iterator[Run]:
    """The words of an element that stands between words, with how they look."""
    if element.tag == "br":
        yield replace(look, text="\n")
        return
    if element.tag in _MARKS:
        look = replace(look, **_MARKS[element.tag])
    elif element.tag == "span" and element.get("lang"):
        look = replace(look, language=element.get("lang"))
    elif element.tag == "a" and element.get("href"):
        look = replace(look, url=_absolute(element.get("href"), base))
    yield from _text(element.text, look)
    for child in element:
        yield from _inside(child, look, base)
        yield from _text(child.tail, look)


def _absolute(address: str, base: str) -> str:
    try:
        return urljoin(f"{base}/", address)
    except ValueError:  # what people type between the brackets may be no address
        return address


def _text(text: str | None, look: Run) -> Iterator[Run]:
    """Words with one space between them, as a page shows them."""
    if text:
        yield replace(look, text=_SPACES.sub(" ", text))


def _paragraph(runs: Iterable[Run]) -> Iterator[Paragraph]:
    trimmed = _trimmed(runs)
    if trimmed:
        yield Paragraph(trimmed)


def _trimmed(runs: Iterable[Run]) -> Runs:
    """The words without what is empty, with no space at the ends, around a break or twice; pieces that look alike are one."""
    made: list[Run] = []
    for run in runs:
        text = run.text
        if text != "\n" and (not made or made[-1].text.endswith((" ", "\n"))):
            text = text.lstrip(" ")
        if text == "\n" and made:
            made[-1] = replace(made[-1], text=made[-1].text.rstrip(" "))
        if not text:
            continue
        if made and text != "\n" and made[-1].text != "\n" and replace(made[-1], text="") == replace(run, text=""):
            made[-1] = replace(made[-1], text=made[-1].text + text)
        else:
            made.append(replace(run, text=text))
    while made and not made[-1].text.strip():
        made.pop()
    if made:
        made[-1] = replace(made[-1], text=made[-1].text.rstrip())
    return tuple(run for run in made if run.text)
