"""What who has no e-mail is told by telephone, in the place of a mail: each thing once, and the last of how it stands."""

from collections.abc import Iterable
from datetime import datetime

from . import rules
from .models import Attendee, Call
from .rules import About


def note(attendee: Attendee, template: str, *, key: str, now: datetime) -> None:
    """That they are to be called about what others are mailed with this template; what is no news to them is not."""
    if template not in list(About):
        return
    about = About(template)
    if about in rules.STANDING:
        forget_standing(attendee)
    Call.objects.get_or_create(key=key, defaults={"attendee": attendee, "about": about, "noted_at": now})


def remind_all(found: Iterable[tuple[Attendee, str]], *, now: datetime) -> None:
    """That these are to be called the day before, each under its key; one query."""
    rows = [Call(attendee=each, about=About.REMINDER, key=key, noted_at=now) for each, key in found]
    Call.objects.bulk_create(rows, ignore_conflicts=True)


def forget_standing(attendee: Attendee) -> None:
    """Call no more about how it stood: it stands otherwise, or they heard it while they called."""
    Call.objects.filter(attendee=attendee, about__in=rules.STANDING, done_at__isnull=True).delete()
