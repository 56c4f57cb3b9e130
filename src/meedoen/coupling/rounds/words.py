"""Rounds and proposals in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.coupling import words as asked
from meedoen.coupling.matching.rules import Why
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Side
from meedoen.coupling.scoring.rules import MOST, Part, Weight
from meedoen.coupling.scoring.words import PARTS
from meedoen.kernel.dutch import join, number
from meedoen.municipalities.models import Municipality

from .actions import IN_COUPLING, NOT_YET
from .models import Proposal, Round
from .reading import name_of
from .rules import ProposalState

STATES = {
    ProposalState.PROPOSED: gettext_lazy("Wacht op jullie"),
    ProposalState.INTRODUCED: gettext_lazy("Voorgesteld"),
    ProposalState.REFUSED: gettext_lazy("Niet deze twee"),
}
WHY = {
    Why.NO_EDGE.value: gettext_lazy("Niemand past er nu bij. Ken jij iemand? Zet die twee dan vast."),
    Why.OWN_MUNICIPALITY.value: gettext_lazy("Wie erbij past, is van dezelfde gemeente."),
    Why.BANNED.value: gettext_lazy(
        "Wie erbij past, is al aan hen of hun gemeente voorgesteld. Of jullie houden ze uit elkaar."
    ),
    Why.MUNICIPALITY_AT_LIMIT.value: gettext_lazy("De eigen gemeente doet al zo vaak mee als mag."),
    Why.CANDIDATES_FULL.value: gettext_lazy(
        "Wie erbij past, heeft nu geen plaats meer. In de volgende ronde doen ze weer mee."
    ),
    NOT_YET: gettext_lazy("Ze willen later beginnen. Dan doen ze vanzelf mee."),
    IN_COUPLING: gettext_lazy("Ze doen al mee aan een koppeling."),
}
WEIGHTS = {
    Weight.NONE: gettext_lazy("telt niet mee"),
    Weight.NORMAL: gettext_lazy("telt mee"),
    Weight.HEAVY: gettext_lazy("telt zwaar mee"),
}


def title_of(proposal: Proposal) -> str:
    """``Utrecht en een inwoner van Almere``, as they were called then; a capital first."""
    said = join(proposal.names)
    return said[:1].upper() + said[1:]


def titles_of(proposals: Sequence[Proposal]) -> dict[int, str]:
    """What each is called where they stand together, by its number: residents have one name, links have not."""
    titles = {each.pk: title_of(each) for each in proposals}
    times = Counter(titles.values())
    is_one_round = len({each.round_id for each in proposals}) == 1
    said = _("%(title)s (voorstel %(place)s)") if is_one_round else _("%(title)s (ronde %(round)s, voorstel %(place)s)")
    return {
        each.pk: said % {"title": title, "round": each.round_id, "place": each.place} if times[title] > 1 else title
        for each, title in zip(proposals, titles.values(), strict=True)
    }


def score_words(proposal: Proposal, found: Round) -> str:
    """``73 van 100 punten``: of what could be had with the weights of that round."""
    most = sum(found.weights[part] * found.factors[part] for part in found.weights) * MOST
    return _("%(score)s van 100 punten") % {"score": proposal.score * 100 // most if most else 0}


def part_rows(proposal: Proposal, found: Round) -> list[tuple[str, int, str]]:
    """(part, points, how it weighs) of each part that there was then."""
    return [
        (
            str(PARTS[part]),
            proposal.points[part.value],
            f"{found.weights[part.value]}, {WEIGHTS[Weight(found.factors[part.value])]}",
        )
        for part in Part
        if part.value in proposal.points
    ]


def weights_words(found: Round) -> str:
    """What counted otherwise than usual in that round; empty where nothing did."""
    other = [
        f"{PARTS[part]} {WEIGHTS[Weight(found.factors[part.value])]}"
        for part in Part
        if found.factors.get(part.value, Weight.NORMAL) != Weight.NORMAL
    ]
    return join(other)


def outcome_words(found: Round) -> str:
    """How many askers get somebody, of how many."""
    served = found.served_count
    asks = served + len(found.left)
    if not asks:
        return _("Er stond geen vraag open")
    if asks == 1:
        return _("De ene vrager krijgt iemand") if served else _("De ene vrager heeft nog niemand")
    return ngettext(
        "%(served)s van de %(asks)s vragers krijgt iemand", "%(served)s van de %(asks)s vragers krijgen iemand", served
    ) % {"served": number(served), "asks": number(asks)}


def columns_of(requests: Sequence[CouplingRequest | None], names: Sequence[str]) -> list[str]:
    """The head of each column: whose ask or offer it is."""
    heads = []
    for request, name in zip(requests, names, strict=False):
        side = asked.NAMES[Side(request.side)] if request else _("Weg")
        heads.append(f"{side}: {name}")
    return heads


def rows_of(requests: Sequence[CouplingRequest | None], columns: Sequence[str]) -> list[dict[str, Any]]:
    """What they told, side by side, as rows of a comparison; what nobody told has no row."""
    told: dict[str, list[str]] = {}
    for place, request in enumerate(requests):
        rows = (
            [{"key": _("Wat ze schreven"), "value": request.text}, *asked.facts(asked.answers_of(request))]
            if request
            else []
        )
        for row in rows:
            told.setdefault(row["key"], [""] * len(requests))[place] = row["value"]
    told_rows = [
        {
            "label": label,
            "cells": [
                {"column": column, "text": value or _("niet verteld"), "links": []}
                for column, value in zip(columns, values, strict=True)
            ],
        }
        for label, values in told.items()
    ]
    return [*told_rows, {"label": _("Wat ermee gebeurde"), "cells": list(map(_page_of, requests, columns))}]


def _page_of(request: CouplingRequest | None, column: str) -> dict[str, Any]:
    """The way to its own page at the desk."""
    if request is None:
        return {"column": column, "text": _("gewist"), "links": []}
    link = {"url": reverse("team:coupling", args=[request.pk]), "text": column, "external": False}
    return {"column": column, "text": "", "links": [link]}


def called(request: CouplingRequest, presents: Mapping[int, Municipality]) -> str:
    """What the team calls who asks or offers now."""
    place = request.municipality
    return name_of(request, presents.get(place.pk, place) if place else None)


def figures_words(found: Round) -> list[str]:
    """How the load is spread, in sentences."""
    told = found.figures
    said = [
        ngettext(
            "Niemand doet mee aan meer dan %(most)s koppeling.",
            "Niemand doet mee aan meer dan %(most)s koppelingen.",
            told["largest_load"],
        )
        % {"most": told["largest_load"]},
        _("Verdeling over wie iets aanbiedt: %(gini)s (0 is precies eerlijk, bij 1 doet er een alles).")
        % {"gini": number(told["gini"])},
    ]
    if told["asked"]:
        said.append(
            _("Kleine gemeenten: %(asked)s van de %(all)s die vragen, %(served)s van de %(given)s die iemand krijgen.")
            % {
                "asked": told["small_asked"],
                "all": told["asked"],
                "served": told["small_served"],
                "given": told["served"],
            }
        )
    return said
