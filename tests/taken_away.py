"""Documents to write, and files to read again."""

import io
import re
import zipfile

import pikepdf
import pypdfium2
from lxml import etree

from meedoen.kernel.text import render_markdown
from meedoen.library.takeaway.document import Document, Heading, blocks_of, plain
from meedoen.pages.feeds import clean

BASE = "https://netwerk.example"
XHTML = {"h": "http://www.w3.org/1999/xhtml"}


def document(body: str, **fields) -> Document:
    """A document of that Markdown."""
    fields = {
        "title": "Een titel",
        "summary": "Kort gezegd.",
        "author": "De redactie",
        "site": "Iedereen doet mee!",
        **fields,
    }
    blocks = (Heading(1, plain(fields["title"])), *blocks_of(render_markdown(clean(body)), base=BASE))
    return Document(url=f"{BASE}/kennisbank/tekst/", changed_on="2026-11-23", blocks=blocks, **fields)


def pdf_words(content: bytes) -> str:
    """The words of a PDF as a program takes them out, without the number at the foot of each page."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    text = " ".join(re.sub(r"\s*Bladzijde \d+ van \d+\s*$", "", page.strip()) for page in pages)
    return re.sub(r"[\ufffe\x02]\s*", "", text)  # a word that goes on below


def epub_words(content: bytes) -> str:
    """The words of an e-book, its contents left out."""
    body = etree.fromstring(epub_part(content, "EPUB/tekst.xhtml")).find("h:body", XHTML)
    for element in body.iter():
        if etree.QName(element).localname in ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "br", "pre"):
            element.tail = f" {element.tail or ''}"
    return "".join(body.itertext())


def epub_part(content: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read(name)


def same(text: str) -> str:
    """The words alone: no marks of lists, no addresses in brackets, no hyphens, however the lines end."""
    text = re.sub(r"\s*\(\s*(?:https?:[^)]*|[\w.-]+@[^)]*|\+[\d ]+)\)", "", " ".join(text.split()))
    text = re.sub(r"(?<=\w)- ?(?=\w)", "", text)  # at the end of a line nobody can tell what kind of hyphen it is
    return " ".join(word for word in text.split() if not re.fullmatch(r"[-•]|\d+\.", word))


class Tags:
    """The structure tree of a PDF, and what is on its pages outside it."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.elements = list(self._walk(self.pdf.Root.StructTreeRoot.K))

    def _walk(self, node):
        if isinstance(node, pikepdf.Array):
            for each in node:
                yield from self._walk(each)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            if "/K" in node:
                yield from self._walk(node.K)

    @property
    def names(self) -> list[str]:
        """The kinds of element, in reading order."""
        return [str(element.S).lstrip("/") for element in self.elements]

    def attributes(self, name: str) -> list[dict[str, str]]:
        """What is said of each element of a kind."""
        found = []
        for element in self.elements:
            if str(element.S) == f"/{name}":
                told = element.get("/A", [])
                merged = {}
                for each in told if isinstance(told, pikepdf.Array) else [told]:
                    merged |= {key: str(value) for key, value in each.items()}
                found.append(merged)
        return found

    def untagged(self) -> list[str]:
        """What shows text and belongs to no element and is no decoration."""
        found = []
        for page in self.pdf.pages:
            inside = []
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name in ("BDC", "BMC"):
                    marked = str(operands[0]) == "/Artifact" or (len(operands) > 1 and "/MCID" in operands[1])
                    inside.append(marked)
                elif name == "EMC":
                    inside.pop()
                elif name in ("Tj", "TJ", "'", '"') and not any(inside):
                    found.append(name)
        return found

    def links(self) -> dict[str, str]:
        """What each link is called, by where it leads."""
        annotations = [each for page in self.pdf.pages for each in page.get("/Annots", [])]
        return {str(each.A.URI): str(each.get("/Contents", "")) for each in annotations}
