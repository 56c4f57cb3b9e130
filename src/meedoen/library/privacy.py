"""What the library holds of a person: who made, looked at and took down its texts."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import Remark, Typing, Version, Withdrawal, Work

ERASED = "…"  # stands where a remark was of somebody who took their words along


def declare() -> None:
    """Make it known."""
    register(TYPED)
    register(MADE)


def _export(person: Person) -> list[dict[str, Any]]:
    works = Work.objects.filter(Q(begun_by=person) | Q(changed_by=person) | Q(asked_by=person)).order_by("pk")
    versions = Version.objects.filter(by=person).select_related("work").order_by("at", "pk")
    remarks = Remark.objects.filter(by=person).select_related("work").order_by("at", "pk")
    withdrawn = Withdrawal.objects.filter(by=person).select_related("article").order_by("at", "pk")
    return [
        *({"soort": "tekst", "titel": each.title, "op": _moment(each.begun_at)} for each in works),
        *(
            {
                "soort": "bewaard",
                "titel": each.work.title,
                "nummer": each.number,
                "wat veranderde": each.sentence,
                "op": _moment(each.at),
            }
            for each in versions
        ),
        *(
            {"soort": "opmerking", "titel": each.work.title, "tekst": each.text, "op": _moment(each.at)}
            for each in remarks
        ),
        *(
            {"soort": "van de site gehaald", "titel": each.article.title, "waarom": each.reason, "op": _moment(each.at)}
            for each in withdrawn
        ),
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """Erase who did it. The texts are the network's and stay; remarks go along with whoever takes their words."""
    for name in ("begun_by", "changed_by", "asked_by"):
        Work.objects.filter(**{name: person}).update(**{name: None})
    Version.objects.filter(by=person).update(by=None)
    Withdrawal.objects.filter(by=person).update(by=None)
    remarks = Remark.objects.filter(by=person)
    if erasing.with_texts:
        remarks.update(text=ERASED)
    remarks.update(by=None)


def _export_typed(person: Person) -> list[dict[str, Any]]:
    return [
        {"titel": each.work.title, "getypt": each.fields, "op": _moment(each.changed_at)}
        for each in Typing.objects.filter(person=person).select_related("work")
    ]


def _erase_typed(person: Person, erasing: Erasing) -> None:
    Typing.objects.filter(person=person).delete()


def _moment(at: Any) -> str:
    return str(at.isoformat(timespec="seconds"))


TYPED = Holding(
    name=_("Wat je bij beheer typte en nog niet bewaarde"),
    tables=(Typing,),
    what=_("De woorden in het formulier, en wanneer je ze typte. Anderen zien alleen dat je bezig bent."),
    why=_("Zo raak je niets kwijt, en weet een ander dat jij ook schrijft."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot je bewaart of weggooit, en anders 90 dagen."),
    export=_export_typed,
    erase=_erase_typed,
)
MADE = Holding(
    name=_("Wat je maakte bij beheer"),
    tables=(Work, Version, Remark, Withdrawal),
    what=_("Welke teksten je maakte, bewaarde, publiceerde of weghaalde, en wat je erover zei."),
    why=_("Zo weet wie eraan werkt, wie iets veranderde en waarom."),
    basis=_("Het netwerk wil weten hoe zijn teksten ontstaan (gerechtvaardigd belang)."),
    until=_("Dat jij het deed, tot je vraagt om alles te wissen. De teksten blijven staan zonder je naam."),
    export=_export,
    erase=_erase,
)
