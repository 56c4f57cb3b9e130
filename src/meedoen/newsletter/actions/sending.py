"""The letter goes: written out once, then brought to the outbox some hundreds at a time, to nobody twice.

Each part is one transaction with the note of how far it came: whoever is killed halfway leaves that part undone, and
the next round goes on there. The key of a mail is of the letter and the address, so that two people with one address
get it once.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from meedoen.activity.models import Follow, Follower
from meedoen.conversation.quiet.actions import quiet_now
from meedoen.kernel.clock import local_date
from meedoen.mail import actions as mail
from meedoen.mail import rules as mail_rules
from meedoen.mail.incoming import addresses
from meedoen.mail.incoming.models import DeadAddress
from meedoen.mail.incoming.rules import ANSWER, STOP
from meedoen.mail.references import NotNow, Reference, Words
from meedoen.newsletter import rules
from meedoen.newsletter.following import PURPOSE
from meedoen.newsletter.models import AREA, Edition, Entry, Letter
from meedoen.newsletter.reading import entries_of, subscribed
from meedoen.newsletter.rules import State, Why
from meedoen.pages.actions import changed

from .composing import skip
from .rendering import rendered

WORDS = "newsletter"  # the kind of reference by which a mail finds its words
REMEMBERED = 4  # editions of some 100 kB in each process: a letter has two


def begin_due(*, now: datetime) -> Letter | None:
    """Let the letter go whose time has come; None where there is none. While the site is quiet, it is skipped."""
    with transaction.atomic():
        letter = Letter.objects.due(now).select_for_update().first()
        if letter is None:
            return None
        shown = [entry for entry, _told in entries_of(letter) if not entry.is_out]
        if not shown or quiet_now(now):
            skip(letter, Why.QUIET if shown else Why.EMPTY)
            return letter
        for number, entry in enumerate(shown, start=1):
            entry.number = number
        Entry.objects.bulk_update(shown, ["number"])
        Edition.objects.bulk_create([rendered(letter, is_easy=is_easy) for is_easy in (False, True)])
        letter.state, letter.sent_at = State.SENDING, now
        letter.save(update_fields=["state", "sent_at"])
        changed(AREA, now=now)
    return letter


def spread(*, now: datetime) -> int:
    """Bring the letter to the outbox for those who do not have it yet, as many as one minute takes; how many."""
    count = 0
    for _round in range(rules.ROUNDS):
        done = _spread_some(now)
        if done is None:
            break
        count += done
    return count


def words_of(about: Mapping[str, str], occasion: str, now: datetime) -> Words:
    """The words of a letter for one reader, as its mail leaves. Raises ``NotNow`` where they are erased."""
    edition = _edition(about["edition"])
    if edition is None:
        raise NotNow("the words of this letter are erased")
    text, html, own = edition
    paths = {
        "stop": reverse("activity:stop", args=[about["key"]]),
        "own": reverse("newsletter:own", args=[about["key"]]),
    }
    for name, mark in own:
        text, html = text.replace(mark, paths[name]), html.replace(mark, paths[name])
    return Words(text, html)


@transaction.atomic
def erase_old(*, now: datetime) -> int:
    """Erase letters as they were mailed, once nobody waits for one any more; how many editions that were."""
    past = Letter.objects.filter(done_at__lte=now - rules.KEEP_EDITIONS)
    return Edition.objects.filter(letter__in=past).delete()[0]


@transaction.atomic
def _spread_some(now: datetime) -> int | None:
    """The next some hundreds; how many mails are new, None where nothing waits."""
    letter = Letter.objects.select_for_update().filter(state=State.SENDING).order_by("day").first()
    if letter is None:
        return None
    found = list(_next_ones(letter, now))
    editions = dict(letter.editions.values_list("is_easy", "mark"))
    count = mail.send_copies(_copies(letter, found, editions, now), now=now)
    letter.mail_count += count
    if len(found) < rules.AT_ONCE:
        letter.state, letter.done_at = State.SENT, now
    else:
        letter.told_to = found[-1].pk
    letter.save(update_fields=["told_to", "mail_count", "state", "done_at"])
    return count


def _next_ones(letter: Letter, now: datetime) -> list[Follow]:
    """The readers after the last one who has it, by their keys. Who asked for it after it went gets the next one."""
    waiting = subscribed().filter(pk__gt=letter.told_to, created_at__lte=letter.sent_at)
    return list(waiting.select_related("person__address", "letter_choice").order_by("pk")[: rules.AT_ONCE])


def _copies(letter: Letter, found: list[Follow], editions: Mapping[bool, str], now: datetime) -> list[mail.Copy]:
    """A mail to each who may be mailed: not while they pause, not to an address that is dead, to each address one."""
    resting = set(
        Follower.objects.filter(person__in=[each.person_id for each in found])
        .filter(Q(paused_until__gte=local_date(now)))
        .values_list("person_id", flat=True)
    )
    emails = [each.person.address.email for each in found if each.person.address]
    dead = set(DeadAddress.objects.filter(email__in=emails).values_list("email", flat=True))
    readers = {
        each.person.address_id: each
        for each in reversed(found)  # of two with one address the first
        if each.person.address and each.person.address.email not in dead and each.person_id not in resting
    }
    tokens = addresses.tokens_for(PURPOSE, {each.key: each.person_id for each in readers.values()}, now=now)
    return [_copy(letter, each, editions, tokens.get(each.key, "")) for each in reversed(readers.values())]


def _copy(letter: Letter, follow: Follow, editions: Mapping[bool, str], token: str) -> mail.Copy:
    choice = getattr(follow, "letter_choice", None)
    address = follow.person.address
    assert address is not None  # noqa: S101  who has none is no reader
    return mail.Copy(
        "newsletter",
        to=address.email,
        subject=letter.title,
        words=Reference(WORDS, {"edition": editions[bool(choice and choice.is_easy)], "key": follow.key}),
        key=f"newsletter-{letter.pk}-{address.pk}",
        reply_to=addresses.with_token(ANSWER, token) if token else "",
        headers=mail_rules.list_headers(
            "nieuwsbrief",
            domain=urlsplit(settings.BASE_URL).hostname or "localhost",
            unsubscribe_url=f"{settings.BASE_URL}{reverse('activity:stop', args=[follow.key])}",
            archive_url=f"{settings.BASE_URL}{reverse('newsletter:newsletter')}",
            unsubscribe_email=addresses.with_token(STOP, token) if token else "",
        ),
        is_plain=bool(choice and choice.is_plain),
    )


@lru_cache(maxsize=REMEMBERED)
def _edition(mark: str) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
    """An edition by its mark, which no other ever has: it never changes."""
    found = Edition.objects.filter(mark=mark).first()
    return (found.text, found.html, tuple(found.own.items())) if found else None
