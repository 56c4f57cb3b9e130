"""The deeds: mail a contact what is proposed, remember yes and no, take no back, and stop the mail."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from meedoen.mail import actions as mail
from meedoen.mail import rules as mail_rules
from meedoen.municipalities.models import Fact, Municipality
from meedoen.people.models import Person
from meedoen.people.standing.models import Contact

from . import reading, rules
from .models import GrowingMail, Growth
from .reading import Proposal
from .rules import Said


@transaction.atomic
def say_no(proposal: Proposal, *, by: Person, now: datetime.datetime) -> None:
    """Remember that they will not tell others about it. Twice is once, and what was offered stays offered."""
    _say(proposal, Said.NO, by, now)


@transaction.atomic
def say_yes(number: object, *, by: Person, now: datetime.datetime) -> None:
    """Remember that an offer was made of a proposal, if ``number`` is of one that ``by`` may answer."""
    if isinstance(number, int):
        proposal = reading.proposal_of(number, reading.municipalities_of(by), now)
        if proposal:
            _say(proposal, Said.YES, by, now)


@transaction.atomic
def take_back(proposal: Proposal) -> None:
    """Let it be proposed again, after a no. Twice is once."""
    if proposal.growth:
        Growth.objects.filter(pk=proposal.growth.pk, said=Said.NO).delete()


@transaction.atomic
def set_mail(municipality: Municipality, *, is_off: bool) -> None:
    """Mail a municipality about this no more, or again."""
    row, _is_new = GrowingMail.objects.get_or_create(municipality=municipality)
    GrowingMail.objects.filter(pk=row.pk).update(is_off=is_off)


def mail_contacts(*, now: datetime.datetime) -> int:
    """Mail one contact of each municipality to which something new can be proposed; how many that were.

    All of a municipality goes in one mail, to who is its contact the longest. Who was mailed less than a quarter ago, or
    stopped it, is not. What nobody answered is told again only beside something new.
    """
    contacts = _first_contacts(now)
    rows = {row.municipality_id: row for row in GrowingMail.objects.filter(municipality__in=contacts)}
    may = [
        key
        for key in contacts
        if key not in rows or rules.may_mail(rows[key].mailed_at, is_off=rows[key].is_off, now=now)
    ]
    waiting: dict[int, list[Proposal]] = {}
    for proposal in reading.all_of(may, now):
        if proposal.growth is None and proposal.written_at <= now - rules.SETTLES:
            waiting.setdefault(proposal.municipality, []).append(proposal)
    new = [key for key in sorted(waiting) if _has_new(waiting[key], rows.get(key))]
    return sum(_mail(contacts[key], waiting[key], now) for key in new[: rules.MOST_AT_A_ROUND])


def erase_old(*, now: datetime.datetime) -> None:
    """Forget what was said long ago of a source that tells nothing any more."""
    Growth.objects.old(now).exclude(source__in=Fact.objects.values("source")).delete()


def forget_person(person: Person) -> None:
    """What was said for a municipality stays; that this person did goes."""
    Growth.objects.filter(by=person).update(by=None)


def _say(proposal: Proposal, said: Said, by: Person, now: datetime.datetime) -> None:
    municipality, kind, source = proposal.key
    growth, is_new = Growth.objects.get_or_create(
        municipality_id=municipality, kind=kind, source=source, defaults={"said": said, "by": by, "at": now}
    )
    if not is_new and growth.said == Said.NO and said == Said.YES:
        growth.said, growth.by, growth.at = said, by, now
        growth.save()


def _has_new(proposals: list[Proposal], row: GrowingMail | None) -> bool:
    """Whether something waits that stood in no mail yet."""
    last = row.mailed_at if row else None
    return any(rules.is_new(each.written_at, last=last) for each in proposals)


def _first_contacts(now: datetime.datetime) -> dict[int, Contact]:
    """Of each municipality who is its contact the longest and can be mailed; those who are it since some days."""
    found = Contact.objects.now().filter(made_at__lte=now - rules.SETTLES, person__address__isnull=False)
    first: dict[int, Contact] = {}
    for contact in found.select_related("person__address", "municipality").order_by("made_at", "pk"):
        first.setdefault(contact.municipality_id, contact)
    return first


@transaction.atomic
def _mail(contact: Contact, proposals: list[Proposal], now: datetime.datetime) -> bool:
    """Mail one contact, if no other worker was first."""
    GrowingMail.objects.get_or_create(municipality=contact.municipality)
    row = GrowingMail.objects.select_for_update().get(municipality=contact.municipality)
    if not rules.may_mail(row.mailed_at, is_off=row.is_off, now=now) or contact.person.address is None:
        return False
    row.mailed_at = now
    row.save(update_fields=["mailed_at"])
    stop_path = reverse("coupling:growing_stop", args=[row.key])
    mail.send(
        "mail/coupling/growing.md",
        to=contact.person.address.email,
        context={
            "name": contact.municipality.name,
            "titles": [each.title for each in proposals[: rules.MAX_TITLES]],
            "more": max(0, len(proposals) - rules.MAX_TITLES),
            "path": reverse("coupling:growing"),
            "stop_path": stop_path,
        },
        key=f"growing-{row.pk}-{now:%Y%m%d}",
        now=now,
        headers=mail_rules.list_headers(
            f"aanbod-{contact.municipality.slug}",
            domain=urlsplit(settings.BASE_URL).hostname or "localhost",
            unsubscribe_url=f"{settings.BASE_URL}{stop_path}",
        ),
    )
    return True
