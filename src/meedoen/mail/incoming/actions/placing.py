"""Where a mail belongs, and what is done with it there."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from meedoen.mail import envelope
from meedoen.mail.health import trial
from meedoen.mail.incoming import addresses, answering, reports, routes, rules
from meedoen.mail.incoming.models import Incoming, ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter


@dataclass(frozen=True, slots=True)
class Place:
    """An address of ours, taken apart; ``address`` is what its token leads to, or led to before it was taken back."""

    name: str
    address: ReplyAddress | None

    @property
    def is_private(self) -> bool:
        """Whether what comes there may not lie at the desk: it may tell of a need, or is about what is known of somebody."""
        if self.name not in (rules.ANSWER, rules.STOP):
            return routes.is_private(self.name)
        # Whatever a token without an address was about is not ours to keep.
        return self.address is None or routes.is_private(self.address.purpose)


def place_of(mail: Incoming) -> Place:
    """Where a mail was sent."""
    name, token, _domain = rules.parts_of(mail.recipient)
    return Place(name, addresses.ever(token) if name in (rules.ANSWER, rules.STOP) else None)


def is_private(mail: Incoming) -> bool:
    """Whether what a mail says may not lie at the desk."""
    return place_of(mail).is_private


def came_of(letter: Letter, place: Place, now: datetime) -> Came:
    """Do what a mail asks; what came of it. Inside a transaction."""
    if letter.reply.delivery_report:
        # It holds the mail that came back, with all that is sealed here until it leaves.
        return replace(reports.take(letter.reply.delivery_report, now=now), erases=True)
    if took := trial.take(letter, now):
        return took
    if place.name != rules.STOP and (ended := _not_from_a_person(letter)):  # programs press "unsubscribe" for people
        return ended
    if letter.author and answering.count("mails", letter.counts_for, now=now) > rules.MAX_A_DAY:
        return Came("too many", aside="more mails in a day than anybody writes")
    if letter.is_proven:
        reports.revive(letter.author, now=now)  # who writes, reads
    try:
        came = _routed(letter, place, now)
    except routes.NotTaken as problem:
        came = Came("not taken", routes.not_taken(letter, problem))
    return _with_way_back(came, letter, place)


def _with_way_back(came: Came, letter: Letter, place: Place) -> Came:
    """What is answered to an answer can itself be answered, where it says nothing else: to who has that address anyway."""
    answer = came.answer
    if answer is None or answer.reply_to or place.name != rules.ANSWER or place.address is None:
        return came
    if (answer.to and answer.to != letter.author) or not addresses.found(place.address.token):
        return came
    reply_to = addresses.with_token(rules.ANSWER, place.address.token)
    return replace(came, answer=replace(answer, reply_to=reply_to))


def _routed(letter: Letter, place: Place, now: datetime) -> Came:
    if place.name != rules.STOP and (came := routes.said_anywhere(letter, place.address, now)):
        return came
    if place.name in (rules.ANSWER, rules.STOP):
        address = place.address
        if address and address.revoked_at:
            answer = Answer("mail/incoming/revoked_token.md", kind="revoked token")
            return Came("revoked token", answer, erases=True)  # whatever it was about is not ours to keep
        handle_it = routes.of_purpose(address.purpose) if address else None
        if address is None or handle_it is None:
            answer = Answer("mail/incoming/unknown_token.md", kind="unknown token")
            return Came("unknown token", answer, erases=True)  # whatever it was about is not ours to keep
        ReplyAddress.objects.filter(pk=address.pk).update(used_at=now)
        return handle_it(letter, address, now)
    handle_named = routes.of_name(place.name)
    if handle_named is None:
        return Came("unknown name", answering.unknown_name())
    return handle_named(letter, now)


def _not_from_a_person(letter: Letter) -> Came | None:
    """What becomes of a mail that a machine sent, or we ourselves, or nobody who can be answered; None for any other."""
    if letter.is_forged:  # its author never sent it, so there is nobody to answer
        return Came(rules.FORGED)
    if letter.reply.automatic:
        return Came("automatic", erases=True)  # such as a notice of absence, with our own mail below it
    if not letter.author or not answering.may_be_mailed(letter.author):
        return Came("no sender", aside="no address in From, or several")
    name, _token, domain = rules.parts_of(letter.author)
    is_a_door = name in (rules.ANSWER, rules.STOP) or routes.of_name(name) is not None
    if letter.author == envelope.sender_address().lower() or (is_a_door and domain == settings.MAIL_IN_DOMAIN):
        return Came("our own")
    return None
