"""What search finds of the site itself: what it says of itself, and where each part of it begins."""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.kernel.text import headings_and_words_in, plain_text
from meedoen.search import fixed
from meedoen.search.documents import Document

from .statements import read_accessibility_statement, read_statement

STATEMENTS = ("about", "contact", "privacy", "rules")


@dataclass(frozen=True, slots=True)
class Begin:
    """Where a part of the site begins: its address and template; its title and summary where the template has none."""

    address: str
    template: str
    title: str | Promise = ""
    summary: str | Promise = ""


BEGINS = {
    "forum": Begin("forum:home", "forum/home.html", _("Forum")),
    "forum-ask": Begin(
        "forum:ask",
        "forum/ask.html",
        summary=_("Stel een vraag op het forum, of vertel wat je meemaakte. Een account is niet nodig."),
    ),
    "forum-waiting": Begin("forum:waiting", "forum/waiting.html", _("Vragen die wachten op antwoord")),
    "library": Begin("library:shelf", "library/shelf.html", _("Kennisbank")),
    "library-offer": Begin(
        "library:offer",
        "library/offering/offer.html",
        summary=_("Deed jouw gemeente iets waar anderen van leren? Vertel je praktijkvoorbeeld, zonder account."),
    ),
    "news": Begin("library:news", "library/news.html", _("Nieuws")),
    "convention": Begin("library:convention", "library/convention/overview.html", _("Het VN-verdrag Handicap")),
    "agendas": Begin("library:agendas", "library/agendas/agendas.html"),
    "words": Begin("terms:words", "terms/words.html"),
    "meetings": Begin("meetings:list", "meetings/meetings.html", _("Bijeenkomsten")),
    "municipalities": Begin("municipalities:list", "municipalities/municipality_list.html", _("Gemeenten")),
    "celebrations": Begin("celebrations:wall", "celebrations/wall.html", _("Successen")),
    "celebrations-offer": Begin(
        "celebrations:offer",
        "celebrations/offer.html",
        summary=_("Is er iets gelukt in jouw gemeente? Vertel je succes, zonder account."),
    ),
    "coupling-ask": Begin(
        "coupling:ask",
        "coupling/ask.html",
        summary=_("Zoek je een andere gemeente om van te leren? Vraag om een koppeling, zonder account."),
    ),
    "coupling-offer": Begin(
        "coupling:offer",
        "coupling/offer.html",
        summary=_("Heeft jouw gemeente ervaring? Deel met een andere gemeente wat je weet."),
    ),
    "barriers": Begin("barriers:list", "barriers/list.html"),
    "stuck": Begin("barriers:stuck", "barriers/stuck.html"),
    "sign-in": Begin("people:sign_in", "people/sign_in.html"),
    "preferences": Begin("ui:preferences", "ui/preferences.html"),
}


def register() -> None:
    """Put them in; at start-up."""
    for name in STATEMENTS:
        fixed.register(name, partial(statement, name))
    fixed.register("accessibility", accessibility)
    for name, each in BEGINS.items():
        fixed.register(name, partial(begin, name, each))


def statement(name: str) -> Document:
    """One of the pages of text that ship with the software."""
    read = read_statement(name)
    headings, body = headings_and_words_in(read.body)
    return Document(name, reverse(f"home:{name}"), read.title, read.description, headings, body, date=read.updated_on)


def begin(name: str, page: Begin) -> Document:
    """Where a part of the site begins, by what it is called."""
    return fixed.begun_by(page.template, name, reverse(page.address), title=str(page.title), summary=str(page.summary))


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
