"""Look at a text together: ask the team, remark, send back, and a link for somebody without an account."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.kernel.identifiers import unguessable
from meedoen.library.desk import rules
from meedoen.library.models import PracticeOffer, Remark, Work
from meedoen.library.offering import letters
from meedoen.mail import actions as mail
from meedoen.mail.rendering import Written
from meedoen.people.models import Person

from .writing import CannotDo


@transaction.atomic
def ask(work: Work, *, by: Person, now: datetime.datetime) -> None:
    """Ask the team to look; it stands on their desk from now. Raises ``CannotDo`` for a text with nothing in it."""
    work = Work.objects.select_for_update().get(pk=work.pk)
    if not work.number:
        raise CannotDo(_("Schrijf eerst iets en bewaar het. Dan kan het team kijken."))
    if work.asked_at is None:
        work.asked_by, work.asked_at = by, now
        work.save(update_fields=["asked_by", "asked_at"])


@transaction.atomic
def stop_asking(work: Work) -> None:
    """Take it off the team's desk."""
    Work.objects.filter(pk=work.pk).update(asked_by=None, asked_at=None)


@transaction.atomic
def remark(work: Work, text: str, *, by: Person, now: datetime.datetime) -> Remark:
    """Say something about a text; who made it or asked about it gets it by mail, unless they say it themselves.

    Who offered it is no editor: they hear only what they are asked.
    """
    said = Remark.objects.create(work=work, by=by, at=now, text=text)
    people = {each.pk: each for each in (work.asked_by, work.begun_by) if each}
    offer = _offer_of(work)
    for person in people.values():
        if person.pk not in (by.pk, offer.offered_by_id if offer else None):
            _mail(work, "mail/library/remarked.md", person, f"remark-{said.pk}", now, name=by.name, words=Written(text))
    return said


@transaction.atomic
def send_back(work: Work, text: str, *, by: Person, now: datetime.datetime) -> None:
    """Say what has to change before it can be published; it leaves the team's desk. Who offered it is asked."""
    said = remark(work, text, by=by, now=now)
    stop_asking(work)
    offer = _offer_of(work)
    if offer and not offer.withdrawn_at and not offer.refused_at:
        offer.question, offer.question_at = text, now
        offer.save(update_fields=["question", "question_at"])
        letters.send(offer, "offer_asked", key=f"asked-{said.pk}", now=now, words=text)


@transaction.atomic
def make_link(work: Work, *, now: datetime.datetime) -> None:
    """Make a link by which somebody without an account reads the text as it was saved last; an earlier one ends."""
    Work.objects.filter(pk=work.pk).update(link_key=unguessable(), link_until=now + rules.LINK_LIFE)


def end_link(work: Work) -> None:
    """Let the link lead nowhere any more."""
    Work.objects.filter(pk=work.pk).update(link_key=None, link_until=None)


def tell_published(work: Work, *, by: Person | None, is_first: bool, now: datetime.datetime) -> None:
    """Let who asked the team know that readers have it; who offered it hears of the first time."""
    offer = _offer_of(work)
    if offer and is_first and work.article:
        PracticeOffer.objects.filter(pk=offer.pk).update(question="", question_at=None)
        letters.send(offer, "offer_published", key="published", now=now, public_path=work.article.get_absolute_url())
    is_theirs = offer is not None and work.asked_by_id == offer.offered_by_id
    if work.asked_by and not is_theirs and (by is None or work.asked_by_id != by.pk):
        _mail(work, "mail/library/published.md", work.asked_by, f"published-{work.pk}-{work.published_number}", now)


def _offer_of(work: Work) -> PracticeOffer | None:
    return PracticeOffer.objects.whole().filter(work=work).first()


def _mail(work: Work, template: str, person: Person, key: str, now: datetime.datetime, **more: object) -> None:
    if person.address is None or person.erased_at:
        return
    context = {
        "title": work.name,
        "path": work.get_absolute_url(),
        "public_path": work.article.get_absolute_url() if work.article else "",
        **more,
    }
    mail.send(template, to=person.address.email, context=context, key=f"{key}-{person.pk}", now=now)
