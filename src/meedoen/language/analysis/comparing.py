"""How well two texts fit: what they share, by how telling it is. Pure, the same both ways, the same each time.

Both texts are brought down to their most telling terms, so that three thousand words can be compared with one. What they
share is measured in two ways, of which the mean counts: against both texts together (cosine), and against the one that says
least (overlap). A word that the other only guesses, or has inside another, counts for less.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from weakref import WeakKeyDictionary

from meedoen.language.rarity import RAREST

from .analysed import Analysed, Found, Kind
from .lexicon import lines_of
from .meanings import SAME, run_of, shipped

MOST_TERMS = 60  # of a text that count, the most telling; a text of one page has some 150
WORTH = {Kind.WORD: 1.0, Kind.MEANING: 1.0, Kind.PART: 0.5, Kind.RELATED: 0.4, Kind.GUESS: 0.6}
_LONGEST_PHRASE = 200  # characters of a phrase that has a meaning
_EVERYDAY = 0.25  # what a word counts that nearly all texts here hold
_COMMONEST, _LEAST = 6.5, 0.2  # on the Zipf scale; what is more common tells nearly nothing


@dataclass(frozen=True, eq=False)
class Rarity:
    """How telling terms are: by Dutch, and where a collection is given, by how few of its texts have them."""

    counts: Mapping[str, int] = field(default_factory=dict, repr=False)
    total: int = 0
    _profiles: "WeakKeyDictionary[Analysed, _Profile]" = field(
        default_factory=WeakKeyDictionary, init=False, repr=False
    )

    def profile(self, text: Analysed) -> "_Profile":
        """What counts of ``text``; made once, kept for as long as somebody keeps the text."""
        known = self._profiles.get(text)
        if known is None:
            known = self._profiles[text] = _profile(text, self)
        return known

    @classmethod
    def of(cls, texts: Iterable[Analysed]) -> "Rarity":
        """By a collection, such as all asks and offers that stand."""
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            counts.update(text.terms())
            total += 1
        return cls(counts, total)

    def telling(self, found: Found) -> float:
        """How much it tells that a text has this term; more than 0."""
        by_language = max(_LEAST, (_COMMONEST - found.common) / (_COMMONEST - RAREST))
        telling = by_language * (_EVERYDAY if found.term in _everyday() else 1.0)
        if not self.total:
            return telling
        part = (self.counts.get(found.term, 0) + 0.5) / (self.total + 1)  # never 0, never 1
        return telling * max(_LEAST, -math.log(part) / math.log(self.total + 2))


BY_LANGUAGE = Rarity()


@dataclass(frozen=True, slots=True)
class Shared:
    """A term that both texts have: how to say it, how much it weighs (parts of 100), and how each of the two writes it."""

    term: str
    said: str
    weight: int
    one: str
    other: str


@dataclass(frozen=True, eq=False)
class Likeness:
    """How well two texts fit, 0 to 100."""

    points: int
    one: Analysed = field(repr=False)
    other: Analysed = field(repr=False)
    rarity: Rarity = field(repr=False)

    @cached_property
    def shared(self) -> tuple[Shared, ...]:
        """What both say, the most telling first, each place in a text told once: fit for a sentence."""
        return _shared(self.rarity.profile(self.one), self.rarity.profile(self.other))


def likeness(one: Analysed, other: Analysed, *, rarity: Rarity = BY_LANGUAGE) -> Likeness:
    """How well ``one`` and ``other`` fit. A thousand pairs take some 10 ms when both sides were compared before."""
    return Likeness(_points(rarity.profile(one), rarity.profile(other)), one, other, rarity)


@dataclass(frozen=True, eq=False)
class _Profile:
    """The most telling terms of a text: their weights, the places of each, and the two sums that each pair needs."""

    weights: Mapping[str, float]
    places: Mapping[str, tuple[Found, ...]]
    length: float
    total: float


def _profile(text: Analysed, rarity: Rarity) -> _Profile:
    weights: dict[str, float] = {}
    places: dict[str, list[Found]] = {}
    meant = [(found.start, found.end) for found in text.found if found.kind is Kind.MEANING]
    alone, longer = set(meant), _places_inside(meant)
    for found in text.found:
        if found.kind is Kind.WORD and (found.start, found.end) in alone:
            continue  # what it means counts, once
        worth = WORTH[Kind.PART] if found.kind is Kind.WORD and found.start in longer else WORTH[found.kind]
        weight = worth * rarity.telling(found)
        weights[found.term] = max(weight, weights.get(found.term, 0.0))
        places.setdefault(found.term, []).append(found)
    often = {term: weight * (1 + math.log(len(places[term])) / 4) for term, weight in weights.items()}
    kept = sorted(often, key=lambda term: (-often[term], term))[:MOST_TERMS]
    return _Profile(
        {term: often[term] for term in kept},
        {term: tuple(places[term]) for term in kept},
        math.sqrt(math.fsum(often[term] ** 2 for term in kept)),
        math.fsum(often[term] for term in kept),
    )


def _places_inside(phrases: list[tuple[int, int]]) -> set[int]:
    """The places in the text that these phrases take."""
    return {place for start, end in phrases for place in range(start, min(end, start + _LONGEST_PHRASE))}


def _points(one: _Profile, other: _Profile) -> int:
    both = one.weights.keys() & other.weights.keys()
    if not both:
        return 0
    cosine = math.fsum(one.weights[term] * other.weights[term] for term in both) / (one.length * other.length)
    least = math.fsum(min(one.weights[term], other.weights[term]) for term in both)
    overlap = least / min(one.total, other.total)
    return max(1, min(100, round(50 * (cosine + overlap))))


def _shared(one: _Profile, other: _Profile) -> tuple[Shared, ...]:
    weights = {term: min(one.weights[term], other.weights[term]) for term in one.weights.keys() & other.weights.keys()}
    total = math.fsum(weights.values())
    told: dict[str, Shared] = {}
    taken_one: set[tuple[int, int]] = set()
    taken_other: set[tuple[int, int]] = set()
    for term in sorted(weights, key=lambda term: (-weights[term], not term.startswith(SAME), term)):
        mine = {(found.start, found.end) for found in one.places[term]}
        theirs = {(found.start, found.end) for found in other.places[term]}
        if _are_covered(mine, taken_one) and _are_covered(theirs, taken_other):
            continue
        taken_one |= mine
        taken_other |= theirs
        said = _said(one.places[term], other.places[term])
        weight = round(100 * weights[term] / total)
        told.setdefault(said.lower(), Shared(term, said, weight, one.places[term][0].said, other.places[term][0].said))
    return tuple(told.values())


def _are_covered(places: set[tuple[int, int]], taken: set[tuple[int, int]]) -> bool:
    return all(any(first <= start and end <= last for first, last in taken) for start, end in places)


def _said(one: tuple[Found, ...], other: tuple[Found, ...]) -> str:
    """How to say what both have: the shortest of the ways in which they do, a whole word before a part."""
    order = list(Kind)
    return min((order.index(found.kind), len(found.said), found.said.lower(), found.said) for found in (*one, *other))[
        -1
    ]


@cache
def _everyday() -> frozenset[str]:
    phrases = [run_of(phrase) for line in lines_of("everyday.txt") for phrase in line.split("|")]
    meant = [meaning.term for run in phrases for meaning in shipped().by_run.get(run, ()) if meaning.is_same]
    return frozenset([*(run[0] for run in phrases if len(run) == 1), *meant])
