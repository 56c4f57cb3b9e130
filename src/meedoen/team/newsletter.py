"""The newsletter makes itself and goes by itself; the team hears a day before what is in it, and when none goes."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from meedoen.mail import actions as mail
from meedoen.newsletter.actions import composing, sending
from meedoen.newsletter.models import Letter
from meedoen.newsletter.reading import sections_of, subscribed
from meedoen.newsletter.rules import State
from meedoen.people.models import Person


def look_after(*, now: datetime) -> None:
    """Make this week's letter, and let the one go whose time has come; each is told in the same transaction."""
    with transaction.atomic():
        made = composing.compose(now=now)
        if made:
            _tell(made, now=now)
    with transaction.atomic():
        due = sending.begin_due(now=now)
        if due and due.state == State.SKIPPED:
            _tell(due, now=now)


def _tell(letter: Letter, *, now: datetime) -> None:
    sections = sections_of(letter, is_easy=False)
    for person in Person.objects.team().select_related("address").exclude(briefing__is_wanted=False).order_by("pk"):
        if person.address is None:
            continue
        mail.send(
            "mail/team/newsletter.md",
            to=person.address.email,
            context={
                "title": letter.title,
                "sends_at": letter.sends_at,
                "count": subscribed().count(),
                "why": letter.why,
                "items": [item.title for section in sections for item in section.items],
                "path": reverse("team:newsletters"),
                "mail_path": reverse("team:mail"),
            },
            key=f"newsletter-{letter.pk}-{letter.why or 'draft'}-{person.pk}",
            now=now,
        )
