"""What search finds of the site itself: who makes it, its rules, how to reach somebody, privacy, accessibility."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.text import headings_and_words_in, plain_text
from meedoen.search import fixed
from meedoen.search.documents import Document

from .statements import read_accessibility_statement, read_statement

STATEMENTS = ("about", "contact", "privacy", "rules")


def register() -> None:
    """Put them in; at start-up."""
    for name in STATEMENTS:
        fixed.register(name, partial(statement, name))
    fixed.register("accessibility", accessibility)


def statement(name: str) -> Document:
    """One of the pages of text that ship with the software."""
    read = read_statement(name)
    headings, body = headings_and_words_in(read.body)
    return Document(name, reverse(f"home:{name}"), read.title, read.description, headings, body, date=read.updated_on)


def accessibility() -> Document:
    """The statement on accessibility, with what is not accessible yet."""
    read = read_accessibility_statement()
    lines = [line for each in read.limitations for line in (each.what, each.cause, each.effect, each.measure)]
    return Document(
        "accessibility",
        reverse("home:accessibility"),
        str(_("Toegankelijkheidsverklaring")),
        str(_("Onze verklaring over toegankelijkheid: wat werkt, wat nog niet, en hoe je een drempel meldt.")),
        body="\n".join(map(plain_text, filter(None, lines))),
        date=read.checked_on,
    )
