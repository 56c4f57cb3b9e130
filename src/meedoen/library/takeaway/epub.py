"""A text as an e-book: EPUB 3 with contents, language, and what it says of its own accessibility."""

import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml.builder import ElementMaker  # type: ignore[import-untyped]

from meedoen.files.rules import MEDIA_TYPES, Type

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
    Run,
    Table,
    Verbatim,
    in_words,
    pictures_in,
    words_of,
)
from .drawn import content_of

LANGUAGE = "nl"
LONGEST_CONTENTS = 3  # levels of headings
WHEN = (1980, 1, 1, 0, 0, 0)  # in the archive, where a day says nothing: the same text gives the same file
SUMMARY = "Koppen, lijsten, tabellen en citaten zijn als zodanig gemaakt, en de inhoudsopgave leidt naar elke kop."
WITHOUT_PICTURES = "Dit e-boek is helemaal tekst. Er staan geen afbeeldingen in."
WITH_PICTURES = "Bij elke afbeelding staat in woorden wat erop staat, behalve bij versiering."
# What the file says of itself, in the words of schema.org; the first of each pair may come more than once.
ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityHazard", "none"),
)
STYLE = """\
body { line-height: 1.5; text-align: left; hyphens: none; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; break-after: avoid; }
em { font-style: normal; font-weight: bold; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 0.2em solid; }
.kader { margin: 1em 0; padding: 0 1em; border: 0.06em solid; border-left-width: 0.4em; }
.let-op { border-style: double; border-width: 0.3em; }
table { border-collapse: collapse; }
th, td { border: 0.06em solid; padding: 0.4em; text-align: left; vertical-align: top; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
a { overflow-wrap: anywhere; }
figure { margin: 1em 0; }
img { max-width: 100%; }
"""

_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "http://www.idpf.org/2007/ops"
_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Pictures = dict[str, tuple[str, bytes]]
H = ElementMaker(namespace=_XHTML, nsmap={None: _XHTML, "epub": _OPS})
P = ElementMaker(namespace=_OPF, nsmap={None: _OPF, "dc": _DC})
DC = ElementMaker(namespace=_DC, nsmap={"dc": _DC})
C = ElementMaker(namespace=_CONTAINER, nsmap={None: _CONTAINER})


def write(document: Document) -> bytes:
    """The e-book; the same document gives the same bytes."""
    pictures = _pictures(document)
    parts = {
        "META-INF/container.xml": _xml(_container()),
        "EPUB/package.opf": _xml(_package(document, pictures)),
        "EPUB/inhoud.xhtml": _page(document, _contents(document)),
        "EPUB/tekst.xhtml": _page(document, _text(document, pictures)),
        "EPUB/stijl.css": STYLE.encode(),
        **{f"EPUB/{name}": content for name, content in pictures.values()},
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", WHEN), b"application/epub+zip", zipfile.ZIP_STORED)
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _pictures(document: Document) -> dict[str, tuple[str, bytes]]:
    """(name in the book, content) by the file of each picture, one that comes twice once."""
    found: dict[str, tuple[str, bytes]] = {}
    for picture in pictures_in(document.blocks):
        content = content_of(picture)
        if content is not None and picture.file not in found:
            found[picture.file] = (f"beeld-{len(found) + 1}.{picture.file.rpartition('.')[2]}", content)
    return found


def _accessibility(pictures: Pictures) -> list[tuple[str, str]]:
    summary = f"{WITH_PICTURES if pictures else WITHOUT_PICTURES} {SUMMARY}"
    seen = [("accessMode", "visual"), ("accessibilityFeature", "alternativeText")] if pictures else []
    return [*ACCESSIBILITY, *seen, ("accessibilitySummary", summary)]


def _container() -> Any:
    file = C.rootfile({"full-path": "EPUB/package.opf", "media-type": "application/oebps-package+xml"})
    return C.container(C.rootfiles(file), version="1.0")


def _package(document: Document, pictures: Pictures) -> Any:
    modified = P.meta(f"{document.changed_on}T00:00:00Z", property="dcterms:modified")
    about = P.metadata(
        DC.identifier(f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, document.url)}", id="id"),
        DC.title(document.title),
        DC.language(LANGUAGE),
        DC.creator(document.author),
        DC.publisher(document.site),
        DC.description(document.summary),
        DC.source(document.url),
        DC.date(document.changed_on),
        modified,
        *(P.meta(value, property=f"schema:{name}") for name, value in _accessibility(pictures)),
    )
    page = "application/xhtml+xml"
    return P.package(
        {"version": "3.0", "unique-identifier": "id", _XML_LANG: LANGUAGE},
        about,
        P.manifest(
            P.item({"id": "inhoud", "href": "inhoud.xhtml", "media-type": page, "properties": "nav"}),
            P.item({"id": "tekst", "href": "tekst.xhtml", "media-type": page}),
            P.item({"id": "stijl", "href": "stijl.css", "media-type": "text/css"}),
            *(
                P.item({"id": name.partition(".")[0], "href": name, "media-type": MEDIA_TYPES[Type(name[-3:])]})
                for name, _content in pictures.values()
            ),
        ),
        P.spine(P.itemref(idref="tekst")),
    )


def _page(document: Document, content: Any) -> bytes:
    head = H.head(H.title(document.title), H.link(rel="stylesheet", href="stijl.css", type="text/css"))
    page = H.html({"lang": LANGUAGE, _XML_LANG: LANGUAGE}, head, H.body(content))
    return _xml(page, doctype="<!DOCTYPE html>")


def _contents(document: Document) -> Any:
    """The headings as a list of links, those of a lower level inside the one that they stand under."""
    top = H.ol()
    open_lists = [(0, top)]
    for number, heading in enumerate(_headings(document.blocks)):
        if heading.level > LONGEST_CONTENTS:
            continue
        while open_lists[-1][0] >= heading.level:
            open_lists.pop()
        above = open_lists[-1][1]
        if above.tag != f"{{{_XHTML}}}ol":  # the first one below that heading
            inner = H.ol()
            above.append(inner)
            above = inner
            open_lists[-1] = (open_lists[-1][0], inner)
        item = H.li(H.a(words_of(heading.runs), href=f"tekst.xhtml#kop-{number}"))
        above.append(item)
        open_lists.append((heading.level, item))
    return H.nav({f"{{{_OPS}}}type": "toc", "id": "inhoud"}, H.h1("Inhoud"), top)


def _headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    """The headings that stand in no list and no quotation."""
    return (block for block in blocks if isinstance(block, Heading))


def _text(document: Document, pictures: Pictures) -> Any:
    whole = H.section({f"{{{_OPS}}}type": "bodymatter"})
    number = 0
    for block in document.blocks:
        made = _block(block, pictures)
        if isinstance(block, Heading):
            made.set("id", f"kop-{number}")
            number += 1
        whole.append(made)
    return whole


def _block(block: Block, pictures: Pictures) -> Any:
    match block:
        case Heading(level, runs):
            return H(f"h{level}", *map(_run, runs))
        case Paragraph(runs):
            return H.p(*map(_run, runs))
        case Items(items, start):
            made = H.ul() if start is None else H.ol()
            if start not in (None, 1):
                made.set("start", str(start))
            made.extend(H.li(*(_block(each, pictures) for each in item)) for item in items)
            return made
        case Quotation(blocks):
            return H.blockquote(*(_block(each, pictures) for each in blocks))
        case Callout(name, blocks, is_warning):
            look = "kader let-op" if is_warning else "kader"
            inside = (_block(each, pictures) for each in blocks)
            return H.div({"class": look, "role": "note"}, H.p(H.strong(name)), *inside)
        case Table(head, rows):
            names = H.tr(*(H.th(*map(_run, cell), scope="col") for cell in head))
            cells = [H.tr(*(H.td(*map(_run, cell)) for cell in row)) for row in rows]
            return H.table(H.thead(names), *([H.tbody(*cells)] if cells else []))
        case Verbatim(text):
            return H.pre(H.code(text))
        case Ruler():
            return H.hr()
        case Picture(file, alt, caption) if file in pictures:
            below = [H.figcaption(caption)] if caption else []
            return H.figure(H.img(src=pictures[file][0], alt=alt), *below)
        case Picture():
            return H.div(*(_block(each, pictures) for each in in_words(block)))


def _run(run: Run) -> Any:
    """The words as an element, or as they are where nothing is to be seen of them."""
    made: Any = H.br() if run.text == "\n" else run.text
    for is_so, tag in ((run.is_code, "code"), (run.is_emphasised, "em"), (run.is_strong, "strong")):
        if is_so:
            made = H(tag, made)
    if run.language:
        made = H.span({"lang": run.language, _XML_LANG: run.language}, made)
    return H.a(made, href=run.url) if run.url else made


def _xml(element: Any, doctype: str | None = None) -> bytes:
    written: bytes = etree.tostring(element, encoding="utf-8", xml_declaration=True, doctype=doctype)
    return written
