"""What is mailed about a coupling: the question, the reminder, how to reach each other, that it goes on otherwise."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from meedoen.kernel.dutch import date_words
from meedoen.mail import actions as mail
from meedoen.mail.incoming import addresses
from meedoen.mail.rendering import Written

from . import needs, words
from .models import Coupling, FollowUp, Party
from .rules import Answer, State, first_name, shortened


def proposal(party: Party, parties: Sequence[Party]) -> dict[str, Any]:
    """What the question tells: who, why, and what the others hope for; no contact data."""
    coupling, names = party.coupling, words.names_of(parties)
    return {
        "who": words.others(party, parties),
        "words": Written(coupling.words),
        "reasons": [
            {"sentence": each["sentence"].removesuffix("."), "path": each["address"]} for each in coupling.reasons
        ],
        "hopes": [
            {"who": capfirst(names[each.pk]), "told": Written(shortened(each.request.text))}
            for each in parties
            if each.pk != party.pk and each.request
        ],
        "all_of": words.all_of(parties),
        "own_path": party.get_absolute_url(),
        "is_reminder": party.reminded_at is not None,
    }


def introduced(coupling: Coupling, parties: Sequence[Party], *, now: datetime.datetime) -> None:
    """Mail all how to reach each other, what to begin with and what each needs; at most 200 words (KO6)."""
    names = words.names_of(parties)
    for party in parties:
        rest = [each for each in parties if each.pk != party.pk]
        context = {
            "who": words.others(party, parties),
            "is_pair": len(rest) == 1,
            "people": [
                {"name": each.person.name, "who": names[each.pk], "email": each.email} for each in rest if each.person
            ],
            "questions": list(coupling.questions),
            "needs": [
                {"name": first_name(each.person.name), "need": need}
                for each in rest
                if each.person and (need := needs.mention(each, receiver=names[party.pk]))
            ],
            "path": party.get_absolute_url(),
        }
        reply_to = rest[0].email if len(rest) == 1 else ""
        _send(party, "met", "met", context, now=now, reply_to=reply_to)


def stopped(coupling: Coupling, parties: Sequence[Party], *, now: datetime.datetime, said: str = "") -> None:
    """Mail who did not stop it that it does not go on now: each who did not say so themselves."""
    state = State(coupling.state)
    for party in parties:
        if state == State.DECLINED and party.answer == Answer.NO:
            continue
        if state == State.LATER and party.answer == Answer.LATER:
            continue
        if state == State.WITHDRAWN and (party.request is None or party.request.state == "withdrawn"):
            continue
        days = [each.later_on for each in parties if each.later_on]
        context = {
            "who": words.others(party, parties),
            "is_later": state == State.LATER,
            "is_withdrawn": state == State.WITHDRAWN,
            "is_called_off": state == State.CALLED_OFF,
            "said_yes": party.answer == Answer.YES,
            "day": date_words(max(days)) if days else "",
            "words": Written(said),
            "path": party.get_absolute_url(),
        }
        _send(party, "not_now", f"{state}-{coupling.moved_at:%Y%m%dT%H%M%S}", context, now=now)


def again(coupling: Coupling, parties: Sequence[Party], *, now: datetime.datetime) -> None:
    """Mail all that it goes on after all."""
    for party in parties:
        context = {
            "who": words.others(party, parties),
            "said_yes": party.answer == Answer.YES,
            "is_asked": party.answer == Answer.NONE,
            "may_reply": addresses.is_open(),
            "day": date_words(party.later_on) if party.later_on else "",
            "path": party.get_absolute_url(),
        }
        _send(party, "again", f"again-{coupling.moved_at:%Y%m%dT%H%M%S}", context, now=now)


def follow_up(asked: FollowUp, parties: Sequence[Party], *, reply_to: str, now: datetime.datetime) -> None:
    """Mail one of them the question what became of it; ``reply_to`` is where a word in answer goes."""
    party = asked.party
    context = {
        "all_of_you": words.with_you(party, parties),
        "is_first": asked.milestone == "weeks",
        "path": f"{party.get_absolute_url()}hoe-gaat-het/",
        "may_reply": bool(reply_to),
    }
    _send(party, "how_is_it", f"follow-{asked.milestone}", context, now=now, reply_to=reply_to)


def example(party: Party, parties: Sequence[Party], *, now: datetime.datetime) -> None:
    """Mail who told of it that an example is written, which they read before anybody else."""
    context = {"who": words.others(party, parties), "path": f"{party.get_absolute_url()}hoe-gaat-het/"}
    _send(party, "example", "example", context, now=now)


def need_noted(party: Party, parties: Sequence[Party], *, now: datetime.datetime) -> None:
    """Mail somebody that it was noted what they need, not what: who got the link of another can note it too."""
    context = {"who": words.others(party, parties), "needs_path": reverse("people:needs")}
    _send(party, "need_noted", f"need-{now:%Y%m%dT%H%M%S}", context, now=now)


def without_code(party: Party, parties: Sequence[Party], *, now: datetime.datetime) -> None:
    """Mail the question without a code, where an address had as many of those as a day allows."""
    _send(party, "proposed", f"proposed-{party.turn}-{now:%Y%m%d}", proposal(party, parties), now=now)


def _send(
    party: Party, letter: str, key: str, context: dict[str, Any], *, now: datetime.datetime, reply_to: str = ""
) -> None:
    if not party.email:
        return
    sent = mail.send(
        f"mail/coupling/{letter}.md",
        to=party.email,
        context=context,
        key=f"coupling-party-{party.pk}-{key}",
        now=now,
        reply_to=reply_to,
    )
    party.letter_key = sent.key
    party.save(update_fields=["letter_key"])
