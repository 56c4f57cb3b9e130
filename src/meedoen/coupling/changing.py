"""Changing by mail what one asked or offered: lines or new words become a draft, which the code lets stand.

The mail with the code goes to who made it and to nobody else, and shows how it becomes. What was proposed to somebody is
changed by a person of the team: the other has read it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.conversation import acts as conversation
from meedoen.conversation.beside_code import SHOWN_TO, without_keys
from meedoen.mail import actions as mail
from meedoen.mail.incoming import addresses, helping
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.rendering import Written
from meedoen.mail.replies import Word, first_word
from meedoen.mail.replies.courtesies import without_formalities
from meedoen.people import actions as people
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from . import actions, beside_code, letters, lines, rules, words
from .actions import Answers
from .beside_code import IN_DOUBT, UNCLEAR, UNREAD
from .forms import MEMBER
from .hearing import AIM
from .introducing.reading import running_counts
from .models import CouplingRequest
from .rules import Mover, Side, State

CHANGE = "coupling.change_mailed"
CHANGES = "changes"  # in what is kept: what becomes otherwise, as the form takes it
SAYS_MORE = "says_more"  # in what is kept: the mail says more than what changes, and a person reads that
LINES = "mail/coupling/change_lines.md"
MAX_LINES_A_DAY = 5  # mails that tell how it is changed, to one; who asks for more can read an earlier one


class ChangeForm(acts.ActForm):
    """What was said by mail: it is said anew by another mail."""


def register() -> None:
    """Make the kind known; at start-up."""
    acts.register(
        acts.Kind(
            name=CHANGE,
            heading=gettext_lazy("Veranderen wat je vroeg of aanbood"),
            button=gettext_lazy("Verander het"),
            form=ChangeForm,
            place=_place,
            preview=_preview,
            carry_out=_carry_out,
            told=_told,
            always_asks_code=True,
            is_fixed=True,
            is_listed=False,
            preview_heading=gettext_lazy("Zo wordt het"),
            discard_text=gettext_lazy("Verander het niet"),
            discard_question=gettext_lazy("Toch niets veranderen?"),
            discard_words=gettext_lazy("Dan blijft het zoals het was."),
            discarded=gettext_lazy("Er verandert niets"),
            unconfirmed=gettext_lazy("Vul je de code niet in? Dan verandert er niets."),
            letter="mail/coupling/changing.md",
            letter_facts=_shown,
            filled=_filled,
            said=_said,
        )
    )


def is_asked(letter: Letter) -> bool:
    """Whether a mail asks to change it: the word, or lines such as ``gemeente: Zeist``."""
    return first_word(letter.reply.text) == Word.CHANGE or beside_code.has_lines(letter.reply.own)


def may_be_changed(request: CouplingRequest) -> bool:
    """Whether who made it changes it alone: nobody was proposed to them, or that is over."""
    return not running_counts([request]).get(request.pk)


def begin(request: CouplingRequest, letter: Letter, now: datetime) -> Came:
    """Keep what a mail changes, and mail a code to who made it; or how such a mail is written. Raises ``NotTaken``."""
    if not rules.may_be_changed(State(request.state)):
        if request.moved_by != Mover.OWNER:  # only the team lets it stand again
            return helping.pass_on(letter, now)
        raise NotTaken(_("Dit doet nu niet mee. Daarom kun je het niet veranderen. Antwoord eerst: ongedaan maken."))
    found, says_more = _changes_in(letter, request)
    passed = helping.pass_on(letter, now) if says_more else None
    came = _begun(request, found, letter, now, says_more=bool(passed and not passed.aside))
    if passed and passed.aside:
        came = replace(came, answer=came.answer or passed.answer)  # nobody reads it now
    # What a person reads is erased once it is with them.
    return replace(came, erases=False, aside=passed.aside) if passed else came


def _begun(request: CouplingRequest, found: dict[str, Any], letter: Letter, now: datetime, *, says_more: bool) -> Came:
    """Keep the changes that a mail says; or tell why not, and how it is written. Raises ``NotTaken``."""
    email = request.person.address.email if request.person.address else ""
    is_theirs = letter.is_of(email)
    unread = found.pop(UNCLEAR)  # a stranger's words are mailed to nobody in our name
    unclear = _with_side(unread if is_theirs else beside_code.labels_of(unread), found, request)
    if unclear or not found:
        problem = _not_understood(unclear) if unclear else ""
        return Came("coupling: how to change", _lines(request, now, problem, says_more=says_more))
    form = _form(request, found)
    if not form.is_valid():
        return Came("coupling: how to change", _lines(request, now, _problems_of(form), says_more=says_more))
    if _is_as_it_was(request, form.answers()):
        problem = _("Zo stond het al. Er is niets veranderd.")
        return Came("coupling: as it was", _lines(request, now, problem, says_more=says_more))
    kept = {
        "request": request.pk,
        "seen": request.mark,
        CHANGES: found,
        "mail": letter.message_id,
        SAYS_MORE: says_more,
    }
    payload = {**kept, SHOWN_TO: email} if is_theirs else kept
    try:
        act = people.keep(
            CHANGE,
            payload=payload,
            name=request.person.name,
            email=email,
            network=f"mail:{letter.counts_for}",
            person=request.person,
            now=now,
        )
        people.ask_code(act, now=now, is_by_mail=True)
    except people.Refused as refused:
        raise NotTaken(str(refused)) from refused
    return Came("coupling: code asked to change", erases=True)  # the draft holds what is needed of it


def _changes_in(letter: Letter, request: CouplingRequest) -> tuple[dict[str, Any], bool]:
    """What a mail of who made it changes: its lines; or, below the word and without such lines, new words, and what these
    plainly say of how; the old words stay where they say no more than that. And whether it says more than what it changes.
    """
    name = request.person.name
    found = beside_code.lines_in(letter.reply.own)
    if found[UNCLEAR] or beside_code.has_lines(letter.reply.own):
        return found, bool(beside_code.left_over(letter.reply.own, name))
    lines = letter.reply.text.splitlines()
    at = next(number for number, line in enumerate(lines) if first_word(line) == Word.CHANGE)  # ``is_asked`` saw it
    below = without_formalities("\n".join(lines[at + 1 :]), name)
    text = without_keys(rules.own_words_of_mail("\n".join(lines[at + 1 :]))) if below else ""
    free = beside_code.below(text, _told_by(request))
    is_how = bool(free.changes) and not (free.unread or free.in_doubt)
    return {UNCLEAR: [], **free.changes, **({"text": text} if text and not is_how else {})}, False


def _told_by(request: CouplingRequest) -> dict[str, Any]:
    return {AIM: request.side, **words.payload_of(request)}


def _with_side(unclear: list[str], found: dict[str, Any], request: CouplingRequest) -> list[str]:
    """Lines that were not understood, with those that mean nothing here; what they told is dropped from ``found``."""
    aim = found.pop("aim", request.side)
    if request.side != Side.OFFER and found.pop("at_most", None):
        unclear = [*unclear, _("hoeveel: dat zeg je alleen bij een aanbod")]
    if aim != request.side:
        unclear = [*unclear, _("soort: stop dit, en mail ons opnieuw wat je vraagt of aanbiedt")]
    return unclear


def _not_understood(unclear: list[str]) -> str:
    return f"{beside_code.not_understood(unclear)} " + _("Er is niets veranderd.")


def _form(request: CouplingRequest, changes: Mapping[str, Any]) -> Any:
    """The form as its page would send it."""
    return MEMBER[Side(request.side)]({**words.payload_of(request), **changes})


def _is_as_it_was(request: CouplingRequest, answers: Answers) -> bool:
    """Whether these say what is said already; compared as the form takes both."""
    form = _form(request, {})
    return form.is_valid() and _in_order(form.answers()) == _in_order(answers)


def _in_order(answers: Answers) -> Answers:
    return replace(answers, themes=tuple(sorted(answers.themes)), ways=tuple(sorted(answers.ways)))


def _problems_of(form: Any) -> str:
    return " ".join(str(each) for errors in form.errors.values() for each in errors)


def _lines(request: CouplingRequest, now: datetime, problem: str, *, says_more: bool) -> Answer:
    """The mail that tells how it stands and which lines change it; to who made it."""
    email = request.person.address.email if request.person.address else ""
    reply_to = addresses.answer_to(letters.REQUEST, owner=request.person_id, about=request.pk, now=now)
    context = {**_stands(request, problem), "says_more": says_more}
    kind = f"coupling lines {request.pk}"
    return Answer(LINES, context, kind=kind, to=email, reply_to=reply_to, at_most=MAX_LINES_A_DAY)


def _stands(request: CouplingRequest, problem: str = "") -> dict[str, object]:
    told = words.payload_of(request)
    return {
        "problem": problem,
        "is_offer": request.side == Side.OFFER,
        "told": Written(request.text),
        "rows": [*lines.rows(told), *beside_code.more_rows(told, Side(request.side))],
        "lines": beside_code.how_to(Side(request.side)),
        "path": request.get_absolute_url(),
    }


def _request_of(act: PendingAct) -> CouplingRequest:
    """Raises ``DoesNotExist`` when it is gone."""
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    return CouplingRequest.objects.whole().get(pk=said["request"])


def _shown(act: PendingAct) -> dict[str, object]:
    """How it becomes; new words are mailed to who surely sent them."""
    request, changes = _request_of(act), act.payload[CHANGES]
    told = {**words.payload_of(request), **changes}
    form = _form(request, changes)
    if form.is_valid():
        told["not_before"] = form.answers().not_before  # a day that went by is no limit
    is_hidden = "text" in changes and act.payload.get(SHOWN_TO) != act.email
    return {
        "is_hidden": is_hidden,
        "has_new_text": "text" in changes,
        "says_more": bool(act.payload.get(SAYS_MORE)),
        "is_offer": request.side == Side.OFFER,
        "told": "" if is_hidden else Written(str(told["text"])),
        "rows": [*lines.rows(told), *beside_code.more_rows(told, Side(request.side))],
    }


def _filled(act: PendingAct, text: str) -> dict[str, Any]:
    """What lines and plain words below the code change beside; others change nothing, and are named to who wrote them."""
    request, found = _request_of(act), beside_code.lines_in(text)
    unclear = _with_side(found.pop(UNCLEAR), found, request)
    changes = {**act.payload[CHANGES], **found}
    told = {**_told_by(request), **changes}
    free = beside_code.below(beside_code.left_over(text, request.person.name), told)
    return {CHANGES: {**changes, **free.changes}, UNCLEAR: unclear, UNREAD: free.unread, IN_DOUBT: free.in_doubt}


def _said(act: PendingAct, word: Word, now: datetime) -> str:
    """Begin anew, by *veranderen* in the place of the code: how it stands now is mailed."""
    if word != Word.CHANGE:
        return ""
    request = _request_of(act)
    reply_to = addresses.answer_to(letters.REQUEST, owner=request.person_id, about=request.pk, now=now)
    key = f"act-{act.pk}-lines-{request.mark}"
    mail.send(LINES, to=act.email, context=_stands(request), key=key, now=now, reply_to=reply_to, is_urgent=True)
    return _("We mailden je hoe het nu staat, en hoe je het verandert.")


def _carry_out(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    request = actions.held(_request_of(act))  # nobody is proposed to them while it changes
    if request.person_id != person.pk:
        raise acts.CannotDo(_("Dit is van iemand anders. Dat kun je niet veranderen."))
    if unclear := act.payload.get(UNCLEAR):
        raise acts.CannotDo(f"{_not_understood(unclear)} {beside_code.again()}")
    if act.payload.get(IN_DOUBT):
        raise acts.CannotDo(beside_code.doubted())
    if not may_be_changed(request):
        raise acts.CannotDo(_("We stelden intussen iemand aan je voor. Die las wat je schreef. Wil je het nog veranderen? Mail of bel ons."))  # fmt: skip
    form = _form(request, act.payload[CHANGES])
    if not form.is_valid():
        raise acts.CannotDo(_problems_of(form))
    conversation.points_of(form.words())
    was = request.text
    try:
        actions.change(request, form.answers(), seen=act.payload["seen"], now=now)
    except actions.ChangedMeanwhile as problem:
        raise acts.CannotDo(_("Dit veranderde intussen op een andere plek. Antwoord met het woord: veranderen. Dan mailen we je hoe het nu staat.")) from problem  # fmt: skip
    except actions.CannotDo as problem:
        raise acts.CannotDo(str(problem)) from problem
    _tell(CouplingRequest.objects.whole().get(pk=request.pk), act, now, was=was)
    return acts.Done({"request": request.pk}, then=f"{request.get_absolute_url()}?klaar=veranderd")


def _tell(request: CouplingRequest, act: PendingAct, now: datetime, *, was: str) -> None:
    """Mail who made it how it stands now, and the words that stood first; that can be answered as any mail about it."""
    changed = {"was": Written(was) if was != request.text else "", "unread": beside_code.shown_unread(act)}
    reply_to = addresses.answer_to(letters.REQUEST, owner=request.person_id, about=request.pk, now=now)
    key = f"act-{act.pk}-changed"
    context = {**_stands(request), **changed}
    mail.send("mail/coupling/changed.md", to=act.email, context=context, key=key, now=now, reply_to=reply_to)


def _place(act: PendingAct) -> acts.Place:
    _request_of(act)  # one that is gone is not confirmed
    return acts.Place(_("Koppelen"), reverse("coupling:about"))


def _preview(act: PendingAct) -> SafeString:
    """How it becomes; the page is for whoever has the link, so words that nobody surely sent are shown too."""
    request = _request_of(act)
    form = _form(request, act.payload[CHANGES])
    rows = words.facts(form.answers()) if form.is_valid() else []
    text = act.payload[CHANGES].get("text", request.text)
    return render_to_string("coupling/told.html", {"text": text, "rows": rows})


def _told(act: PendingAct) -> acts.Told:
    return acts.Told(_("Het is veranderd"), _("Het team zoekt nu hiermee wie bij je past."), _place(act))
