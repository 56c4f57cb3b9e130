"""The deeds: approve a domain, show where one works, make a contact; ask, give, refuse and withdraw a mandate."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.mail import actions as mail
from meedoen.municipalities.models import Municipality
from meedoen.pages.actions import changed
from meedoen.people import floods
from meedoen.people.models import AREA, Person

from . import rules, showing
from .models import Contact, MailDomain, Mandate, MandateChange, Workplace
from .rules import Deed, State

DAY = timedelta(days=1)


class Refused(Exception):
    """It cannot be done; the text is fit to show."""


# Where somebody works --------------------------------------------------------------------------------------


@transaction.atomic
def approve_domain(domain: str, municipalities: Iterable[Municipality], *, by: Person, now: datetime) -> None:
    """Say that addresses of ``domain`` are of people who work for these municipalities. Twice is once.

    Raises ``Refused`` for a domain that proves nothing.
    """
    domain = rules.normalised_domain(domain)
    _must_be_team(by)
    if not domain:
        raise Refused(_("Dit is geen domein. Vul in wat achter de @ staat, zoals voorbeeldstad.nl."))
    if rules.proves_nothing(domain):
        raise Refused(_("Bij dit domein krijgt iedereen een adres. Het zegt niet bij wie iemand werkt."))
    for municipality in municipalities:
        MailDomain.objects.get_or_create(
            domain=domain,
            municipality=municipality,
            withdrawn_at=None,
            defaults={"approved_by": by, "approved_at": now},
        )
    changed(AREA, now=now)


@transaction.atomic
def withdraw_domain(domain: MailDomain, *, by: Person, reason: str, now: datetime) -> None:
    """Take the approval back; it disappears beside every name, and who showed it is told. Twice is once."""
    _must_be_team(by)
    domain = MailDomain.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=domain.pk)
    if domain.withdrawn_at:
        return
    domain.withdrawn_by, domain.withdrawn_at, domain.reason = by, now, reason
    domain.save()
    for workplace in Workplace.objects.filter(domain=domain, ended_at=None).select_related("person__address"):
        workplace.ended_at = now
        workplace.save()
        _mail(
            "work_ended",
            workplace.person,
            {"municipality": domain.municipality.name, "reason": reason, "path": reverse("people:profile")},
            key=f"workplace-{workplace.pk}-ended",
            now=now,
        )
        showing.tell(workplace.person_id, now)
    changed(AREA, now=now)


@transaction.atomic
def show_work(person: Person, domain: MailDomain | None, *, now: datetime) -> None:
    """Show that ``person`` works where their address says; None: show it no more.

    Raises ``Refused`` when the address does not prove it, or not any more.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("address").get(pk=person.pk)
    if domain and not (
        person.address
        and person.address.verified_at
        and MailDomain.objects.valid().of_email(person.address.email).filter(pk=domain.pk).exists()
    ):
        raise Refused(_("Je adres hoort niet meer bij deze gemeente."))
    shown = Workplace.objects.filter(person=person, ended_at=None).first()
    if (shown.domain_id if shown else None) == (domain.pk if domain else None):
        return
    Workplace.objects.filter(person=person, ended_at=None).update(ended_at=now)
    if domain:
        Workplace.objects.create(person=person, domain=domain, begun_at=now)
    showing.tell(person.pk, now)
    changed(AREA, now=now)


# Contacts ---------------------------------------------------------------------------------------------------


@transaction.atomic
def make_contact(person: Person, municipality: Municipality, *, by: Person, now: datetime) -> Contact:
    """Let ``person`` decide for a municipality who speaks for it, and tell them. Twice is once."""
    _must_be_team(by)
    contact, is_new = Contact.objects.get_or_create(
        person=person, municipality=municipality, withdrawn_at=None, defaults={"made_by": by, "made_at": now}
    )
    if is_new:
        _mail(
            "contact_made",
            person,
            {"municipality": municipality.name, "path": reverse("people:municipality_desk")},
            key=f"contact-{contact.pk}-made",
            now=now,
        )
    return contact


@transaction.atomic
def withdraw_contact(contact: Contact, *, by: Person, reason: str, now: datetime) -> None:
    """Let somebody decide no more, and tell them. What they gave stays until somebody withdraws it."""
    _must_be_team(by)
    contact = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("person__address", "municipality")
        .get(pk=contact.pk)
    )
    if contact.withdrawn_at:
        return
    contact.withdrawn_by, contact.withdrawn_at, contact.reason = by, now, reason
    contact.save()
    _mail(
        "contact_ended",
        contact.person,
        {"municipality": contact.municipality.name, "reason": reason},
        key=f"contact-{contact.pk}-ended",
        now=now,
    )


# Mandates ---------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(person: Person, municipality: Municipality, *, words: str, now: datetime) -> Mandate:
    """Ask to speak for a municipality: its contacts are mailed, or the team where there is none. Twice is once.

    Raises ``Refused``.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("address").get(pk=person.pk)
    there = Mandate.objects.open().filter(person=person, municipality=municipality).first()
    if there:
        return there
    if Mandate.objects.filter(
        person=person, municipality=municipality, state=State.REFUSED, changed_at__gt=now - rules.ASK_AGAIN
    ).exists():
        raise Refused(
            _(
                "Deze gemeente zei kort geleden nee. Na 30 dagen kun je het weer vragen. Bel of mail ons als er iets niet klopt."
            )
        )
    email = person.address.email if person.address else ""
    if floods.count("mandates", email, per=DAY, now=now) > rules.MAX_ASKS_PER_DAY:
        raise Refused(_("Je vroeg dit vandaag al vaak. Morgen kan het weer."))
    mandate = Mandate.objects.create(
        person=person, municipality=municipality, state=State.ASKED, words=words, changed_at=now
    )
    _note(mandate, Deed.ASK, person, "", now)
    for decider in deciders(mandate):
        _mail(
            "mandate_asked",
            decider,
            {
                "name": person.name,
                "municipality": municipality.name,
                "path": reverse("people:decide_mandate", args=[mandate.pk]),
            },
            key=f"mandate-{mandate.pk}-asked-{decider.pk}",
            now=now,
        )
    return mandate


def deciders(mandate: Mandate) -> list[Person]:
    """Who is asked: the municipality's contacts, or the team where there is no other than the asker."""
    contacts = Contact.objects.now().filter(municipality=mandate.municipality_id).exclude(person=mandate.person_id)
    found = [each.person for each in contacts.select_related("person__address").order_by("pk")]
    return found or list(Person.objects.team().exclude(pk=mandate.person_id).select_related("address"))


@transaction.atomic
def decide(mandate: Mandate, *, granted: bool, by: Person, reason: str, now: datetime) -> Mandate:
    """Give or refuse what was asked, and tell the asker. Raises ``Refused``."""
    mandate = _locked(mandate)
    if not rules.may_decide(by, mandate, contact_of=Contact.objects.municipalities_of(by)):
        raise Refused(_("Hierover beslist een contactpersoon van deze gemeente, of het projectteam."))
    if mandate.state != State.ASKED:
        raise Refused(_("Dit is intussen al beslist. Er is niets veranderd."))
    if granted:
        _give(mandate, by, reason, now)
    else:
        mandate.state, mandate.changed_at = State.REFUSED, now
        mandate.save()
        _note(mandate, Deed.REFUSE, by, reason, now)
        _tell("mandate_refused", mandate, reason, now)
    return mandate


@transaction.atomic
def give(person: Person, municipality: Municipality, *, by: Person, now: datetime) -> Mandate:
    """Give a mandate that was offered and is now accepted. Raises ``Refused`` when ``by`` may not, or not any more."""
    person = Person.objects.select_for_update(of=("self",)).select_related("address").get(pk=person.pk)
    mandate = Mandate.objects.open().filter(person=person, municipality=municipality).first()
    if mandate is None:
        mandate = Mandate(person=person, municipality=municipality, state=State.ASKED, changed_at=now)
    if not rules.may_decide(by, mandate, contact_of=Contact.objects.municipalities_of(by)) or by.erased_at:
        raise Refused(_("Wie je dit gaf, beslist hier niet meer over. Vraag het een andere contactpersoon, of ons."))
    if mandate.state == State.ASKED:
        mandate.save()
        _give(mandate, by, "", now)
    return mandate


@transaction.atomic
def withdraw(mandate: Mandate, *, by: Person, reason: str, now: datetime) -> Mandate:
    """End a mandate, or take back the asking. It disappears everywhere at once. Twice is once. Raises ``Refused``."""
    mandate = _locked(mandate)
    if not rules.may_withdraw(by, mandate, contact_of=Contact.objects.municipalities_of(by)):
        raise Refused(_("Dit kan alleen wie het gaf, een contactpersoon, het projectteam of de spreker zelf."))
    if mandate.state in (State.ASKED, State.GIVEN):
        mandate.state, mandate.changed_at = State.ENDED, now
        mandate.save()
        _note(mandate, Deed.WITHDRAW, by, reason, now)
        if by.pk != mandate.person_id:
            _tell("mandate_ended", mandate, reason, now)
        showing.tell(mandate.person_id, now)
        changed(AREA, now=now)
    return mandate


def erase_old(*, now: datetime) -> None:
    """Forget what ended long ago."""
    limit = now - rules.HISTORY_LIFE
    Mandate.objects.past_end(now).delete()
    Workplace.objects.filter(ended_at__lte=limit).delete()
    Contact.objects.filter(withdrawn_at__lte=limit).delete()


def _give(mandate: Mandate, by: Person, reason: str, now: datetime) -> None:
    if Mandate.objects.filter(person=mandate.person_id, state=State.GIVEN).exclude(pk=mandate.pk).exists():
        raise Refused(_("Deze persoon spreekt al namens een andere gemeente. Dat moet eerst stoppen."))
    mandate.state, mandate.given_by, mandate.changed_at = State.GIVEN, by, now
    mandate.save()
    _note(mandate, Deed.GIVE, by, reason, now)
    _tell("mandate_given", mandate, reason, now)
    showing.tell(mandate.person_id, now)
    changed(AREA, now=now)


def _note(mandate: Mandate, deed: Deed, by: Person, reason: str, now: datetime) -> None:
    MandateChange.objects.create(mandate=mandate, deed=deed, by=by, at=now, reason=reason)


def _locked(mandate: Mandate) -> Mandate:
    return (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("person__address", "municipality")
        .get(pk=mandate.pk)
    )


def _must_be_team(by: Person) -> None:
    if not by.is_team:
        raise Refused(_("Dit kan alleen het projectteam."))


def _tell(letter: str, mandate: Mandate, reason: str, now: datetime) -> None:
    _mail(
        letter,
        mandate.person,
        {"municipality": mandate.municipality.name, "reason": reason, "path": reverse("people:municipality_desk")},
        key=f"mandate-{mandate.pk}-{mandate.state}",
        now=now,
    )


def _mail(letter: str, person: Person, facts: dict[str, str], *, key: str, now: datetime) -> None:
    if person.address:
        mail.send(f"mail/people/{letter}.md", to=person.address.email, context=facts, key=key, now=now)
