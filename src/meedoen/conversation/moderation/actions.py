"""The deeds of moderation: report, confirm, decide, measure, object and settle; each decision is kept and told."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from meedoen.conversation.actions import locked, put_in_place, save
from meedoen.conversation.models import Contribution
from meedoen.conversation.rules import State
from meedoen.conversation.scoring import HOLD_FROM
from meedoen.kernel.identifiers import unguessable
from meedoen.people import actions as people
from meedoen.people import codes
from meedoen.people.models import Address, Person

from . import letters, reading, rules
from .models import Decision, Objection, Report
from .rules import Concern, Deed, Found, Ground

HOUR = timedelta(hours=1)
GONE = "gewist"  # stands where somebody typed what they reported
GROUNDS_NAMED = frozenset(ground.value for ground in Ground)  # concerns that are grounds of ours
MAX_TITLE_LENGTH = 200  # characters of what is reported


class CannotReport(Exception):
    """It cannot be reported now; the text is fit to show, and what was typed stays."""


class CannotDecide(Exception):
    """This person may not decide this; the text is fit to show them."""


class DecidedMeanwhile(CannotDecide):
    """Somebody else was first, or the writer changed it; the text is fit to show the team."""


class CannotObject(Exception):
    """It is too late to object, or somebody looked again already; the text is fit to show."""


def report(
    *,
    contribution: Contribution | None,
    title: str,
    url: str,
    concern: Concern,
    text: str,
    network: str,
    person: Person | None,
    now: datetime,
    email: str = "",
) -> Report:
    """Keep a report, whoever sends it; of who is signed in it counts at once.

    The same words from the same network are kept once, while nobody decided. Raises ``CannotReport`` when a
    network reports more than people do.
    """
    about = [contribution.pk if contribution else url or title, concern, text, network, person.pk if person else email]
    fingerprint = salted_hmac("meedoen.conversation.report", repr(about), algorithm="sha256").hexdigest()
    found = Report.objects.filter(fingerprint=fingerprint).first()
    if found:
        return found
    if codes.count("reports", network, per=HOUR, now=now) > rules.MAX_REPORTS_PER_NETWORK_HOUR:
        raise CannotReport(
            _(
                "Vanaf jouw netwerk kwamen dit uur heel veel meldingen. Wacht een uur. Of bel ons: dan helpen we je meteen."
            )
        )
    kept, is_new = Report.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "contribution": contribution,
            "title": title[:MAX_TITLE_LENGTH],
            "url": url,
            "concern": concern,
            "text": text,
            "network": salted_hmac("meedoen.conversation.network", network, algorithm="sha256").hexdigest(),
            "created_at": now,
        },
    )
    if is_new and person:
        confirm(kept, person=person, now=now)
        kept.refresh_from_db()
    return kept


@transaction.atomic
def confirm(report: Report, *, person: Person, now: datetime) -> None:
    """Let a report count, since its sender proved an address; several of them take the words out of sight.

    The receipt says what happens next (DSA art. 16).
    """
    contribution = locked(report.contribution) if report.contribution else None  # its thread first, as who decides
    report = Report.objects.select_for_update(of=("self",)).select_related("decision").get(pk=report.pk)
    if report.confirmed_at is not None:
        return
    report.person, report.confirmed_at = person, now
    report.save(update_fields=["person", "confirmed_at"])
    if report.decision is not None:  # the team was quicker
        letters.tell_reporter(report, now=now)
        return
    letters.acknowledge(report, now=now)
    if contribution is not None:
        _hide_when_many_report(contribution, now)


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
        raise CannotDecide(_("Over je eigen reactie beslist een collega. En alleen het projectteam beslist."))
    found_open = list(Report.objects.open().filter(contribution=contribution).select_for_update(of=("self",)))
    reports = [each for each in found_open if seen is None or each.pk in seen]
    if any(each.is_urgent for each in found_open if each not in reports):
        raise DecidedMeanwhile(_("Er kwam intussen een dringende melding bij. Lees die eerst. Er is niets veranderd."))
    if not rules.may_decide(deed, contribution, is_reported=bool(reports)):
        raise DecidedMeanwhile(_("Dit is intussen al beslist, of de schrijver haalde het weg. Er is niets veranderd."))
    if read != rules.mark_of(contribution.text):
        raise DecidedMeanwhile(
            _("De schrijver veranderde de tekst intussen. Lees hem nog eens. Er is niets veranderd.")
        )
    decision = _carry_out(
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
    decision = _measured(person, deed, found=Found.TEAM, by=by, ground=ground, reason=reason, days=days, now=now)
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
    _close([report], decision, now)
    return decision


@transaction.atomic
def object_to(decision: Decision, *, report: Report | None, text: str, now: datetime) -> Objection:
    """Ask for another look at a decision, by whom it is about or by who reported; said again, the newer words count.

    Raises ``CannotObject`` when the time is over or somebody looked already.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not rules.may_object(decision, now=now):
        raise CannotObject(_("Bezwaar maken kan tot zes maanden na het besluit. Bel of mail ons als je hulp wilt."))
    objection, is_new = Objection.objects.get_or_create(
        decision=decision, report=report, defaults={"text": text, "created_at": now}
    )
    if objection.settled_at:
        raise CannotObject(_("Er is al opnieuw gekeken. De uitkomst staat op deze pagina."))
    if not is_new and objection.text != text:
        objection.text = text
        objection.save(update_fields=["text"])
    if is_new:
        letters.acknowledge_objection(objection, now=now)
    return objection


@transaction.atomic
def settle(
    objection: Objection,
    *,
    by: Person,
    is_upheld: bool,
    reason: str,
    now: datetime,
    read: str | None = None,
    ground: str = "",
    reason_for_writer: str = "",
) -> Objection:
    """Let another member of the team look again: the decision stays, or is turned round (DSA art. 20).

    ``reason`` is for who objects. Where a reporter is right, the writer reads ``ground`` and ``reason_for_writer``.
    ``read`` is the mark of the words that ``by`` saw.

    Raises ``CannotDecide`` for the one who decided, and ``DecidedMeanwhile``.
    """
    objection = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("decision__contribution", "decision__person", "report")
        .get(pk=objection.pk)
    )
    decision = objection.decision
    if not rules.may_settle(by, decision, person_id=decision.person_id, objector_id=objection.objector_id):
        raise CannotDecide(
            _("Je besloot dit zelf, of het gaat over jou of om jouw bezwaar. Een collega kijkt opnieuw.")
        )
    if objection.settled_at:
        raise DecidedMeanwhile(_("Een collega keek hier intussen al naar. Er is niets veranderd."))
    if read is not None and decision.contribution and read != rules.mark_of(decision.contribution.text):
        raise DecidedMeanwhile(
            _("De schrijver veranderde de tekst intussen. Lees hem nog eens. Er is niets veranderd.")
        )
    objection.settled_at, objection.settled_by = now, by
    objection.is_upheld, objection.reason = is_upheld, reason
    if is_upheld:
        why = reason_for_writer if objection.report_id is not None else reason
        objection.was_turned = _turn_round(objection, by=by, ground=ground, reason=why, now=now)
    objection.save()
    letters.tell_outcome(objection, now=now)
    return objection


def erase_old(*, now: datetime) -> int:
    """Forget who reported, from where and in which words, and what objectors wrote, when its time is over.

    How many reports that changed.
    """
    reading.suspects().filter(waits_since__lt=now - rules.KEEP_SUSPECTS).order_by().delete()
    Report.objects.filter(created_at__lt=now - rules.KEEP_NETWORK).exclude(network="").update(network="")
    long_ago = now - rules.KEEP_REPORTS
    Objection.objects.filter(settled_at__lt=long_ago).exclude(text="").update(text="", reason="")
    old = Report.objects.filter(decision__decided_at__lt=long_ago)
    old.filter(contribution=None).exclude(title=GONE).update(title=GONE)
    return old.filter(Q(person__isnull=False) | ~Q(text="")).update(person=None, confirmed_at=None, text="")


def _hide_when_many_report(contribution: Contribution, now: datetime) -> None:
    counting = [
        each
        for each in Report.objects.open().confirmed().filter(contribution=contribution).select_related("person")
        if each.person and each.concern in GROUNDS_NAMED and rules.may_write(each.person, now=now)
    ]
    approved = contribution.decisions.filter(mark=rules.mark_of(contribution.text))
    if rules.hides(
        networks=len({each.network for each in counting}),
        people=len({each.person.address_id for each in counting if each.person}),
        is_shown=contribution.state == State.SHOWN,
        is_approved=approved.exists(),
    ):
        decision = _change(
            contribution,
            Deed.HIDE,
            found=Found.COUNTED,
            by=None,
            ground=_usual_ground(counting),
            reason=_("Meer mensen vinden dat je reactie niet kan."),
            now=now,
        )
        letters.tell_person(decision, now=now)


def _usual_ground(reports: list[Report]) -> Ground:
    """The ground that most of the reports name."""
    named = [Ground(each.concern) for each in reports]
    return max(named, key=named.count)


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


def _carry_out(
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
    decision = _change(contribution, deed, found=found, by=by, ground=ground, reason=reason, now=now)
    if deed != Deed.HIDE:
        _close([*reports, *_answered_otherwise(contribution, deed)], decision, now)
    return decision


def _answered_otherwise(contribution: Contribution, deed: Deed) -> list[Report]:
    """Reports that were told the opposite, and now hear what became of it."""
    opposite = {Deed.REMOVE: [Deed.KEEP, Deed.APPROVE, Deed.RESTORE], Deed.RESTORE: [Deed.REMOVE]}.get(deed, [])
    return list(Report.objects.filter(contribution=contribution, decision__deed__in=[each.value for each in opposite]))


def _change(
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
        mark=rules.mark_of(contribution.text) if may_stand else "",
        decided_by=by,
        decided_at=now,
    )


def _close(reports: list[Report], decision: Decision, now: datetime) -> None:
    """Answer reports by a decision; the same words may be sent anew from now on."""
    for each in reports:
        each.decision, each.fingerprint = decision, unguessable()
        each.save(update_fields=["decision", "fingerprint"])
        letters.tell_reporter(each, now=now)


def _measured(
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


def _turn_round(objection: Objection, *, by: Person, ground: str, reason: str, now: datetime) -> bool:
    """Do the opposite of what was decided, if it is still the newest word about it; whether it was done."""
    decision = objection.decision
    deed = rules.REVERSALS.get(Deed(decision.deed))
    if deed is None or not _is_newest(decision):
        return False
    if deed == Deed.LIFT and decision.person:
        person = Person.objects.select_for_update(of=("self",)).get(pk=decision.person.pk)
        if not rules.may_measure(deed, person, now=now):
            return False
        _measured(person, deed, found=Found.OBJECTION, by=by, ground="", reason=reason, days=0, now=now)
        return True
    if decision.contribution is None:
        return False
    contribution = locked(decision.contribution)
    if not rules.may_decide(deed, contribution):
        return False
    turned = _carry_out(
        contribution,
        deed,
        list(Report.objects.open().filter(contribution=contribution)),
        found=Found.OBJECTION,
        by=by,
        ground=ground if deed in rules.RESTRICTING else "",
        reason=reason,
        now=now,
    )
    if objection.report_id is not None:  # the writer did not ask for it, and hears why
        letters.tell_person(turned, now=now)
    return True


def _is_newest(decision: Decision) -> bool:
    """Whether nothing was decided since about the same words, or where there are none about the same person."""
    about = Decision.objects.filter(contribution=decision.contribution_id, person=decision.person_id)
    return about.latest("decided_at", "pk").pk == decision.pk
