"""``bijeenkomst@…`` and answers to what it mails: which meetings come, what one is like, and signing up for it.

Who surely sent it, is known here and comes alone, is signed up at once, since one word takes it back; any other gets
a code, and so does who brings somebody: that mails another (decisions 1).
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.activity import mailed as following
from meedoen.activity import subjects
from meedoen.kernel.dutch import datetime_words
from meedoen.mail.incoming import addresses
from meedoen.mail.incoming.answering import keyed
from meedoen.mail.incoming.models import ReplyAddress
from meedoen.mail.incoming.routes import Answer, Came, Letter
from meedoen.mail.replies import only_word
from meedoen.meetings import words
from meedoen.meetings.attending import actions, answering, places, rules
from meedoen.meetings.attending.acts import SIGN_UP
from meedoen.meetings.attending.forms import ALONE, DUO, SignUpForm, coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.models import Meeting
from meedoen.meetings.rules import Form, Stage, stage_of
from meedoen.people import actions as people
from meedoen.people.models import Address, Person
from meedoen.people.rules import normalised_email
from meedoen.people.vault import actions as vault

from . import told_before
from .reading import Deed, Said, read, read_words
from .speaking import touches_needs
from .standing import stands

MEETINGS = "meetings"  # the kind of what follows all of them
LISTED = 10  # meetings in one mail: more nobody listens to


def to_all(letter: Letter, now: datetime) -> Came:
    """A mail to ``bijeenkomst@…``, with the number of a meeting in its subject or text, or without."""
    return _answered(letter, None, now)


def about(letter: Letter, address: ReplyAddress, now: datetime) -> Came:
    """An answer to the list, to a notice, or to the mail about one meeting."""
    if came := _about_following(letter, address, now):
        return replace(came, erases=True)
    found = Meeting.objects.filter(pk=address.about).first() if address.about != answering.ALL else None
    return _answered(letter, found, now)


def _about_following(letter: Letter, address: ReplyAddress, now: datetime) -> Came | None:
    """What one word about following does, in answer to a notice; None for any other mail."""
    word = only_word(letter.reply.text)
    follower = Person.objects.filter(pk=address.owner).first() if address.owner.isdecimal() else None
    all_of_them = subjects.find(MEETINGS, answering.ALL)
    return following.said(follower, all_of_them, word, now) if follower and all_of_them and word else None


def _answered(letter: Letter, meeting: Meeting | None, now: datetime) -> Came:
    said = read(letter.reply)
    number = said.number or (0 if meeting else read_words(letter.reply.subject).number)
    if number:
        meeting = Meeting.objects.published(now).select_related("place_municipality").filter(pk=number).first()
    if meeting is None:
        came = Came("meetings: listed", _list(letter, number, now))
    elif problem := _why_not(meeting, now):
        came = Came("meetings: closed", _lines(letter, meeting, now, problem=problem, may_sign_up=False))
    elif not said.is_coming and not said.deed:
        is_asked = not said.rest or (said.number and not letter.reply.text.strip(" 0123456789"))
        came = Came("meetings: told", _lines(letter, meeting, now, is_unclear=not is_asked))
    elif said.deed == Deed.CANCEL:
        problem = _("Wil je je afmelden? Antwoord dan op de mail die zegt dat je bent aangemeld.")
        came = Came("meetings: not signed up", _lines(letter, meeting, now, problem=problem))
    elif said.deed not in (None, Deed.YES) and not said.is_coming:
        came = Came("meetings: told", _lines(letter, meeting, now))
    else:
        came = _sign_up(letter, meeting, said, now)
    return replace(came, erases=True)


def _why_not(meeting: Meeting, now: datetime) -> str:
    """Why nobody can sign up for it by now; empty when one can."""
    stage = stage_of(meeting, now)
    if stage == Stage.CANCELLED:
        return _("Deze bijeenkomst gaat niet door.")
    if stage in (Stage.PAST, Stage.WITHDRAWN):
        return _("Deze bijeenkomst is voorbij, of staat niet meer op de site.")
    if not rules.is_open(stage, closes_at=meeting.sign_up_closes_at, starts_at=meeting.starts_at, now=now):
        return _("Aanmelden kan niet meer. Wil je toch komen? Vraag het aan wie de bijeenkomst houdt.")
    return ""


def _sign_up(letter: Letter, meeting: Meeting, said: Said, now: datetime) -> Came:
    known = _known(letter, said)
    form = SignUpForm(_filled_in(letter, said, known))
    form.fit(meeting)
    if said.way is None:
        form.fields.pop("way", None)  # asked beside the code
    if said.way and said.way not in rules.ways_of(Form(meeting.form)):
        problem = _("Zo kun je aan deze bijeenkomst niet meedoen. Kies een andere manier.")
        return Came("meetings: not taken", _lines(letter, meeting, now, problem=problem))
    if not form.is_valid():
        problem = _problem(form, said)
        return Came("meetings: not taken", _lines(letter, meeting, now, problem=problem))
    tells_needs = touches_needs(said.rest)
    payload = {**form.payload(), "meeting": meeting.pk, "has_rest": bool(said.rest) and not tells_needs}
    try:
        if known and _may_at_once(letter, meeting, said):
            return _at_once(letter, meeting, known, payload, now)
        if tells_needs:
            payload |= told_before.sealed(said.rest, letter, now=now)
        act = people.keep(
            SIGN_UP,
            payload=payload,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            network=f"mail:{letter.counts_for}",
            now=now,
        )
        people.ask_code(act, now=now)
    except (people.Refused, vault.Refused, actions.CannotDo) as problem:
        return Came("meetings: not taken", _lines(letter, meeting, now, problem=str(problem)))
    return Came("meetings: code asked")


def _problem(form: SignUpForm, said: Said) -> str:
    """What is wrong in it; in words that fit a mail, where nothing is chosen."""
    if said.wants_partner and not said.partner_email:
        return _("Vul ook het e-mailadres in van wie met je meekomt. Kom je alleen? Laat ‘Met wie’ dan leeg.")
    return " ".join(str(each) for errors in form.errors.values() for each in errors)


def _known(letter: Letter, said: Said) -> Person | None:
    """Who of a proven address writes: by the name that is told, else its only person."""
    address = Address.objects.filter(email=normalised_email(letter.author), verified_at__isnull=False).first()
    people_there = list(Person.objects.behind(address)) if address else []
    if said.name:
        return next((each for each in people_there if each.name.casefold() == said.name.casefold()), None)
    return people_there[0] if len(people_there) == 1 else None


def _may_at_once(letter: Letter, meeting: Meeting, said: Said) -> bool:
    is_clear = letter.reply.sure and not said.rest and not said.wants_partner
    has_way = said.way is not None or len(rules.ways_of(Form(meeting.form))) == 1
    return is_clear and has_way and letter.is_of(letter.author)


def _at_once(letter: Letter, meeting: Meeting, person: Person, payload: dict[str, Any], now: datetime) -> Came:
    there = Attendee.objects.filter(meeting=meeting, person=person).coming().select_related("party").first()
    if there and there.confirmed_at:
        answer = stands(there, meeting, now=now, why=_("Je was al aangemeld. Er is niets veranderd."))
        return Came("meetings: signed up before", answer)
    actions.sign_up(meeting, person, coming(payload, meeting), network=f"mail:{letter.counts_for}", now=now)
    return Came("meetings: signed up")


def _filled_in(letter: Letter, said: Said, known: Person | None) -> dict[str, Any]:
    return {
        "name": said.name or (known and known.name) or letter.name,
        "email": letter.author,
        "way": said.way.value if said.way else "",
        "together": DUO if said.wants_partner else ALONE,
        "partner_name": said.partner_name,
        "partner_email": said.partner_email,
        "companions": said.companions or 0,
    }


def _list(letter: Letter, number: int, now: datetime) -> Answer:
    """What comes, each with its number; the answer to it goes on from there."""
    found = Meeting.objects.published(now).upcoming(now).going_on().soonest_first().select_related("place_municipality")
    rows = list(found.prefetch_related("provisions")[: LISTED + 1])
    context = {
        "unknown": str(number) if number else "",
        "meetings": [
            {
                "number": str(each.pk),
                "title": each.title,
                "when": words.when(each),
                "where": words.where(each),
                "arranged": words.arranged(each.provisions.all()),
            }
            for each in rows[:LISTED]
        ],
        "has_more": len(rows) > LISTED,
        "path": reverse("meetings:list"),
    }
    return _answer("mail/meetings/what_comes.md", context, letter, answering.ALL, now)


def _lines(
    letter: Letter,
    meeting: Meeting,
    now: datetime,
    *,
    problem: str = "",
    is_unclear: bool = False,
    may_sign_up: bool = True,
) -> Answer:
    """One meeting, and the lines to sign up with; and what was wrong or not understood in what came."""
    ways = rules.ways_of(Form(meeting.form))
    taken, limits = places.taken(meeting, now=now), places.limits(meeting)
    full = [way for way, limit in limits.items() if limit is not None and taken[way] >= limit]
    context = {
        "title": meeting.title,
        "when": words.when(meeting),
        "where": words.where(meeting),
        "summary": meeting.summary,
        "arranged": words.arranged(meeting.provisions.all()),
        "closes": datetime_words(meeting.sign_up_closes_at) if meeting.sign_up_closes_at else "",
        "contact": words.contact(meeting),
        "problem": problem,
        "reason": meeting.cancelled_reason if meeting.cancelled_at else "",
        "is_unclear": is_unclear,
        "may_sign_up": may_sign_up,
        "has_choice": len(ways) > 1,
        "has_room": rules.Way.ROOM in ways,
        "is_full": bool(ways) and set(full) == set(ways),
        "full_room": rules.Way.ROOM in full and len(ways) > 1,
        "full_online": rules.Way.ONLINE in full and len(ways) > 1,
        "path": meeting.get_absolute_url(),
        "meet_email": addresses.named(answering.NAME),
    }
    return _answer("mail/meetings/sign_up_lines.md", context, letter, str(meeting.pk), now)


def _answer(template: str, context: dict[str, object], letter: Letter, about: str, now: datetime) -> Answer:
    """Who surely sent it is answered each time; any other once a day of each, since a From is typed by whoever likes.

    Where answers go is known by a mark of who asked, since they are nobody to us yet.
    """
    why = "unclear" if context.get("is_unclear") else str(context.get("problem", ""))[:20]
    kind = "" if letter.is_proven else f"{template.rpartition('/')[2]} {about} {why}"
    reply_to = addresses.answer_to(answering.SIGN_UP, owner=keyed(letter.author), about=about, now=now)
    return Answer(template, context, kind=kind, reply_to=reply_to)
