"""What stands on the page of what a municipality shared, for its contact: the way to tell others about it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel import clock
from meedoen.municipalities.facts import ways

from . import reading
from .rules import Said
from .views import answers_for, yes_url


def register() -> None:
    """Put it in; at start-up."""
    ways.register(way)


def way(request: Any, source: str) -> tuple[str, str, str] | None:
    """To the form of an offer, or to what was said before; for who is no contact it asks nothing of what was shared."""
    mine = answers_for(request)
    if not mine:
        return None
    found = [each for each in reading.all_of(mine, clock.now()) if each.facts[0].source == source]
    if not found:
        return None
    proposal = min(found, key=lambda each: each.growth is not None)
    if proposal.growth is None:
        return (
            _("Dit is van jullie gemeente. Wil je er een andere gemeente over vertellen? Dan zoeken we er een bij."),
            _("Bied aan om hierover te vertellen"),
            yes_url(proposal),
        )
    said = (
        _("Dit is van jullie gemeente. Jullie boden al aan om erover te vertellen.")
        if proposal.growth.said == Said.YES
        else _("Dit is van jullie gemeente. Jullie wilden er niet over vertellen. Dat kun je terugdraaien.")
    )
    return said, _("Bekijk wat jullie kunnen vertellen"), reverse("coupling:growing")
