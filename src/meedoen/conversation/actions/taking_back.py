"""What somebody wrote, taken away by them and put back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.kernel.dutch import date_words

from .. import rules
from ..models import Contribution
from ..moderation.rules import may_write
from ..quiet.actions import quiet_now
from ..rules import State
from .keeping import locked, save
from .writing import CANNOT_NOW


@transaction.atomic
def retract(contribution: Contribution, *, now: datetime) -> Contribution:
    """Let the writer take it back; the thread stays readable, and it can be put back. Twice is once."""
    contribution = locked(contribution)
    if rules.may_be_taken_away_by_writer(contribution):
        contribution.was_state, contribution.state = contribution.state, State.RETRACTED
        contribution.retracted_at = now
        save(contribution, now)
    return contribution


@transaction.atomic
def put_back(contribution: Contribution, *, now: datetime) -> Contribution:
    """Let the writer put back what they took away: where it stood, or in the line where it waited.

    The team looks first at what was decided about or reported meanwhile. Where ``why_not_back`` says why, it stays away.
    """
    contribution = locked(contribution)
    if rules.may_be_put_back_by_writer(contribution) and not why_not_back(contribution, now):
        contribution.state, contribution.was_state = _state_when_put_back(contribution, now), ""
        contribution.retracted_at = None
        save(contribution, now)
    return contribution


def why_not_back(contribution: Contribution, now: datetime) -> str:
    """Why its writer cannot put back now what they took away, fit to show them; empty where they can.

    While it is quiet comes back what was taken away in that time: it stood there when the quiet began.
    """
    if not may_write(contribution.person, now=now):
        return str(CANNOT_NOW)
    quiet = None if contribution.person.is_team else quiet_now(now)
    stood = quiet is not None and contribution.retracted_at and contribution.retracted_at >= quiet.begun_at
    if quiet is None or stood:
        return ""
    return _("Nu schrijft alleen ons team. Dit duurt tot en met %(day)s. Daarna kun je je bericht terugzetten.") % {
        "day": date_words(quiet.last_day)
    }


def _state_when_put_back(contribution: Contribution, now: datetime) -> State:
    since = contribution.retracted_at
    reports = contribution.reports.all()
    return rules.state_when_put_back(
        State(contribution.was_state or (State.SHOWN if contribution.shown_at else State.WAITING)),
        away_for=now - since if since else None,
        has_news=since is not None
        and (
            contribution.decisions.filter(decided_at__gt=since).exists()
            or reports.filter(confirmed_at__gt=since).exists()
        ),
        is_reported=reports.open().exists(),
    )
