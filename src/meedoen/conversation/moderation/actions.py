"""The deeds of moderation: report, confirm, decide, measure, object and settle; each decision is kept and told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from meedoen.conversation.actions import locked, put_in_place, save
from meedoen.conversation.models import Contribution
from meedoen.conversation.rules import State
from meedoen.kernel.identifiers import unguessable
from meedoen.people import actions as people
from meedoen.people import codes
from meedoen.people.models import Address, Person

from . import letters, reading, rules
from .models import Decision, Objection, Report
from .rules import Concern, Deed, Found, Ground

HOUR = timedelta(hours=1)


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
) -> Report:
    """Keep a report, whoever sends it; of who is signed in it counts at once.

    The same words from the same network are kept once, while nobody decided. Raises ``CannotReport`` when a
    network reports more than people do.
    """
    about = [contribution.pk if contribution else url, concern, text, network, person.pk if person else ""]
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
            "title": title,
            "url": url,
            "concern": concern,
            "text": text,
            "network": salted_hmac("meedoen.conversation.network", network, algorithm="sha256").hexdigest(),
            "created_at": now,
        },
    )
    if is_new and person:
        confirm(kept, person=person, now=now)
    return kept


@transaction.atomic
def confirm(report: Report, *, person: Person, now: datetime) -> None:
    """Let a report count, since its sender proved an address; several of them take the words out of sight.

    The receipt says what happens next (DSA art. 16).
    """
    report.person, report.confirmed_at = person, now
    report.save(update_fields=["person", "confirmed_at"])
    letters.acknowledge(report, now=now)
    if report.contribution_id is not None:
        _hide_when_many_report(report.contribution, now)  # type: ignore[arg-type]


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
) -> Decision:
    """Let the team decide about words: tell the writer why and how to object (DSA art. 17), and who reported.

    ``read`` is the ``rules.mark_of`` the words that ``by`` saw. Whoever is approved once needs not wait again.
    Raises ``DecidedMeanwhile``, and ``CannotDecide`` for who may not.
    """
    contribution = locked(contribution)
    if not rules.may_moderate(by, contribution.person_id):
        raise CannotDecide(_("Over je eigen reactie beslist een collega. En alleen het projectteam beslist."))
    reports = list(Report.objects.open().filter(contribution=contribution))
    if not rules.may_decide(deed, contribution, is_reported=bool(reports)):
        raise DecidedMeanwhile(_("Dit is intussen al beslist, of de schrijver haalde het weg. Er is niets veranderd."))
    if read != rules.mark_of(contribution.text):
        raise DecidedMeanwhile(
            _("De schrijver veranderde de tekst intussen. Lees hem nog eens. Er is niets veranderd.")
        )
    is_first = contribution.waited and contribution.shown_at is None
    found = Found.REPORT if reports else Found.FIRST if is_first else Found.TEAM
    decision = _carry_out(contribution, deed, found=found, by=by, ground=ground, reason=reason, now=now)
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
    objection: Objection, *, by: Person, is_upheld: bool, reason: str, now: datetime, ground: str = ""
) -> Objection:
    """Let another member of the team look again: the decision stays, or is turned round (DSA art. 20).

    Raises ``CannotDecide`` for the one who decided, and ``DecidedMeanwhile``.
    """
    objection = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("decision__contribution", "decision__person", "report")
        .get(pk=objection.pk)
    )
    decision = objection.decision
    if not rules.may_settle(by, decision, person_id=decision.person_id):
        raise CannotDecide(_("Je besloot dit zelf, of het gaat over jou. Een collega kijkt opnieuw."))
    if objection.settled_at:
        raise DecidedMeanwhile(_("Een collega keek hier intussen al naar. Er is niets veranderd."))
    objection.settled_at, objection.settled_by = now, by
    objection.is_upheld, objection.reason = is_upheld, reason
    objection.save()
    if is_upheld:
        _turn_round(objection, by=by, ground=ground, now=now)
    letters.tell_outcome(objection, now=now)
    return objection


def erase_old(*, now: datetime) -> int:
    """Forget who reported, from where and in which words, when its time is over; how many rows that changed."""
    reading.suspects().filter(waits_since__lt=now - rules.KEEP_SUSPECTS).order_by().delete()
    Report.objects.filter(created_at__lt=now - rules.KEEP_NETWORK).exclude(network="").update(network="")
    long_ago = now - rules.KEEP_REPORTS
    return Report.objects.filter(decision__decided_at__lt=long_ago, person__isnull=False).update(
        person=None, confirmed_at=None, text=""
    ) + Report.objects.filter(decision__decided_at__lt=long_ago).exclude(text="").update(text="")


def _hide_when_many_report(contribution: Contribution, now: datetime) -> None:
    contribution = locked(contribution)
    counting = [
        each
        for each in Report.objects.open().confirmed().filter(contribution=contribution).select_related("person")
        if each.person and rules.may_write(each.person, now=now)
    ]
    approved = contribution.decisions.filter(
        deed__in=[deed.value for deed in rules.APPROVING],
        decided_at__gte=contribution.edited_at or contribution.created_at,
    )
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
    """The ground that most reports name; one that is no ground of ours counts as unkind words."""
    named = [Ground(each.concern) for each in reports if each.concern in [ground.value for ground in Ground]]
    return max(named, key=named.count) if named else Ground.UNKIND


def _carry_out(
    contribution: Contribution, deed: Deed, *, found: Found, by: Person, ground: str, reason: str, now: datetime
) -> Decision:
    """Change where it stands, and answer the reports on it."""
    decision = _change(contribution, deed, found=found, by=by, ground=ground, reason=reason, now=now)
    _close(list(Report.objects.open().filter(contribution=contribution)), decision, now)
    return decision


def _change(
    contribution: Contribution, deed: Deed, *, found: Found, by: Person | None, ground: str, reason: str, now: datetime
) -> Decision:
    state = rules.DEEDS[deed][1]
    if state == State.SHOWN:
        put_in_place(contribution, now)
        Address.objects.filter(people=contribution.person_id, trusted_at=None).update(trusted_at=now)
    elif state is not None:
        contribution.state = state
    if state is not None:
        save(contribution, now)
    return Decision.objects.create(
        contribution=contribution,
        person_id=contribution.person_id,
        deed=deed,
        ground=ground,
        reason=reason,
        found=found,
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


def _turn_round(objection: Objection, *, by: Person, ground: str, now: datetime) -> None:
    """Do the opposite of what was decided, as far as it still stands."""
    decision, reason = objection.decision, objection.reason
    deed = rules.REVERSALS.get(Deed(decision.deed))
    if deed == Deed.LIFT and decision.person:
        person = Person.objects.select_for_update(of=("self",)).get(pk=decision.person.pk)
        if rules.may_measure(deed, person, now=now):
            _measured(person, deed, found=Found.OBJECTION, by=by, ground="", reason=reason, days=0, now=now)
    elif deed and decision.contribution:
        contribution = locked(decision.contribution)
        if rules.may_decide(deed, contribution):
            turned = _carry_out(
                contribution,
                deed,
                found=Found.OBJECTION,
                by=by,
                ground=ground if deed in rules.RESTRICTING else "",
                reason=reason,
                now=now,
            )
            if objection.report_id is not None:  # the writer did not ask for it, and hears why
                letters.tell_person(turned, now=now)
