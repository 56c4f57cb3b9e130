"""What a file may be and how large. Pure."""

from enum import StrEnum

MAX_BYTES = 10 * 1024 * 1024  # of one file: a photo of a new phone, or a report with pictures
MAX_READ_BYTES = (
    40 * 1024 * 1024
)  # of a post: up to here we read past a file that is too large, for the words beside it
MAX_FILM_BYTES = 150 * 1024 * 1024  # of a video: some ten minutes as a phone sends it
MAX_FILM_READ_BYTES = 400 * 1024 * 1024  # of a post with videos in it
MAX_FILM_INDEX_BYTES = 16 * 1024 * 1024  # of the part of a video that says where what is: hours have one of a tenth
MAX_CAPTIONS_BYTES = 1024 * 1024  # ten hours of talking
MAX_PHOTO_PIXELS = 64_000_000  # a photo is made small while it is read, so a large one costs little
MAX_DRAWING_PIXELS = 25_000_000  # what is no JPEG is read whole: 100 MB of memory
LARGE_EDGE = 1600  # pixels of the longest side of a picture that somebody opens; text in it stays readable
SMALL_EDGE = 480  # of the one that stands in a page: some 25 kB
RENDITION_WIDTHS = (480, 800, 1200)  # pixels: a phone, a phone that shows twice as many points, a wide column on such
MAX_LOSSLESS_BYTES = 300 * 1024  # a drawing or screenshot stays sharp up to here; above, it becomes a photo
MAX_UNPACKED_BYTES = 100 * 1024 * 1024  # of a document that is a package: more is no document but a trap
MAX_PACKAGE_PARTS = 3000
MAX_WORDS = 100_000  # letters that search keeps of one document: some fifty pages
MAX_PDF_PARTS = 200_000  # of which each is looked at: some seconds
MAX_DESCRIPTION_LENGTH = 1000  # characters; a picture that needs more belongs in the text
MAX_TITLE_LENGTH = 120  # characters: a line


class Type(StrEnum):
    """What we take, by the ending under which it is handed out."""

    JPG = "jpg"
    PNG = "png"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    TXT = "txt"


class Made(StrEnum):
    """What we make ourselves of what was sent, by the same."""

    WEBP = "webp"


class Film(StrEnum):
    """A video and its captions; the library alone takes them, and only from who may write there."""

    MP4 = "mp4"
    VTT = "vtt"


MEDIA_TYPES: dict[Type | Made | Film, str] = {
    Type.JPG: "image/jpeg",
    Type.PNG: "image/png",
    Type.PDF: "application/pdf",
    Type.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Type.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Type.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Type.ODT: "application/vnd.oasis.opendocument.text",
    Type.TXT: "text/plain; charset=utf-8",
    Made.WEBP: "image/webp",
    Film.MP4: "video/mp4",
    Film.VTT: "text/vtt; charset=utf-8",
}
PICTURES = frozenset({Type.JPG, Type.PNG})
LOOKED_AT = PICTURES | {Made.WEBP, *Film}  # a browser shows it; anything else is for somebody's own disk
# For the box in which somebody chooses a file; what really comes is looked at all the same. Without HEIC in it, an
# iPhone sends its photos as JPEG.
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif,.pdf,.docx,.odt,.xlsx,.pptx,.txt"


class Described(StrEnum):
    """How it stands with the description of a picture."""

    NOT_YET = ""  # it cannot be sent
    WRITTEN = "written"
    DECORATIVE = "decorative"  # it says nothing that the text does not say
    ASKED = "asked"  # its writer cannot; whoever can may offer one
