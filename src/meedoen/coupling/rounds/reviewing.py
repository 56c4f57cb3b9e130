"""What the team looks at: a round and its proposals as they stood then, beside how it stands now."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.coupling import words as asked
from meedoen.coupling.introducing.words import first_questions
from meedoen.coupling.matching import keeping, solving
from meedoen.coupling.matching.rules import Problem
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import Side, State
from meedoen.coupling.scoring.rules import Part
from meedoen.municipalities.facts.models import Fact
from meedoen.municipalities.models import Municipality, Succession

from . import rules, words
from .models import Proposal, Round, Tie
from .rules import ProposalState, TieKind, pair_of

OTHER_ROUNDS = 5  # to compare with
QUESTION = "question_{}"
TIED = [f"{side}__{part}" for side in ("one", "other") for part in ("municipality", "person")]


@dataclass(frozen=True)
class Compared:
    """What two rounds propose: only the one, only the other, and both; each as (title, address)."""

    mine: list[tuple[str, str]]
    theirs: list[tuple[str, str]]
    both: list[tuple[str, str]]


def rows(found: Round, *, after: int, now: datetime.datetime) -> tuple[list[dict[str, Any]], int]:
    """Its proposals below the place ``after``, the best first, and where to go on; 0 at the end."""
    proposals = list(found.proposals.filter(place__gt=after).order_by("place")[: rules.PROPOSALS_ON_PAGE + 1])
    shown = proposals[: rules.PROPOSALS_ON_PAGE]
    holds, titles = sentences_that_hold(shown, now=now), words.titles_of(shown)
    told = [
        {
            "found": each,
            "title": titles[each.pk],
            "state": words.STATES[ProposalState(each.state)],
            "score": words.score_words(each, found),
            "said": [
                *[said for said in holds[each.pk] if not said["is_doubt"]][:2],
                *[said for said in holds[each.pk] if said["is_doubt"]],
            ],
        }
        for each in shown
    ]
    return told, shown[-1].place if len(proposals) > len(shown) else 0


def left(found: Round, *, after: int) -> tuple[list[dict[str, Any]], int]:
    """The asks without a partner above the number ``after``, as they stood then, and where to go on; 0 at the end.

    Who is still there has a page.
    """
    waiting = [each for each in found.left if each["request"] > after]
    shown = waiting[: rules.LEFT_ON_PAGE]
    there = asked.titles_of(CouplingRequest.objects.filter(pk__in=[each["request"] for each in shown]))
    told = [
        {
            "name": f"{each['name'][:1].upper()}{each['name'][1:]}",
            "title": there.get(each["request"], ""),
            "url": reverse("team:coupling", args=[each["request"]]) if each["request"] in there else "",
            "why": words.WHY.get(each["why"], ""),
        }
        for each in shown
    ]
    return told, shown[-1]["request"] if len(waiting) > len(shown) else 0


def others(found: Round) -> list[tuple[Round, str]]:
    """Rounds to lay beside it, the newest first: (round, address)."""
    near = Round.objects.exclude(pk=found.pk).newest_first().only("pk", "made_at")[:OTHER_ROUNDS]
    return [(each, reverse("team:compare_rounds", args=[found.pk, each.pk])) for each in near]


def reckoned_again(found: Round) -> bool:
    """Whether solving what was solved then gives what came out then."""
    problem = _problem(found)
    outcome = solving.solve(problem, patience=rules.PATIENCE)
    return (keeping.fingerprint(problem), keeping.fingerprint(outcome)) == (found.problem_hash, found.outcome_hash)


def compared(mine: Round, theirs: Round) -> Compared:
    """By who are brought together."""
    of_each = [{_key(each): each for each in found.proposals.order_by("place")} for found in (mine, theirs)]
    shown = [
        [each for key, each in of_each[0].items() if key not in of_each[1]],
        [each for key, each in of_each[1].items() if key not in of_each[0]],
        [each for key, each in of_each[0].items() if key in of_each[1]],
    ]
    titles = words.titles_of([each for part in shown for each in part])
    return Compared(*([(titles[each.pk], each.get_absolute_url()) for each in part] for part in shown))


def next_waiting(found: Proposal) -> str:
    """Where the next proposal is that waits: below it, else from the top; empty where none does."""
    waiting = list(
        Proposal.objects.filter(round=found.round_id, state=ProposalState.PROPOSED).values_list("place", flat=True)
    )
    below = [place for place in waiting if place > found.place]
    following = min(below or waiting, default=None)
    if following is None:
        return ""
    return reverse("team:proposal", args=[found.round_id, following])


def around(found: Proposal) -> tuple[str, str]:
    """The addresses of the proposals before and after it; empty where there is none."""
    places = set(
        found.round.proposals.filter(place__in=[found.place - 1, found.place + 1]).values_list("place", flat=True)
    )
    before, after = (
        reverse("team:proposal", args=[found.round_id, place]) if place in places else ""
        for place in (found.place - 1, found.place + 1)
    )
    return before, after


def missing(found: Proposal) -> str:
    """What changed since it was proposed, so that they cannot be introduced; empty where nothing did."""
    requests = [found.first, found.second, found.third][: found.count]
    for request, name in zip(requests, found.names, strict=False):
        if request is None:
            return _("Van %(name)s is wat ze vertelden gewist. Reken opnieuw: dan zoeken we een ander.") % {
                "name": name
            }
        if request.state != State.STANDS:
            return _("Bij %(name)s is dit intussen gestopt of klaar. Reken opnieuw: dan zoeken we een ander.") % {
                "name": name
            }
        if request.changed_at > found.round.made_at:
            return _("%(name)s veranderde intussen wat er stond. Lees het nog eens, of reken opnieuw.") % {
                "name": f"{name[:1].upper()}{name[1:]}"
            }
    return ""


def tie_of(found: Proposal) -> dict[str, Any] | None:
    """What the team decided about these two, by whom and why."""
    if not (found.first_id and found.second_id):
        return None
    one, other = pair_of(found.first_id, found.second_id)
    tie = Tie.objects.filter(one=one, other=other).select_related("by").first()
    return {"tie": tie, "is_pin": tie.kind == TieKind.PIN} if tie else None


def candidates(found: Proposal) -> list[dict[str, Any]]:
    """Who else fits who asks first, the best first, as it was reckoned then; of those who still stand."""
    keys = found.candidates
    standing = {each.pk: each for each in CouplingRequest.objects.standing().whole().filter(pk__in=keys)}
    presents = _presents(standing.values())
    shown = [key for key in keys if key in standing][: rules.ALTERNATIVES]
    titles = asked.titles_of([standing[key] for key in shown])
    names = {key: words.called(standing[key], presents) for key in shown}
    return [
        {
            "key": key,
            "name": names[key],
            "is_only": list(names.values()).count(names[key]) == 1,
            "title": titles[key],
            "is_ask": standing[key].side == Side.ASK,
            "url": reverse("team:coupling", args=[key]),
        }
        for key in shown
    ]


def initial(found: Proposal) -> dict[str, str]:
    """Its words and questions, as a form begins with them; questions anew where somebody rewrote what they asked."""
    requests = [each for each in (found.first, found.second, found.third) if each]
    is_rewritten = any(each.changed_at > found.round.made_at for each in requests)
    questions = first_questions(requests) if is_rewritten else found.questions
    return {
        "words": found.words,
        "seen": found.mark,
        **{QUESTION.format(place): text for place, text in enumerate(questions)},
    }


def sentences_that_hold(found: Sequence[Proposal], *, now: datetime.datetime) -> dict[int, list[dict[str, Any]]]:
    """What was said of each, by key, without facts that are not used any more. One query, none without facts."""
    told = {said["url"] for each in found for said in each.sentences if _rests_on_fact(said)}
    used = {(fact.words, fact.url) for fact in Fact.objects.used(now).filter(url__in=told)} if told else set()
    places = {url for _words, url in used}
    return {each.pk: [said for said in each.sentences if _holds(said, used, places)] for each in found}


def _rests_on_fact(said: Mapping[str, Any]) -> bool:
    return said["part"] == Part.EXPERIENCE or (said["part"] == Part.WORDS and bool(said["url"]))


def _holds(said: Mapping[str, Any], used: Collection[tuple[str, str]], places: Collection[str]) -> bool:
    """Whether what it rests on is used: the sentence itself, or what stands where it leads."""
    if said["part"] == Part.EXPERIENCE:
        return (said["text"], said["url"]) in used
    return not _rests_on_fact(said) or said["url"] in places


def ties() -> list[dict[str, Any]]:
    """What the team decided about any two, the newest first."""
    found = list(Tie.objects.select_related("by", *TIED).order_by("-at", "-pk"))
    titles = asked.titles_of({each for tie in found for each in (tie.one, tie.other)})  # who is in two ties is one
    presents = _presents([each for tie in found for each in (tie.one, tie.other)])
    return [
        {
            "tie": each,
            "is_pin": each.kind == TieKind.PIN,
            "two": [(words.called(side, presents), titles[side.pk]) for side in (each.one, each.other)],
        }
        for each in found
    ]


def choices() -> tuple[dict[int, str], dict[int, str]]:
    """What the team can tie: the asks that stand, and all that stands, each as it is called."""
    standing = list(CouplingRequest.objects.standing().whole().oldest_first())
    titles, presents = asked.titles_of(standing), _presents(standing)
    names = {
        each.pk: f"{asked.NAMES[Side(each.side)]}: {words.called(each, presents)}, {titles[each.pk]}"
        for each in standing
    }
    return {each.pk: names[each.pk] for each in standing if each.side == Side.ASK}, names


def _problem(found: Round) -> Problem:
    """What was solved."""
    problem = keeping.of_json(found.problem)
    if not isinstance(problem, Problem):
        raise keeping.NotOurs(f"round {found.pk} keeps no problem")
    return problem


def _presents(requests: Iterable[CouplingRequest]) -> dict[int, Municipality]:
    """What former municipalities of these are today."""
    if all(each.municipality is None or each.municipality.is_current for each in requests):
        return {}
    presents = Succession.objects.presents()
    places = {each.pk: each for each in Municipality.objects.filter(pk__in=presents.values())}
    return {old: places[new] for old, new in presents.items() if new in places}


def _key(proposal: Proposal) -> frozenset[int]:
    return frozenset(proposal.request_ids)
