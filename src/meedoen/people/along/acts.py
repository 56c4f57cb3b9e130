"""Saying yes to helping somebody, with the code from the mail."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.people import acts
from meedoen.people.forms import GuestForm
from meedoen.people.models import PendingAct, Person

from . import actions
from .models import Bond


class NameForm(acts.ActForm):
    """Who says yes; the address is the one that was asked."""

    name = GuestForm.base_fields["name"]

    clean_name: Any = GuestForm.clean_name


def register() -> None:
    """Make the kind known."""
    acts.register(
        acts.Kind(
            name=actions.ALONG,
            heading=gettext_lazy("Iemand helpen om mee te doen"),
            button=gettext_lazy("Ja, ik help"),
            form=NameForm,
            place=_place,
            preview=_preview,
            carry_out=_confirm,
            told=_told,
            always_asks_code=True,
            preview_heading=gettext_lazy("Wat je dan kunt, en wat niet"),
            change_text=gettext_lazy("Verander je naam"),
            discard_text=gettext_lazy("Nee, ik wil dit niet"),
            letter="mail/people/along_asked.md",
            letter_facts=lambda act: {"helped": _bond(act).helped.name, "ends_on": _bond(act).ends_on},
        )
    )


def _bond(act: PendingAct) -> Bond:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Bond.objects.select_related("helped").get(pk=said["bond"])


def _place(act: PendingAct) -> acts.Place:
    return acts.Place(_("Meedoen met iemand anders"), reverse("people:help"))


def _preview(act: PendingAct) -> SafeString:
    facts = {"name": _bond(act).helped.name}
    sentences = [
        _("Je kunt schrijven, iets volgen en iets melden voor %(name)s.") % facts,
        _("Wat je schrijft, komt onder de naam %(name)s te staan.") % facts,
        _("%(name)s krijgt van alles een mail, en ziet wat je deed.") % facts,
        _("Je ziet geen gegevens van %(name)s, en je kunt ze niet veranderen.") % facts,
        _("Jullie kunnen allebei op elk moment stoppen."),
    ]
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((each,) for each in sentences)))


def _confirm(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    bond = _bond(act)
    try:
        actions.confirm(bond, person, now=now)
    except actions.Refused as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"bond": bond.pk}, then="")


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(
        _("Je kunt nu helpen"),
        _("Log in met dit adres. Op je eigen pagina kies je met wie je meedoet."),
        acts.Place(_("Begin met helpen"), reverse("people:help")),
    )
