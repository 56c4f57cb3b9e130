"""PDF and plain text, without what they do by themselves and what they say of their maker."""

import io
import re
from collections.abc import Iterator

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Name, Pdf

from .refusing import NotTaken
from .rules import MAX_PDF_PARTS, MAX_UNPACKED_BYTES
from .traces import without_traces

# Of the whole process: qpdf knows no other. A few kB can hold gigabytes, which it would unpack to read the file.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MAX_UNPACKED_BYTES,
    run_length_max_memory=MAX_UNPACKED_BYTES,
    png_max_memory=MAX_UNPACKED_BYTES,
    tiff_max_memory=MAX_UNPACKED_BYTES,
    max_stream_filters=2,
    parser_max_container_size=MAX_PDF_PARTS,
)
_BEGINS_WITHIN = 1024  # bytes in which a PDF says what it is (ISO 32000-1, annex H.3.4.1)
# What a PDF may not do by itself or at a press: only go to a place in it, or to an address on the web.
_HARMLESS = frozenset({Name.GoTo, Name.URI, Name.Named})
_WEB = re.compile(
    r"(?:https?|mailto|tel):|[^:/\\][^:\\]*$", re.IGNORECASE
)  # no script, and no folder of somebody's network
_HOLDS_FILES = frozenset({Name.FileAttachment, Name.RichMedia, Name.Movie})
_TEXT_CONTROLS = frozenset(map(chr, range(32))) - {"\t", "\n", "\r", "\f"}


def is_pdf(content: bytes) -> bool:
    """Whether it begins as a PDF does, a mark and empty lines before it or not."""
    return content[:_BEGINS_WITHIN].lstrip(b"\xef\xbb\xbf\x00 \t\r\n").startswith(b"%PDF-")


def cleaned_pdf(content: bytes, title: str) -> bytes:
    """The PDF with its pages, links and tags; without script, hidden files, forms that send, and who made it where.

    Its title is ``title``, so that a screen reader says what it is. Raises ``NotTaken``.
    """
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            if not pdf.pages:
                raise NotTaken(_("Er staan geen bladzijden in deze pdf. Kies een ander bestand."))
            _disarm(pdf)
            _forget_maker(pdf, title)
            written = io.BytesIO()
            pdf.save(
                written,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,  # what is packed stays so: a trap is not opened
                encryption=False,
            )
    except pikepdf.PasswordError:
        raise NotTaken(_("Er zit een wachtwoord op deze pdf. Haal het eraf en kies het bestand opnieuw.")) from None
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, RecursionError):
        raise NotTaken(
            _("We kunnen deze pdf niet lezen. Misschien is het bestand stuk. Maak de pdf opnieuw en kies hem nog eens.")
        ) from None
    return written.getvalue()


def _disarm(pdf: Pdf) -> None:
    """Take out whatever does something: each object of the file is looked at, also those that no page names."""
    root = pdf.Root
    for name in ("/OpenAction", "/AA", "/Collection", "/AF"):
        if name in root:
            del root[name]
    if "/Names" in root:
        for name in ("/JavaScript", "/EmbeddedFiles"):
            if name in root.Names:
                del root.Names[name]
    if "/AcroForm" in root and "/XFA" in root.AcroForm:
        del root.AcroForm["/XFA"]
    for each in _dictionaries(pdf):
        _disarm_object(each)
        _forget_traces(each)


def _dictionaries(pdf: Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary in the file, also those that stand inside another object and have no number of their own."""
    waiting: list[pikepdf.Object] = list(pdf.objects)
    for _part in range(MAX_PDF_PARTS):
        if not waiting:
            return
        found = waiting.pop()
        if isinstance(found, pikepdf.Stream | pikepdf.Dictionary):
            yield found
            inside = [found[name] for name in found.keys()]  # noqa: SIM118  not a dict
        elif isinstance(found, pikepdf.Array):
            inside = list(found)
        else:
            continue
        waiting += [each for each in inside if isinstance(each, pikepdf.Object) and not each.is_indirect]
    raise NotTaken(_("In dit bestand zit te veel. Maak het kleiner, of kies een ander bestand."))


def _disarm_object(found: pikepdf.Object) -> None:
    for name in ("/AA", "/PA", "/EF", "/OnInstantiate"):
        if name in found:
            del found[name]
    action = found.get("/A")
    if isinstance(action, pikepdf.Dictionary) and "/S" in action:
        if action.S not in _HARMLESS or ("/URI" in action and not _WEB.match(str(action.URI))):
            del found["/A"]
        elif "/Next" in action:
            del action["/Next"]
    if found.get("/S") == Name.JavaScript and "/JS" in found:
        del found["/JS"]
    if found.get("/Type") == Name.Filespec or found.get("/Subtype") in _HOLDS_FILES:
        for name in ("/FS", "/RichMediaContent", "/Movie"):
            if name in found:
                del found[name]


def _forget_traces(found: pikepdf.Object) -> None:
    for name in ("/Metadata", "/PieceInfo", "/LastModified"):
        if name in found:
            del found[name]
    if isinstance(found, pikepdf.Stream) and _filters(found) == ["/DCTDecode"]:  # a photo
        photo = without_traces(found.read_raw_bytes())
        parameters = found.get("/DecodeParms")
        known = parameters if isinstance(parameters, pikepdf.Dictionary | pikepdf.Array) else None
        found.write(photo, filter=Name.DCTDecode, decode_parms=known)


def _filters(found: pikepdf.Stream) -> list[str]:
    """How it is packed, outermost first."""
    filters = found.get("/Filter")
    return list(map(str, filters)) if isinstance(filters, pikepdf.Array) else [str(filters)]


def _forget_maker(pdf: Pdf, title: str) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        if "/MarkInfo" in pdf.Root and "/StructTreeRoot" in pdf.Root:
            metadata["pdfuaid:part"] = "1"
    pdf.docinfo["/Title"] = title
    if "/ViewerPreferences" not in pdf.Root:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary()
    pdf.Root.ViewerPreferences.DisplayDocTitle = True


def cleaned_text(content: bytes) -> bytes:
    """Plain text as UTF-8 with one kind of line end. Raises ``NotTaken`` for anything that is no text."""
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _TEXT_CONTROLS.isdisjoint(text):
            return text.replace("\r\n", "\n").replace("\r", "\n").encode()
    raise NotTaken(
        _(
            "Dit bestand kunnen we niet gebruiken. Kies een foto, of een bestand dat eindigt op pdf, docx, odt, xlsx, pptx of txt."
        )
    )
