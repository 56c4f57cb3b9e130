"""What somebody says to an introduction: yes with the code from the mail, later or no by a press; and back."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import letters, needs, reading, rules
from meedoen.coupling.introducing.models import Coupling, Party
from meedoen.coupling.introducing.reading import YES
from meedoen.coupling.introducing.rules import Answer, Later, Mover, State
from meedoen.kernel.clock import local_date
from meedoen.people import actions as people
from meedoen.people import codes
from meedoen.people.models import PendingAct, Person

from .moving import held, introduce_each_other, move, must_have_place

DAY = datetime.timedelta(days=1)


def ask(party: Party, parties: Sequence[Party], *, now: datetime.datetime) -> None:
    """Mail somebody the question, with the code of their yes; without it where they had too many codes today."""
    if not party.email:
        return
    try:
        act = _code(party, now=now)
    except people.Refused:
        letters.without_code(party, parties, now=now)
    else:
        party.letter_key, party.unreachable_at = people.letter_key(act), None  # of this one we shall see
        party.save(update_fields=["letter_key", "unreachable_at"])


def begin_yes(party: Party, *, now: datetime.datetime) -> PendingAct:
    """Let a (new) code be mailed with which somebody says yes. Raises ``CannotDo``."""
    coupling, parties = party.coupling, list(Party.objects.whole().filter(coupling=party.coupling_id).order_by("pk"))
    _must_be_open(coupling, parties)
    if codes.counted("coupling codes", str(party.pk), per=DAY, now=now) >= rules.CODES_PER_DAY:
        raise CannotDo(_("We mailden je vandaag al veel codes. Morgen kan het weer. Of bel of mail ons."))
    codes.count("coupling codes", str(party.pk), per=DAY, now=now)
    try:
        return _code(party, now=now)
    except people.Refused as refused:
        raise CannotDo(str(refused)) from refused


@transaction.atomic
def say_yes(party: Party, *, person: Person, turn: int, now: datetime.datetime, is_read_first: bool = False) -> None:
    """Say yes, with the code; once all did, each hears how to reach the others. Raises ``CannotDo``.

    ``is_read_first``: they wrote more beside it, and the team reads that before they meet. ``turn`` is the one for which the code was: one of before another answer says nothing.
    """
    coupling, parties = held(party.coupling_id)
    mine = _mine(party, parties)
    if mine.person_id != person.pk:
        raise CannotDo(_("Deze vraag was voor iemand anders."))
    if mine.answer == Answer.YES:
        return
    if mine.turn != turn:
        raise CannotDo(
            _(
                "Je koos intussen iets anders. Vraag op je eigen pagina een nieuwe code. Of antwoord op de mail met: ongedaan maken."
            )
        )
    mine.is_read_first = is_read_first
    _answer(coupling, parties, mine, Answer.YES, now=now)


@transaction.atomic
def not_now(
    party: Party, answer: Answer, *, later: Later | None = None, reason: str = "", now: datetime.datetime
) -> None:
    """Say later or no, by a press; it can be taken back. ``reason`` is for the team only. Twice is once.

    Raises ``CannotDo``.
    """
    coupling, parties = held(party.coupling_id)
    mine = _mine(party, parties)
    day = rules.later_day(later, today=local_date(now)) if answer == Answer.LATER and later else None
    if mine.answer == answer and (mine.later_on, mine.reason) == (day, reason):
        return
    _answer(coupling, parties, mine, answer, now=now, later_on=day, reason=reason)


@transaction.atomic
def take_back(party: Party, *, now: datetime.datetime) -> None:
    """Take an answer back, to choose anew. Twice is once. Raises ``CannotDo`` once it did what cannot be undone."""
    coupling, parties = held(party.coupling_id)
    mine = _mine(party, parties)
    if mine.answer != Answer.NONE:
        _answer(coupling, parties, mine, Answer.NONE, now=now)


@transaction.atomic
def note_need(party: Party, said: str, *, now: datetime.datetime) -> None:
    """Keep what somebody needs in the vault, and mail them that it was noted. Raises ``CannotDo``."""
    needs.tell(party, said, now=now)
    parties = list(Party.objects.whole().filter(coupling=party.coupling_id).order_by("pk"))
    letters.need_noted(_mine(party, parties), parties, now=now)


def _answer(
    coupling: Coupling,
    parties: list[Party],
    mine: Party,
    answer: Answer,
    *,
    now: datetime.datetime,
    later_on: datetime.date | None = None,
    reason: str = "",
) -> None:
    _must_be_open(coupling, parties)
    if coupling.state == State.DECLINED and answer != Answer.NO:
        must_have_place(coupling)  # meanwhile the team may have introduced somebody else
    mine.is_read_first = mine.is_read_first and answer == Answer.YES
    mine.answer, mine.answered_at = answer, now if answer != Answer.NONE else None
    mine.later_on, mine.reason, mine.unreachable_at, mine.turn = later_on, reason, None, mine.turn + 1
    mine.save(update_fields=["answer", "answered_at", "later_on", "reason", "unreachable_at", "turn", "is_read_first"])
    to = rules.goes_on(
        rules.state_of([Answer(each.answer) for each in parties]),
        is_read_first=any(each.is_read_first for each in parties),
    )
    moved = move(coupling, to, mover=Mover.PARTY, party=mine, now=now, words=reason)
    if moved and to == State.INTRODUCED:
        introduce_each_other(coupling, parties, now=now)


def _must_be_open(coupling: Coupling, parties: Sequence[Party]) -> None:
    state = State(coupling.state)
    if state in rules.MEET | {State.ENDED}:
        raise CannotDo(_("Jullie hebben elkaars adres al. Wil je stoppen? Zeg het tegen elkaar, of mail ons."))
    if state in rules.NOT_MET or reading.is_stopped(parties):
        raise CannotDo(_("Iemand stopte intussen. De kennismaking gaat nu niet door."))
    if not rules.takes_answers(state, is_told=coupling.tell_at is None):
        raise CannotDo(_("De ander weet al dat het nu niet doorgaat. Wil je toch? Bel of mail ons."))


def _mine(party: Party, parties: Sequence[Party]) -> Party:
    return next(each for each in parties if each.pk == party.pk)


def _code(party: Party, *, now: datetime.datetime) -> PendingAct:
    assert party.person is not None  # noqa: S101  who left has no address, and gets no mail
    act = people.keep(
        YES,
        payload={"party": party.pk, "turn": party.turn},
        name=party.person.name,
        email=party.email,
        network=f"coupling-{party.pk}",
        now=now,
        person=party.person,
    )
    return people.ask_code(act, now=now)
