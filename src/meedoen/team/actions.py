"""The deeds of the desk: tell the team what waits, so that it can decide from the mail."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation import reading
from meedoen.conversation.moderation import rules as moderation
from meedoen.conversation.moderation.reading import Sort, Waiting
from meedoen.conversation.moderation.rules import Deed
from meedoen.kernel.database import AWAY
from meedoen.kernel.dutch import datetime_words
from meedoen.library.desk.reading import asked_between
from meedoen.library.models import Work
from meedoen.mail import actions as mail
from meedoen.people import actions as people
from meedoen.people import codes
from meedoen.people.models import Person

from . import rules
from .models import Briefing
from .steps import address_of, as_it_stands, title_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SETTLED = timedelta(minutes=1)  # what is older stands in the database for everybody; a slower writer is refused

log = structlog.get_logger("meedoen.team")


def brief(*, now: datetime) -> int:
    """Mail each of the team what began to wait since they were told; how many mails that were.

    One reaction comes with its words and a code, so that it can be decided from the mail; more, and texts at the
    editing desk, come as a list. What goes wrong with one mail keeps nobody else from theirs.
    """
    told = 0
    for person in Person.objects.team().select_related("address"):
        try:
            told += _brief(person, now)
        except AWAY:
            raise
        except Exception:
            log.exception("the team was not told", person=person.pk)
    return told


def want(person: Person, is_wanted: bool, *, now: datetime) -> None:
    """Be mailed when something waits, or only when somebody is in danger."""
    Briefing.objects.update_or_create(
        person=person, defaults={"is_wanted": is_wanted}, create_defaults={"is_wanted": is_wanted, "told_until": now}
    )


@transaction.atomic
def _brief(person: Person, now: datetime) -> int:
    briefing, is_new = Briefing.objects.select_for_update().get_or_create(person=person, defaults={"told_until": now})
    if is_new or person.address is None:
        return 0
    until = now - SETTLED
    news = [
        each
        for each in reading.news(person, since=briefing.told_until, until=until, limit=rules.LISTED)
        if not each.is_for_a_colleague and (briefing.is_wanted or each.is_urgent)
    ]
    asked = (
        asked_between(briefing.told_until, until).exclude(asked_by=person)
        if briefing.is_wanted
        else Work.objects.none()
    )
    texts = list(asked[: rules.LISTED])
    if (news or texts) and not _send(person, news, texts, now):
        return 0  # told_until stays: a later round tells it
    briefing.told_until = max(briefing.told_until, until)
    briefing.save(update_fields=["told_until"])
    return 1 if news or texts else 0


def _send(person: Person, news: list[Waiting], texts: list[Work], now: datetime) -> bool:
    """Whether it was mailed. Danger always is at once, until a flood of reports used up the day: then once an hour."""
    email = person.address.email if person.address else ""
    is_urgent = any(each.is_urgent for each in news)
    is_one = len(news) == 1 and not texts and news[0].sort == Sort.CONTRIBUTION and not is_urgent
    if is_one and _send_with_code(person, news[0], now):
        return True
    is_alarm = is_urgent and codes.count("alarms", email, per=DAY, now=now) <= moderation.MAX_ALARMS_PER_DAY
    if not is_alarm and codes.count("briefings", email, per=HOUR, now=now) > rules.MAX_BRIEFINGS_PER_HOUR:
        return False
    mail.send(
        "mail/team/waiting.md",
        to=email,
        context={
            "count": len(news) + len(texts),
            "is_urgent": is_urgent,
            "items": [
                *(
                    {"text": title_of(each), "path": address_of(each), "since": datetime_words(each.since)}
                    for each in news
                ),
                *(
                    {
                        "text": _("Tekst bij beheer: %(title)s") % {"title": each.name},
                        "path": each.get_absolute_url(),
                        "since": datetime_words(each.asked_at),
                    }
                    for each in texts
                    if each.asked_at
                ),
            ],
            "path": reverse("team:today"),
            "mail_path": reverse("team:mail"),
        },
        key=f"briefing-{person.pk}-{now:%Y%m%dT%H%M%S}",
        now=now,
        is_urgent=is_urgent,
    )
    return True


def _send_with_code(person: Person, waiting: Waiting, now: datetime) -> bool:
    """Whether it was mailed with a code; where that would use up the codes of this address, a list does."""
    email = person.address.email if person.address else ""
    if codes.count("decided by mail", email, per=DAY, now=now) > rules.MAX_DECIDED_BY_MAIL:
        return False
    contribution = Contribution.objects.get(pk=waiting.pk)
    fitting = [
        deed
        for deed in (Deed.APPROVE, Deed.KEEP)
        if moderation.may_decide(deed, contribution, is_reported=waiting.is_reported)
    ]
    if not fitting:
        return False
    try:
        act = people.keep(
            rules.DECIDE,
            payload={
                "contribution": contribution.pk,
                **as_it_stands(contribution),
                "deed": fitting[0].value,
                "ground": "",
                "reason": "",
            },
            name=person.name,
            email=email,
            network=f"team-{person.pk}-{waiting.news_at.isoformat()}",
            now=now,
            person=person,
        )
        people.ask_code(act, now=now)
    except people.Refused:
        return False
    return True
