"""The deeds: record what happened, follow, stop, and tell those who asked."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from meedoen.mail import actions as mail
from meedoen.mail import rules as mail_rules
from meedoen.mail.rendering import Written
from meedoen.people import codes
from meedoen.people.models import Person

from . import rules
from .models import Follow, Happening, Subject
from .rules import Rhythm

DAY = timedelta(days=1)
TOLD_AT_ONCE = 200  # follows in one round; the next minute takes the next ones
MAX_IN_ONE_MAIL = 20  # happenings; a longer list is read on the site


def record(
    subject: Subject, *, mark: str, sentence: str, words: str, url: str, actor: Person | None, now: datetime
) -> None:
    """Write down that something happened; those who follow are told in ten minutes. The same mark is written once."""
    Happening.objects.get_or_create(
        mark=mark,
        defaults={"subject": subject, "sentence": sentence, "words": words, "url": url, "actor": actor, "at": now},
    )


def correct(mark: str, *, words: str) -> None:
    """Let those who are not told yet read what it says now."""
    Happening.objects.filter(mark=mark).update(words=words)


def take_back(mark: str) -> None:
    """Let it be as if it did not happen; who was told already was told."""
    Happening.objects.filter(mark=mark).delete()


def follow(person: Person, subject: Subject, *, rhythm: Rhythm, now: datetime) -> Follow:
    """Follow from now on, or change how often. What happened before is not told."""
    found, is_new = Follow.objects.get_or_create(
        person=person, subject=subject, defaults={"rhythm": rhythm, "created_at": now, "told_until": now}
    )
    if not is_new:
        change(found, rhythm=rhythm, now=now)
    return found


def change(followed: Follow, *, rhythm: Rhythm, now: datetime) -> None:
    """Hear more or less often, or no more. Who begins again is not told what they missed."""
    if followed.rhythm == Rhythm.NEVER:
        followed.told_until = now
    followed.rhythm = rhythm
    followed.save(update_fields=["rhythm", "told_until"])


def tell(*, now: datetime) -> int:
    """Mail everybody who is due; how many mails that were. A crash half-way tells the rest in the next round."""
    told = 0
    for rhythm in (Rhythm.EACH, Rhythm.DAILY, Rhythm.WEEKLY):
        until = rules.last_moment(rhythm, now) - rules.TELL_AFTER
        news = Happening.objects.filter(subject=OuterRef("subject"), at__gt=OuterRef("told_until"), at__lte=until)
        due = Follow.objects.alive().filter(Exists(news), rhythm=rhythm).order_by("pk")
        for follow_id in list(due.values_list("pk", flat=True)[:TOLD_AT_ONCE]):
            told += _tell(follow_id, until=until, now=now)
    return told


def erase_old(*, now: datetime) -> int:
    """Forget what happened so long ago that everybody was told; how many rows that were."""
    return Happening.objects.filter(at__lt=now - rules.KEEP_HAPPENINGS).delete()[0]


@transaction.atomic
def _tell(follow_id: int, *, until: datetime, now: datetime) -> bool:
    """One mail to one follower; its key says which happening was the last, so that it is sent once."""
    followed = (
        Follow.objects.alive()
        .select_for_update(of=("self",))
        .select_related("person__address", "subject")
        .filter(pk=follow_id, told_until__lt=until)
        .first()
    )
    if followed is None or followed.person.address is None:
        return False
    news = list(followed.subject.happenings.filter(at__gt=followed.told_until, at__lte=until))
    of_others = [each for each in news if each.actor_id != followed.person_id]
    email = followed.person.address.email
    if of_others:
        if codes.counted("notices", email, per=DAY, now=now) >= rules.MAX_NOTICES_PER_DAY:
            return False  # it waits: told_until stays where it is
        codes.count("notices", email, per=DAY, now=now)
        _mail(followed, of_others, email, now)
    followed.told_until = until
    followed.save(update_fields=["told_until"])
    return bool(of_others)


def _mail(followed: Follow, news: list[Happening], email: str, now: datetime) -> None:
    stop = reverse("activity:stop", args=[followed.key])
    subject = followed.subject
    mail.send(
        "mail/activity/notice.md",
        to=email,
        context={
            "title": subject.title,
            "path": subject.url,
            "items": [
                {"sentence": each.sentence, "words": Written(each.words), "path": each.url, "at": each.at}
                for each in news[:MAX_IN_ONE_MAIL]
            ],
            "more": max(0, len(news) - MAX_IN_ONE_MAIL),
            "stop_path": stop,
            "change_path": reverse("activity:change", args=[followed.key]),
        },
        key=f"notice-{followed.pk}-{news[-1].pk}",
        now=now,
        headers=mail_rules.list_headers(
            f"{subject.kind}-{subject.key}",
            domain=urlsplit(settings.BASE_URL).hostname or "localhost",
            unsubscribe_url=f"{settings.BASE_URL}{stop}",
            archive_url=f"{settings.BASE_URL}{subject.url}",
        ),
    )
