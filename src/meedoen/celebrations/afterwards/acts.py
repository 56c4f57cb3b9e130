"""Telling what became of it from the mail, confirmed by a code; who is signed in needs none."""

from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.celebrations.actions import CannotDo
from meedoen.celebrations.forms import AnswerForm
from meedoen.celebrations.models import Question
from meedoen.conversation.acts import hints, points_of, warnings
from meedoen.conversation.text import render
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions

ANSWER = "celebrations.answer"


def register() -> None:
    """Make the kind known."""
    acts.register(
        acts.Kind(
            name=ANSWER,
            heading=gettext_lazy("Wat is ervan geworden?"),
            button=gettext_lazy("Plaats mijn antwoord"),
            form=AnswerForm,
            place=_place,
            preview=_preview,
            carry_out=_answer,
            told=_told,
            warnings=warnings,
            hints=hints,
            preview_heading=gettext_lazy("Zo komt het bij het succes"),
        )
    )


def _question(act: PendingAct) -> Question:
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return Question.objects.select_related("celebration").get(pk=said["question"])


def _place(act: PendingAct) -> acts.Place:
    celebration = _question(act).celebration
    return acts.Place(celebration.title, celebration.get_absolute_url())


def _preview(act: PendingAct) -> SafeString:
    return format_html("{}", render(act.payload["text"]))


def _answer(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    points_of(act.payload["text"])
    question = _question(act)
    if question.person_id != person.pk:
        raise acts.CannotDo(_("Deze vraag was voor iemand anders."))
    try:
        actions.answer(question, text=act.payload["text"], now=now)
    except CannotDo as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"question": question.pk}, then=f"{question.celebration.get_absolute_url()}#geworden")


def _told(act: PendingAct) -> acts.Told:
    celebration = _question(act).celebration
    return acts.Told(
        _("Je antwoord staat bij het succes"),
        _("Met de link in de mail verander je het, of haal je het weg."),
        acts.Place(celebration.title, celebration.get_absolute_url()),
    )
