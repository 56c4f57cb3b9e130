"""Begin a meeting: from one of the templates, or from an earlier one."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from meedoen.kernel.text import slug
from meedoen.meetings.models import Meeting, OldAddress, ProgrammeItem, Provision
from meedoen.meetings.rules import RESERVED, State, needs_of
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person

TEMPLATES = Path(__file__).parents[2] / "data" / "templates.json"
MAX_SLUG = 80  # characters; an address is read aloud

# What an earlier meeting gives to a next one. Its times, its way in and what came of it are its own.
KEPT = (
    "series_id", "summary", "body", "for_whom", "form", "breaks", "place_name", "place_address", "place_municipality_id",
    "route", "public_transport", "parking", "entrance", "toilet", "quiet_room", "assistance_dogs", "companion",
    "online_program", "online_by_phone", "online_test", "room_places", "online_places", "costs", "expert_pay",
    "expert_pay_words", "expert_travel", "expert_travel_words", "contact_name", "contact_email", "contact_phone",
    "takes_questions",
)  # fmt: skip


def templates() -> dict[str, dict[str, Any]]:
    """What a meeting can begin from, by name; each has a ``label``, and words for what is the same each time."""
    found: dict[str, dict[str, Any]] = json.loads(TEMPLATES.read_text(encoding="utf-8"))
    return found


@transaction.atomic
def begin(
    template: str, *, title: str, municipality: Municipality | None, by: Person, now: datetime.datetime
) -> Meeting:
    """Begin from a template. What has to be arranged anew for each meeting is not known yet. Raises ``KeyError``."""
    fields = {name: value for name, value in templates()[template].items() if name not in ("label", "provisions")}
    meeting = _new(title, municipality, by, now, **fields)
    told = templates()[template].get("provisions", {})
    Provision.objects.bulk_create(
        Provision(meeting=meeting, need=need, state=State.UNKNOWN, words=told.get(need, ""))
        for need in needs_of(meeting.form)
    )
    return meeting


@transaction.atomic
def copied(
    earlier: Meeting, *, title: str, municipality: Municipality | None, by: Person, now: datetime.datetime
) -> Meeting:
    """Begin from an earlier one. What was arranged there is not arranged here: it is not known yet."""
    meeting = _new(title, municipality, by, now, **{name: getattr(earlier, name) for name in KEPT})
    meeting.themes.set(earlier.themes.all())
    Provision.objects.bulk_create(
        Provision(
            meeting=meeting,
            need=each.need,
            state=State.UNKNOWN if each.state == State.ARRANGED else each.state,
            words=each.words,
        )
        for each in earlier.provisions.all()
    )
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(meeting=meeting, position=each.position, title=each.title, speakers=each.speakers)
        for each in earlier.programme.all()
    )
    return meeting


def free_slug(title: str, *, but: Meeting | None = None) -> str:
    """An address for a title that nothing has or had."""
    begin = slug(title)[:MAX_SLUG].strip("-") or "bijeenkomst"
    others = Meeting.objects.exclude(pk=but.pk) if but else Meeting.objects.all()
    number = 1
    while True:
        tried = begin if number == 1 else f"{begin}-{number}"
        taken = others.filter(slug=tried).exists() or OldAddress.objects.filter(slug=tried).exists()
        if tried not in RESERVED and not taken:
            return tried
        number += 1


def _new(title: str, municipality: Municipality | None, by: Person, now: datetime.datetime, **fields: Any) -> Meeting:
    return Meeting.objects.create(
        slug=free_slug(title), title=title, municipality=municipality, made_by=by, made_at=now, changed_at=now, **fields
    )
