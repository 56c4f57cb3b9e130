"""What is mailed about reports, decisions and objections; nothing here says who reported."""

from datetime import datetime

from django.urls import reverse

from meedoen.activity.models import Follow
from meedoen.activity.rules import BY_MAIL
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import Contribution
from meedoen.conversation.reading import words_of
from meedoen.conversation.rules import State
from meedoen.mail import actions as mail
from meedoen.mail.incoming import addresses
from meedoen.mail.rendering import Written
from meedoen.people.models import Person

from . import pointing, rules, words
from .models import Decision, Objection, Report
from .rules import Concern, Deed, Found

# Purposes of answers to these mails; ``conversation.mailed`` handles them.
WHICH = "conversation.report"  # which message a report is about
STANDS = "conversation.stands"  # more words, or taking it away, by whom a shown message is of
DECIDED = "conversation.decision"  # an objection by whom a decision is about
REPORTED = "conversation.report_decided"  # an objection by who reported


def tell_person(decision: Decision, *, now: datetime) -> None:
    """Tell whom it is about what was decided; where it takes something, as a statement of reasons (DSA art. 17)."""
    to = _email(decision.person)
    if not to:
        return
    deed = Deed(decision.deed)
    contribution = decision.contribution
    context: dict[str, object] = {
        "heading": str(words.HAPPENED[deed]),
        "place": contribution.thread.title if contribution else "",
        "words": Written(words_of(contribution.text)) if contribution else "",
        "path": reverse("conversation:own", args=[contribution.key]) if contribution else "",
        "reason": Written(decision.reason) if decision.reason else "",
    }
    if deed in rules.RESTRICTING:
        context |= {
            "why": words.why(decision),
            "was_shown": bool(contribution and contribution.shown_at),
            "found": str(words.FOUND[Found(decision.found)]),
            "by": str(words.by_whom(decision)),
            "is_ask": deed == Deed.ASK,
            "pause_until": decision.until or "",
            "until": decision.decided_at + rules.OBJECTION_TIME,
            "decision_path": reverse("conversation:decision", args=[decision.key]),
        }
    template, reply_to = "decided", ""
    if deed in rules.RESTRICTING:
        template = "statement"
        reply_to = addresses.answer_to(DECIDED, owner=decision.person_id, about=decision.pk, now=now)
    elif contribution and contribution.state == State.SHOWN:
        reply_to = addresses.answer_to(STANDS, owner=decision.person_id, about=contribution.pk, now=now)
    mail.send(
        f"mail/conversation/{template}.md",
        to=to,
        context={**context, "may_reply": bool(reply_to), "is_following": _is_following(contribution)},
        key=f"decision-{decision.pk}",
        now=now,
        reply_to=reply_to,
    )


def _is_following(contribution: Contribution | None) -> bool:
    """Whether its writer is mailed what others write there."""
    if contribution is None:
        return False
    subject = subject_of(contribution.thread)
    follows = Follow.objects.alive().filter(person=contribution.person_id, subject=subject)
    return follows.filter(rhythm__in=BY_MAIL).exists()


def acknowledge(report: Report, *, now: datetime, asks_which: bool = False) -> None:
    """Say that a report arrived, and what happens next (DSA art. 16(4)); where asked, ask which message it is about."""
    to = _email(report.person)
    if to:
        choices = pointing.choices(report, now=now) if asks_which else []
        reply_to = addresses.answer_to(WHICH, owner=report.person_id, about=report.pk, now=now) if choices else ""
        mail.send(
            "mail/conversation/report_received.md",
            to=to,
            context={
                "place": report.title,
                "concern": str(words.CONCERNS[Concern(report.concern)]),
                "text": Written(report.text) if report.text else "",
                "is_danger": report.concern == Concern.DANGER,
                "path": reverse("conversation:report", args=[report.key]),
                "choices": choices if reply_to else [],
            },
            key=f"report-{report.pk}-received",
            now=now,
            reply_to=reply_to,
        )


def tell_reporter(report: Report, *, now: datetime) -> None:
    """Say what was decided on a report, and how to object (DSA art. 16(5))."""
    to, decision = _email(report.person), report.decision
    if to and decision:
        reply_to = addresses.answer_to(REPORTED, owner=report.person_id, about=report.pk, now=now)
        mail.send(
            "mail/conversation/report_decided.md",
            to=to,
            context={
                "place": report.title,
                "outcome": str(words.outcome(decision)),
                # The reason is written to the writer, about their words; a reporter reads the rule.
                "why": words.why(decision),
                "answer": Written(decision.reason) if decision.deed == Deed.ANSWER and decision.reason else "",
                "until": decision.decided_at + rules.OBJECTION_TIME,
                "path": reverse("conversation:report", args=[report.key]),
                "may_reply": bool(reply_to),
            },
            key=f"report-{report.pk}-decided-{decision.pk}",
            now=now,
            reply_to=reply_to,
        )


def acknowledge_objection(objection: Objection, *, now: datetime) -> None:
    """Say that an objection arrived."""
    _to_objector(objection, "objection_received", {"text": Written(objection.text)}, now)


def tell_outcome(objection: Objection, *, now: datetime) -> None:
    """Say what became of an objection, and where to go who still does not agree (DSA art. 20(5), 21)."""
    context: dict[str, object] = {"outcome": str(words.settled(objection)), "reason": Written(objection.reason)}
    _to_objector(objection, "objection_settled", context, now)


def objector_of(objection: Objection) -> tuple[str, str]:
    """The address of who objects, empty where they left, and the path where they read what becomes of it."""
    report, decision = objection.report, objection.decision
    if report:
        return _email(report.person), reverse("conversation:report", args=[report.key])
    return _email(decision.person), reverse("conversation:decision", args=[decision.key])


def _to_objector(objection: Objection, template: str, context: dict[str, object], now: datetime) -> None:
    to, path = objector_of(objection)
    if to:
        mail.send(
            f"mail/conversation/{template}.md",
            to=to,
            context={"path": path, **context},
            key=f"objection-{objection.pk}-{template}",
            now=now,
        )


def _email(person: Person | None) -> str:
    return person.address.email if person and person.address else ""
