"""What the page of a municipality shows of coupling: the way to the facts that are used."""

from typing import Any

from django.utils.translation import gettext as _

from meedoen.municipalities import beside
from meedoen.municipalities.models import Municipality

from .contesting.reading import page_url


def register() -> None:
    """Put it in; at start-up."""
    beside.register_section("coupling", facts, place=70)


def facts(request: Any, municipality: Municipality) -> beside.Section | None:
    """The way to the facts; it asks nothing."""
    if not municipality.is_current:
        return None
    text = _("Lees welke feiten we van %(name)s gebruiken") % {"name": municipality.name}
    return beside.Section(
        id="koppelen",
        heading=_("Koppelen met andere gemeenten"),
        paragraphs=(_("Ons team brengt gemeenten bij elkaar die van elkaar kunnen leren."),),
        ways=(beside.Link(text, page_url(municipality)),),
    )
