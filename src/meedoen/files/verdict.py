"""Whether a PDF can be read aloud: what its structure says, and what it lacks. The words are of who shows it."""

import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pikepdf
from pikepdf import Name, Pdf

from .rules import MAX_PDF_PARTS

# The kinds of structure that a tree has to use to say anything (ISO 32000-1, 14.8.4); a single /Document says nothing.
_SAYS = frozenset(
    {"/P", "/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/LI", "/Table", "/Figure", "/Span", "/Link"}
)
_HEADINGS = frozenset({"/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Title"})
LONG = 4  # pages; a document of so many without a heading cannot be gone through by who hears it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. ``language`` is as the file says it, empty for none; ``is_scan``: there are pictures and no letters."""

    pages: int
    is_tagged: bool
    is_scan: bool
    language: str
    headings: int
    figures: int
    undescribed: int  # of the figures
    tables: int
    headless: int  # of the tables: without a cell that is a header

    @property
    def is_readable(self) -> bool:
        """Whether somebody who hears it gets its words in their order."""
        return self.is_tagged and not self.is_scan

    @property
    def lacks_headings(self) -> bool:
        """Whether it is long and has no heading to go by."""
        return self.is_readable and self.pages >= LONG and not self.headings

    def as_row(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)


def verdict(content: bytes) -> Verdict:
    """What ``content``, a PDF that we cleaned (``documents.cleaned_pdf``), is for who hears it."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        roles = _roles(pdf)
        kinds: dict[str, int] = {}
        undescribed = headless = 0
        for element in _elements(pdf):
            kind = _kind(element, roles)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kind == "/Figure" and not (_words(element, "/Alt") or _words(element, "/ActualText")):
                undescribed += 1
            if kind == "/Table" and not any(_kind(inside, roles) == "/TH" for inside in _below(element)):
                headless += 1
        marked = pdf.Root.get("/MarkInfo")
        is_marked = isinstance(marked, pikepdf.Dictionary) and bool(marked.get("/Marked", False))
        return Verdict(
            pages=len(pdf.pages),
            is_tagged=is_marked and bool(_SAYS & kinds.keys()),
            is_scan=_is_scan(pdf),
            language=_words(pdf.Root, "/Lang"),
            headings=sum(count for kind, count in kinds.items() if kind in _HEADINGS),
            figures=kinds.get("/Figure", 0),
            undescribed=undescribed,
            tables=kinds.get("/Table", 0),
            headless=headless,
        )


def _elements(pdf: Pdf) -> Iterator[pikepdf.Object]:
    root = pdf.Root.get("/StructTreeRoot")
    if isinstance(root, pikepdf.Dictionary):
        yield from _below(root)


def _below(top: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element under one, however deep; one that stands in itself is met once."""
    waiting, met = [top], set()
    for _part in range(MAX_PDF_PARTS):
        if not waiting:
            return
        element = waiting.pop()
        for child in _children(element):
            if child.is_indirect:
                if child.objgen in met:
                    continue
                met.add(child.objgen)
            yield child
            waiting.append(child)


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    found = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in found if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _roles(pdf: Pdf) -> dict[str, str]:
    """What the file's own names for kinds stand for."""
    root = pdf.Root.get("/StructTreeRoot")
    found = root.get("/RoleMap") if isinstance(root, pikepdf.Dictionary) else None
    if not isinstance(found, pikepdf.Dictionary):
        return {}
    return {str(own): str(found[own]) for own in found.keys()}  # noqa: SIM118  not a dict


def _kind(element: pikepdf.Object, roles: dict[str, str]) -> str:
    kind = str(element.get("/S", ""))
    for _step in range(5):  # a name may stand for a name
        if kind not in roles or roles[kind] == kind:
            break
        kind = roles[kind]
    return kind


def _words(element: pikepdf.Object, name: str) -> str:
    found = element.get(name)
    return str(found).strip() if isinstance(found, pikepdf.String) else ""


def _is_scan(pdf: Pdf) -> bool:
    """Whether it shows pictures and not one letter; a scan in which a machine put letters has them."""
    has_pictures = False
    for each in pdf.objects:
        if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if each.get("/Type") == Name.Font:
            return False
        has_pictures = has_pictures or each.get("/Subtype") == Name.Image
    return has_pictures
