"""What an editor sees beside a text: its level, and the sentences and words that make it hard.

For editors; who writes in the forum gets ``hints``. The interface's own sentences are held to ``plain``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meedoen.language.level import Estimate, estimate
from meedoen.language.lists import folded, found_in, jargon
from meedoen.language.plain import MAX_SENTENCE_WORDS, is_passive
from meedoen.language.rarity import RAREST, zipf
from meedoen.language.tangled import tangled
from meedoen.language.words import sentences, words

SHORTEST_RARE = 6  # letters; shorter ones are mostly names and letters of something


@dataclass(frozen=True)
class Marks:
    """What was found in a text, each in the order in which it stands there; words that come more often come first."""

    word_count: int
    sentence_count: int
    level: Estimate | None
    long_sentences: tuple[str, ...]
    tangled: tuple[str, ...]
    passive: tuple[str, ...]
    hard: tuple[tuple[str, str], ...]
    rare: tuple[str, ...]


def measure(text: str, *, explained: Iterable[str] = ()) -> Marks:
    """Measure ``text`` as people read it: no marks of layout, each heading and list item on a line of its own.

    Words that are ``explained`` where the text will stand are not called rare. Same text, same marks.
    """
    taken_apart = [(sentence, words(sentence)) for sentence in sentences(text)]
    known = {part for each in explained for part in folded(words(each))}
    hard: Counter[tuple[str, str]] = Counter()
    rare: Counter[str] = Counter()
    for _sentence, parts in taken_apart:
        plainer = list(found_in(folded(parts), jargon()))
        hard.update((" ".join(parts[start : start + size]).casefold(), entry.plain) for start, size, entry in plainer)
        is_hard = {at for start, size, _entry in plainer for at in range(start, start + size)}
        rare.update(part for at, part in enumerate(parts) if at not in is_hard and _is_rare(parts, at, known))
    return Marks(
        word_count=sum(len(parts) for _sentence, parts in taken_apart),
        sentence_count=len(taken_apart),
        level=estimate(text),
        long_sentences=tuple(sentence for sentence, parts in taken_apart if len(parts) > MAX_SENTENCE_WORDS),
        tangled=tuple(found for sentence, _parts in taken_apart for found in [tangled(sentence)] if found),
        passive=tuple(sentence for sentence, parts in taken_apart if is_passive(parts)),
        hard=tuple(found for found, _count in hard.most_common()),
        rare=tuple(found for found, _count in rare.most_common()),
    )


def _is_rare(parts: Sequence[str], at: int, known: set[str]) -> bool:
    word = parts[at]
    if len(word) < SHORTEST_RARE or not word.replace("-", "").isalpha() or word[0].isupper():
        return False  # a capital: a name, or the first word, that may be one
    return word not in known and zipf(word) <= RAREST
