"""What the vault holds of a person; handed over in clear to them, and to nobody else."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import actions, reading, waiting
from .models import Consent, Look, Sealed, Waiting


def declare() -> None:
    """Make it known."""
    register(NEEDS)
    register(CONSENTS)


def _needs(person: Person) -> list[dict[str, Any]]:
    return [*_kept(person), *_waiting(person)]


def _kept(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "waarvoor": str(need.purpose),
            "bij": need.title,
            "wat": need.content if need.problem == "" else need.problem,
            "bewaard sinds": need.put_at.isoformat(timespec="seconds"),
            "tot": need.until.isoformat(timespec="seconds"),
            "gewist": str(need.ending),
            "wie keek": [
                {"wie": look.who, "waarom": str(look.why), "wanneer": look.at.isoformat(timespec="seconds")}
                for look in need.looks
            ],
        }
        for need in reading.needs_of(person)
    ]


def _waiting(person: Person) -> list[dict[str, Any]]:
    """What they wrote by mail and did not agree to yet, or what is on its way."""
    found = []
    for each in Waiting.objects.filter(person=person).order_by("put_at", "pk"):
        try:
            content: Any = waiting.held(each.mark, now=each.put_at)
        except actions.Refused as problem:
            content = str(problem)
        found.append(
            {
                "waarvoor": _("Dit schreef je per mail. Het wacht nog."),
                "wat": content,
                "bewaard sinds": each.put_at.isoformat(timespec="seconds"),
                "tot": each.until.isoformat(timespec="seconds"),
            }
        )
    return found


def _consents(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "waarvoor": consent.kind,
            "bij": consent.subject,
            "de woorden": consent.wording.words,
            "kenmerk van de woorden": consent.wording.digest,
            "gegeven op": consent.given_at.isoformat(timespec="seconds"),
            "gegeven door": _("jijzelf") if consent.given_by_id == person.pk else _("iemand die je hielp"),
            "ingetrokken op": consent.withdrawn_at.isoformat(timespec="seconds") if consent.withdrawn_at else "",
        }
        for consent in Consent.objects.filter(person=person).select_related("wording").order_by("given_at", "pk")
    ]


def _erase_needs(person: Person, erasing: Erasing) -> None:
    Sealed.objects.filter(person=person).delete()
    Waiting.objects.filter(person=person).delete()


def _erase_consents(person: Person, erasing: Erasing) -> None:
    Consent.objects.filter(person=person).delete()
    Consent.objects.filter(given_by=person).update(given_by=None)


NEEDS = Holding(
    name=gettext_lazy("Wat je nodig hebt om mee te doen"),
    tables=(Sealed, Look, Waiting),
    what=gettext_lazy("Wat je ons vroeg om goed mee te kunnen doen, en wie daarnaar keek. Het ligt op slot."),
    why=gettext_lazy("Zo kunnen we het regelen. Voor iets anders gebruiken we het niet."),
    basis=gettext_lazy("Je gaf ons toestemming (toestemming, ook voor gegevens over gezondheid)."),
    until=gettext_lazy(
        "Tot de datum die erbij staat, of tot je het laat wissen. Dat het er was en wie keek, weten we nog een jaar."
    ),
    export=_needs,
    erase=_erase_needs,
    page="people:needs",
)
CONSENTS = Holding(
    name=gettext_lazy("Waar je toestemming voor gaf"),
    tables=(Consent,),
    what=gettext_lazy("Waar je ja op zei, met de woorden die er toen stonden."),
    why=gettext_lazy("Zo kunnen we laten zien dat je het goed vond, en kun je het intrekken."),
    basis=gettext_lazy("De wet vraagt dat we dit kunnen laten zien (wettelijke plicht)."),
    until=gettext_lazy("Tot een jaar nadat je het introk, of nadat de tijd voorbij was."),
    export=_consents,
    erase=_erase_consents,
    page="people:needs",
)
