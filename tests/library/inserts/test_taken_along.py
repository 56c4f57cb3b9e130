"""What stands in a text besides words, taken along: real pictures with their words in PDF and e-book, words elsewhere."""

import io
import zipfile
from dataclasses import replace

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from lxml import etree
from PIL import Image
from tests.files import samples
from tests.taken_away import XHTML, Tags, document, epub_part, epub_words, pdf_words, same

from meedoen.files import store
from meedoen.library.desk import actions as desk
from meedoen.library.inserts import actions
from meedoen.library.models import InsertFile
from meedoen.library.rules import Reading
from meedoen.library.takeaway import epub, pdf, plain
from meedoen.library.takeaway.document import Picture
from meedoen.library.takeaway.reading import document_of

from .conftest import TOLD, sent
from .test_inserts_pages import published

BELOW = "Zo kan iedereen naar binnen. Foto: Ans."
BODY = "Kijk:\n\n[beeld: helling]\n\n[beeld: rand]\n\n[bestand: begroting]\n\nKlaar."


@pytest.fixture
def taken(saved, carla, now):
    """A practice with a photo, a decoration and a document, as it is taken along."""
    work = saved(cost="[beeld: helling]")
    actions.add_picture(work, sent(), TOLD, wanted="helling", by=carla, now=now)
    decoration = {**TOLD, "described": "decorative", "description": "", "caption": "", "credit": ""}
    png = sent(samples.picture("PNG", size=(300, 20), exif=False))
    actions.add_picture(work, png, decoration, wanted="rand", by=carla, now=now)
    told = {"title": "Begroting", "language": "nl"}
    actions.add_document(work, sent(samples.docx(), "a"), told, wanted="begroting", by=carla, now=now)
    work = desk.save(work, {**work.content, "body": BODY}, base=work.number, by=carla, now=now)
    return document_of(published(work, carla, now), Reading.PLAIN, terms=None)


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_a_pdf_has_its_pictures_with_what_is_on_them(taken, large):
    content = pdf.write(taken, large=large)
    tags = Tags(content)
    figures = [element for element in tags.elements if str(element.S) == "/Figure"]
    assert [str(each.Alt) for each in figures] == [TOLD["description"]] * 2
    assert tags.names.count("Caption") == 2
    assert tags.untagged() == []
    assert same(pdf_words(content)).count(same(BELOW)) == 2
    shown = [
        item
        for page in pypdfium2.PdfDocument(content)
        for item in page.get_objects()
        if item.type == 3  # pictures
    ]
    assert len(shown) == 3
    assert "[beeld" not in pdf_words(content)


def test_an_ebook_has_its_pictures_once_and_says_so(taken):
    content = epub.write(taken)
    text = etree.fromstring(epub_part(content, "EPUB/tekst.xhtml"))
    found = [(each.get("src"), each.get("alt")) for each in text.iterfind(".//h:img", XHTML)]
    assert found == [("beeld-1.jpg", TOLD["description"]), ("beeld-2.png", ""), ("beeld-1.jpg", TOLD["description"])]
    assert [each.text for each in text.iterfind(".//h:figcaption", XHTML)] == [BELOW] * 2
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert sorted(name for name in names if "beeld" in name) == ["EPUB/beeld-1.jpg", "EPUB/beeld-2.png"]
    with Image.open(io.BytesIO(epub_part(content, "EPUB/beeld-1.jpg"))) as opened:
        assert opened.size == (750, 1000)
    package = epub_part(content, "EPUB/package.opf").decode()
    assert '<item id="beeld-1" href="beeld-1.jpg" media-type="image/jpeg"/>' in package
    for words in ("alternativeText", ">visual<", "Bij elke afbeelding staat in woorden wat erop staat"):
        assert words in package
    assert "geen afbeeldingen" not in package


def test_plain_text_says_what_is_on_them(taken):
    lines = plain.write(taken).decode().split("\r\n")
    assert lines.count(f"Beeld: {TOLD['description']}") == 2
    assert lines.count(BELOW) == 2
    size = InsertFile.objects.get(type="docx")
    assert any(line.startswith("Bestand: Begroting (docx, ") for line in lines)
    assert f"/bij-tekst/{size.key}/" in plain.write(taken).decode()
    assert "[beeld" not in "".join(lines)


def test_a_picture_whose_file_is_gone_leaves_its_words(taken):
    default_storage.delete(InsertFile.objects.get(type="jpg").name)
    for words in (pdf_words(pdf.write(taken)), epub_words(epub.write(taken))):
        assert f"Beeld: {TOLD['description']}" in " ".join(words.split())


def test_the_same_text_gives_the_same_files(taken):
    assert pdf.write(taken) == pdf.write(taken)
    assert epub.write(taken) == epub.write(taken)


def test_more_pictures_than_fit_are_told(taken, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PICTURES", 1)
    content = pdf.write(taken)
    assert Tags(content).names.count("Figure") == 1
    assert f"Beeld: {TOLD['description']}" in " ".join(pdf_words(content).split())


def test_the_files_are_on_the_site(client, saved, carla, now):
    work = saved()
    actions.add_picture(work, sent(), TOLD, wanted="helling", by=carla, now=now)
    work = desk.save(work, {**work.content, "body": "[beeld: helling]"}, base=work.number, by=carla, now=now)
    address = published(work, carla, now).get_absolute_url()
    slug = address.strip("/").rpartition("/")[2]
    assert client.get(f"{address}meenemen/").status_code == 200
    for form in (".pdf", "-grote-letters.pdf", ".epub", ".txt"):
        assert client.get(f"{address}meenemen/{slug}{form}").status_code == 200


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_a_tall_picture_fits_on_its_page(large):
    photo = io.BytesIO()
    Image.new("RGB", (900, 1600), "red").save(photo, "JPEG")
    text = document("Kijk.")
    tall = Picture(store.keep("aa/hoog.jpg", photo.getvalue()), "Een mast", "Zo hoog is hij.", 900, 1600)
    pages = pypdfium2.PdfDocument(pdf.write(replace(text, blocks=(*text.blocks, tall)), large=large))
    shown = [(page.get_size(), item.get_bounds()) for page in pages for item in page.get_objects() if item.type == 3]
    for (width, height), (left, bottom, right, top) in shown:
        assert 0 < left < right < width
        assert 0 < bottom < top < height
    assert len(shown) == 1
