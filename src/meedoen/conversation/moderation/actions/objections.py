"""Objecting, and looking again: by somebody else, about what still is the newest word."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.conversation.actions import locked
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import letters, rules
from meedoen.conversation.moderation.models import Decision, Objection, Report
from meedoen.conversation.moderation.rules import Deed, Found
from meedoen.people.models import Person

from .decisions import CannotDecide, DecidedMeanwhile, carry_out, measured


class CannotObject(Exception):
    """It is too late to object, or somebody looked again already; the text is fit to show."""


@transaction.atomic
def object_to(decision: Decision, *, report: Report | None, text: str, now: datetime) -> Objection:
    """Ask for another look at a decision, by whom it is about or by who reported; said again, the newer words count.

    Raises ``CannotObject`` when the time is over or somebody looked already.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    existing = Objection.objects.made(decision, report).first()
    if existing and existing.settled_at:
        raise CannotObject(
            _("Er is al opnieuw gekeken. De uitkomst staat in onze mail, en op de pagina van het besluit.")
        )
    if not rules.may_object(decision, now=now):
        raise CannotObject(_("Bezwaar maken kan tot zes maanden na het besluit. Bel of mail ons als je hulp wilt."))
    objection, is_new = Objection.objects.get_or_create(
        decision=existing.decision if existing else decision,
        report=report,
        defaults={"text": text, "created_at": now},
    )
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
    contribution = locked(decision.contribution) if decision.contribution else None
    if read is not None and contribution and read != rules.mark_of(contribution.judged):
        raise DecidedMeanwhile(
            _("De schrijver veranderde de tekst intussen. Lees hem nog eens. Er is niets veranderd.")
        )
    objection.settled_at, objection.settled_by = now, by
    objection.is_upheld, objection.reason = is_upheld, reason
    if is_upheld:
        why = reason_for_writer if objection.report_id is not None else reason
        objection.was_turned = _turn_round(objection, contribution, by=by, ground=ground, reason=why, now=now)
    objection.save()
    letters.tell_outcome(objection, now=now)
    return objection


def _turn_round(
    objection: Objection, contribution: Contribution | None, *, by: Person, ground: str, reason: str, now: datetime
) -> bool:
    """Do the opposite of what was decided, if it is still the newest word about it; whether it was done.

    Reports that are open stay so: who looks again reads the objection, not those.
    """
    decision = objection.decision
    deed = rules.REVERSALS.get(Deed(decision.deed))
    if deed is None or not _is_newest(decision):
        return False
    if deed == Deed.LIFT and decision.person:
        person = Person.objects.select_for_update(of=("self",)).get(pk=decision.person.pk)
        if not rules.may_measure(deed, person, now=now):
            return False
        measured(person, deed, found=Found.OBJECTION, by=by, ground="", reason=reason, days=0, now=now)
        return True
    if contribution is None or not rules.may_decide(deed, contribution):
        return False
    turned = carry_out(
        contribution,
        deed,
        [],
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
