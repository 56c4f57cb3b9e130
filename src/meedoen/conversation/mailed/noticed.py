"""Answers to a mail about several things at once: to one of its messages by its number, report, hear less."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.activity import mailed as following
from meedoen.activity import subjects
from meedoen.conversation.moderation import pointing, said
from meedoen.conversation.rules import number_at, number_in_mark
from meedoen.kernel.text import fold
from meedoen.mail.incoming import addresses, routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Came, Letter, NotTaken
from meedoen.mail.replies import only_word
from meedoen.mail.replies.commands import is_courtesy
from meedoen.people.models import Person

from .replying import said_in
from .reporting import report
from .telling import GONE, unfit

SEVERAL = "conversation.several"  # the purpose of answers to such mails
# The number at the beginning of a line, with its words on that line or below it. Behind an hour come two digits.
_NUMBERED = re.compile(
    r"^[^\w\n]*(?:(?:antwoordnummer|nummer|nr\.?)[ \t]*)?(\d{1,12})[ \t]*:(?!\d)[ \t]*", re.IGNORECASE | re.MULTILINE
)


def register() -> None:
    """Say what is done with such answers, and where they go; at start-up."""
    routes.register(SEVERAL, reply, told=lambda keys: dict.fromkeys(keys, _("Antwoorden op een overzicht van nieuws")))
    subjects.answer_several(subjects.AnswersToSeveral(replies_to, number_in_mark, number_at))


def replies_to(people: Collection[int], now: datetime) -> dict[int, str]:
    """Where the answers of these people to such a mail go."""
    return addresses.answers_about(SEVERAL, "notices", people, now=now)


def reply(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Report what it says, mail less or more often, or put it where its number says. Raises ``NotTaken`` for any other
    answer: it has no one place."""
    person = Person.objects.select_related("address").filter(pk=address.owner, erased_at__isnull=True).first()
    if person is None or person.address is None:
        return GONE
    if refused := unfit(letter):
        return refused
    if asked := said.report_in(letter.reply.own):
        return report(letter, asked, person=person, thread=None, now=now)
    if came := following.said_of_all(person, only_word(letter.reply.text), now):
        return came
    if numbered := numbered_in(letter.reply.text):
        return _answer(letter, numbered, person, now)
    raise NotTaken(
        _(
            "Deze mail kan over meer berichten gaan. Daarom weten we niet waar je antwoord hoort. Begin met het antwoordnummer uit onze mail en een dubbele punt. Schrijf daarna je tekst. Iets melden? Antwoord dan: melden, het nummer en wat er mis is."
        )
    )


def numbered_in(text: str) -> list[tuple[int, str]]:
    """The numbers at the beginning of lines, each with the words up to the next.

    Nothing where it begins with none, but for a greeting.
    """
    before, *parts = _NUMBERED.split(text)
    if any(line.strip() and not is_courtesy(fold(line)) for line in before.splitlines()):
        return []
    return [(int(number), words.strip()) for number, words in zip(parts[::2], parts[1::2], strict=True)]


def _answer(letter: Letter, numbered: list[tuple[int, str]], person: Person, now: datetime) -> Came:
    """Put an answer with the message that it names, as in answer to a mail about that alone. Raises ``NotTaken``.

    Only what we mailed somebody is named so: any other number is a slip.
    """
    number, _words = numbered[0]
    found = pointing.mailed(person, among=[each for each, _said in numbered], now=now).in_bulk()
    if number not in found:
        raise NotTaken(
            _(
                "Bericht %(number)s staat niet in onze mail, of niet meer op de site. Kijk nog eens naar het antwoordnummer. Antwoord dan opnieuw."
            )
            % {"number": number}
        )
    if len(found) > 1:
        raise NotTaken(_("Je antwoordt op meer berichten in één mail. Stuur voor elk bericht een eigen mail."))
    words = _NUMBERED.split(letter.reply.text, maxsplit=1)[-1].strip()
    own = replace(letter, reply=replace(letter.reply, text=words))
    return said_in(found[number].thread.present, person, own, now)
