"""The rows of links at the top and the bottom of each page; later packages add theirs here."""

from django.urls import reverse
from django.utils.translation import gettext as _


def items() -> list[tuple[str, str]]:
    """The main navigation: (label, address) in the order in which people read it."""
    return [
        (_("Forum"), reverse("forum:home")),
        (_("Nieuws"), reverse("library:news")),
        (_("Kennisbank"), reverse("library:shelf")),
        (_("Bijeenkomsten"), reverse("meetings:list")),
        (_("Gemeenten"), reverse("municipalities:list")),
        (_("Koppelen"), reverse("coupling:about")),
        (_("Successen"), reverse("celebrations:wall")),
        (_("Manifest"), reverse("municipalities:manifest")),
        (_("Over het netwerk"), reverse("home:about")),
    ]


def statements() -> list[tuple[str, str]]:
    """The links at the foot of each page."""
    return [
        (_("Over het netwerk"), reverse("home:about")),
        (_("Contact"), reverse("home:contact")),
        (_("Nieuwsbrief"), reverse("newsletter:newsletter")),
        (_("Privacy"), reverse("home:privacy")),
        (_("Spelregels"), reverse("home:rules")),
        (_("Toegankelijkheid"), reverse("home:accessibility")),
    ]
