"""Confirming by mail: who answers the mail with a code, and types the code in it, confirms what it is about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from meedoen.mail.incoming import helping, routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.models import OutgoingMail
from meedoen.mail.replies import Word, first_word, only_word
from meedoen.mail.replies.courtesies import without_name
from meedoen.mail.secret_words import secret

from . import actions, acts
from .beside_code import Typed, code_alone, says_no, shown, typed_in, words_in
from .models import PendingAct

MAX_ANSWERS_A_DAY = 3  # of one kind about one act: who tries again is told again
_AWAY = frozenset(
    {Word.NO, Word.STOP, Word.CANCEL, Word.UNDO, Word.AWAY}
)  # throw away what waits, where a kind says no other
_ANSWERS = _AWAY | {Word.YES, Word.LATER, Word.BACK}  # with more below them they are an answer that a person reads


def register() -> None:
    """Say what is done with such answers; at start-up."""
    routes.register(actions.BY_MAIL, confirm, told=_told, is_private=True)


def confirm(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Do the act, because its code was typed in the answer; or what a word asks in its place.

    The raw mail goes at once: it quotes ours, and what that told may stand in no row (decisions 8).
    """
    try:
        came = _confirmed(letter, address, now)
    except NotTaken as problem:
        came = Came("not taken", routes.not_taken(letter, problem))
    return replace(came, erases=True)


def _confirmed(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    act = PendingAct.objects.alive(now).filter(key=address.about).select_related("person").first()
    if act is None:
        return Came("act: gone", Answer("mail/people/by_mail.md", {"what": "gone"}, kind="act gone"))
    if act.state == PendingAct.State.DONE:
        return Came("act: done before", _answer(act, "done before"))
    kind = acts.kind_of(act)
    try:
        kind.place(act)
    except ObjectDoesNotExist:
        return Came("act: gone", Answer("mail/people/by_mail.md", {"what": "gone"}, kind="act gone"))
    typed = typed_in(letter.reply.own)
    if not typed.code and letter.reply.subject_is_typed and not _words(act, letter, letter.reply.own):
        typed = Typed(code_alone(letter.reply.subject))
    if not typed.code:
        return _without_code(act, letter, now)
    beside = "\n".join(filter(None, (typed.above, typed.beside)))
    unread = _words(act, letter, acts.unread(act, beside))
    is_passed = _pass_on(act, letter, unread, now)
    if acts.may_mean_other(act, unread):
        return _with_beside(act, Came("act: in doubt", _answer(act, "in doubt")), unread, is_passed=is_passed)
    try:
        done = actions.confirm(act, typed=typed.code, network=f"mail:{letter.counts_for}", now=now, beside=beside)
    except actions.CodeEnded as problem:
        return _with_new_code(act, letter, problem, now)
    except actions.Refused as problem:
        raise NotTaken(str(problem)) from problem
    except acts.CannotDo as problem:  # the code was right, so what stood beside it is theirs
        actions.fill(act, beside, now=now)
        raise NotTaken(str(problem)) from problem
    is_told = OutgoingMail.objects.filter(to=act.email, created_at=now).exists()  # by what was done
    came = Came("act: done") if is_told else Came("act: done", _answer(done.act, "done", to=act.email))
    return _with_beside(done.act, came, unread, is_passed=is_passed, may_show=True) if unread else came


def _with_new_code(act: PendingAct, letter: Letter, problem: Exception, now: datetime) -> Came:
    """Mail a new code to who came too late with theirs; any other reads that it ended. Raises ``NotTaken``."""
    if letter.author != act.email:
        raise NotTaken(str(problem)) from problem
    try:
        actions.ask_code(act, now=now, is_by_mail=True)
    except actions.Refused as refused:
        raise NotTaken(str(refused)) from refused
    return Came("act: new code")


def _told(keys: Sequence[str]) -> dict[str, str]:
    """What addresses for a code are for, by the keys of their acts."""
    found = PendingAct.objects.filter(key__in=keys)
    return {each.key: _("Een code typen voor: %(what)s") % {"what": acts.kind_of(each).heading} for each in found}


def _without_code(act: PendingAct, letter: Letter, now: datetime) -> Came:
    """What a word in the place of the code asks; else that we saw none. What is said beside is read by a person."""
    more = _words(act, letter, letter.reply.own)
    word = Word.NO if says_no(more) else first_word(letter.reply.text)
    if word and (only_word(more) is not None or says_no(more)):
        more = ""
    is_passed = _pass_on(act, letter, more, now, always=word in _ANSWERS)
    try:
        came = _by_word(act, word, now)
    except NotTaken as problem:
        came = Came("not taken", _not_taken(letter, act, problem))
    return _with_beside(act, came, more, is_passed=is_passed) if more else came


def _words(act: PendingAct, letter: Letter, text: str) -> str:
    """What of it says more than a code and courtesies; also no name below it that neither of us knew."""
    return words_in(without_name(text), act.name, letter.name)


def _pass_on(act: PendingAct, letter: Letter, words: str, now: datetime, *, always: bool = False) -> bool:
    """Have a person read these words, where one reads what is written about such an act; whether one does."""
    if not words or not (always or acts.kind_of(act).is_talked_over):
        return False
    return not helping.pass_on(letter, now, only=words).aside


def _with_beside(act: PendingAct, came: Came, words: str, *, is_passed: bool, may_show: bool = False) -> Came:
    """Tell also what becomes of what was said beside; once more than what is told anyway.

    ``may_show``: their code fitted, so that who reads it wrote these words.
    """
    answer = came.answer or _answer(act, "beside", to=act.email)
    unread = {} if is_passed or not may_show else {"unread": secret(shown(words))}
    context = {**answer.context, "is_passed": is_passed, "is_left": not is_passed, **unread}
    return replace(came, answer=replace(answer, context=context, kind=f"{answer.kind} beside" if answer.kind else ""))


def _by_word(act: PendingAct, word: Word | None, now: datetime) -> Came:
    """Do what it asks, and tell that. Raises ``NotTaken``."""
    mailed_before = OutgoingMail.objects.filter(to=act.email).count()
    told = acts.kind_of(act).said(act, word, now) if word else ""
    if told and word == Word.YES:  # a yes is not done by a word
        return Came("act: no code", _answer(act, "no code"))
    if told and OutgoingMail.objects.filter(to=act.email).count() > mailed_before:
        return Came(f"act: {word}")  # what was done tells it already
    if told:
        return Came(f"act: {word}", _said(act, word, told))
    if word in _AWAY:
        actions.discard(act, now=now)
        return Came("act: discarded", _answer(act, "discarded", to=act.email))
    return Came("act: no code", _answer(act, "no code"))


def _said(act: PendingAct, word: Word | None, told: str) -> Answer:
    context = {"what": "said", "told": told, "word": word or "", "about": acts.about(act)}
    return Answer("mail/people/by_mail.md", context, to=act.email)


def _not_taken(letter: Letter, act: PendingAct, problem: Exception) -> Answer:
    """Why not; and, for who knows of the act, what it is about."""
    answer = routes.not_taken(letter, problem)
    return (
        replace(answer, context={**answer.context, "about": acts.about(act)}) if letter.author == act.email else answer
    )


def _answer(act: PendingAct, what: str, *, to: str = "") -> Answer:
    """The mail that tells it, with the way to the act's page for who has its address; nobody else gets that."""
    kind = acts.kind_of(act)
    is_done = act.state == PendingAct.State.DONE
    told = kind.told(act) if is_done else None
    context = {
        "what": what,
        "heading": str(told.heading) if told else str(kind.heading),
        "about": acts.about(act),
        "told": str(told.text) if told else "",
        "ask": kind.letter_facts(act).get("ask", "") if what == "in doubt" else "",
        "words": str(kind.by_word),
    }
    return Answer(
        "mail/people/by_mail.md",
        context,
        kind="" if what in ("done", "beside") and to else f"act {what} {act.pk}",
        to=to,
        at_most=MAX_ANSWERS_A_DAY,
    )
