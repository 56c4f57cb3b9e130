"""What is kept of a file: what it is by what stands in it, made anew, without its maker and without what can run."""

import contextlib
import io
import random
import struct
import zipfile
import zlib

import pikepdf
import pytest
from PIL import ExifTags, Image

from meedoen.files import rules
from meedoen.files.refusing import NotTaken
from meedoen.files.rules import Type
from meedoen.files.taking import take
from tests.files.samples import CAMERA, ORIENTATION_LEFT, docx, odt, package, pdf, picture


def taken(content: bytes, title="Het verslag"):
    return take(io.BytesIO(content), title=title)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_tells_nothing_of_its_maker_and_stands_upright(format):
    kept = taken(picture(format))
    for body in (kept.content, kept.small):
        with Image.open(io.BytesIO(body)) as image:
            assert dict(image.getexif()) == {}
            assert set(image.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
            }
        assert CAMERA.encode() not in body
    assert (kept.width, kept.height) == (480, 640)
    assert (kept.small_width, kept.small_height) == (360, 480)
    assert kept.type == (Type.PNG if format == "PNG" else Type.JPG)


def test_a_large_photo_is_made_small_and_its_points_are_kept():
    kept = taken(picture(size=(4000, 3000), exif=False))
    with Image.open(io.BytesIO(kept.content)) as image:
        assert image.size == (kept.width, kept.height) == (1600, 1200)
        red, _green, blue = image.getpixel((1400, 600))
        assert red > 180
        assert blue < 60
        assert image.getpixel((200, 600))[2] > 180
    assert len(kept.small) < 30_000


def test_what_is_see_through_stays_so_and_a_heavy_drawing_becomes_a_photo():
    kept = taken(picture("PNG", mode="RGBA", colour=(200, 30, 30, 255), exif=False))
    with Image.open(io.BytesIO(kept.content)) as image:
        assert image.mode == "RGBA"
        assert image.getpixel((5, 5))[3] == 0
    noise = Image.effect_noise((1200, 1200), 100).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "PNG")
    assert taken(written.getvalue()).type == Type.JPG


def test_of_a_moving_picture_the_first_image_stays():
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue", "green")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=100)
    kept = taken(written.getvalue())
    with Image.open(io.BytesIO(kept.content)) as image:
        assert getattr(image, "n_frames", 1) == 1
        assert image.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_colours_of_another_profile_become_usual_ones():
    from PIL import ImageCms

    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    written = io.BytesIO()
    Image.new("RGB", (40, 40), (120, 80, 60)).save(written, "JPEG", icc_profile=lab.tobytes())
    with Image.open(io.BytesIO(taken(written.getvalue()).content)) as image:
        assert "icc_profile" not in image.info


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 900 million points."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_script_hidden_in_a_picture_does_not_come_through():
    written = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(written, "JPEG", comment=b"<script>alert(1)</script>")
    kept = taken(written.getvalue() + b"<script>alert(2)</script>")
    assert b"<script" not in kept.content + kept.small


REFUSED = {
    "nothing": (b"", "leeg"),
    "a program": (b"MZ\x90\x00\x03\x00\x00\x00\x04" + b"\x00" * 60, "kunnen we niet gebruiken"),
    "html with a control character": (b"<html>\x00</html>", "kunnen we niet gebruiken"),
    "half a photo": (picture(exif=False)[:300], "niet lezen"),
    "a bomb": (bomb(), "niet lezen"),
    "too many points": (picture("PNG", size=(5200, 5000), exif=False), "25 miljoen punten"),
    "a photo of an iPhone": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
    "half a pdf": (pdf()[:400], "pdf niet lezen"),
    "a pdf with a password": (pdf(password="geheim"), "wachtwoord"),
    "a zip": (package({"a.txt": b"hoi"}), "kunnen we niet gebruiken"),
    "half a docx": (docx()[:500], "niet lezen"),
    "macros": (docx(**{"word/vbaProject.bin": b"x"}), "macro"),
    "macros that only the types name": (
        package(
            {
                "[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml",
                "word/document.xml": b"x",
            }
        ),
        "macro",
    ),
    "an object that may be a program": (docx(**{"word/embeddings/oleObject1.bin": b"x"}), "macro"),
    "an odt with macros": (odt(**{"Basic/Standard/Module1.xml": b"x"}), "macro"),
    "too much in it": (docx(**{"word/groot.xml": b"0" * (rules.MAX_UNPACKED_BYTES + 1)}), "te veel"),
    "too many parts": (
        package(
            {f"word/{number}.xml": b"" for number in range(3001)}
            | {"[Content_Types].xml": b"", "word/document.xml": b""}
        ),
        "te veel",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_said_kindly(name):
    content, words = REFUSED[name]
    with pytest.raises(NotTaken) as refused:
        taken(content)
    assert words in str(refused.value)


def test_a_file_that_is_too_large_is_not_read_whole():
    class Endless(io.RawIOBase):
        read_count = 0

        def read(self, size=-1):
            assert 0 < size <= rules.MAX_BYTES + 1
            self.read_count += 1
            return b"a" * size

    source = Endless()
    with pytest.raises(NotTaken, match="te groot"):
        take(source)
    assert source.read_count == 1


def test_a_part_that_holds_more_than_it_says_is_refused():
    made = bytearray(package({"[Content_Types].xml": b"", "word/document.xml": b"a" * 1000}))
    at = made.rindex(b"PK\x01\x02") + 24  # its size as the table of contents says
    made[at : at + 4] = struct.pack("<I", 10)
    with pytest.raises(NotTaken):
        taken(bytes(made))


def test_a_pdf_keeps_its_pages_tags_and_links_and_nothing_that_acts_or_names_its_maker():
    kept = taken(pdf(), "Verslag van mei")
    assert kept.type == Type.PDF
    assert CAMERA.encode() not in kept.content
    with pikepdf.open(io.BytesIO(kept.content)) as found:
        assert len(found.pages) == 1
        assert "/OpenAction" not in found.Root
        assert found.Root.MarkInfo.Marked
        assert str(found.Root.Lang) == "nl"
        assert len(found.attachments) == 0
        assert dict(found.docinfo.items()) == {"/Title": "Verslag van mei"}
        with found.open_metadata() as metadata:
            assert metadata["dc:title"] == "Verslag van mei"
            assert "dc:creator" not in metadata
        actions = [each.get("/A") for each in found.pages[0].Annots]
        assert [str(action.S) if action is not None else "" for action in actions] == ["/URI", "", ""]
        everything = b"".join(each.unparse() for each in found.objects if not isinstance(each, pikepdf.Stream))
        assert b"alert" not in everything
        assert b"cmd.exe" not in everything


def test_a_word_document_tells_nothing_of_its_maker_and_keeps_its_words():
    kept = taken(docx(), "Verslag <van> mei")
    assert kept.type == Type.DOCX
    parts = parts_of(kept.content)
    assert b"Het verslag" in parts["word/document.xml"]
    assert "Verslag &lt;van&gt; mei" in parts["docProps/core.xml"].decode()
    assert "docProps/thumbnail.jpeg" not in parts
    assert b"thumbnail" not in parts["_rels/.rels"]
    assert b"officeDocument" in parts["_rels/.rels"]
    assert b"elders.example" not in parts["word/_rels/settings.xml.rels"]
    with Image.open(io.BytesIO(parts["word/media/image1.jpeg"])) as image:
        assert dict(image.getexif()) == {ExifTags.Base.Orientation: ORIENTATION_LEFT}  # it lies on its side
    everything = b"".join(parts.values())
    assert CAMERA.encode() not in everything
    assert b"Gemeente" not in everything
    with zipfile.ZipFile(io.BytesIO(kept.content)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_sheet_inside_a_document_is_cleaned_too():
    sheet = package(
        {
            "[Content_Types].xml": b"",
            "xl/workbook.xml": b"<workbook/>",
            "docProps/core.xml": f"<dc:creator>{CAMERA}</dc:creator>".encode(),
        }
    )
    assert taken(sheet).type == Type.XLSX
    inside = parts_of(taken(docx(**{"word/embeddings/blad.xlsx": sheet})).content)["word/embeddings/blad.xlsx"]
    assert CAMERA.encode() not in b"".join(parts_of(inside).values())
    assert parts_of(inside)["xl/workbook.xml"] == b"<workbook/>"


def test_an_open_document_keeps_its_first_part_as_it_must_be():
    kept = taken(odt())
    assert kept.type == Type.ODT
    with zipfile.ZipFile(io.BytesIO(kept.content)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    parts = parts_of(kept.content)
    assert CAMERA.encode() not in b"".join(parts.values())
    assert b"Het verslag" in parts["content.xml"]


@pytest.mark.parametrize(
    "content",
    [
        "Café\r\nin Noord".encode(),
        "Café\nin Noord".encode("utf-8-sig"),
        "Café\rin Noord".encode("cp1252"),
        "Café\nin Noord".encode("utf-16"),
    ],
)
def test_a_text_in_any_usual_writing_becomes_one(content):
    kept = taken(content)
    assert (kept.type, kept.content.decode()) == (Type.TXT, "Café\nin Noord")


def test_a_page_of_html_is_no_more_than_text():
    kept = taken(b"<html><script>alert(1)</script></html>")
    assert kept.type == Type.TXT


def written(pdf: pikepdf.Pdf) -> bytes:
    found = io.BytesIO()
    pdf.save(found)
    return found.getvalue()


def packed(body: bytes, times: int) -> bytes:
    for _time in range(times):
        body = zlib.compress(body, 9)
    return body


def test_a_photo_inside_a_pdf_tells_nothing_of_its_maker_and_keeps_its_points():
    photo = picture()
    with pikepdf.new() as made:
        image = made.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=640, Height=480)
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        image.write(photo, filter=pikepdf.Name.DCTDecode)
        made.add_blank_page().Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=image))
        content = written(made)
    assert CAMERA.encode() in content
    kept = taken(content).content
    assert CAMERA.encode() not in kept
    with pikepdf.open(io.BytesIO(kept)) as found:
        inside = found.pages[0].Resources.XObject.Photo.read_raw_bytes()
    with Image.open(io.BytesIO(inside)) as after, Image.open(io.BytesIO(photo)) as before:
        assert after.tobytes() == before.tobytes()


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_the_largest_photo_inside_a_document_tells_nothing_either(format):
    photo = picture(format, size=(8000, 6000)) + b"what a phone puts behind its end"
    inside = parts_of(taken(docx(**{"word/media/image2.jpeg": photo})).content)["word/media/image2.jpeg"]
    assert CAMERA.encode() not in inside
    assert b"behind its end" not in inside
    with Image.open(io.BytesIO(inside)) as image:
        assert image.size == (8000, 6000)


def test_what_acts_in_odd_places_of_a_pdf_goes():
    with pikepdf.new() as made:
        page = made.add_blank_page()
        page.AF = pikepdf.Array([pikepdf.Dictionary(F="a.exe", EF=pikepdf.Dictionary(F=made.make_stream(b"hidden")))])
        drawing = made.make_stream(b"U3D", {"/OnInstantiate": made.make_stream(b"alert")})
        links = [
            {"/A": pikepdf.Dictionary(S=pikepdf.Name.URI, URI="file://elders.example/map")},
            {"/A": pikepdf.Dictionary(S=pikepdf.Name.URI, URI="javascript:alert(1)")},
            {"/PA": pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")},
            {"/3DD": drawing},
        ]
        page.Annots = pikepdf.Array([pikepdf.Dictionary(link) for link in links])
        content = written(made)
    with pikepdf.open(io.BytesIO(taken(content).content)) as found:
        everything = b"".join(
            each.read_bytes() if isinstance(each, pikepdf.Stream) else each.unparse() for each in found.objects
        )
    for words in (b"hidden", b"alert", b"elders.example", b"cmd.exe"):
        assert words in content or words in (b"hidden", b"alert")
        assert words not in everything


def test_a_pdf_that_unpacks_to_gigabytes_is_not_unpacked():
    huge = packed(b"0" * 300_000_000, 2)
    with pikepdf.new() as made:
        content = made.make_stream(b"")
        content.write(huge, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))
        made.add_blank_page().Contents = content
        kept = taken(written(made)).content
    with pikepdf.open(io.BytesIO(kept)) as found:
        assert found.pages[0].Contents.read_raw_bytes() == huge
        with pytest.raises(pikepdf.PdfError):  # nor what is packed in it as objects, which is read to know the file
            found.pages[0].Contents.read_bytes()


def test_a_pdf_with_more_in_it_than_can_be_looked_at_is_refused(monkeypatch):
    monkeypatch.setattr("meedoen.files.documents.MAX_PDF_PARTS", 50)
    with pikepdf.new() as made:
        made.add_blank_page().Extra = pikepdf.Array([pikepdf.Dictionary() for _number in range(60)])
        content = written(made)
    with pytest.raises(NotTaken, match="te veel"):
        taken(content)


def test_a_picture_with_a_broken_profile_is_taken():
    found = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(found, "JPEG", icc_profile=b"broken" * 30)
    assert taken(found.getvalue()).type == Type.JPG


@pytest.mark.parametrize("content", [docx(), odt(), picture(), picture("AVIF")], ids=["docx", "odt", "jpg", "avif"])
def test_a_file_broken_anywhere_is_taken_or_refused_kindly(content):
    chance = random.Random(7)
    for _time in range(150):
        broken = bytearray(content)
        for _byte in range(8):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(NotTaken):
            taken(bytes(broken))


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ELSEWHERE = f'Type="{OFFICE}/attachedTemplate" Target="https://elders.example/t.dotm" TargetMode="External"'
FETCHED = {
    "a name with a prefix": f'<r:Relationships xmlns:r="{RELATIONS}"><r:Relationship Id="a" {ELSEWHERE}/></r:Relationships>',
    "a mark in a value": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a>b" {ELSEWHERE}/></Relationships>',
    "a letter by its number": f'<Relationships><Relationship Id="a" {ELSEWHERE.replace("Temp", "&#84;emp")}/></Relationships>',
    "other writing": f'<Relationships><Relationship Id="a" {ELSEWHERE}/></Relationships>'.encode("utf-16"),
    "an object": f'<Relationships><Relationship Id="a" {ELSEWHERE.replace("attachedTemplate", "oleObject")}/></Relationships>',
    "a picture": f'<Relationships><Relationship Id="a" {ELSEWHERE.replace("attachedTemplate", "image")}/></Relationships>',
    "a folder in a network": f'<Relationships><Relationship Id="a" Type="{OFFICE}/hyperlink" Target="\\\\elders.example\\map" TargetMode="External"/></Relationships>',
}


@pytest.mark.parametrize("name", FETCHED)
def test_a_document_fetches_nothing_from_elsewhere(name):
    kept = parts_of(taken(docx(**{"word/_rels/document.xml.rels": FETCHED[name]})).content)
    assert b"elders.example" not in kept["word/_rels/document.xml.rels"]
    assert b"about:blank" in kept["word/_rels/document.xml.rels"]


def test_a_link_in_a_document_stays():
    link = f'<Relationships><Relationship Id="a" Type="{OFFICE}/hyperlink" Target="https://voorbeeld.example/a?b=1&amp;c" TargetMode="External"/></Relationships>'
    kept = parts_of(taken(docx(**{"word/_rels/document.xml.rels": link})).content)
    assert b'Target="https://voorbeeld.example/a?b=1&amp;c"' in kept["word/_rels/document.xml.rels"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"word/_rels/document.xml.rels": '<R><Relationship Type="http://x/vbaProject" Target="a.bin"/></R>'}, "macro"),
        ({"word/_rels/document.xml.rels": f'<R><Relationship Type="{OFFICE}/aFChunk" Target="a.rtf"/></R>'}, "macro"),
        ({"word/_rels/document.xml.rels": "<!DOCTYPE R [<!ENTITY a 'b'>]><R/>"}, "niet lezen"),
        ({"[Content_Types].xml": "<T a='macro&#69;nabled'/>"}, "niet lezen"),
        ({"[Content_Types].xml": "<T a='macroEnabled'/>".encode("utf-16")}, "niet lezen"),
        ({"../../evil.txt": b"x"}, "niet lezen"),
        ({"word\\..\\evil.txt": b"x"}, "niet lezen"),
        ({"WORD/document.xml": b"x"}, "niet lezen"),
    ],
)
def test_what_hides_in_a_document_is_refused(parts, words):
    with pytest.raises(NotTaken, match=words):
        taken(docx(**parts))


def test_documents_inside_a_document_are_counted_along():
    half = package({"[Content_Types].xml": "", "xl/workbook.xml": b"0" * (rules.MAX_UNPACKED_BYTES // 2)})
    with pytest.raises(NotTaken, match="te veel"):
        taken(docx(**{"word/embeddings/a.xlsx": half, "word/embeddings/b.xlsx": half}))


@pytest.mark.parametrize(
    "content",
    [
        docx(**{"package/services/metadata/core-properties/1.psmdcp": CAMERA}),
        odt(**{"Object 1/meta.xml": CAMERA}),
        package(
            {"[Content_Types].xml": "", "xl/workbook.xml": f'<a xmlns:x="y"><x:absPath url="C:\\{CAMERA}\\"/></a>'}
        ),
        docx(**{"word/people.xml": f'<p xmlns:w15="y"><w15:presenceInfo w15:userId="S::{CAMERA}"/></p>'}),
        package(
            {
                "[Content_Types].xml": "",
                "xl/workbook.xml": "<a/>",
                "xl/persons/person.xml": f"<personList><person displayName='Ans' userId='{CAMERA}'/></personList>",
            }
        ),
    ],
    ids=[
        "a library of Microsoft",
        "an object in OpenDocument",
        "the folder of a sheet",
        "the account of a remark",
        "the account of a remark in a sheet",
    ],
)
def test_no_other_place_in_a_document_names_its_maker(content):
    assert CAMERA.encode() not in b"".join(parts_of(taken(content).content).values())
