"""Words that mean the same, or belong together: synonyms, abbreviations and English words of the field, as data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from .compounds import root
from .lexicon import lines_of
from .tokens import tokens_of

SAME, RELATED = "=", "~"
LONGEST_PHRASE = 8  # words


@dataclass(frozen=True, slots=True)
class Meaning:
    """What several phrases mean, as we say it; ``is_same`` is no when they only have to do with each other."""

    term: str
    said: str
    is_same: bool = True


@dataclass(frozen=True, eq=False)
class Meanings:
    """Groups of phrases, by the stems of their words; made once for a set of groups, used for many texts."""

    by_run: Mapping[tuple[str, ...], tuple[Meaning, ...]] = field(repr=False)

    @classmethod
    def of(cls, groups: Iterable[Sequence[str]], *, is_same: bool = True) -> "Meanings":
        """Of groups of phrases that mean the same; the first phrase of each is how we say it."""
        by_run: dict[tuple[str, ...], tuple[Meaning, ...]] = {}
        for group in groups:
            _put(by_run, group, is_same=is_same)
        return cls(by_run)

    def with_more(self, groups: Iterable[Sequence[str]]) -> "Meanings":
        """These, and the groups that somebody else keeps: the words that the team explains, with their other spellings."""
        by_run = dict(self.by_run)
        for group in groups:
            _put(by_run, group, is_same=True)
        return Meanings(by_run)

    def found_in(self, stems: Sequence[str]) -> Iterator[tuple[int, int, Meaning]]:
        """(number of the first word, count of words, what they mean), the longest phrase at each place; one may hold another."""
        longest = self._longest
        for start, stem in enumerate(stems):
            for size in range(min(longest.get(stem, 0), len(stems) - start), 0, -1):
                meanings = self.by_run.get(tuple(stems[start : start + size]))
                if meanings:
                    yield from ((start, size, meaning) for meaning in meanings)
                    break

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """How many words the longest phrase has that begins with a stem."""
        longest: dict[str, int] = {}
        for run in self.by_run:
            longest[run[0]] = max(len(run), longest.get(run[0], 0))
        return longest

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of all words in the phrases."""
        return frozenset(word for run in self.by_run for word in run)

    def of_word(self, word_stem: str) -> tuple[Meaning, ...]:
        """What one word means."""
        return self.by_run.get((word_stem,), ())


@cache
def shipped() -> Meanings:
    """The groups of ``data/synonyms.txt``."""
    by_run: dict[tuple[str, ...], tuple[Meaning, ...]] = {}
    for line in lines_of("synonyms.txt"):
        kind, _, phrases = line.partition(" ")
        _put(by_run, [phrase.strip() for phrase in phrases.split("|")], is_same=kind == SAME)
    return Meanings(by_run)


def _put(by_run: dict[tuple[str, ...], tuple[Meaning, ...]], group: Sequence[str], *, is_same: bool) -> None:
    runs = [(phrase, run_of(phrase)) for phrase in group]
    runs = [(phrase, run) for phrase, run in runs if 0 < len(run) <= LONGEST_PHRASE]
    if len(runs) < 2:
        return
    said, first = runs[0]
    term = (SAME if is_same else RELATED) + " ".join(first)
    known = next((each for each in by_run.get(first, ()) if each.is_same), None) if is_same else None
    meaning = known or Meaning(term, said, is_same)  # a group that begins with a phrase we know grows that one
    for _phrase, run in runs:
        there = by_run.get(run, ())
        if meaning not in there:
            by_run[run] = (*there, meaning)


def run_of(phrase: str) -> tuple[str, ...]:
    """A phrase as the stems of its words."""
    return tuple(root(token.word) for token in tokens_of(phrase))
