"""Documents that are a package of parts: of Word, Excel and PowerPoint (ECMA-376) and OpenDocument text (ODF 1.3)."""

import io
import lzma
import re
import zipfile
import zlib
from html import escape

from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]

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
# Relations to what runs or holds another document (ECMA-376-1, 15.2; MS-OFFMACRO2, 2.3), by the end of their type.
_RUN = frozenset({"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet", "afchunk", "activexcontrolbinary"})
_NOWHERE = "about:blank"
_CLEAR = re.compile(r"(?:https?|mailto|tel):|[^:/\\][^:\\]*$|$", re.IGNORECASE)  # no folder of somebody's network
_HIDES = re.compile(rb"&#|\x00|<!(?:DOCTYPE|ENTITY)")  # written so that a name is not seen in it
_FOLDER_OF_MAKER = re.compile(rb"""(absPath\b[^>]*?\burl=)(?:"[^"]*"|'[^']*')""")
_ACCOUNT = re.compile(rb"""((?:\w+:)?userId=)(?:"[^"]*"|'[^']*')""")
_PEOPLE = re.compile(r"(?:^word/people\.xml|^xl/persons/[^/]+\.xml|^ppt/authors\.xml)$")
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

# What tells of the document and its maker, by the end of its name: of Office, of what writes with Microsoft's library, and
# of OpenDocument, where each object inside has one too.
_ABOUT = {
    "docProps/core.xml": _CORE,
    ".psmdcp": _CORE,
    "docProps/app.xml": _APP,
    "docProps/custom.xml": _CUSTOM,
    "meta.xml": _META,
}


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
        etree.XMLSyntaxError,
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
    names = {part.filename.lower() for part in parts}
    if len(names) < len(parts) or any(_leads_out(name) for name in names):
        raise ValueError("two parts of one name, or one that would stand outside its folder")
    _must_fit(parts)
    inside = [zipfile.ZipFile(io.BytesIO(_read(package, part))) for part in parts if _NESTED.search(part.filename)]
    _must_fit([*parts, *(part for each in inside for part in each.infolist())])
    types = next((part for part in parts if part.filename == "[Content_Types].xml"), None)
    has_macros = any(_MACROS.search(part.filename) for part in parts) or (
        types is not None and _MACRO_TYPES.search(_clear(_read(package, types)))
    )
    if has_macros:
        raise _runs()


def _must_fit(parts: list[zipfile.ZipInfo]) -> None:
    """Raise ``NotTaken`` for more than a document holds."""
    if len(parts) > MAX_PACKAGE_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise NotTaken(_("In dit bestand zit te veel. Maak er een pdf van, of kies een ander bestand."))


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _clear(body: bytes) -> bytes:
    """The same, when all names in it stand there as they are."""
    if _HIDES.search(body):
        raise ValueError("names are hidden in it")
    return body


def _runs() -> NotTaken:
    return NotTaken(
        _(
            "In dit bestand zit een programma, zoals een macro. Dat is niet veilig. Bewaar het zonder macro's, of maak er een pdf van."
        )
    )


def _safe_relations(body: bytes) -> bytes:
    """Relations of a part without what is fetched from elsewhere by itself; links that somebody presses stay.

    What they lead to is changed and not taken out: a document misses what it names. Raises ``NotTaken`` for what runs.
    """
    root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type has no place here")
    for each in list(root.iter("{*}Relationship")):
        kind = each.get("Type", "").rpartition("/")[2].lower()
        if kind in _RUN:
            raise _runs()
        if kind == "thumbnail":
            root.remove(each)
        elif each.get("TargetMode", "").lower() == "external" and not (
            kind == "hyperlink" and _CLEAR.match(each.get("Target", ""))
        ):
            each.set("Target", _NOWHERE)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _copy(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, clean: zipfile.ZipFile, title: str, *, is_nested: bool
) -> None:
    """One part as it comes in the clean package; one of a package inside the package is cleaned as well."""
    name = part.filename
    about = next((words for ending, words in _ABOUT.items() if name.endswith(ending)), None)
    if about:
        body = about.format(title=escape(title)).encode()
    else:
        body = _read(package, part)
        if name == "META-INF/manifest.xml":
            body = _IN_MANIFEST.sub(b"", body)
        elif name == "xl/workbook.xml":
            body = _FOLDER_OF_MAKER.sub(rb'\1""', body)
        elif _PEOPLE.search(
            name
        ):  # who made remarks: their names stand in the text, the account they did it with does not
            body = _ACCOUNT.sub(rb'\1""', body)
        elif name.lower().endswith(".rels"):
            body = _safe_relations(body)
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
