"""The deeds: offer, change, decide, withdraw and put back a celebration; give it another address."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.activity import actions as activity
from meedoen.conversation.models import Thread
from meedoen.conversation.moderation.rules import may_write
from meedoen.conversation.quiet.actions import why_not
from meedoen.kernel.clock import local_date
from meedoen.kernel.text import plain_text, slug
from meedoen.mail import actions as mail
from meedoen.municipalities import beside
from meedoen.municipalities.models import Municipality
from meedoen.pages.actions import changed
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact

from . import following, rules
from .models import AREA, Celebration, Loaded, OldAddress, Source, Step
from .rules import Deed, State

THREAD = "celebration"  # the kind of the threads with congratulations
MAX_SLUG_LENGTH = 80  # characters of the address


class CannotDo(Exception):
    """It cannot be done; the text is fit to show, and nothing that was typed is lost."""


class ChangedMeanwhile(CannotDo):
    """Somebody else changed or decided it since the page was opened."""


@dataclass(frozen=True)
class Facts:
    """What somebody tells of a celebration."""

    kind: str
    title: str
    text: str
    happened: str
    municipalities: tuple[Municipality, ...]
    place: str = ""
    online_url: str = ""
    sources: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def offer(facts: Facts, *, person: Person, now: datetime.datetime) -> Celebration:
    """Tell of a celebration: it waits for the team, or stands at once when a contact or the team tells it.

    Its offerer is mailed the way to change and withdraw it. Raises ``CannotDo`` when this person may not write now.
    """
    person = Person.objects.select_related("address").get(pk=person.pk)
    if problem := why_not(person, now=now):
        raise CannotDo(problem)
    if not may_write(person, now=now):
        raise CannotDo(_("Je kunt nu niets plaatsen. In de mail van ons team lees je waarom."))
    celebration = Celebration(
        slug=free_slug(facts.title),
        state=State.WAITING,
        offered_by=person,
        offered_at=now,
        waits_since=now,
    )
    _write(celebration, facts, now=now)
    if is_keeper(person, celebration, wholly=True):
        _publish(celebration, now=now)
    if person.address:
        mail.send(
            "mail/celebrations/offered.md",
            to=person.address.email,
            context={
                "title": celebration.title,
                "path": celebration.own_url,
                "is_published": celebration.state == State.PUBLISHED,
            },
            key=f"celebration-{celebration.pk}-offered",
            now=now,
        )
    tell_pages(now=now)
    return celebration


def is_keeper(person: Person | None, celebration: Celebration, *, wholly: bool = False) -> bool:
    """Whether somebody looks after it: of the team, or contact of one of its municipalities; ``wholly``: of all."""
    if person is None:
        return False
    if person.is_team:
        return True
    own = {each.pk for each in celebration.municipalities.all()}
    contact_of = Contact.objects.municipalities_of(person)
    return rules.publishes_at_once(own, is_team=False, contact_of=contact_of) if wholly else bool(own & set(contact_of))


@transaction.atomic
def change(celebration: Celebration, facts: Facts, *, seen: str, is_keeper: bool, now: datetime.datetime) -> None:
    """Change what it tells. What the team asked to change waits for them again.

    Raises ``ChangedMeanwhile`` when it does not stand as ``seen``, and ``CannotDo`` when it may not be changed now.
    """
    celebration = _as_seen(celebration, seen)
    if not rules.may_be_changed(celebration, is_keeper=is_keeper):
        raise CannotDo(_("Dit kun je niet meer veranderen. Mail of bel ons, dan doen wij het."))
    if celebration.state != State.PUBLISHED and slug(facts.title) != slug(celebration.title):
        celebration.slug = free_slug(facts.title, but=celebration)
    if celebration.state == State.ASKED:
        celebration.state, celebration.waits_since = State.WAITING, now
    _write(celebration, facts, now=now)
    if celebration.state == State.PUBLISHED:
        Loaded.objects.filter(celebration=celebration).update(celebration=None)  # the site goes before the file
        call_thread(celebration)
        _announce(celebration, now=now)
    tell_pages(now=now)


@transaction.atomic
def decide(
    celebration: Celebration, deed: Deed, *, by: Person, seen: str, now: datetime.datetime, reason: str = ""
) -> Celebration:
    """Let the team place it, ask to change it, or not place it; who offered it is told, with the reason.

    Raises ``ChangedMeanwhile`` when it does not stand as ``seen``.
    """
    celebration = _as_seen(celebration, seen)
    if not by.is_team or not rules.may_be_decided(deed, celebration):
        raise CannotDo(_("Dit kan nu niet met dit succes."))
    if deed in rules.NEEDS_REASON and not reason.strip():
        raise CannotDo(_("Schrijf waarom. Wie het aanbood, leest dit."))
    if deed == Deed.PUBLISH:
        _publish(celebration, now=now)
    else:
        celebration.state, celebration.waits_since, celebration.changed_at = rules.TO[deed], None, now
        celebration.ask_on = None
        celebration.save()
        activity.take_back(mark_in_activity(celebration))
    step = Step.objects.create(celebration=celebration, deed=deed, by=by, at=now, reason=reason)
    offerer = celebration.offered_by
    if offerer and offerer.address:
        mail.send(
            "mail/celebrations/decided.md",
            to=offerer.address.email,
            context={
                "title": celebration.title,
                "deed": deed.value,
                "reason": reason,
                "path": celebration.own_url,
                "public_path": celebration.get_absolute_url(),
            },
            key=f"celebration-{celebration.pk}-decided-{step.pk}",
            now=now,
        )
    tell_pages(now=now)
    return celebration


@transaction.atomic
def withdraw(celebration: Celebration, *, now: datetime.datetime) -> None:
    """Take it back, by who offered it; it can be put back. Twice is once."""
    celebration = _locked(celebration)
    if celebration.state in (State.WITHDRAWN, State.REFUSED):
        return
    celebration.was_state, celebration.state = celebration.state, State.WITHDRAWN
    celebration.waits_since, celebration.changed_at, celebration.ask_on = None, now, None
    celebration.save()
    activity.take_back(mark_in_activity(celebration))
    tell_pages(now=now)


@transaction.atomic
def put_back(celebration: Celebration, *, now: datetime.datetime) -> None:
    """Put back what was withdrawn: where it stood, or in the line where it waited. Twice is once."""
    celebration = _locked(celebration)
    if celebration.state != State.WITHDRAWN or not celebration.text:  # erased with who told it
        return
    if celebration.offered_by and not may_write(celebration.offered_by, now=now):
        raise CannotDo(_("Je kunt nu niets plaatsen. In de mail van ons team lees je waarom."))
    before, celebration.was_state = celebration.was_state, ""
    if before == State.PUBLISHED:
        _publish(celebration, now=now)
    else:
        celebration.state, celebration.waits_since, celebration.changed_at = State.WAITING, now, now
        celebration.save()
    tell_pages(now=now)


@transaction.atomic
def rename(celebration: Celebration, *, slug: str, now: datetime.datetime) -> None:
    """Give it the address ``slug``; the one it had leads there from now on. Raises ``CannotDo`` when it is taken."""
    if slug == celebration.slug:
        return
    taken = Celebration.objects.filter(slug=slug).exists() or (
        OldAddress.objects.filter(slug=slug).exclude(celebration=celebration).exists()
    )
    if taken or slug in rules.RESERVED:
        raise CannotDo(_("Dit adres is al van iets anders. Kies een ander adres."))
    OldAddress.objects.filter(slug=slug).delete()
    OldAddress.objects.create(slug=celebration.slug, celebration=celebration)
    celebration.slug = slug
    celebration.save(update_fields=["slug"])
    call_thread(celebration)
    tell_pages(now=now)


def free_slug(title: str, *, but: Celebration | None = None) -> str:
    """An address for a title that nothing has or had."""
    begin = slug(title)[:MAX_SLUG_LENGTH].strip("-") or "succes"
    others = Celebration.objects.exclude(pk=but.pk) if but else Celebration.objects.all()
    number = 1
    while True:
        tried = begin if number == 1 else f"{begin}-{number}"
        if (
            tried not in rules.RESERVED
            and not others.filter(slug=tried).exists()
            and not OldAddress.objects.filter(slug=tried).exists()
        ):
            return tried
        number += 1


def _write(celebration: Celebration, facts: Facts, *, now: datetime.datetime) -> None:
    for name in ("kind", "title", "text", "happened", "place", "online_url"):
        setattr(celebration, name, getattr(facts, name))
    celebration.dated_on = rules.dated_on(facts.happened)
    celebration.changed_at = now
    celebration.save()
    celebration.municipalities.set(facts.municipalities)
    put_sources(celebration, facts.sources)


def put_sources(celebration: Celebration, sources: Iterable[tuple[str, str]]) -> None:
    """Let these be its sources, in this order."""
    celebration.sources.all().delete()
    Source.objects.bulk_create(
        Source(celebration=celebration, position=position, text=text, url=url)
        for position, (text, url) in enumerate(sources)
    )


def _publish(celebration: Celebration, *, now: datetime.datetime) -> None:
    celebration.state, celebration.waits_since, celebration.changed_at = State.PUBLISHED, None, now
    celebration.published_at = celebration.published_at or now
    if not celebration.is_example and not celebration.questions.exists():
        celebration.ask_on = rules.ask_on(celebration.happened, published_on=local_date(celebration.published_at))
    celebration.save()
    _announce(celebration, now=now)


def _announce(celebration: Celebration, *, now: datetime.datetime) -> None:
    """Let those who follow its municipalities or all celebrations hear of it, as it is ten minutes later."""
    if celebration.published_at is None or now - celebration.published_at > rules.IS_NEWS_FOR:
        return
    sentence = _("Nieuw succes: %(title)s") % {"title": celebration.title}
    words = plain_text(celebration.text)
    activity.record(
        *following.subjects_of(celebration),
        mark=mark_in_activity(celebration),
        sentence=sentence,
        words=words,
        url=celebration.get_absolute_url(),
        actor=celebration.offered_by,
        now=celebration.published_at,
    )
    activity.correct(mark_in_activity(celebration), sentence=sentence, words=words)


def call_thread(celebration: Celebration) -> None:
    """Let its congratulations know its title and address."""
    Thread.objects.filter(kind=THREAD, key=str(celebration.pk)).update(
        title=celebration.title, url=celebration.get_absolute_url()
    )


def _as_seen(celebration: Celebration, seen: str) -> Celebration:
    celebration = _locked(celebration)
    if celebration.mark != seen:
        raise ChangedMeanwhile(_("Iemand anders veranderde dit intussen. Hieronder staat hoe het nu is."))
    return celebration


def _locked(celebration: Celebration) -> Celebration:
    found = Celebration.objects.select_for_update(of=("self",)).select_related("offered_by__address")
    return found.get(pk=celebration.pk)


def mark_in_activity(celebration: Celebration) -> str:
    """By which who follows it was told of it."""
    return f"celebration-{celebration.pk}"


def tell_pages(*, now: datetime.datetime) -> None:
    """Say that pages which show celebrations are no longer the same."""
    changed(AREA, beside.AREA, now=now)
