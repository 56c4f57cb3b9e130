"""The deeds: ask, take back and ask after all, say what came of a question, forget."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.mail import actions as mail
from meedoen.meetings import words
from meedoen.meetings.models import Meeting
from meedoen.people.models import Person

from . import rules
from .models import Question
from .rules import State


class CannotAsk(Exception):
    """The question cannot be asked, or not any more; the text is fit to show."""


@transaction.atomic
def ask(meeting: Meeting, *, person: Person, text: str, is_anonymous: bool, now: datetime.datetime) -> Question:
    """Put a question on the list of who leads the meeting, and mail its writer the way to it.

    The same words of the same person are one question; once asked without a name, it has none. Raises ``CannotAsk``.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("place_municipality").get(pk=meeting.pk)
    if not rules.may_ask(meeting, now):
        raise CannotAsk(_refusal(meeting))
    same = Question.objects.standing().filter(meeting=meeting, person=person, text=text).first()
    if same:
        if is_anonymous and not same.is_anonymous:
            same.is_anonymous = True
            same.save(update_fields=["is_anonymous"])
        return same
    _must_have_room(meeting, person)
    question = Question.objects.create(
        meeting=meeting, person=person, text=text, is_anonymous=is_anonymous, asked_at=now
    )
    _tell(question, meeting, now=now)
    return question


def take_back(question: Question) -> bool:
    """Let who asked it take it back; whether it is off the list now. Twice is once. What came up already, did."""
    Question.objects.filter(pk=question.pk, state=State.OPEN).update(state=State.WITHDRAWN)
    return Question.objects.filter(pk=question.pk, state=State.WITHDRAWN).exists()


@transaction.atomic
def ask_after_all(question: Question, *, now: datetime.datetime) -> None:
    """Put back what was taken back, in its old place. Raises ``CannotAsk`` when that is too late."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=question.meeting_id)
    question = Question.objects.select_for_update(of=("self",)).select_related("person").get(pk=question.pk)
    if question.state != State.WITHDRAWN:
        return
    if not rules.may_ask(meeting, now):
        raise CannotAsk(_refusal(meeting))
    _must_have_room(meeting, question.person)
    question.state = State.OPEN
    question.save(update_fields=["state"])


def settle(question: Question, state: State, *, was: State) -> bool:
    """Note what came of it, or that nothing did yet; whether it still stood as who notes it saw it."""
    return bool(Question.objects.filter(pk=question.pk, state__in=(was, state)).update(state=state))


def forget(person: Person) -> None:
    """Let nothing be left of what somebody asked."""
    Question.objects.filter(person=person).delete()


def erase_old(*, now: datetime.datetime) -> int:
    """Forget the questions of meetings that are over; how many that were."""
    return Question.objects.past_end(now).delete()[0]


def _must_have_room(meeting: Meeting, person: Person) -> None:
    """The meeting is held already. What was taken back counts for who asked it: it was mailed, and can come back."""
    theirs = Question.objects.filter(meeting=meeting, person=person)
    count = theirs.standing().count()
    if count >= rules.MAX_PER_PERSON:
        said = _(
            "Je stelde al %(count)s vragen voor deze bijeenkomst. Neem er een terug, of stel je vraag op de dag zelf."
        )
        raise CannotAsk(said % {"count": count})
    if theirs.count() >= rules.MAX_EVER_PER_PERSON:
        raise CannotAsk(_("Je stuurde al veel vragen voor deze bijeenkomst. Stel je vraag op de dag zelf, of bel ons."))
    if Question.objects.standing().filter(meeting=meeting).count() >= rules.MAX_PER_MEETING:
        raise CannotAsk(
            _("Er zijn al heel veel vragen voor deze bijeenkomst. Stel je vraag op de dag zelf, of mail ons.")
        )


def _refusal(meeting: Meeting) -> str:
    if not meeting.takes_questions:
        return _("Bij deze bijeenkomst kun je vooraf geen vragen stellen. Vraag het op de dag zelf.")
    if meeting.cancelled_at:
        return _("Deze bijeenkomst gaat niet door. Stel je vraag op het forum.")
    return _("De bijeenkomst is begonnen of geweest. Stel je vraag daar, of op het forum.")


def _tell(question: Question, meeting: Meeting, *, now: datetime.datetime) -> None:
    if question.person.address:
        mail.send(
            "mail/meetings/question.md",
            to=question.person.address.email,
            context={
                "title": meeting.title,
                "when": words.when(meeting),
                "is_anonymous": question.is_anonymous,
                "path": question.get_absolute_url(),
                "public_path": meeting.get_absolute_url(),
            },
            key=f"question-{question.pk}",
            now=now,
        )
