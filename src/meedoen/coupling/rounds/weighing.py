"""From what stands to a problem that can be solved, and to the sentences of a pair. Pure."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from meedoen.coupling.hearing import says_how
from meedoen.coupling.matching.rules import Edge, Outcome, Problem
from meedoen.coupling.rules import Side
from meedoen.coupling.scoring import rules as scoring
from meedoen.coupling.scoring.rules import Factors, Points, Told
from meedoen.coupling.scoring.words import NAMED, Resembling, Sentence, sentences, themes_of_all
from meedoen.language.analysis import Analysed, Likeness, Rarity, analyse, likeness

from . import rules
from .reading import Network
from .rules import pair_of


class Weighed:
    """All that stands, and how well any two of it fit; each pair is weighed once."""

    def __init__(self, network: Network, factors: Factors, *, today: datetime.date) -> None:
        self.network = network
        self.factors = factors
        self.today = today
        self._heavy = scoring.heaviness(factors)
        self.rarity = Rarity.of(network.texts.values())
        self._titles: dict[str, Analysed] = {}

    def problem(self) -> Problem:
        """What a round goes by: who takes part today, the best ``CANDIDATES`` of each ask, limits and ties.

        A pin of which one does not take part today waits; so does one that would break what may be a pair at all.
        """
        told = self.network.told
        here = [each for each in told.values() if scoring.takes_part(each, today=self.today)]
        keys = {each.key for each in here}
        pins = [
            (one, other)
            for one, other in self.network.pins
            if {one, other} <= keys
            and scoring.may_meet(told[one], told[other])
            and (one, other) not in self.network.met
        ]
        return Problem(
            asks=frozenset(each.key for each in here if each.side == Side.ASK),
            offers=frozenset(each.key for each in here if each.side == Side.OFFER),
            municipality_of={each.key: each.place.key if each.place else None for each in here},
            capacity_of_request={each.key: scoring.room(each) for each in here if each.side == Side.OFFER},
            edges=self._edges(here),
            pins=pins,
            bans=[pair for pair in (*self.network.bans, *self.network.met) if set(pair) <= keys and pair not in pins],
        )

    def points(self, one: Told, other: Told) -> Points:
        """The points of each part."""
        return scoring.points(one, other, self._words(one, other).points, today=self.today)

    def score(self, one: Told, other: Told) -> int:
        """How well the two fit, as ``scoring.total`` has it."""
        words = self._words(one, other).points
        substance = scoring.substance(one, other, words)
        if not scoring.has_substance(substance):
            return 0  # most pairs: the rest need not be reckoned
        together = one.side == other.side == Side.ASK
        points = scoring.with_rest(substance, one, other, today=self.today)
        return scoring.weighed(points, self._heavy, learn_together=together)

    def twice(self, outcome: Outcome, problem: Problem) -> list[tuple[int, int]]:
        """The pairs that bring two people or two municipalities together who are already, by a better pair of these."""
        told, pins = self.network.told, {pair_of(*pin) for pin in problem.pins}
        seen: set[tuple[str, tuple[int, int]]] = set()
        found = []
        ranked = sorted(outcome.pairs, key=lambda pair: (pair_of(pair.ask, pair.other) not in pins, -pair.score, pair))
        for pair in ranked:
            one, other = told[pair.ask], told[pair.other]
            here = {("people", pair_of(one.person, other.person))}
            if one.place and other.place:
                here.add(("places", pair_of(one.place.key, other.place.key)))
            if here & seen and pair_of(pair.ask, pair.other) not in pins:
                found.append(pair_of(pair.ask, pair.other))
            seen |= here
        return found

    def said(self, told: Sequence[Told]) -> list[Sentence]:
        """Why these two belong together, and what speaks against it; of three what holds for all, or names whom it is of."""
        if len(told) == 2:
            return self.sentences(*told)
        one, other, joins = told
        pairs = [self.sentences(one, other), self.sentences(joins, other), self.sentences(joins, one)]
        named = [each for said in pairs for each in said if each.part in NAMED]
        return sorted(dict.fromkeys([*themes_of_all(told), *named]), key=lambda each: each.is_doubt)

    def sentences(self, one: Told, other: Told) -> list[Sentence]:
        """Why, and what speaks against it."""
        return sentences(
            one,
            other,
            self.points(one, other),
            names=self.network.names,
            facts=self.network.facts,
            shared=_telling(self._words(one, other)),
            resembling=[*self._resembling(one, other), *self._resembling(other, one)],
            today=self.today,
        )

    def _words(self, one: Told, other: Told) -> Likeness:
        return likeness(self.network.texts[one.key], self.network.texts[other.key], rarity=self.rarity)

    def _resembling(self, asker: Told, who: Told) -> list[Resembling]:
        """What the municipality of ``who`` shares that resembles what ``asker`` asks, the most alike first."""
        if asker.side != Side.ASK:
            return []
        facts = {fact.url: fact for about in self.network.facts.get(who.key, {}).values() for fact in about}
        found = []
        for url, fact in sorted(facts.items()):
            fit = likeness(self.network.texts[asker.key], self._read(fact.title), rarity=self.rarity)
            if fit.points >= scoring.LEAST_WORDS and (shared := _telling(fit)):
                found.append((-fit.points, url, Resembling(fact, shared)))
        return [each for _points, _url, each in sorted(found, key=lambda row: row[:2])]

    def _read(self, title: str) -> Analysed:
        """The words of a title; made once."""
        if title not in self._titles:
            self._titles[title] = analyse(title)
        return self._titles[title]

    def _edges(self, here: Iterable[Told]) -> list[Edge]:
        """The best candidates of each ask; a pair of two asks is there when it is among the best of either."""
        asks = [each for each in here if each.side == Side.ASK]
        offers = [each for each in here if each.side == Side.OFFER]
        of_ask: dict[int, list[Edge]] = defaultdict(list)
        for ask in asks:
            for offer in offers:
                if scoring.may_meet(ask, offer):
                    of_ask[ask.key].append(Edge(ask.key, offer.key, self.score(ask, offer)))
        for one, other in combinations(asks, 2):
            if scoring.may_meet(one, other):
                edge = Edge(*pair_of(one.key, other.key), self.score(one, other))
                of_ask[one.key].append(edge)
                of_ask[other.key].append(edge)
        best = {
            edge
            for edges in of_ask.values()
            for edge in sorted(edges, key=lambda edge: (-edge.score, edge.ask, edge.other))[: rules.CANDIDATES]
            if edge.score
        }
        return sorted(best, key=lambda edge: (edge.ask, edge.other))


def _telling(fit: Likeness) -> list[str]:
    """The words that two texts share, fit for a sentence, the weightiest first; not how they want to meet, or do not."""
    return [each.said for each in fit.shared if each.weight >= rules.TELLING and not says_how(each.said)]
