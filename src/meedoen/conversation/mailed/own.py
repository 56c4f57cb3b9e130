"""Answers to the mails that tell somebody that their message stands: take it away again, or say what is on its pictures.

The one that tells it after the team read a first message comes later, when people may have more to say: what is no such
word is an answer in the conversation, as to any notice.
"""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.conversation import actions
from meedoen.conversation.acts import OWN
from meedoen.conversation.attachments.said import pictures_in
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation.letters import STANDS
from meedoen.mail.incoming import routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.replies import Word, first_word, only_word

from .describing import describe
from .replying import said_in
from .telling import GONE


def register() -> None:
    """Say what is done with such answers; at start-up."""
    routes.register(OWN, about_own, told=_told)
    routes.register(STANDS, about_standing, told=_told)


def about_own(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Take away what somebody wrote, by a word in answer to the mail that told them that it stands; or describe its pictures."""
    found = _of(address)
    if found is None:
        return GONE
    if said := pictures_in(letter.reply.own):
        return describe(letter, found, said, now)
    if first_word(letter.reply.text) != Word.UNDO:
        raise NotTaken(
            _(
                "We begrepen je antwoord niet. Wil je je bericht weghalen? Antwoord dan: ongedaan maken. Wil je zeggen wat er op je foto staat? Antwoord dan: foto: en daarachter wat erop staat."
            )
        )
    return _retracted(found, now)


def about_standing(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Take away what the team let stand, or hear what else its writer says. Raises ``NotTaken``."""
    found = _of(address)
    if found is None:
        return GONE
    if only_word(letter.reply.text) == Word.UNDO:
        return _retracted(found, now)
    return said_in(found.thread, found.person, letter, now)


def _of(address: ReplyAddress) -> Contribution | None:
    """The message that an address is about, as long as it is of who was mailed, and they can be."""
    found = Contribution.objects.select_related("thread", "person__address").filter(pk=address.about).first()
    is_theirs = found is not None and found.person.address is not None and str(found.person_id) == address.owner
    return found if is_theirs else None


def _retracted(found: Contribution, now: datetime) -> Came:
    """Take it away, and mail its writer how it comes back."""
    assert found.person.address is not None  # noqa: S101  ``_of`` gives no other
    actions.retract(found, now=now)
    context = {"place": found.thread.title, "path": reverse("conversation:own", args=[found.key])}
    return Came("own: retracted", Answer("mail/conversation/retracted.md", context, to=found.person.address.email))


def _told(keys: Sequence[str]) -> dict[str, str]:
    """What addresses for taking away what somebody wrote are for, by its numbers."""
    found = Contribution.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    titles = found.values_list("pk", "thread__title")
    return {str(number): _("Weghalen wat je schreef bij: %(title)s") % {"title": title} for number, title in titles}
