"""Getting the letter, in which way, and no more. Nobody gets it unasked (EM4)."""

from datetime import datetime

from django.db import transaction

from meedoen.activity import actions as following
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.mail.incoming import addresses
from meedoen.newsletter import rules
from meedoen.newsletter.following import PURPOSE, subject
from meedoen.newsletter.models import Choice
from meedoen.newsletter.reading import KIND
from meedoen.people.models import Person


@transaction.atomic
def subscribe(person: Person, *, is_easy: bool, is_plain: bool, now: datetime) -> Follow:
    """Let somebody get the letter from now on, in this way; again changes the way."""
    follow = following.follow(person, subject(), rhythm=Rhythm.WEEKLY, now=now)
    choose(follow, is_easy=is_easy, is_plain=is_plain)
    return follow


def choose(follow: Follow, *, is_easy: bool, is_plain: bool) -> None:
    """Get it in another way."""
    Choice.objects.update_or_create(follow=follow, defaults={"is_easy": is_easy, "is_plain": is_plain})


@transaction.atomic
def forget_stopped(*, now: datetime) -> int:
    """Erase that somebody ever got the letter, some time after they stopped; how many that were."""
    gone = Follow.objects.filter(
        subject__kind=KIND, rhythm=Rhythm.NEVER, changed_at__lte=now - rules.KEEP_STOPPED
    ).order_by("pk")[: rules.AT_ONCE]
    keys = dict(gone.values_list("pk", "key"))
    addresses.forget(PURPOSE, list(keys.values()))
    Follow.objects.filter(pk__in=list(keys)).delete()
    return len(keys)
