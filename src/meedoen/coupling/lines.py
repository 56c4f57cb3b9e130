"""How an ask or offer is told in lines, each as it can be written back in an answer: ``hoe: bellen``."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from meedoen.kernel.dutch import join
from meedoen.municipalities.models import Municipality

from .hearing import KIND, LENGTH, MUNICIPALITY, WAYS
from .rules import For, Length, Way

FOR = {For.DUO: ("duo",), For.MUNICIPALITY: ("gemeente",), For.RESIDENT: ("inwoner", "inwoners")}
WAY = {
    Way.CALL: ("bellen", "telefoon", "telefonisch"),
    Way.VISIT: ("bezoek", "langskomen"),
    Way.ONLINE: ("online", "beeldbellen", "digitaal"),
}
LENGTHS = {Length.ONCE: ("een keer", "eenmalig", "1 keer"), Length.LONGER: ("langer", "langere tijd")}

Row = dict[str, str]


def rows(told: Mapping[str, Any], only: Collection[str] = (KIND, MUNICIPALITY, WAYS, LENGTH)) -> list[Row]:
    """What is told of these."""
    number = told.get(MUNICIPALITY)
    place = Municipality.objects.filter(pk=number).first() if number and MUNICIPALITY in only else None
    found = {
        KIND: row(_("Wie ben je"), _names(FOR, [told[KIND]])),
        MUNICIPALITY: row(_("Gemeente"), place.name if place else _("niet ingevuld")),
        WAYS: row(_("Hoe"), _names(WAY, told[WAYS])),
        LENGTH: row(_("Hoe lang"), _names(LENGTHS, [told[LENGTH]])),
    }
    return [each for name, each in found.items() if name in only]


def row(label: str, value: str) -> Row:
    """One of them."""
    return {"label": label, "value": value}


def _names(meanings: Mapping[Any, tuple[str, ...]], chosen: Collection[str]) -> str:
    """As they are typed in an answer, so that each can be written back as it is read."""
    spoken = {"een keer": _("één keer"), "langer": _("langer")}
    found = [names[0] for key, names in meanings.items() if key.value in chosen]
    return join([spoken.get(each, each) for each in found])
