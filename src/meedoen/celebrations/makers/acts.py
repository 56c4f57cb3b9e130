"""Saying yes to one's name beside a celebration, with the code from the mail."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.celebrations import words
from meedoen.celebrations.actions import CannotDo
from meedoen.celebrations.models import Maker
from meedoen.conversation.text import render
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions
from .forms import NamedForm


def register() -> None:
    """Make the kind known."""
    acts.register(
        acts.Kind(
            name=actions.NAMED,
            heading=gettext_lazy("Je naam bij een succes"),
            button=gettext_lazy("Ja, mijn naam mag erbij"),
            form=NamedForm,
            place=_place,
            preview=_preview,
            carry_out=_consent,
            told=_told,
            always_asks_code=True,
            preview_heading=gettext_lazy("Zo komt je naam erbij"),
            change_text=gettext_lazy("Verander je naam of wat je deed"),
            discard_text=gettext_lazy("Nee, ik wil dit niet"),
            discard_question=gettext_lazy("Wil je niet genoemd worden?"),
            discard_words=gettext_lazy("Je naam komt dan niet op de site."),
            discarded=gettext_lazy("Je naam komt er niet bij"),
            unconfirmed=gettext_lazy("Zeg je niets, dan komt je naam er niet bij."),
            letter="mail/celebrations/named.md",
            letter_facts=_letter_facts,
        )
    )


def _maker(act: PendingAct) -> Maker:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Maker.objects.select_related("celebration").get(pk=said["maker"])


def _place(act: PendingAct) -> acts.Place:
    maker = _maker(act)
    return acts.Place(maker.celebration.title, maker.url)


def _preview(act: PendingAct) -> SafeString:
    celebration, role = _maker(act).celebration, act.payload.get("role", "")
    return format_html(
        "<p><strong>{}</strong></p>{}<p>{} <strong>{}</strong>{}</p>",
        celebration.title,
        render(celebration.text),
        _("Hier werkte aan mee:"),
        act.name,
        f", {role}" if role else "",
    )


def _letter_facts(act: PendingAct) -> dict[str, object]:
    """What we know ourselves; nothing that a stranger typed."""
    maker = _maker(act)
    return {"municipality": words.names_of(maker.celebration), "own_path": maker.url}


def _consent(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    maker = _maker(act)
    try:
        actions.consent(maker, person, name=act.name, role=act.payload.get("role", ""), now=now)
    except CannotDo as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"maker": maker.pk}, then=f"{reverse('celebrations:named', args=[maker.key])}?klaar=ja")


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(
        _("Je naam staat bij het succes"),
        _("Wil je dat niet meer? Met de link in je mail haal je je naam meteen weg."),
        acts.Place(_("Successen"), reverse("celebrations:wall")),
    )
