"""Words that come near a misspelt one. Pure.

Words are kept by how they sound, roughly: what Dutch people mistake for each other (c and k, ei and ij, d and t at the end,
double letters) is one sound. A word is looked up by its sound and by all sounds that are one letter off; what is found so
is put in order by the letters that really differ. Where nothing is found, the words that begin alike are looked through.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from .lexicon import lexicon
from .stems import LONGEST
from .tokens import REMEMBERED, word_of

SHORTEST = 4  # letters; shorter words are near to too much
BEGINNING = 4  # letters of a sound by which words are looked through where nothing else was found
_LETTERS = "abdefgiklmnoprstufx"  # that sounds are written in, one of each kind, the commonest
_ALIKE = (
    ("sch", "sg"), ("tie", "sie"), ("ch", "g"), ("ck", "k"), ("th", "t"), ("ph", "f"), ("qu", "kw"), ("x", "ks"), ("q", "k"),
    ("ij", "y"), ("ei", "y"), ("ou", "au"), ("eau", "o"), ("c", "k"), ("z", "s"), ("v", "f"), ("dt", "t"), ("h", ""),
)  # fmt: skip


class Spelling:
    """Words to choose from, with how common each is; made once for a set of words."""

    def __init__(self, words: Mapping[str, float]) -> None:
        self._words = words
        self._by_sound: dict[str, list[str]] = {}
        self._by_beginning: dict[str, list[str]] = {}
        for word in words:
            if SHORTEST <= len(word) <= LONGEST:
                sound = sound_of(word)
                self._by_sound.setdefault(sound, []).append(word)
                self._by_beginning.setdefault(sound[:BEGINNING], []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def near(self, word: str) -> list[str]:
        """The words within reach of ``word``, the likeliest first; itself when it is known."""
        if word in self._words:
            return [word]
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return []
        sound = sound_of(word)
        found = {each for near in sounds_near(word) for each in self._by_sound.get(near, ())}
        reach = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        apart = {each: distance(word, each, reach) for each in found}
        near = [each for each in found if apart[each] <= reach]
        if not near:  # more than one letter off, but not in its first ones
            apart = {each: distance(word, each, reach) for each in self._by_beginning.get(sound[:BEGINNING], ())}
            near = [each for each in apart if apart[each] <= reach]
        return sorted(near, key=lambda each: (apart[each] - self._bonus(sound, each), -self._words[each], each))

    def _bonus(self, sound: str, word: str) -> float:
        """As if it were that many letters nearer: it sounds alike, or is common."""
        return (0.7 if sound_of(word) == sound else 0.0) + 0.15 * self._words[word]


def near(word: str, lexicon: Spelling, *, most: int = 3) -> tuple[str, ...]:
    """At most so many words of the ``lexicon`` that ``word`` may be meant for, the likeliest first."""
    return tuple(lexicon.near(word_of(word))[:most])


@cache
def of_language() -> Spelling:
    """The words that the analysis knows."""
    return Spelling(lexicon())


def spelling_of(words: Iterable[str]) -> Spelling:
    """Of words that are all as common, such as those of an index."""
    return Spelling(dict.fromkeys((word_of(word) for word in words), 0.0))


@lru_cache(maxsize=REMEMBERED)
def sound_of(word: str) -> str:
    """How a folded word sounds, roughly; nothing to read."""
    for written, sounds in _ALIKE:
        word = word.replace(written, sounds)
    once = "".join(char for before, char in zip(" " + word, word, strict=False) if char != before)
    return once[:-1] + {"d": "t", "b": "p"}.get(once[-1], once[-1]) if once else once


def sounds_near(word: str) -> frozenset[str]:
    """How a folded word sounds, and all sounds that are one letter off: some hundreds, to look words up by."""
    sound = sound_of(word)
    return frozenset({sound, *_one_off(sound)})


def _one_off(sound: str) -> Iterator[str]:
    """What is one letter more, less or other, or has two neighbours turned round."""
    letters = sorted({*_LETTERS, "y", "w", "j", "p"})
    for at in range(len(sound) + 1):
        head, tail = sound[:at], sound[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in letters)


def distance(one: str, other: str, most: int) -> int:
    """Letters more, less, other or turned round between two words (optimal string alignment); more than ``most`` is not told."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        here = [row]
        for column, letter in enumerate(other, 1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (char != letter))
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == letter:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        if min(here) > most:
            return most + 1
        before, last = last, here
    return last[-1]
