"""The deeds: ask what became of it, ask once more, stop asking, answer, and take the answer away."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.celebrations import rules, words
from meedoen.celebrations.actions import CannotDo, tell_pages
from meedoen.celebrations.models import Celebration, Outcome, Question
from meedoen.celebrations.rules import State
from meedoen.kernel.clock import local_date
from meedoen.kernel.dutch import date_words
from meedoen.mail import actions as mail
from meedoen.mail import rules as mail_rules
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact

ASKED_AT_ONCE = 50  # celebrations in one round


def ask(*, now: datetime) -> int:
    """Ask what became of celebrations of a year ago, and ask once more who was silent; how many mails that were.

    Quick when there is nothing to ask.
    """
    sent = 0
    due = Celebration.objects.published().filter(ask_on__lte=local_date(now)).order_by("ask_on", "pk")
    for celebration in due.prefetch_related("municipalities")[:ASKED_AT_ONCE]:
        sent += _ask_about(celebration, now)
    silent = Question.objects.to_remind(now).filter(celebration__state=State.PUBLISHED)
    for question in silent.select_related("celebration", "person__address").order_by("pk")[:ASKED_AT_ONCE]:
        with transaction.atomic():
            if Question.objects.to_remind(now).filter(pk=question.pk).update(reminded_at=now):
                sent += _send(question, now, is_reminder=True)
    return sent


@transaction.atomic
def stop(question: Question, *, now: datetime) -> None:
    """Ask no more about this one. Twice is once."""
    Question.objects.filter(pk=question.pk, stopped_at=None).update(stopped_at=now)


def go_on(question: Question) -> None:
    """Be asked again after all."""
    Question.objects.filter(pk=question.pk).update(stopped_at=None)


@transaction.atomic
def answer(question: Question, *, text: str, now: datetime) -> Outcome:
    """Tell what became of it; told again, it takes the place of what was told. Raises ``CannotDo``."""
    question = (
        Question.objects.select_for_update(of=("self",)).select_related("celebration", "person").get(pk=question.pk)
    )
    if question.celebration.state != State.PUBLISHED:
        raise CannotDo(_("Dit succes staat niet meer op de site."))
    told, _is_new = Outcome.objects.update_or_create(
        celebration=question.celebration,
        person=question.person,
        defaults={"text": text, "told_at": now, "removed_at": None, "municipality": question.municipality},
    )
    question.answered_at = now
    question.save(update_fields=["answered_at"])
    tell_pages(now=now)
    return told


@transaction.atomic
def take_away(question: Question, *, now: datetime) -> None:
    """Take the answer away; telling it again brings it back. Twice is once."""
    told = Outcome.objects.filter(celebration=question.celebration_id, person=question.person_id, removed_at=None)
    if told.update(removed_at=now):
        tell_pages(now=now)


def erase_old(*, now: datetime) -> None:
    """Forget who was asked, once the link works no more."""
    Question.objects.past_end(now).delete()


@transaction.atomic
def _ask_about(celebration: Celebration, now: datetime) -> int:
    """Ask who offered it and the contacts of its municipalities; look again later where there is nobody."""
    locked = Celebration.objects.select_for_update(of=("self",)).filter(pk=celebration.pk, ask_on=celebration.ask_on)
    found = locked.select_related("offered_by__address").first()
    if found is None:
        return 0
    asked: dict[int, tuple[Person, Municipality | None]] = {}
    contacts = Contact.objects.now().filter(municipality__in=found.municipalities.all())
    for contact in contacts.select_related("person__address", "municipality").order_by("pk"):
        asked.setdefault(contact.person_id, (contact.person, contact.municipality))
    if found.offered_by and found.offered_by.address:
        asked.setdefault(found.offered_by.pk, (found.offered_by, None))
    found.ask_on = None if asked else local_date(now) + rules.LOOK_AGAIN
    found.save(update_fields=["ask_on"])
    sent = 0
    for person, municipality in asked.values():
        question, is_new = Question.objects.get_or_create(
            celebration=found, person=person, defaults={"asked_at": now, "municipality": municipality}
        )
        if is_new:
            sent += _send(question, now, is_reminder=False)
    return sent


def _send(question: Question, now: datetime, *, is_reminder: bool) -> int:
    if question.person.address is None:
        return 0
    celebration = question.celebration
    stop_path = reverse("celebrations:stop_asking", args=[question.key])
    mail.send(
        "mail/celebrations/became.md",
        to=question.person.address.email,
        context={
            "title": celebration.title,
            "when": celebration.when,
            "names": words.names_of(celebration),
            "path": question.url,
            "public_path": celebration.get_absolute_url(),
            "stop_path": stop_path,
            "is_reminder": is_reminder,
            "until": date_words(question.asked_at + rules.QUESTION_LIFE, weekday=False),
        },
        key=f"question-{question.pk}-{'again' if is_reminder else 'first'}",
        now=now,
        headers=mail_rules.list_headers(
            f"succes-{celebration.pk}",
            domain=urlsplit(settings.BASE_URL).hostname or "localhost",
            unsubscribe_url=f"{settings.BASE_URL}{stop_path}",
            archive_url=f"{settings.BASE_URL}{celebration.get_absolute_url()}",
        ),
    )
    return 1
