"""What is kept of somebody who was erased: a mark, so that a backup does not bring them back."""

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from . import erasures
from .models import Erasure


def declare() -> None:
    """Make it known."""
    register(ERASED)


def _erase(person: Person, erasing: Erasing) -> None:
    erasures.note(person, with_texts=erasing.with_texts, now=erasing.now)


ERASED = Holding(
    name=_("Dat je weg wilde"),
    tables=(Erasure,),
    what=_("Als je alles laat wissen: een kenmerk zonder naam of adres, en of je teksten ook weg moesten."),
    why=_("Zo kom je niet terug als we de site uit een oudere kopie moeten herstellen."),
    basis=_("De wet vraagt dat wissen echt wissen is (wettelijke plicht)."),
    until=_("2 jaar. Dan is er ook geen kopie meer waar je nog in staat."),
    export=lambda _person: [],
    erase=_erase,
)
