"""A letter is made by itself, of what happened."""

from datetime import datetime

from django.db import transaction

from meedoen.newsletter import rules
from meedoen.newsletter.models import Entry, Letter
from meedoen.newsletter.rules import State, Why
from meedoen.newsletter.sources import SOURCES


@transaction.atomic
def compose(*, now: datetime) -> Letter | None:
    """Make the draft of this week's letter, once; None where there is one, or where it is too late for it.

    A draft of before that did not go is skipped: what it told is told by the new one.
    """
    made = rules.last_made(now)
    day = rules.day_of(made)
    if not rules.may_be_made(made, now=now) or Letter.objects.filter(day=day).exists():
        return None
    for earlier in Letter.objects.drafts():
        skip(earlier, Why.HELD)
    since = rules.since(made, Letter.objects.told_until())
    letter, is_new = Letter.objects.get_or_create(
        day=day, defaults={"since": since, "until": made, "sends_at": rules.sends_at(made, now=now)}
    )
    if not is_new:
        return None
    Entry.objects.bulk_create(_entries(letter))
    if not letter.entries.exists():
        skip(letter, Why.EMPTY)
    return letter


def skip(letter: Letter, why: Why) -> None:
    """Let there be no letter this week."""
    letter.state, letter.why = State.SKIPPED, why
    letter.save(update_fields=["state", "why"])


def _entries(letter: Letter) -> list[Entry]:
    """What happened, each kind in its order; as much of a kind as anybody reads. What is left out stands on the site."""
    return [
        Entry(letter=letter, source=source.name, key=key, position=position)
        for source in SOURCES
        for position, key in enumerate(source.happened(letter.since, letter.until)[: rules.MOST_OF_A_KIND])
    ]
