"""Files to send, made here: what people really send, and what should never come through."""

import io
import zipfile

import pikepdf
from PIL import Image, PngImagePlugin

CAMERA, PLACE = "Fototoestel van Bram", (52.0, 5.0, 30.0)
ORIENTATION_LEFT = 6  # turned a quarter: what is wide in the file stands upright


def picture(format="JPEG", *, size=(640, 480), mode="RGB", colour=(200, 30, 30), exif=True, **more) -> bytes:
    """A picture with a camera and a place in it, its left half another colour."""
    image = Image.new(mode, size, colour)
    image.paste((20, 30, 200) if mode == "RGB" else (20, 30, 200, 0), (0, 0, size[0] // 2, size[1]))
    written = io.BytesIO()
    if exif:
        told = Image.Exif()
        told[0x010F] = CAMERA
        told[0x0112] = ORIENTATION_LEFT
        told.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: PLACE})
        more["exif"] = told.tobytes()
    if format == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Author", CAMERA)
    image.save(written, format=format, **more)
    return written.getvalue()


def pdf(*, password="", **parts) -> bytes:
    """A tagged PDF with a page, a maker, script that runs when it is opened, and a file hidden in it."""
    with pikepdf.new() as made:
        page = made.add_blank_page()
        page.Annots = made.make_indirect(
            pikepdf.Array(
                [
                    pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
                    for action in (
                        pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://voorbeeld.example/"),
                        pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"),
                        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hoi')"),
                    )
                ]
            )
        )
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hoi')")
        made.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        made.Root.Lang = "nl"
        made.attachments["geheim.txt"] = b"verborgen"
        made.docinfo["/Author"] = CAMERA
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [CAMERA]
        written = io.BytesIO()
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        made.save(written, encryption=encryption)
    return written.getvalue()


def package(parts: dict[str, bytes | str]) -> bytes:
    """A zip of these parts, in that order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return written.getvalue()


def docx(**extra: bytes) -> bytes:
    """A Word document with a maker, a thumbnail, a template from elsewhere and a photo with a place in it."""
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    relation = '<Relationship Id="r{}" Type="http://schemas.openxmlformats.org/{}" Target="{}"{}/>'
    root = relation.format(1, "officeDocument/2006/relationships/officeDocument", "word/document.xml", "")
    root += relation.format(2, "package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg", "")
    settings = relation.format(
        1,
        "officeDocument/2006/relationships/attachedTemplate",
        "https://elders.example/t.dotm",
        ' TargetMode="External"',
    )
    return package(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f"<Relationships>{root}</Relationships>",
            "word/document.xml": "<w:document><w:t>Het verslag</w:t></w:document>",
            "word/_rels/settings.xml.rels": f"<Relationships>{settings}</Relationships>",
            "word/media/image1.jpeg": picture(),
            "docProps/core.xml": f"<cp:coreProperties><dc:creator>{CAMERA}</dc:creator></cp:coreProperties>",
            "docProps/app.xml": "<Properties><Company>Gemeente</Company></Properties>",
            "docProps/thumbnail.jpeg": picture(),
            **extra,
        }
    )


def odt(**extra: bytes) -> bytes:
    """A text of LibreOffice with a maker."""
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "<office:document-content>Het verslag</office:document-content>",
            "meta.xml": f"<office:meta><dc:creator>{CAMERA}</dc:creator></office:meta>",
            **extra,
        }
    )


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of an MP4."""
    body = b"".join(parts)
    return (8 + len(body)).to_bytes(4) + kind + body


def mp4(
    *, brand=b"isom", packing=b"avc1", seconds=90, size=(640, 360), picture=b"\x00" * 4000, **extra: bytes
) -> bytes:
    """A video of a phone, as far as its boxes go: with a place and a maker, in each place where these may stand."""
    told = box(b"udta", box(b"\xa9xyz", b"+52.0907+005.1214/"), box(b"\xa9too", CAMERA.encode()))
    head = box(b"mvhd", bytes(12) + (600).to_bytes(4) + (600 * seconds).to_bytes(4) + bytes(80))
    sound = box(
        b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"minf", box(b"stbl", box(b"stsd", bytes(12), b"mp4a"))))
    )
    track = box(
        b"trak",
        box(b"tkhd", bytes(76) + (size[0] << 16).to_bytes(4) + (size[1] << 16).to_bytes(4)),
        box(b"mdia", box(b"minf", box(b"stbl", box(b"stsd", bytes(12), packing)))),
        box(b"meta", CAMERA.encode()),
    )
    parts = {
        "ftyp": box(b"ftyp", brand, bytes(4)),
        "moov": box(b"moov", head, track, sound, told),
        "uuid": box(b"uuid", CAMERA.encode()),
        "mdat": box(b"mdat", picture),
        **extra,
    }
    return b"".join(parts.values())


VTT = """\
\ufeffWEBVTT - gemaakt door Bram

STYLE
::cue { background: url(https://elders.example/) }

NOTE gemaakt door Bram

1
00:01.000 --> 00:04.500 align:start
<v Ans>Welkom bij de <b>speeltuin</b>.
<script>alert(1)</script>

00:00:05,000 --> 00:01:20,000
[vogels]
"""
