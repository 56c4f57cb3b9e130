"""Saying by an answer that a message helped, or that it did not after all: ``dit hielp``, ``dit hielp 3``, ``dit hielp niet``.

Without a number it is the newest answer among those that the mail quotes, else the newest of all: who reads an older
mail means what stands in that.
"""

import re
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.conversation import threads
from meedoen.conversation.models import Thread
from meedoen.conversation.moderation.said import numbers_quoted
from meedoen.conversation.reading import name_shown
from meedoen.conversation.threads import Help
from meedoen.kernel.text import fold
from meedoen.mail.incoming.routes import Answer, Came, Letter, NotTaken
from meedoen.mail.replies.commands import SAID_AS, Word, is_courtesy, only_word
from meedoen.people.models import Person

_SAYINGS = "|".join(sorted((re.escape(each) for each in SAID_AS[Word.HELPED]), key=len, reverse=True))
MAX_SAYING = 200  # characters; a longer line says more
_NUMBER = r"(?:[\s:,(]*(?:bericht|antwoord|reactie|nummer|nr\.?|#))*[\s:,(]*(\d{1,9})"
_MUCH = r"(?:\s+(?:me|mij|ons|erg|echt|heel|goed|veel|zeker|enorm|super)){0,3}"
_SAID = re.compile(
    rf"^\W*(?:(?:ja|nee)\W+)?(?:(?:{_SAYINGS}){_MUCH}(?P<no>\s+niet)?{_MUCH}(?:{_NUMBER})?|(?:bericht|antwoord|reactie|nummer)\s+(\d{{1,9}})\s+(?:hielp|helpt){_MUCH}(?P<not>\s+niet)?{_MUCH})\W*$",
    re.IGNORECASE,
)


def said(text: str, quoted: str) -> Help | None:
    """What a mail says of what helped, where it says nothing else; ``quoted`` is the mail of ours below it."""
    lines = [line for line in text.strip().splitlines() if line.strip() and not is_courtesy(fold(line))]
    found = _SAID.match(lines[0]) if len(lines) == 1 and len(lines[0]) <= MAX_SAYING else None
    if found is None:
        return Help(True, tuple(numbers_quoted(quoted))) if only_word(text) == Word.HELPED else None
    number = found[2] or found[3]
    helped = not (found["no"] or found["not"])
    if number:
        return Help(helped, (int(number),), is_named=True)
    return Help(helped, tuple(numbers_quoted(quoted)))


def help_said(letter: Letter, thread: Thread, person: Person, *, back: Callable[[], str], now: datetime) -> Came | None:
    """Note it, and tell who asked what stands there now; None for a mail that says something else, or of who asked nothing.

    ``back`` gives where an answer to that goes. Raises ``NotTaken`` for a number that is no answer.
    """
    meant = said(letter.reply.text, letter.reply.left_out)
    if meant is None or person.address is None:
        return None
    noted = threads.kind_of(thread).helped(thread, person, meant, now)
    if noted is None:
        if meant.is_named:
            raise NotTaken(_("We zien bij jouw vraag geen antwoord met nummer %(number)s. Kijk nog eens naar het nummer in onze mail. Antwoord dan opnieuw.") % {"number": meant.numbers[0]})  # fmt: skip
        return None
    context = {
        "number": noted.number,
        "name": name_shown(noted),
        "place": thread.title,
        "path": noted.url,
        "is_helped": meant.is_so,
    }
    answer = Answer("mail/conversation/helped.md", context, to=person.address.email, reply_to=back())
    return Came("thread: helped" if meant.is_so else "thread: helped not", answer)
