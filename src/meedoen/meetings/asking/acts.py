"""Asking a question before confirming who one is."""

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.meetings.models import Meeting
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions
from .forms import MemberQuestionForm, QuestionForm

ASK = "meetings.ask"
MEMBER_ASK = "meetings.member_ask"


def register() -> None:
    """Make the kinds known; at start-up."""
    for name, form in ((ASK, QuestionForm), (MEMBER_ASK, MemberQuestionForm)):
        acts.register(
            acts.Kind(
                name=name,
                heading=gettext_lazy("Je vraag voor de bijeenkomst"),
                button=gettext_lazy("Stuur mijn vraag"),
                form=form,
                place=_place,
                preview=_preview,
                carry_out=_carry_out,
                told=_told,
                preview_heading=gettext_lazy("Zo staat je vraag op de lijst"),
                change_text=gettext_lazy("Verander je vraag"),
                discard_text=gettext_lazy("Gooi je vraag weg"),
                discard_question=gettext_lazy("Je vraag weggooien?"),
                unconfirmed=gettext_lazy("Bevestig je je vraag niet? Dan gooien we hem weg."),
            )
        )


def _meeting(act: PendingAct) -> Meeting | None:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Meeting.objects.filter(pk=said.get("meeting")).first()


def _place(act: PendingAct) -> acts.Place:
    meeting = _meeting(act)
    if meeting is None:
        return acts.Place(_("Bijeenkomsten"), reverse("meetings:list"))
    return acts.Place(meeting.title, meeting.get_absolute_url())


def _preview(act: PendingAct) -> SafeString:
    by = _("Anoniem") if act.payload.get("is_anonymous") else act.name or _("Jij")
    return format_html("<p><strong>{}</strong></p><p>{}</p>", by, act.payload["text"])


def _carry_out(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    meeting = _meeting(act)
    if meeting is None:
        raise acts.CannotDo(_("Deze bijeenkomst is er niet meer. Stel je vraag op het forum."))
    try:
        question = actions.ask(
            meeting,
            person=person,
            text=act.payload["text"],
            is_anonymous=bool(act.payload.get("is_anonymous")),
            now=now,
        )
    except actions.CannotAsk as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"meeting": meeting.pk}, then=f"{question.get_absolute_url()}?klaar=gevraagd")


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(
        _("Je vraag is er"), _("Hij staat op de lijst van wie de bijeenkomst leidt. Dank je wel."), _place(act)
    )
