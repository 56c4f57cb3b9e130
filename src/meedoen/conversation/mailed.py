"""Taking part in a conversation by mail: an answer to a notice becomes a contribution, and can be taken away again.

The address says which conversation, and whom we mailed. Only who surely sent it writes at once; any other gets a code
at the address that they mailed from, and confirms by it what they wrote (decisions 1 and 2).
"""

import re
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.activity import mailed as following
from meedoen.activity.models import Subject
from meedoen.mail.incoming import addresses, routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.rendering import Written
from meedoen.mail.replies import Missing, Word, first_word, only_word
from meedoen.people import actions as people
from meedoen.people import acts
from meedoen.people.models import Person

from . import actions, threads
from .acts import COMMENT, OWN, points_of
from .forms import CommentForm, TextForm
from .models import Contribution, Thread
from .reading import name_shown, words_of
from .rules import State
from .scoring import HOLD_FROM

# A key of ours in an address of the site, or in one for mail.
_KEYED = re.compile(r"https?://\S+/[A-Za-z0-9_-]{22}(?:/|\b)|\b(?:antwoord|stop)\+[a-z2-7]{26}@")
THREAD = "conversation.thread"  # the purpose of answers to notices
GONE = Came("thread: gone", Answer("mail/incoming/unknown_token.md", kind="unknown token"))


def register() -> None:
    """Say what is done with such answers; at start-up."""
    routes.register(THREAD, reply, told=_told_of_threads)
    routes.register(OWN, about_own, told=_told_of_own)


def reply_to(subject: Subject, person: Person, now: datetime) -> str:
    """Where an answer to a notice about a conversation goes."""
    return addresses.answer_to(THREAD, owner=person.pk, about=subject.key, now=now)


def reply(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Put an answer in its conversation; or do what its one word says about following. Raises ``NotTaken``."""
    person = Person.objects.select_related("address").filter(pk=address.owner, erased_at__isnull=True).first()
    found = Thread.objects.filter(pk=address.about).first()
    thread = found.present if found else None
    if person is None or person.address is None or thread is None or not threads.stands(thread):
        return GONE
    word = only_word(letter.reply.text)  # a letter may begin with one
    if word and (came := following.said(person, actions.subject_of(thread), word, now)):
        return came
    if word == Word.HELPED and (helped := threads.kind_of(thread).helped(thread, person, now)):
        context = {"number": helped.number, "name": name_shown(helped), "place": thread.title, "path": helped.url}
        return Came("thread: helped", Answer("mail/conversation/helped.md", context, to=person.address.email))
    if not letter.reply.text.strip():
        return empty(letter)
    if thread.is_closed:
        raise NotTaken(_("Hier kun je niet meer reageren. Het gesprek is gesloten."))
    if letter.is_of(person.address.email) and letter.reply.sure:
        return _contribute(thread, person, letter, now)
    return _ask_code(thread, person, letter, now)


def about_own(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Take away what somebody wrote, by a word in answer to the mail that told them that it stands; or put it back."""
    found = Contribution.objects.select_related("thread", "person__address").filter(pk=address.about).first()
    if found is None or found.person.address is None or str(found.person_id) != address.owner:
        return GONE
    if first_word(letter.reply.text) != Word.UNDO:
        raise NotTaken(_("We begrepen je antwoord niet. Wil je je bericht weghalen? Antwoord dan: ongedaan maken."))
    actions.retract(found, now=now)
    context = {"place": found.thread.title, "path": reverse("conversation:own", args=[found.key])}
    return Came("own: retracted", Answer("mail/conversation/retracted.md", context, to=found.person.address.email))


def empty(letter: Letter) -> Came:
    """What is said to a mail in which we see no words."""
    missing = letter.reply.missing
    context = {
        "is_encrypted": missing == Missing.ENCRYPTED,
        "is_voice": missing == Missing.VOICE,
        "is_calendar": missing == Missing.CALENDAR,
    }
    return Came("empty", Answer("mail/incoming/empty.md", context, kind=f"empty {missing or ''}"))


def without_keys(text: str) -> str:
    """The text without the lines of a mail of ours that hold keys: links and addresses for its reader alone."""
    return "\n".join(line for line in text.splitlines() if not _KEYED.search(line)).strip()


def problems_of(form: acts.ActForm) -> str:
    """What is wrong in it, as one text."""
    return " ".join(str(each) for errors in form.errors.values() for each in errors)


def _told_of_threads(keys: Sequence[str]) -> dict[str, str]:
    """What addresses of conversations are for, by the numbers of these."""
    found = Thread.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()]).values_list("pk", "title")
    return {str(number): _("Meepraten bij: %(title)s") % {"title": title} for number, title in found}


def _told_of_own(keys: Sequence[str]) -> dict[str, str]:
    """The same for what somebody wrote and can take away."""
    found = Contribution.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    titles = found.values_list("pk", "thread__title")
    return {str(number): _("Weghalen wat je schreef bij: %(title)s") % {"title": title} for number, title in titles}


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
    return Came("thread: contributed", _confirmation(contribution, letter, now))


def _confirmation(contribution: Contribution, letter: Letter, now: datetime) -> Answer:
    """The mail that says how it stands, to who surely wrote it, with the way to take it away by an answer."""
    person = contribution.person
    assert person.address is not None  # noqa: S101  it was compared with who sent the mail
    reply_to = addresses.answer_to(OWN, owner=person.pk, about=contribution.pk, now=now)
    context = {
        "place": contribution.thread.title,
        "words": Written(words_of(contribution.text)),
        "is_waiting": contribution.state == State.WAITING,
        "file_count": len(letter.reply.attachments),
        "path": reverse("conversation:own", args=[contribution.key]),
    }
    return Answer("mail/conversation/mailed.md", context, to=person.address.email, reply_to=reply_to)


def _ask_code(thread: Thread, person: Person, letter: Letter, now: datetime) -> Came:
    """Keep it as an act of who sent the mail, and mail them a code."""
    is_own = person.address is not None and letter.author == person.address.email
    form = CommentForm(
        {
            "text": without_keys(letter.reply.text),
            "name": (is_own and person.name) or letter.name,
            "email": letter.author,
        }
    )
    if not form.is_valid():
        raise NotTaken(problems_of(form))
    try:
        points = points_of(form.cleaned_data["text"])
        act = people.keep(
            COMMENT,
            payload={**form.payload(), "thread": thread.pk, "score": points},
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            network=f"mail:{letter.counts_for}",
            now=now,
        )
        people.ask_code(act, now=now)
    except (people.Refused, acts.CannotDo) as problem:
        raise NotTaken(str(problem)) from problem
    return Came("thread: code asked")
