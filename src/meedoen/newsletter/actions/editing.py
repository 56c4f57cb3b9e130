"""What the team may do with a draft: take out, put in, put higher or lower, write, let it wait, and read it first."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.mail import actions as mail
from meedoen.newsletter.models import Entry, Letter
from meedoen.newsletter.reading import entries_of
from meedoen.people.models import Person

from .rendering import TEMPLATE, facts_of


class CannotChange(Exception):
    """The letter went, or is skipped; the text is fit to show."""


@transaction.atomic
def write_foreword(letter: Letter, *, foreword: str, easy_foreword: str) -> None:
    """Put words above it. Raises ``CannotChange``."""
    letter = _draft(letter)
    letter.foreword, letter.easy_foreword = foreword, easy_foreword
    letter.save(update_fields=["foreword", "easy_foreword"])


@transaction.atomic
def take_out(entry: Entry, is_out: bool) -> None:
    """Leave something out, or put it in again; twice is once. Raises ``CannotChange``."""
    _draft(entry.letter)
    Entry.objects.filter(pk=entry.pk).update(is_out=is_out)


@transaction.atomic
def move(entry: Entry, by: int) -> None:
    """Put something one place lower (1) or higher (-1) among those of its kind. Raises ``CannotChange``."""
    letter = _draft(entry.letter)
    kind = [each for each, _told in entries_of(letter) if each.source == entry.source]
    at = next((number for number, each in enumerate(kind) if each.pk == entry.pk), 0)
    to = max(0, min(len(kind) - 1, at + by))
    if kind:
        kind.insert(to, kind.pop(at))
    for position, each in enumerate(kind):
        each.position = position
    Entry.objects.bulk_update(kind, ["position"])


@transaction.atomic
def write_easy(entry: Entry, words: str) -> None:
    """Say it in easy words. Raises ``CannotChange``."""
    _draft(entry.letter)
    Entry.objects.filter(pk=entry.pk).update(easy_words=words)


@transaction.atomic
def hold(letter: Letter, is_held: bool, *, now: datetime) -> None:
    """Let it wait until the team says that it may go; or let it go. Raises ``CannotChange``."""
    letter = _draft(letter)
    letter.held_at = (letter.held_at or now) if is_held else None
    letter.save(update_fields=["held_at"])


def try_out(letter: Letter, *, to: Person, is_easy: bool, now: datetime) -> bool:
    """Mail it to one of the team as it would go now; False where they have no address. Raises ``CannotChange``."""
    letter = _draft(letter)
    if to.address is None:
        return False
    nowhere = reverse("newsletter:newsletter")
    mail.send(
        TEMPLATE,
        to=to.address.email,
        context=facts_of(letter, is_easy=is_easy, stop_path=nowhere, own_path=nowhere, is_trial=True),
        key=f"newsletter-{letter.pk}-try-{to.pk}-{int(is_easy)}-{now:%Y%m%dT%H%M%S}",
        now=now,
        is_urgent=True,
    )
    return True


def _draft(letter: Letter) -> Letter:
    """The letter, locked, as long as it can be changed."""
    found = Letter.objects.select_for_update().get(pk=letter.pk)
    if not found.is_draft:
        raise CannotChange(_("Deze nieuwsbrief is al weg, of gaat niet door. Je kunt hem niet meer veranderen."))
    return found
