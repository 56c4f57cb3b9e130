"""Offering a description for a picture, before or without being signed in."""

from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.models import Attachment
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions, reading
from .forms import MemberOfferForm, OfferForm
from .rules import Described

OFFER = "conversation.describe"
MEMBER_OFFER = "conversation.member_describe"


def register() -> None:
    """Make the kinds known; at start-up."""
    for name, form in ((OFFER, OfferForm), (MEMBER_OFFER, MemberOfferForm)):
        acts.register(
            acts.Kind(
                name=name,
                heading=gettext_lazy("Je beschrijving van een foto"),
                button=gettext_lazy("Stuur mijn beschrijving"),
                form=form,
                place=_place,
                preview=_preview,
                carry_out=_carry_out,
                told=_told,
                preview_heading=gettext_lazy("Zo klinkt de foto straks"),
            )
        )


def _attachment(act: PendingAct) -> Attachment:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    found = Attachment.objects.select_related("contribution__thread").filter(contribution__isnull=False)
    return found.get(pk=said["attachment"])


def _place(act: PendingAct) -> acts.Place:
    attachment = _attachment(act)
    assert attachment.contribution is not None  # noqa: S101  asked for in the query
    return acts.Place(attachment.contribution.thread.title, reading.beside_url(attachment, attachment.contribution))


def _preview(act: PendingAct) -> SafeString:
    picture = _attachment(act)
    picture.described, picture.description = Described.WRITTEN, act.payload["text"]  # as it will be, and not stored
    return format_html("{}<p>{}</p>", reading.html_of(reading.shown([picture])), act.payload["text"])


def _carry_out(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    attachment = _attachment(act)
    words = " ".join(act.payload["text"].split())
    try:
        stands = actions.offer(attachment, person=person, text=words, now=now)
    except actions.CannotDescribe as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"attachment": attachment.pk, "stands": stands}, then="")


def _told(act: PendingAct) -> acts.Told:
    if act.outcome["stands"]:
        return acts.Told(
            _("Je beschrijving staat bij de foto"), _("Dank je wel. Nu weet iedereen wat erop staat."), _place(act)
        )
    return acts.Told(
        _("Je beschrijving is bij ons"),
        _("Dank je wel. Het team leest hem. Past hij bij de foto? Dan zetten we hem erbij."),
        _place(act),
    )
