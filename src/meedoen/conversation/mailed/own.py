"""Answers to the mails that tell somebody how their message stands: take it away, put it back, or say what is on its pictures.

The one that tells it after the team read a first message comes later, when people may have more to say: what is no such
word is an answer in the conversation, as to any notice.

What takes it away and what puts it back go to two addresses, so that a word that is sent twice does the same twice.
"""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.activity import mailed as following
from meedoen.conversation import actions, threads
from meedoen.conversation.acts import OWN
from meedoen.conversation.attachments import actions as attachments
from meedoen.conversation.attachments.said import pictures_in
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation.letters import STANDS
from meedoen.conversation.rules import FOR_THE_TEAM, State, may_be_put_back_by_mail, may_be_put_back_by_writer
from meedoen.mail.incoming import addresses, routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.replies import Word, only_word

from .away import asks_all_away, asks_name_away, asks_part_away
from .describing import describe
from .replying import said_in
from .telling import GONE

RETRACTED = "conversation.retracted"  # the purpose of answers to the mail that tells that it was taken away
TAKES_AWAY = frozenset({Word.UNDO, Word.AWAY})
PUTS_BACK = frozenset({Word.UNDO, Word.BACK})
MAX_TOLD = 3  # mails a day that it went away, and as many that it came back: whoever has the address can ask for them


def register() -> None:
    """Say what is done with such answers; at start-up."""
    routes.register(OWN, about_own, told=_told)
    routes.register(STANDS, about_standing, told=_told)
    routes.register(RETRACTED, about_retracted, told=_told_of_retracted)


def about_own(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Take away what somebody wrote, by a word in answer to the mail that told them that it stands; or describe its pictures."""
    found = _of(address)
    if found is None:
        return GONE
    if said := pictures_in(letter.reply.own):
        return describe(letter, found, said, now)
    word = only_word(letter.reply.text)  # who says more wants something else too
    if word in TAKES_AWAY or asks_all_away(letter.reply.text, found.person.name):
        return _retracted(found, now)
    if word == Word.BACK:
        raise NotTaken(_why_not_here(found))
    if word in following.RHYTHMS and (
        came := following.said(found.person, actions.subject_of(found.thread), word, now)
    ):
        return came
    raise NotTaken(_what_can_be_done(letter, found))


def about_standing(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Take away what the team let stand, or hear what else its writer says. Raises ``NotTaken``."""
    found = _of(address)
    if found is None:
        return GONE
    word = only_word(letter.reply.text)
    if word in TAKES_AWAY or asks_all_away(letter.reply.text, found.person.name):
        return _retracted(found, now)
    if word == Word.BACK:
        raise NotTaken(_why_not_here(found))
    return said_in(found.thread, found.person, letter, now)


def about_retracted(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Put back what its writer took away, by a word in answer to the mail that told them so. Raises ``NotTaken``."""
    found = _of(address)
    if found is None:
        return GONE
    word = only_word(letter.reply.text)
    if word in PUTS_BACK:
        return _put_back(found, now)
    if word == Word.AWAY:
        return _retracted(found, now)
    raise NotTaken(
        _(
            "We begrepen je antwoord niet. Er is niets veranderd. Wil je je bericht terugzetten? Antwoord dan met alleen de woorden: ongedaan maken."
        )
    )


def _what_can_be_done(letter: Letter, found: Contribution) -> str:
    """What is said to who asks something else about their message: no mail changes a part of it."""
    if asks_name_away(letter.reply.text):
        return _("Alleen je naam weghalen kan niet. Er is dus niets veranderd. Dit kan wel: haal je bericht weg, en schrijf het opnieuw op de site. Kies daar: zet mijn naam er niet bij. Wil je je bericht weghalen? Antwoord dan met alleen de woorden: ongedaan maken.")  # fmt: skip
    if asks_part_away(letter.reply.text):
        return _("Iets uit je bericht halen kan niet per mail. Er is dus niets veranderd. Op de site kun je je tekst zelf veranderen. De link staat in de mail waar je op antwoordt. Wil je het hele bericht weg? Antwoord dan met alleen de woorden: ongedaan maken.")  # fmt: skip
    told = [_("We begrepen je antwoord niet. Er is niets veranderd. Wil je je bericht weghalen? Antwoord dan met alleen de woorden: ongedaan maken.")]  # fmt: skip
    if attachments.to_describe(found):
        told.append(_("Wil je zeggen wat er op je foto staat? Antwoord dan: foto: en daarachter wat erop staat."))
    if ask_email := addresses.named("vraag"):
        told.append(_("Heb je een nieuwe vraag voor iedereen? Mail die naar %(email)s.") % {"email": ask_email})
    return " ".join(told)


def _of(address: ReplyAddress) -> Contribution | None:
    """The message that an address is about, as long as it is of who was mailed, and they can be."""
    found = Contribution.objects.select_related("thread", "person__address").filter(pk=address.about).first()
    is_theirs = found is not None and found.person.address is not None and str(found.person_id) == address.owner
    return found if is_theirs else None


def _retracted(found: Contribution, now: datetime) -> Came:
    """Take it away, and mail its writer how it comes back. Raises ``NotTaken`` for what the team took away."""
    place = found.thread.title  # a topic that ends with it loses its name
    found = actions.retract(found, now=now)
    if not may_be_put_back_by_writer(found):
        raise NotTaken(
            _("Het team haalde dit bericht weg. Niemand leest het nu. In de mail van ons team lees je waarom.")
        )
    return Came("own: retracted", _how_it_stands("mail/conversation/retracted.md", found, place, RETRACTED, now))


def _put_back(found: Contribution, now: datetime) -> Came:
    """Put it back, and mail its writer how it goes away again. Twice is once. Raises ``NotTaken`` where it stays away."""
    is_away = may_be_put_back_by_writer(found)
    if is_away and not may_be_put_back_by_mail(now - found.retracted_at if found.retracted_at else None):
        raise NotTaken(_("Je haalde dit bericht langer dan een maand geleden weg. Daarom kun je het niet met een mail terugzetten. Op de site kan het wel. De link staat in de mail waar je op antwoordt."))  # fmt: skip
    found = actions.put_back(found, now=now)
    if may_be_put_back_by_writer(found):
        raise NotTaken(actions.why_not_back(found, now))
    if found.state == State.REMOVED:
        raise NotTaken(_why_not_here(found))
    return Came("own: put back", _how_it_stands("mail/conversation/put_back.md", found, found.thread.title, OWN, now))


def _why_not_here(found: Contribution) -> str:
    """Why a word does not put it back: it is not away, or the team took it, or another mail is about that."""
    if found.state == State.REMOVED:
        return _("Het team haalde dit bericht weg. Daarom kun je het niet terugzetten. In de mail van ons team lees je waarom, en hoe je bezwaar maakt.")  # fmt: skip
    if found.state == State.RETRACTED:
        return _("Je bericht terugzetten? Antwoord op onze mail die zegt dat je bericht weg is: ongedaan maken. Of doe het op de site.")  # fmt: skip
    if found.state == State.HIDDEN:
        return _("Je bericht is nu niet te zien. Het team kijkt er nog naar. Er is niets veranderd.")
    return _("Je haalde dit bericht niet weg. Er is dus niets om terug te zetten. Er is niets veranderd.")


def _how_it_stands(template: str, found: Contribution, place: str, purpose: str, now: datetime) -> Answer:
    """The mail that tells it, with the address at which one word turns it round."""
    assert found.person.address is not None  # noqa: S101  ``_of`` gives no other
    reply_to = addresses.answer_to(purpose, owner=found.person_id, about=found.pk, now=now)
    context = {
        "place": place,
        "is_opening": threads.is_opening(found),
        "is_shown": found.state == State.SHOWN,
        "was_shown": found.was_state == State.SHOWN,
        "is_there": threads.stands(found.thread),
        "is_waiting": found.state in FOR_THE_TEAM,
        "path": reverse("conversation:own", args=[found.key]),
    }
    to, kind = found.person.address.email, f"{purpose} {found.pk}"
    return Answer(template, context, to=to, reply_to=reply_to, kind=kind, at_most=MAX_TOLD)


def _told(keys: Sequence[str]) -> dict[str, str]:
    """What addresses for taking away what somebody wrote are for, by its numbers."""
    return {key: _("Weghalen wat je schreef bij: %(title)s") % {"title": title} for key, title in _titles(keys)}


def _told_of_retracted(keys: Sequence[str]) -> dict[str, str]:
    """The same of those for putting it back."""
    return {key: _("Terugzetten wat je schreef bij: %(title)s") % {"title": title} for key, title in _titles(keys)}


def _titles(keys: Sequence[str]) -> list[tuple[str, str]]:
    found = Contribution.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    return [(str(number), title) for number, title in found.values_list("pk", "thread__title")]
