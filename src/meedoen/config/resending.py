"""What somebody sent while the database was away, made ready to be sent once more: nothing typed is lost."""

from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException

from meedoen.pages.origin import comes_from_here

# What is shown beside being kept: words of people have a space in them, what a form itself brings along has none.
SHOWN_FROM = 40  # characters, for words without a space


@dataclass(frozen=True)
class Sent:
    """The fields of a form that was sent, in their order, and the names of the files in it, which have to be chosen anew."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]  # the field's name and the file's

    @property
    def words(self) -> list[str]:
        """What somebody typed, as far as can be told from outside: to be read again, and copied."""
        return [value for _name, value in self.fields if " " in value.strip() or len(value) > SHOWN_FROM]


def sent(request: HttpRequest) -> Sent | None:
    """What a page of ours sent; None for who only reads, and for a form of another site, which we do not offer to send.

    Asks no database. What cannot be read is None too.
    """
    if request.method != "POST":
        return None
    try:
        if not comes_from_here(request):
            return None
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = [(name, each.name or "") for name, those in request.FILES.lists() for each in those]
    except (SuspiciousOperation, MultiPartParserError, RawPostDataException, OSError):
        return None
    return Sent(request.get_full_path(), tuple(fields), tuple(files))
