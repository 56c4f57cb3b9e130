"""Answers to the mail that asks who knows a theme: words become their answer on the forum, one word rests or stops it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.conversation.mailed import said_in
from meedoen.kernel.text import fold
from meedoen.mail.incoming import addresses, routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Came, Letter
from meedoen.mail.replies import Word, only_word

from . import actions
from .models import Asked
from .rules import Answer, says_no

MAX_TOLD = 3  # mails a day that tell the same about one question: whoever has the address can ask for them
SAID = {
    Word.LATER: Answer.LATER,
    Word.NO: Answer.LATER,
    Word.STOP: Answer.STOP,
    Word.CANCEL: Answer.STOP,
    Word.UNDO: Answer.NONE,
    Word.BACK: Answer.NONE,
}


def register() -> None:
    """Say what is done with such answers; at start-up."""
    routes.register(actions.ASKED, answered, told=_told)


def answered(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Place what somebody answers to the question that we mailed, or hear their one word. Raises ``NotTaken``."""
    found = Asked.objects.select_related("topic__thread", "knowledge__person__address").filter(pk=address.about).first()
    person = found.knowledge.person if found else None
    if found is None or person is None or person.address is None or str(person.pk) != address.owner:
        return Came("asked: gone", routes.Answer("mail/incoming/unknown_token.md", kind="unknown token"))
    word = only_word(letter.reply.text)
    said = SAID.get(word) if word else None
    is_no = word is None and says_no(fold(letter.reply.own))
    if is_no:
        said = Answer.LATER
    if said is None or (said == Answer.NONE and not found.answer):  # there is nothing of this mail to take back
        return said_in(found.topic.thread.present, person, letter, now)
    actions.answer(found, said, now=now)
    context = {
        "said": said.value or "weer",
        "said_no": word == Word.NO or is_no,
        "path": reverse("forum:asked", args=[found.key]),
    }
    reply_to = addresses.answer_to(actions.ASKED, owner=person.pk, about=found.pk, now=now)
    told = routes.Answer(
        "mail/forum/asked_heard.md",
        context,
        to=person.address.email,
        reply_to=reply_to,
        kind=f"asked {found.pk} {said.value}",
        at_most=MAX_TOLD,
    )
    return Came(f"asked: {said or 'again'}", told)


def _told(keys: Sequence[str]) -> dict[str, str]:
    """What addresses for such answers are for."""
    return dict.fromkeys(keys, _("Antwoord geven op een vraag van het forum"))
