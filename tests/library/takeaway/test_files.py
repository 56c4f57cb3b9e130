"""The files themselves: tags of a PDF, parts of an e-book, lines of plain text; and texts that nobody meant well with."""

import time

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.taken_away import XHTML, Tags, document, epub_part, epub_words, pdf_words, same

from meedoen.library.takeaway import epub, pdf, plain

ALL_PARTS = """\
Een zin met **dik**, *schuin* en [een link](https://vng.example/).

## Een kop

- een
- twee

1. drie
2. vier

### Daaronder

> Gezegd.

> [let op]
> Wij zeggen [Engels: *design* for all].

## Nog een kop

| Wat | Wie |
| --- | --- |
| Helling | de gemeente |
"""
PDFS = [pytest.param(False, id="normal"), pytest.param(True, id="large")]


@pytest.fixture(scope="module", params=PDFS)
def tags(request):
    return Tags(pdf.write(document(ALL_PARTS), large=request.param))


def test_a_pdf_says_its_title_and_language(tags):
    root = tags.pdf.Root
    assert (str(root.Lang), bool(root.MarkInfo.Marked), bool(root.ViewerPreferences.DisplayDocTitle)) == (
        "nl-NL",
        True,
        True,
    )
    said = tags.pdf.open_metadata()
    assert (said["dc:title"], said["dc:creator"], said["pdfuaid:part"]) == ("Een titel", ["De redactie"], "1")


def test_a_pdf_has_its_parts_in_order(tags):
    shown = [name for name in tags.names if name in ("H1", "H2", "H3", "L", "BlockQuote", "Table", "Link")]
    assert shown == ["H1", "Link", "H2", "L", "L", "H3", "BlockQuote", "H2", "Table"]
    assert tags.names.count("LI") == tags.names.count("LBody") == 4
    assert tags.names.count("Lbl") == 4


def test_a_table_in_a_pdf_has_headers_of_columns(tags):
    assert [each["/Scope"] for each in tags.attributes("TH")] == ["/Column", "/Column"]
    assert tags.names.count("TR") == 2
    assert tags.names.count("TD") == 2


def test_a_link_in_a_pdf_says_where_it_leads(tags):
    assert tags.links() == {"https://vng.example/": "https://vng.example/"}


def test_words_in_another_language_say_so_in_a_pdf(tags):
    content = b"".join(page.Contents.read_bytes() for page in tags.pdf.pages)
    assert content.count(b"/Lang(en)") == 2  # "design", and "for all"


def test_all_words_of_a_pdf_are_tagged(tags):
    assert tags.untagged() == []
    assert {page.get("/Tabs") for page in tags.pdf.pages} == {pikepdf.Name("/S")}


def test_no_typeface_of_the_machine_is_in_a_pdf(tags):
    fonts = {str(font.BaseFont) for page in tags.pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all("AtkinsonHyperlegibleNext" in font for font in fonts)


def test_large_print_is_large():
    sizes = {}
    for large in (False, True):
        found = Tags(pdf.write(document("Een zin."), large=large)).pdf
        sizes[large] = max(
            float(operands[1])
            for operands, operator in pikepdf.parse_content_stream(found.pages[0])
            if str(operator) == "Tf"
        )
    assert len(Tags(pdf.write(document("Een zin. " * 300), large=True)).pdf.pages) > len(
        Tags(pdf.write(document("Een zin. " * 300))).pdf.pages
    )
    assert sizes == {False: 24, True: 32}  # of the title; the text beside it is 12 and 20


def test_an_e_book_has_its_parts():
    made = epub.write(document(ALL_PARTS))
    assert made[:58] == b"PK\x03\x04" + made[4:30] + b"mimetypeapplication/epub+zip"  # first, and not compressed
    package = etree.fromstring(epub_part(made, "EPUB/package.opf"))
    said = {
        (element.get("property") or etree.QName(element).localname): element.text
        for element in package.find("{*}metadata")
    }
    assert said["language"] == "nl"
    assert said["title"] == "Een titel"
    assert said["dcterms:modified"] == "2026-11-23T00:00:00Z"
    assert {name for name in said if name.startswith("schema:")} == {
        "schema:accessMode",
        "schema:accessModeSufficient",
        "schema:accessibilityFeature",
        "schema:accessibilityHazard",
        "schema:accessibilitySummary",
    }
    names = {item.get("href") for item in package.iter("{*}item")}
    assert all(epub_part(made, f"EPUB/{name}") for name in names)


def test_callouts_and_languages_in_an_e_book():
    page = etree.fromstring(epub_part(epub.write(document(ALL_PARTS)), "EPUB/tekst.xhtml"))
    (callout,) = page.iterfind(".//h:div", XHTML)
    assert (callout.get("role"), "".join(callout.itertext())) == ("note", "Let opWij zeggen design for all.")
    spans = [(span.get("lang"), "".join(span.itertext())) for span in callout.iterfind(".//h:span", XHTML)]
    assert spans == [("en", "design"), ("en", " for all")]


def test_the_contents_of_an_e_book_lead_to_each_heading():
    made = epub.write(document(ALL_PARTS))
    contents = etree.fromstring(epub_part(made, "EPUB/inhoud.xhtml"))
    text = etree.fromstring(epub_part(made, "EPUB/tekst.xhtml"))
    headings = {f"tekst.xhtml#{each.get('id')}": "".join(each.itertext()) for each in text.xpath("//*[@id]")}
    assert {each.get("href"): each.text for each in contents.iterfind(".//h:a", XHTML)} == headings
    assert list(headings.values()) == ["Een titel", "Een kop", "Daaronder", "Nog een kop"]
    assert [len(each.xpath("ancestor::h:ol", namespaces=XHTML)) for each in contents.iterfind(".//h:a", XHTML)] == [
        1,
        2,
        3,
        2,
    ]


def test_plain_text():
    assert plain.write(document(ALL_PARTS)).decode().split("\r\n") == [
        "Een titel",
        "",
        "Een zin met dik, schuin en een link (https://vng.example/).",
        "",
        "",
        "Een kop",
        "",
        "- een",
        "- twee",
        "",
        "1. drie",
        "2. vier",
        "",
        "",
        "Daaronder",
        "",
        "Citaat:",
        "  Gezegd.",
        "Einde van het citaat.",
        "",
        "Let op:",
        "  Wij zeggen design for all.",
        "Einde van het kader.",
        "",
        "",
        "Nog een kop",
        "",
        "- Wat: Helling",
        "  Wie: de gemeente",
        "",
    ]


def test_lines_of_plain_text_are_short_but_for_what_cannot_be_cut():
    address = "https://voorbeeld.example/" + "pad/" * 30
    lines = plain.write(document(f"{'woord ' * 100}\n\n- {'ding ' * 50}\n\n<{address}>")).decode().split("\r\n")
    assert [line for line in lines if len(line) > 72] == [address]
    assert lines[-4].startswith("  ding")


WRITERS = {
    "pdf": pdf.write,
    "large": lambda made: pdf.write(made, large=True),
    "epub": epub.write,
    "plain": plain.write,
}


def words_in(name: str, content: bytes) -> str:
    if name == "epub":
        return epub_words(content)
    return pdf_words(content) if name in ("pdf", "large") else content.decode()


HOSTILE = {
    "typst": ('#import "x": * $a_b$ @ref <label> // /* x #{panic()} #read("/etc/passwd") ~ -- "q"', None),
    "xml": ("<script>alert(1)</script> &amp;amp; ]]> <!-- x --> <![CDATA[ ", None),
    "another direction": ("Een naam: שלום, en verder.", "verder."),
    "emoji": ("Een 👩‍🦽 en ❤️ samen 中文 klaar.", "klaar."),
    "a long word": ("Voor " + "a" * 500 + " na.", "na."),
    "many columns": ("|" + "kop|" * 12 + "\n|" + "-|" * 12 + "\n|" + "cel|" * 12, "cel"),
    "quotes in quotes": ("> " * 40 + "diep", "diep"),
    "lists in lists": ("\n".join("  " * level + "- laag" for level in range(40)), "laag"),
    "all in all": ("".join("  " * level + ("- > " if level % 2 else "1. ") + "laag\n" for level in range(12)), "laag"),
    "addresses": (f"[x](https://a.example/{'p' * 1500}) [](https://leeg.example/) [y](http://[stuk) na", "na"),
    "headings out of order": ("###### b\n\n# c\n\n#\n\n## **vet** [l](/x) \u200b\n\n# \u200b\n\nna", "na"),
    "nothing in it": ("-\n-\n\n1.\n\n>\n\n|A|\n|---|\n\nna", "na"),
    "signs that are not seen": ("a\x0bb\x0cc\x01d\x7fe\x85f\ufeffg\u2028h\ufffei na", "na"),
    "callouts in callouts": (
        "".join("> " * level + "[tip]\n" + "> " * level + "\n" for level in range(1, 12)) + "\nna",
        "na",
    ),
    "languages": ("[Arabisch: مرحبا] en [Engels: [x](/x) `c` **b**\\\nd] na", "na"),
    "numbers": ("0. nul\n1. een\n\n999999999. veel", "veel"),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_becomes_a_file(name, text):
    body, last = HOSTILE[text]
    if last is None:  # letter by letter: nothing of it is markup
        body = "`" + body + "`"
        last = body.strip("`")
    made = document(body, title=f"Titel {last} & <x> #x")
    content = WRITERS[name](made)
    assert same(last).replace(" ", "") in same(words_in(name, content)).replace(" ", "")  # a line may end anywhere
    if name in ("pdf", "large"):
        assert Tags(content).untagged() == []


@pytest.mark.parametrize("large", PDFS)
def test_nothing_runs_off_the_page(large):
    wide = "|" + "kop|" * 4 + "\n|" + "-|" * 4 + "\n|" + f"{'x' * 90}|toegankelijkheidsverklaringen|c|d|"
    body = f"{'a' * 500}\n\n- {'b' * 200}\n\n<https://a.example/{'c' * 300}>\n\n{wide}\n\n```\n{'d' * 200}\n```"
    for page in pypdfium2.PdfDocument(pdf.write(document(body), large=large)):
        found = page.get_textpage()
        edges = [found.get_charbox(at) for at in range(found.count_chars()) if found.get_text_range(at, 1).strip()]
        assert all(left >= 50 and right <= page.get_width() - 50 for left, _bottom, right, _top in edges)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_whatever_people_type_becomes_a_file(body):
    made = document(body)
    for write in WRITERS.values():
        assert write(made)


@pytest.mark.parametrize("name", WRITERS)
def test_a_hundred_thousand_letters_take_seconds_at_most(name):
    made = document(
        "Dit is een zin van gewone lengte, met **vet** en [een link](https://voorbeeld.example/pad).\n\n" * 1100
    )
    assert pdf.fits(made)
    begun = time.process_time()
    assert WRITERS[name](made)
    assert time.process_time() - begun < 30  # two seconds, and a machine that is busy


@pytest.mark.parametrize("body", ["[a](/b) " * 2001, "- x\n" * 8001])
def test_a_book_becomes_no_pdf(body):
    assert not pdf.fits(document(body))


def test_the_same_text_gives_the_same_file():
    made = document(ALL_PARTS)
    assert [write(made) for write in WRITERS.values()] == [write(made) for write in WRITERS.values()]


def test_a_sign_without_a_letter_is_told():
    assert "teken dat niet in een pdf past" in same(pdf_words(pdf.write(document("Een 😀."))))
    assert "teken dat niet in een pdf past" not in same(pdf_words(pdf.write(document("Een: Ελ, Жд, ğ, ł."))))


def test_scripts_that_no_typeface_has_together_cost_no_file():
    assert "na" in same(pdf_words(pdf.write(document("\u2053 \u211f Ж\u0301 ΰ ש\u05b8 na"))))
