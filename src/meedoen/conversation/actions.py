"""The deeds of a conversation: write, change, take back, and what the team decides about it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.activity import actions as activity
from meedoen.activity.models import Subject
from meedoen.mail import actions as mail
from meedoen.mail.rendering import Written
from meedoen.pages.actions import changed
from meedoen.people.models import Address, Person

from . import rules
from .models import AREA, Contribution, Decision, Revision, Thread
from .reading import name_shown
from .rules import Deed, Ground, State

# A ground as the writer reads it; the lines of /spelregels/.
GROUND_WORDS = {
    Ground.UNKIND: gettext_lazy("Schelden, dreigen of iemand belachelijk maken mag niet."),
    Ground.DISCRIMINATION: gettext_lazy("Je mag niemand slechter behandelen om wie die is."),
    Ground.PERSONAL_DATA: gettext_lazy("Je mag geen gegevens van een ander delen."),
    Ground.ADVERTISING: gettext_lazy("Reclame maken mag niet, en steeds hetzelfde sturen ook niet."),
    Ground.SOMEBODY_ELSES: gettext_lazy("Je mag niets plaatsen wat van een ander is, als die dat niet goed vindt."),
    Ground.UNLAWFUL: gettext_lazy("Het mag niet volgens de wet."),
}


class CannotWrite(Exception):
    """The words are not taken; the text is fit to show their writer."""


@transaction.atomic
def contribute(
    thread: Thread, *, person: Person, text: str, hides_name: bool, score: int, looks_like_spam: bool, now: datetime
) -> Contribution:
    """Add a contribution. It stands at once, or waits when the team does not know its writer yet.

    Raises ``CannotWrite`` when the thread was closed meanwhile, or when this person may not write now.
    """
    thread = Thread.objects.select_for_update().get(pk=thread.pk)
    person = Person.objects.select_related("address").get(pk=person.pk)  # as the team left them a moment ago
    if thread.is_closed:
        raise CannotWrite(_("Hier kun je niet meer reageren. Het gesprek is gesloten."))
    if person.banned_at or (person.paused_until and person.paused_until > now):
        raise CannotWrite(_("Je kunt nu niet schrijven. In de mail van ons team lees je waarom, en wat je kunt doen."))
    is_trusted = bool(person.is_team or (person.address and person.address.trusted_at))
    state = rules.state_of_new(is_trusted=is_trusted, looks_like_spam=looks_like_spam)
    contribution = Contribution(
        thread=thread,
        person=person,
        text=text,
        hides_name=hides_name,
        score=score,
        state=state,
        waited=state == State.WAITING,
        created_at=now,
    )
    if state == State.SHOWN:
        _show(contribution, now)
    _save(contribution, now)
    return contribution


@transaction.atomic
def edit(contribution: Contribution, *, text: str, now: datetime) -> Contribution:
    """Change the words. After the undo time everybody can see that they were changed, and what they were.

    Raises ``CannotWrite`` when the team took it away meanwhile.
    """
    contribution = _locked(contribution)
    if not rules.may_be_changed_by_writer(contribution):
        raise CannotWrite(_("Deze reactie kun je niet meer veranderen."))
    if text == contribution.text:
        return contribution
    if contribution.state == State.SHOWN and not rules.is_within_undo(contribution, now):
        Revision.objects.create(contribution=contribution, text=contribution.text, until=now)
        contribution.edited_at = now
    contribution.text = text
    _save(contribution, now)
    return contribution


@transaction.atomic
def retract(contribution: Contribution, *, now: datetime) -> Contribution:
    """Let the writer take it back; the thread stays readable, and it can be put back. Twice is once."""
    contribution = _locked(contribution)
    if rules.may_be_changed_by_writer(contribution):
        contribution.state = State.RETRACTED
        _save(contribution, now)
    return contribution


@transaction.atomic
def put_back(contribution: Contribution, *, now: datetime) -> Contribution:
    """Let the writer put back what they took away: where it stood, or in the line where it waited."""
    contribution = _locked(contribution)
    if rules.may_be_put_back_by_writer(contribution):
        contribution.state = State.SHOWN if contribution.shown_at else State.WAITING
        _save(contribution, now)
    return contribution


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
) -> Decision:
    """Let the team decide, and tell the writer with the reason and how to object (DSA art. 17).

    ``read`` is the ``rules.mark_of`` the words that ``by`` saw. Whoever is approved once needs not wait again.
    Raises ``DecidedMeanwhile``, and ``CannotDecide`` for who may not.
    """
    contribution = _locked(contribution)
    if not rules.may_moderate(by, contribution):
        raise CannotDecide(_("Over je eigen reactie beslist een collega. En alleen het projectteam beslist."))
    if not rules.may_decide(deed, contribution):
        raise DecidedMeanwhile(_("Dit is intussen al beslist, of de schrijver haalde het weg. Er is niets veranderd."))
    if read != rules.mark_of(contribution.text):
        raise DecidedMeanwhile(
            _("De schrijver veranderde de tekst intussen. Lees hem nog eens. Er is niets veranderd.")
        )
    if rules.DEEDS[deed][1] == State.SHOWN:
        _show(contribution, now)
        Address.objects.filter(people=contribution.person_id, trusted_at=None).update(trusted_at=now)
    else:
        contribution.state = rules.DEEDS[deed][1]
    _save(contribution, now)
    decision = Decision.objects.create(
        contribution=contribution, deed=deed, ground=ground, reason=reason, decided_by=by, decided_at=now
    )
    _tell_writer(decision, now)
    return decision


def _tell_writer(decision: Decision, now: datetime) -> None:
    contribution, writer = decision.contribution, decision.contribution.person
    if writer.address is None:
        return
    mail.send(
        "mail/conversation/decided.md",
        to=writer.address.email,
        context={
            "place": contribution.thread.title,
            "is_removed": decision.deed == Deed.REMOVE,
            "was_first": contribution.waited,
            "path": reverse("conversation:own", args=[contribution.key]),
            "ground": str(GROUND_WORDS[Ground(decision.ground)]) if decision.ground else "",
            "reason": Written(decision.reason),
            "words": Written(contribution.text),
            "until": now + rules.OBJECTION_TIME,
            "object_to": settings.DSA_CONTACT,
        },
        key=f"decision-{decision.pk}",
        now=now,
    )


def _show(contribution: Contribution, now: datetime) -> None:
    """Give it its place. The caller holds the thread's lock, so that no number is given twice."""
    contribution.state = State.SHOWN
    if contribution.number is None:
        last = contribution.thread.contributions.aggregate(last=Max("number"))["last"]
        contribution.number, contribution.shown_at = (last or 0) + 1, now


def _locked(contribution: Contribution) -> Contribution:
    thread = Thread.objects.select_for_update().get(pk=contribution.thread_id)
    found = Contribution.objects.select_related("person").get(pk=contribution.pk)
    found.thread = thread
    return found


def _save(contribution: Contribution, now: datetime) -> None:
    contribution.save()
    _tell_followers(contribution, now)
    changed(AREA, now=now)


def _tell_followers(contribution: Contribution, now: datetime) -> None:
    """Let those who follow the thread hear of it while it stands, and not when it is gone again."""
    mark = f"contribution-{contribution.pk}"
    if contribution.state != State.SHOWN:
        activity.take_back(mark)
        return
    name = name_shown(contribution)
    activity.record(
        subject_of(contribution.thread),
        mark=mark,
        sentence=_("Reactie %(number)s van %(name)s") % {"number": contribution.number, "name": name},
        words=contribution.text,
        url=contribution.url,
        actor=contribution.person,
        now=contribution.shown_at or now,  # put back or changed later, it is no news to who was told
    )
    activity.correct(mark, words=contribution.text)


def subject_of(thread: Thread) -> Subject:
    """What somebody follows who follows a thread."""
    return Subject.objects.of("thread", str(thread.pk), title=thread.title, url=thread.url)
