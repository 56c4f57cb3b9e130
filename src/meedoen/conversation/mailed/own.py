"""Answers to the mail that tells somebody that their message stands: take it away again, or say what is on its pictures."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.conversation import actions
from meedoen.conversation.acts import OWN
from meedoen.conversation.attachments.said import pictures_in
from meedoen.conversation.models import Contribution
from meedoen.mail.incoming import routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.replies import Word, first_word

from .describing import describe
from .telling import GONE


def register() -> None:
    """Say what is done with such answers; at start-up."""
    routes.register(OWN, about_own, told=_told)


def about_own(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Take away what somebody wrote, by a word in answer to the mail that told them that it stands; or describe its pictures."""
    found = Contribution.objects.select_related("thread", "person__address").filter(pk=address.about).first()
    if found is None or found.person.address is None or str(found.person_id) != address.owner:
        return GONE
    if said := pictures_in(letter.reply.own):
        return describe(letter, found, said, now)
    if first_word(letter.reply.text) != Word.UNDO:
        raise NotTaken(
            _(
                "We begrepen je antwoord niet. Wil je je bericht weghalen? Antwoord dan: ongedaan maken. Wil je zeggen wat er op je foto staat? Antwoord dan: foto: en daarachter wat erop staat."
            )
        )
    actions.retract(found, now=now)
    context = {"place": found.thread.title, "path": reverse("conversation:own", args=[found.key])}
    return Came("own: retracted", Answer("mail/conversation/retracted.md", context, to=found.person.address.email))


def _told(keys: Sequence[str]) -> dict[str, str]:
    """What addresses for taking away what somebody wrote are for, by its numbers."""
    found = Contribution.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    titles = found.values_list("pk", "thread__title")
    return {str(number): _("Weghalen wat je schreef bij: %(title)s") % {"title": title} for number, title in titles}
