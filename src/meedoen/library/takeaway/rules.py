"""In which forms a text can be taken along, and what each file is called. Pure."""

from enum import StrEnum

KEPT_BYTES = 16 * 1024 * 1024  # of files in a process: two hundred of the longest guide


class Form(StrEnum):
    """A form of file; the values stand in addresses, after the name of the text."""

    PDF = ".pdf"
    LARGE = "-grote-letters.pdf"
    EPUB = ".epub"
    TEXT = ".txt"


MEDIA_TYPES = {
    Form.PDF: "application/pdf",
    Form.LARGE: "application/pdf",
    Form.EPUB: "application/epub+zip",
    Form.TEXT: "text/plain; charset=utf-8",
}


def form_in(file: str, slug: str) -> Form | None:
    """The form that a file of the text called ``slug`` has by its name; none where there is no such file."""
    return next((form for form in Form if file == f"{slug}{form.value}"), None)
