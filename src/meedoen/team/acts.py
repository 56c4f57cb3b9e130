"""Deciding from the mail: the code that stands in it proves who decides (decisions 1)."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import actions, rules, words
from meedoen.conversation.moderation.rules import Concern, Deed
from meedoen.conversation.text import render
from meedoen.mail.rendering import Written
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import answered
from .forms import NO_GROUND, NO_REASON, ground_field, reason_field
from .rules import DECIDE
from .steps import as_it_stands

DEEDS = {
    Deed.APPROVE: gettext_lazy("Zet op de site"),
    Deed.KEEP: gettext_lazy("Laat het zo"),
    Deed.ASK: gettext_lazy("Laat veranderen"),
    Deed.HIDE: gettext_lazy("Verberg voorlopig"),
    Deed.REMOVE: gettext_lazy("Haal weg"),
}


class DecisionForm(acts.ActForm):
    """What to decide, and why where it takes something from the writer."""

    deed = forms.ChoiceField(
        label=gettext_lazy("Wat besluit je?"),
        choices=[(deed.value, words) for deed, words in DEEDS.items()],
        widget=forms.RadioSelect,
        error_messages={code: gettext_lazy("Kies wat je besluit.") for code in ("required", "invalid_choice")},
    )
    ground = ground_field(hint=gettext_lazy("Alleen nodig als het bericht niet zo op de site kan."), must=False)
    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contribution = Contribution.objects.filter(pk=self.initial.get("contribution") or 0).first()
        if contribution:  # offer what fits where it stands now
            is_reported = contribution.reports.filter(decision=None).exists()
            self.fields["deed"].choices = [  # type: ignore[attr-defined]
                (deed.value, words)
                for deed, words in DEEDS.items()
                if rules.may_decide(deed, contribution, is_reported=is_reported)
            ]

    def payload(self) -> dict[str, Any]:
        return {**super().payload(), answered.UNREAD: ""}  # what is chosen here goes before what was mailed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("deed") in rules.RESTRICTING:
            if not cleaned.get("ground"):
                self.add_error("ground", NO_GROUND)
            if not cleaned.get("reason"):
                self.add_error("reason", NO_REASON)
        else:
            cleaned |= {"ground": "", "reason": ""}
        return cleaned


def register() -> None:
    """Make the kind known; at start-up."""
    acts.register(
        acts.Kind(
            name=DECIDE,
            heading=gettext_lazy("Je besluit"),
            button=gettext_lazy("Neem dit besluit"),
            form=DecisionForm,
            place=_place,
            preview=_preview,
            carry_out=_decide,
            told=_told,
            preview_heading=gettext_lazy("Dit besluit je"),
            change_text=gettext_lazy("Besluit iets anders"),
            discard_text=gettext_lazy("Besluit nu niets"),
            discard_question=gettext_lazy("Nu niets besluiten?"),
            discard_words=gettext_lazy("Het bericht blijft wachten bij het team."),
            discarded=gettext_lazy("Je besloot niets"),
            unconfirmed=gettext_lazy("Tot dan kun je hier besluiten. Bij het team kan het altijd."),
            is_listed=False,
            refresh=lambda act: as_it_stands(_contribution(act)),
            letter="mail/team/decide.md",
            letter_facts=_letter_facts,
            filled=answered.filled,
        )
    )


def _contribution(act: PendingAct) -> Contribution:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Contribution.objects.select_related("thread", "person").get(pk=said["contribution"])


def _place(act: PendingAct) -> acts.Place:
    thread = _contribution(act).thread
    return acts.Place(thread.title, thread.url)


def _preview(act: PendingAct) -> SafeString:
    contribution = _contribution(act)
    decided: SafeString | str = format_html("<p><strong>{}</strong></p>", DEEDS[Deed(act.payload["deed"])])
    if act.payload["reason"]:
        decided += render(act.payload["reason"])
    return format_html(
        "{}<p>{}</p>{}",
        decided,
        _("Het bericht van %(name)s:") % {"name": contribution.person.name},
        render(contribution.text),
    )


def _decide(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    payload = act.payload
    if unread := answered.problem(payload):
        raise acts.CannotDo(unread)
    try:
        decision = actions.decide(
            _contribution(act),
            Deed(payload["deed"]),
            by=person,
            read=payload["read"],
            seen=payload["seen"],
            ground=payload["ground"],
            reason=payload["reason"],
            now=now,
        )
    except actions.DecidedMeanwhile as problem:
        again = _("Vraag een nieuwe code: in die mail staat hoe het er nu voor staat. Of besluit bij het team.")
        raise acts.CannotDo(f"{problem} {again}") from problem
    except actions.CannotDecide as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"contribution": payload["contribution"], "deed": decision.deed}, then="")


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(
        str(words.DONE[Deed(act.outcome["deed"])]),
        _("Je kunt het terugdraaien bij het team, als je inlogt."),
        acts.Place(_("Bekijk wat er nog wacht"), reverse("team:today")),
    )


def _letter_facts(act: PendingAct) -> dict[str, object]:
    contribution = _contribution(act)
    reports = contribution.reports.filter(decision=None)
    return {
        "name": contribution.person.name,
        "words": Written(contribution.text),
        "deed": str(DEEDS[Deed(act.payload["deed"])]),
        "concerns": [str(words.CONCERNS[Concern(each.concern)]) for each in reports],
        # Their own words stay on the site, where they are erased in time: they may tell of themselves or of others.
        "is_told_more": any(each.text for each in reports),
        "change_path": reverse("people:change", args=[act.key]),
        "desk_path": reverse("team:item", args=[contribution.pk]),
        "mail_path": reverse("team:mail"),
    }
