"""Erasing oneself, as an act that always asks the code: nothing brings it back (decisions 1)."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions
from .forms import EraseForm

ERASE = "people.erase"


def register() -> None:
    """Make the kind known."""
    acts.register(
        acts.Kind(
            name=ERASE,
            heading=gettext_lazy("Je gegevens wissen"),
            button=gettext_lazy("Wis alles over mij"),
            form=EraseForm,
            place=_place,
            preview=_preview,
            carry_out=_erase,
            told=_told,
            warnings=lambda payload: [],
            always_asks_code=True,
            preview_heading=gettext_lazy("Dit gebeurt er als je de code invult"),
            change_text=gettext_lazy("Verander je keuze"),
            discard_text=gettext_lazy("Ik wil toch niets wissen"),
            discard_question=gettext_lazy("Toch niets wissen?"),
            discard_words=gettext_lazy("Dan blijft alles zoals het is."),
            discarded=gettext_lazy("We wissen niets"),
            unconfirmed=gettext_lazy("Vul je de code niet in, dan wissen we niets."),
        )
    )


def _place(act: PendingAct) -> acts.Place:
    return acts.Place(_("Jouw gegevens"), reverse("people:data"))


def _preview(act: PendingAct) -> SafeString:
    """What will happen, in sentences."""
    sentences = [
        _("We wissen je naam, je e-mailadres en alles wat je over jezelf invulde."),
        _("Je kunt dit niet terugdraaien."),
        _("We wissen ook je teksten. Er staat dan alleen nog dat er iets stond.")
        if act.payload["with_texts"]
        else _("Je teksten blijven staan, zonder je naam."),
    ]
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((each,) for each in sentences)))


def _erase(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    actions.erase(person, with_texts=act.payload["with_texts"], now=now)
    return acts.Done({}, then=reverse("people:erased"))


def _told(act: PendingAct) -> acts.Told:
    """Never seen: the act is erased with its person."""
    return acts.Told(_("Je gegevens zijn gewist"), "", acts.Place(_("Ga naar de startpagina"), "/"))
