"""How well two texts fit: what they share, by how telling it is. Pure, the same both ways, the same each time.

Both texts are brought down to their most telling terms, so that three thousand words can be compared with one. What they
share is measured in two ways, of which the mean counts: against both texts together (cosine), and against the one that says
least (overlap). A word that the other only guesses, or has inside another, counts for less.
"""

import math
import operator
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, cached_property
from weakref import WeakKeyDictionary

from meedoen.language.rarity import RAREST

from .analysed import Analysed, Found, Kind
from .lexicon import lines_of
from .meanings import RELATED, SAME, run_of, shipped

MOST_TERMS = 60  # of a text that count, the most telling; a text of one page has some 150
MOST_PLACES = 20  # of a term in a text that are looked at, the first
LEAST_TOLD = 4  # what weighs less than one in so many of the first is not told: "stembureau, rolstoel en gemeente"
MOST_INSIDE = 12  # words of a phrase that are looked at
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
    """A term that both texts have: how to say it, how much it weighs (parts of 100), and what each of the two wrote."""

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
        """What both say, be it in other words, the most telling first: fit for a sentence."""
        return tuple(each for each in self._all if not each.term.startswith(RELATED))

    @property
    def related(self) -> tuple[Shared, ...]:
        """What one says and what has to do with it in the other, *drempel* and *rolstoel*: neither need say both."""
        return tuple(each for each in self._all if each.term.startswith(RELATED))

    @cached_property
    def _all(self) -> tuple[Shared, ...]:
        return _shared(self.rarity.profile(self.one), self.rarity.profile(self.other))


def likeness(one: Analysed, other: Analysed, *, rarity: Rarity = BY_LANGUAGE) -> Likeness:
    """How well ``one`` and ``other`` fit. A thousand pairs take some 10 ms when both sides were compared before."""
    return Likeness(_points(rarity.profile(one), rarity.profile(other)), one, other, rarity)


class _Profile:
    """The most telling terms of a text: their weights, the places of each, and the two sums that each pair needs.

    ``nested`` are the terms that stand in the places of another: for all else nothing has to be put in order.
    """

    def __init__(self, weights: Mapping[str, float], places: Mapping[str, Sequence[Found]]) -> None:
        self.weights = weights
        self.places = places
        self.above = _above(places)
        self.nested = frozenset(term for term, above in self.above.items() if above)
        self.length = self.total = 0.0


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
    places = {term: places[term][:MOST_PLACES] for term in kept}
    profile = _Profile({term: often[term] for term in kept}, places)
    own = _counted(profile, profile)
    profile.length = math.sqrt(math.fsum(often[term] ** 2 for term in own))
    profile.total = math.fsum(often[term] for term in own)
    return profile


def _above(places: Mapping[str, Sequence[Found]]) -> dict[str, frozenset[str]]:
    """For each term, the others that stand in all of its places too: in the same word, or in a phrase around it."""
    at: dict[tuple[int, int], set[str]] = {}
    for term, each in places.items():
        for found in each:
            at.setdefault((found.start, found.end), set()).add(term)
    ordered = sorted(at)
    for number, (start, end) in enumerate(ordered):  # a phrase begins before the words in it, or with the first of them
        for first, last in ordered[number + 1 : number + 1 + MOST_INSIDE]:
            if first >= end:
                break
            if last <= end:
                at[first, last] |= at[start, end]
            elif first == start:
                at[start, end] |= at[first, last]
    return {
        term: frozenset.intersection(*(frozenset(at[found.start, found.end]) for found in each)) - {term}
        for term, each in places.items()
    }


def _places_inside(phrases: list[tuple[int, int]]) -> set[int]:
    """The places in the text that these phrases take."""
    return {place for start, end in phrases for place in range(start, min(end, start + _LONGEST_PHRASE))}


def _points(one: _Profile, other: _Profile) -> int:
    both = _counted(one, other)
    if not both:
        return 0
    mine, theirs = [one.weights[term] for term in both], [other.weights[term] for term in both]
    cosine = math.fsum(map(operator.mul, mine, theirs)) / (one.length * other.length)
    overlap = math.fsum(map(min, mine, theirs)) / min(one.total, other.total)
    return max(1, min(100, round(50 * (cosine + overlap))))


def _counted(one: _Profile, other: _Profile) -> Collection[str]:
    """What both have, without what only stands where something that tells more stands in both: each place counts once."""
    both = one.weights.keys() & other.weights.keys()
    nested = both & one.nested & other.nested if one.nested and other.nested else None
    if not nested:
        return both
    return both - {term for term in nested if _is_told_by_another(one, other, term, both)}


def _is_told_by_another(one: _Profile, other: _Profile, term: str, both: AbstractSet[str]) -> bool:
    """Whether what stands in its places in both texts, and is in ``both``, tells more than ``term``."""
    above = one.above[term] & other.above[term] & both
    if not above:
        return False
    mine, theirs = one.weights, other.weights
    own = min(mine[term], theirs[term])
    for each in above:
        weight = min(mine[each], theirs[each])
        if weight > own or (weight == own and _order(one, other, each) < _order(one, other, term)):
            return True
    return False


def _order(one: _Profile, other: _Profile, term: str) -> tuple[float, bool, str]:
    """The place of a term both have, among what stands in the same places; the most telling is the least."""
    return (-min(one.weights[term], other.weights[term]), not term.startswith(SAME), term)


def _shared(one: _Profile, other: _Profile) -> tuple[Shared, ...]:
    terms = sorted(_counted(one, other), key=lambda term: _order(one, other, term))
    weights = {term: min(one.weights[term], other.weights[term]) for term in terms}
    total = math.fsum(weights.values())
    told: dict[tuple[bool, str], Shared] = {}
    for term, weight in weights.items():
        if weight * LEAST_TOLD < weights[terms[0]]:
            break
        said = _said(one.places[term], other.places[term])
        mine, theirs = one.places[term][0].written, other.places[term][0].written
        told.setdefault(
            (term[:1] == RELATED, said.lower()), Shared(term, said, round(100 * weight / total), mine, theirs)
        )
    return tuple(told.values())


def _said(one: Sequence[Found], other: Sequence[Found]) -> str:
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
