"""Confirming a report: a code proves the address where the answer goes, and lets the report count."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.text import render
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions, words
from .forms import ConfirmReportForm
from .models import Report
from .rules import Concern

REPORT = "conversation.report"


def register() -> None:
    """Make the kind known; at start-up."""
    acts.register(
        acts.Kind(
            name=REPORT,
            heading=gettext_lazy("Je melding"),
            is_discreet=True,
            button=gettext_lazy("Bevestig mijn melding"),
            form=ConfirmReportForm,
            place=_place,
            preview=_preview,
            carry_out=_confirm,
            told=_told,
            preview_heading=gettext_lazy("Dit meld je"),
            change_text=gettext_lazy("Verander je melding"),
            discard_text=gettext_lazy("Ik wil geen mail"),
            discard_question=gettext_lazy("Geen mail over je melding?"),
            discard_words=gettext_lazy(
                "Je melding blijft bij ons. We wissen dan je e-mailadres, en je krijgt geen mail."
            ),
            discarded=gettext_lazy("We hebben je melding, en mailen je niet"),
            intro=gettext_lazy("We hebben je melding. Wil je horen wat we besluiten? Bevestig dan je e-mailadres."),
            unconfirmed=gettext_lazy("Bevestig je het niet? Dan houden we je melding, en wissen we je e-mailadres."),
        )
    )


def _place(act: PendingAct) -> acts.Place:
    report = _report(act)
    return acts.Place(report.title, report.url or reverse("conversation:report", args=[report.key]))


def _preview(act: PendingAct) -> SafeString:
    concern = words.CONCERNS[Concern(act.payload["concern"])]
    return format_html("<p><strong>{}</strong></p>{}", concern, render(act.payload["text"]))


def _confirm(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    report = _report(act)
    if report.decision_id is None and report.confirmed_at is None:
        report.concern, report.text = act.payload["concern"], act.payload["text"]
        report.save(update_fields=["concern", "text"])
    actions.confirm(report, person=person, asks_which=bool(act.payload.get("asks_which")), now=now)
    return acts.Done({"report": report.pk}, then=reverse("conversation:report", args=[report.key]))


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(
        _("We hebben je melding"),
        _("Een mens van ons team kijkt ernaar. Je krijgt een mail met wat we besluiten."),
        _place(act),
    )


def _report(act: PendingAct) -> Report:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Report.objects.get(pk=said["report"])
