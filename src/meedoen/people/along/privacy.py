"""What is held of somebody who helps or is helped."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .actions import ALONG
from .models import Bond, DoneAlong


def declare() -> None:
    """Make it known."""
    register(HELP)


def _export(person: Person) -> list[dict[str, Any]]:
    """Both sides; what was done stands with whose deed it was. Nobody's address but one's own."""
    found = Bond.objects.of(person).select_related("helped", "helper").prefetch_related("deeds").order_by("pk")
    return [
        {
            "wie helpt jou" if each.helped_id == person.pk else "wie help jij": each.helper_name
            if each.helped_id == person.pk
            else each.helped.name,
            "sinds": each.confirmed_at.isoformat(timespec="seconds") if each.confirmed_at else "",
            "tot": each.ends_on.isoformat(),
            "gestopt op": each.ended_at.isoformat(timespec="seconds") if each.ended_at else "",
            "wat er gebeurde": [
                f"{deed.what}, {deed.at.isoformat(timespec='seconds')}: {deed.title}" for deed in each.deeds.all()
            ]
            if each.helped_id == person.pk
            else [],
        }
        for each in found
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    """End it on both sides; who was helped takes along what was done for them."""
    bonds = Bond.objects.of(person)
    numbers = list(bonds.values_list("pk", flat=True))
    PendingAct.objects.filter(payload__along__in=numbers).delete()
    PendingAct.objects.filter(kind=ALONG, payload__bond__in=numbers).delete()
    bonds.filter(ended_at=None).update(ended_at=erasing.now, ended_by=person)
    Bond.objects.filter(helped=person).update(name="", email="")
    DoneAlong.objects.filter(bond__helped=person).delete()


HELP = Holding(
    name=_("Wie helpt, en wie geholpen wordt"),
    tables=(Bond, DoneAlong),
    what=_("Wie met je meedoet of met wie jij meedoet, tot wanneer, en wat er zo gebeurde."),
    why=_("Zo zie je wat een ander voor je deed, en kun je het stoppen."),
    basis=_("We doen wat je ons vroeg (overeenkomst)."),
    until=_("Tot een jaar nadat het stopte. Een vraag waar niemand ja op zegt, wissen we na 7 dagen."),
    export=_export,
    erase=_erase,
    page="people:help",
)
