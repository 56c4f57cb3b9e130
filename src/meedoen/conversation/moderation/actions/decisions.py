"""Deciding about words and about people: what changes, who is told, and the one way in which a decision is kept."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.conversation.actions import locked, put_in_place, save
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import letters, rules
from meedoen.conversation.moderation.models import Decision, Report
from meedoen.conversation.moderation.rules import Deed, Found
from meedoen.conversation.rules import State
from meedoen.conversation.scoring import HOLD_FROM
from meedoen.kernel.identifiers import unguessable
from meedoen.people import actions as people
from meedoen.people.models import Address, Person


class CannotDecide(Exception):
    """This person may not decide this; the text is fit to show them."""


class DecidedMeanwhile(CannotDecide):
    """Somebody else was first, or the writer changed it; the text is fit to show the team."""


@transaction.atomic
def decide(
    contribution: Contribution,
    deed: Deed,
    *,
    by: Person,
    read: str,
    now: datetime,
    ground: str = "",
    reason: str = "",
    seen: Collection[int] | None = None,
) -> Decision:
    """Let the team decide about words: tell the writer why and how to object (DSA art. 17), and who reported.

    ``read`` is the ``rules.mark_of`` the words that ``by`` saw, ``seen`` the numbers of the reports (None: all of them);
    only those are answered. Whoever is approved once needs not wait again.
    Raises ``DecidedMeanwhile``, and ``CannotDecide`` for who may not.
    """
    contribution = locked(contribution)
    if not rules.may_moderate(by, contribution.person_id):
        raise CannotDecide(_("Over je eigen bericht beslist een collega. En alleen het projectteam beslist."))
    found_open = list(Report.objects.open().filter(contribution=contribution).select_for_update(of=("self",)))
    reports = [each for each in found_open if seen is None or each.pk in seen]
    if any(each.is_urgent for each in found_open if each not in reports):
        raise DecidedMeanwhile(_("Er kwam intussen een dringende melding bij. Lees die eerst. Er is niets veranderd."))
    if not rules.may_decide(deed, contribution, is_reported=bool(reports)):
        raise DecidedMeanwhile(_("Dit is intussen al beslist, of de schrijver haalde het weg. Er is niets veranderd."))
    if read != rules.mark_of(contribution.judged):
        raise DecidedMeanwhile(
            _("De schrijver veranderde de tekst intussen. Lees hem nog eens. Er is niets veranderd.")
        )
    decision = carry_out(
        contribution, deed, reports, found=_found(contribution, reports), by=by, ground=ground, reason=reason, now=now
    )
    if deed != Deed.KEEP:
        letters.tell_person(decision, now=now)
    return decision


@transaction.atomic
def measure(
    person: Person, deed: Deed, *, by: Person, now: datetime, ground: str = "", reason: str = "", days: int = 0
) -> Decision:
    """Warn somebody, keep them from writing for ``days`` or for good, or end that; told with the reason.

    Raises ``CannotDecide``.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("address").get(pk=person.pk)
    if not rules.may_moderate(by, person.pk):
        raise CannotDecide(_("Over jezelf beslist een collega. En alleen het projectteam beslist."))
    if not rules.may_measure(deed, person, now=now):
        raise DecidedMeanwhile(
            _("Dit is intussen al beslist, of het kan niet bij deze persoon. Er is niets veranderd.")
        )
    decision = measured(person, deed, found=Found.TEAM, by=by, ground=ground, reason=reason, days=days, now=now)
    letters.tell_person(decision, now=now)
    return decision


@transaction.atomic
def answer(report: Report, *, by: Person, reason: str, now: datetime) -> Decision:
    """Let the team answer a report on a page of ours. Raises ``CannotDecide``."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not by.is_team:
        raise CannotDecide(_("Alleen het projectteam beslist."))
    if report.contribution_id is not None or report.decision_id is not None:
        raise DecidedMeanwhile(_("Een collega beantwoordde deze melding intussen. Er is niets veranderd."))
    decision = Decision.objects.create(
        deed=Deed.ANSWER, reason=reason, found=Found.REPORT, decided_by=by, decided_at=now
    )
    close([report], decision, now)
    return decision


def _found(contribution: Contribution, reports: list[Report]) -> Found:
    """How the team came to look."""
    if reports:
        return Found.REPORT
    if contribution.score >= HOLD_FROM:
        return Found.SCORED
    address = contribution.person.address
    is_first = contribution.waited and contribution.shown_at is None and bool(address and not address.trusted_at)
    measured = Decision.objects.filter(person=contribution.person_id, contribution=None).exists()
    return Found.FIRST if is_first and not measured else Found.TEAM


def carry_out(
    contribution: Contribution,
    deed: Deed,
    reports: list[Report],
    *,
    found: Found,
    by: Person,
    ground: str,
    reason: str,
    now: datetime,
) -> Decision:
    """Change where it stands, and answer these reports; what is hidden for now answers nothing yet."""
    decision = change(contribution, deed, found=found, by=by, ground=ground, reason=reason, now=now)
    if deed != Deed.HIDE:
        close([*reports, *_answered_otherwise(contribution, deed)], decision, now)
    return decision


def _answered_otherwise(contribution: Contribution, deed: Deed) -> list[Report]:
    """Reports that were told the opposite, and now hear what became of it."""
    opposite = {Deed.REMOVE: [Deed.KEEP, Deed.APPROVE, Deed.RESTORE], Deed.RESTORE: [Deed.REMOVE]}.get(deed, [])
    return list(Report.objects.filter(contribution=contribution, decision__deed__in=[each.value for each in opposite]))


def change(
    contribution: Contribution, deed: Deed, *, found: Found, by: Person | None, ground: str, reason: str, now: datetime
) -> Decision:
    state = rules.DEEDS[deed][1]
    if state == State.SHOWN:
        put_in_place(contribution, now)
        if rules.may_write(contribution.person, now=now):
            Address.objects.filter(people=contribution.person_id, trusted_at=None).update(trusted_at=now)
    elif state is not None:
        contribution.state, contribution.was_state = state, ""
    if state is not None:
        save(contribution, now)
    may_stand = deed in rules.APPROVING and contribution.state == State.SHOWN
    return Decision.objects.create(
        contribution=contribution,
        person_id=contribution.person_id,
        deed=deed,
        ground=ground,
        reason=reason,
        found=found,
        mark=rules.mark_of(contribution.judged) if may_stand else "",
        decided_by=by,
        decided_at=now,
    )


def close(reports: list[Report], decision: Decision, now: datetime) -> None:
    """Answer reports by a decision; the same words may be sent anew from now on."""
    for each in reports:
        each.decision, each.fingerprint = decision, unguessable()
        each.save(update_fields=["decision", "fingerprint"])
        letters.tell_reporter(each, now=now)


def measured(
    person: Person, deed: Deed, *, found: Found, by: Person, ground: str, reason: str, days: int, now: datetime
) -> Decision:
    until = now + timedelta(days=days) if deed == Deed.PAUSE else None
    if deed in (Deed.PAUSE, Deed.BAN):
        people.keep_out(person, until=until, now=now)
    elif deed == Deed.LIFT:
        people.let_in(person)
    return Decision.objects.create(
        person=person,
        deed=deed,
        ground=ground,
        reason=reason,
        found=found,
        until=until,
        decided_by=by,
        decided_at=now,
    )
