"""A celebration as the page of who told it finds it, and who may change it there."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.celebrations import actions, rules
from meedoen.celebrations.models import Celebration
from meedoen.pages.missing import Missing


def own(secret: str) -> Celebration:
    """The celebration with that secret."""
    return get_object_or_404(Celebration.objects.select_related("offered_by"), secret=secret)


def may_change(request: Any, celebration: Celebration) -> bool:
    """Whether who asks may change it now."""
    person = getattr(request, "person", None)
    return rules.may_be_changed(celebration, is_keeper=actions.is_keeper(person, celebration))


def changeable(request: Any, secret: str) -> Celebration:
    """The celebration with that secret, when who asks may change it. Raises ``Missing``."""
    celebration = own(secret)
    if not may_change(request, celebration):
        raise Missing(_("Dit kun je niet meer veranderen. Mail of bel ons, dan doen wij het."))
    return celebration


def trail(celebration: Celebration) -> list[tuple[str, str]]:
    """The way back from a page about it."""
    return [(_("Successen"), reverse("celebrations:wall")), (_("Je succes"), celebration.own_url)]
