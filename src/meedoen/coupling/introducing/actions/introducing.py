"""Introducing two or three to each other, as the team decided."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import reading, rules
from meedoen.coupling.introducing.models import Coupling, Party
from meedoen.coupling.introducing.rules import Reason
from meedoen.coupling.introducing.words import first_questions
from meedoen.coupling.models import CouplingRequest
from meedoen.people.models import Person

from .answering import ask


@transaction.atomic
def introduce(
    requests: Sequence[CouplingRequest],
    *,
    reasons: Sequence[Reason],
    words: str,
    questions: Sequence[str] = (),
    by: Person,
    now: datetime.datetime,
) -> Coupling:
    """Ask two or three whether they want to meet; each gets a mail with who, why and what the others hope for.

    ``reasons`` are kept as they stand now. Without ``questions`` three are made of what was asked. Raises
    ``CannotDo`` when they cannot be introduced now, also where a colleague did that a moment ago.
    """
    if not by.is_team:
        raise CannotDo(_("Alleen het projectteam koppelt."))
    numbers = [each.pk for each in requests]
    # Held one after another in the same order by everybody, so that no two wait for each other: first people, as who
    # asks does, then what they asked.
    asked = CouplingRequest.objects.filter(pk__in=numbers)
    list(Person.objects.select_for_update(of=("self",)).filter(pk__in=asked.values("person")).order_by("pk"))
    list(CouplingRequest.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk"))
    found = {each.pk: each for each in asked.whole()}
    if len(found) != len(set(numbers)):
        raise CannotDo(_("Een van deze is er niet meer."))
    together = [found[number] for number in numbers]
    if problem := reading.why_not(together, now=now):
        raise CannotDo(problem)
    places = reading.places_of(each.municipality for each in together)
    coupling = Coupling.objects.create(
        made_by=by,
        made_at=now,
        moved_at=now,
        words=words.strip()[: rules.MAX_WORDS_LENGTH],
        reasons=[_kept(each) for each in reasons[: rules.MAX_REASONS]],
        questions=rules.in_three(questions) or first_questions(together),
    )
    parties = [
        Party.objects.create(
            coupling=coupling,
            request=each,
            person=each.person,
            municipality=places[each.municipality_id] if each.municipality_id else None,
            kind=each.kind,
            asked_at=now,
        )
        for each in together
    ]
    for party in parties:
        ask(party, parties, now=now)
    return coupling


def _kept(reason: Reason) -> dict[str, str | bool]:
    """A reason as it is kept; a fact has its place on this site, or none."""
    address = reason.address if reason.address.startswith("/") and not reason.address.startswith("//") else ""
    sentence = rules.shortened(reason.sentence, most=rules.MAX_REASON_LENGTH)
    return {"sentence": sentence, "address": address, "quotes": reason.quotes}
