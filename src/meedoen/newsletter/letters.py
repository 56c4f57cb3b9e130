"""The mail that tells somebody that they get the newsletter, and in which way; one word in answer stops it."""

from datetime import datetime

from django.urls import reverse

from meedoen.activity.models import Follow
from meedoen.mail import actions as mail
from meedoen.mail.incoming import addresses

from .following import PURPOSE
from .models import Choice

CONFIRMATION = "mail/newsletter/subscribed.md"


def confirm(follow: Follow, *, to: str, key: str, now: datetime) -> None:
    """Mail it to who asked for the letter by mail, and has no page before them."""
    mail.send(CONFIRMATION, to=to, context=facts(follow, now), key=key, now=now, reply_to=answer_to(follow, now))


def facts(follow: Follow, now: datetime) -> dict[str, object]:
    """What it tells."""
    choice = chosen(follow)
    return {
        "path": reverse("newsletter:own", args=[follow.key]),
        "stop_path": reverse("activity:stop", args=[follow.key]),
        "is_easy": choice.is_easy,
        "is_plain": choice.is_plain,
        "may_reply": addresses.is_open(),
    }


def answer_to(follow: Follow, now: datetime) -> str:
    """Where an answer to it goes, as to each letter."""
    return addresses.answer_to(PURPOSE, owner=follow.person_id, about=follow.key, now=now)


def chosen(follow: Follow) -> Choice:
    """The way in which somebody gets it; the usual one where they chose none."""
    return Choice.objects.filter(follow=follow).first() or Choice(follow=follow)
