"""What documents say: of each kind that we take, bounded whatever is in them."""

import time

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.files import words
from meedoen.files.words import words_of

from .samples import package, picture

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
O = (  # noqa: E741  as it is called in OpenDocument
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
WORD = package(
    {
        "word/document.xml": f"<w:document {W}><w:body><w:p><w:r><w:t>De </w:t></w:r><w:r><w:t>drempel</w:t><w:tab/>"
        "<w:t>is weg.</w:t></w:r><w:del><w:r><w:delText>Geschrapt</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cel</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {W}><w:p><w:r><w:t>Een noot.</w:t></w:r></w:p></w:footnotes>",
        "word/comments.xml": f"<w:comments {W}><w:p><w:r><w:t>Opmerking van Ans.</w:t></w:r></w:p></w:comments>",
    }
)
SLIDES = package(
    {
        f"ppt/slides/slide{number}.xml": f"<p:sld {A}><a:p><a:r><a:t>Dia {number}</a:t></a:r></a:p></p:sld>"
        for number in (10, 2)
    }
    | {"ppt/notesSlides/notesSlide1.xml": f"<p:notes {A}><a:p><a:r><a:t>Zeg dit niet</a:t></a:r></a:p></p:notes>"}
)
SHEET = package(
    {"xl/sharedStrings.xml": f"<sst {S}><si><t>Gemeente</t></si><si><r><t>Ut</t></r><r><t>recht</t></r></si></sst>"}
)
OPEN = package(
    {
        "content.xml": f"<office:document-content {O}><text:h>Kop</text:h><text:p>Een<text:s/>regel"
        "<office:annotation><dc:creator>Ans</dc:creator><text:span>weg</text:span></office:annotation>.</text:p>"
        "</office:document-content>"
    }
)
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ans>Hallo &amp; welkom\n\n00:02.000 --> 00:03.000\n<v Ans>Hallo &amp; welkom\n"


def pdf(source: str) -> bytes:
    return bytes(typst.compile(source.encode(), format="pdf"))


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (
            pdf("= Begroting\nDe schommel kost geld.\n#pagebreak()\nEinde."),
            "pdf",
            "Begroting\nDe schommel kost geld.\nEinde.",
        ),
        (WORD, "docx", "De drempel is weg.\nCel\nEen noot."),
        (SLIDES, "pptx", "Dia 2\nDia 10"),
        (SHEET, "xlsx", "Gemeente\nUtrecht"),
        (OPEN, "odt", "Kop\nEen regel."),
        (b"Regel\n\n  twee\n", "txt", "Regel\ntwee"),
        (CAPTIONS, "vtt", "Hallo & welkom"),
        (picture(), "jpg", ""),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) == 4 else "",
)
def test_each_kind_says_what_its_readers_see(content, kind, said):
    assert words_of(content, kind).replace("footnotes", "") == said


def test_a_word_that_goes_on_in_the_next_line_stays_one():
    found = words_of(
        pdf('#set page(width: 4cm)\n#set text(lang: "nl", hyphenate: true)\nToegankelijkheidsverklaring'), "pdf"
    )
    assert found == "Toegankelijkheidsverklaring"


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt", "pptx", "xlsx", "txt", "vtt"])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nnothing", b"PK\x03\x04" + b"\0" * 50, b"\0\xff" * 50])
def test_what_is_broken_says_nothing_and_breaks_nothing(kind, content):
    assert "\0" not in words_of(content, kind)


def test_a_long_one_is_cut(monkeypatch):
    monkeypatch.setattr(words, "MAX_WORDS", 600)
    for content, kind in (
        (pdf("#for i in range(2000) [woord ]"), "pdf"),
        (package({"xl/sharedStrings.xml": f"<sst {S}>" + "<si><t>woord</t></si>" * 100_000 + "</sst>"}), "xlsx"),
        (b"woord " * 2_000, "txt"),
    ):
        assert 590 < len(words_of(content, kind)) <= 600


def test_one_that_takes_too_long_is_left(monkeypatch):
    monkeypatch.setattr(words, "MAX_SECONDS", 0.01)
    began = time.monotonic()
    assert words_of(pdf("Traag."), "pdf") == ""
    assert time.monotonic() - began < 30


def test_what_is_nested_without_end_is_left():
    deep = f"<w:document {W}>" + "<w:p>" * 250 + "diep" + "</w:p>" * 250 + "</w:document>"
    assert words_of(package({"word/document.xml": deep}), "docx") == "diep"
    endless = f"<w:document {W}>" + "<w:p>" * 50_000 + "diep" + "</w:p>" * 50_000 + "</w:document>"
    assert words_of(package({"word/document.xml": endless}), "docx") == ""


def test_an_entity_says_nothing():
    bomb = f'<!DOCTYPE x [<!ENTITY a "boem"><!ENTITY b SYSTEM "file:///etc/passwd">]><w:p {W}><w:t>&a;&b;</w:t></w:p>'
    assert words_of(package({"word/document.xml": bomb}), "docx") == ""


@settings(max_examples=30)
@given(st.text(max_size=100))
def test_any_text_can_be_kept(text):
    found = words_of(text.encode(errors="surrogatepass"), "txt")
    assert found == found.encode(errors="ignore").decode()
    assert "\0" not in found
