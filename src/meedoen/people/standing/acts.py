"""Speaking for a municipality because a contact offered it: said yes to with the code from the mail."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.municipalities.models import Municipality
from meedoen.people import acts
from meedoen.people.forms import GuestForm
from meedoen.people.models import PendingAct, Person

from . import actions

SPEAK = "people.speak"


class NameForm(acts.ActForm):
    """Who says yes; the address is the one that was asked."""

    name = GuestForm.base_fields["name"]

    clean_name: Any = GuestForm.clean_name


def register() -> None:
    """Make the kind known."""
    acts.register(
        acts.Kind(
            name=SPEAK,
            heading=gettext_lazy("Spreken namens een gemeente"),
            button=gettext_lazy("Ja, ik spreek namens deze gemeente"),
            form=NameForm,
            place=_place,
            preview=_preview,
            carry_out=_speak,
            told=_told,
            always_asks_code=True,
            preview_heading=gettext_lazy("Wat er dan verandert"),
            change_text=gettext_lazy("Verander je naam"),
            discard_text=gettext_lazy("Nee, ik wil dit niet"),
            letter="mail/people/mandate_offered.md",
            letter_facts=_offered,
        )
    )


def _municipality(act: PendingAct) -> Municipality:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Municipality.objects.get(pk=said["municipality"])


def _place(act: PendingAct) -> acts.Place:
    municipality = _municipality(act)
    return acts.Place(_("gemeente %(name)s") % {"name": municipality.name}, municipality.get_absolute_url())


def _preview(act: PendingAct) -> SafeString:
    words = _("Bij alles wat je schrijft staat: %(name)s, spreekt namens gemeente %(municipality)s.") % {
        "name": act.name,
        "municipality": _municipality(act).name,
    }
    return format_html("<p>{}</p><p>{}</p>", words, _("Je kunt hier altijd mee stoppen."))


def _offered(act: PendingAct) -> dict[str, object]:
    """Who offers it; known to us, so nothing that a stranger typed."""
    return {"by": Person.objects.get(pk=act.payload["by"]).name, "municipality": _municipality(act).name}


def _speak(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    municipality = _municipality(act)
    try:
        actions.give(person, municipality, by=Person.objects.get(pk=act.payload["by"]), now=now)
    except actions.Refused as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"municipality": municipality.pk}, then="")


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(
        _("Je spreekt nu namens deze gemeente"),
        _("Dat staat bij wat je schrijft. Je kunt ermee stoppen op je eigen pagina."),
        acts.Place(_("Ga naar je gemeente"), reverse("people:municipality_desk")),
    )
