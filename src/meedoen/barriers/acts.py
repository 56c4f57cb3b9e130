"""Confirming where the answer goes: a code proves the address of who got stuck."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.text import render
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions
from .forms import ConfirmStuckForm
from .models import StuckReport

STUCK = "barriers.stuck"


def register() -> None:
    """Make the kind known; at start-up."""
    acts.register(
        acts.Kind(
            name=STUCK,
            heading=gettext_lazy("Waar je vastliep"),
            button=gettext_lazy("Bevestig mijn e-mailadres"),
            form=ConfirmStuckForm,
            place=_place,
            preview=_preview,
            carry_out=_confirm,
            told=_told,
            preview_heading=gettext_lazy("Dit vertelde je"),
            change_text=gettext_lazy("Verander wat je vertelde"),
            discard_text=gettext_lazy("Ik wil geen mail"),
            discard_question=gettext_lazy("Geen mail over waar je vastliep?"),
            discard_words=gettext_lazy(
                "Wat je vertelde, blijft bij ons. We wissen dan je e-mailadres, en je krijgt geen mail."
            ),
            discarded=gettext_lazy("We hebben het, en mailen je niet"),
            intro=gettext_lazy("We hebben wat je vertelde. Wil je ons antwoord per mail? Bevestig dan je e-mailadres."),
            unconfirmed=gettext_lazy(
                "Bevestig je het niet? Dan houden we wat je vertelde, en wissen we je e-mailadres."
            ),
        )
    )


def _report(act: PendingAct) -> StuckReport | None:
    """What was told; it can be past its end date."""
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return StuckReport.objects.filter(pk=said["report"]).first()


def _place(act: PendingAct) -> acts.Place:
    report = _report(act)
    if report is None:
        return acts.Place(_("Drempels op deze site"), reverse("barriers:list"))
    return acts.Place(report.where or _("deze site"), report.path or reverse("barriers:list"))


def _preview(act: PendingAct) -> SafeString:
    using = act.payload.get("using", "")
    with_what = format_html("<p>{} {}</p>", _("Waarmee:"), using) if using else ""
    return format_html("{}{}", render(act.payload["doing"]), with_what)


def _confirm(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    report = _report(act)
    if report is None:
        raise acts.CannotDo(
            _("We gaven hier al antwoord op. Daarna hebben we gewist wat je schreef. Vertel het gerust opnieuw.")
        )
    if report.settled_at is None and report.person_id is None:
        report.doing, report.using = act.payload["doing"], act.payload["using"]
        report.save(update_fields=["doing", "using"])
    actions.confirm(report, person=person, now=now)
    return acts.Done({"report": report.pk}, then=report.get_absolute_url())


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(
        _("We weten waar je vastliep"),
        _("Een mens van ons team kijkt ernaar. Je krijgt een mail met ons antwoord."),
        _place(act),
    )
