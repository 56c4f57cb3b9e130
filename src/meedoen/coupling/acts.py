"""Asking or offering before confirming who one is: checked, confirmed by a code; and what came by mail."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation import acts as conversation
from meedoen.mail.references import Reference
from meedoen.people import acts
from meedoen.people.along import actions as along
from meedoen.people.along.rules import What
from meedoen.people.models import PendingAct, Person

from . import actions, beside_code, words
from .forms import GUEST, MEMBER, MailedForm
from .growing import actions as growing
from .models import CouplingRequest
from .rules import MAX_TEXT_LENGTH, Side

GUEST_KINDS = {Side.ASK: "coupling.ask", Side.OFFER: "coupling.offer"}
MEMBER_KINDS = {Side.ASK: "coupling.member_ask", Side.OFFER: "coupling.member_offer"}
BUTTONS = {Side.ASK: gettext_lazy("Stuur mijn vraag"), Side.OFFER: gettext_lazy("Stuur mijn aanbod")}
LETTER = "mail/coupling/drafted.md"


def register() -> None:
    """Make the kinds known; at start-up."""
    for side in Side:
        for names, forms in ((GUEST_KINDS, GUEST), (MEMBER_KINDS, MEMBER)):
            acts.register(
                _kind(
                    names[side],
                    form=forms[side],
                    heading=words.YOURS[side],
                    button=BUTTONS[side],
                    carry_out=_carry_out(side),
                    keeps_drafts=names is MEMBER_KINDS,
                )
            )
    acts.register(
        _kind(
            actions.MAILED,
            form=MailedForm,
            heading=gettext_lazy("Wat je mailde"),
            button=gettext_lazy("Stuur dit naar het team"),
            carry_out=_carry_out_mailed,
            letter=LETTER,
            letter_facts=beside_code.shown,
            filled=beside_code.filled,
            always_asks_code=True,
        )
    )


def _kind(name: str, **more: Any) -> acts.Kind:
    return acts.Kind(
        name=name,
        place=_place,
        preview=preview,
        told=_told,
        warnings=conversation.warnings,
        hints=conversation.hints,
        notes=_notes,
        preview_heading=gettext_lazy("Dit krijgt het team"),
        **more,
    )


def preview(act: PendingAct) -> SafeString:
    """What will be with the team; a draft may be anything, and what is wrong in it is asked again later."""
    form = MEMBER[_side(act)](dict(act.payload))
    is_whole = form.is_valid()
    context = {
        "text": act.payload.get("text", ""),
        "rows": words.facts(form.answers()) if is_whole else [],
        "aim": words.NAMES[_side(act)] if act.kind == actions.MAILED else "",
    }
    return render_to_string("coupling/told.html", context)


def _side(act: PendingAct) -> Side:
    if act.kind == actions.MAILED:
        return Side(act.payload.get("aim") or Side.ASK)
    return Side.OFFER if act.kind in (GUEST_KINDS[Side.OFFER], MEMBER_KINDS[Side.OFFER]) else Side.ASK


def _place(act: PendingAct) -> acts.Place:
    return acts.Place(_("Koppelen"), reverse("coupling:about"))


def _notes(act: PendingAct) -> list[str]:
    found = [
        _("Het komt niet op de site. Het team leest het."),
        _("Past er iemand bij je? Dan leest die wat je schreef, met je voornaam en je gemeente."),
        _("Je e-mailadres geven we pas als jullie allemaal ja zeggen."),
    ]
    if act.kind == actions.MAILED and beside_code.is_filled_in(act):
        found.append(_("Wat je niet in je mail schreef, vulden wij in. Klopt het niet? Verander het."))
    if act.payload.get("is_cut"):
        found.append(_("Je mail was te lang. We bewaarden de eerste %(count)s tekens.") % {"count": MAX_TEXT_LENGTH})
    return found


def _carry_out(side: Side) -> Callable[[PendingAct, Person, datetime], acts.Done]:
    """What makes an ask or an offer of an act."""

    def carry_out(act: PendingAct, person: Person, now: datetime) -> acts.Done:
        return _ask(side, act.payload, person, now)

    return carry_out


def _carry_out_mailed(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    if problem := beside_code.problem_of(act.payload):
        raise acts.CannotDo(problem)
    return _ask(_side(act), act.payload, person, now, unread=beside_code.shown_unread(act))


def _ask(
    side: Side, payload: Mapping[str, Any], person: Person, now: datetime, *, unread: Reference | str = ""
) -> acts.Done:
    form = MEMBER[side](dict(payload))
    if not form.is_valid():  # a draft may be anything, and a municipality may have gone on in another
        raise acts.CannotDo(" ".join(str(each) for errors in form.errors.values() for each in errors))
    conversation.points_of(form.words())
    try:
        with transaction.atomic():
            asker, bond = along.for_whom(payload.get(along.BOND), person, now=now)
            made = actions.ask(side, form.answers(), person=asker, now=now, unread=unread)
            if not bond:
                growing.say_yes(payload.get("grown"), by=person, now=now)
            else:
                url = made.get_absolute_url()
                along.note(bond, What.WRITE, title=made.title, url=url, now=now, is_told=True)
    except (actions.CannotDo, along.Refused) as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"request": made.pk}, then="" if bond else f"{made.get_absolute_url()}?klaar=bewaard")


def _told(act: PendingAct) -> acts.Told:
    found = CouplingRequest.objects.filter(pk=act.outcome["request"]).first()
    heading = _("Je aanbod is bij ons") if found and found.side == Side.OFFER else _("Je vraag is bij ons")
    return acts.Told(
        heading,
        _("Het team zoekt wie bij je past. Met de link in je mail zie je hoe het ermee staat, en verander je het."),
        _place(act),
    )
