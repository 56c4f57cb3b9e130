"""Telling of a celebration before confirming who one is: checked, confirmed by a code, then read by the team."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.acts import hints, points_of, warnings
from meedoen.conversation.text import render
from meedoen.kernel.dutch import partial_date_words
from meedoen.kernel.identifiers import number_in
from meedoen.municipalities.models import Municipality
from meedoen.people import acts
from meedoen.people.along import actions as along
from meedoen.people.along.rules import What
from meedoen.people.models import PendingAct, Person

from . import actions, words
from .afterwards import acts as afterwards
from .forms import MemberOfferForm, OfferForm
from .makers import acts as makers
from .models import Celebration
from .rules import Kind, State

OFFER = "celebrations.offer"
MEMBER_OFFER = "celebrations.member_offer"


def register() -> None:
    """Make the kinds known; at start-up."""
    for name, form in ((OFFER, OfferForm), (MEMBER_OFFER, MemberOfferForm)):
        acts.register(
            acts.Kind(
                name=name,
                heading=gettext_lazy("Je succes"),
                button=gettext_lazy("Vertel mijn succes"),
                form=form,
                place=_place,
                preview=_preview,
                carry_out=_offer,
                told=_told,
                warnings=_warnings,
                hints=hints,
                notes=_notes,
                preview_heading=gettext_lazy("Zo komt je succes op de site"),
                keeps_drafts=name == MEMBER_OFFER,
            )
        )
    makers.register()
    afterwards.register()


def _place(act: PendingAct) -> acts.Place:
    return acts.Place(_("Successen"), reverse("celebrations:wall"))


def _warnings(payload: Mapping[str, Any]) -> list[str]:
    return warnings({"text": f"{payload['title']}\n\n{payload['text']}"})


def _notes(act: PendingAct) -> list[str]:
    return [_("Hierna kun je zeggen wie het maakte, en foto's toevoegen.")]


def _preview(act: PendingAct) -> SafeString:
    payload = act.payload  # a draft may be anything
    named = Municipality.objects.filter(pk=number_in(str(payload.get("municipality", "")))).first()
    kind = str(words.KINDS[Kind(payload["kind"])]) if payload.get("kind") in list(Kind) else _("Je koos nog niets")
    where = [named.name if named else "", _when(payload.get("happened", "")), payload.get("place", "")]
    return format_html(
        "<p>{}</p><p><strong>{}</strong></p><p>{}</p>{}",
        kind,
        payload["title"],
        ", ".join(filter(None, where)),
        render(payload["text"]),
    )


def _when(partial: str) -> str:
    try:
        return partial_date_words(partial)
    except ValueError:
        return partial


def _offer(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    form = MemberOfferForm(act.payload)
    if not form.is_valid():  # a draft may be anything
        raise acts.CannotDo(" ".join(str(each) for errors in form.errors.values() for each in errors))
    points_of(form.cleaned_data["text"])
    try:
        with transaction.atomic():
            teller, bond = along.for_whom(act.payload.get(along.BOND), person, now=now)
            celebration = actions.offer(form.facts(), person=teller, now=now)
            if bond:
                along.note(bond, What.WRITE, title=celebration.title, url=celebration.own_url, now=now, is_told=True)
    except (actions.CannotDo, along.Refused) as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"celebration": celebration.pk}, then="" if bond else f"{celebration.own_url}?klaar=verteld")


def _told(act: PendingAct) -> acts.Told:
    celebration = Celebration.objects.filter(pk=act.outcome["celebration"]).first()
    if celebration and celebration.state == State.PUBLISHED:
        return acts.Told(
            _("Je succes staat op de site"),
            _("Met de link in je mail kun je zeggen wie het maakte, en foto's toevoegen."),
            acts.Place(celebration.title, celebration.get_absolute_url()),
        )
    return acts.Told(
        _("Je succes is bij ons"),
        _("Het team leest het eerst. Met de link in je mail zie je hoe het ermee staat, en voeg je foto's toe."),
        acts.Place(_("Successen"), reverse("celebrations:wall")),
    )
