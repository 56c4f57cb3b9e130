"""What somebody needs, told by mail: sealed before anything else is done with it, and kept once its person agrees by a code.

Until then it waits in the vault; the act and the mail with the code hold a mark (decisions 8, ADR 59).
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel.dutch import date_words
from meedoen.mail.incoming.routes import Answer, Came, Letter
from meedoen.meetings import words
from meedoen.meetings.attending import answering, needs
from meedoen.meetings.attending.forms import MAX_NEEDS_LENGTH
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.needs import CONSENT, Needs
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Need, State, needs_of
from meedoen.people import actions as people
from meedoen.people import acts
from meedoen.people.acts import ActForm
from meedoen.people.models import PendingAct, Person
from meedoen.people.vault import actions as vault
from meedoen.people.vault import waiting as vault_waiting
from meedoen.people.vault.letters import mention_waiting

from . import beside_code, wanting
from .about import attendee_of, place_of
from .speaking import touches_needs
from .standing import MAX_UNPROVEN, stands
from .wanting import Wanted

NEEDS = "meetings.needs"
STANDS = {State.ARRANGED: gettext_lazy("is er al"), State.NOT_POSSIBLE: gettext_lazy("kan waarschijnlijk niet")}


class NothingForm(ActForm):
    """Nothing: what is needed stands in the vault, and is changed by another mail."""


def register() -> None:
    """Make the kind known; at start-up."""
    acts.register(
        acts.Kind(
            name=NEEDS,
            heading=gettext_lazy("Wat je nodig hebt om mee te doen"),
            is_discreet=True,
            button=gettext_lazy("Bewaar wat ik nodig heb"),
            form=NothingForm,
            place=place_of,
            preview=_preview,
            carry_out=_keep,
            told=_told,
            always_asks_code=True,
            is_fixed=True,
            is_listed=False,
            preview_heading=gettext_lazy("Dit schreef je per mail"),
            discard_text=gettext_lazy("Bewaar het niet"),
            discard_question=gettext_lazy("Niet bewaren?"),
            discard_words=gettext_lazy("Je plek blijft van jou. Je kunt dit nog een uur terughalen."),
            discarded=gettext_lazy("We bewaren het niet"),
            unconfirmed=gettext_lazy("Bevestig je het niet? Dan wissen we het na twee dagen."),
            letter="mail/meetings/needs_code.md",
            letter_facts=_letter_facts,
            heard=_more,
        )
    )


def has_lines(letter: Letter, meeting: Meeting) -> bool:
    """Whether lines of the mail about needs were filled in."""
    return wanting.has_lines(letter.reply, labels=_labels(meeting))


def were_asked(letter: Letter, meeting: Meeting) -> bool:
    """Whether the mail that is answered has the lines about needs."""
    return wanting.were_asked(letter.reply, labels=_labels(meeting))


def told(attendee: Attendee, meeting: Meeting, letter: Letter, now: datetime) -> Came:
    """Seal what somebody says they need, and mail them a code; or mail the lines to fill in."""
    why = _why_not(attendee, meeting, now)
    if why:
        return Came("needs: not now", stands(attendee, meeting, now=now, why=why, by=letter))
    labels = _labels(meeting)
    found = wanting.wanted(letter.reply, offered=labels, labels=labels)
    if found.is_empty and found.is_nothing:
        why = _("Je schreef dat je niets nodig hebt. We bewaren er niets van.")
        if needs.has_asked(attendee):
            why = _("Wat je eerder vroeg, bewaren we nog. Op je eigen pagina laat je het wissen.")
        return Came("needs: nothing", stands(attendee, meeting, now=now, why=why, by=letter))
    if found.is_empty:
        problem = _("We zien niet wat je bedoelt. Zet ja achter de woorden, op dezelfde regel.")
        was_asked = bool(letter.reply.text.strip()) and were_asked(letter, meeting)
        return Came("needs: lines", _lines(attendee, meeting, letter, now, problem=problem if was_asked else ""))
    if len(found.words) > MAX_NEEDS_LENGTH:
        problem = _("Je tekst is te lang. Er passen %(count)s tekens in.") % {"count": MAX_NEEDS_LENGTH}
        return Came("needs: too long", _lines(attendee, meeting, letter, now, problem=problem))
    try:
        with transaction.atomic():  # where no code can be asked, nothing waits
            _ask_code(attendee, found, labels, letter, now)
    except (vault.Refused, people.Refused) as refused:
        return Came("needs: not taken", stands(attendee, meeting, now=now, why=str(refused), by=letter))
    return Came("needs: code asked")


def hear(act: PendingAct, text: str, now: datetime, *, ways: Collection[Way] = ()) -> None:
    """What stands below a code for something else: of what they need a code is asked, and the rest is passed on."""
    attendee, text = attendee_of(act), beside_code.left_over(text, act.name, ways=ways)
    if attendee is None or attendee.person is None or not text:
        return
    letter = beside_code.letter_of(act, text)
    if touches_needs(text) or has_lines(letter, attendee.meeting):
        came = told(attendee, attendee.meeting, letter, now)
        if came.answer:
            beside_code.tell(act, came.answer, now)
    else:
        beside_code.pass_on(act, attendee, text, now)


def _more(act: PendingAct, text: str, now: datetime) -> None:
    """What stands below the code for needs: more of them is kept with these, by the same yes; the rest is passed on."""
    attendee, text = attendee_of(act), beside_code.left_over(text, act.name)
    if attendee is None or attendee.person is None or not text:
        return
    letter, labels = beside_code.letter_of(act, text), _labels(attendee.meeting)
    found = wanting.wanted(letter.reply, offered=labels, labels=labels)
    is_about_needs = touches_needs(text) or has_lines(letter, attendee.meeting)
    there = needs.needs_of(attendee)
    more = _together(there, chosen=found.chosen, dropped=found.dropped, lines=found.words.splitlines())
    if is_about_needs and len(more.words) <= max(MAX_NEEDS_LENGTH, len(there.words)):
        needs.ask(attendee, more, now=now)
    else:
        kept = _("Wat je nodig hebt, hebben we bewaard.")
        beside_code.pass_on(act, attendee, text, now, also=f"{kept} {_told(act).text}")


def _why_not(attendee: Attendee, meeting: Meeting, now: datetime) -> str:
    if attendee.cancelled_at:
        return _("Je hebt je afgemeld. Daarom bewaren we niet wat je nodig hebt.")
    if meeting.cancelled_at or meeting.ends_at is None or meeting.ends_at <= now:
        return _("Deze bijeenkomst is voorbij, of gaat niet door. We bewaren niet wat je nodig hebt.")
    return ""


def _labels(meeting: Meeting) -> dict[Need, str]:
    return {need: str(words.NEEDS[need]) for need in needs_of(meeting.form)}


def _lines(attendee: Attendee, meeting: Meeting, letter: Letter, now: datetime, *, problem: str = "") -> Answer:
    """The mail in which each need stands as a line to fill in; it goes to who comes, whoever asked."""
    kind = "" if letter.is_of(attendee.address) else f"needs lines {attendee.pk}"
    states = {each.need: State(each.state) for each in meeting.provisions.all()}
    lines = [
        f"{label} ({STANDS[states[need]]})" if states.get(need) in STANDS else label
        for need, label in _labels(meeting).items()
    ]
    context = {
        "title": meeting.title,
        "problem": problem,
        "lines": lines,
        "last_day": date_words(meeting.needs_close_on) if meeting.needs_close_on else "",
        "is_late": needs.is_late(meeting, now=now),
        "has_asked": needs.has_asked(attendee),
        "consent": CONSENT,
    }
    reply_to = answering.answer_to(attendee, meeting, now=now)
    at_most = MAX_UNPROVEN if letter.author == attendee.address else 1
    return Answer(
        "mail/meetings/needs_lines.md", context, kind=kind, to=attendee.address, reply_to=reply_to, at_most=at_most
    )


def _ask_code(attendee: Attendee, found: Wanted, labels: dict[Need, str], letter: Letter, now: datetime) -> None:
    assert attendee.person is not None  # noqa: S101  who answers was found by it
    lines = found.words.splitlines()
    waiting = vault_waiting.hold(
        attendee.person,
        {
            "chosen": [need.value for need in found.chosen],
            "dropped": [need.value for need in found.dropped],
            "kinds": [labels[need] for need in found.chosen],
            "not": [labels[need] for need in found.dropped],
            "lines": lines,
        },
        now=now,
    )
    act = people.keep(
        NEEDS,
        payload={
            "attendee": attendee.pk,
            "mark": waiting.mark,
            "parts": [bool(found.chosen), bool(found.dropped), len(lines)],
            # What somebody typed is mailed only to who surely typed it.
            "is_proven": letter.is_of(attendee.address),
        },
        name=attendee.called,
        email=attendee.address,
        network=f"mail:{letter.counts_for}",
        person=attendee.person,
        now=now,
    )
    people.ask_code(act, now=now)


def _letter_facts(act: PendingAct) -> dict[str, object]:
    """What was understood, as references to where it waits: the words exist only while the mail leaves."""
    has_kinds, has_dropped, lines = act.payload["parts"]
    mark, shown = act.payload["mark"], lines if act.payload["is_proven"] else 0
    return {
        "kinds": mention_waiting(mark, part="kinds") if has_kinds else "",
        "dropped": mention_waiting(mark, part="not") if has_dropped else "",
        "lines": [mention_waiting(mark, part=f"lines.{number}") for number in range(shown)],
        "is_hidden": lines > shown,
        "consent": CONSENT,
    }


def _preview(act: PendingAct) -> SafeString:
    """Nothing of it: the link to this page stands in a mail, and mail gets passed on."""
    return format_html("<p>{}</p>", _("Wat je nodig hebt, laten we hier niet zien. Zo blijft het van jou."))


def _keep(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    attendee = attendee_of(act)
    if attendee is None or attendee.person_id != person.pk or attendee.cancelled_at:
        raise acts.CannotDo(_("Je bent niet meer aangemeld. Daarom bewaren we het niet."))
    try:
        held: dict[str, Any] = vault_waiting.held(act.payload["mark"], now=now)
        chosen, dropped = ([Need(value) for value in held[part]] for part in ("chosen", "dropped"))
        more = _together(needs.needs_of(attendee), chosen=chosen, dropped=dropped, lines=held["lines"])
        needs.ask(attendee, more, now=now)
    except vault.CannotRead as problem:
        raise acts.CannotDo(str(problem)) from problem
    except vault.Refused as problem:
        raise acts.CannotDo(_("Dit is intussen gewist. Stuur je mail nog een keer.")) from problem
    except needs.CannotDo as problem:
        raise acts.CannotDo(str(problem)) from problem
    vault_waiting.let_go(act.payload["mark"])
    return acts.Done({"attendee": attendee.pk}, then=f"{attendee.own_url}?klaar=wensen")


def _together(there: Needs, *, chosen: Iterable[Need], dropped: Collection[Need], lines: Iterable[str]) -> Needs:
    """What is kept already with what is told now; a kind goes only where they said no to it."""
    kept = [need for need in dict.fromkeys((*there.chosen, *chosen)) if need not in dropped]
    said = [line for line in lines if line not in there.words]
    return Needs(tuple(kept), "\n".join(filter(None, (there.words, *said))))


def _told(act: PendingAct) -> acts.Told:
    text = _("We gaan het regelen. Je krijgt een mail als we iets weten.")
    return acts.Told(_("We weten wat je nodig hebt"), text, place_of(act))
