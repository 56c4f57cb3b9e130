"""With whom somebody acts along now, as every page needs to know and say it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.people.models import Person

from .models import Bond

ALONG = "along"  # what the session keeps: the number of the bond
FIELD = "along"  # what a form carries, so that nothing is sent under another name than the page said


@dataclass(frozen=True, slots=True)
class Along:
    """With whom the page is looked at, in words for a floor that knows no people."""

    number: int
    name: str
    sentence: str
    own: str


def along_now(request: Any) -> Bond | None:
    """The bond along which who is signed in acts now; looked up only where they switched it on."""
    number = request.session.get(ALONG)
    if number is None or request.person is None:
        return None
    found = Bond.objects.holding(clock.local_date(clock.now())).filter(pk=number, helper=request.person)
    bond = found.select_related("helped__address").first()
    if bond is None:
        del request.session[ALONG]
    return bond


def said(bond: Bond, path: str) -> Along:
    """What every page says of it; on one's own pages also that they are one's own."""
    name = bond.helped.name
    return Along(
        number=bond.pk,
        name=name,
        sentence=_("Je doet nu mee met %(name)s. Wat je hier doet, gebeurt onder de naam %(name)s.") % {"name": name},
        own=_("Deze pagina gaat wel over jezelf.") if path.startswith(("/mijn/", "/team/")) else "",
    )


def name_of(request: Any, person: Person | None) -> str:
    """Under whose name it comes: of who is helped, else one's own; empty for a visitor."""
    bond = getattr(request, "along", None)
    return str(bond.helped.name) if bond else person.name if person else ""


def number_of(request: Any) -> int | None:
    """The number of the bond along which this is done."""
    bond = getattr(request, "along", None)
    return bond.pk if bond else None


def was_switched(request: Any) -> str:
    """Why what was sent is asked once more: the page on which it was typed said another name. Empty when it fits."""
    now = number_of(request)
    if request.POST.get(FIELD, "") == (str(now) if now else ""):
        return ""
    if now:
        return _("Je doet nu mee met %(name)s. Klopt dat? Druk dan nog een keer.") % {"name": request.along.helped.name}
    return _("Je doet nu mee onder je eigen naam. Klopt dat? Druk dan nog een keer.")
