"""Offering a practice before confirming who one is: checked, confirmed by a code, then read by the team."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation import acts as conversation
from meedoen.conversation.text import render
from meedoen.library.models import PracticeOffer
from meedoen.people import acts
from meedoen.people.along import actions as along
from meedoen.people.along.rules import What
from meedoen.people.models import PendingAct, Person

from . import actions
from .content import all_words, facts_of, told_of
from .forms import MemberOfferForm, OfferForm
from .rules import State

OFFER = "library.offer"
MEMBER_OFFER = "library.member_offer"


def register() -> None:
    """Make the kinds known; at start-up."""
    for name, form in ((OFFER, OfferForm), (MEMBER_OFFER, MemberOfferForm)):
        acts.register(
            acts.Kind(
                name=name,
                heading=gettext_lazy("Je voorbeeld"),
                button=gettext_lazy("Bied mijn voorbeeld aan"),
                form=form,
                place=_place,
                preview=preview,
                carry_out=_offer,
                told=_told,
                warnings=_warnings,
                hints=_hints,
                notes=_notes,
                preview_heading=gettext_lazy("Dit vertel je"),
                keeps_drafts=name == MEMBER_OFFER,
            )
        )


def answers_shown(answers: Mapping[str, Any]) -> SafeString:
    """What was told, question by question; what was left empty is not there. A draft may be anything."""
    facts = format_html_join("", "<p>{}: {}</p>", facts_of(answers))
    told = [(question, render(words)) for question, words in told_of(answers)]
    return format_html(
        "<p><strong>{}</strong></p>{}{}",
        answers.get("title", ""),
        facts,
        format_html_join("", "<p><strong>{}</strong></p>{}", told),
    )


def preview(act: PendingAct) -> SafeString:
    """What will be with the team."""
    return answers_shown(act.payload)


def _place(act: PendingAct) -> acts.Place:
    return acts.Place(_("Kennisbank"), reverse("library:shelf"))


def _warnings(payload: Mapping[str, Any]) -> list[str]:
    return conversation.warnings({"text": f"{payload.get('title', '')}\n\n{all_words(payload)}"})


def _hints(payload: Mapping[str, Any]) -> list[str]:
    return conversation.hints({"text": all_words(payload), "title": payload.get("title", "")})


def _notes(act: PendingAct) -> list[str]:
    found = [_("Het team leest het eerst. Het maakt er een tekst van, en zet die op de site.")]
    if not act.payload.get("contact"):
        found.append(_("Je vulde niet in wie anderen kunnen vragen. Het team vraagt het jou."))
    return found


def _offer(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    form = MemberOfferForm(act.payload)
    if not form.is_valid():  # a draft may be anything, and a municipality may have gone on in another
        raise acts.CannotDo(" ".join(str(each) for errors in form.errors.values() for each in errors))
    conversation.points_of(form.words())
    try:
        with transaction.atomic():
            teller, bond = along.for_whom(act.payload.get(along.BOND), person, now=now)
            offer = actions.offer(form.payload(), person=teller, now=now)
            if bond:
                url = offer.get_absolute_url()
                along.note(bond, What.WRITE, title=offer.title, url=url, now=now, is_told=True)
    except (actions.CannotDo, along.Refused) as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"offer": offer.pk}, then="" if bond else f"{offer.get_absolute_url()}?klaar=aangeboden")


def _told(act: PendingAct) -> acts.Told:
    offer = PracticeOffer.objects.whole().filter(pk=act.outcome["offer"]).first()
    if offer and offer.state == State.PUBLISHED and offer.work.article:
        place = acts.Place(offer.work.article.title, offer.work.article.get_absolute_url())
        return acts.Told(_("Je voorbeeld staat op de site"), _("Dank je wel! Zo leren anderen van jullie."), place)
    return acts.Told(
        _("Je voorbeeld is bij ons"),
        _("Het team leest het eerst. Met de link in je mail zie je hoe het ermee staat, en verander je het."),
        acts.Place(_("Kennisbank"), reverse("library:shelf")),
    )
