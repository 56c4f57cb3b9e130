"""Write in a conversation, and change what one wrote."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.people.along.models import Bond
from meedoen.people.models import Person

from .. import mentions, rules
from ..models import Contribution, Revision, Thread
from ..moderation.rules import may_write
from ..quiet.actions import why_not
from ..rules import State
from .keeping import locked, locked_thread, put_in_place, save, talk_of

CANNOT_NOW = gettext_lazy("Je kunt nu niet schrijven. In de mail van ons team lees je waarom, en wat je kunt doen.")


class CannotWrite(Exception):
    """The words are not taken; the text is fit to show their writer."""


@transaction.atomic
def contribute(
    thread: Thread,
    *,
    person: Person,
    text: str,
    hides_name: bool,
    score: int,
    looks_like_spam: bool,
    now: datetime,
    reply_to: Contribution | None = None,
    bond: Bond | None = None,
    mentioned: Iterable[object] = (),
) -> Contribution:
    """Add a contribution. It stands at once, or waits when the team does not know its writer yet.

    ``mentioned`` are ids of contributions in the thread whose writers have to know; who cannot be chosen is not.
    ``bond`` is there where somebody wrote it along with ``person``; then both have to be allowed to write.

    Raises ``CannotWrite`` when the thread was closed meanwhile, or when this person may not write now.
    """
    thread = locked_thread(thread)
    person = Person.objects.with_address(person.pk)  # as the team left them a moment ago
    _must_not_be_quiet(person, now)
    if thread.is_closed:
        raise CannotWrite(_("Hier kun je niet meer reageren. Het gesprek is gesloten."))
    if not may_write(person, now=now) or (bond and bond.helper and not may_write(bond.helper, now=now)):
        raise CannotWrite(CANNOT_NOW)
    is_trusted = bool(person.is_team or (person.address and person.address.trusted_at))
    state = rules.state_of_new(is_trusted=is_trusted, looks_like_spam=looks_like_spam)
    answered = reply_to if reply_to and reply_to.thread_id == thread.pk else None
    contribution = Contribution(
        thread=thread,
        person=person,
        reply_to=answered,
        talk_id=talk_of(answered) if answered else None,
        bond=bond,
        text=text,
        hides_name=hides_name,
        score=score,
        state=state,
        waited=state == State.WAITING,
        created_at=now,
    )
    if state == State.SHOWN:
        put_in_place(contribution, now)
    save(contribution, now)
    mentions.add(contribution, mentioned)
    return contribution


@transaction.atomic
def edit(
    contribution: Contribution, *, text: str, now: datetime, score: int = 0, looks_like_spam: bool = False
) -> Contribution:
    """Change the words. After the undo time everybody can see that they were changed, and what they were.

    What became advertising is out of sight until the team looked.

    Raises ``CannotWrite`` when the team took it away meanwhile.
    """
    contribution = locked(contribution)
    if not rules.may_be_changed_by_writer(contribution):
        raise CannotWrite(_("Dit bericht kun je niet meer veranderen."))
    if not may_write(contribution.person, now=now):
        raise CannotWrite(CANNOT_NOW)
    _must_not_be_quiet(contribution.person, now)
    if text == contribution.text and contribution.state != State.ASKED:
        return contribution
    if contribution.state == State.SHOWN and not rules.is_within_undo(contribution, now):
        Revision.objects.create(contribution=contribution, text=contribution.text, until=now)
        contribution.edited_at = now
    if contribution.state == State.ASKED:
        contribution.state = State.WAITING  # the team looks whether it is well now
    if contribution.state == State.SHOWN and looks_like_spam:
        contribution.state = State.HIDDEN
    contribution.text, contribution.score = text, score
    save(contribution, now)
    return contribution


def _must_not_be_quiet(person: Person, now: datetime) -> None:
    """Raise ``CannotWrite`` while only the team writes (MO9)."""
    if words := why_not(person, now=now):
        raise CannotWrite(words)
