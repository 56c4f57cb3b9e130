"""The deeds: tell that one is stuck, make a barrier of it, promise, fix, close, open again, and tell who asked."""

import datetime as dt
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from meedoen.kernel.clock import local_date
from meedoen.kernel.identifiers import unguessable
from meedoen.pages.actions import changed
from meedoen.people import floods
from meedoen.people.models import Person

from . import letters, rules
from .models import AREA, Barrier, Step, StuckReport
from .rules import State

HOUR = dt.timedelta(hours=1)


class CannotDo(Exception):
    """It cannot be done now; the text is fit to show, and what was typed stays."""


@dataclass(frozen=True)
class Facts:
    """What a barrier says, in the team's own words."""

    title: str
    text: str
    criterion: str = ""
    pages: tuple[str, ...] = ()


# Who got stuck ----------------------------------------------------------------------------------------------


@transaction.atomic
def tell(
    *,
    path: str,
    place: str,
    doing: str,
    using: str,
    network: str,
    person: Person | None,
    now: datetime,
    wants_mail: bool = True,
    email: str = "",
) -> StuckReport:
    """Keep what somebody tells, whoever they are; the same words from the same network are kept once.

    Raises ``CannotDo`` when a network sends more than people do.
    """
    about = [path or place, doing, using, network, person.pk if person else email]
    fingerprint = salted_hmac("meedoen.barriers.stuck", repr(about), algorithm="sha256").hexdigest()
    found = StuckReport.objects.filter(fingerprint=fingerprint).first()
    if found:
        return found
    if floods.count("stuck", network, per=HOUR, now=now) > rules.MAX_REPORTS_PER_NETWORK_HOUR:
        raise CannotDo(
            _(
                "Vanaf jouw netwerk kwamen dit uur heel veel meldingen. Wacht een uur. Of bel ons: dan helpen we je meteen."
            )
        )
    kept, is_new = StuckReport.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "path": path,
            "place": "" if path else place,
            "doing": doing,
            "using": using,
            "created_at": now,
            "person": person,
            "stopped_at": None if wants_mail else now,
        },
    )
    if is_new and person and wants_mail:
        letters.received(kept, now=now)
    return kept


@transaction.atomic
def confirm(report: StuckReport, *, person: Person, now: datetime) -> None:
    """Know where the answer goes, since its sender proved an address. Twice is once."""
    report = StuckReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.person_id is not None:
        return
    report.person = person
    report.save(update_fields=["person"])
    if report.settled_at is None:
        letters.received(report, now=now)
    else:  # the team was quicker
        letters.answered(report, now=now)


def stop(report: StuckReport, *, now: datetime) -> None:
    """Mail no more about this one. Twice is once."""
    StuckReport.objects.filter(pk=report.pk, stopped_at=None).update(stopped_at=now)


def go_on(report: StuckReport) -> None:
    """Mail after all."""
    StuckReport.objects.filter(pk=report.pk).update(stopped_at=None)


# The team ---------------------------------------------------------------------------------------------------


@transaction.atomic
def make(facts: Facts, *, report: StuckReport | None, by: Person, now: datetime) -> Barrier:
    """Put a barrier on the list, of what somebody told or of what the team found itself. Raises ``CannotDo``."""
    barrier = Barrier.objects.create(
        title=facts.title,
        text=facts.text,
        criterion=facts.criterion,
        pages=list(facts.pages),
        state=State.FOUND,
        found_on=local_date(now),
        changed_at=now,
    )
    Step.objects.create(barrier=barrier, state=State.FOUND, by=by, at=now)
    if report:
        _settle(report, barrier=barrier, answer="", by=by, now=now)
    changed(AREA, now=now)
    return barrier


@transaction.atomic
def attach(report: StuckReport, barrier: Barrier, *, by: Person, now: datetime) -> None:
    """Say that what somebody told is a barrier that is known already. Raises ``CannotDo``."""
    _settle(report, barrier=barrier, answer="", by=by, now=now)


@transaction.atomic
def answer(report: StuckReport, *, text: str, by: Person, now: datetime) -> None:
    """Answer what is no barrier of this site, with the reason. Raises ``CannotDo``."""
    _settle(report, barrier=None, answer=text, by=by, now=now)


@transaction.atomic
def change(barrier: Barrier, facts: Facts, *, now: datetime) -> Barrier:
    """Say it in other words."""
    barrier = Barrier.objects.select_for_update().get(pk=barrier.pk)
    barrier.title, barrier.text = facts.title, facts.text
    barrier.criterion, barrier.pages = facts.criterion, list(facts.pages)
    return _saved(barrier, now)


def promise(barrier: Barrier, *, on: dt.date, by: Person, now: datetime) -> Barrier:
    """Promise a day, or another one. Raises ``CannotDo``."""
    if not rules.may_promise(on, today=local_date(now)):
        raise CannotDo(_("Kies vandaag of een dag hierna, hooguit een jaar vooruit."))
    return _bring(barrier, State.PROMISED, by=by, now=now, on=on)


def fix(barrier: Barrier, *, words: str, on: dt.date, by: Person, now: datetime) -> Barrier:
    """Say that it is fixed, when, and what changed; who asked hears it. Raises ``CannotDo``."""
    if on > local_date(now):
        raise CannotDo(_("Deze dag moet nog komen. Is het nog niet klaar? Beloof dan een dag."))
    return _bring(barrier, State.FIXED, by=by, now=now, on=on, words=words)


def close(barrier: Barrier, *, reason: str, by: Person, now: datetime) -> Barrier:
    """Say that it is no barrier, and why; who asked hears it. Raises ``CannotDo``."""
    return _bring(barrier, State.NONE, by=by, now=now, words=reason)


def reopen(barrier: Barrier, *, by: Person, now: datetime) -> Barrier:
    """Take back that it was fixed, promised or no barrier. Raises ``CannotDo``."""
    return _bring(barrier, State.FOUND, by=by, now=now)


def erase_old(*, now: datetime) -> int:
    """Forget what people told, once it was answered long ago and its barrier is closed; how many that were."""
    old = StuckReport.objects.filter(settled_at__lt=now - rules.KEEP_REPORTS)
    return old.exclude(barrier__state__in=rules.OPEN).delete()[0]


def forget_person(person: Person, *, with_texts: bool) -> None:
    """Let nothing say who told it, and let their words go where they want that."""
    theirs = StuckReport.objects.filter(person=person)
    if with_texts:
        theirs.delete()
    for each in theirs:
        each.person, each.key = None, unguessable()
        each.save(update_fields=["person", "key"])
    StuckReport.objects.filter(settled_by=person).update(settled_by=None)
    Step.objects.filter(by=person).update(by=None)


@transaction.atomic
def _bring(
    barrier: Barrier, state: State, *, by: Person, now: datetime, on: dt.date | None = None, words: str = ""
) -> Barrier:
    barrier = Barrier.objects.select_for_update().get(pk=barrier.pk)
    if not rules.may_become(state, State(barrier.state)):
        raise CannotDo(_("Een collega veranderde dit intussen. Kijk hoe het er nu voor staat. Er is niets veranderd."))
    barrier.state = state
    barrier.promised_on = on if state == State.PROMISED else None if state == State.FOUND else barrier.promised_on
    barrier.fixed_on, barrier.changed = (on, words) if state == State.FIXED else (None, "")
    barrier.reason = words if state == State.NONE else ""
    Step.objects.create(barrier=barrier, state=state, on=on, words=words, by=by, at=now)
    saved = _saved(barrier, now)
    if state not in rules.OPEN:
        for report in StuckReport.objects.to_tell().filter(barrier=saved):
            letters.answered(report, now=now)
    return saved


def _saved(barrier: Barrier, now: datetime) -> Barrier:
    barrier.changed_at = now
    barrier.save()
    changed(AREA, now=now)
    return barrier


def _settle(report: StuckReport, *, barrier: Barrier | None, answer: str, by: Person, now: datetime) -> None:
    report = StuckReport.objects.select_for_update(of=("self",)).select_related("person__address").get(pk=report.pk)
    if report.settled_at is not None:
        raise CannotDo(_("Een collega las dit intussen al. Er is niets veranderd."))
    report.barrier, report.answer, report.settled_by, report.settled_at = barrier, answer, by, now
    report.fingerprint = unguessable()  # the same words can be sent anew from now on
    report.save()
    letters.answered(report, now=now)
