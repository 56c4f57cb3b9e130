"""What the newsletter holds of a person. That they get it stands with what they follow."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meedoen.people.models import Person
from meedoen.people.privacy.register import Erasing, Holding, register

from .models import Choice
from .reading import KIND


def declare() -> None:
    """Make it known."""
    register(CHOICES)


def _choices(person: Person) -> list[dict[str, Any]]:
    return [
        {"makkelijke taal": each.is_easy, "alleen platte tekst": each.is_plain}
        for each in Choice.objects.filter(follow__person=person, follow__subject__kind=KIND)
    ]


def _erase(person: Person, erasing: Erasing) -> None:
    Choice.objects.filter(follow__person=person).delete()


CHOICES = Holding(
    name=_("Hoe je de nieuwsbrief krijgt"),
    tables=(Choice,),
    what=_("Of je de nieuwsbrief in makkelijke taal wilt, en of je platte tekst wilt."),
    why=_("Zo krijg je de nieuwsbrief op jouw manier."),
    basis=_("Je vroeg ons om je te mailen (toestemming)."),
    until=_("Tot 30 dagen nadat je stopte met de nieuwsbrief."),
    export=_choices,
    erase=_erase,
)
