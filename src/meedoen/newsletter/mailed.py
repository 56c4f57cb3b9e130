"""The letter by mail: asking for it, stopping, and answering one of its items.

An answer says by its subject which letter it is about, and by the number that it begins with which item. It becomes a
comment as any answer does: at once of who surely sent it, else with a code (decisions 1).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.activity import mailed as following
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.conversation import mailed as conversation
from meedoen.conversation.models import Thread
from meedoen.kernel.text import fold
from meedoen.mail.incoming import routes
from meedoen.mail.incoming import rules as incoming
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.replies import Word, only_word
from meedoen.mail.replies.courtesies import without_formalities, without_name
from meedoen.people import actions as people
from meedoen.people.models import Person

from . import letters, models, rules, sources
from .actions.subscribing import subscribe
from .acts import BY_MAIL, SUBSCRIBE
from .following import PURPOSE
from .forms import EASY, PLAIN, SubscribeForm
from .models import Entry
from .reading import subscribed

NAME = "nieuwsbrief"
LETTERS_LOOKED_AT = 20  # of the archive: who answers an older one goes to the site
HOW_TO_STOP = "mail/newsletter/how_to_stop.md"
WHICH = "mail/newsletter/which.md"
_SAYS_STOP = frozenset({Word.STOP, Word.NO})
AGAIN = frozenset({Word.UNDO, Word.BACK, Word.FOLLOW})  # said by who stopped
GONE = Came("newsletter: gone", Answer("mail/incoming/unknown_token.md", kind="unknown token"))


def register() -> None:
    """Say what is done with such mails; at start-up."""
    routes.register(PURPOSE, answer, told=lambda keys: dict.fromkeys(keys, _("Antwoorden op de nieuwsbrief")))
    routes.register_name(NAME, ask)


def ask(letter: Letter, now: datetime) -> Came:
    """Somebody mails to get the letter, or to get it no more. Who surely sent it and is known needs no code."""
    said = fold(f"{letter.reply.subject} {letter.reply.text}")
    if _SAYS_STOP & {only_word(without_name(letter.reply.text)), only_word(letter.reply.subject)}:
        return _stop(letter, now)
    if not rules.asks_for_it(letter.reply.subject, without_formalities(letter.reply.text, letter.name)):
        # Answered where it was mailed: what is written there is read without what was answered.
        return Came("newsletter: which?", Answer(WHICH, kind="letter which", reply_to=letter.recipient))
    way = {
        "version": EASY if "makkelijk" in said else "gewoon",
        "shape": PLAIN if "platte tekst" in said else "opgemaakt",
    }
    known = Person.objects.filter(address__email=letter.author, address__verified_at__isnull=False)
    person = known.filter(erased_at__isnull=True).order_by("pk").first() if letter.is_of(letter.author) else None
    if person:
        follow = subscribe(person, is_easy=way["version"] == EASY, is_plain=way["shape"] == PLAIN, now=now)
        return Came("newsletter: subscribed", _confirmation(follow, letter.author, now))
    form = SubscribeForm({**way, "email": letter.author})
    if not form.is_valid():
        raise NotTaken(conversation.problems_of(form))
    try:
        act = people.keep(
            SUBSCRIBE,
            payload={**form.payload(), BY_MAIL: True},
            name="",
            email=letter.author,
            network=f"mail:{letter.counts_for}",
            now=now,
        )
        people.ask_code(act, now=now, is_by_mail=True)
    except people.Refused as problem:
        raise NotTaken(str(problem)) from problem
    return Came("newsletter: code asked")


def answer(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """An answer to a letter, or to the mail that tells that it stopped: a number and a comment, ``stop``, or a word that
    brings it again. Raises ``NotTaken``."""
    found = Follow.objects.select_related("person__address", "subject").filter(key=address.about).first()
    if found is None or found.person.address is None:
        return GONE
    name, _token, _domain = incoming.parts_of(letter.recipient)
    word = only_word(letter.reply.text)
    if name == incoming.STOP or word == Word.STOP:
        return following.changed(found, Rhythm.NEVER, now)
    if word in AGAIN and found.rhythm != Rhythm.NEVER:
        return Came("newsletter: had already", _confirmation(found, found.person.address.email, now, is_same=True))
    if word in AGAIN:
        return _again(found, found.person.address.email, now)
    if not letter.reply.text.strip():
        return conversation.empty(letter)
    number, words = rules.number_in(letter.reply.text)
    if not number and (way := rules.way_said(letter.reply.text)):
        if found.rhythm == Rhythm.NEVER:  # who stopped gets it again only when they ask for that
            raise NotTaken(
                _("Je krijgt de nieuwsbrief niet meer. Wil je hem weer? Antwoord dan met de woorden: ongedaan maken.")
            )
        return _again(found, found.person.address.email, now, way=way)
    answered = _answered(letter.reply.subject)
    if not number or not words or answered is None:
        return Came("newsletter: not understood", Answer("mail/newsletter/how_to_answer.md", kind="letter answered"))
    entry = answered.entries.filter(number=number, is_out=False).first()
    return conversation.comment(_thread(entry, number, now), found.person, _saying(letter, words), now)


def _again(follow: Follow, email: str, now: datetime, *, way: Mapping[str, bool] | None = None) -> Came:
    """Let somebody get the letter, also who stopped: in the way in which they had it, but for what ``way`` says."""
    choice = letters.chosen(follow)
    had = {"is_easy": choice.is_easy, "is_plain": choice.is_plain}
    subscribe(follow.person, **{**had, **(way or {})}, now=now)
    return Came("newsletter: again", _confirmation(follow, email, now))


def _stop(letter: Letter, now: datetime) -> Came:
    """Who surely sent it gets the letter no more; any other is mailed where they can stop, at that address."""
    found = subscribed().select_related("person__address", "subject").filter(person__address__email=letter.author)
    follow = found.order_by("pk").first()
    if follow is None:
        return Came("newsletter: had none", Answer("mail/newsletter/had_none.md", kind="had no letter"))
    if letter.is_of(letter.author):
        return following.changed(follow, Rhythm.NEVER, now)
    way = replace(_confirmation(follow, letter.author, now), template=HOW_TO_STOP, kind="letter stop")
    return Came("newsletter: way to stop", way)


def _confirmation(follow: Follow, email: str, now: datetime, *, is_same: bool = False) -> Answer:
    """The mail that tells that somebody gets the letter, and how; ``is_same``: they got it so already."""
    return Answer(
        letters.CONFIRMATION,
        {**letters.facts(follow, now), "is_same": is_same},
        to=email,
        kind="letter asked",
        reply_to=letters.answer_to(follow, now),
        at_most=following.MAX_TOLD,
    )


def _answered(subject: str) -> models.Letter | None:
    """The letter whose title stands in the subject of an answer."""
    said = fold(subject)
    letters = models.Letter.objects.public()[:LETTERS_LOOKED_AT]
    return next((each for each in letters if fold(each.title) in said), None)


def _thread(entry: Entry | None, number: int, now: datetime) -> Thread:
    """Where is talked about an item. Raises ``NotTaken`` where there is no such place."""
    source = sources.named(entry.source) if entry else None
    if entry is None or source is None:
        raise NotTaken(_("In deze nieuwsbrief staat niets met nummer %(number)s.") % {"number": number})
    if source.instead:
        raise NotTaken(source.instead(entry.key))
    if source.thread is None:
        raise NotTaken(
            _("Op nummer %(number)s kun je niet per mail reageren. De links in de nieuwsbrief werken wel.")
            % {"number": number}
        )
    thread = source.thread(entry.key, now)
    if thread is None:
        raise NotTaken(_("Nummer %(number)s staat niet meer op de site.") % {"number": number})
    return thread


def _saying(letter: Letter, words: str) -> Letter:
    """The letter as if it said only these words."""
    return replace(letter, reply=replace(letter.reply, text=words))
