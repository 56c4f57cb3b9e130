"""The deeds: let it be quiet, and let everybody write again."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meedoen.conversation.models import AREA
from meedoen.kernel import dutch, prepared
from meedoen.kernel.clock import local_date
from meedoen.pages.actions import changed
from meedoen.people.models import Person

from . import rules
from .models import Quiet


class CannotBeQuiet(Exception):
    """The last day is over, or too far away."""


def quiet_now(now: datetime) -> Quiet | None:
    """What holds now, if anything. One small query."""
    found = prepared.ask(_holding, day=local_date(now))
    return found[0] if found else None


def _holding(*, day: date) -> QuerySet[Quiet]:
    return Quiet.objects.on(day)[:1]


def why_not(person: Person | None, *, now: datetime) -> str:
    """Why somebody cannot write now, fit to show them; empty for the team, and when everybody can."""
    quiet = None if person and person.is_team else quiet_now(now)
    if quiet is None:
        return ""
    until = {"day": dutch.date_words(quiet.last_day)}
    return _("Je kunt nu niets plaatsen. Dit duurt tot en met %(day)s. Je tekst staat er nog.") % until


@transaction.atomic
def begin(*, notice: str, last_day: date, by: Person | None, now: datetime) -> Quiet:
    """Let only the team write until the end of ``last_day``; what was said of that before gives way to this.

    Raises ``CannotBeQuiet``.
    """
    if not rules.may_last_until(last_day, local_date(now)):
        raise CannotBeQuiet(f"{last_day} is over, or more than {rules.LONGEST.days} days away")
    Quiet.objects.begun().update(ended_at=now, ended_by=by)
    quiet = Quiet.objects.create(notice=notice, last_day=last_day, begun_at=now, begun_by=by)
    changed(AREA, now=now)
    return quiet


@transaction.atomic
def end(*, by: Person | None, now: datetime) -> bool:
    """Let everybody write again; whether it was quiet."""
    ended = Quiet.objects.begun().update(ended_at=now, ended_by=by)
    if ended:
        changed(AREA, now=now)
    return bool(ended)


@transaction.atomic
def end_past(*, now: datetime) -> None:
    """Note that its date ended it, so that pages that were kept say so too; quick when there is nothing."""
    if Quiet.objects.past(now).update(ended_at=now):
        changed(AREA, now=now)
