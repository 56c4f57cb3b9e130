"""Confirming by mail: who answers the mail with a code, and types the code in it, confirms what it is about."""

import re
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
from meedoen.mail.replies.courtesies import without_formalities

from . import actions, acts
from .models import PendingAct

LINES_LOOKED_AT = 3  # of what somebody wrote: a code further down was quoted and not typed
_CODE = re.compile(r"(?<!\d)\d(?:[ .-]?\d){5}(?!\d)")
# How a mail of ours puts a code: a line that says it so was quoted.
_QUOTED = re.compile(r"\bje code\b", re.IGNORECASE)
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
    code, rest = code_in(letter.reply.own)
    if not code:
        return _without_code(act, letter, now)
    try:
        done = actions.confirm(act, typed=code, network=f"mail:{letter.counts_for}", now=now, beside=rest)
    except actions.CodeEnded as problem:
        return _with_new_code(act, letter, problem, now)
    except actions.Refused as problem:
        raise NotTaken(str(problem)) from problem
    except acts.CannotDo as problem:  # the code was right, so what stood beside it is theirs
        actions.fill(act, rest, now=now)
        raise NotTaken(str(problem)) from problem
    if OutgoingMail.objects.filter(to=act.email, created_at=now).exists():
        return Came("act: done")  # what was done tells it already
    return Came("act: done", _answer(done.act, "done", to=act.email))


def code_in(text: str) -> tuple[str, str]:
    """The code that somebody typed at the top of their answer, and what else they wrote there; empty for none."""
    lines = text.strip().splitlines()
    said = [number for number, line in enumerate(lines) if line.strip()][:LINES_LOOKED_AT]
    for number in said:
        line = lines[number].strip()
        if _QUOTED.search(line):
            break
        if found := _CODE.search(line):
            beside = [part.strip(" ,.:;-") for part in (line[: found.start()], line[found.end() :])]
            return found[0], "\n".join([*filter(None, beside), *lines[number + 1 :]]).strip()
    return "", ""


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
    word = first_word(letter.reply.text)
    says_more = _says_more(act, letter, word)
    passes = says_more and (word in _ANSWERS or acts.kind_of(act).is_talked_over)
    is_passed = passes and helping.pass_on(letter, now, is_erased=True).answer is not None
    try:
        came = _by_word(act, word, now)
    except NotTaken as problem:
        came = Came("not taken", routes.not_taken(letter, problem))
    return _with_beside(act, came, is_passed=is_passed) if says_more else came


def _says_more(act: PendingAct, letter: Letter, word: Word | None) -> bool:
    """Whether there is more to read than a word, digits and courtesies."""
    said = without_formalities(letter.reply.text, act.name, letter.name)
    return any(map(str.isalpha, said)) and (word is None or only_word(said) is None)


def _with_beside(act: PendingAct, came: Came, *, is_passed: bool) -> Came:
    """Tell also what becomes of what was said beside; once more than what is told anyway."""
    answer = came.answer or _answer(act, "beside", to=act.email)
    context = {**answer.context, "is_passed": is_passed, "is_left": not is_passed}
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
        return Came(f"act: {word}", Answer("mail/people/by_mail.md", {"what": "said", "told": told}, to=act.email))
    if word in _AWAY:
        actions.discard(act, now=now)
        return Came("act: discarded", _answer(act, "discarded", to=act.email))
    return Came("act: no code", _answer(act, "no code"))


def _answer(act: PendingAct, what: str, *, to: str = "") -> Answer:
    """The mail that tells it, with the way to the act's page for who has its address; nobody else gets that."""
    kind = acts.kind_of(act)
    is_done = act.state == PendingAct.State.DONE
    told = kind.told(act) if is_done else None
    context = {
        "what": what,
        "heading": str(told.heading) if told else str(kind.heading),
        "told": str(told.text) if told else "",
        "words": str(kind.by_word),
    }
    return Answer(
        "mail/people/by_mail.md", context, kind="" if what == "done" and to else f"act {what} {act.pk}", to=to
    )
