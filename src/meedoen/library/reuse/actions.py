"""The deeds: say that a municipality uses it, withdraw and put back, let the team decide."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.kernel.identifiers import unguessable
from meedoen.library import facts
from meedoen.library.actions import AREA
from meedoen.library.models import Article, Reuse
from meedoen.mail import actions as mail
from meedoen.municipalities import beside
from meedoen.municipalities.models import Municipality
from meedoen.pages.actions import changed
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact
from meedoen.people.standing.reading import standing_of, work_choices

from . import rules
from .rules import State


class CannotSay(Exception):
    """It cannot be said now; the text is fit to show."""


@transaction.atomic
def say(
    article: Article,
    municipality: Municipality,
    *,
    taken_from: Reuse | None,
    changed_words: str,
    person: Person,
    now: datetime,
) -> Reuse:
    """Let a municipality be known to use a text. Said again by who said it before, the new words take the place.

    Raises ``CannotSay`` when somebody else said it already.
    """
    found = Reuse.objects.select_for_update(of=("self",)).filter(article=article, municipality=municipality).first()
    if found and found.state in (State.SHOWN, State.WAITING) and found.person_id != person.pk:
        raise CannotSay(
            _("Van gemeente %(name)s staat dit er al. Klopt het niet? Schrijf het onder de tekst.")
            % {"name": municipality.name}
        )
    made = found or Reuse(article=article, municipality=municipality)
    made.taken_from = (
        taken_from if taken_from and taken_from.pk != made.pk and not _leads_to(taken_from, made) else None
    )
    made.changed, made.person, made.at, made.was_state = changed_words, person, now, ""
    made.state = rules.state_of_new(is_team=person.is_team, belongs=belongs(person, municipality))
    made.save()
    facts.tell_reuse(made, now=now)
    changed(AREA, beside.AREA, now=now)
    return made


def belongs(person: Person, municipality: Municipality) -> bool:
    """Whether it is known of somebody that they work for a municipality, speak for it, or are its contact.

    A proven address of its mail domain is enough: nobody has to show where they work to tell what their municipality does.
    """
    standing = standing_of(person)
    if standing and standing.municipality_id == municipality.pk:
        return True
    if any(domain.municipality_id == municipality.pk for domain, _is_shown in work_choices(person)):
        return True
    return municipality.pk in Contact.objects.municipalities_of(person)


@transaction.atomic
def withdraw(reuse: Reuse, *, now: datetime) -> None:
    """Let who said it take it back; it can be put back. Twice is once."""
    reuse = Reuse.objects.select_for_update(of=("self",)).get(pk=reuse.pk)
    if reuse.state in (State.SHOWN, State.WAITING):
        reuse.was_state, reuse.state = reuse.state, State.WITHDRAWN
        reuse.save(update_fields=["state", "was_state"])
        facts.tell_reuse(reuse, now=now)
        changed(AREA, beside.AREA, now=now)


@transaction.atomic
def put_back(reuse: Reuse, *, now: datetime) -> None:
    """Put back what was withdrawn, as it stood."""
    reuse = Reuse.objects.select_for_update(of=("self",)).get(pk=reuse.pk)
    if reuse.state == State.WITHDRAWN:
        reuse.state, reuse.was_state = reuse.was_state or State.WAITING, ""
        reuse.save(update_fields=["state", "was_state"])
        facts.tell_reuse(reuse, now=now)
        changed(AREA, beside.AREA, now=now)


@transaction.atomic
def decide(reuse: Reuse, *, is_shown: bool, reason: str, now: datetime) -> bool:
    """Let the team show it or not, and tell who said it; whether there still was something to decide."""
    reuse = Reuse.objects.select_for_update(of=("self",)).select_related("person__address").get(pk=reuse.pk)
    if reuse.state != State.WAITING:
        return False
    reuse.state = State.SHOWN if is_shown else State.REFUSED
    reuse.save(update_fields=["state"])
    facts.tell_reuse(reuse, now=now)
    changed(AREA, beside.AREA, now=now)
    if reuse.person and reuse.person.address:
        tell(
            reuse,
            reuse.person.address.email,
            reason=reason,
            key=f"reuse-{reuse.pk}-{reuse.state}-{reuse.at:%Y%m%d%H%M}",
            now=now,
        )
    return True


def tell(reuse: Reuse, email: str, *, reason: str = "", key: str, now: datetime) -> None:
    """Mail who said it how it stands, with the way to change or withdraw it."""
    mail.send(
        "mail/library/reuse.md",
        to=email,
        context={
            "title": reuse.article.title,
            "municipality": reuse.municipality.name,
            "state": reuse.state,
            "reason": reason,
            "path": reuse.get_absolute_url(),
        },
        key=key,
        now=now,
    )


def forget_person(person: Person, *, with_texts: bool, now: datetime) -> None:
    """Let nothing say who told it, and let their words go where they want that."""
    theirs = Reuse.objects.filter(person=person)
    if with_texts:
        theirs.update(changed="")
    for each in theirs:
        each.person, each.key = None, unguessable()
        each.save(update_fields=["person", "key"])
    changed(AREA, beside.AREA, now=now)


def _leads_to(link: Reuse, end: Reuse) -> bool:
    """Whether a chain comes by ``end``: a municipality took nothing over from who had it from itself."""
    seen: set[int] = set()
    step: Reuse | None = link
    while step is not None and step.pk not in seen:
        if step.pk == end.pk:
            return True
        seen.add(step.pk)
        step = step.taken_from
    return False
