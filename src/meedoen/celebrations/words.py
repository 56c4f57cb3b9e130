"""Celebrations in words: what is celebrated, where one stands, what was decided."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel import dutch

from .models import Celebration
from .rules import Deed, Kind, State

KINDS = {
    Kind.PRESENTED: gettext_lazy("Een Lokale Inclusie Agenda gepresenteerd"),
    Kind.ADOPTED: gettext_lazy("Een Lokale Inclusie Agenda vastgesteld"),
    Kind.TOGETHER: gettext_lazy("Samen begonnen of teruggekeken"),
    Kind.PRIZE: gettext_lazy("Een prijs gewonnen"),
    Kind.FIRST: gettext_lazy("Iets voor het eerst"),
    Kind.OTHER: gettext_lazy("Iets anders om te vieren"),
}
STATES = {
    State.WAITING: gettext_lazy("Het team kijkt er nog naar. Daarna komt het op de site."),
    State.ASKED: gettext_lazy("Het team vraagt je om iets te veranderen."),
    State.PUBLISHED: gettext_lazy("Het staat op de site."),
    State.REFUSED: gettext_lazy("Het team plaatste dit niet, of haalde het weg."),
    State.WITHDRAWN: gettext_lazy("Je trok dit in. Niemand ziet het meer."),
}
DONE = {
    Deed.PUBLISH: gettext_lazy("Het succes staat op de site"),
    Deed.ASK: gettext_lazy("Gevraagd om iets te veranderen"),
    Deed.REFUSE: gettext_lazy("Het succes staat niet op de site"),
}


def names_of(celebration: Celebration) -> str:
    """Its municipalities: ``Stein en Zwolle``."""
    return dutch.join([each.name for each in celebration.municipalities.all()])


def kind_of(celebration: Celebration) -> str:
    """What is celebrated."""
    return str(KINDS[Kind(celebration.kind)])


def meta_of(celebration: Celebration) -> str:
    """Under its title in a list: when, and of whom."""
    when = celebration.when or _("Jaar niet bekend")
    names = names_of(celebration)
    return f"{when}, {names}" if names else when
