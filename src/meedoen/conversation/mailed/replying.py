"""Taking part in a conversation by mail: an answer to a notice becomes a contribution, and can be taken away again.

The address says which conversation, and whom we mailed. Only who surely sent it writes at once; any other gets a code
at the address that they mailed from, and confirms by it what they wrote (decisions 1 and 2).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.activity import mailed as following
from meedoen.activity.models import Subject
from meedoen.conversation import actions, doubting, threads
from meedoen.conversation.acts import COMMENT, OWN, points_of
from meedoen.conversation.attachments import actions as attachments
from meedoen.conversation.attachments.reading import of as files_of
from meedoen.conversation.attachments.reading import words_with
from meedoen.conversation.beside_code import fit_name, without_keys
from meedoen.conversation.forms import CommentForm, TextForm
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.moderation import said
from meedoen.conversation.reading import name_shown, words_of
from meedoen.conversation.rules import State
from meedoen.conversation.scoring import HOLD_FROM
from meedoen.kernel import prepared
from meedoen.mail.incoming import addresses, routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.rendering import Written
from meedoen.mail.replies import Word, only_word
from meedoen.people import actions as people
from meedoen.people import acts
from meedoen.people.models import Person

from . import files
from .helping import help_said
from .reporting import report
from .telling import GONE, problems_of, unfit

# What nobody means as a message to others, and what does nothing here.
NO_REACTION = frozenset({Word.CHANGE, Word.HELP})
OF_OWN = frozenset({Word.UNDO, Word.BACK, Word.AWAY})  # belongs in answer to the mail about what one did oneself
_CODE = re.compile(r"\s*\d{6}\s*")
THREAD = "conversation.thread"  # the purpose of answers to notices


def register() -> None:
    """Say what is done with such answers; at start-up."""
    routes.register(THREAD, reply, told=_told)


def replies_to(subject: Subject, people: Collection[int], now: datetime) -> dict[int, str]:
    """Where the answers of these people to a notice about a conversation go."""
    return addresses.answers_about(THREAD, subject.key, people, now=now)


def reply(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Put an answer in its conversation; or do what its one word says about following. Raises ``NotTaken``."""
    found = prepared.one(_thread, number=int(address.about))
    thread = found.present if found else None
    try:
        person = Person.objects.with_address(address.owner)
    except Person.DoesNotExist:
        return GONE
    return said_in(thread, person, letter, now)


def said_in(thread: Thread | None, person: Person, letter: Letter, now: datetime) -> Came:
    """The same, once it is known where it belongs and whom we mailed. Raises ``NotTaken``."""
    if person.erased_at or person.address is None or thread is None or not threads.stands(thread):
        return GONE
    if refused := unfit(letter):
        return refused
    if asked := said.report_in(letter.reply.own):
        return report(letter, asked, person=person, thread=thread, now=now)
    word = only_word(letter.reply.text)  # a letter may begin with one
    if word and (came := following.said(person, actions.subject_of(thread), word, now)):
        return came

    def back() -> str:  # who says "stop" to its confirmation is heard too
        return replies_to(actions.subject_of(thread), [person.pk], now).get(person.pk, "")

    if came := help_said(letter, thread, person, back=back, now=now):
        return came
    return comment(thread, person, letter, now)


def comment(thread: Thread, person: Person, letter: Letter, now: datetime) -> Came:
    """Put the words of somebody whom we mailed in a conversation; after a code, where it is not sure who sent them, where
    they end, or whether they are for everybody. Raises ``NotTaken``.
    """
    if _CODE.fullmatch(letter.reply.text):
        raise NotTaken(_("We zagen alleen een code. Een code werkt als antwoord op de mail waar die code in staat."))
    word = only_word(letter.reply.text)
    if word in OF_OWN:
        raise NotTaken(
            _(
                "Er is hier niets om terug te draaien. Wil je een bericht van jezelf weghalen of terugzetten? Antwoord dan op onze mail over dat bericht."
            )
        )
    if word in NO_REACTION:
        raise NotTaken(
            _(
                "We zetten je woord niet op de site. Je kunt op onze mail antwoorden met: stop, dagelijks of wekelijks. Wil je alleen mail als iemand jou noemt? Antwoord dan: alleen antwoorden aan mij. Wil je iets anders? Schrijf het in een zin."
            )
        )
    if thread.is_closed:
        raise NotTaken(_("Hier kun je niet meer reageren. Het gesprek is gesloten."))
    is_theirs = bool(person.name and person.address) and letter.is_of(person.address.email)  # type: ignore[union-attr]
    if is_theirs and letter.reply.sure and not doubting.is_doubtful(letter.reply.text):
        return _contribute(thread, person, letter, now)
    return _ask_code(thread, person, letter, now)


def _told(keys: Sequence[str]) -> dict[str, str]:
    """What addresses of conversations are for, by the numbers of these."""
    found = Thread.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()]).values_list("pk", "title")
    return {str(number): _("Meepraten bij: %(title)s") % {"title": title} for number, title in found}


def _thread(*, number: int) -> QuerySet[Thread]:
    return Thread.objects.filter(pk=number)


def _contribute(thread: Thread, person: Person, letter: Letter, now: datetime) -> Came:
    form = TextForm({"text": without_keys(letter.reply.text)})
    if not form.is_valid():
        raise NotTaken(problems_of(form))
    text = form.cleaned_data["text"]
    try:
        points = points_of(text)
        contribution = actions.contribute(
            thread,
            person=person,
            text=text,
            hides_name=False,
            score=points,
            looks_like_spam=points >= HOLD_FROM,
            now=now,
        )
    except (actions.CannotWrite, acts.CannotDo) as problem:
        raise NotTaken(str(problem)) from problem
    left_out = files.bring(contribution, letter, now)
    if letter.reply.attachments:  # most mails have none; what stands beside nothing is not stored anew
        attachments.stand(contribution, now=now)
        contribution.refresh_from_db()
    told = files.told(contribution, left_out) if letter.reply.attachments else {}
    return Came("thread: contributed", _confirmation(contribution, told, now))


def _confirmation(contribution: Contribution, files_told: Mapping[str, object], now: datetime) -> Answer:
    """The mail that says how it stands, to who surely wrote it, with the way to take it away by an answer."""
    person = contribution.person
    assert person.address is not None  # noqa: S101  it was compared with who sent the mail
    reply_to = addresses.answer_to(OWN, owner=person.pk, about=contribution.pk, now=now)
    context = {
        "place": contribution.thread.title,
        "name": name_shown(contribution),
        "words": Written(words_with(words_of(contribution.text), files_of(contribution))),
        "is_waiting": contribution.state == State.WAITING,
        **files_told,
        "path": reverse("conversation:own", args=[contribution.key]),
    }
    return Answer("mail/conversation/mailed.md", context, to=person.address.email, reply_to=reply_to)


def _ask_code(thread: Thread, person: Person, letter: Letter, now: datetime) -> Came:
    """Keep it as an act of who sent the mail, and mail them a code."""
    is_own = person.address is not None and letter.author == person.address.email
    form = CommentForm(
        {
            "text": without_keys(letter.reply.text),
            "name": (is_own and person.name) or fit_name(letter.name),
            "email": letter.author,
        }
    )
    if not form.is_valid():
        raise NotTaken(problems_of(form))
    try:
        points = points_of(form.cleaned_data["text"])
        act = people.keep(
            COMMENT,
            payload={**form.payload(), "thread": thread.pk, "score": points, **files.of_mail(letter)},
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            network=f"mail:{letter.counts_for}",
            now=now,
        )
        files.bring_to_act(act, letter, now)
        people.ask_code(act, now=now, is_by_mail=True)
    except (people.Refused, acts.CannotDo) as problem:
        raise NotTaken(str(problem)) from problem
    return Came("thread: code asked")
