"""Asking for a coupling by mail, and stopping it.

``koppel@…``: a mail in free text becomes a draft of an ask, which its sender reads, changes and confirms by a code. What
is mailed of an ask or offer that stands can be answered: a word stops it or lets it stand again, lines change it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.conversation.mailed import empty, unfit
from meedoen.mail.incoming import addresses, helping, routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.replies import Word, only_word
from meedoen.people import actions as people

from . import actions, changing
from .letters import REQUEST
from .models import CouplingRequest
from .rules import Side, State

NAME = "koppel"
STOPS = frozenset({Word.STOP, Word.AWAY})
PUTS_BACK = frozenset({Word.UNDO, Word.BACK})


def register() -> None:
    """Make the address known, and what is done with answers; at start-up."""
    routes.register_name(NAME, draft)
    routes.register(REQUEST, answered, told=_told)
    changing.register()


def draft(letter: Letter, now: datetime) -> Came:
    """Make a draft of what somebody mailed; the mail with the code shows it. Raises ``NotTaken``."""
    if unfit_for_it := unfit(letter, reads_subject=True):
        return unfit_for_it
    try:
        act = actions.draft_from_mail(
            letter.reply.text,
            letter.author,
            now,
            subject=letter.reply.subject,
            name=letter.name,
            network=f"mail:{letter.counts_for}",
            is_theirs=letter.is_of(letter.author),
        )
    except people.Refused as refused:
        raise NotTaken(str(refused)) from refused
    return Came("coupling: drafted", erases=True) if act else empty(letter)  # the draft holds what is needed of it


def answered(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Stop what somebody asks or offers, let it stand again, or begin to change it; whatever says more is read by who
    helps. Raises ``NotTaken``."""
    found = CouplingRequest.objects.whole().filter(pk=address.about).first()
    if found is None or str(found.person_id) != address.owner or found.person.address is None:
        return Came("coupling: gone", Answer("mail/incoming/unknown_token.md", kind="unknown token"))
    word = only_word(letter.reply.text)
    if word not in STOPS | PUTS_BACK:
        return _changed(found, letter, now) if changing.is_asked(letter) else helping.pass_on(letter, now)
    try:
        if word in STOPS:
            actions.withdraw(found, now=now)
        elif found.state == State.STANDS:
            raise NotTaken(_stands_already(found))
        else:
            actions.put_back(found, now=now)
    except actions.CannotDo as problem:
        raise NotTaken(str(problem)) from problem
    context = {
        "is_stopped": word in STOPS,
        "is_offer": found.side == Side.OFFER,
        "path": found.get_absolute_url(),
    }
    reply_to = addresses.answer_to(REQUEST, owner=found.person_id, about=found.pk, now=now)
    answer = Answer("mail/coupling/moved.md", context, to=found.person.address.email, reply_to=reply_to)
    return Came("coupling: stopped" if word in STOPS else "coupling: put back", answer)


def _changed(found: CouplingRequest, letter: Letter, now: datetime) -> Came:
    """Begin to change it; where somebody was proposed, or another mailed, a person reads it. Raises ``NotTaken``."""
    assert found.person.address is not None  # noqa: S101  ``answered`` looked
    if letter.author == found.person.address.email and changing.may_be_changed(found):
        return changing.begin(found, letter, now)
    passed = helping.pass_on(letter, now)
    if passed.answer is None or passed.aside or letter.author != found.person.address.email:
        return passed
    why = _("We stelden al iemand aan je voor. Die las wat je schreef. Daarom verandert iemand van ons team het, samen met jou.")  # fmt: skip
    kind = f"help: proposed {found.pk}"  # told also to who had another answer of those who help today
    return replace(passed, answer=replace(passed.answer, context={"why": why}, kind=kind))


def _stands_already(found: CouplingRequest) -> str:
    if found.side == Side.OFFER:
        return _("Je aanbod doet al mee. Er is niets veranderd. Wil je iets anders? Antwoord: veranderen.")
    return _("Je vraag doet al mee. Er is niets veranderd. Wil je iets anders? Antwoord: veranderen.")


def _told(keys: Sequence[str]) -> dict[str, str]:
    """What addresses for answers about an ask or offer are for."""
    return dict.fromkeys(keys, _("Stoppen of veranderen wat je vroeg of aanbood voor een koppeling"))
