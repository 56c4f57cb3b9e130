"""Answers to a mail about several things at once, or about none that can be answered: report, hear less; no more."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.activity import mailed as following
from meedoen.activity import subjects
from meedoen.conversation.moderation import said
from meedoen.mail.incoming import addresses, routes
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Came, Letter, NotTaken
from meedoen.mail.replies import only_word
from meedoen.people.models import Person
from meedoen.people.privacy import mailed as privacy

from .reporting import report
from .telling import GONE, unfit

SEVERAL = "conversation.several"  # the purpose of answers to such mails


def register() -> None:
    """Say what is done with such answers, and where they go; at start-up."""
    routes.register(SEVERAL, reply, told=lambda keys: dict.fromkeys(keys, _("Antwoorden op een overzicht van nieuws")))
    subjects.answer_several(replies_to)


def replies_to(people: Collection[int], now: datetime) -> dict[int, str]:
    """Where the answers of these people to such a mail go."""
    return addresses.answers_about(SEVERAL, "notices", people, now=now)


def reply(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Report what it says, or mail less or more often. Raises ``NotTaken`` for any other answer: it has no one place."""
    person = Person.objects.select_related("address").filter(pk=address.owner, erased_at__isnull=True).first()
    if person is None or person.address is None:
        return GONE
    if refused := unfit(letter):
        return refused
    if asked := said.report_in(letter.reply.own):
        return report(letter, asked, person=person, thread=None, now=now)
    if came := privacy.said(letter, now):
        return came
    if came := following.said_of_all(person, only_word(letter.reply.text), now):
        return came
    raise NotTaken(
        _(
            "Deze mail ging over meer dingen. Daarom weten we niet waar je antwoord hoort. Open in onze mail het bericht waarop je wilt antwoorden. Iets melden? Antwoord dan: melden, het nummer en wat er mis is."
        )
    )
