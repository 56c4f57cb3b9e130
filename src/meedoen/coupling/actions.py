"""The deeds: ask or offer, change, stop, put back, handle; a draft of a mail; and their end."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.conversation.beside_code import SHOWN_TO
from meedoen.conversation.moderation.rules import may_write
from meedoen.conversation.quiet.actions import why_not
from meedoen.mail.references import Reference
from meedoen.municipalities.models import Municipality
from meedoen.people import actions as people
from meedoen.people import floods
from meedoen.people.models import Address, PendingAct, Person
from meedoen.people.rules import normalised_email
from meedoen.people.standing.models import MailDomain
from meedoen.themes.models import Theme

from . import hearing, letters, places, rules
from .hearing import AIM, KIND, LENGTH, MUNICIPALITY, WAYS
from .models import CouplingRequest, Move
from .rules import For, Length, Mover, Side, State, Way

DAY = datetime.timedelta(days=1)
MAILED = "coupling.mailed"  # the kind of act that a mail becomes; ``acts`` registers it
READ = "read"  # in a draft of a mail: what of it the mail says; all that is not, was filled in by us


class CannotDo(Exception):
    """It cannot be done as it stands now; the text is fit to show, and nothing that was typed is lost."""


class ChangedMeanwhile(CannotDo):
    """It was changed or moved since the page was opened."""


@dataclass(frozen=True)
class Answers:
    """What somebody answered to the three questions."""

    text: str
    kind: For
    ways: tuple[Way, ...]
    length: Length
    themes: tuple[str, ...] = ()
    municipality: Municipality | None = None
    not_before: datetime.date | None = None
    at_most: int | None = None


@transaction.atomic
def ask(
    side: Side,
    answers: Answers,
    *,
    person: Person,
    now: datetime.datetime,
    entered_by: Person | None = None,
    is_mailed: bool = True,
    unread: Reference | str = "",
) -> CouplingRequest:
    """Ask or offer; who did is mailed the way to their page of it. The same words twice are one.

    ``entered_by`` is who of the team wrote down what a caller told. An example is not mailed to anybody. ``unread`` is
    what stood in an answer by mail and is not kept. Raises ``CannotDo`` when this person may not write now.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("address").get(pk=person.pk)
    _must_write(entered_by or person, now)
    stands = CouplingRequest.objects.standing().filter(person=person, side=side, text=answers.text).first()
    if stands:
        return stands
    made = CouplingRequest(side=side, person=person, moved_at=now, made_at=now)
    made.entered_by, made.is_of_caller = entered_by, entered_by is not None
    _fill(made, answers, now)
    if is_mailed:
        letters.send(made, "received", key="received", now=now, is_of_caller=made.is_of_caller, unread=unread)
    return made


def enter(
    side: Side, answers: Answers, *, name: str, email: str, by: Person, now: datetime.datetime
) -> CouplingRequest:
    """Write down what a caller asks or offers; they are mailed the way to change or stop it. Raises ``CannotDo``."""
    with transaction.atomic():
        caller = Person.objects.told_as(name, address=Address.objects.of(normalised_email(email)), now=now)
        return ask(side, answers, person=caller, entered_by=by, now=now)


@transaction.atomic
def change(request: CouplingRequest, answers: Answers, *, seen: str, now: datetime.datetime) -> None:
    """Change what was told. Raises ``ChangedMeanwhile`` when it does not stand as ``seen``, and ``CannotDo``."""
    request = held(request)
    if not rules.may_be_changed(State(request.state)):
        raise CannotDo(_("Dit kun je nu niet veranderen. Zet het eerst terug. Of mail of bel ons."))
    if request.mark != seen:
        raise ChangedMeanwhile(_("Dit veranderde intussen op een andere plek. Hieronder staat hoe het nu is."))
    _must_write(request.person, now)
    if floods.count("coupling changed", str(request.pk), per=DAY, now=now) > rules.MAX_CHANGES_PER_DAY:
        raise CannotDo(_("Je veranderde dit vandaag al heel vaak. Morgen kan het weer. Of mail of bel ons."))
    _fill(request, answers, now)


def withdraw(request: CouplingRequest, *, now: datetime.datetime) -> None:
    """Stop it, by who made it; they can put it back. Twice is once."""
    _move(request, State.WITHDRAWN, mover=Mover.OWNER, by=None, words="", now=now)


def put_back(request: CouplingRequest, *, now: datetime.datetime) -> None:
    """Let it stand again, by who stopped it. Twice is once. Raises ``CannotDo``."""
    _must_write(request.person, now)
    _move(request, State.STANDS, mover=Mover.OWNER, by=None, words="", now=now)


def end(request: CouplingRequest, state: State, *, reason: str, by: Person, now: datetime.datetime) -> None:
    """Handle or withdraw it, by the team; who made it is mailed why. Twice is once. Raises ``CannotDo``."""
    _move(request, state, mover=Mover.TEAM, by=by, words=reason, now=now)


def reopen(request: CouplingRequest, *, by: Person, now: datetime.datetime) -> None:
    """Let it stand again, by the team, who ended it. Twice is once. Raises ``CannotDo``."""
    _move(request, State.STANDS, mover=Mover.TEAM, by=by, words="", now=now)


def draft_from_mail(
    text: str,
    address: str,
    now: datetime.datetime,
    *,
    subject: str = "",
    name: str = "",
    network: str = "",
    is_theirs: bool = False,
) -> PendingAct | None:
    """Make a draft of a mail that somebody sent; they are mailed how to read it, change it and confirm it by code.

    A ``subject`` that says more stands above their words. ``name`` is theirs, as the mail says it. ``is_theirs``: they
    surely sent it, so that the mail may show their words. What the mail plainly says is read; what it does not say is
    filled in the widest way, and told; what is not clear stays open, and is asked. The same mail twice is one draft.
    None for a mail without words of its own. Raises ``people.Refused`` when an address sends more than people do.
    """
    words = rules.own_words_of_mail(text)
    if not words:
        return None
    words = rules.with_subject(subject, words)
    email = normalised_email(address)
    payload = {
        **_understood(f"{subject}\n\n{words}", email),
        "text": words[: rules.MAX_TEXT_LENGTH].rstrip(),
        "themes": [],
        "not_before": "",
        "is_cut": len(words) > rules.MAX_TEXT_LENGTH,
        **({SHOWN_TO: email} if is_theirs else {}),
    }
    name = name or rules.name_in(email)
    act = people.keep(MAILED, payload=payload, name=name, email=email, network=network or f"mail:{email}", now=now)
    if act.state == PendingAct.State.DRAFT:
        act = people.ask_code(act, now=now, is_by_mail=True)
    return act


def _understood(text: str, email: str) -> dict[str, Any]:
    """What a mail says of who asks or offers and how, what is filled in where it says nothing, and which is which."""
    said = hearing.heard(text)
    domain = MailDomain.objects.valid().of_email(email).order_by("municipality_id").values_list("municipality_id")
    found = {number for (number,) in domain[:2]}
    of_domain = found.pop() if len(found) == 1 else None  # a domain that municipalities share tells nothing
    place = places.first_called(said.places) if said.places else None
    may_be_domain = not said.places and said.kind != For.RESIDENT and not {KIND, MUNICIPALITY} & said.unsure
    kind = said.kind or (For.MUNICIPALITY if of_domain else For.RESIDENT)
    ways = said.ways_of(list(Way))
    told = {
        AIM: "" if AIM in said.unsure else (said.aim or Side.ASK).value,
        KIND: "" if KIND in said.unsure else kind.value,
        MUNICIPALITY: place or (of_domain if may_be_domain else None),
        WAYS: [] if WAYS in said.unsure else [way.value for way in Way] if ways is None else ways,
        LENGTH: "" if LENGTH in said.unsure else (said.length or Length.ONCE).value,
    }
    is_read = {AIM: said.aim, KIND: said.kind, MUNICIPALITY: place, WAYS: said.wanted, LENGTH: said.length}
    return {**told, READ: [name for name, is_said in is_read.items() if is_said]}


def erase_old(*, now: datetime.datetime) -> None:
    """Erase what was withdrawn or handled long ago."""
    CouplingRequest.objects.ended(now).delete()


@transaction.atomic
def forget_person(person: Person) -> None:
    """Erase what somebody asked and offered; of the team, who did what."""
    CouplingRequest.objects.filter(person=person).delete()
    CouplingRequest.objects.filter(entered_by=person).update(entered_by=None)
    Move.objects.filter(by=person).update(by=None)


@transaction.atomic
def _move(
    request: CouplingRequest, to: State, *, mover: Mover, by: Person | None, words: str, now: datetime.datetime
) -> None:
    """Bring it to another state, write that down, and tell who made it when the team did."""
    request = held(request)
    was = State(request.state)
    if was == to:
        return
    if not rules.may_move(was, to, by=mover, moved_by=Mover(request.moved_by)):
        raise CannotDo(
            _("Dit veranderde intussen. Kijk hoe het nu staat.")
            if mover == Mover.TEAM
            else _("Het team sloot dit af. Wil je dat het weer meedoet? Mail of bel ons.")
        )
    request.state, request.moved_by, request.moved_at, request.changed_at = to, mover, now, now
    request.reason = words
    request.save(update_fields=["state", "moved_by", "moved_at", "changed_at", "reason"])
    move = Move.objects.create(request=request, was=was, became=to, mover=mover, by=by, words=words, at=now)
    if mover == Mover.TEAM:
        letters.send(request, to.value, key=f"move-{move.pk}", now=now, words=words)


def _fill(request: CouplingRequest, answers: Answers, now: datetime.datetime) -> None:
    request.text, request.kind, request.municipality = answers.text, answers.kind, answers.municipality
    request.ways, request.length = rules.in_order(answers.ways), answers.length
    request.not_before = answers.not_before
    request.at_most = answers.at_most if request.side == Side.OFFER else None
    request.changed_at = now
    request.save()
    request.themes.set(Theme.objects.filter(pk__in=answers.themes))


def _must_write(person: Person, now: datetime.datetime) -> None:
    if problem := why_not(person, now=now):
        raise CannotDo(problem)
    if not may_write(person, now=now):
        raise CannotDo(_("Je kunt nu niets plaatsen. In de mail van ons team lees je waarom."))


def held(request: CouplingRequest) -> CouplingRequest:
    """As it stands, while nobody else changes it. Inside a transaction."""
    CouplingRequest.objects.select_for_update().get(pk=request.pk)
    return CouplingRequest.objects.whole().get(pk=request.pk)
