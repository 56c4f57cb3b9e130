"""Documents that are a package of parts: of Word, Excel and PowerPoint (ECMA-376) and OpenDocument text (ODF 1.3)."""

import io
import lzma
import re
import zipfile
import zlib
from html import escape

from django.utils.translation import gettext as _

from .refusing import NotTaken
from .rules import MAX_PACKAGE_PARTS, MAX_UNPACKED_BYTES, Type
from .traces import without_traces

_MAIN = {"word/document.xml": Type.DOCX, "xl/workbook.xml": Type.XLSX, "ppt/presentation.xml": Type.PPTX}
_ODT = b"application/vnd.oasis.opendocument.text"
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a package can hold: when each part was made is nobody's business
_MACROS = re.compile(
    r"vbaProject|vbaData|macrosheets/|^Basic/|^Scripts/|activeX/|oleObject\d*\.bin$|\.(?:exe|js|vbs|dll|com|bat|ps1)$",
    re.IGNORECASE,
)
_MACRO_TYPES = re.compile(rb"macroEnabled|vnd\.ms-office\.vba", re.IGNORECASE)
_NESTED = re.compile(r"embeddings/[^/]+\.(?:docx|xlsx|pptx)$")
_PICTURE = re.compile(r"(?:media|Pictures)/[^/]+\.(?:jpe?g|png)$", re.IGNORECASE)
_THUMBNAIL = re.compile(r"(?:^|/)thumbnail\.[a-z]+$", re.IGNORECASE)
_RELATION_TO_THUMBNAIL = re.compile(rb"<Relationship\b[^>]*/metadata/thumbnail\"[^>]*?(?:/>|>\s*</Relationship>)")
_TEMPLATE_ELSEWHERE = re.compile(
    rb"<Relationship\b(?=[^>]*attachedTemplate)(?=[^>]*External)[^>]*?(?:/>|>\s*</Relationship>)"
)
_IN_MANIFEST = re.compile(rb"<manifest:file-entry\b(?=[^>]*Thumbnails/)[^>]*?/>")
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_META = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'office:version="1.3"><office:meta><dc:title>{title}</dc:title></office:meta></office:document-meta>'
)


def is_one(content: bytes) -> bool:
    """Whether it begins as a package does."""
    return content.startswith(b"PK\x03\x04")


def cleaned(content: bytes, title: str, *, is_nested: bool = False) -> tuple[Type, bytes]:
    """What kind of document it is, and the document without who made it, when, and the places in its pictures.

    Names in remarks and changes that stand in the text are part of what was written, and stay. Raises ``NotTaken``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            kind = _kind_of(package, parts)
            _must_be_harmless(package, parts)
            written = io.BytesIO()
            with zipfile.ZipFile(written, "w") as clean:
                for part in parts:
                    if not part.is_dir() and not _THUMBNAIL.search(part.filename):
                        _copy(package, part, clean, title, is_nested=is_nested)
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        MemoryError,
        zlib.error,
        lzma.LZMAError,
    ):
        raise NotTaken(
            _(
                "We kunnen dit bestand niet lezen. Misschien is het stuk, of zit er een wachtwoord op. Bewaar het opnieuw en kies het nog eens."
            )
        ) from None
    return kind, written.getvalue()


def _kind_of(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Type:
    names = {part.filename for part in parts}
    says = package.read(parts[0]) if parts and parts[0].filename == "mimetype" and parts[0].file_size < 100 else b""
    if says.strip() == _ODT and "content.xml" in names:
        return Type.ODT
    if "[Content_Types].xml" in names:
        for main, kind in _MAIN.items():
            if main in names:
                return kind
    raise NotTaken(
        _(
            "Dit bestand kunnen we niet gebruiken. Kies een foto, of een bestand dat eindigt op pdf, docx, odt, xlsx, pptx of txt."
        )
    )


def _must_be_harmless(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PACKAGE_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise NotTaken(_("In dit bestand zit te veel. Maak er een pdf van, of kies een ander bestand."))
    types = next((part for part in parts if part.filename == "[Content_Types].xml"), None)
    has_macros = any(_MACROS.search(part.filename) for part in parts) or (
        types is not None and _MACRO_TYPES.search(_read(package, types))
    )
    if has_macros:
        raise NotTaken(
            _(
                "In dit bestand zit een programma, zoals een macro. Dat is niet veilig. Bewaar het zonder macro's, of maak er een pdf van."
            )
        )


def _copy(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, clean: zipfile.ZipFile, title: str, *, is_nested: bool
) -> None:
    """One part as it comes in the clean package; one of a package inside the package is cleaned as well."""
    name = part.filename
    replaced = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP, "docProps/custom.xml": _CUSTOM, "meta.xml": _META}
    if name in replaced:
        body = replaced[name].format(title=escape(title)).encode()
    else:
        body = _read(package, part)
        if name == "_rels/.rels":
            body = _RELATION_TO_THUMBNAIL.sub(b"", body)
        elif name == "META-INF/manifest.xml":
            body = _IN_MANIFEST.sub(b"", body)
        elif name.endswith(".rels"):
            body = _TEMPLATE_ELSEWHERE.sub(b"", body)
        elif _PICTURE.search(name):
            body = without_traces(body)
        elif _NESTED.search(name):
            body = b"" if is_nested else cleaned(body, "", is_nested=True)[1]
    fresh = zipfile.ZipInfo(name, date_time=_DAY)
    fresh.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
    clean.writestr(fresh, body)


def _read(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part, never more than it says it is: what says less than it holds is a trap."""
    with package.open(part) as opened:
        body = opened.read(part.file_size + 1)
    if len(body) != part.file_size:
        raise ValueError("a part is larger than it says")
    return body
