"""Run a round: the best over all that stands now, with the reasons, and who is left and why."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing.words import first_questions
from meedoen.coupling.matching import figures, keeping, solving
from meedoen.coupling.matching.rules import Edge, Impossible, Outcome, Problem
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rounds import reading, rules
from meedoen.coupling.rounds.models import Proposal, Round
from meedoen.coupling.rounds.rules import pair_of
from meedoen.coupling.rounds.weighing import Weighed
from meedoen.coupling.rules import Side
from meedoen.coupling.scoring import rules as scoring
from meedoen.coupling.scoring.rules import Factors, Part
from meedoen.coupling.scoring.words import Sentence
from meedoen.kernel.clock import local_date
from meedoen.kernel.dutch import join
from meedoen.people.models import Person

from .allowed import must_be_team

NOT_YET = "not_yet"  # why an ask is left: its first day did not come
IN_COUPLING = "in_coupling"  # it takes part in a coupling already


def run(factors: Factors, *, by: Person, now: datetime.datetime, after: Round | None = None) -> Round:
    """Find the best round over all that stands now, and keep what it proposes and why.

    Nothing is mailed. When it says the same as the newest round, that one is given: a double click is one round.
    Raises ``CannotDo`` when the team keeps together whom the limits keep apart, with who that is.
    """
    must_be_team(by)
    weighed = Weighed(reading.network(now=now), factors, today=local_date(now))
    try:
        problem, outcome, is_whole = _solved(weighed)
    except Impossible as impossible:
        raise CannotDo(_names_of_pins(impossible, weighed)) from impossible
    proposals = _proposals(weighed, problem, outcome)
    with transaction.atomic():
        Person.objects.select_for_update(of=("self",)).get(pk=by.pk)  # a second click waits here
        newest = Round.objects.newest_first().first()
        asked = keeping.fingerprint(problem)
        if (
            newest
            and newest.problem_hash == asked
            and newest.factors == _kept(factors)
            and _say_same(newest, proposals)
        ):
            return newest
        made = Round.objects.create(
            made_by=by,
            made_at=now,
            after=after,
            factors=_kept(factors),
            weights={part.value: weight for part, weight in scoring.WEIGHTS.items()},
            problem=keeping.as_json(problem),
            problem_hash=asked,
            outcome=keeping.as_json(outcome),
            outcome_hash=keeping.fingerprint(outcome),
            served_count=len(_served(outcome) & set(problem.asks)),
            is_best=is_whole and not outcome.gap,
            left=_left(weighed, outcome),
            figures=_figures(weighed, problem, outcome),
        )
        for each in proposals:
            each.round = made
        Proposal.objects.bulk_create(proposals)
    return made


def _solved(weighed: Weighed) -> tuple[Problem, Outcome, bool]:
    """The problem, the best for it, and whether it is best without more ado.

    The same two people or municipalities are introduced once: where a round would do that twice, the better pair stays
    and the other is looked for anew. That is outside the proof.
    """
    problem = weighed.problem()
    outcome = solving.solve(problem, patience=rules.PATIENCE)
    is_whole = True
    for _again in range(rules.ATTEMPTS):
        twice = weighed.twice(outcome, problem)
        if not twice:
            break
        problem, is_whole = replace(problem, bans=(*problem.bans, *twice)), False
        outcome = solving.solve(problem, patience=rules.PATIENCE)
    return problem, outcome, is_whole


def _proposals(weighed: Weighed, problem: Problem, outcome: Outcome) -> list[Proposal]:
    """The best first, of no round yet; who joins a pair stands with it."""
    joins = {(each.ask, each.other): each.joins for each in outcome.trios}
    ranked = sorted(outcome.pairs, key=lambda pair: (-pair.score, pair.ask, pair.other))
    numbers = {number for pair in ranked for number in (pair.ask, pair.other)} | set(joins.values())
    requests = {each.pk: each for each in CouplingRequest.objects.whole().filter(pk__in=numbers)}
    others = _others_of({pair.ask for pair in ranked}, problem)
    found = []
    for place, pair in enumerate(ranked, start=1):
        keys = [pair.ask, pair.other, *([joins[pair.ask, pair.other]] if (pair.ask, pair.other) in joins else [])]
        if not requests.keys() >= set(keys):
            continue  # erased since it was read
        told = [weighed.network.told[key] for key in keys]
        found.append(
            Proposal(
                place=place,
                first=requests[keys[0]],
                second=requests[keys[1]],
                third=requests[keys[2]] if len(keys) > 2 else None,
                count=len(keys),
                score=pair.score,
                points={part.value: value for part, value in weighed.points(told[0], told[1]).items()},
                sentences=[_sentence(each) for each in weighed.said(told)],
                names=[weighed.network.names[key].name for key in keys],
                is_pinned=pair_of(pair.ask, pair.other) in weighed.network.pins,
                questions=first_questions([requests[key] for key in keys]),
                candidates=[key for key in others[pair.ask] if key not in keys][: rules.REMEMBERED],
            )
        )
    return found


def _others_of(asks: Collection[int], problem: Problem) -> dict[int, list[int]]:
    """Who could have been for each of these asks, the best first; not who is kept apart, or met before."""
    bans = {pair_of(*pair) for pair in problem.bans}
    edges: dict[int, list[Edge]] = {ask: [] for ask in asks}
    for edge in problem.edges:
        if pair_of(edge.ask, edge.other) not in bans:
            for end in {edge.ask, edge.other} & edges.keys():
                edges[end].append(edge)
    return {
        ask: [
            edge.other if edge.ask == ask else edge.ask
            for edge in sorted(found, key=lambda edge: (-edge.score, edge.other, edge.ask))
        ]
        for ask, found in edges.items()
    }


def _say_same(newest: Round, proposals: Sequence[Proposal]) -> bool:
    """Whether a round that was kept says the same of the same; a fact may have changed without a point."""
    kept = newest.proposals.order_by("place")
    return [(each.request_ids, each.sentences) for each in kept] == [
        (each.request_ids, each.sentences) for each in proposals
    ]


def _served(outcome: Outcome) -> set[int]:
    """Who gets somebody: in a pair, or coming along with one."""
    return {each for pair in outcome.pairs for each in (pair.ask, pair.other)} | {each.joins for each in outcome.trios}


def _figures(weighed: Weighed, problem: Problem, outcome: Outcome) -> dict[str, float | int]:
    """How the load is spread (goal KO9)."""
    places = [each.place for each in weighed.network.told.values() if each.place]
    spread = figures.spread(problem, outcome, {each.key: each.facts.population or 0 for each in places})
    return {
        "gini": round(spread.gini, 2),
        "small_asked": spread.small_asked.part,
        "asked": spread.small_asked.of,
        "small_served": spread.small_served.part,
        "served": spread.small_served.of,
        "largest_load": outcome.largest_load,
    }


def _names_of_pins(impossible: Impossible, weighed: Weighed) -> str:
    """Who cannot all be kept together, by name."""
    names = weighed.network.names
    who = join([f"{names[one].name} – {names[other].name}" for one, other in impossible.pins])
    return _("Deze staan vast, en kunnen niet allemaal tegelijk: %(who)s. Maak er een los.") % {"who": who}


def _sentence(each: Sentence) -> dict[str, object]:
    return {"part": each.part.value, "text": each.text, "url": each.url, "is_doubt": each.is_doubt}


def _left(weighed: Weighed, outcome: Outcome) -> list[dict[str, object]]:
    """Every ask without a partner, with why; also those that do not take part today."""
    today, told = weighed.today, weighed.network.told
    waiting = [
        (each.key, NOT_YET if each.not_before and each.not_before > today else IN_COUPLING)
        for each in told.values()
        if each.side == Side.ASK and not scoring.takes_part(each, today=today)
    ]
    rows = [*((key, why.value) for key, why in outcome.later.items()), *waiting]
    return [{"request": key, "name": weighed.network.names[key].name, "why": why} for key, why in sorted(rows)]


def _kept(factors: Factors) -> Mapping[str, int]:
    return {part.value: int(factors[part]) for part in Part}
