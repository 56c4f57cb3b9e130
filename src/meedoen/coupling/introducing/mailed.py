"""Answering an introduction, and what became of it, with one word by mail; a yes to an introduction needs the code."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo
from meedoen.mail.incoming import addresses, helping, routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.replies import Word, first_word, only_word
from meedoen.mail.replies.courtesies import without_formalities
from meedoen.people.models import PendingAct

from . import actions, rules
from .models import FollowUp, Party
from .rules import Later, Talked

STOPS = frozenset({Word.STOP, Word.CANCEL, Word.AWAY})  # this question, or all of coupling
TALKED = {Word.YES: Talked.YES, Word.LATER: Talked.NOT_YET, Word.NO: Talked.NO}


def register() -> None:
    """Say what is done with such answers; at start-up."""
    routes.register(actions.FOLLOW_UP, follow_up, told=_told)


def said(act: PendingAct, word: Word, now: datetime) -> str:
    """Say later or no to an introduction, by a word in the place of the code; another word takes either back."""
    if word in (Word.UNDO, Word.BACK):
        return _asked_again(Party.objects.whole().get(pk=act.payload["party"]), now)
    if word in STOPS:
        raise NotTaken(
            _(
                "Wat wil je stoppen? Dat weten we niet zeker. De vraag staat nog open: er is niets veranderd. Wil je nu niet kennismaken? Antwoord met één woord: nee. Wil je helemaal niet meer meedoen met koppelen? Bel of mail ons team."
            )
        )
    answer = {Word.LATER: rules.Answer.LATER, Word.NO: rules.Answer.NO}.get(word)
    if answer is None:
        return (
            _("Zeg je ja? Dan krijgt de ander je e-mailadres. Antwoord daarom met de code.") if word == Word.YES else ""
        )
    party = Party.objects.whole().get(pk=act.payload["party"])
    if party.turn != act.payload["turn"]:
        raise NotTaken(
            _(
                "Je koos al iets anders. Wil je opnieuw kiezen? Antwoord dan: ongedaan maken. Dan mailen we je de vraag weer."
            )
        )
    try:
        actions.not_now(party, answer, later=Later.MONTH if answer == rules.Answer.LATER else None, now=now)
    except CannotDo as problem:
        raise NotTaken(str(problem)) from problem
    if answer == rules.Answer.LATER:
        return _(
            "Je zei later. Over een maand vragen we het je nog een keer. Was het een vergissing? Antwoord dan: ongedaan maken. Dan mailen we je de vraag weer."
        )
    return _(
        "Je zei nee. Dat is goed. Was het een vergissing? Antwoord dan: ongedaan maken. Dan mailen we je de vraag weer."
    )


def _asked_again(party: Party, now: datetime) -> str:
    """Take a later or a no back, and mail the question anew. Raises ``NotTaken``."""
    if party.answer not in (rules.Answer.LATER, rules.Answer.NO):
        raise NotTaken(_("Er is niets om terug te draaien. Antwoord met de code, of met één woord: later of nee."))
    try:
        actions.take_back(party, now=now)
        actions.begin_yes(Party.objects.whole().get(pk=party.pk), now=now)
    except CannotDo as problem:
        raise NotTaken(str(problem)) from problem
    return _("We mailden je de vraag weer, met een nieuwe code.")


def follow_up(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Hear in one word whether they spoke; another word later takes its place. Raises ``NotTaken``."""
    asked = FollowUp.objects.select_related("party__person__address").filter(pk=address.about).first()
    if asked is None or asked.party.person is None or str(asked.party.person_id) != address.owner:
        return Came("follow-up: gone", Answer("mail/incoming/unknown_token.md", kind="unknown token"))
    told = without_formalities(letter.reply.text, asked.party.person.name)
    word = first_word(told)
    talked = TALKED.get(word) if word else None
    if talked is None:
        return _read_by_person(asked, letter, now)
    try:
        actions.answer(asked, talked, now=now)
    except CannotDo as problem:
        raise NotTaken(str(problem)) from problem
    passed = helping.pass_on(letter, now) if only_word(told) is None else None
    context = {
        "talked": talked.value,
        "says_more": bool(passed and not passed.aside),
        "is_left": bool(passed and passed.aside),
        "path": f"{asked.party.get_absolute_url()}hoe-gaat-het/",
    }
    # Its owner can answer it too when the mail came from another address of theirs.
    reply_to = addresses.answer_to(actions.FOLLOW_UP, owner=asked.party.person_id, about=asked.pk, now=now)
    answer = Answer("mail/coupling/how_answered.md", context, to=asked.party.email, reply_to=reply_to)
    return Came("follow-up: answered", answer, aside=passed.aside if passed else "")


def _read_by_person(asked: FollowUp, letter: Letter, now: datetime) -> Came:
    """Pass on what is more than a word, and ask the word too. Raises ``NotTaken`` where there are no words at all."""
    if not letter.reply.text.strip():
        raise NotTaken(_("We begrepen je antwoord niet. Antwoord met één woord: ja, later of nee."))
    passed = helping.pass_on(letter, now)
    if passed.answer is None or passed.aside:
        return passed
    why = _("Dank je wel voor wat je vertelt. Hebben jullie elkaar gesproken? Antwoord daarop ook met één woord: ja, later of nee.")  # fmt: skip
    kind = f"help: follow-up {asked.pk}"  # told also to who had another answer of those who help today
    return replace(passed, answer=replace(passed.answer, context={"why": why}, kind=kind))


def _told(keys: Sequence[str]) -> dict[str, str]:
    """What addresses for the answer to how it goes are for."""
    return dict.fromkeys(keys, _("Zeggen hoe het gaat met een koppeling"))
