"""What somebody who is signed in asked and offered to couple, and whom they were introduced to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Side
from meedoen.coupling.rules import State as Stand
from meedoen.coupling.words import NAMES, STATES
from meedoen.people.entrance.guards import identified

from . import words
from .models import Party

MINE_SHOWN = 50  # the newest ones; more is no person's doing


@identified
@require_GET
def mine(request: Any) -> HttpResponse:
    """``/koppelen/mijn/``."""
    asked = CouplingRequest.objects.filter(person=request.person).order_by("-made_at", "-pk")[:MINE_SHOWN]
    parties = Party.objects.filter(person=request.person).order_by("-pk")[:MINE_SHOWN]
    context = {
        "asked": [
            {"side": NAMES[Side(each.side)], "found": each, "state": STATES[Stand(each.state)]} for each in asked
        ],
        "meetings": words.meetings_of(list(parties)),
    }
    return render(request, "coupling/introducing/mine.html", context)
