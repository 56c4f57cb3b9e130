"""Getting all that is known of oneself, and erasing oneself: acts that always ask the code (decisions 1)."""

import re
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel.text import fold
from meedoen.mail import actions as mail
from meedoen.mail.incoming import addresses
from meedoen.mail.secret_words import secret
from meedoen.people import actions as people
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions, handing
from .forms import DataForm, EraseForm

ERASE, DATA = "people.erase", "people.data"
_ASKED = re.compile(r"\b(?:wis|verwijder) (?:mij|me|(?:al )?mijn gegevens)(?: maar)?\b", re.IGNORECASE)
_TEXTS = re.compile(r"\b(?:met|zonder)(?: mijn)? teksten\b", re.IGNORECASE)
BY_MAIL = "by_mail"  # in what somebody asks by mail, who chooses there what becomes of their texts


def register() -> None:
    """Make the kind known."""
    acts.register(
        acts.Kind(
            name=ERASE,
            heading=gettext_lazy("Je gegevens wissen"),
            is_discreet=True,
            asks_of_all=True,
            button=gettext_lazy("Wis alles over mij"),
            form=EraseForm,
            place=_place,
            preview=_preview,
            carry_out=_erase,
            told=_told,
            always_asks_code=True,
            preview_heading=gettext_lazy("Dit gebeurt er als je de code invult"),
            change_text=gettext_lazy("Verander je keuze"),
            discard_text=gettext_lazy("Ik wil toch niets wissen"),
            discard_question=gettext_lazy("Toch niets wissen?"),
            discard_words=gettext_lazy("Dan blijft alles zoals het is."),
            discarded=gettext_lazy("We wissen niets"),
            unconfirmed=gettext_lazy("Vul je de code niet in, dan wissen we niets."),
            letter_facts=_asked,
            filled=_filled,
            unread=_unread,
        )
    )
    acts.register(
        acts.Kind(
            name=DATA,
            heading=gettext_lazy("Je gegevens krijgen"),
            is_discreet=True,
            button=gettext_lazy("Geef mij mijn gegevens"),
            form=DataForm,
            place=_place,
            preview=_preview_data,
            carry_out=_hand,
            told=_told_data,
            always_asks_code=True,
            is_fixed=True,
            is_listed=False,
            preview_heading=gettext_lazy("Dit gebeurt er als je de code invult"),
            discard_text=gettext_lazy("Ik wil ze toch niet"),
            discard_question=gettext_lazy("Toch geen gegevens?"),
            discard_words=gettext_lazy("Dan krijg je geen mail met je gegevens."),
            discarded=gettext_lazy("We sturen je niets"),
            unconfirmed=gettext_lazy("Vul je de code niet in, dan sturen we je niets."),
            letter_facts=lambda act: {"place": ""},  # what it is, says it
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


def _asked(act: PendingAct) -> dict[str, object]:
    """What the mail with the code says to who asked by mail, and did not see the page with the choice."""
    if not act.payload.get(BY_MAIL):
        return {"place": ""}
    before = _(
        "Stuur je de code? Dan wissen we alles over jou. Dat kun je niet terugdraaien. Je teksten blijven staan, zonder je naam."
    )
    return {"place": "", "before": before, "ask": _("Moeten je teksten ook weg? Typ dan achter de code: met teksten.")}


def _filled(act: PendingAct, text: str) -> dict[str, object]:
    """Whether somebody who types the code in an answer wants their texts erased too; what they choose on the page stays."""
    said = fold(text)
    if "zonder teksten" in said:
        return {"with_texts": False}
    return {"with_texts": True} if "met teksten" in said or "met mijn teksten" in said else {}


def _unread(act: PendingAct, text: str) -> str:
    """What says no more than that is not unread."""
    return _ASKED.sub("", _TEXTS.sub("", text))


def _erase(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    actions.erase(person, with_texts=act.payload["with_texts"], now=now)
    return acts.Done({}, then=reverse("people:erased"))


def _told(act: PendingAct) -> acts.Told:
    """Read in the last mail only: the act is erased with its person."""
    return acts.Told(
        _("Je gegevens zijn gewist"),
        _(
            "We hebben je naam, je e-mailadres en alles wat je over jezelf invulde gewist. Je krijgt geen mail meer van ons. Wil je later weer meedoen? Dat kan altijd."
        ),
        acts.Place(_("Ga naar de startpagina"), "/"),
    )


def _preview_data(act: PendingAct) -> SafeString:
    return format_html(
        "<p>{}</p>",
        _(
            "Je krijgt een mail met een link en een code. Daarmee zie je alles wat we van je weten. De link werkt een dag."
        ),
    )


def _hand(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    """Lead there, and mail the way: who typed the code in an answer has no page before them."""
    if person.address:
        path, code = handing.mailed_for(person)
        mail.send(
            "mail/people/data.md",
            to=person.address.email,
            context={"path": path, "code": secret(code), "until": now + handing.LIFE},
            key=f"act-{act.pk}-data",
            now=now,
            reply_to=addresses.answer_to(people.BY_MAIL, owner=act.email, about=act.key, now=now),
            is_urgent=True,
        )
    return acts.Done({}, then=handing.path_for(person))


def _told_data(act: PendingAct) -> acts.Told:
    return acts.Told(
        _("We mailden je je gegevens"), _("In de mail staan een link en een code. Die werken een dag."), _place(act)
    )
