"""Answers of who comes: a word cancels, comes back, takes a place or changes how; what they need goes to the vault.

Whoever has the address may do only what can be undone, and its owner is mailed each time (decisions 1).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from meedoen.conversation.mailed import empty
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter
from meedoen.meetings.attending import actions, answering, rules
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import State, Way
from meedoen.meetings.models import Meeting

from . import by_calendar, cancelling, inviting, needing, passing_on
from .by_calendar import Pressed
from .reading import Deed, Said, read, whole
from .speaking import speaks_of_needs
from .standing import stands

AS_IT_WAS = "meeting: as it was"
TOLD = "meeting: told"  # nothing was asked that changes something: how it stands is all there is to say
GONE = Came("meeting: gone", Answer("mail/incoming/unknown_token.md", kind="unknown token"), erases=True)


def answered(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """Do what an answer says about how its owner comes; what no rule understands, a person reads."""
    attendee = (
        Attendee.objects.select_related("meeting__place_municipality", "party", "person__address")
        .filter(pk=address.about)
        .first()
    )
    if attendee is None or str(attendee.person_id) != address.owner or not attendee.address:
        return GONE
    return replace(_came_of(attendee, attendee.meeting, letter, now), erases=True)


def _came_of(attendee: Attendee, meeting: Meeting, letter: Letter, now: datetime) -> Came:
    """A mail may ask a word, tell a need and say more: each is done, and what no rule understands is passed on."""
    if button := by_calendar.pressed(letter.reply):
        return Came(TOLD, stands(attendee, meeting, now=now, why=_by_calendar(button, attendee), by=letter))
    said = read(letter.reply)
    is_about_needs = _is_about_needs(said, letter, meeting) or (
        said.deed == Deed.YES and attendee.party.state != State.OFFERED and needing.were_asked(letter, meeting)
    )
    if not (letter.reply.text.strip() or said.is_coming or said.rest or is_about_needs):
        return empty(letter)
    came = _done(attendee, meeting, said, letter, now)
    not_cancelled = _not_cancelled() if said.may_cancel and attendee.cancelled_at is None else ""
    if is_about_needs:
        told = needing.told(_fresh(attendee), meeting, letter, now)
        asked = stands(_fresh(attendee), meeting, now=now, why=not_cancelled, by=letter) if not_cancelled else None
        return replace(told, answer=told.answer or (came.answer if came and came.what != TOLD else asked))
    if said.rest:
        is_done = came is not None and came.what != AS_IT_WAS
        also = " ".join(filter(None, (_why(came), not_cancelled)))
        text = said.rest if is_done else whole(letter.reply)
        passed = passing_on.pass_on(_fresh(attendee), meeting, text, letter, now, also=also)
        return replace(came, answer=passed.answer) if came and is_done else passed
    return came or Came(TOLD, stands(attendee, meeting, now=now, by=letter))


def _by_calendar(button: Pressed, attendee: Attendee) -> str:
    """What is said of a press in somebody's calendar, which changes nothing."""
    if button == Pressed.YES:
        return _("Je agenda mailde ons dat je komt. Er is niets veranderd.")
    if button == Pressed.MAYBE:
        return _("Je agenda mailde ons dat je misschien komt. Er is niets veranderd.")
    said = _("Je agenda mailde ons dat je niet komt.")
    return f"{said} {_not_cancelled()}" if attendee.cancelled_at is None else said


def _why(came: Came | None) -> str:
    """What the answer tells of what was or could not be done."""
    return str(came.answer.context.get("why", "")) if came and came.answer else ""


def _not_cancelled() -> str:
    return _("We hebben je niet afgemeld. Wil je dat wel? Antwoord dan met één woord: afmelden.")


def _is_about_needs(said: Said, letter: Letter, meeting: Meeting) -> bool:
    """Whether what somebody needs stands in it; beside a word that cancels or takes back, people read what else there is."""
    if said.deed in (Deed.CANCEL, Deed.BACK, Deed.NO) or any(map(cancelling.cancels, said.rest.splitlines())):
        return False
    return said.deed == Deed.NEEDS or needing.has_lines(letter, meeting) or speaks_of_needs(said.rest)


def _done(attendee: Attendee, meeting: Meeting, said: Said, letter: Letter, now: datetime) -> Came | None:
    """What became of the words that were understood; None where there were none."""
    deed = _deed_of(attendee, said)
    if deed is None and not said.changes:
        return None
    if meeting.cancelled_at or meeting.ends_at is None or meeting.ends_at <= now:
        why = "" if meeting.cancelled_at else _("Deze bijeenkomst is voorbij. Er is niets veranderd.")
        return Came("meeting: over", stands(attendee, meeting, now=now, why=why, by=letter))
    try:
        if said.wants_partner:
            return inviting.ask(attendee, meeting, said, letter, now)
        return deed(attendee, meeting, letter, now) if deed else _changed(attendee, meeting, said, letter, now)
    except actions.CannotDo as problem:
        return Came("meeting: not done", stands(_fresh(attendee), meeting, now=now, why=str(problem), by=letter))


Do = Callable[[Attendee, Meeting, Letter, datetime], Came]


def _deed_of(attendee: Attendee, said: Said) -> Do | None:
    """What a word does, as it stands with them now."""
    is_off = attendee.cancelled_at is not None
    if said.deed == Deed.CANCEL or (said.deed == Deed.NO and attendee.party.state == State.OFFERED):
        return _cancel
    if said.deed == Deed.BACK or (said.deed == Deed.YES and is_off):
        return _back
    if said.deed == Deed.YES and not said.changes:
        return {State.OFFERED: _accept, State.LAPSED: _queue}.get(State(attendee.party.state), _tell)
    if is_off and said.changes:
        return _is_off
    return _tell if said.deed in (Deed.HOW, Deed.NO) else None


def _cancel(attendee: Attendee, meeting: Meeting, letter: Letter, now: datetime) -> Came:
    if attendee.cancelled_at:
        return Came(
            "meeting: cancelled before",
            stands(attendee, meeting, now=now, why=_("Je was al afgemeld. Er is niets veranderd."), by=letter),
        )
    actions.cancel(attendee, now=now)
    return Came("meeting: cancelled")


def _back(attendee: Attendee, meeting: Meeting, letter: Letter, now: datetime) -> Came:
    """Come after all, or attend as before; whichever was changed last."""
    if attendee.cancelled_at:
        actions.come_after_all(attendee, now=now)
        return Came("meeting: comes after all")
    if actions.may_change_back(attendee, now=now):
        way, companions = Way(attendee.former_way), attendee.former_companions
        actions.change(attendee, way=way, companions=companions, now=now)
        return Came("meeting: changed back")
    why = _("Er is niets om terug te draaien.")
    return Came("meeting: nothing to take back", stands(attendee, meeting, now=now, why=why, by=letter))


def _accept(attendee: Attendee, meeting: Meeting, letter: Letter, now: datetime) -> Came:
    actions.accept(attendee, now=now)
    return Came("meeting: took the place")


def _queue(attendee: Attendee, meeting: Meeting, letter: Letter, now: datetime) -> Came:
    actions.queue_again(attendee, now=now)
    attendee = _fresh(attendee)
    if attendee.party.state != State.WAITING:
        return Came("meeting: waits again")  # a place was free: that was mailed
    why = _("Je staat weer op de wachtlijst.")
    return Came("meeting: waits again", stands(attendee, meeting, now=now, why=why, by=letter))


def _tell(attendee: Attendee, meeting: Meeting, letter: Letter, now: datetime) -> Came:
    return Came(TOLD, stands(attendee, meeting, now=now, by=letter))


def _is_off(attendee: Attendee, meeting: Meeting, letter: Letter, now: datetime) -> Came:
    why = _("Je hebt je afgemeld. Daarom is er niets veranderd.")
    return Came("meeting: not done", stands(attendee, meeting, now=now, why=why, by=letter))


def _changed(attendee: Attendee, meeting: Meeting, said: Said, letter: Letter, now: datetime) -> Came:
    """Attend otherwise, or with another number who help."""
    way = said.way or Way(attendee.way)
    others = attendee.party.attendees.coming().exclude(pk=attendee.pk)
    companions = said.companions if said.companions is not None else 0 if said.is_alone else attendee.companions
    left_out = companions if way != Way.ROOM else 0
    companions -= left_out
    if companions > rules.MAX_COMPANIONS:
        raise actions.CannotDo(
            _("Er kunnen ten hoogste %(count)s mensen mee die je helpen.") % {"count": rules.MAX_COMPANIONS}
        )
    if (way, companions) == (attendee.way, attendee.companions):
        why = _("Zo stond het al. Er is niets veranderd.")
        if said.is_alone and others.exists():
            why = _("Wie met je meekomt, heeft een eigen plek. Wil die niet komen? Dan meldt die zich zelf af.")
        if left_out:
            why = f"{_online_alone(left_out)} {_('Er is niets veranderd.')}"
        return Came(AS_IT_WAS, stands(attendee, meeting, now=now, why=why, by=letter))
    actions.change(attendee, way=way, companions=companions, now=now, left_out=left_out)
    attendee = _fresh(attendee)
    if attendee.party.state == State.PLACED:
        return Came("meeting: changed")  # that was mailed
    why = _("We hebben je aanmelding veranderd.")
    if left_out:
        why = f"{why} {_online_alone(left_out)}"
    return Came("meeting: changed", stands(attendee, meeting, now=now, why=why, by=letter))


def _online_alone(left_out: int) -> str:
    """What is said of who helps somebody that attends online: they take no place, and how they get one in the room."""
    return _("Je doet online mee. Wie je helpt, heeft dan geen plek nodig.") + " " + answering.with_helpers(left_out)


def _fresh(attendee: Attendee) -> Attendee:
    return Attendee.objects.select_related("meeting", "party", "person__address").get(pk=attendee.pk)
