"""The categories: the themes as they ship, and one about the network itself (decisions 21)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meedoen.themes.records import THEMES

from .rules import NETWORK

Words = str | Promise

# What each category is for, in a sentence.
PURPOSES = {
    "onderwijs": _("Naar school gaan, leren en je ontwikkelen."),
    "thuis": _("Wonen waar en hoe je wilt."),
    "werk": _("Werk vinden, werk houden en rondkomen."),
    "vrije-tijd": _("Sport, spel, uitgaan, cultuur en vakantie."),
    "vervoer": _("Met de bus, de trein, de taxi of op eigen wielen."),
    "welzijn": _("Zorg, hulp en een goed leven."),
    "gelijke-behandeling": _("Meedoen zoals iedereen, zonder dat iemand je uitsluit."),
    "bestuur": _("Plannen maken, zoals een Lokale Inclusie Agenda, en ze uitvoeren."),
    "bewustwording": _("Laten zien wat mensen kunnen, en wat hen tegenhoudt."),
    "openbare-ruimte": _("Stoepen, speeltuinen, gebouwen en toiletten."),
    "informatie": _("Websites, brieven en loketten die iedereen begrijpt."),
    "democratie": _("Stemmen, inspreken en meebeslissen."),
    "ervaringsdeskundigheid": _("Samenwerken met mensen die het zelf meemaken."),
    "crisis": _("Hulp als er brand, hoog water of geweld is."),
    NETWORK: _("Vragen en ideeën over dit netwerk en deze site."),
}


@dataclass(frozen=True, slots=True)
class Category:
    """A part of the forum; its id is its address."""

    id: str
    name: Words
    purpose: Words


CATEGORIES: dict[str, Category] = {
    **{theme.id: Category(theme.id, theme.short, PURPOSES[theme.id]) for theme in THEMES},
    NETWORK: Category(NETWORK, _("Het netwerk zelf"), PURPOSES[NETWORK]),
}


def offer_question(theme: str) -> tuple[str, str]:
    """What the forum offers to do about a theme: ask something in its category."""
    query = f"?{urlencode({'onderdeel': theme})}" if theme in CATEGORIES else ""
    return gettext("Stel je vraag op het forum"), reverse("forum:ask") + query
